import { z } from 'zod';
import {
  completeness,
  customerKind,
  day,
  fieldIssue,
  fieldValue,
  fieldValues,
  instant,
  nothing,
  page,
  shortText,
} from './common.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor'] as const;
const READERS = ['keeper', 'supervisor', 'accountManager', 'businessManager', 'customerService', 'executive'] as const;

export const customerNumber = z.string().min(1).max(40);
export const tier = z.enum(['key', 'special', 'general']);

/** When, by whom and on what evidence a value was last confirmed (C6). */
export const confirmation = z.strictObject({ at: instant, by: z.string(), evidence: z.string() });

export const card = z.strictObject({
  number: customerNumber,
  kind: customerKind,
  name: z.string(),
  status: z.enum(['inPreparation', 'active', 'suspended', 'sealed']),
  tier,
  directExport: z.boolean(),
  values: fieldValues,
  /** Keys of values that the reader's role may not see: they are absent from `values` (rule R). */
  masked: z.array(z.string()),
  confirmations: z.record(z.string(), confirmation),
  completeness,
  warnings: z.array(fieldIssue),
  visitedAt: instant.nullable(),
  createdAt: instant,
  createdBy: z.string(),
  updatedAt: instant,
  updatedBy: z.string(),
  reviewedOn: day,
  reviewDue: day,
  /** C4: filled in later than the limit after the visit. */
  late: z.boolean(),
  /** Rises with every change; an update names the one it was made on. */
  revision: z.int(),
  /** Cards that were merged into this one; their numbers lead here (C1). */
  mergedFrom: z.array(z.strictObject({ number: customerNumber, name: z.string(), at: instant })),
});
export type Card = z.infer<typeof card>;

const control = {
  tier: tier.optional(),
  directExport: z.boolean().optional(),
  status: z.enum(['inPreparation', 'active', 'suspended', 'sealed']).optional(),
  visitedAt: instant.nullable().optional(),
  /** What the values rest on: a visit, a call, a paper's code. */
  evidence: shortText.optional(),
};

const changes = z.strictObject({
  changes: z.array(
    z.strictObject({
      at: instant,
      by: z.string(),
      field: z.string(),
      from: fieldValue,
      to: fieldValue,
      evidence: z.string(),
      auditSequence: z.int(),
      revision: z.int(),
      /** Number of the merged card under which the change was made; empty: under its own. */
      origin: z.string(),
    }),
  ),
  total: z.int(),
});

