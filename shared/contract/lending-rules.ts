import { z } from 'zod';
import { SECURITY_LEVELS } from '../domain/security-levels.ts';
import { day } from './common.ts';

const loanPeriod = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('calendarDays'), days: z.int().min(1).max(366) }),
  z.strictObject({ kind: z.literal('workingDays'), days: z.int().min(1).max(250) }),
  z.strictObject({ kind: z.literal('premisesOnly') }),
]);
const securityLevel = z.enum(SECURITY_LEVELS);

/** The shape of `LendingRules` (shared/domain/lending-rules.ts) as a setting. */
export const lendingRules = z.strictObject({
  periods: z.record(securityLevel, loanPeriod),
  approval: z.array(securityLevel).max(SECURITY_LEVELS.length),
  /** What was stored before there was a second approval asks for none. */
  secondApproval: z.array(securityLevel).max(SECURITY_LEVELS.length).default([]),
  maxRenewals: z.int().min(0).max(12),
  blockOnOverdue: z.boolean(),
  soonDays: z.int().min(0).max(60),
  reminderDays: z.array(z.int().min(1).max(366)).min(1).max(6),
  holdDays: z.int().min(1).max(60),
  holidays: z.array(day).max(400),
  makeUpDays: z.array(day).max(400),
});
