import type { PaperCondition } from './condition.ts';
import { isOverdue } from './due-dates.ts';

/**
 * Breaches of the borrowing rules (B3). The program records what was found, who was told, what the person said, which measure was decided
 * and by whom. It never decides by itself that a theft happened.
 */
export const BREACH_KINDS = ['overdue', 'passedOn', 'copied', 'damaged', 'lost', 'leaked'] as const;
export type BreachKind = (typeof BREACH_KINDS)[number];

/** 提醒 / 通報 / 報主管部門 / 依公司規定按盜竊公司資料處理 (forms-and-standards §3). */
export const BREACH_MEASURES = ['reminder', 'circular', 'reportedToDepartment', 'asTheftOfCompanyData'] as const;
export type BreachMeasure = (typeof BREACH_MEASURES)[number];

/** `void`: opened by mistake, or the return that opened it was taken back; it stays readable. */
export const BREACH_STATES = ['open', 'closed', 'void'] as const;
export type BreachState = (typeof BREACH_STATES)[number];

export const BREACH_ACTS = ['opened', 'notice', 'statement', 'measure', 'note', 'closed', 'voided'] as const;
export type BreachAct = (typeof BREACH_ACTS)[number];

export interface ReturnFindings {
  readonly pagesOut: number;
  readonly pagesBack: number;
  readonly condition: PaperCondition;
  readonly due: string;
  readonly returnedOn: string;
}

/** B1, B3: what a return brings to light. */
export function breachesAtReturn(found: ReturnFindings): readonly BreachKind[] {
  const breaches: BreachKind[] = [];
  if (isOverdue(found.due, found.returnedOn)) breaches.push('overdue');
  if (found.condition === 'lost') breaches.push('lost');
  else if (found.condition !== 'intact' || found.pagesBack !== found.pagesOut) breaches.push('damaged');
  return breaches;
}

/** Which case a return opens at once: pages or paper are not as they went out. Lateness alone is for a person to judge. */
export function incidentAtReturn(found: ReturnFindings): BreachKind | undefined {
  return breachesAtReturn(found).find((kind) => kind !== 'overdue');
}

export const CLOSING_REFUSALS = ['noNotice', 'noMeasure'] as const;
export type ClosingRefusal = (typeof CLOSING_REFUSALS)[number];

/** Why a case cannot be closed yet: the person was not told, or no measure is recorded. Empty if it can. */
export function closingRefusals(acts: readonly BreachAct[]): readonly ClosingRefusal[] {
  return CLOSING_REFUSALS.filter((reason) => !acts.includes(reason === 'noNotice' ? 'notice' : 'measure'));
}
