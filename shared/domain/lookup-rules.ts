import { codePointLength } from '../util/text.ts';
import { LOOKUP_ROLES, type Role } from './roles.ts';

/** Locked lookup (L1, L2, R28). Times are monotonic milliseconds: a clock set back lengthens nothing. */
export interface LookupLimits {
  readonly minutes: number;
  readonly searchesPerHour: number;
  readonly recordsPerSession: number;
  /** Shortest purpose, in characters. */
  readonly purposeLength: number;
}

export const DEFAULT_LOOKUP_LIMITS: LookupLimits = {
  minutes: 15,
  searchesPerHour: 30,
  recordsPerSession: 50,
  purposeLength: 5,
};

/** Longest time a lookup may be granted, in minutes. */
export const MAX_LOOKUP_MINUTES = 120;
const MS_PER_HOUR = 3_600_000;

/** L1: may this role look up at all? */
export function mayLookUp(role: Role): boolean {
  return LOOKUP_ROLES.includes(role);
}

/** R28: a purpose says something: enough characters that are not blanks. */
export function isPurposeGiven(purpose: string, limits: LookupLimits = DEFAULT_LOOKUP_LIMITS): boolean {
  return codePointLength(purpose.replace(/\s+/gu, '')) >= limits.purposeLength;
}

/** When a lookup that started at `startedAtMs` ends. Throws RangeError unless 1 ≤ minutes ≤ {@link MAX_LOOKUP_MINUTES}. */
export function lookupEnd(startedAtMs: number, minutes: number): number {
  if (!(minutes >= 1 && minutes <= MAX_LOOKUP_MINUTES)) throw new RangeError('lookup time out of range');
  return startedAtMs + minutes * 60_000;
}

export interface LookupState {
  readonly endsAtMs: number;
  /** Instants of this person's searches, also of earlier sessions within the hour. */
  readonly searchesAtMs: readonly number[];
  /** Records seen in this session. */
  readonly seen: ReadonlySet<string>;
}

export type LookupRefusal = 'LOOKUP_EXPIRED' | 'LOOKUP_LIMIT';

/** May one more search run now? Undefined if so, else the error code. */
export function refuseSearch(
  state: LookupState,
  nowMs: number,
  limits: LookupLimits = DEFAULT_LOOKUP_LIMITS,
): LookupRefusal | undefined {
  if (nowMs >= state.endsAtMs) return 'LOOKUP_EXPIRED';
  const withinHour = state.searchesAtMs.filter((instant) => nowMs - instant < MS_PER_HOUR).length;
  return withinHour >= limits.searchesPerHour ? 'LOOKUP_LIMIT' : undefined;
}

/** May this record be read now? One already seen in the session does not count again. */
export function refuseRecord(
  state: LookupState,
  record: string,
  nowMs: number,
  limits: LookupLimits = DEFAULT_LOOKUP_LIMITS,
): LookupRefusal | undefined {
  if (nowMs >= state.endsAtMs) return 'LOOKUP_EXPIRED';
  return !state.seen.has(record) && state.seen.size >= limits.recordsPerSession ? 'LOOKUP_LIMIT' : undefined;
}
