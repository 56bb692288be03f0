import { z } from 'zod';
import { APPROVALS } from '../domain/agreements.ts';
import { agreement, agreementStanding, agreementStatement } from './agreements.ts';
import { day, done, login, nothing, role, secret } from './common.ts';
import { operation } from './operation.ts';

const ASKING = ['keeper', 'supervisor'] as const;

/** What an act needs besides the own secret, exactly what is agreed to or announced, and how that stands (R71, §15). */
export const approvalMatter = z.strictObject({
  approval: z.enum(APPROVALS),
  statement: agreementStatement,
  ...agreementStanding.shape,
});

/** A change of people or keys that a keeper alone announces. */
export const announcedMatter = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('addUser'), login, role }),
  z.strictObject({ act: z.literal('extendUser'), login, validUntil: day.nullable() }),
  z.strictObject({ act: z.literal('readmitUser'), login }),
  z.strictObject({ act: z.literal('rotateKey') }),
  z.strictObject({ act: z.literal('reissueRecovery') }),
  z.strictObject({ act: z.literal('waitingHourOff') }),
]);
export type AnnouncedMatter = z.infer<typeof announcedMatter>;

/** The waiting hour of a keeper without a supervisor (security §15). */
export const announcedActOperations = {
  'agreements.matter': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: ASKING,
    audit: { type: 'agreement.matter', when: 'never' },
    summary: 'What a change of people or keys needs besides the own secret, and how that stands (R71).',
    input: z.strictObject({ matter: announcedMatter }),
    output: approvalMatter,
  }),
  'agreements.announced': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: ASKING,
    audit: { type: 'agreement.announced', when: 'never' },
    summary: 'Whether acts of a keeper alone wait an hour, and those that are announced.',
    input: nothing,
    output: z.strictObject({ on: z.boolean(), acts: z.array(agreement) }),
  }),
  'agreements.announce': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['agreements', 'duties'],
    whileDamaged: true,
    audit: { type: 'agreement.announce', when: 'always' },
    summary: 'A keeper without a supervisor announces an act with the own secret; it can be done after an hour, once.',
    input: z.strictObject({ statement: agreementStatement, secret }),
    output: agreement,
  }),
  'agreements.setWaitingHour': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['settings', 'agreements', 'duties'],
    audit: { type: 'agreement.setWaitingHour', when: 'always' },
    summary: 'Takes the waiting hour on at once, or gives it up when that was announced an hour ago.',
    input: z.strictObject({ on: z.boolean(), secret }),
    output: done,
  }),
};
