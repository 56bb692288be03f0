import { z } from 'zod';
import { BREACH_ACTS, BREACH_KINDS, BREACH_MEASURES, BREACH_STATES } from '../domain/breaches.ts';
import { instant, longText, page, sha256, shortText } from './common.ts';
import { loanRequest } from './loan-queue.ts';
import { loan } from './loan-records.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;
const RECORDING = ['keeper', 'supervisor'] as const;
const breachNumber = z.string().min(1).max(40);
const measure = z.enum(BREACH_MEASURES);

export const breach = z.strictObject({
  number: z.string(),
  borrowerId: z.int(),
  borrower: z.string(),
  department: z.string(),
  kind: z.enum(BREACH_KINDS),
  loan: loan.nullable(),
  facts: z.string(),
  state: z.enum(BREACH_STATES),
  openedAt: instant,
  openedBy: z.string(),
  /** Opened by the count at the return; otherwise by a person. */
  byReturn: z.boolean(),
  acts: z.array(
    z.strictObject({
      at: instant,
      by: z.string(),
      act: z.enum(BREACH_ACTS),
      measure: measure.nullable(),
      decidedBy: z.string(),
      text: z.string(),
    }),
  ),
  outcome: z.string(),
  closedAt: instant.nullable(),
  closedBy: z.string(),
});
export type Breach = z.infer<typeof breach>;

/** Breach cases (B3): recorded, never judged by the program. */
export const breachOperations = {
  'breaches.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'breach.list', when: 'never' },
    summary: 'Breach cases, open ones first.',
    input: z.strictObject({
      state: z.enum(['open', 'all']).default('all'),
      borrowerId: z.int().optional(),
      text: z.string().max(200).default(''),
      ...page,
    }),
    output: z.strictObject({ breaches: z.array(breach), total: z.int() }),
  }),
  'breaches.get': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'breach.view', when: 'never' },
    summary: 'One case with its acts and the evidence of the log.',
    input: z.strictObject({ number: breachNumber }),
    output: z.strictObject({
      breach,
      evidence: z.array(
        z.strictObject({
          seq: z.int(),
          ts: z.string(),
          actor: z.string(),
          type: z.string(),
          obj: z.string(),
          outcome: z.string(),
          hash: z.string(),
        }),
      ),
      frozen: z.array(z.strictObject({ stage: z.string(), sha256, at: instant })),
    }),
  }),
  'breaches.open': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: RECORDING,
    changes: ['breaches', 'loans'],
    audit: { type: 'breach.open', when: 'always' },
    summary: 'Opens a case against a borrower, about a loan or on its own; meanwhile they borrow nothing (B3).',
    input: z.strictObject({
      loanNumber: z.string().max(40).optional(),
      borrowerId: z.int().optional(),
      kind: z.enum(BREACH_KINDS),
      facts: longText.min(1),
    }),
    output: breach,
  }),
  'breaches.record': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: RECORDING,
    changes: ['breaches'],
    audit: { type: 'breach.record', when: 'always' },
    summary: 'Records what was done: notice given, what the borrower said, a measure and who decided it, a note.',
    input: z.strictObject({
      number: breachNumber,
      act: z.enum(['notice', 'statement', 'measure', 'note']),
      measure: measure.optional(),
      decidedBy: z.string().max(100).default(''),
      text: longText.default(''),
    }),
    output: breach,
  }),
  'breaches.close': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: RECORDING,
    changes: ['breaches', 'loans'],
    audit: { type: 'breach.close', when: 'always' },
    summary: 'Closes a case with its outcome, once notice and measure are recorded; or voids one opened by mistake.',
    input: z.strictObject({
      number: breachNumber,
      as: z.enum(['closed', 'void']).default('closed'),
      outcome: longText.min(1),
    }),
    output: breach,
  }),
  'borrowers.get': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'borrower.view', when: 'never' },
    summary: "A borrower's record: what is out, what came back late, cases, requests, and whether they may borrow.",
    input: z.strictObject({ borrowerId: z.int() }),
    output: z.strictObject({
      borrowerId: z.int(),
      name: z.string(),
      department: z.string(),
      position: z.string(),
      active: z.boolean(),
      /** Message keys `loanRefusal.<reason>`; empty: may borrow. */
      refusals: z.array(z.string()),
      loans: z.int(),
      open: z.int(),
      overdue: z.int(),
      returnedLate: z.int(),
      openBreaches: z.int(),
      breaches: z.array(breach),
      requests: z.array(loanRequest),
      lastPurpose: shortText,
    }),
  }),
};
