import { isDeepStrictEqual } from 'node:util';
import { type CreditPolicy, DEFAULT_POLICY, type Veto } from '../../shared/domain/credit/policy.ts';
import { punctuality } from '../../shared/domain/credit/punctuality.ts';
import { exposureMark, type Measures } from '../../shared/domain/credit/score.ts';
import { convertMinor, currencyDecimals, toMinor } from '../../shared/domain/money.ts';
import { addDays, addYears, daysBetween } from '../../shared/util/days.ts';
import {
  creditsByDay,
  dealingFigures,
  findStanding,
  findVersion,
  monthlySales,
  removeStanding,
  type StandingRow,
  setStanding,
  standingsAfter,
} from '../store/credit.ts';
import { type CustomerRow, findCustomerById } from '../store/customers.ts';
import { balancesOf, listRates, type ReceivableRow, receivablesOf } from '../store/dealings.ts';
import { customersWithHeldOrders, letGoAllOf } from '../store/orders-over-limit.ts';
import type { Reader, Writer } from '../store/sql.ts';
import { baseCurrency } from './base-currency.ts';
import { valuesOf } from './customer-record.ts';
import type { Pieces } from './in-turns.ts';
import { missingOf } from './paper-record.ts';

/** The figures of a customer that a scorecard weighs, and how far the limit is used (G1, G4). */

export interface PolicyInForce {
  readonly version: number;
  readonly policy: CreditPolicy;
}
/** The newest policy, or the one of a version; version 0 is the one the program brings. */
export function readPolicy(sql: Reader, version?: number): PolicyInForce {
  const row = version === 0 ? undefined : findVersion(sql, 'credit_policy', version);
  return row === undefined
    ? { version: 0, policy: DEFAULT_POLICY }
    : { version: row.version, policy: JSON.parse(row.definition) as CreditPolicy };
}

export type Converter = (minor: number, from: string, to: string) => number | undefined;
/** Amounts between currencies by the newest rates of a day; undefined where none is known. */
export function converter(sql: Reader, today: string): Converter {
  const base = baseCurrency(sql);
  const rates = new Map<string, number>([[base, 1_000_000]]);
  // The newest comes first for each currency.
  for (const row of listRates(sql))
    if (row.from_day <= today && !rates.has(row.currency)) rates.set(row.currency, row.rate_millionths);
  return (minor, from, to) => {
    if (from === to) return minor;
    const [up, down] = [rates.get(from), rates.get(to)];
    if (up === undefined || down === undefined) return undefined;
    return convertMinor(minor, from, to, Math.round((up * 1_000_000) / down));
  };
}

interface StoredMoney {
  readonly amount: string;
  readonly currency: string;
}
const moneyIn = (value: unknown): StoredMoney | undefined =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value
    ? { amount: String(value.amount), currency: String(value.currency) }
    : undefined;
const numberIn = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** The limit on the card in minor units; none is zero in the customer's currency. */
export function limitOnCard(sql: Reader, customer: CustomerRow): { readonly limit: number; readonly currency: string } {
  const money = moneyIn(valuesOf(customer)['creditLimit']);
  if (money === undefined || money.currency === '')
    return { limit: 0, currency: balancesOf(sql, customer.id)[0]?.currency ?? baseCurrency(sql) };
  return { limit: toMinor(money.amount, money.currency) ?? 0, currency: money.currency };
}

export interface Exposure {
  readonly currency: string;
  readonly limit: number;
  readonly exposure: number;
  readonly receivable: number;
  readonly undelivered: number;
  readonly prepaid: number;
  readonly overdue: number;
  readonly uncounted: readonly string[];
}
/** What is owed and ordered in the currency of the limit; currencies without a rate are named, not guessed. */
export function exposureOf(sql: Reader, customer: CustomerRow, today: string): Exposure {
  const overdue = receivablesOf(sql, customer.id).filter((item) => item.open > 0 && item.due < today);
  return exposureWith(sql, customer, converter(sql, today), overdue);
}

function exposureWith(
  sql: Reader,
  customer: CustomerRow,
  convert: Converter,
  overdue: readonly ReceivableRow[],
): Exposure {
  const { limit, currency } = limitOnCard(sql, customer);
  const sums = { receivable: 0, undelivered: 0, prepaid: 0, overdue: 0 };
  const uncounted: string[] = [];
  for (const balance of balancesOf(sql, customer.id)) {
    const inLimit = (minor: number) => convert(minor, balance.currency, currency);
    if (inLimit(1) === undefined) {
      if (balance.receivable + balance.undelivered + balance.prepaid > 0) uncounted.push(balance.currency);
      continue;
    }
    sums.receivable += inLimit(balance.receivable) ?? 0;
    sums.undelivered += inLimit(balance.undelivered) ?? 0;
    sums.prepaid += inLimit(balance.prepaid) ?? 0;
    const late = overdue.filter((item) => item.currency === balance.currency).reduce((sum, item) => sum + item.open, 0);
    sums.overdue += inLimit(late) ?? 0;
  }
  const exposure = Math.max(0, sums.receivable + sums.undelivered - sums.prepaid);
  return { currency, limit, exposure, ...sums, uncounted };
}

