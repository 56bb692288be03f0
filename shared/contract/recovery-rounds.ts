import { z } from 'zod';
import { day, instant, page, shortText } from './common.ts';
import { issuedCopy } from './copies.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;
const number = z.string().min(1).max(40);

export const recoveryRound = z.strictObject({
  roundNumber: z.string(),
  openedAt: instant,
  openedBy: z.string(),
  note: z.string(),
  closedAt: instant.nullable(),
  closedBy: z.string(),
  closingNote: z.string(),
  copies: z.int(),
  settled: z.int(),
});
export type RecoveryRound = z.infer<typeof recoveryRound>;

/** Recovery rounds (I2 定期回收): what customer-service staff hold comes back together, at regular times. */
export const recoveryRoundOperations = {
  'rounds.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'round.list', when: 'never' },
    summary: 'Recovery rounds, newest first, and the day by which the next one is due.',
    input: z.strictObject({ ...page }),
    output: z.strictObject({
      rounds: z.array(recoveryRound),
      total: z.int(),
      /** Null while customer-service staff hold nothing. */
      nextDue: day.nullable(),
      /** What a round opened now would call back. */
      waiting: z.int(),
    }),
  }),
  'rounds.open': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['copies'],
    audit: { type: 'round.open', when: 'always' },
    summary: 'Opens a recovery round over every copy that customer-service staff hold now.',
    input: z.strictObject({ note: shortText.default('') }),
    output: recoveryRound,
  }),
  'rounds.get': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'round.get', when: 'never' },
    summary: 'One recovery round with its copies and what became of each.',
    input: z.strictObject({ roundNumber: number }),
    output: z.strictObject({
      round: recoveryRound,
      lines: z.array(
        z.strictObject({ copy: issuedCopy, outcome: z.string().nullable(), settledAt: instant.nullable() }),
      ),
    }),
  }),
  'rounds.close': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['copies'],
    audit: { type: 'round.close', when: 'always' },
    summary: 'Closes a round; copies that did not come back need a reason and go on being listed as overdue.',
    input: z.strictObject({ roundNumber: number, note: z.string().max(2_000).default('') }),
    output: recoveryRound,
  }),
};
