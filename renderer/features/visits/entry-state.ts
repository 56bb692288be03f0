import type { Json } from '../../../shared/contract/common.ts';
import type { InputOf, OutputOf } from '../../../shared/contract/contract.ts';
import type { DailyReport, Visit } from '../../../shared/contract/visits.ts';
import {
  isHeadingRow,
  parseTimeCell,
  proposeVisitMapping,
  readVisitCells,
  type VisitColumn,
} from '../../../shared/domain/import/visit-rows.ts';
import { instantAt, timeOfInstant } from '../../../shared/util/days.ts';

/** The entry table of a daily report (V1): rows as they are typed, before anything is sent. */

export type Opened = OutputOf<'dailyReports.open'>;
type Save = InputOf<'dailyReports.save'>;
type Line = Save['lines'][number];
export type Fact = NonNullable<Line['facts']>[number];

export interface EntryRow {
  /** Stands for the row while it is on the screen. */
  readonly key: number;
  /** Of a visit that is recorded already. */
  readonly id: number | null;
  /** Number of the customer, or what is typed and not yet one. */
  readonly customer: string;
  readonly customerName: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly method: string;
  readonly purpose: string;
  readonly result: string;
  readonly content: string;
  readonly details: Readonly<Record<string, Json>>;
  readonly facts: readonly Fact[];
}

export interface Entry {
  readonly rows: readonly EntryRow[];
  readonly values: Readonly<Record<string, Json>>;
  /** `17:40` or `2026-01-05 17:40` as an instant; null while it is not handed in. */
  readonly handedInAt: string | null;
  readonly nextKey: number;
}

/** Columns of the table, in the order of Tab and of a paste without headings. */
export const GRID_COLUMNS = [
  'customer',
  'startedAt',
  'endedAt',
  'method',
  'purpose',
  'personMet',
  'result',
  'content',
] as const;
export type GridColumn = (typeof GRID_COLUMNS)[number];

const EMPTY_ROW: Omit<EntryRow, 'key'> = {
  id: null,
  customer: '',
  customerName: '',
  startedAt: '',
  endedAt: '',
  method: 'onSite',
  purpose: 'followUp',
  result: 'toFollowUp',
  content: '',
  details: {},
  facts: [],
};

export const EMPTY_ENTRY: Entry = { rows: [{ ...EMPTY_ROW, key: 1 }], values: {}, handedInAt: null, nextKey: 2 };

/** True for a row in which nothing has been typed: it is not sent. */
export function isBlankRow(row: EntryRow): boolean {
  return (
    row.id === null &&
    row.customer.trim() === '' &&
    row.content.trim() === '' &&
    row.startedAt === '' &&
    row.facts.length === 0 &&
    Object.keys(row.details).length === 0
  );
}

function rowOf(visit: Visit, key: number, offset: number): EntryRow {
  return {
    key,
    id: visit.id,
    customer: visit.customer,
    customerName: visit.customerName,
    startedAt: timeOfInstant(visit.visitedAt, offset),
    endedAt: visit.endedAt === null ? '' : timeOfInstant(visit.endedAt, offset),
    method: visit.method,
    purpose: visit.purpose,
    result: visit.result,
    content: visit.content,
    details: visit.details,
    facts: [],
  };
}

/** A salesperson's day as it was recorded, with visits that stand alone taken in, and one row more to type in. */
export function entryOf(opened: Opened, offset: number): Entry {
  const visits = [...(opened.report?.lines ?? []), ...opened.loose];
  const rows = visits.map((visit, index) => rowOf(visit, index + 1, offset));
  return {
    rows: [...rows, { ...EMPTY_ROW, key: rows.length + 1 }],
    values: (opened.report as DailyReport | null)?.values ?? {},
    handedInAt: opened.report?.handedInAt ?? null,
    nextKey: rows.length + 2,
  };
}

/** The table always ends with an empty row: there is never anything to press before typing on. */
function withLastRow(entry: Entry): Entry {
  const last = entry.rows.at(-1);
  if (last !== undefined && isBlankRow(last)) return entry;
  return { ...entry, rows: [...entry.rows, { ...EMPTY_ROW, key: entry.nextKey }], nextKey: entry.nextKey + 1 };
}

export function changeRow(entry: Entry, key: number, change: Partial<EntryRow>): Entry {
  return withLastRow({ ...entry, rows: entry.rows.map((row) => (row.key === key ? { ...row, ...change } : row)) });
}

export function changeDetail(entry: Entry, key: number, field: string, value: Json): Entry {
  const row = entry.rows.find((one) => one.key === key);
  if (row === undefined) return entry;
  const { [field]: _former, ...others } = row.details;
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return changeRow(entry, key, { details: isEmpty ? others : { ...others, [field]: value } });
}

export function removeRow(entry: Entry, key: number): Entry {
  return withLastRow({ ...entry, rows: entry.rows.filter((row) => row.key !== key) });
}

/** A row for a customer whose form was scanned: the one that is there, else the empty one at the end. */
export function rowForCustomer(
  entry: Entry,
  number: string,
  name: string,
): { readonly entry: Entry; readonly key: number } {
  const present = entry.rows.find((row) => row.customer === number && row.id === null && row.content === '');
  if (present !== undefined) return { entry, key: present.key };
  const empty = entry.rows.find(isBlankRow);
  const base = empty === undefined ? withLastRow(entry) : entry;
  const key = (empty ?? base.rows.at(-1))?.key ?? 0;
  return { entry: changeRow(base, key, { customer: number, customerName: name }), key };
}

