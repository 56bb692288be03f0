/** A decimal number as text, such as an amount of money: printed without quotes, like a number. */
export interface DecimalCell {
  readonly decimal: string;
}
export type CsvCell = string | number | bigint | boolean | null | DecimalCell;

const BYTE_ORDER_MARK = '\ufeff';
const DECIMAL = /^-?\d+(\.\d+)?$/;
/** What makes a spreadsheet program take a text for a formula, in both widths, behind blanks or unseen characters too. */
const FORMULA_START = /^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠−﹢﹣﹦﹫]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL_START = /^[\t\r\n\u0000]/u;

/** A text that no spreadsheet program takes for a formula: prefixed with `'` where needed (R64). */
export function guardedText(text: string): string {
  const risky = FORMULA_START.test(text) || CONTROL_START.test(text);
  // NUL ends a cell early in some programs; nothing that is stored holds one.
  return `${risky ? "'" : ''}${text.replaceAll('\u0000', '')}`;
}

/** The text before it was guarded: an exported list that comes back in is the same. */
export function unguardedText(text: string): string {
  return text.startsWith("'") && FORMULA_START.test(text.slice(1)) ? text.slice(1) : text;
}

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

/** The whole CSV as bytes. */
export function csvBytes(headings: readonly string[], rows: Iterable<readonly CsvCell[]>): Buffer {
  return Buffer.from([...csvPieces(headings, rows)].join(''));
}
