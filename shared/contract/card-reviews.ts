import { z } from 'zod';
import { REMARK_STATES, REVIEW_DECISIONS, REVIEW_STATES } from '../domain/card-review.ts';
import { agreementStanding, agreementStatement } from './agreements.ts';
import { customerKind, done, instant, page } from './common.ts';
import { customerNumber } from './customers.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor'] as const;
const field = z.string().max(60);
const note = z.string().trim().max(2_000);

const state = z.enum(REVIEW_STATES);
export const cardRemark = z.strictObject({
  id: z.int(),
  /** Key of a field of the card; empty: the whole card. */
  field: z.string(),
  text: z.string(),
  madeAt: instant,
  madeBy: z.string(),
  state: z.enum(REMARK_STATES),
  answer: z.string(),
  answeredAt: instant.nullable(),
  answeredBy: z.string().nullable(),
  settledAt: instant.nullable(),
  settledBy: z.string().nullable(),
});
export type CardRemark = z.infer<typeof cardRemark>;

const newRemark = z.strictObject({ field, text: note.min(1) });
const decision = {
  number: customerNumber,
  decision: z.enum(REVIEW_DECISIONS),
  note: note.default(''),
  remarks: z.array(newRemark).max(100).default([]),
};

/** Guidance by the supervisor (C7). */
export const cardReviewOperations = {
  'reviews.ofCard': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'review.view', when: 'never' },
    summary: 'Where a card stands between keeper and supervisor: remarks, and what was handed in and decided.',
    input: z.strictObject({ number: customerNumber }),
    output: z.strictObject({
      state,
      since: instant.nullable(),
      remarks: z.array(cardRemark),
      acts: z.array(
        z.strictObject({
          act: z.enum(['submitted', 'sentBack', 'accepted']),
          note: z.string(),
          at: instant,
          by: z.string(),
          revision: z.int(),
          agreement: z.string(),
        }),
      ),
    }),
  }),
  'reviews.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'review.list', when: 'never' },
    summary: 'The work list: cards with open remarks for the keeper, cards handed in for the supervisor.',
    input: z.strictObject({ show: z.enum(['toAnswer', 'toReview', 'accepted', 'all']).default('toAnswer'), ...page }),
    output: z.strictObject({
      rows: z.array(
        z.strictObject({
          number: customerNumber,
          kind: customerKind,
          name: z.string(),
          state,
          since: instant,
          openRemarks: z.int(),
          answeredRemarks: z.int(),
          /** Fields of the remarks that wait. */
          fields: z.array(z.string()),
        }),
      ),
      total: z.int(),
    }),
  }),
  'reviews.submit': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['customers'],
    audit: { type: 'review.submit', when: 'always' },
    summary: 'Hands a card in to the supervisor.',
    input: z.strictObject({ number: customerNumber, note: note.default('') }),
    output: done,
  }),
  'reviews.remark': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['supervisor'],
    changes: ['customers'],
    audit: { type: 'review.remark', when: 'always' },
    summary: 'A remark on one field of a card, or on the whole.',
    input: z.strictObject({ number: customerNumber, ...newRemark.shape }),
    output: z.strictObject({ id: z.int() }),
  }),
  'reviews.answer': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['customers'],
    audit: { type: 'review.answer', when: 'always' },
    summary: 'Answers a remark: what was changed, or why it stands.',
    input: z.strictObject({ id: z.int(), text: note.min(1) }),
    output: done,
  }),
  'reviews.settle': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['supervisor'],
    changes: ['customers'],
    audit: { type: 'review.settle', when: 'always' },
    summary: 'Takes an answered remark for settled, or opens it again.',
    input: z.strictObject({ id: z.int(), settled: z.boolean(), text: note.optional() }),
    output: done,
  }),
  'reviews.decide': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['supervisor'],
    changes: ['customers'],
    audit: { type: 'review.decide', when: 'always' },
    summary: 'The supervisor sends a card back or accepts it, in an own session.',
    input: z.strictObject({ ...decision, revision: z.int() }),
    output: done,
  }),
  'reviews.statement': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'review.statement', when: 'never' },
    summary: "What a supervisor would agree to at the keeper's desk: the decision on a card as it stands now.",
    input: z.strictObject(decision),
    output: z.strictObject({ statement: agreementStatement, ...agreementStanding.shape }),
  }),
  'reviews.decideAgreed': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['customers', 'agreements'],
    audit: { type: 'review.decide', when: 'always' },
    summary: "Enters a supervisor's decision to which they have agreed at this machine or on paper.",
    input: z.strictObject(decision),
    output: done,
  }),
};
