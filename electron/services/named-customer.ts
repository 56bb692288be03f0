import { type CustomerRow, findCustomer, findCustomersByFoldedName } from '../store/customers.ts';
import type { Reader } from '../store/sql.ts';
import { nameForComparison } from './customer-record.ts';

/** The one customer a cell names, by number or by name in any spelling; two of the same name are told apart by the number only. */
export function namedCustomer(
  sql: Reader,
  text: string,
  is: 'number' | 'name' | 'either',
): CustomerRow | 'unknown' | 'ambiguous' {
  const byNumber = is === 'name' ? undefined : findCustomer(sql, text.trim().toUpperCase());
  if (byNumber !== undefined) return byNumber;
  if (is === 'number') return 'unknown';
  const named = findCustomersByFoldedName(sql, nameForComparison(text));
  const exact = named.filter((row) => row.name === text);
  const [only, another] = exact.length === 1 ? exact : named;
  if (only === undefined) return 'unknown';
  return another === undefined ? only : 'ambiguous';
}
