import { readInfo } from '../store/archive-records.ts';
import type { Reader } from '../store/sql.ts';

const DEFAULT_BASE_CURRENCY = 'CNY';

/** The currency in which amounts of all customers are added up. */
export function baseCurrency(sql: Reader): string {
  return readInfo(sql, 'baseCurrency') ?? DEFAULT_BASE_CURRENCY;
}
