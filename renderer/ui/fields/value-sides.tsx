import { IconArrowRight } from '@tabler/icons-react';
import type { Json } from '../../../shared/contract/common.ts';
import type { CardKind } from '../../../shared/domain/form-fields.ts';
import { isEmptyValue } from './field-values.ts';
import { definitionAt, type FieldWords } from './field-words.ts';
import { entriesOf } from './list-editor.tsx';
import styles from './value-sides.module.css';
import { valueText } from './value-text.ts';

interface Side {
  /** Said to those who do not see which side it is. */
  readonly said: string;
  readonly value: Json;
}

/** Two values of one field beside each other: what it says on the right takes the place of what it says on the left. */
export function ValueSides({
  kind,
  field,
  words,
  left,
  right,
}: {
  readonly kind: CardKind;
  readonly field: string;
  readonly words: FieldWords;
  readonly left: Side;
  readonly right: Side;
}) {
  return (
    <div className={styles.sides}>
      <div className={styles.from}>
        <span className="visually-hidden">{left.said}</span>
        <WholeValue kind={kind} field={field} value={left.value} words={words} />
      </div>
      <IconArrowRight size={14} aria-hidden />
      <div className={styles.to}>
        <span className="visually-hidden">{right.said}</span>
        <WholeValue kind={kind} field={field} value={right.value} words={words} />
      </div>
    </div>
  );
}

/** A value as a card holds it; lists with all their entries. */
export function WholeValue({
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
  if (field === 'tier' || field === 'status')
    return <span>{words.t(`option.${field === 'tier' ? 'tier' : 'cardStatus'}.${String(value)}`)}</span>;
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
