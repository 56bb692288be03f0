import { OPTION_SETS } from '../forms/option-sets.ts';
import type { Role } from '../roles.ts';

/** 客戶信用額度審批表 (G3, §5.3). */
export const CREDIT_APPLICATION_KINDS = ['new', 'increase', 'decrease', 'temporary', 'cancel'] as const;
export type CreditApplicationKind = (typeof CREDIT_APPLICATION_KINDS)[number];
export const SETTLEMENTS = ['', ...OPTION_SETS.settlementMethod] as const;

/** Who may approve a limit for a customer of this grade: the lower the grade, the higher the office (§5.1). */
export function approversOf(grade: string): readonly Role[] {
  if (grade === 'a' || grade === 'b') return ['accountManager', 'businessManager', 'supervisor', 'executive'];
  if (grade === 'c') return ['businessManager', 'supervisor', 'executive'];
  return ['supervisor', 'executive'];
}

/** What does not fit together on an approval form: `validation.credit.<reason>` with the field. */
export function applicationProblems(form: {
  readonly kind: CreditApplicationKind;
  readonly limitBefore: number;
  readonly limitAsked: number;
  readonly effectiveFrom: string;
  readonly effectiveTo: string;
}): readonly { readonly path: string; readonly reason: string }[] {
  const { kind, limitBefore, limitAsked } = form;
  const fits: Readonly<Record<CreditApplicationKind, boolean>> = {
    new: limitBefore === 0 && limitAsked > 0,
    increase: limitAsked > limitBefore,
    decrease: limitAsked < limitBefore && limitAsked > 0,
    temporary: limitAsked > 0,
    cancel: limitAsked === 0,
  };
  const problems: { path: string; reason: string }[] = [];
  if (!fits[kind]) problems.push({ path: 'limitAsked', reason: `kind.${kind}` });
  if (form.effectiveTo <= form.effectiveFrom) problems.push({ path: 'effectiveTo', reason: 'validity' });
  return problems;
}

/** The same limit gives the same text, however many zeros it is written with; none and nothing are one. */
function limitText(limit: unknown): string {
  if (typeof limit !== 'object' || limit === null || !('amount' in limit) || !('currency' in limit)) return '';
  const amount = Number(limit.amount);
  return amount === 0 ? '' : `${String(limit.currency)} ${amount}`;
}

/**
 * Wish 31: a limit is changed by an approval and by nothing else. True when a change of a card alters its limit without naming the
 * number of another approval form than before.
 */
export function limitWithoutApproval(
  before: { readonly limit: unknown; readonly approval: unknown },
  after: { readonly limit: unknown; readonly approval: unknown },
): boolean {
  if (limitText(before.limit) === limitText(after.limit)) return false;
  const named = typeof after.approval === 'string' && after.approval.trim() !== '';
  return !named || after.approval === before.approval;
}
