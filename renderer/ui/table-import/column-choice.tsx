import { useText } from '../../i18n/use-text.ts';
import styles from './table-import.module.css';

/** The mapping with this column on that field. Each field takes one column: the one that had it before is left without. */
export function assigned<Key extends string>(
  mapping: readonly (Key | null)[],
  column: number,
  field: Key | null,
): readonly (Key | null)[] {
  return mapping.map((former, at) => (at === column ? field : former === field ? null : former));
}

/** Which column of a table goes to which field; under each heading the first value that stands in it. */
export function ColumnChoice<Key extends string>({
  headings,
  preview,
  mapping,
  fields,
  onMapping,
}: {
  readonly headings: readonly string[];
  readonly preview: readonly (readonly string[])[];
  readonly mapping: readonly (Key | null)[];
  readonly fields: readonly { readonly key: Key; readonly label: string }[];
  readonly onMapping: (mapping: readonly (Key | null)[]) => void;
}) {
  const { t } = useText();
  return (
    <div className={styles.columns}>
      {headings.map((heading, index) => {
        const sample = preview.find((cells) => (cells[index] ?? '') !== '')?.[index] ?? '';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two columns may bear the same heading
          <label key={index} className={styles.column} data-open={(mapping[index] ?? null) === null || undefined}>
            <span title={sample === '' ? heading : `${heading}: ${sample}`}>
              {heading} <small>{sample}</small>
            </span>
            <select
              value={mapping[index] ?? ''}
              onChange={(event) =>
                onMapping(
                  assigned(mapping, index, fields.find(({ key }) => key === event.currentTarget.value)?.key ?? null),
                )
              }
            >
              <option value="">{t('imports.leaveOut')}</option>
              {fields.map(({ key, label }) => (
                <option key={key} value={key}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        );
      })}
    </div>
  );
}