export const customerOperations = {
  'customers.get': operation({
    kind: 'query',
    sessions: ['desk', 'lookup'],
    roles: READERS,
    audit: { type: 'card.view', when: 'always' },
    summary: "One card with everything the reader's role may see.",
    input: z.strictObject({ number: customerNumber }),
    output: card,
  }),
  'customers.create': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['customers'],
    audit: { type: 'card.create', when: 'always' },
    summary: 'A new card; its registration number is given once and never reused (C1).',
    input: z.strictObject({ kind: customerKind, values: fieldValues, ...control }),
    output: z.strictObject({ number: customerNumber, revision: z.int(), warnings: z.array(fieldIssue), completeness }),
  }),
  'customers.update': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['customers'],
    audit: { type: 'card.change', when: 'always' },
    summary: 'Changes and confirms values of a card; every former value is kept (C6).',
    input: z.strictObject({
      number: customerNumber,
      revision: z.int(),
      /** Only the values that change; null empties one. */
      values: fieldValues.default({}),
      /** Keys of values confirmed as they stand. */
      confirmed: z.array(z.string().max(60)).max(500).default([]),
      /** The whole card was gone through: the next review date moves (M1, M2). */
      reviewed: z.boolean().default(false),
      ...control,
    }),
    output: z.strictObject({ number: customerNumber, revision: z.int(), warnings: z.array(fieldIssue), completeness }),
  }),
  'customers.history': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'card.history', when: 'always' },
    summary: 'Every change of a card, newest first, with old and new value.',
    input: z.strictObject({
      number: customerNumber,
      field: z.string().max(60).optional(),
      ...page,
    }),
    output: changes,
  }),
  // Part of a tab of the card, as its visits are: the opening of the card is the entry (R33).
  'customers.milestones': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'card.history', when: 'always' },
    summary:
      "沿革: events in a customer's life (name, legal form, representative, salesperson …) once they have changed, newest first.",
    input: z.strictObject({ number: customerNumber, ...page }),
    output: changes,
  }),
  'customers.compare': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'card.history', when: 'always' },
    summary: 'What a card said at an instant beside what it says now: the fields that differ (C6).',
    input: z.strictObject({ number: customerNumber, at: instant }),
    output: z.strictObject({
      differences: z.array(z.strictObject({ field: z.string(), former: fieldValue, present: fieldValue })),
    }),
  }),
  'customers.restore': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['customers'],
    audit: { type: 'card.restore', when: 'always' },
    summary: 'Puts a former value of a field back, as a change of its own (C6).',
    input: z.strictObject({
      number: customerNumber,
      revision: z.int(),
      field: z.string().max(60),
      /** The change whose former value is wanted: its number in the log. */
      auditSequence: z.int(),
      evidence: shortText.optional(),
    }),
    output: z.strictObject({ number: customerNumber, revision: z.int(), warnings: z.array(fieldIssue), completeness }),
  }),
  'customers.lateness': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'card.lateness', when: 'never' },
    summary: 'How soon cards were filled in after the visits of a period, by salesperson and visit by visit (C4).',
    input: z.strictObject({ from: day, to: day }),
    output: z.strictObject({
      salespeople: z.array(
        z.strictObject({
          salesperson: z.string(),
          visits: z.int(),
          onTime: z.int(),
          late: z.int(),
          pending: z.int(),
          overdue: z.int(),
          /** Mean hours from the visit to the filling in, of those filled in. */
          meanHours: z.number().nullable(),
        }),
      ),
      visits: z.array(
        z.strictObject({
          number: customerNumber,
          name: z.string(),
          salesperson: z.string(),
          visitedAt: instant,
          filledAt: instant.nullable(),
          filledBy: z.string(),
          hours: z.number(),
          state: z.enum(['onTime', 'late', 'pending', 'overdue']),
        }),
      ),
    }),
  }),
  'customers.related': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'card.related', when: 'never' },
    summary:
      'Cards that name this one (branches and subsidiaries, people it employs), and those it names: its group, an employer.',
    input: z.strictObject({ number: customerNumber }),
    output: z.strictObject({
      related: z.array(z.strictObject({ number: customerNumber, name: z.string() })),
      /** With the field in which this card names it. */
      named: z.array(z.strictObject({ field: z.string(), number: customerNumber, name: z.string() })),
    }),
  }),
  'customers.similar': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'card.similar', when: 'never' },
    summary: 'Cards that may be the same customer: same code, same phone, or the same name in other characters.',
    input: z.strictObject({ kind: customerKind, values: fieldValues, except: customerNumber.optional() }),
    output: z.strictObject({
      similar: z.array(
        z.strictObject({
          number: customerNumber,
          name: z.string(),
          because: z.enum(['code', 'phone', 'name']),
          /** Field of what was typed that both share. */
          field: z.string(),
          /** `script`: in other characters · `legalForm`, `place`: but for that · `similar`: but for a character or a few. */
          how: z.enum(['same', 'script', 'legalForm', 'place', 'similar']),
        }),
      ),
    }),
  }),
  'customers.numberGaps': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'card.numberGaps', when: 'never' },
    summary: 'Gaps in the sequence of registration numbers, reported and not filled (C1).',
    input: nothing,
    output: z.strictObject({
      gaps: z.array(z.strictObject({ kind: customerKind, from: customerNumber, to: customerNumber })),
    }),
  }),
};
