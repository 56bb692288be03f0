import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';
import { fieldErrorText } from '../states/error-text.ts';
import styles from './table-import.module.css';

type Refused = OutputOf<'dealings.import'>['refused'][number];

/** A cell put right. `column` from 0. */
export interface Correction {
  readonly row: number;
  readonly column: number;
  readonly value: string;
}

const LISTED = 200;

/** The corrections with one more; of a cell the last one counts. */
export function withCorrection(corrections: readonly Correction[], next: Correction): readonly Correction[] {
  return [...corrections.filter(({ row, column }) => row !== next.row || column !== next.column), next];
}

/** Rows that were not taken, cell by cell, with what is expected; a cell of the table is put right in place, Enter tries again. */
export function RefusedRows({
  label,
  refused,
  headings,
  fieldText,
  onCorrect,
}: {
  readonly label: string;
  readonly refused: readonly Refused[];
  readonly headings: readonly string[];
  /** A refused field that is no heading of the table, in words. */
  readonly fieldText: (field: string) => string;
  readonly onCorrect: (correction: Correction) => void;
}) {
  const texts = useText();
  const { t } = texts;
  if (refused.length === 0) return null;
  return (
    <>
      <p className={styles.hint}>{t('imports.fixHint')}</p>
      <div className={styles.refused}>
        <table aria-label={label}>
          <thead>
            <tr>
              <th scope="col">{t('imports.report.row')}</th>
              <th scope="col">{t('imports.report.field')}</th>
              <th scope="col">{t('imports.report.value')}</th>
              <th scope="col">{t('imports.report.expected')}</th>
            </tr>
          </thead>
          <tbody>
            {refused.slice(0, LISTED).map((row) => {
              const column = headings.indexOf(row.field);
              return (
                <tr key={`${row.row} ${row.field} ${row.value} ${row.message}`}>
                  <td>{row.row}</td>
                  <td>{column >= 0 ? row.field : fieldText(row.field)}</td>
                  <td>
                    {column >= 0 ? (
                      <input
                        aria-label={t('imports.fix', { row: row.row, field: row.field })}
                        autoComplete="off"
                        spellCheck={false}
                        defaultValue={row.value}
                        onKeyDown={(event) => {
                          if (event.key !== 'Enter' || isComposing(event)) return;
                          event.preventDefault();
                          onCorrect({ row: row.row, column, value: event.currentTarget.value });
                        }}
                      />
                    ) : (
                      row.value
                    )}
                  </td>
                  <td>
                    {fieldErrorText(
                      { path: row.field, message: row.message, params: { value: row.value, ...row.params } },
                      texts,
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
