import { addYears, yearOf } from '../util/days.ts';
import { type DocumentTypeKey, documentType } from './document-types.ts';
import type { DossierClass } from './dossier-classes.ts';

/**
 * Retention (保管期限), forms-and-standards §7.7. Counted from 1 January after the closing year of the volume, or after
 * the event the rule waits for. A proposal: the company approves its own schedule.
 */
export type RetentionTrigger = (typeof RETENTION_TRIGGERS)[number];
export const RETENTION_TRIGGERS = [
  /** The year the volume closes. */
  'volumeClosed',
  /** The end of dealings with the customer. */
  'relationEnded',
  /** The debt is settled. */
  'settled',
] as const;

export interface RetentionRule {
  /** Null: permanent (永久). */
  readonly years: number | null;
  readonly trigger: RetentionTrigger;
}

export const DEFAULT_RETENTION: Readonly<Record<DossierClass, RetentionRule>> = {
  1: { years: 10, trigger: 'relationEnded' },
  2: { years: 30, trigger: 'volumeClosed' },
  3: { years: 10, trigger: 'settled' },
  4: { years: 10, trigger: 'volumeClosed' },
  5: { years: 10, trigger: 'volumeClosed' },
};

export const RETENTION_YEARS = [10, 30, null] as const;

/** DA/T code of a period: `Y` permanent, `D30`, `D10`. */
export function retentionCode(rule: RetentionRule): string {
  return rule.years === null ? 'Y' : `D${rule.years}`;
}

export interface RetentionSpan {
  /** Null while the event the rule waits for has not happened. */
  readonly startsOn: string | null;
  /** Last day of the period; null while open or permanent. */
  readonly endsOn: string | null;
}

/** The span of a rule; `triggeredOn` is the day of its event (31 December of the closing year for `volumeClosed`), null if still to come. */
export function retentionSpan(rule: RetentionRule, triggeredOn: string | null): RetentionSpan {
  if (triggeredOn === null) return { startsOn: null, endsOn: null };
  const startsOn = `${String(yearOf(triggeredOn) + 1).padStart(4, '0')}-01-01`;
  if (rule.years === null) return { startsOn, endsOn: null };
  const year = yearOf(addYears(startsOn, rule.years)) - 1;
  return { startsOn, endsOn: `${String(year).padStart(4, '0')}-12-31` };
}

/** What a type is kept by when nobody has set anything else: the proposal of its class (§7.7); approvals of credit and guarantees 30 years. */
export function defaultRule(type: DocumentTypeKey): RetentionRule {
  if (type === 'creditLimitApproval' || type === 'creditSecurityRegistration') return { years: 30, trigger: 'settled' };
  return DEFAULT_RETENTION[documentType(type).class];
}

/** Years of a code: `D10` → 10, `Y` → null (permanent); undefined for anything else. */
export function yearsOfCode(code: string): number | null | undefined {
  if (code === 'Y') return null;
  const years = /^D(\d{1,3})$/.exec(code)?.[1];
  return years === undefined ? undefined : Number(years);
}

/** The longest of several codes: what a volume is kept by. What is no code counts as permanent, none as permanent too. */
export function longestCode(codes: readonly string[]): string {
  if (codes.length === 0) return 'Y';
  const years = codes.map((code) => yearsOfCode(code) ?? null);
  return years.includes(null) ? 'Y' : `D${Math.max(...years.map((one) => one ?? 0))}`;
}

/** What is known of a paper's end: its code, the event its type waits for, and that event's day (null: still to come). */
export interface PaperRetention {
  readonly code: string;
  readonly trigger: RetentionTrigger;
  /** Day of the event; for `volumeClosed` 31 December of the archive year. */
  readonly triggeredOn: string | null;
}

/** The span of a whole volume: it ends with its last paper; one permanent or open paper keeps all of it. */
export function volumeSpan(papers: readonly PaperRetention[]): RetentionSpan {
  const spans = papers.map(({ code, trigger, triggeredOn }) =>
    retentionSpan({ years: yearsOfCode(code) ?? null, trigger }, triggeredOn),
  );
  const starts = spans.map((span) => span.startsOn);
  const ends = spans.map((span) => span.endsOn);
  const latest = (days: readonly (string | null)[]) =>
    days.length === 0 || days.includes(null)
      ? null
      : (days.toSorted((x, y) => ((x ?? '') < (y ?? '') ? -1 : 1)).at(-1) ?? null);
  return { startsOn: latest(starts), endsOn: latest(ends) };
}

export interface DisposalObstacles {
  readonly openLoan: boolean;
  readonly openDebt: boolean;
  readonly legalHold: boolean;
}

export type DisposalReason = 'notExpired' | 'openLoan' | 'openDebt' | 'legalHold';

/** Why a volume cannot be put on a disposal list today (Y2, §7.9); empty if it can. Two people still have to sign. */
export function disposalReasons(
  span: RetentionSpan,
  today: string,
  obstacles: DisposalObstacles,
): readonly DisposalReason[] {
  const reasons: DisposalReason[] = [];
  if (span.endsOn === null || today <= span.endsOn) reasons.push('notExpired');
  if (obstacles.openLoan) reasons.push('openLoan');
  if (obstacles.openDebt) reasons.push('openDebt');
  if (obstacles.legalHold) reasons.push('legalHold');
  return reasons;
}
