import type { z } from 'zod';
import type { AnalysisOutput, AnalysisRow, analysisOperations } from '../../shared/contract/analysis.ts';
import {
  ANALYSES,
  ANALYSIS_GROUPS,
  type AnalysisGroup,
  changeOf,
  groupsOf,
  isCustomerClass,
  MOST_MONTHS,
  monthsIn,
  type Period,
  periodBefore,
  seriesYears,
  shareOf,
  yearsOf,
} from '../../shared/domain/analysis.ts';
import { convertMinor } from '../../shared/domain/money.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  type ClassSum,
  cardsByClass,
  limitsByClass,
  overdueByClass,
  owedByClass,
  salesByClass,
  salesByCustomer,
  salesByProduct,
  salesTotals,
} from '../store/analysis.ts';
import { customersByIds } from '../store/customer-lists.ts';
import { listRates } from '../store/dealings.ts';
import { largestCustomers } from '../store/largest-customers.ts';
import type { Reader } from '../store/sql.ts';
import { baseCurrency } from './base-currency.ts';
import type { HandlersOf, QueryContext } from './context.ts';
import { todayOf } from './today.ts';

/** Composition analysis (A1–A4): sums of the summaries, in the base currency, beside the period before and five years. */

export type AnalysisQuery = z.output<(typeof analysisOperations)['analysis.compose']['input']>;
type Asking = Pick<QueryContext, 'clock'> & { readonly sql: Reader };

/** What a composition adds up, as it is kept; a test gives the recount over all rows instead. */
const KEPT = {
  salesByClass,
  cardsByClass,
  owedByClass,
  overdueByClass,
  limitsByClass,
  largestCustomers,
  salesByCustomer,
  salesTotals,
  salesByProduct,
};
export type Figures = typeof KEPT;

/** Customers and products that have a line of their own; the others stand together. */
const LISTED = 30;
const MOST_CLASSES = 2_000;

/** A sum for each key in the base currency. `''` as a key is "not filled in". */
type Sums = Map<string, number>;

interface Rates {
  readonly base: string;
  /** Undefined: no rate is known for the currency. */
  readonly convert: (minor: number, currency: string) => number | undefined;
}

/** One rate for each currency, the one in force at the end of the period: years are compared at the same rate. */
function ratesAt(sql: Reader, day: string): Rates {
  const base = baseCurrency(sql);
  const known = new Map<string, number>();
  // Newest first within a currency: the first one that is in force, else the oldest there is.
  for (const { currency, from_day, rate_millionths } of listRates(sql).reverse())
    if (from_day <= day || !known.has(currency)) known.set(currency, rate_millionths);
  return {
    base,
    convert(minor, currency) {
      if (currency === base) return minor;
      const rate = known.get(currency);
      return rate === undefined ? undefined : convertMinor(minor, currency, base, rate);
    },
  };
}

function addUp(into: Sums, rows: readonly ClassSum[], rates: Rates, missing?: Map<string, number>): void {
  for (const { value, currency, amount } of rows) {
    const converted = rates.convert(amount, currency);
    if (converted === undefined) missing?.set(currency, (missing.get(currency) ?? 0) + amount);
    else into.set(value ?? '', (into.get(value ?? '') ?? 0) + converted);
  }
}

type YearSlice = ReturnType<typeof yearsOf>[number];

/** Stands for all customers that have no line of their own. */
const REST = 'rest';

/** Sales of these customers, and of all others together. */
function sumOfListed(
  figures: Figures,
  sql: Reader,
  listed: readonly string[],
  slices: readonly YearSlice[],
  rates: Rates,
  missing?: Map<string, number>,
): Sums {
  const sums: Sums = new Map();
  const all: Sums = new Map();
  for (const slice of slices) {
    addUp(
      sums,
      figures.salesByCustomer(sql, slice, listed.map(Number)).map(({ id, ...sum }) => ({ value: String(id), ...sum })),
      rates,
    );
    addUp(all, figures.salesTotals(sql, slice), rates, missing);
  }
  const own = [...sums.values()].reduce((total, amount) => total + amount, 0);
  const rest = (all.get('') ?? 0) - own;
  if (rest !== 0) sums.set(REST, rest);
  return sums;
}

