import { guardedText } from '../../shared/util/spreadsheet-text.ts';

/** A decimal number as text, such as an amount of money: printed without quotes, like a number. */
export interface DecimalCell {
  readonly decimal: string;
}
export type CsvCell = string | number | bigint | boolean | null | DecimalCell;

const BYTE_ORDER_MARK = '\ufeff';
const DECIMAL = /^-?\d+(\.\d+)?$/;
/** A guarded text as a cell of a CSV, always in quotes. */
export function safeText(text: string): string {
  return `"${guardedText(text).replaceAll('"', '""')}"`;
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return safeText(cell);
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  if (typeof cell === 'object') return DECIMAL.test(cell.decimal) ? cell.decimal : safeText(cell.decimal);
  return String(cell);
}

/** One line with its line end. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

/** A CSV as spreadsheet programs open it: UTF-8 with byte order mark, commas, CR LF. In pieces, for long lists. */
export function* csvPieces(headings: readonly string[], rows: Iterable<readonly CsvCell[]>): Generator<string> {
  yield BYTE_ORDER_MARK + csvLine(headings);
  for (const row of rows) yield csvLine(row);
}

/**
 * The whole CSV as bytes.
 * @param mark what the file says of itself, as the heading of a last, empty column: sorting and filtering leave it where it is
 */
export function csvBytes(headings: readonly string[], rows: Iterable<readonly CsvCell[]>, mark?: string): Buffer {
  if (mark === undefined) return Buffer.from([...csvPieces(headings, rows)].join(''));
  const marked = Array.from(rows, (row): readonly CsvCell[] => [...row, null]);
  return Buffer.from([...csvPieces([...headings, mark], marked)].join(''));
}
