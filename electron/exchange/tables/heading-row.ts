import { type CellProblem, isBlank, type RawRow } from './raw-row.ts';
import { fileRefusal, type ReadContext } from './table-limits.ts';
import { type RefusedCell, shownValue, type TableRow } from './table-types.ts';

/** Rows among which the headings are looked for: above them stand titles, dates, the name of who made the list. */
const ROWS_LOOKED_AT = 12;

export interface FramedRows {
  readonly rows: readonly TableRow[];
  readonly refused: readonly RefusedCell[];
}

/**
 * Sets raw rows against their headings: finds the heading row, pads what is shorter, refuses what is
 * broken or longer by row number. Rows above the headings and blank rows are passed over.
 */
export interface RowFrame {
  /** Undefined until the heading row is known. */
  readonly headings: readonly string[] | undefined;
  readonly headingRow: number;
  push(rows: readonly RawRow[]): FramedRows;
  /** @throws AppError FILE_DAMAGED when there was no heading row at all. */
  end(): FramedRows;
}

function filled(row: RawRow): number {
  return row.cells.reduce((count, cell) => (cell.trim() === '' ? count : count + 1), 0);
}

/** The first row with at least half as many texts as the fullest: a title line has one or two. */
function findHeadings(rows: readonly RawRow[]): number {
  const most = Math.max(0, ...rows.map(filled));
  const needed = most <= 1 ? 1 : Math.max(2, Math.ceil(most / 2));
  return rows.findIndex((row) => row.problems.length === 0 && filled(row) >= needed);
}

/** One or two texts alone in a row are no headings, whatever is wrong with them. */
function isTitle(row: RawRow): boolean {
  return row.cells.length > 0 && filled(row) <= 2;
}

function headingsOf(row: RawRow): string[] {
  const headings = row.cells.map((cell) => cell.normalize('NFC').replaceAll(/\s+/gu, ' ').trim());
  while (headings.length > 0 && headings.at(-1) === '') headings.pop();
  return headings;
}

export interface FrameOptions {
  readonly headingRow?: number | undefined;
  /** Of a CSV: a row with fewer cells than its neighbours has lost one, and no telling which. */
  readonly refuseLoneShortRows: boolean;
}

export function createRowFrame(options: FrameOptions, context: ReadContext): RowFrame {
  let waiting: RawRow[] = [];
  let headings: string[] | undefined;
  let headingRow = 0;
  /** A short row whose successor has not been seen. */
  let held: RawRow | undefined;
  let previousLength = -1;
  let rows: TableRow[] = [];
  let refused: RefusedCell[] = [];

  function fieldOf(problem: CellProblem): string {
    return problem.column === undefined ? '' : (headings?.[problem.column] ?? `#${problem.column + 1}`);
  }

  function refuse(row: RawRow, problems: readonly CellProblem[]): void {
    for (const problem of problems) {
      refused.push({
        row: row.row,
        field: fieldOf(problem),
        value: shownValue(problem.value),
        message: problem.message,
        ...(problem.params === undefined ? {} : { params: problem.params }),
      });
    }
  }

  function accept(row: RawRow, width: number): void {
    const { cells } = row;
    const surplus = cells.findIndex((cell, column) => column >= width && cell.trim() !== '');
    if (surplus !== -1) {
      const params = { cells: cells.length, headings: width };
      refuse(row, [{ value: cells[surplus] ?? '', message: 'exchange.row.tooManyCells', params }]);
      return;
    }
    const padded = Array.from({ length: width }, (_, column) => cells[column] ?? '');
    rows.push({ row: row.row, cells: padded });
  }

  /** A program that leaves empty cells off the end does so in neighbouring rows too; one row alone is broken. */
  function settleHeld(nextLength: number, width: number): void {
    if (held === undefined) return;
    const { length } = held.cells;
    if (length === previousLength || length === nextLength) accept(held, width);
    else {
      const params = { cells: length, headings: width };
      refuse(held, [{ value: held.cells.join(' ¦ '), message: 'exchange.row.tooFewCells', params }]);
    }
    previousLength = length;
    held = undefined;
  }

  function frame(row: RawRow, width: number): void {
    if (row.problems.length > 0) {
      settleHeld(-1, width);
      refuse(row, row.problems);
      return;
    }
    if (isBlank(row)) return;
    settleHeld(row.cells.length, width);
    if (options.refuseLoneShortRows && row.cells.length < width) {
      held = row;
      return;
    }
    accept(row, width);
    previousLength = row.cells.length;
  }

  function chooseHeadings(): void {
    const { headingRow: wanted } = options;
    const index = wanted === undefined ? findHeadings(waiting) : waiting.findIndex((row) => row.row === wanted);
    const chosen = waiting[index];
    if (chosen === undefined) throw fileRefusal('FILE_DAMAGED', context.name, 'exchange.file.noHeadings');
    // A broken row above the headings may be the headings: taking data for headings would be worse than refusing.
    const broken = waiting.slice(0, index + 1).find((row) => row.problems.length > 0 && !isTitle(row));
    if (broken !== undefined) {
      const params = { row: broken.row, ...broken.problems[0]?.params };
      throw fileRefusal('FILE_DAMAGED', context.name, 'exchange.file.headingsBroken', params);
    }
    headings = headingsOf(chosen);
    if (headings.length > context.limits.columns) {
      throw fileRefusal('FILE_TOO_LARGE', context.name, 'exchange.file.columns', { limit: context.limits.columns });
    }
    headingRow = chosen.row;
    const rest = waiting.slice(index + 1);
    waiting = [];
    for (const row of rest) frame(row, headings.length);
  }

  function collect(row: RawRow): void {
    if (headings !== undefined) {
      frame(row, headings.length);
      return;
    }
    if (isBlank(row)) return;
    waiting.push(row);
    const { headingRow: wanted } = options;
    if (wanted === undefined ? waiting.length >= ROWS_LOOKED_AT : row.row >= wanted) chooseHeadings();
  }

  function take(): FramedRows {
    const framed = { rows, refused };
    rows = [];
    refused = [];
    return framed;
  }

  return {
    get headings() {
      return headings;
    },
    get headingRow() {
      return headingRow;
    },
    push(raw) {
      for (const row of raw) collect(row);
      return take();
    },
    end() {
      if (headings === undefined) chooseHeadings();
      settleHeld(-1, headings?.length ?? 0);
      return take();
    },
  };
}
