import type { CreditGrade } from '../classification.ts';
import {
  type CreditPolicy,
  GRADE_ORDER,
  type GradeTerms,
  MEASURES,
  type Measure,
  type ScoreItem,
  type Veto,
} from './policy.ts';

/** G1: a grade from a scorecard that shows its weights, kept with the grade as the sheet says it. */

/** A figure of the customer, or null when the archive does not have it. */
export type Measures = { readonly [Key in Measure]: number | null };

export interface ScoredItem {
  readonly measure: Measure;
  readonly value: number | null;
  readonly weight: number;
  /** Percent of the weight. */
  readonly share: number;
  /** Hundredths of a point. */
  readonly points: number;
}
export interface ScoreSheet {
  readonly items: readonly ScoredItem[];
  /** Hundredths of a point, 0 … 10000. */
  readonly score: number;
  /** By score alone, and after the vetoes that hold. */
  readonly gradeByScore: CreditGrade;
  readonly grade: CreditGrade;
  readonly vetoes: readonly { readonly veto: Veto; readonly highest: CreditGrade }[];
}

/** Percent of an item's points that a figure gets. */
export function shareOf(item: ScoreItem, value: number | null): number {
  if (value === null) return item.unknown;
  const rising = MEASURES[item.measure].better === 'higher';
  return item.bands.find(({ bound }) => (rising ? value >= bound : value <= bound))?.share ?? 0;
}

const rank = (grade: CreditGrade): number => GRADE_ORDER.indexOf(grade);
export const worseGrade = (a: CreditGrade, b: CreditGrade): CreditGrade => (rank(a) >= rank(b) ? a : b);

/** The best grade whose least score is reached. @param score hundredths of a point */
export function gradeOfScore(policy: CreditPolicy, score: number): CreditGrade {
  return (
    GRADE_ORDER.find((grade) => score >= (policy.grades.find((one) => one.grade === grade)?.from ?? 0) * 100) ?? 'd'
  );
}

/** The score sheet of a customer by a policy. @param holding vetoes that hold for the customer */
export function scoreOf(policy: CreditPolicy, measures: Measures, holding: readonly Veto[]): ScoreSheet {
  const items = policy.items.map((item): ScoredItem => {
    const value = measures[item.measure];
    const share = shareOf(item, value);
    return { measure: item.measure, value, weight: item.weight, share, points: item.weight * share };
  });
  const score = items.reduce((sum, { points }) => sum + points, 0);
  const gradeByScore = gradeOfScore(policy, score);
  const vetoes = policy.vetoes
    .filter(({ veto, on }) => on && holding.includes(veto))
    .map(({ veto, highest }) => ({ veto, highest }));
  return {
    items,
    score,
    gradeByScore,
    grade: vetoes.reduce((grade, { highest }) => worseGrade(grade, highest), gradeByScore),
    vetoes,
  };
}

/**
 * §5.3: average monthly sales times credit period times coefficient, in the minor units of the sales, down to a round figure.
 * @param monthlySales minor units, of the months in which goods were shipped
 */
export function suggestedLimit(terms: GradeTerms, monthlySales: number): number {
  const limit = (monthlySales * terms.days * terms.coefficient) / (30 * 1000);
  if (limit <= 0) return 0;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(limit)) - 1);
  return Math.floor(limit / step) * step;
}

export type ExposureMark = 'none' | 'within' | 'warn' | 'block';

const LARGEST_PER_MILLE = 9_999;

/** How much of a limit is used, in whole percent; beyond what is counted it says so instead of a wrong number. */
export const usedPercent = (perMille: number): string =>
  `${perMille >= LARGEST_PER_MILLE ? '>' : ''}${Math.floor(perMille / 10)}`;

/**
 * G4: how far a limit is used: from 80 % on it is warned, from 100 % on nothing more should go out. Anything owed without a limit is
 * beyond it. `perMille` is cut, never rounded up to a mark that is not reached.
 */
export function exposureMark(
  exposure: number,
  limit: number,
  marks: Pick<CreditPolicy, 'warnAt' | 'blockAt'>,
): { readonly perMille: number; readonly mark: ExposureMark } {
  if (exposure <= 0) return { perMille: 0, mark: limit > 0 ? 'within' : 'none' };
  if (limit <= 0) return { perMille: LARGEST_PER_MILLE, mark: 'block' };
  const perMille = Math.min(LARGEST_PER_MILLE, Math.floor((exposure * 1000) / limit));
  const mark = perMille >= marks.blockAt * 10 ? 'block' : perMille >= marks.warnAt * 10 ? 'warn' : 'within';
  return { perMille, mark };
}
