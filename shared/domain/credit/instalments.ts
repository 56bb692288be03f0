import { addDays, addMonths } from '../../util/days.ts';

/** Repayment plans (D3, G4): what is paid when. Amounts are minor units. */

export interface Instalment {
  readonly due: string;
  readonly amount: number;
}

export type Rhythm = 'weekly' | 'twoWeekly' | 'monthly' | 'quarterly';
export const RHYTHMS = ['weekly', 'twoWeekly', 'monthly', 'quarterly'] as const satisfies readonly Rhythm[];

/**
 * A total in equal parts; what does not divide goes to the last one. Days are counted from the first one, so that a 31st does
 * not wander to a 28th for good.
 * @throws RangeError unless there is at least one part and a unit of money for each
 */
export function equalInstalments(total: number, count: number, first: string, rhythm: Rhythm): Instalment[] {
  if (!Number.isInteger(count) || count < 1 || total < count)
    throw new RangeError('a unit of money for each instalment');
  const part = Math.floor(total / count);
  return Array.from({ length: count }, (_, index) => ({
    due: dueAt(first, rhythm, index),
    amount: index === count - 1 ? total - part * (count - 1) : part,
  }));
}

function dueAt(first: string, rhythm: Rhythm, index: number): string {
  switch (rhythm) {
    case 'weekly':
      return addDays(first, 7 * index);
    case 'twoWeekly':
      return addDays(first, 14 * index);
    case 'monthly':
      return addMonths(first, index);
    case 'quarterly':
      return addMonths(first, 3 * index);
  }
}

/** What is wrong with a plan: not its total, days that do not rise, a part of nothing. Empty when it holds. */
export function planProblems(total: number, instalments: readonly Instalment[]): readonly string[] {
  const problems: string[] = [];
  if (instalments.length === 0) problems.push('noInstalment');
  if (instalments.some(({ amount }) => amount <= 0)) problems.push('emptyInstalment');
  if (instalments.reduce((sum, { amount }) => sum + amount, 0) !== total) problems.push('sum');
  if (instalments.some(({ due }, index) => index > 0 && due <= (instalments[index - 1]?.due ?? '')))
    problems.push('order');
  return problems;
}

/**
 * A payment over the open parts of a plan, the earliest first.
 * @returns what each part gets, and what is left when all are paid
 */
export function allocate(
  parts: readonly { readonly amount: number; readonly paid: number }[],
  payment: number,
): { readonly paid: readonly number[]; readonly left: number } {
  let left = payment;
  const paid = parts.map((part) => {
    const taken = Math.max(0, Math.min(left, part.amount - part.paid));
    left -= taken;
    return taken;
  });
  return { paid, left };
}

export type PlanState = 'running' | 'overdue' | 'completed' | 'terminated' | 'superseded';

/** How a plan stands on a day: what is not paid by its day makes it overdue. */
export function planState(
  stored: 'running' | 'terminated' | 'superseded',
  parts: readonly { readonly due: string; readonly amount: number; readonly paid: number }[],
  today: string,
): PlanState {
  if (stored !== 'running') return stored;
  const open = parts.filter((part) => part.paid < part.amount);
  if (open.length === 0) return 'completed';
  return open.some((part) => part.due < today) ? 'overdue' : 'running';
}
