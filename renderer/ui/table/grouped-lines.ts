/** A list whose rows stand in groups: a heading line before each group's rows. */
export interface LineGroup {
  readonly label: string;
  readonly count: number;
}

export type Line =
  | { readonly kind: 'group'; readonly group: LineGroup }
  | { readonly kind: 'row'; readonly index: number };

export interface Lines {
  readonly total: number;
  at(line: number): Line;
  /** The line on which a row stands. */
  lineOf(row: number): number;
}

/** Lines of a list of `rows` rows; groups as they follow each other, their counts adding up to the rows. */
export function linesOf(rows: number, groups: readonly LineGroup[] | undefined): Lines {
  if (groups === undefined || groups.length === 0)
    return { total: rows, at: (line) => ({ kind: 'row', index: line }), lineOf: (row) => row };
  /** First line of each group. */
  const starts: number[] = [];
  let next = 0;
  for (const group of groups) {
    starts.push(next);
    next += group.count + 1;
  }
  const groupAt = (line: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= line) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const beyond = rows - (next - groups.length);
  return {
    total: next + Math.max(0, beyond),
    at(line) {
      if (line >= next) return { kind: 'row', index: line - groups.length };
      const number = groupAt(line);
      const group = groups[number];
      return group !== undefined && starts[number] === line
        ? { kind: 'group', group }
        : { kind: 'row', index: line - number - 1 };
    },
    lineOf(row) {
      let before = 0;
      for (const [number, group] of groups.entries()) {
        if (row < before + group.count) return row + number + 1;
        before += group.count;
      }
      return row + groups.length;
    },
  };
}
