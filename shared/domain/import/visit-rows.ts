import { isTimeOfDay } from '../../util/days.ts';
import { once } from '../../util/once.ts';
import { unguardedText } from '../../util/spreadsheet-text.ts';
import { normaliseForStorage } from '../../util/text.ts';
import { fieldLabelKey } from '../form-fields.ts';
import type { FieldDefinition, FieldValue } from '../forms/field.ts';
import { visitFields } from '../forms/visit-forms.ts';
import { accepted, type CellResult, refused } from './cell-result.ts';
import { labelsOf } from './labels.ts';
import { parseCell } from './parse-cell.ts';
import { arabic, parseDateCell } from './parse-date-cell.ts';
import { headingIndex, lookUpHeading } from './recognise-heading.ts';
import { headingUnit } from './units.ts';
import { VISIT_HEADINGS } from './visit-headings.ts';

/** Rows of visits from a table file or from cells pasted into the entry table: the same words are understood in both. */

export const VISIT_COLUMNS = [
  'day',
  'salesperson',
  'handedInAt',
  'summary',
  'customerNumber',
  'time',
  ...visitFields.map((field) => field.key),
] as const;
export type VisitColumn = (typeof VISIT_COLUMNS)[number];

const fieldsByKey: ReadonlyMap<string, FieldDefinition> = new Map(visitFields.map((field) => [field.key, field]));
const index = once(() =>
  headingIndex(VISIT_HEADINGS, [
    ...visitFields.map((field) => [field.key, labelsOf(fieldLabelKey('visit', field.key))] as const),
    ...VISIT_COLUMNS.map((column) => [column, [column]] as const),
  ]),
);

/** The column of a table of visits that a heading means; undefined if it is not known. */
export function recogniseVisitHeading(text: string): VisitColumn | undefined {
  const column = lookUpHeading(index(), text);
  return VISIT_COLUMNS.find((candidate) => candidate === column);
}

/** A mapping as it was written down. @throws RangeError for what is no column of a table of visits */
export function asVisitMapping(mapping: readonly (string | null)[]): readonly (VisitColumn | null)[] {
  return mapping.map((name) => {
    const column = VISIT_COLUMNS.find((candidate) => candidate === name) ?? null;
    if (column === null && name !== null) throw new RangeError(`no column of visits: ${name}`);
    return column;
  });
}

/** Columns by their headings; a second one for the same field is passed over. */
export function proposeVisitMapping(headings: readonly string[]): readonly (VisitColumn | null)[] {
  const seen = new Set<VisitColumn>();
  return headings.map((heading) => {
    const column = recogniseVisitHeading(heading);
    if (column === undefined || seen.has(column)) return null;
    seen.add(column);
    return column;
  });
}

/** True if a row of cells is a row of headings: half of what is filled is known, at least two. */
export function isHeadingRow(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const known = filled.filter((cell) => recogniseVisitHeading(cell) !== undefined).length;
  return known >= 2 && known * 2 >= filled.length;
}

/** `9:30`, `0930`, `9點半`, `下午兩點`, `下午2:00`, `2 pm`, `2026-01-05 09:30` as `HH:MM`. */
export function parseTimeCell(text: string): CellResult<string> {
  const cell = text.normalize('NFKC').trim().toLowerCase();
  const after = /下午|晚上|pm|p\.m\./u.test(cell);
  const before = /上午|早上|am|a\.m\./u.test(cell);
  const bare = arabic(cell)
    .replace(/^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[t\s]+/u, '')
    .replace(/上午|下午|早上|晚上|中午|a\.?m\.?|p\.?m\.?/gu, '')
    .replace(/[點点時时]半/gu, ':30')
    .replace(/[點点時时]/gu, ':')
    .replace(/分/gu, '')
    .trim()
    .replace(/:$/u, ':00');
  const match = /^(\d{1,2}):?(\d{2})?(?::\d{2}(?:\.\d+)?)?$/u.exec(bare) ?? /^(\d{2})(\d{2})$/u.exec(bare);
  if (match === null) return refused('time', text);
  const hour = Number(match[1]) + (after && Number(match[1]) < 12 ? 12 : 0) - (before && match[1] === '12' ? 12 : 0);
  const time = `${String(hour).padStart(2, '0')}:${match[2] ?? '00'}`;
  return isTimeOfDay(time) ? accepted(time) : refused('time', text);
}

/** `9:00-10:30`, `9:00～10:30`, or one time alone. */
export function parseTimeRange(text: string): CellResult<{ readonly from: string; readonly to: string | null }> {
  const [first = '', second] = text
    .normalize('NFKC')
    .split(/\s*(?:[-–—~～至到]|\bto\b)\s*/u)
    .filter((part) => part !== '');
  const from = parseTimeCell(first);
  if (!from.ok) return refused('time', text);
  if (second === undefined) return accepted({ from: from.value, to: null });
  const to = parseTimeCell(second);
  return to.ok ? accepted({ from: from.value, to: to.value }) : refused('time', text);
}

export interface VisitCells {
  /** Values by column; times `HH:MM`, the day `YYYY-MM-DD`, everything else by its field. Blank cells are absent. */
  readonly values: Readonly<Partial<Record<VisitColumn, FieldValue>>>;
  readonly problems: readonly {
    readonly column: number;
    readonly value: string;
    readonly message: string;
    readonly params?: Readonly<Record<string, string | number>>;
  }[];
}

/** Reads one row: what cannot be read is a problem of its column, the rest stands. */
export function readVisitCells(
  mapping: readonly (VisitColumn | null)[],
  cells: readonly string[],
  headings: readonly string[] = [],
): VisitCells {
  const values: Partial<Record<VisitColumn, FieldValue>> = {};
  const problems: VisitCells['problems'][number][] = [];
  for (const [column, key] of mapping.entries()) {
    const cell = normaliseForStorage(unguardedText(cells[column] ?? ''));
    if (key === null || cell === '') continue;
    const result = readCell(key, cell, headings[column] ?? '');
    if (!result.ok)
      problems.push({
        column,
        value: cell,
        message: result.message,
        ...(result.params === undefined ? {} : { params: result.params }),
      });
    else if (key === 'time') {
      const { from, to } = result.value as unknown as { from: string; to: string | null };
      values['startedAt'] ??= from;
      if (to !== null) values['endedAt'] ??= to;
    } else if (result.value !== null) values[key] = result.value;
  }
  return { values, problems };
}

function readCell(key: VisitColumn, cell: string, heading: string): CellResult<FieldValue> {
  switch (key) {
    case 'day':
    case 'nextVisitOn':
      return parseDateCell(cell);
    case 'time': {
      const range = parseTimeRange(cell);
      return range.ok ? accepted(range.value as unknown as FieldValue) : range;
    }
    case 'startedAt':
    case 'endedAt':
      return parseTimeCell(cell);
    case 'handedInAt':
      return accepted(cell);
    case 'orders':
      // One cell names what was ordered; amounts and terms are typed in the line.
      return accepted(
        cell
          .split(/[;；\n]/u)
          .map((part) => part.trim())
          .filter((part) => part !== '')
          .map((product) => ({ product: product.slice(0, 200) })),
      );
    default: {
      const field = fieldsByKey.get(key);
      return field === undefined ? accepted(cell) : parseCell(field, cell, headingUnit(heading));
    }
  }
}