/** Rates of a day and marks in force: what every standing is drawn by. */
interface Reckoning {
  readonly convert: Converter;
  readonly policy: CreditPolicy;
}
const reckoningOf = (sql: Reader, today: string): Reckoning => ({
  convert: converter(sql, today),
  policy: readPolicy(sql).policy,
});

/** How far the limit of a customer is used; undefined for one with neither dealings nor a limit. */
function standingOf(sql: Reader, customer: CustomerRow, { convert, policy }: Reckoning): StandingRow | undefined {
  const { currency, limit, exposure, uncounted } = exposureWith(sql, customer, convert, []);
  if (limit === 0 && exposure === 0 && uncounted.length === 0) return undefined;
  const { perMille, mark } = exposureMark(exposure, limit, policy);
  return {
    customer_id: customer.id,
    currency,
    credit_limit: limit,
    exposure,
    per_mille: perMille,
    mark,
    uncounted: uncounted.join(' '),
  };
}

/** Keeps the standing of a customer in step with dealings and limit; one without either has none. */
export function recountStanding(sql: Writer, customer: CustomerRow, today: string): void {
  redraw(sql, customer.id, standingOf(sql, customer, reckoningOf(sql, today)));
}

function redraw(sql: Writer, customerId: number, standing: StandingRow | undefined): void {
  if (standing?.mark !== 'block') letGoAllOf(sql, customerId);
  if (standing !== undefined) setStanding(sql, standing);
  else if (findStanding(sql, customerId) !== undefined) removeStanding(sql, customerId);
}

/** Standings drawn between two turns of the event loop. */
const STANDINGS_AT_ONCE = 100;

/**
 * Looks through all standings in pieces, without writing: how many there are, and whose would be another one by the rates and marks
 * of now. `told` hears how many have been looked at.
 */
export function* standingsAmiss(
  sql: Reader,
  today: string,
  told: (done: number) => void = () => {},
  atOnce = STANDINGS_AT_ONCE,
): Pieces<{ readonly customers: number; readonly amiss: readonly number[] }> {
  const reckoning = reckoningOf(sql, today);
  const held = customersWithHeldOrders(sql);
  const amiss: number[] = [];
  let customers = 0;
  for (let after = 0; ; ) {
    const kept = standingsAfter(sql, after, atOnce);
    for (const row of kept) {
      const customer = findCustomerById(sql, row.customer_id);
      if (customer === undefined) continue;
      const isSame = isDeepStrictEqual({ ...row }, standingOf(sql, customer, reckoning));
      // Within the limit again, nothing is held.
      if (!isSame || (row.mark !== 'block' && held.has(row.customer_id))) amiss.push(row.customer_id);
    }
    customers += kept.length;
    told(customers);
    if (kept.length < atOnce) return { customers, amiss };
    after = kept.at(-1)?.customer_id ?? 0;
    yield;
  }
}

/** Draws the standings of these customers anew, from what stands on their cards now. */
export function* recountStandings(sql: Writer, ids: readonly number[], today: string): Pieces<void> {
  const reckoning = reckoningOf(sql, today);
  for (const [index, id] of ids.entries()) {
    const customer = findCustomerById(sql, id);
    if (customer !== undefined) redraw(sql, id, standingOf(sql, customer, reckoning));
    if (index % STANDINGS_AT_ONCE === STANDINGS_AT_ONCE - 1) yield;
  }
}

/** After a new rate or new marks every standing may be another one: drawn anew in pieces, within the change that made it so. */
export function* recountAllStandings(sql: Writer, today: string): Pieces<number> {
  const { customers, amiss } = yield* standingsAmiss(sql, today);
  yield* recountStandings(sql, amiss, today);
  return customers;
}

/** Figures are kept as the sheet shows them: to a tenth. */
const tenth = (value: number): number => Math.round(value * 10) / 10;
const RATING: Readonly<Record<string, number>> = { excellent: 3, good: 2, fair: 1, poor: 0 };
const yearsSince = (partial: unknown, today: string): number | null =>
  typeof partial === 'string' && /^\d{4}/.test(partial)
    ? tenth(Math.max(0, daysBetween(`${partial}-01-01`.slice(0, 10), today) / 365.25))
    : null;

export interface CreditFacts {
  readonly measures: Measures;
  /** What holds by the records; what only a person knows is given by hand. */
  readonly vetoes: readonly Veto[];
  /** Average of the months with sales in the last year, minor units of the limit's currency. */
  readonly monthlySales: number;
  /** Sales of the last three years, newest first, minor units of the limit's currency. */
  readonly salesByYear: readonly { readonly year: string; readonly amount: number }[];
  readonly currency: string;
}

