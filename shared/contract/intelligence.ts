import { z } from 'zod';
import { OPTION_SETS } from '../domain/forms/option-sets.ts';
import { cardWords } from './card-words.ts';
import { day, done, fieldValue, fieldValues, instant, page, shortText } from './common.ts';
import { customerNumber } from './customers.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor'] as const;
const competitorName = z.string().min(1).max(200);
const stage = z.enum(OPTION_SETS.projectStage);

/** What one card says of one competitor (X1). */
const competitorEntry = z.strictObject({
  customer: customerNumber,
  customerName: cardWords,
  tier: z.enum(['key', 'special', 'general']),
  item: fieldValues,
});

const projectRow = z.strictObject({
  customer: customerNumber,
  customerName: cardWords,
  tier: z.enum(['key', 'special', 'general']),
  /** Place in the card's list. */
  position: z.int(),
  name: z.string(),
  stage: z.string(),
  nextStep: z.string(),
  nextStepOn: z.string(),
  expectedSigning: z.string(),
  probability: z.number().nullable(),
  item: fieldValues,
  /** X2: a project without a next step, or past its date, is not alive. */
  stalled: z.enum(['noStep', 'overdue']).nullable(),
});

/** Competitors (X1), projects (X2) and the brief before a visit (C8). */
export const intelligenceOperations = {
  'competitors.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'competitor.list', when: 'never' },
    summary: 'Competitors across all cards: with how many customers, how satisfied those are, when last observed (X1).',
    input: z.strictObject({ text: z.string().max(200).default(''), ...page }),
    output: z.strictObject({
      competitors: z.array(
        z.strictObject({
          name: z.string(),
          customers: z.int(),
          keyCustomers: z.int(),
          satisfied: z.int(),
          acceptable: z.int(),
          dissatisfied: z.int(),
          averageShare: z.number().nullable(),
          observedOn: z.string(),
        }),
      ),
      total: z.int(),
    }),
  }),
  'competitors.get': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'competitor.view', when: 'never' },
    summary:
      "A competitor's own page: with which customers, what is used and how, its people, mentions in visits (X1).",
    input: z.strictObject({ name: competitorName }),
    output: z.strictObject({
      name: z.string(),
      aliases: z.array(z.string()),
      profile: fieldValues,
      updatedAt: instant.nullable(),
      updatedBy: z.string(),
      entries: z.array(competitorEntry),
      mentions: z.array(
        z.strictObject({
          visitId: z.int(),
          day,
          customer: customerNumber,
          customerName: cardWords,
          staff: z.string(),
          text: z.string(),
        }),
      ),
    }),
  }),
  'competitors.save': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['customers'],
    audit: { type: 'competitor.save', when: 'always' },
    summary: "Writes a competitor's own page and the other spellings under which cards name it.",
    input: z.strictObject({
      name: competitorName,
      aliases: z.array(competitorName).max(20).optional(),
      profile: fieldValues.optional(),
    }),
    output: done,
  }),
  'competitors.matrix': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'competitor.matrix', when: 'never' },
    summary: 'The matrix customer × competitor (X1): who is where, how satisfied, with what share.',
    input: z.strictObject({ columns: z.int().min(1).max(20).default(10), ...page }),
    output: z.strictObject({
      competitors: z.array(z.strictObject({ name: z.string(), customers: z.int() })),
      rows: z.array(
        z.strictObject({
          customer: customerNumber,
          customerName: cardWords,
          tier: z.enum(['key', 'special', 'general']),
          /** One for each competitor, in their order. */
          cells: z.array(
            z
              .strictObject({ satisfaction: z.string(), share: z.number().nullable(), observedOn: z.string() })
              .nullable(),
          ),
          others: z.int(),
        }),
      ),
      total: z.int(),
    }),
  }),
  'projects.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'project.list', when: 'never' },
    summary: 'Projects of all customers by stage, next step and timetable (X2).',
    input: z.strictObject({
      stage: stage.optional(),
      show: z.enum(['open', 'stalled', 'all']).default('open'),
      text: z.string().max(200).default(''),
      ...page,
    }),
    output: z.strictObject({
      projects: z.array(projectRow),
      total: z.int(),
      /** Of all projects, by stage; `''` for those without one. */
      stages: z.record(z.string(), z.int()),
    }),
  }),
  'projects.advance': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['customers'],
    audit: { type: 'project.advance', when: 'always' },
    summary:
      "Moves a project to another stage or sets its next step, on the customer's card with its history (X2, C6).",
    input: z.strictObject({
      customer: customerNumber,
      position: z.int().min(0).max(500),
      /** The project's name, so that a card changed meanwhile is noticed. */
      name: z.string().max(200),
      stage: stage.optional(),
      nextStep: z.string().max(200).optional(),
      nextStepOn: day.nullable().optional(),
      expectedSigning: day.nullable().optional(),
      outcome: z.string().max(200).optional(),
      evidence: shortText.default(''),
    }),
    output: projectRow,
  }),
  'briefs.get': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'brief.view', when: 'always' },
    summary: 'The one-page brief before a visit (C8): card, open matters, last visits, credit, competitors, project.',
    input: z.strictObject({ number: customerNumber }),
    output: z.strictObject({
      number: customerNumber,
      name: z.string(),
      kind: z.enum(['enterprise', 'individual']),
      tier: z.enum(['key', 'special', 'general']),
      completeness: z.int(),
      updatedAt: instant,
      late: z.boolean(),
      /** Facts of the card that a visitor needs: address, phones, terms; by field key. */
      facts: z.array(z.strictObject({ field: z.string(), value: fieldValue })),
      contacts: z.array(fieldValues),
      /** What is open, worst first: message key `brief.matter.<kind>` with its parameters. */
      matters: z.array(
        z.strictObject({
          kind: z.string(),
          urgent: z.boolean(),
          params: z.record(z.string(), z.union([z.string(), z.number()])),
        }),
      ),
      visits: z.array(
        z.strictObject({
          day,
          staff: z.string(),
          purpose: z.string(),
          result: z.string(),
          content: z.string(),
          nextVisitNote: z.string(),
        }),
      ),
      credit: z.array(z.strictObject({ field: z.string(), value: fieldValue })),
      competitors: z.array(fieldValues),
      projects: z.array(fieldValues),
      lastTaken: z.strictObject({ at: instant, by: z.string() }).nullable(),
    }),
  }),
  'briefs.take': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['visits'],
    audit: { type: 'brief.take', when: 'always' },
    summary: 'Records that the brief was taken before a visit, by whom, on screen or printed (C8).',
    input: z.strictObject({ number: customerNumber, staffId: z.int(), how: z.enum(['screen', 'printed']) }),
    output: z.strictObject({ takenAt: instant }),
  }),
  'briefs.statistics': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'brief.statistics', when: 'never' },
    summary: 'How many visits were preceded by the brief, and how many salespeople said so themselves (C8).',
    input: z.strictObject({ from: day, to: day }),
    output: z.strictObject({
      people: z.array(
        z.strictObject({
          staffId: z.int(),
          staff: z.string(),
          visits: z.int(),
          briefed: z.int(),
          saidRead: z.int(),
          saidFilled: z.int(),
        }),
      ),
      visits: z.int(),
      briefed: z.int(),
      saidRead: z.int(),
      saidFilled: z.int(),
    }),
  }),
};
