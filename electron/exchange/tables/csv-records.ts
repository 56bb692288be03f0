import { type CellProblem, type RawRow, textProblem } from './raw-row.ts';
import type { TableLimits } from './table-limits.ts';
import { shownValue } from './table-types.ts';

/**
 * Records of a CSV from text that comes in pieces. Written here rather than taken from a library
 * because a broken row must cost that row only (R63): a quote that is never closed swallows the rest
 * of the file in every parser that follows the grammar. Here the line it began on is refused, and
 * reading goes on with the next one.
 */
export interface CsvReader {
  push(text: string): RawRow[];
  end(): RawRow[];
}

interface Parsed {
  readonly cells: readonly string[];
  /** Where the next record begins. */
  readonly next: number;
  readonly lines: number;
}
type Outcome = Parsed | 'more' | { readonly problem: string };

/** Characters that a quoted cell may run on while its closing quote is looked for. */
const LOOK_AHEAD = 16 * 1024 * 1024;
/** Characters kept of a line that does not end: above what a quote is searched through. */
const LONGEST_LINE = 20 * 1024 * 1024;
/** After so many searches to that length without result, quotes are expected within the limit of a cell. */
const LONG_SEARCHES = 4;

export function createCsvReader(
  options: { readonly delimiter: string; readonly encoding: string },
  limits: Pick<TableLimits, 'cellCharacters'>,
): CsvReader {
  const { delimiter, encoding } = options;
  let text = '';
  let last = false;
  let rowNumber = 0;
  let longSearchesLeft = LONG_SEARCHES;
  /** Number of cells that most records have, once two agree: a title above the headings has fewer. */
  let expected = 0;
  const lengths = new Map<number, number>();

  /** Inside a line too long to be kept: what comes is dropped up to the next line. */
  let skipping = false;

  /** Positions already looked up, valid while reading goes forward. */
  let carriage = -1;
  let feed = -1;
  let quoteAt = -1;

  function forgetPositions(): void {
    carriage = -1;
    feed = -1;
    quoteAt = -1;
  }

  /** End of the line at `from`; undefined when it has not come yet. `next` is where the following line begins. */
  function lineEnd(from: number): { end: number; next: number } | undefined {
    if (feed < from) feed = found(text.indexOf('\n', from));
    if (carriage < from) carriage = found(text.indexOf('\r', from));
    const end = Math.min(feed, carriage);
    if (end === Number.POSITIVE_INFINITY) return last ? { end: text.length, next: text.length } : undefined;
    // A CR at the very end may be half of a CR LF.
    if (end === carriage && end + 1 === text.length && !last) return undefined;
    return { end, next: text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1 };
  }

  function atLineBreak(at: number): number {
    if (text[at] === '\r') return text[at + 1] === '\n' ? 2 : 1;
    return text[at] === '\n' ? 1 : 0;
  }

  /** A record with quotes in it. */
  function parseQuoted(from: number): Outcome {
    const cells: string[] = [];
    let at = from;
    for (;;) {
      if (text[at] !== '"') {
        const line = lineEnd(at);
        if (line === undefined) return 'more';
        const comma = text.indexOf(delimiter, at);
        const end = comma === -1 || comma > line.end ? line.end : comma;
        cells.push(text.slice(at, end));
        if (end === line.end) return { cells, next: line.next, lines: countLines(from, end) };
        at = end + 1;
        continue;
      }
      const quoted = parseQuotedCell(at);
      if (typeof quoted !== 'object' || 'problem' in quoted) return quoted;
      cells.push(quoted.value);
      at = quoted.next;
      if (at >= text.length) {
        if (!last) return 'more';
        return { cells, next: at, lines: countLines(from, at) };
      }
      if (text[at] === delimiter) {
        at += 1;
        continue;
      }
      if (text[at] === '\r' && at + 1 === text.length && !last) return 'more';
      const width = atLineBreak(at);
      if (width === 0) return { problem: 'exchange.row.quote' };
      return { cells, next: at + width, lines: countLines(from, at) };
    }
  }

  function parseQuotedCell(opening: number): { value: string; next: number } | 'more' | { problem: string } {
    const limit = longSearchesLeft > 0 ? LOOK_AHEAD : limits.cellCharacters * 2;
    let at = opening + 1;
    let value = '';
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote === -1) {
        if (!last && text.length - opening <= limit) return 'more';
        if (text.length - opening > limits.cellCharacters * 2) longSearchesLeft -= 1;
        return { problem: 'exchange.row.quote' };
      }
      value += text.slice(at, quote);
      if (quote + 1 === text.length && !last) return 'more';
      if (text[quote + 1] !== '"') {
        let next = quote + 1;
        // Spaces between quote and delimiter are a habit of some programs.
        while (text[next] === ' ') next += 1;
        return { value, next };
      }
      value += '"';
      at = quote + 2;
    }
  }

  function countLines(from: number, to: number): number {
    let lines = 0;
    for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) lines += 1;
    return lines;
  }

  function broken(from: number, end: number, message: string): RawRow {
    rowNumber += 1;
    return {
      row: rowNumber,
      cells: [],
      problems: [{ value: shownValue(text.slice(from, Math.min(end, from + 400))), message }],
    };
  }

  function record(cells: readonly string[]): RawRow {
    rowNumber += 1;
    const seen = (lengths.get(cells.length) ?? 0) + 1;
    lengths.set(cells.length, seen);
    if (cells.length > 1 && seen > Math.max(1, lengths.get(expected) ?? 0)) expected = cells.length;
    const problems: CellProblem[] = [];
    for (const [column, cell] of cells.entries()) {
      const problem = textProblem(cell, column, limits, encoding);
      if (problem !== undefined) problems.push(problem);
    }
    return { row: rowNumber, cells, problems };
  }

  /** A record over several lines whose cells do not come out right is more likely a quote too many than a long cell. */
  function isMisread(parsed: Parsed): boolean {
    return parsed.lines > 0 && expected > 1 && parsed.cells.length !== expected;
  }

  /** Reads the record at `at` into `rows`; the position after it, or undefined when its end has not come yet. */
  function takeRecord(at: number, rows: RawRow[]): number | undefined {
    const line = lineEnd(at);
    if (line === undefined) return undefined;
    if (quoteAt < at) quoteAt = found(text.indexOf('"', at));
    if (quoteAt >= line.end) {
      rows.push(record(text.slice(at, line.end).split(delimiter)));
      return line.next;
    }
    const outcome = parseQuoted(at);
    if (outcome === 'more') return undefined;
    if (!('problem' in outcome) && !isMisread(outcome)) {
      rows.push(record(outcome.cells));
      return outcome.next;
    }
    rows.push(broken(at, line.end, 'exchange.row.quote'));
    forgetPositions();
    return line.next;
  }

  function take(): RawRow[] {
    const rows: RawRow[] = [];
    let at = 0;
    while (at < text.length) {
      const next = takeRecord(at, rows);
      if (next === undefined) break;
      at = next;
    }
    text = text.slice(at);
    forgetPositions();
    if (text.length > LONGEST_LINE) {
      rows.push(broken(0, text.length, 'exchange.row.lineTooLong'));
      text = '';
      skipping = true;
    }
    return rows;
  }

  function afterSkipped(piece: string): string {
    const end = piece.search(/[\r\n]/u);
    if (end === -1) return '';
    skipping = false;
    return piece.slice(end).replace(/^(\r\n|\r|\n)/u, '');
  }

  return {
    push(piece) {
      text += skipping ? afterSkipped(piece) : piece;
      return take();
    },
    end() {
      last = true;
      // DOS programs end a text with Ctrl-Z.
      if (text.endsWith('\u001a')) text = text.slice(0, -1);
      return take();
    },
  };
}

function found(index: number): number {
  return index === -1 ? Number.POSITIVE_INFINITY : index;
}
