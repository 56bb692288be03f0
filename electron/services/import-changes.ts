import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import { isFilled } from '../../shared/domain/forms/field.ts';
import type { CustomerCandidate } from '../exchange/customer-table.ts';
import type { CustomerRow } from '../store/customers.ts';
import { addFormer, findFormer } from '../store/import-runs.ts';
import type { Writer } from '../store/sql.ts';
import { type StoredValues, valuesOf } from './customer-record.ts';

/** What an import changes on cards that exist: what would change, what is left, what it was before. */

type Report = OutputOf<'imports.apply'>;

export type ApplyInput = ParsedInputOf<'imports.apply'>;
export type Difference = Report['differences'][number];

/** What stays as it is although a row says otherwise. */
export interface Left {
  has(row: number, field: string): boolean;
}

export function leftOf(given: Pick<ApplyInput, 'leave' | 'leaveFields' | 'leaveExisting'>): Left {
  const { leave, leaveFields, leaveExisting } = given;
  if (leaveExisting) return { has: () => true };
  const fields = new Set(leaveFields);
  const single = new Set(leave.map(({ row, field }) => `${row} ${field}`));
  return { has: (row, field) => fields.has(field) || single.has(`${row} ${field}`) };
}

interface RowChange {
  readonly values: StoredValues;
  readonly tier: CustomerRow['tier'] | undefined;
}

/** Values of the row that the card does not have yet, and its class. A file never empties a field. */
export function changeOf(row: CustomerRow, candidate: CustomerCandidate, left: Left): RowChange {
  const present = valuesOf(row);
  const values = Object.fromEntries(
    Object.entries(candidate.values).filter(
      ([key, value]) =>
        isFilled(value) && JSON.stringify(present[key]) !== JSON.stringify(value) && !left.has(candidate.row, key),
    ),
  );
  const { tier } = candidate;
  return { values, tier: tier !== row.tier && !left.has(candidate.row, 'control.tier') ? tier : undefined };
}

export const isChange = ({ values, tier }: RowChange) => tier !== undefined || Object.keys(values).length > 0;

/** The changes of one row as a person reads them: field by field, before and after. */
export function differencesOf(row: CustomerRow, candidate: CustomerCandidate): Difference[] {
  const { values, tier } = changeOf(row, candidate, NOTHING_LEFT);
  const present = valuesOf(row);
  const of = (field: string, from: unknown, to: unknown): Difference => ({
    row: candidate.row,
    number: row.number,
    name: row.name,
    field,
    from: (from ?? null) as Difference['from'],
    to: to as Difference['to'],
  });
  return [
    ...Object.entries(values).map(([key, to]) => of(key, present[key], to)),
    ...(tier === undefined ? [] : [of('control.tier', row.tier, tier)]),
  ];
}

export const NOTHING_LEFT: Left = { has: () => false };

/** A card as it was before an act on many changed it: what a taking back needs. */
export interface FormerCard {
  readonly values: StoredValues;
  readonly tier: CustomerRow['tier'];
  readonly confirmations: string;
}

/** Notes what a card was before a whole act changed it; of several changes in one act the first. */
export function keepFormer(
  sql: Writer,
  importId: number,
  revision: number,
  row: CustomerRow,
  { values }: Pick<RowChange, 'values'>,
): void {
  const present = valuesOf(row);
  const before = Object.fromEntries(Object.keys(values).map((key) => [key, present[key] ?? null]));
  const earlier = findFormer(sql, importId, row.id);
  const former: FormerCard =
    earlier === undefined
      ? { values: before, tier: row.tier, confirmations: row.confirmations }
      : {
          ...(JSON.parse(earlier) as FormerCard),
          values: { ...before, ...(JSON.parse(earlier) as FormerCard).values },
        };
  addFormer(sql, importId, row.id, revision, JSON.stringify(former));
}
