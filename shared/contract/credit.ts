import { z } from 'zod';
import { MEASURE_KEYS, VETOES } from '../domain/credit/policy.ts';
import { OPTION_SETS } from '../domain/forms/option-sets.ts';
import { cardWords } from './card-words.ts';
import { day, done, instant, nothing, page, shortText } from './common.ts';
import { customerNumber } from './customers.ts';
import { currency } from './dealings.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;
const CREDIT = ['keeper', 'supervisor'] as const;

export const creditGrade = z.enum(OPTION_SETS.creditGrade);
const measure = z.enum(MEASURE_KEYS as [(typeof MEASURE_KEYS)[number]]);
const veto = z.enum(VETOES);
const percent = z.int().min(0).max(100);

export const creditPolicy = z.strictObject({
  items: z
    .array(
      z.strictObject({
        measure,
        weight: percent,
        unknown: percent,
        bands: z
          .array(z.strictObject({ bound: z.number().min(-1e15).max(1e15), share: percent }))
          .min(1)
          .max(12),
      }),
    )
    .min(1)
    .max(MEASURE_KEYS.length),
  vetoes: z.array(z.strictObject({ veto, highest: creditGrade, on: z.boolean() })).max(VETOES.length),
  grades: z
    .array(
      z.strictObject({
        grade: creditGrade,
        from: percent,
        /** Thousandths. */
        coefficient: z.int().min(0).max(10_000),
        days: z.int().min(0).max(3_650),
        settlement: z.enum(['', ...OPTION_SETS.settlementMethod]),
        prepayment: percent,
        approval: z.string().max(200),
        handling: z.string().max(1_000),
      }),
    )
    .length(4),
  warnAt: z.int().min(1).max(1_000),
  blockAt: z.int().min(1).max(1_000),
});

/** The score sheet as it is kept with the grade (G1). */
export const scoreSheet = z.strictObject({
  items: z.array(
    z.strictObject({
      measure,
      value: z.number().nullable(),
      weight: z.int(),
      share: z.int(),
      /** Hundredths of a point, as is the score. */
      points: z.int(),
    }),
  ),
  score: z.int(),
  gradeByScore: creditGrade,
  grade: creditGrade,
  vetoes: z.array(z.strictObject({ veto, highest: creditGrade })),
});

const assessment = z.strictObject({
  number: z.string(),
  customer: customerNumber,
  customerName: cardWords,
  policyVersion: z.int(),
  at: instant,
  by: z.string(),
  score: z.int(),
  grade: creditGrade,
  gradeBefore: z.string(),
  state: z.enum(['proposed', 'accepted', 'dismissed', 'superseded']),
  decidedAt: instant.nullable(),
  decidedBy: z.string(),
  reason: z.string(),
});
export const mark = z.enum(['none', 'within', 'warn', 'block']);
const byHand = z.array(veto).max(VETOES.length).default([]);

/** Grades from a visible scorecard, terms of each grade, how far limits are used (G1, G2, G4). */
export const creditOperations = {
  'credit.policy': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'credit.policy', when: 'never' },
    summary:
      'The scorecard with its weights, the vetoes, and the terms of each grade; the newest or an earlier version.',
    input: z.strictObject({ version: z.int().min(0).optional() }),
    output: z.strictObject({
      version: z.int(),
      policy: creditPolicy,
      versions: z.array(z.strictObject({ version: z.int(), at: z.string(), by: z.string(), reason: z.string() })),
    }),
  }),
  'credit.savePolicy': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: CREDIT,
    changes: ['credit'],
    audit: { type: 'credit.policy.change', when: 'always' },
    summary: 'Makes a new version of scorecard and terms, with the reason; earlier grades keep their own sheets.',
    input: z.strictObject({ policy: creditPolicy, reason: shortText.min(1) }),
    output: z.strictObject({ version: z.int() }),
  }),
  'credit.standing': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'credit.view', when: 'never' },
    summary:
      'A customer’s grade, terms, limit with its approval and expiry, exposure against it, and what is overdue (G2–G4).',
    input: z.strictObject({ number: customerNumber }),
    output: z.strictObject({
      number: customerNumber,
      name: cardWords,
      grade: z.string(),
      terms: creditPolicy.shape.grades.element.nullable(),
      currency,
      limit: z.int(),
      limitApproval: z.string(),
      limitValidUntil: day.nullable(),
      limitExpired: z.boolean(),
      exposure: z.int(),
      receivable: z.int(),
      undelivered: z.int(),
      prepaid: z.int(),
      overdue: z.int(),
      perMille: z.int(),
      mark,
      warnAt: z.int(),
      blockAt: z.int(),
      uncounted: z.array(z.string()),
      suggestedLimit: z.int(),
      assessment: assessment.nullable(),
      proposal: assessment.nullable(),
    }),
  }),
  'credit.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'credit.list', when: 'never' },
    summary: 'Customers by how far their limit is used, the fullest first; all, from 80 % on, or from 100 % on.',
    input: z.strictObject({ mark: z.enum(['all', 'warn', 'block']).default('all'), ...page }),
    output: z.strictObject({
      rows: z.array(
        z.strictObject({
          number: customerNumber,
          name: cardWords,
          grade: z.string(),
          currency: z.string(),
          limit: z.int(),
          exposure: z.int(),
          perMille: z.int(),
          mark,
          limitValidUntil: z.string().nullable(),
          uncounted: z.array(z.string()),
        }),
      ),
      total: z.int(),
      warn: z.int(),
      block: z.int(),
    }),
  }),
  'credit.assess': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'credit.assess', when: 'never' },
    summary: 'The score sheet of a customer as it would come out today; nothing is kept.',
    input: z.strictObject({ number: customerNumber, vetoes: byHand }),
    output: z.strictObject({
      policyVersion: z.int(),
      sheet: scoreSheet,
      holding: z.array(veto),
      currency,
      monthlySales: z.int(),
      suggestedLimit: z.int(),
    }),
  }),
  'credit.propose': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: CREDIT,
    changes: ['credit'],
    audit: { type: 'credit.propose', when: 'always' },
    summary:
      'Keeps score sheets and proposes the grades that differ from the cards: of one customer, or of all active ones.',
    input: z.strictObject({ number: customerNumber.optional(), vetoes: byHand }),
    output: z.strictObject({ assessed: z.int(), proposed: z.int(), number: z.string().nullable() }),
  }),
  'credit.proposals': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'credit.proposals', when: 'never' },
    summary: 'Proposed grades that nobody has decided on.',
    input: z.strictObject({ ...page }),
    output: z.strictObject({ rows: z.array(assessment), total: z.int() }),
  }),
  'credit.decide': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: CREDIT,
    changes: ['credit', 'customers'],
    audit: { type: 'credit.decide', when: 'always' },
    summary: 'Accepts one proposed grade onto the card, or dismisses it with the reason.',
    input: z.strictObject({ number: z.string().max(40), accept: z.boolean(), reason: shortText.default('') }),
    output: done,
  }),
  'credit.sheets': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'credit.sheets', when: 'never' },
    summary: 'Score sheets of a customer, newest first: how each grade came about.',
    input: z.strictObject({ number: customerNumber }),
    output: z.strictObject({ sheets: z.array(assessment.extend({ sheet: scoreSheet })) }),
  }),
  'credit.recount': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['credit', 'dealings'],
    audit: { type: 'credit.recount', when: 'always' },
    summary: 'Draws every standing anew, after rates or marks have changed.',
    input: nothing,
    output: z.strictObject({ customers: z.int() }),
  }),
};
