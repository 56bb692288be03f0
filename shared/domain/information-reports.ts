import { addDays, addMonths, daysInMonth } from '../util/days.ts';
import {
  PERIODIC_REPORT_MONTHS,
  type ReportChannel,
  type ReportClass,
  type ReportKind,
  type ReportSubject,
} from './visit.ts';

/** The procedure of a kind of information report (V3): who reports, until when, who must acknowledge it. */
export interface ReportProcedure {
  readonly kind: ReportKind;
  /** Who reports, in words. */
  readonly reporter: string;
  /** Channels that are enough; an oral one still needs the written note that is being recorded. */
  readonly channels: readonly ReportChannel[];
  /** Hours after the event, or after receipt, within which it must be acknowledged; null: no acknowledgement is needed. */
  readonly acknowledgeHours: number | null;
  /** Who must acknowledge, in words: a post, a department. */
  readonly acknowledger: string;
}

/** §4.2: routine oral as things come up · urgent by the fastest way, at once · periodic in writing, within five days of the month's end. */
export const DEFAULT_PROCEDURES: Readonly<Record<ReportKind, Omit<ReportProcedure, 'reporter' | 'acknowledger'>>> = {
  routine: { kind: 'routine', channels: ['oral', 'telephone', 'written'], acknowledgeHours: null },
  urgent: { kind: 'urgent', channels: ['telephone', 'oral', 'written'], acknowledgeHours: 2 },
  periodic: { kind: 'periodic', channels: ['written'], acknowledgeHours: 120 },
};

export const REPORT_STATES = ['waiting', 'acknowledged', 'closed'] as const;
export type InformationState = (typeof REPORT_STATES)[number];

/**
 * Where a report stands: `waiting` until somebody named has acknowledged it, then open until its matter is closed. A kind that needs no
 * acknowledgement is open at once.
 */
export function informationState(report: {
  readonly acknowledgeBy: string | null;
  readonly acknowledgedAt: string | null;
  readonly closedOn: string | null;
}): InformationState {
  if (report.acknowledgeBy !== null && report.acknowledgedAt === null) return 'waiting';
  return report.closedOn === null ? 'acknowledged' : 'closed';
}

/** The instant until which a report must be acknowledged; null when its procedure asks for none. */
export function acknowledgeBy(reportedAt: string, hours: number | null): string | null {
  return hours === null ? null : new Date(Date.parse(reportedAt) + hours * 3_600_000).toISOString();
}

/** Waiting and past its time, or acknowledged after it. */
export function isAcknowledgedLate(
  report: { readonly acknowledgeBy: string | null; readonly acknowledgedAt: string | null },
  now: string,
): boolean {
  if (report.acknowledgeBy === null) return false;
  return (report.acknowledgedAt ?? now) > report.acknowledgeBy;
}

/** Why somebody is told of a report: the customer is theirs, a rule names them for its subject, the keeper thought of them. */
export const PASSING_REASONS = ['responsible', 'rule', 'added'] as const;
export type PassingReason = (typeof PASSING_REASONS)[number];
export const PASSING_STATES = ['waiting', 'passed', 'dropped'] as const;
export type PassingState = (typeof PASSING_STATES)[number];

/** Days within which a report is passed on to those who sell: an urgent one on its day, a periodic one within five (§4.2). */
const PASS_ON_DAYS: Readonly<Record<ReportKind, number>> = { urgent: 0, routine: 3, periodic: 5 };

/** The day until which a report of `day` is passed on. */
export function passOnBy(kind: ReportKind, day: string): string {
  return addDays(day, PASS_ON_DAYS[kind]);
}

/** Somebody who is told of a subject; the empty subject is every one. */
export interface RoutingRule {
  readonly subject: ReportSubject | '';
  readonly staffId: number;
}

/**
 * Who is told of a report: the salesperson of its customer, then whom the rules name for its subject or for every one. Each once, and
 * never the reporter, who knows.
 */
export function recipientsOf(
  report: { readonly subject: ReportSubject; readonly reporterId: number },
  responsible: number | null,
  rules: readonly RoutingRule[],
): readonly { readonly staffId: number; readonly why: PassingReason }[] {
  const told = new Map<number, PassingReason>();
  if (responsible !== null) told.set(responsible, 'responsible');
  for (const { subject, staffId } of rules)
    if ((subject === '' || subject === report.subject) && !told.has(staffId)) told.set(staffId, 'rule');
  told.delete(report.reporterId);
  return [...told].map(([staffId, why]) => ({ staffId, why }));
}

/** The latest month (`2026-08`) whose end is on or before `today` and in which a class is reported on (§4.2). */
export function lastPeriodDue(reportClass: ReportClass, today: string): string {
  let month = today.slice(0, 7);
  if (Number(today.slice(8)) < daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)))) month = before(month);
  while (!PERIODIC_REPORT_MONTHS[reportClass].includes(Number(month.slice(5)))) month = before(month);
  return month;
}

/** The last day of a month `2026-08`. */
export function endOfMonth(month: string): string {
  return `${month}-${String(daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)))).padStart(2, '0')}`;
}

const before = (month: string): string => addMonths(`${month}-01`, -1).slice(0, 7);
