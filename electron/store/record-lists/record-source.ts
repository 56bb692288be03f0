import type { RECORD_LISTS, RecordListName } from '../../../shared/domain/lists/record-lists.ts';
import { CURRENCIES_BY_DECIMALS } from '../../../shared/domain/money.ts';
import type { CardClass } from '../kept-counts.ts';
import type { IndexedKind } from '../search-index.ts';

/** Where a list of records stands in the tables. All texts are constants of the program; what people ask for is bound. */
export interface RecordSource<Field extends string = string> {
  /** The table of the rows first; what is joined to it is joined LEFT and by its key, so that it costs nothing unless it is asked for. */
  readonly from: string;
  /** Whole number of a row: the order among equals, and where its page finds it again. */
  readonly id: string;
  /** The condition by which `wanted.value`, an `id`, finds its row. */
  readonly at: string;
  /** What the row is called when it is opened. */
  readonly key: string;
  /** A statement that says how many rows there are as `n`, where nobody need count them. */
  readonly counted?: string;
  /** Rows that belong to the list at all. */
  readonly where?: string;
  /** Cards of which the rows of the list are one each, where how many there are is kept (`countedCards`). */
  readonly cards?: CardClass;
  /** The customer of a row. */
  readonly customerId?: string;
  /** Joined tables that an index leads from to the rows of the list: then it is walked in the order of a column of theirs. */
  readonly parents?: Readonly<Record<string, RecordParent>>;
  /** Kind of record in the search index that a typed text is looked for with, and of another that has texts of this one (by its id here). */
  readonly indexed?: {
    readonly kind: IndexedKind;
    readonly through?: { readonly kind: IndexedKind; readonly id: string };
  };
  /** Field that names the record a row is about, as kind and number (`customer:E000123`), with an index: a typed number is found along it. */
  readonly about?: Field;
  readonly columns: Readonly<Record<Field, RecordColumn>>;
  /** Fields in which a typed text is looked for. */
  readonly searched: readonly Field[];
}

/** A joined table from which the rows of the list are found. */
export interface RecordParent {
  /** The parent's table first, then all up to the list's own, each found along an index. */
  readonly from: string;
  /** The parent's id, a whole number. */
  readonly id: string;
  /** The same in a row of the list: rows of one parent stand together, also beside those of another that is called the same. */
  readonly key: string;
  /** Where a row may have no parent: which those are. */
  readonly without?: string;
  /** An index that has all that is asked of the parent. */
  readonly index?: string;
  /** There are few parents, and very many rows of each. */
  readonly few?: true;
}

export interface RecordColumn {
  readonly sql: string;
  /** Index of the list's own table that has every row in the order of the column, whose values are all texts or all numbers. */
  readonly index?: string;
  /** Field in whose order that index has the rows of one value: so they stand, and are found there to any page. */
  readonly then?: string;
  /** All values that a column can have, in their order, where each is a condition along an index, in which its rows stand in the order of `orderedBy`. */
  readonly codes?: {
    readonly index: string;
    readonly orderedBy: string;
    readonly of: Readonly<Record<string, string>>;
  };
  /**
   * A table that has `entries` for each value of a column of its own, or for its first `letters`, and which rows of the list it has not
   * counted yet.
   */
  readonly counted?: {
    readonly table: string;
    readonly column: string;
    readonly letters?: number;
    readonly uncounted: string;
  };
  /** What a row shows, where that is another text than what it is filtered and ordered by. */
  readonly shown?: string;
  /** Of amounts: where their currency stands. */
  readonly currency?: string;
}

export type FieldOf<Name extends RecordListName> = (typeof RECORD_LISTS)[Name]['keys'][number];
export type SourcesOf<Name extends RecordListName> = { readonly [N in Name]: RecordSource<FieldOf<N>> };

export const col = (sql: string): RecordColumn => ({ sql });
/** A column that has an index of its own (`RecordColumn.index`). */
export const ordered = (sql: string, index: string, then?: string): RecordColumn => ({
  sql,
  index,
  ...(then === undefined ? {} : { then }),
});

/** The desk's day: bound once in front of every statement. */
export const TODAY = '(SELECT today FROM desk)';

/** How many days a day is behind today; 0 while it is not. */
export const daysLate = (day: string): string => `max(0, CAST(julianday(${TODAY}) - julianday(${day}) AS INTEGER))`;

const among = (codes: readonly string[]): string => codes.map((code) => `'${code}'`).join(', ');

/** An amount in minor units as a number of whole units of its currency. */
export function money(minor: string, currency: string): RecordColumn {
  const others = CURRENCIES_BY_DECIMALS.map(
    ({ decimals, codes }) => `WHEN ${currency} IN (${among(codes)}) THEN ${minor} / ${10 ** decimals}.0`,
  );
  return { sql: `CASE ${others.join(' ')} ELSE ${minor} / 100.0 END`, currency };
}

export const CUSTOMER_JOIN = (id: string): string => `LEFT JOIN customer ON customer.id = ${id}`;
/** The customer as a parent of rows that all have one. */
export const ofCustomer = (table: string): RecordParent => ({
  id: 'customer.id',
  from: `customer CROSS JOIN ${table} ON ${table}.customer_id = customer.id`,
  key: `${table}.customer_id`,
  index: 'customer_listed',
});
/** The person of a row as its parent. */
export const ofStaff = (table: string, index: string, column = 'staff_id'): RecordParent => ({
  id: 'staff.id',
  from: `staff CROSS JOIN ${table} INDEXED BY ${index} ON ${table}.${column} = staff.id`,
  key: `${table}.${column}`,
  few: true,
});
export const CUSTOMER_COLUMNS = {
  customerNumber: col('customer.number'),
  customer: col('customer.name'),
  customerKind: col('customer.kind'),
  tier: col('customer.tier'),
  region: col('customer.region'),
} as const;