function requirePeriod(period: Period): void {
  const months = monthsIn(period);
  if (months < 1)
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'to', message: 'validation.analysis.endsBefore' }] });
  if (months > MOST_MONTHS)
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: 'to', message: 'validation.analysis.tooLong', params: { months: MOST_MONTHS } }],
    });
}

const wholeYear = (year: number): YearSlice => ({ year, first: 1, last: 12 });
const same = (a: YearSlice, b: YearSlice) => a.year === b.year && a.first === b.first && a.last === b.last;

/** The whole composition. @throws AppError INPUT_INVALID for a period that ends before it begins, or a group that the analysis does not have. */
export function compose({ sql, clock }: Asking, query: AnalysisQuery, figures: Figures = KEPT): AnalysisOutput {
  const period = { from: query.from, to: query.to };
  requirePeriod(period);
  const groups = groupsOf(query.analysis);
  const group = query.group ?? groups[0] ?? 'region';
  if (!groups.includes(group))
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'group', message: 'validation.analysis.group' }] });
  const former = periodBefore(period);
  const years = seriesYears(period);
  const rates = ratesAt(sql, `${period.to}-31`);

  // A slice that two columns need is asked for once; by a class of the customers all of them at once.
  const asked: { readonly slice: YearSlice; readonly rows: readonly ClassSum[] }[] = [];
  if (isCustomerClass(group)) {
    const slices = [...yearsOf(period), ...yearsOf(former), ...years.map(wholeYear)];
    const sums = figures.salesByClass(sql, group, slices);
    asked.push(...slices.map((slice, at) => ({ slice, rows: sums[at] ?? [] })));
  }
  const rowsOf = (slice: YearSlice): readonly ClassSum[] => {
    const known = asked.find((one) => same(one.slice, slice));
    if (known !== undefined) return known.rows;
    const rows = group === 'product' || group === 'productGroup' ? figures.salesByProduct(sql, group, slice) : [];
    asked.push({ slice, rows });
    return rows;
  };
  const sumOf = (slices: readonly YearSlice[], missing?: Map<string, number>): Sums => {
    const sums: Sums = new Map();
    for (const slice of slices) addUp(sums, rowsOf(slice), rates, missing);
    return sums;
  };
  // Of a million customers only those that get a line are looked at, and all together.
  const largest =
    group === 'customer' ? figures.largestCustomers(sql, yearsOf(period), LISTED, rates.convert) : undefined;
  const beside = (slices: readonly YearSlice[], without?: Map<string, number>): Sums =>
    largest === undefined ? sumOf(slices, without) : sumOfListed(figures, sql, largest, slices, rates, without);
  const missing = new Map<string, number>();
  const amounts = beside(yearsOf(period), missing);
  const formers = beside(yearsOf(former));
  const series = years.map((year) => beside([wholeYear(year)]));
  const isClass = isCustomerClass(group);
  const cards: Sums = new Map();
  if (isClass)
    for (const { value, count } of figures.cardsByClass(sql, group, MOST_CLASSES)) cards.set(value ?? '', count);
  const credit = query.analysis === 'credit' ? creditSums(figures, sql, group, rates, todayOf(clock)) : undefined;

  const keys = new Set([
    ...amounts.keys(),
    ...(isClass ? cards.keys() : []),
    ...formers.keys(),
    ...(credit === undefined ? [] : [...credit.owed.keys(), ...credit.overdue.keys(), ...credit.limit.keys()]),
  ]);
  const ordered = [...keys].sort(
    (a, b) =>
      (amounts.get(b) ?? 0) - (amounts.get(a) ?? 0) ||
      (formers.get(b) ?? 0) - (formers.get(a) ?? 0) ||
      (a < b ? -1 : 1),
  );
  const whole = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
  const rowOf = (of: readonly string[], more: Pick<AnalysisRow, 'value' | 'name' | 'rest'>): AnalysisRow => {
    const sum = (sums: Sums): number => of.reduce((total, key) => total + (sums.get(key) ?? 0), 0);
    const amount = sum(amounts);
    const before = sum(formers);
    return {
      ...more,
      customers: isClass ? sum(cards) : null,
      amount,
      share: shareOf(amount, whole),
      cumulative: 100,
      former: before,
      change: changeOf(amount, before),
      series: series.map(sum),
      owed: credit === undefined ? null : sum(credit.owed),
      overdue: credit === undefined ? null : sum(credit.overdue),
      limit: credit === undefined ? null : sum(credit.limit),
    };
  };
  const listed = largest ?? (group === 'product' ? ordered.slice(0, LISTED) : ordered);
  const rest = ordered.filter((key) => !listed.includes(key));
  const named = group === 'customer' ? customerNames(sql, listed) : undefined;
  let reached = 0;
  const cumulated = (row: AnalysisRow): AnalysisRow => {
    reached += row.amount;
    return { ...row, cumulative: row.rest ? 100 : shareOf(reached, whole) };
  };
  return {
    analysis: query.analysis,
    group,
    ...period,
    formerFrom: former.from,
    formerTo: former.to,
    currency: rates.base,
    years,
    rows: [
      ...listed.map((key) => {
        const customer = named?.get(key);
        return cumulated(
          rowOf([key], {
            value: customer?.number ?? (key === '' ? null : key),
            name: customer?.name ?? '',
            rest: false,
          }),
        );
      }),
      ...(rest.length === 0 ? [] : [rowOf(rest, { value: '', name: '', rest: true })]),
    ],
    total: rowOf(ordered, { value: '', name: '', rest: false }),
    unconverted: [...missing].map(([currency, amount]) => ({ currency, amount })),
  };
}

