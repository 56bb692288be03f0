import { addMonths } from '../util/days.ts';

/** Composition analysis (A1–A4): what is counted, by what it may be grouped, and how a period is compared. */
export const ANALYSES = ['sales', 'product', 'region', 'credit'] as const;
export type Analysis = (typeof ANALYSES)[number];

/** Classifications of a customer by which sales and credit are composed; keys of the list of cards. */
export const CUSTOMER_GROUPS = [
  'region',
  'country',
  'salesArea',
  'tier',
  'customerGrade',
  'customerNature',
  'industry',
  'creditGrade',
  'settlementMethod',
  'legalForm',
  'kind',
  'responsibleSalesperson',
  'directExport',
] as const;

/** `customer`: the largest ones and the rest · `product`, `productGroup`: what was sold. */
export const ANALYSIS_GROUPS = ['customer', ...CUSTOMER_GROUPS, 'productGroup', 'product'] as const;
export type AnalysisGroup = (typeof ANALYSIS_GROUPS)[number];

/** Whether an analysis is grouped by a class of the customers, not by customer or product. */
export const isCustomerClass = (group: AnalysisGroup): group is (typeof CUSTOMER_GROUPS)[number] =>
  (CUSTOMER_GROUPS as readonly string[]).includes(group);

/** By what an analysis may be grouped, the usual one first. */
export function groupsOf(analysis: Analysis): readonly AnalysisGroup[] {
  if (analysis === 'product') return ['productGroup', 'product'];
  const first = { sales: 'customer', region: 'region', credit: 'creditGrade' } as const;
  const rest = (['customer', ...CUSTOMER_GROUPS] as const).filter(
    (group) => group !== first[analysis] && (analysis === 'sales' || group !== 'customer'),
  );
  return [first[analysis], ...rest];
}

/** Whole months, `2026-01` to `2026-12`, both counted in. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export const MOST_MONTHS = 60;
export const SERIES_YEARS = 5;

const serial = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

/** How many months a period has; zero or less when it ends before it begins. */
export function monthsIn({ from, to }: Period): number {
  return serial(to) - serial(from) + 1;
}

/** The period of the same length that ends where this one begins. */
export function periodBefore(period: Period): Period {
  const months = monthsIn(period);
  return { from: shifted(period.from, -months), to: shifted(period.to, -months) };
}

function shifted(month: string, by: number): string {
  return addMonths(`${month}-01`, by).slice(0, 7);
}

/** The months of a period by year: first and last month (1–12) of each. */
export function yearsOf({
  from,
  to,
}: Period): { readonly year: number; readonly first: number; readonly last: number }[] {
  const begins = Number(from.slice(0, 4));
  const ends = Number(to.slice(0, 4));
  return Array.from({ length: Math.max(0, ends - begins + 1) }, (_, index) => {
    const year = begins + index;
    return {
      year,
      first: year === begins ? Number(from.slice(5, 7)) : 1,
      last: year === ends ? Number(to.slice(5, 7)) : 12,
    };
  });
}

/** The last five calendar years up to the period's end, oldest first. */
export function seriesYears({ to }: Period): number[] {
  const last = Number(to.slice(0, 4));
  return Array.from({ length: SERIES_YEARS }, (_, index) => last - SERIES_YEARS + 1 + index);
}

/** Of a whole in hundredths of a percent, rounded half up; 0 of nothing. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;
}

/** Change against before in percent, two places; null where there was nothing before. */
export function changeOf(now: number, before: number): number | null {
  return before === 0 ? null : Math.round(((now - before) / Math.abs(before)) * 10_000) / 100;
}
