import type { RecordListName } from '../../shared/domain/lists/record-lists.ts';
import { customersBehind } from '../store/cleaning.ts';
import { customersByIds } from '../store/customer-lists.ts';
import type { ListCondition } from '../store/list-sql.ts';
import type { RecordAtom, RecordOrder, RecordRow } from '../store/record-lists/record-lists.ts';
import type { Reader } from '../store/sql.ts';
import type { QueryContext } from './context.ts';
import { EXPORT_TYPES, type ExportSet, exportSetPieces, setsByIds } from './export-sets.ts';
import { type LedgerLine, placedLines } from './gap-lines.ts';
import { GAP_STATES, type GapScope, lookAtGaps, stateOfLine } from './gap-survey.ts';
import { type ListedRecords, rowFits, rowGroup } from './listed-records.ts';
import { type KnownPage, type PiecedRow, piecedRecords, type RowPieces } from './pieced-records.ts';
import { rememberedWhileUnchanged } from './remembered.ts';
import { todayOf } from './today.ts';

/** The ledger of missing papers (D7) and the export orders with their documents (D4) as lists. */

export type PiecedListName = 'missingPapers' | 'exportSets';
export const isPiecedList = (list: RecordListName): list is PiecedListName =>
  list === 'missingPapers' || list === 'exportSets';

const CUSTOMERS_AT_ONCE = 100;
/** An id is the customer's with the place of the line among its own; nobody has as many lines. */
const LINES_OF_ONE = 65_536;

type Values = Readonly<Record<string, RecordAtom>>;

/** What a list says of the customers of its rows, by their numbers. */
function customersOf(sql: Reader, ids: readonly number[]): (number: string) => Values {
  const known = new Map(customersByIds(sql, [...new Set(ids)]).map((row) => [row.number, row]));
  return (number) => {
    const found = known.get(number);
    return {
      customerNumber: number,
      customer: found?.name ?? '',
      customerKind: found?.kind ?? '',
      tier: found?.tier ?? '',
      region: found?.region ?? '',
    };
  };
}

const lineRow = (line: LedgerLine, customer: Values): RecordRow => ({
  key: `${line.number} ${line.type} ${line.exportOrder ?? ''}`.trim(),
  customer: line.number,
  values: {
    ...customer,
    class: String(line.class),
    type: line.type,
    orderNumber: line.exportOrder ?? '',
    state: stateOfLine(line),
    why: line.reason,
    since: line.since,
    owedBy: line.owedBy,
    askedOn: line.askedOn,
    promisedOn: line.dueOn,
    note: line.note,
    waived: line.never?.state ?? '',
    reason: line.never?.reason ?? '',
    decidedBy: line.never?.by ?? '',
  },
});

/** The lines of some customers with their ids. */
function rowsOf(sql: Reader, customers: readonly number[], today: string): PiecedRow[] {
  const valuesOf = customersOf(sql, customers);
  return placedLines(sql, customers, today).map(({ customer, place, line }) => ({
    id: customer * LINES_OF_ONE + place,
    row: lineRow(line, valuesOf(line.number)),
    isBehind: line.never !== null,
  }));
}

/** Conditions that the survey has counted by: states and a class. Undefined: there are others. */
function scopeOf(conditions: readonly ListCondition[]): GapScope | undefined {
  const asked = (field: string) => conditions.filter((condition) => condition.field === field);
  if (conditions.some(({ field, is }) => is !== 'is' || (field !== 'state' && field !== 'class'))) return undefined;
  const [first, ...others] = asked('class');
  if (others.length > 0 || (first !== undefined && first.values.length !== 1)) return undefined;
  return {
    class: first === undefined ? undefined : Number(first.values[0]),
    states: GAP_STATES.filter((state) => asked('state').every(({ values }) => values.includes(state))),
  };
}

function ledgerPieces(
  context: QueryContext,
  { text, conditions }: { readonly text: string; readonly conditions: readonly ListCondition[] },
): RowPieces {
  const { sql, clock } = context;
  const today = todayOf(clock);
  const scope = text === '' ? scopeOf(conditions) : undefined;
  const known = (counted: GapScope, descending: boolean, offset: number, limit: number): Promise<KnownPage> =>
    lookAtGaps(context, (survey, reader) => {
      const total = survey.count(counted);
      const from = descending ? Math.max(0, total - offset - limit) : offset;
      const found = survey.byCustomer(reader, counted, from, descending ? Math.min(limit, total - offset) : limit);
      const ids = found.map(({ customer, place }) => customer * LINES_OF_ONE + place);
      return { ids: descending ? ids.reverse() : ids, total };
    });
  return {
    *pieces() {
      for (let after = ''; ; ) {
        const customers = customersBehind(sql, after, undefined, CUSTOMERS_AT_ONCE);
        yield rowsOf(
          sql,
          customers.map(({ id }) => id),
          today,
        );
        if (customers.length < CUSTOMERS_AT_ONCE) return;
        after = customers.at(-1)?.number ?? after;
      }
    },
    rows(ids) {
      const customers = [...new Set(ids.map((id) => Math.floor(id / LINES_OF_ONE)))];
      const rows = new Map(rowsOf(sql, customers, today).map(({ id, row }) => [id, row]));
      return ids.flatMap((id) => rows.get(id) ?? []);
    },
    known: ({ sort, descending, group }: RecordOrder, offset, limit) =>
      scope === undefined || sort !== 'customerNumber' || group !== undefined
        ? undefined
        : known(scope, descending, offset, limit),
    count: () => (scope === undefined ? undefined : lookAtGaps(context, (survey) => survey.count(scope))),
  };
}

/** A document of an export order in one text: its code, why there need be none in brackets, or nothing. */
const orderPaper = (cell: { readonly state: string; readonly detail: string } | undefined): string =>
  cell?.state === 'filed' ? cell.detail : cell?.state === 'waived' ? `（${cell.detail}）` : '';

function setRows(sql: Reader, sets: readonly ExportSet[]): PiecedRow[] {
  const valuesOf = customersOf(
    sql,
    sets.map(({ customerId }) => customerId),
  );
  return sets.map(({ id, set }) => ({
    id,
    isBehind: false,
    row: {
      key: `${set.number} ${set.orderNumber}`,
      customer: set.number,
      values: {
        ...valuesOf(set.number),
        orderNumber: set.orderNumber,
        date: set.date,
        ...Object.fromEntries(EXPORT_TYPES.map((type, index) => [type, orderPaper(set.cells[index])])),
        missingPapers: set.missing,
      },
    },
  }));
}

const setPieces = (sql: Reader): RowPieces => ({
  *pieces() {
    for (const sets of exportSetPieces(sql)) yield setRows(sql, sets);
  },
  rows: (ids) => setRows(sql, setsByIds(sql, ids)).map(({ row }) => row),
});

/** The records of one of these lists under a filter. */
export function gapRecords(
  context: QueryContext,
  list: PiecedListName,
  filter: { readonly text: string; readonly conditions: readonly ListCondition[] },
): ListedRecords {
  const source = list === 'missingPapers' ? ledgerPieces(context, filter) : setPieces(context.sql);
  return piecedRecords(source, rowFits(list, filter), rowGroup(list), {
    asked: [list, filter, todayOf(context.clock)],
    remembered: rememberedWhileUnchanged(context.archive),
    signal: context.signal,
  });
}
