import type { CreditGrade } from '../classification.ts';

/**
 * How the company gives credit (G1, G2; forms-and-standards §5): the scorecard with its weights, what caps a grade, and what each
 * grade means. A change makes a new version; a score sheet names the version it was made by.
 */
export const MEASURES = {
  /** Share of what fell due in the last two years that was paid by its day, percent. */
  punctuality: { block: 'payment', better: 'higher' },
  /** Days by which the oldest open item is overdue today. */
  overdueDays: { block: 'payment', better: 'lower' },
  /** Whole units of the base currency. */
  turnover: { block: 'finance', better: 'higher' },
  debtRatio: { block: 'finance', better: 'lower' },
  currentRatio: { block: 'finance', better: 'higher' },
  registeredCapital: { block: 'scale', better: 'higher' },
  employees: { block: 'scale', better: 'higher' },
  yearsInBusiness: { block: 'scale', better: 'higher' },
  yearsOfDealing: { block: 'dealings', better: 'higher' },
  /** Sales of the last twelve months, whole units of the base currency. */
  salesLastYear: { block: 'dealings', better: 'higher' },
  ordersLastYear: { block: 'dealings', better: 'higher' },
  /** The card's overall evaluation: 3 excellent … 0 poor. */
  evaluation: { block: 'management', better: 'higher' },
  /** Claims accepted in the last two years against what was ordered, percent. */
  claimShare: { block: 'management', better: 'lower' },
  /** Security given against the credit limit, percent. */
  securityShare: { block: 'security', better: 'higher' },
} as const satisfies Record<string, { readonly block: string; readonly better: 'higher' | 'lower' }>;
export type Measure = keyof typeof MEASURES;
export const MEASURE_KEYS = Object.keys(MEASURES) as readonly Measure[];
export const SCORE_BLOCKS = ['payment', 'finance', 'scale', 'dealings', 'management', 'security'] as const;

/** What caps a grade whatever the score (§5.1, §5.2). */
export const VETOES = [
  'licenceLapsed',
  'orderedToClose',
  'suedOverPayment',
  'keyPaperMissing',
  'newCustomer',
  'directExport',
] as const;
export type Veto = (typeof VETOES)[number];

/** Best first. */
export const GRADE_ORDER = ['a', 'b', 'c', 'd'] as const satisfies readonly CreditGrade[];

export interface ScoreItem {
  readonly measure: Measure;
  /** Points of a hundred. */
  readonly weight: number;
  /** Percent of the points when there is no figure. */
  readonly unknown: number;
  /** Bounds from best to worst with the percent of the points; beyond the last one there are none. */
  readonly bands: readonly { readonly bound: number; readonly share: number }[];
}
export interface GradeTerms {
  readonly grade: CreditGrade;
  /** Least score. */
  readonly from: number;
  /** Thousandths: 800 is 0.8 (§5.3). */
  readonly coefficient: number;
  readonly days: number;
  readonly settlement: string;
  /** Percent to be paid before delivery. */
  readonly prepayment: number;
  /** Who has to approve, in words. */
  readonly approval: string;
  /** How such customers are handled, in words. */
  readonly handling: string;
}
export interface CreditPolicy {
  readonly items: readonly ScoreItem[];
  readonly vetoes: readonly { readonly veto: Veto; readonly highest: CreditGrade; readonly on: boolean }[];
  readonly grades: readonly GradeTerms[];
  /** Percent of the limit at which is warned, and from which on nothing more should go out (G4). */
  readonly warnAt: number;
  readonly blockAt: number;
}

const item = (measure: Measure, weight: number, unknown: number, ...bands: [number, number][]): ScoreItem => ({
  measure,
  weight,
  unknown,
  bands: bands.map(([bound, share]) => ({ bound, share })),
});

