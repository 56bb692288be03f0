import { CUSTOMER_GROUPS } from '../../shared/domain/analysis.ts';
import { currencyDecimals } from '../../shared/domain/money.ts';
import type { FormValues } from './card-values.ts';
import type { CustomerRow } from './customers.ts';
import { insertRows } from './insert-rows.ts';
import type { SqlValue, Writer } from './sql.ts';

/**
 * The classes of a customer that analyses group by, and its limit, as one short row (`customer_class`): the sums of each class are kept by
 * triggers on it. Written by the only statements that write a card, from its columns and its form.
 */

type Classed = Pick<CustomerRow, 'kind' | 'status' | 'tier' | 'region' | 'credit_grade' | 'direct_export'>;

type CustomerGroup = (typeof CUSTOMER_GROUPS)[number];
const COLUMN_OF_GROUP: Readonly<Record<CustomerGroup, string>> = {
  region: 'region',
  country: 'country',
  salesArea: 'sales_area',
  tier: 'tier',
  customerGrade: 'customer_grade',
  customerNature: 'customer_nature',
  industry: 'industry',
  creditGrade: 'credit_grade',
  settlementMethod: 'settlement_method',
  legalForm: 'legal_form',
  kind: 'kind',
  responsibleSalesperson: 'responsible_salesperson',
  directExport: 'direct_export',
};

/** What stands on the card's row. */
const onRow = (row: Classed) => ({
  region: row.region,
  tier: row.tier,
  credit_grade: row.credit_grade,
  kind: row.kind,
  direct_export: String(row.direct_export),
  sealed: row.status === 'sealed' ? 1 : 0,
});
const ON_ROW = new Set(
  Object.keys(
    onRow({ kind: 'enterprise', status: 'active', tier: 'general', region: '', credit_grade: '', direct_export: 0 }),
  ),
);
/** Fields that only the form has. */
const IN_FORM = CUSTOMER_GROUPS.filter((group) => !ON_ROW.has(COLUMN_OF_GROUP[group]));

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** A limit that an integer does not hold exactly counts as the largest that it holds. */
function limitOf(values: FormValues): { readonly credit_limit: number; readonly limit_currency: string } {
  const { amount, currency } = (values['creditLimit'] ?? {}) as { amount?: unknown; currency?: unknown };
  const limit_currency = textOf(currency);
  const minor = Math.round(Number(amount ?? 0) * 10 ** currencyDecimals(limit_currency));
  return { credit_limit: minor > 0 ? Math.min(minor, Number.MAX_SAFE_INTEGER) : 0, limit_currency };
}

const inForm = (values: FormValues) => ({
  ...Object.fromEntries(IN_FORM.map((group) => [COLUMN_OF_GROUP[group], textOf(values[group])])),
  ...limitOf(values),
});

const COLUMNS = [...new Set([...Object.values(COLUMN_OF_GROUP), 'sealed', 'credit_limit', 'limit_currency'])];
const INSERT = `INSERT OR FAIL INTO customer_class (customer_id, ${COLUMNS.join(', ')})` as const;

export function insertCustomerClasses(
  sql: Writer,
  cards: readonly { readonly id: number; readonly row: Classed; readonly values: FormValues }[],
): void {
  insertRows(
    sql,
    INSERT,
    cards.map(({ id, row, values }) => {
      const classes: Record<string, SqlValue> = { ...inForm(values), ...onRow(row) };
      return [id, ...COLUMNS.map((column) => classes[column] ?? '')];
    }),
  );
}

/** Writes what differs; `values`: the forms before and after, where they differ. */
export function updateCustomerClass(
  sql: Writer,
  customerId: number,
  [before, after]: readonly [Classed, Classed],
  values: readonly [FormValues, FormValues] | undefined,
): void {
  const was: Record<string, SqlValue> = { ...onRow(before), ...(values && inForm(values[0])) };
  const is: Record<string, SqlValue> = { ...onRow(after), ...(values && inForm(values[1])) };
  const changed = Object.keys(is).filter((column) => was[column] !== is[column]);
  if (changed.length === 0) return;
  sql.run(
    `UPDATE customer_class SET ${changed.map((column) => `${column} = ?`).join(', ')} WHERE customer_id = ?`,
    ...changed.map((column) => is[column] ?? ''),
    customerId,
  );
}

export function deleteCustomerClass(sql: Writer, customerId: number): void {
  sql.run('DELETE FROM customer_class WHERE customer_id = ?', customerId);
}

/** A customer's row of classes, with each class by its field. */
export const CLASS_COLUMNS: readonly (readonly [field: CustomerGroup, column: string])[] = CUSTOMER_GROUPS.map(
  (group) => [group, COLUMN_OF_GROUP[group]],
);
