import type { RECORD_LISTS, RecordListName } from '../../../shared/domain/lists/record-lists.ts';
import { CURRENCIES_BY_DECIMALS } from '../../../shared/domain/money.ts';

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
  /** Rows that belong to the list at all. */
  readonly where?: string;
  /** The customer of a row. */
  readonly customerId?: string;
  /** Every row has one, and an index of its table finds the rows of one: then the whole list is walked in the order of a column of the cards. */
  readonly byCustomer?: true;
  readonly columns: Readonly<Record<Field, RecordColumn>>;
  /** Fields in which a typed text is looked for. */
  readonly searched: readonly Field[];
}

export interface RecordColumn {
  readonly sql: string;
  /** What a row shows, where that is another text than what it is filtered and ordered by. */
  readonly shown?: string;
  /** Of amounts: where their currency stands. */
  readonly currency?: string;
}

export type FieldOf<Name extends RecordListName> = (typeof RECORD_LISTS)[Name]['keys'][number];
export type SourcesOf<Name extends RecordListName> = { readonly [N in Name]: RecordSource<FieldOf<N>> };

export const col = (sql: string): RecordColumn => ({ sql });

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
export const CUSTOMER_COLUMNS = {
  customerNumber: col('customer.number'),
  customer: col('customer.name'),
  customerKind: col('customer.kind'),
  tier: col('customer.tier'),
  region: col('customer.region'),
} as const;