/** Cells of a spreadsheet: tabs between, line breaks between rows; quoted cells may hold both. */
export function cellsOfPaste(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.some((one) => one.trim() !== '')) rows.push(row);
    row = [];
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (quoted) {
      if (character === '"' && text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (character === '"') quoted = false;
      else cell += character;
    } else if (character === '"' && cell === '') quoted = true;
    else if (character === '\t') {
      row.push(cell);
      cell = '';
    } else if (character === '\n') endRow();
    else if (character !== '\r') cell += character;
  }
  endRow();
  return rows;
}

export interface PasteOutcome {
  readonly entry: Entry;
  /** Keys of the rows that were filled, in order. */
  readonly keys: readonly number[];
  /** Cells that could not be read: they are left as they were. */
  readonly unread: readonly { readonly row: number; readonly value: string; readonly message: string }[];
}

const COLUMN_KEYS = new Set<string>(['startedAt', 'endedAt', 'method', 'purpose', 'result', 'content']);

/**
 * Puts a block of cells into the table, from a cell downwards and to the right; further columns go on into the details. With a row of
 * headings on top, the columns go where their headings say.
 */
export function pasteInto(entry: Entry, text: string, fromKey: number, fromColumn: GridColumn): PasteOutcome {
  const block = cellsOfPaste(text);
  const [head] = block;
  if (head === undefined) return { entry, keys: [], unread: [] };
  const headed = isHeadingRow(head);
  const order: readonly VisitColumn[] = [
    ...GRID_COLUMNS,
    'orders',
    'collected',
    'opinion',
    'competitorInfo',
    'nextVisitOn',
    'nextVisitNote',
  ];
  const mapping = headed ? proposeVisitMapping(head) : order.slice(order.indexOf(fromColumn));
  let next = entry;
  const keys: number[] = [];
  const unread: PasteOutcome['unread'][number][] = [];
  const start = entry.rows.findIndex((row) => row.key === fromKey);
  for (const [index, cells] of (headed ? block.slice(1) : block).entries()) {
    const { values, problems } = readVisitCells(mapping, cells, headed ? head : []);
    let row = next.rows[start + index];
    if (row === undefined) {
      next = { ...next, rows: [...next.rows, { ...EMPTY_ROW, key: next.nextKey }], nextKey: next.nextKey + 1 };
      row = next.rows.at(-1);
    }
    if (row === undefined) continue;
    const change: Record<string, Json> = {};
    const details: Record<string, Json> = { ...row.details };
    for (const [column, value] of Object.entries(values)) {
      if (column === 'customer' || column === 'customerNumber') change['customer'] = String(value);
      else if (COLUMN_KEYS.has(column)) change[column] = value as Json;
      else if (!['day', 'salesperson', 'handedInAt', 'summary', 'time'].includes(column))
        details[column] = value as Json;
    }
    if (change['customer'] !== undefined) change['customerName'] = '';
    next = changeRow(next, row.key, { ...(change as Partial<EntryRow>), details });
    const summary = values['summary'];
    if (typeof summary === 'string' && next.values['summary'] === undefined)
      next = { ...next, values: { ...next.values, summary } };
    keys.push(row.key);
    unread.push(...problems.map(({ value, message }) => ({ row: start + index + 1, value, message })));
  }
  return { entry: withLastRow(next), keys, unread };
}

export type RowProblem = 'customer' | 'startedAt' | 'endedAt' | 'content';

/** What a row still lacks; an empty last row lacks nothing. */
export function problemsOfRow(row: EntryRow): readonly RowProblem[] {
  if (isBlankRow(row)) return [];
  const problems: RowProblem[] = [];
  if (row.customerName === '') problems.push('customer');
  if (!parseTimeCell(row.startedAt).ok) problems.push('startedAt');
  if (row.endedAt !== '' && !parseTimeCell(row.endedAt).ok) problems.push('endedAt');
  if (row.content.trim() === '') problems.push('content');
  return problems;
}

/** What is sent. Only called when no row lacks anything. */
export function inputOf(
  entry: Entry,
  given: { readonly staffId: number; readonly day: string; readonly revision: number | null; readonly offset: number },
): Save {
  const time = (text: string): string | null => {
    const parsed = parseTimeCell(text);
    return parsed.ok ? instantAt(given.day, parsed.value, given.offset) : null;
  };
  return {
    staffId: given.staffId,
    day: given.day,
    ...(given.revision === null ? {} : { revision: given.revision }),
    values: { ...entry.values },
    handedInAt: entry.handedInAt,
    lines: entry.rows
      .filter((row) => !isBlankRow(row))
      .map((row) => ({
        ...(row.id === null ? {} : { id: row.id }),
        customer: row.customer,
        visitedAt: time(row.startedAt) ?? '',
        endedAt: row.endedAt === '' ? null : time(row.endedAt),
        method: row.method as Line['method'],
        purpose: row.purpose as Line['purpose'],
        content: row.content.trim(),
        result: row.result as Line['result'],
        details: { ...row.details },
        facts: [...row.facts],
      })),
  };
}
