/** What a table file becomes: rows of plain strings, nothing evaluated (security.md §12). */

export type TableKind = 'csv' | 'xlsx';

/** Encodings of text that are told apart, by the name that a caller may also force. */
export const TEXT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252'] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

export interface TableRow {
  /** As the user sees it in a spreadsheet program: 1 is the first row of the sheet. */
  readonly row: number;
  /** One string for each heading; what stands right of the last heading is refused, not cut. */
  readonly cells: readonly string[];
}

/** One reason why one row was not taken. `message` is a key of the message catalogues. */
export interface RefusedCell {
  readonly row: number;
  /** The heading of the column as it stands in the file; empty when the whole row is meant. */
  readonly field: string;
  /** What stood there, cut to `REFUSED_VALUE_LENGTH` characters. */
  readonly value: string;
  readonly message: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface TableHead {
  readonly kind: TableKind;
  /** Of a CSV: what was recognised or forced. */
  readonly encoding?: TextEncoding;
  readonly delimiter?: string;
  /** Of an XLSX: every sheet's name in the order of the tabs, and the one that is read. */
  readonly sheets: readonly string[];
  readonly sheet?: string;
  readonly headings: readonly string[];
  /** The row in which the headings stand: title lines above it are passed over. */
  readonly headingRow: number;
}

/** Read as they come: the head first, then rows and refused cells in batches, in the order of the file. */
export type TableEvent =
  | { readonly type: 'head'; readonly head: TableHead }
  | { readonly type: 'rows'; readonly rows: readonly TableRow[]; readonly refused: readonly RefusedCell[] }
  /** Bytes of the file dealt with, of all. */
  | { readonly type: 'progress'; readonly done: number; readonly total: number };

export interface TableOptions {
  readonly encoding?: string | undefined;
  /** Name of the sheet; the first one by default. */
  readonly sheet?: string | undefined;
  /** The row of the headings, when the guess is wrong. */
  readonly headingRow?: number | undefined;
}

export interface Table extends TableHead {
  readonly rows: readonly TableRow[];
  readonly refused: readonly RefusedCell[];
  /** More than `refused.length` when the list was cut at `REFUSED_LIST_LENGTH`. */
  readonly refusedTotal: number;
}

export const REFUSED_VALUE_LENGTH = 200;
export const REFUSED_LIST_LENGTH = 10_000;
export const ROWS_IN_BATCH = 500;

/** A value as it may stand in a report: cut, on one line. */
export function shownValue(value: string): string {
  const line = value.replaceAll(/\p{Cc}/gu, '\u2423');
  return line.length <= REFUSED_VALUE_LENGTH ? line : `${line.slice(0, REFUSED_VALUE_LENGTH - 1)}…`;
}
