/** A row as a format's reader finds it, before the headings are known. */
export interface RawRow {
  /** 1-based, as a spreadsheet program numbers it. */
  readonly row: number;
  readonly cells: readonly string[];
  /** Why this row cannot be taken; such a row never becomes a `TableRow`. */
  readonly problems: readonly CellProblem[];
}

export interface CellProblem {
  /** 0-based; undefined when the whole row is meant. */
  readonly column?: number | undefined;
  readonly value: string;
  readonly message: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export function isBlank(row: RawRow): boolean {
  return row.problems.length === 0 && row.cells.every((cell) => cell.trim() === '');
}

// Everything below a space but TAB, LF, CR; DEL and the C1 controls (but NEL) never belong to a text either.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]/u;

/** What is wrong with the text of a cell, whatever format it came from. */
export function textProblem(
  text: string,
  column: number,
  limits: { readonly cellCharacters: number },
  encoding: string,
): CellProblem | undefined {
  if (text.length > limits.cellCharacters) {
    return { column, value: text, message: 'exchange.row.cellTooLong', params: { limit: limits.cellCharacters } };
  }
  if (text.includes('\ufffd'))
    return { column, value: text, message: 'exchange.row.undecodable', params: { encoding } };
  if (CONTROLS.test(text)) return { column, value: text, message: 'exchange.row.controlCharacter' };
  return undefined;
}