/** Every figure that the scorecard may weigh, from the card and the registers; null where the archive has none. */
export function creditFacts(sql: Reader, customer: CustomerRow, today: string): CreditFacts {
  const values = valuesOf(customer);
  const base = baseCurrency(sql);
  const convert = converter(sql, today);
  const unit = 10 ** currencyDecimals(base);
  const inBase = (value: unknown): number | null => {
    const money = moneyIn(value);
    const minor = money === undefined ? undefined : toMinor(money.amount, money.currency);
    const converted = money === undefined || minor === undefined ? undefined : convert(minor, money.currency, base);
    return converted === undefined ? null : converted / unit;
  };
  const yearAgo = addYears(today, -1);
  const twoYearsAgo = addYears(today, -2);
  const { limit, currency } = limitOnCard(sql, customer);
  const figures = dealingFigures(sql, customer.id, yearAgo);
  const sales = monthlySales(sql, customer.id, addYears(today, -3));
  const receivables = receivablesOf(sql, customer.id);
  const main = [...balancesOf(sql, customer.id)].sort((a, b) => b.ordered - a.ordered)[0];
  const credits = main === undefined ? [] : creditsByDay(sql, customer.id, main.currency);
  const claims = credits.filter((credit) => credit.claim === 1 && credit.date >= twoYearsAgo);
  const soldInTwoYears = sales
    .filter((month) => month.currency === main?.currency && month.month >= twoYearsAgo.slice(0, 7))
    .reduce((sum, month) => sum + month.amount, 0);
  const indicators = Array.isArray(values['financialIndicators'])
    ? ([...values['financialIndicators']] as readonly Record<string, unknown>[]).toSorted(
        (a, b) => (numberIn(b['year']) ?? 0) - (numberIn(a['year']) ?? 0),
      )[0]
    : undefined;
  const securities = Array.isArray(values['securities'])
    ? (values['securities'] as readonly Record<string, unknown>[])
    : [];
  const secured = securities.reduce((sum, entry) => {
    const money = moneyIn(entry['amount']);
    const minor = money === undefined ? undefined : toMinor(money.amount, money.currency);
    return sum + ((money === undefined || minor === undefined ? 0 : convert(minor, money.currency, currency)) ?? 0);
  }, 0);
  const salesIn = (months: typeof sales, to: string) =>
    months.reduce((sum, month) => sum + (convert(month.amount, month.currency, to) ?? 0), 0);
  const lastYear = sales.filter((month) => month.month > yearAgo.slice(0, 7));
  const openDues = receivables.filter((item) => item.open > 0 && item.due < today).map((item) => item.due);
  const yearsOfDealing = yearsSince(figures.first_order_on ?? values['firstTransactionOn'], today);
  const measures: Measures = {
    punctuality:
      main === undefined
        ? null
        : punctuality(
            receivables.filter((item) => item.currency === main.currency),
            credits,
            twoYearsAgo,
            addDays(today, -1),
          ),
    overdueDays:
      receivables.length === 0 ? null : openDues.reduce((most, due) => Math.max(most, daysBetween(due, today)), 0),
    turnover: inBase(values['annualTurnover']),
    debtRatio: numberIn(indicators?.['debtRatio']),
    currentRatio: numberIn(indicators?.['currentRatio']),
    registeredCapital: inBase(values['registeredCapital']),
    employees: numberIn(values['employees']),
    yearsInBusiness: yearsSince(values['foundedOn'], today),
    yearsOfDealing,
    salesLastYear: figures.first_order_on === null ? null : salesIn(lastYear, base) / unit,
    ordersLastYear: figures.first_order_on === null ? null : figures.orders,
    evaluation: RATING[String(values['overallEvaluation'] ?? '')] ?? null,
    claimShare:
      soldInTwoYears === 0
        ? null
        : tenth((claims.reduce((sum, claim) => sum + claim.amount, 0) * 100) / soldInTwoYears),
    securityShare: limit === 0 ? null : tenth((secured * 100) / limit),
  };
  const vetoes: Veto[] = [];
  const licence = values['licenceValidUntil'];
  if (typeof licence === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(licence) && licence < today)
    vetoes.push('licenceLapsed');
  if (Array.isArray(values['legalDisputes']) && values['legalDisputes'].length > 0) vetoes.push('suedOverPayment');
  if (missingOf(sql, customer, today).some((gap) => gap.class === 1 && gap.type === 'businessLicence'))
    vetoes.push('keyPaperMissing');
  if (yearsOfDealing === null || yearsOfDealing < 0.5) vetoes.push('newCustomer');
  if (customer.direct_export === 1) vetoes.push('directExport');
  const years = [0, 1, 2].map((back) => String(Number(today.slice(0, 4)) - back));
  return {
    measures,
    vetoes,
    currency,
    monthlySales:
      lastYear.length === 0
        ? 0
        : Math.round(salesIn(lastYear, currency) / new Set(lastYear.map(({ month }) => month)).size),
    salesByYear: years.map((year) => ({
      year,
      amount: salesIn(
        sales.filter((month) => month.month.startsWith(year)),
        currency,
      ),
    })),
  };
}