/** §5.1, §5.2: payment record 35, ability to pay 20, scale and age 15, dealing history 15, management and reputation 10, security 5. */
export const DEFAULT_POLICY: CreditPolicy = {
  items: [
    item('punctuality', 20, 0, [98, 100], [90, 80], [80, 60], [60, 30]),
    item('overdueDays', 15, 40, [0, 100], [15, 80], [30, 60], [60, 30], [90, 10]),
    item('turnover', 8, 30, [50_000_000, 100], [10_000_000, 80], [5_000_000, 60], [1_000_000, 40]),
    item('debtRatio', 6, 40, [40, 100], [55, 80], [70, 50], [85, 20]),
    item('currentRatio', 6, 40, [2, 100], [1.5, 80], [1, 50]),
    item('registeredCapital', 6, 30, [10_000_000, 100], [5_000_000, 80], [1_000_000, 60], [100_000, 40]),
    item('employees', 4, 30, [300, 100], [100, 80], [30, 60], [1, 40]),
    item('yearsInBusiness', 5, 20, [15, 100], [8, 80], [3, 60], [1, 30]),
    item('yearsOfDealing', 5, 0, [8, 100], [4, 80], [2, 60], [1, 30]),
    item('salesLastYear', 6, 0, [5_000_000, 100], [1_000_000, 80], [300_000, 60], [50_000, 40]),
    item('ordersLastYear', 4, 0, [12, 100], [6, 80], [2, 60], [1, 40]),
    item('evaluation', 5, 40, [3, 100], [2, 80], [1, 60]),
    item('claimShare', 5, 60, [0.5, 100], [2, 80], [5, 50], [10, 20]),
    item('securityShare', 5, 0, [100, 100], [50, 60], [20, 30]),
  ],
  vetoes: [
    { veto: 'licenceLapsed', highest: 'c', on: true },
    { veto: 'orderedToClose', highest: 'c', on: true },
    { veto: 'suedOverPayment', highest: 'c', on: true },
    { veto: 'keyPaperMissing', highest: 'd', on: true },
    { veto: 'newCustomer', highest: 'b', on: true },
    { veto: 'directExport', highest: 'c', on: false },
  ],
  grades: [
    {
      grade: 'a',
      from: 85,
      coefficient: 1000,
      days: 60,
      settlement: 'monthly',
      prepayment: 0,
      approval: '客戶經理',
      handling: '信譽優良，可按額度供貨，逾期先提醒。',
    },
    {
      grade: 'b',
      from: 70,
      coefficient: 800,
      days: 30,
      settlement: 'monthly',
      prepayment: 0,
      approval: '客戶經理',
      handling: '月結，或預付三成；按月對帳。',
    },
    {
      grade: 'c',
      from: 55,
      coefficient: 500,
      days: 15,
      settlement: 'instalments',
      prepayment: 50,
      approval: '業務經理與財務',
      handling: '預付五成，額度從緊；逾期即停止出貨。',
    },
    {
      grade: 'd',
      from: 0,
      coefficient: 0,
      days: 0,
      settlement: 'paymentBeforeShipment',
      prepayment: 100,
      approval: '主管領導，逐筆合同',
      handling: '不賒銷，款到發貨。',
    },
  ],
  warnAt: 80,
  blockAt: 100,
};

/** What is wrong with a policy: message keys `validation.credit.<reason>` with the place. Empty when it can be used. */
export function policyProblems(policy: CreditPolicy): readonly { readonly path: string; readonly reason: string }[] {
  const problems: { path: string; reason: string }[] = [];
  const weights = policy.items.reduce((sum, { weight }) => sum + weight, 0);
  if (weights !== 100) problems.push({ path: 'items', reason: 'weights' });
  if (new Set(policy.items.map(({ measure }) => measure)).size !== policy.items.length)
    problems.push({ path: 'items', reason: 'measureTwice' });
  for (const [index, { measure, bands }] of policy.items.entries()) {
    const rising = MEASURES[measure].better === 'higher';
    const ordered = bands.every((band, at) => {
      const before = bands[at - 1];
      if (before === undefined) return true;
      return (rising ? band.bound < before.bound : band.bound > before.bound) && band.share <= before.share;
    });
    if (!ordered) problems.push({ path: `items.${index}.bands`, reason: 'bands' });
  }
  const froms = GRADE_ORDER.map((grade) => policy.grades.find((terms) => terms.grade === grade)?.from);
  const falling = froms.every((from, at) => from !== undefined && (at === 0 || from < (froms[at - 1] ?? 0)));
  if (policy.grades.length !== GRADE_ORDER.length || !falling || froms.at(-1) !== 0)
    problems.push({ path: 'grades', reason: 'grades' });
  if (policy.warnAt >= policy.blockAt) problems.push({ path: 'warnAt', reason: 'marks' });
  return problems;
}

/** Terms of a grade; those of the lowest for one that is not known. */
export function termsOf(policy: CreditPolicy, grade: string): GradeTerms {
  const terms = policy.grades.find((candidate) => candidate.grade === grade) ?? policy.grades.at(-1);
  if (terms === undefined) throw new RangeError('a credit policy has grades');
  return terms;
}
