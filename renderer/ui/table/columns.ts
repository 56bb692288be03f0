import type { ReactNode } from 'react';
import { guardedText } from '../../../shared/util/spreadsheet-text.ts';

/** One column of a `DataTable`. */
export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  /** Pixels at first; the person's own width is remembered. */
  readonly width: number;
  /** Takes what room is left. */
  readonly grow?: boolean;
  /** Numbers stand at the end. */
  readonly align?: 'start' | 'end';
  readonly cell: (row: Row) => ReactNode;
  /** What is copied from the cell, as plain text. */
  readonly text: (row: Row) => string;
  /** Value of the operation's `sort`, when the list can be ordered by this column. */
  readonly sortKey?: string;
}

export interface Sort {
  readonly key: string;
  readonly descending: boolean;
}

export const MIN_COLUMN_WIDTH = 56;

/** Widths as `grid-template-columns`; a growing column never gets narrower than its width. */
export function gridTemplate(
  columns: readonly Column<never>[],
  widths: Readonly<Record<string, number>> | undefined,
): string {
  return columns
    .map((column) => {
      const width = widths?.[column.id] ?? column.width;
      return column.grow ? `minmax(${width}px, 1fr)` : `${width}px`;
    })
    .join(' ');
}

/** Cells as a spreadsheet takes them: tabs between, line breaks inside a cell made spaces. */
export function asTabSeparated(rows: readonly (readonly string[])[]): string {
  // One cell alone goes anywhere; several go to a spreadsheet, which must not take one of them for a formula.
  const alone = rows.length === 1 && rows[0]?.length === 1;
  return rows
    .map((cells) => cells.map((cell) => cell.replaceAll(/[\t\r\n]+/g, ' ')))
    .map((cells) => (alone ? cells : cells.map(guardedText)).join('\t'))
    .join('\n');
}
