import type { Tier } from './classification.ts';

/** Rules that propose a class from figures (K1, K2). A proposal changes nothing until it is accepted. */

export const TIER_FIGURES = [
  'salesLastYear',
  'ordersLastYear',
  'share',
  'cumulativeShare',
  'yearsOfDealing',
  'directExport',
] as const;
export type TierFigure = (typeof TIER_FIGURES)[number];
export const TIER_COMPARISONS = ['atLeast', 'atMost'] as const;
export type TierComparison = (typeof TIER_COMPARISONS)[number];

export interface TierRule {
  readonly tier: Tier;
  /** All of them hold. */
  readonly conditions: readonly {
    readonly figure: TierFigure;
    readonly comparison: TierComparison;
    readonly value: number;
  }[];
}
export interface TierRules {
  /** The first whose conditions hold decides. */
  readonly rules: readonly TierRule[];
  readonly otherwise: Tier;
  /** Composition (客戶構成, §4.3): customers that make up the first so many percent of sales are A, up to the second B, the rest C. */
  readonly bands: readonly [number, number];
}

/** Those who make up the first 70 % of a year's sales are key; direct export is special; all others general. */
export const DEFAULT_TIER_RULES: TierRules = {
  rules: [
    {
      tier: 'key',
      conditions: [
        { figure: 'cumulativeShare', comparison: 'atMost', value: 70 },
        { figure: 'ordersLastYear', comparison: 'atLeast', value: 2 },
      ],
    },
    { tier: 'special', conditions: [{ figure: 'directExport', comparison: 'atLeast', value: 1 }] },
  ],
  otherwise: 'general',
  bands: [70, 90],
};

/** What is counted of a customer: sales in the base currency's minor units. */
export interface SalesCounted {
  readonly id: number;
  readonly sales: number;
  readonly orders: number;
  readonly yearsOfDealing: number;
  readonly directExport: boolean;
}
export interface TierFigures {
  readonly id: number;
  /** Whole units of the base currency. */
  readonly salesLastYear: number;
  readonly ordersLastYear: number;
  /** Percent of all sales, to a hundredth. */
  readonly share: number;
  /** Percent that this customer and all larger ones make up, before this one is added: the largest stands at 0. */
  readonly cumulativeShare: number;
  readonly yearsOfDealing: number;
  readonly directExport: number;
  readonly band: 'a' | 'b' | 'c';
}

const hundredth = (value: number): number => Math.round(value * 100) / 100;

/** @param before what all larger customers bought · @param total what all bought */
function figuresAt(
  { id, sales, orders, yearsOfDealing, directExport }: SalesCounted,
  { before, total }: { readonly before: number; readonly total: number },
  unit: number,
  bands: TierRules['bands'],
): TierFigures {
  const cumulative = total === 0 || sales <= 0 ? 100 : (before * 100) / total;
  return {
    id,
    salesLastYear: sales / unit,
    ordersLastYear: orders,
    share: total === 0 ? 0 : hundredth((sales * 100) / total),
    cumulativeShare: hundredth(cumulative),
    yearsOfDealing,
    directExport: directExport ? 1 : 0,
    band: cumulative < bands[0] ? 'a' : cumulative < bands[1] ? 'b' : 'c',
  };
}

/** Compares two customers by their sales, the largest first: equal sales are ordered by id, so that a run gives the same answer twice. */
export const bySales = (a: Pick<SalesCounted, 'id' | 'sales'>, b: Pick<SalesCounted, 'id' | 'sales'>) =>
  b.sales - a.sales || a.id - b.id;

/** The figures of one customer as `tierFigures` gives them, from the sales of the others in any order: nothing is sorted. */
export function figuresAmong(
  own: SalesCounted,
  others: Iterable<Pick<SalesCounted, 'id' | 'sales'>>,
  unit: number,
  bands: TierRules['bands'],
): TierFigures {
  let before = 0;
  let total = own.sales;
  for (const other of others) {
    total += other.sales;
    if (bySales(other, own) < 0) before += other.sales;
  }
  return figuresAt(own, { before, total }, unit, bands);
}

/**
 * §4.3: shares in falling order, one after the other. A customer without sales stands at 100 and in the last band. @param customers in the order
 * `bySales` · @param total what all of them bought · @param unit minor units of a whole unit of the base currency
 */
export function* tierFigures(
  customers: Iterable<SalesCounted>,
  total: number,
  unit: number,
  bands: TierRules['bands'],
): Generator<TierFigures> {
  let before = 0;
  for (const customer of customers) {
    yield figuresAt(customer, { before, total }, unit, bands);
    before += customer.sales;
  }
}

/** The tier that the rules give for these figures. */
export function tierByRules(rules: TierRules, figures: TierFigures): Tier {
  const holds = ({ conditions }: TierRule) =>
    conditions.every(({ figure, comparison, value }) =>
      comparison === 'atLeast' ? figures[figure] >= value : figures[figure] <= value,
    );
  return rules.rules.find(holds)?.tier ?? rules.otherwise;
}
