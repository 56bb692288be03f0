import { IconArrowRight } from '@tabler/icons-react';
import type { Json } from '../../../shared/contract/common.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { type CardKind, cardFields } from '../../../shared/domain/form-fields.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { Drawer } from '../../ui/dialog/dialog.tsx';
import { isEmptyValue } from '../../ui/fields/field-values.ts';
import { definitionAt, type FieldWords } from '../../ui/fields/field-words.ts';
import { entriesOf } from '../../ui/fields/list-editor.tsx';
import { valueText } from '../../ui/fields/value-text.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import styles from './history.module.css';

type Change = OutputOf<'customers.history'>['changes'][number];

interface HistoryDrawerProps {
  readonly kind: CardKind;
  readonly number: string;
  /** One field only; empty: all. */
  readonly field: string;
  readonly onField: (field: string) => void;
  readonly words: FieldWords;
  readonly onClose: () => void;
}

/** Changes that were made together: one saving of the card. */
interface Saving {
  readonly revision: number;
  readonly at: string;
  readonly by: string;
  readonly evidence: string;
  readonly changes: readonly Change[];
}

export function savingsOf(changes: readonly Change[]): readonly Saving[] {
  const savings = new Map<number, Change[]>();
  for (const change of changes) savings.set(change.revision, [...(savings.get(change.revision) ?? []), change]);
  return [...savings].map(([revision, own]) => {
    const [first] = own;
    return { revision, at: first?.at ?? '', by: first?.by ?? '', evidence: first?.evidence ?? '', changes: own };
  });
}

/** Every change of the card, newest first, old and new side by side (C6). */
export function HistoryDrawer({ kind, number, field, onField, words, onClose }: HistoryDrawerProps) {
  const { t } = words;
  const formats = useFormats();
  const history = useArchiveQuery(
    'customers.history',
    { number, ...(field === '' ? {} : { field }), limit: 500 },
    { keepPrevious: true },
  );
  return (
    <Drawer title={t('cards.history.title')} onClose={onClose}>
      <label className={styles.filter}>
        <span>{t('cards.history.field')}</span>
        <select value={field} onChange={(event) => onField(event.currentTarget.value)}>
          <option value="">{t('cards.history.allFields')}</option>
          {cardFields(kind, words.forms).map((definition) => (
            <option key={definition.key} value={definition.key}>
              {words.ownLabel(kind, definition.key)}
            </option>
          ))}
        </select>
      </label>
      {history.error !== null && <ErrorState error={history.error} onRetry={() => void history.refetch()} />}
      {history.isPending && <LoadingSkeleton shape="form" />}
      {history.data !== undefined && history.data.changes.length === 0 && (
        <EmptyState title={t('cards.history.empty')}>{t('cards.history.emptyText')}</EmptyState>
      )}
      {savingsOf(history.data?.changes ?? []).map((saving) => (
        <section key={saving.revision} className={styles.saving}>
          <h3 className={styles.when}>
            {formats.instant(saving.at)}
            <span className={styles.who}>
              {saving.by}
              {saving.evidence !== '' && ` · ${saving.evidence}`}
            </span>
          </h3>
          {saving.changes.map((change) => (
            <div key={change.field} className={styles.change}>
              <p className={styles.field}>
                {definitionAt(kind, change.field, words) === undefined
                  ? t('cards.history.control', { field: change.field })
                  : words.label(kind, change.field)}
              </p>
              <div className={styles.sides}>
                <div className={styles.from}>
                  <span className="visually-hidden">{t('cards.history.from')}</span>
                  <HistoryValue kind={kind} field={change.field} value={change.from} words={words} />
                </div>
                <IconArrowRight size={14} aria-hidden />
                <div className={styles.to}>
                  <span className="visually-hidden">{t('cards.history.to')}</span>
                  <HistoryValue kind={kind} field={change.field} value={change.to} words={words} />
                </div>
              </div>
            </div>
          ))}
        </section>
      ))}
    </Drawer>
  );
}

/** A former or present value; lists with all their entries. */
export function HistoryValue({
  kind,
  field,
  value,
  words,
}: {
  readonly kind: CardKind;
  readonly field: string;
  readonly value: Json;
  readonly words: FieldWords;
}) {
  const definition = definitionAt(kind, field, words);
  if (isEmptyValue(value)) return <span className={styles.nothing}>{words.t('cards.blank')}</span>;
  if (definition === undefined) return <span>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</span>;
  if (definition.type !== 'list') return <span>{valueText(definition, value, words)}</span>;
  return (
    <ol className={styles.entries}>
      {entriesOf(value).map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity of their own
        <li key={index}>
          {(definition.itemFields ?? [])
            .map((part) => valueText(part, entry[part.key], words))
            .filter((text) => text !== '')
            .join(' · ')}
        </li>
      ))}
    </ol>
  );
}