function customerNames(sql: Reader, ids: readonly string[]): Map<string, { number: string; name: string }> {
  const rows = customersByIds(sql, ids.filter((id) => id !== '').map(Number));
  return new Map(rows.map(({ id, number, name }) => [String(id), { number, name }]));
}

function creditSums(
  figures: Figures,
  sql: Reader,
  group: AnalysisGroup,
  rates: Rates,
  today: string,
): Record<'owed' | 'overdue' | 'limit', Sums> {
  const sums = {
    owed: new Map<string, number>(),
    overdue: new Map<string, number>(),
    limit: new Map<string, number>(),
  };
  addUp(sums.owed, figures.owedByClass(sql, group), rates);
  addUp(sums.overdue, figures.overdueByClass(sql, group, today), rates);
  addUp(sums.limit, figures.limitsByClass(sql, group), rates);
  return sums;
}

/**
 * What a printed analysis is asked for: `credit` (this year), `credit#2026`, `credit#2026-01#2026-06`, each with `#<group>` behind.
 * @throws AppError INPUT_INVALID
 */
export function analysisAsked(number: string, today: string): AnalysisQuery {
  const [which = '', first = '', second = '', third = ''] = number.split('#');
  const analysis = ANALYSES.find((known) => known === (which === '' ? 'sales' : which));
  const wholeYears = /^\d{4}$/.test(first) || first === '';
  const year = first === '' ? today.slice(0, 4) : first;
  const from = wholeYears ? `${year}-01` : first;
  const to = wholeYears ? `${year}-12` : second;
  const group = wholeYears ? second : third;
  const known = ANALYSIS_GROUPS.find((one) => one === group);
  if (analysis === undefined || !MONTH.test(from) || !MONTH.test(to) || (group !== '' && known === undefined))
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'number', message: 'validation.analysis.asked' }] });
  return { analysis, from, to, ...(known === undefined ? {} : { group: known }) };
}

const MONTH = /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/;

export const analysisHandlers: HandlersOf<'analysis.compose'> = {
  'analysis.compose': {
    phase: 'query',
    run(context, query) {
      const output = compose(context, query);
      context.note({
        object: `analysis:${query.analysis}`,
        data: { group: output.group, from: query.from, to: query.to },
      });
      return output;
    },
  },
};
