import { z } from 'zod';
import { agreementStanding, agreementStatement } from './agreements.ts';
import { shortText } from './common.ts';
import { customerNumber } from './customers.ts';
import { currency, orderRow } from './dealings.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor'] as const;

/** What an order does to its customer's limit, and who answers for one that passes it (G4). */
export const orderLimitOperations = {
  'orders.checkLimit': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'order.checkLimit', when: 'never' },
    summary:
      'How far an order would use its customer’s credit limit: before and after, with the mark, and whether it would be held (G4).',
    input: z.strictObject({
      customer: customerNumber,
      /** An order that is being changed: its former amount is not counted twice. */
      id: z.int().optional(),
      currency: currency.optional(),
      /** Minor units. */
      amount: z.int().min(0).max(1e15),
      settlement: z.string().max(60).default(''),
    }),
    output: z.strictObject({
      currency: z.string(),
      limit: z.int(),
      before: z.int(),
      /** Null where no rate between the currencies is known. */
      after: z.int().nullable(),
      perMille: z.int(),
      mark: z.enum(['none', 'within', 'warn', 'block']),
      onCredit: z.boolean(),
      held: z.boolean(),
      warnAt: z.int(),
      blockAt: z.int(),
    }),
  }),
  'orders.releaseStatement': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'order.releaseStatement', when: 'never' },
    summary: 'What somebody answers for who lets an order beyond the limit pass, and whether somebody has.',
    input: z.strictObject({ id: z.int(), reason: shortText.min(1) }),
    output: agreementStanding.extend({ statement: agreementStatement }),
  }),
  'orders.release': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: DESK,
    changes: ['dealings', 'agreements', 'customers'],
    audit: { type: 'order.release', when: 'always' },
    summary:
      'Lets an order beyond the limit pass, by an agreement to exactly this or in a supervisor’s own session, with the reason (G4).',
    input: z.strictObject({ id: z.int(), reason: shortText.min(1) }),
    output: orderRow,
  }),
};
