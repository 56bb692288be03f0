const CANDIDATES = [',', ';', '\t', '|'] as const;
const LINES_LOOKED_AT = 50;

/** How often the delimiter stands in a line outside quotes. */
function countOutsideQuotes(line: string, delimiter: string): number {
  let count = 0;
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) count += 1;
  }
  return count;
}

/** The most frequent of the counts above 0, and on how many lines it occurs. */
function agreement(counts: readonly number[]): { count: number; lines: number } {
  const lines = new Map<number, number>();
  for (const count of counts) if (count > 0) lines.set(count, (lines.get(count) ?? 0) + 1);
  let best = { count: 0, lines: 0 };
  for (const [count, number] of lines) {
    if (number > best.lines || (number === best.lines && count > best.count)) best = { count, lines: number };
  }
  return best;
}

/**
 * What separates the cells: comma, semicolon, tab or bar, whichever the most lines agree on.
 * `length` is that of a `sep=;` line, which spreadsheet programs write and do not show.
 */
export function sniffDelimiter(text: string): { delimiter: string; length: number } {
  const declared = /^sep=([,;\t|])(\r\n|\n|\r)/u.exec(text);
  if (declared !== null) return { delimiter: declared[1] ?? ',', length: declared[0].length };
  const lines = text
    .split(/\r\n|\n|\r/u)
    .filter((line) => line.trim() !== '')
    .slice(0, LINES_LOOKED_AT);
  let best = { delimiter: ',', count: 0, lines: 0 };
  for (const delimiter of CANDIDATES) {
    const { count, lines: agreeing } = agreement(lines.map((line) => countOutsideQuotes(line, delimiter)));
    if (agreeing > best.lines || (agreeing === best.lines && count > best.count)) {
      best = { delimiter, count, lines: agreeing };
    }
  }
  return { delimiter: best.delimiter, length: 0 };
}
