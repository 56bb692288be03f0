// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid cannot be made of table elements (ARIA grid pattern).
import { type MouseEvent, memo } from 'react';
import type { Column } from './columns.ts';
import styles from './data-table.module.css';

/** What a row tells its table; the same functions for every row at every drawing. */
export interface RowActs<Row> {
  press(event: MouseEvent): void;
  choose(index: number, row: Row | undefined, extend: boolean): void;
  open(index: number): void;
  mark(row: Row): void;
}

interface TableRowProps<Row> {
  readonly id: string;
  readonly index: number;
  readonly start: number;
  /** Undefined while its page is on the way. */
  readonly row: Row | undefined;
  readonly columns: readonly Column<Row>[];
  readonly marking: boolean;
  readonly marked: boolean | null;
  readonly selected: boolean;
  readonly current: boolean;
  readonly activeColumn: number | null;
  readonly acts: RowActs<Row>;
}

function OneRow<Row>(props: TableRowProps<Row>) {
  const { id, index, start, row, columns, marking, marked, selected, current, activeColumn, acts } = props;
  const lead = marking ? 1 : 0;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself handles the keys
    <div
      id={id}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`${styles.row} ${styles.line} ${current ? styles.current : ''}`}
      style={{ top: start }}
      onMouseDown={acts.press}
      onClick={(event) => acts.choose(index, row, event.shiftKey)}
      onDoubleClick={() => acts.open(index)}
    >
      {marking && (
        <div role="gridcell" tabIndex={-1} aria-colindex={1} className={styles.markCell}>
          {row !== undefined && (
            <input
              type="checkbox"
              tabIndex={-1}
              className={styles.markBox}
              aria-label={columns[0]?.text(row) ?? ''}
              checked={marked === true}
              onChange={() => acts.mark(row)}
              onClick={(event) => event.stopPropagation()}
              onDoubleClick={(event) => event.stopPropagation()}
            />
          )}
        </div>
      )}
      {columns.map((column, at) => (
        <div
          key={column.id}
          id={`${id}-${at}`}
          role="gridcell"
          tabIndex={-1}
          aria-colindex={at + 1 + lead}
          className={`${styles.cell} ${column.align === 'end' ? styles.numeric : ''} ${
            activeColumn === at ? styles.active : ''
          }`}
        >
          {row === undefined ? <span className={styles.waiting} aria-hidden /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** A line of the table. Drawn again only when it itself has changed: scrolling draws the rows that come in, no others. */
export const TableRow = memo(OneRow) as typeof OneRow;
