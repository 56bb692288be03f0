import { Fragment, useMemo } from 'react';
import type { Json } from '../../../shared/contract/common.ts';
import { type CardForms, cardForm, fieldWords, sectionLabelKey } from '../../../shared/domain/form-fields.ts';
import type { FieldDefinition } from '../../../shared/domain/forms/field.ts';
import { MASK } from '../../../shared/domain/masks.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { isEmptyValue } from '../../ui/fields/field-values.ts';
import { useCardForms } from '../../ui/fields/use-card-forms.ts';
import { type ValueWords, valueText } from '../../ui/fields/value-text.ts';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './room.module.css';

/** A card to be read: the paper form with what this role may see, empty fields left out. */
export function ReadCard({ number }: { readonly number: string }) {
  const { t } = useText();
  const formats = useFormats();
  const forms = useCardForms();
  const card = useArchiveQuery('customers.get', { number });
  const words = useMemo((): ValueWords => ({ t, formats, staffName: () => undefined }), [t, formats]);
  if (card.error !== null) return <ErrorState error={card.error} />;
  if (card.data === undefined) return <LoadingSkeleton shape="form" count={14} />;
  const { kind, values, masked, name } = card.data;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <article className={styles.sheet} tabIndex={0}>
      <header className={styles.sheetHead}>
        <h1>{name}</h1>
        <span>
          {number} · {t(`option.cardKind.${kind}`)} · {t(`option.tier.${card.data.tier}`)}
        </span>
      </header>
      {cardForm(kind, forms).sections.map((section) => {
        const filled = section.fields.filter((field) => isShown(values[field.key]) || masked.includes(field.key));
        if (filled.length === 0) return null;
        return (
          <section key={section.key} className={styles.part}>
            <h2>{t(sectionLabelKey(section.key))}</h2>
            <dl className={styles.facts}>
              {filled.map((field) => (
                <Fragment key={field.key}>
                  <dt>{fieldWords(kind, field.key, t, forms)}</dt>
                  <dd>
                    {masked.includes(field.key) ? (
                      <Tag>{t('lookup.masked')}</Tag>
                    ) : (
                      <ReadValue field={field} kind={kind} value={values[field.key]} words={words} forms={forms} />
                    )}
                  </dd>
                </Fragment>
              ))}
            </dl>
          </section>
        );
      })}
    </article>
  );
}

function isShown(value: Json | undefined): boolean {
  return value !== undefined && value !== null && !isEmptyValue(value);
}

interface ReadValueProps {
  readonly field: FieldDefinition;
  readonly kind: 'enterprise' | 'individual';
  readonly value: Json | undefined;
  readonly words: ValueWords;
  readonly forms: CardForms;
}

function ReadValue({ field, kind, value, words, forms }: ReadValueProps) {
  if (field.type !== 'list' || !Array.isArray(value)) return <>{valueText(field, value, words)}</>;
  return (
    <ul className={styles.entries}>
      {value.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries of a list have no identity but their place
        <li key={index}>
          {(field.itemFields ?? [])
            .map((part) => ({ part, given: entryValue(entry, part.key) }))
            .map(({ part, given }) => ({ part, hidden: given === MASK, text: valueText(part, given, words) }))
            .filter(({ text }) => text !== '')
            .map(({ part, hidden, text }) => (
              <span key={part.key}>
                <span className={styles.label}>{fieldWords(kind, `${field.key}.${part.key}`, words.t, forms)}</span>{' '}
                {hidden ? <Tag>{words.t('lookup.masked')}</Tag> : text}
              </span>
            ))}
        </li>
      ))}
    </ul>
  );
}

function entryValue(entry: Json, key: string): Json | undefined {
  return typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? entry[key] : undefined;
}
