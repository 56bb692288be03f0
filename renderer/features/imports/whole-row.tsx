import { useState } from 'react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import type { Correction, TableRead } from './import-steps.ts';
import styles from './imports.module.css';

interface WholeRowProps {
  readonly read: TableRead;
  /** Of the file. */
  readonly row: number;
  /** Columns whose cells were refused. */
  readonly problems: ReadonlySet<number>;
  readonly corrections: readonly Correction[];
  readonly onCorrect: ((changed: readonly Correction[]) => void) | null;
}

/** One row of the file as a list of its cells: what was refused is marked, and any cell can be put right beside its neighbours. */
export function WholeRow({ read, row, problems, corrections, onCorrect }: WholeRowProps) {
  const { t } = useText();
  const answer = useArchiveQuery('imports.rows', { table: read.table, rows: [row] });
  const [typed, setTyped] = useState<ReadonlyMap<number, string>>(new Map());
  const cells = answer.data?.rows[0]?.cells ?? [];
  const present = (column: number): string =>
    corrections.find((one) => one.row === row && one.column === column)?.value ?? cells[column] ?? '';
  const changed = [...typed].flatMap(([column, value]) => (value === present(column) ? [] : [{ row, column, value }]));
  return (
    <form
      className={styles.wholeRow}
      aria-label={t('imports.wholeRow', { row })}
      onSubmit={(event) => {
        event.preventDefault();
        if (changed.length > 0) onCorrect?.(changed);
      }}
    >
      <h3 className={styles.wholeRowTitle}>{t('imports.wholeRow', { row })}</h3>
      <ErrorNote error={answer.error} />
      <div className={styles.wholeRowCells}>
        {answer.data !== undefined &&
          read.headings.map((heading, column) => {
            const name = heading === '' ? t('imports.noHeading', { n: column + 1 }) : heading;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns may bear the same heading
              <label key={column} className={styles.wholeRowCell} data-problem={problems.has(column) || undefined}>
                <span>{name}</span>
                <input
                  className={styles.cellEditor}
                  autoComplete="off"
                  spellCheck={false}
                  aria-invalid={problems.has(column) || undefined}
                  readOnly={onCorrect === null}
                  value={typed.get(column) ?? present(column)}
                  onChange={(event) => setTyped(new Map(typed).set(column, event.currentTarget.value))}
                />
              </label>
            );
          })}
      </div>
      {onCorrect !== null && (
        <Button type="submit" size="small" disabled={changed.length === 0}>
          {t('imports.tryAgain')}
        </Button>
      )}
    </form>
  );
}
