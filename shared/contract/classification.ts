import { z } from 'zod';
import { CLASS_FIELDS } from '../domain/classification.ts';
import { TIER_COMPARISONS, TIER_FIGURES } from '../domain/tier-rules.ts';
import { cardWords } from './card-words.ts';
import { day, done, instant, nothing, page, shortText } from './common.ts';
import { customerSelection } from './customer-lists.ts';
import { customerNumber, tier } from './customers.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;
const CLASSIFYING = ['keeper'] as const;

export const classField = z.enum(CLASS_FIELDS);
const chosen = {
  field: classField,
  /** A value of the field's options, for a salesperson the id of the staff register; empty takes the class away where that is allowed. */
  value: z.string().max(60),
  numbers: z.array(customerNumber).min(1).max(5_000).optional(),
  /** Instead of numbers: what a list of cards shows. */
  selection: customerSelection.optional(),
};
const act = z.strictObject({
  id: z.int(),
  at: instant,
  by: z.string(),
  field: classField,
  value: z.string(),
  reason: z.string(),
  customers: z.int(),
  undoneAt: instant.nullable(),
});

export const tierRules = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        tier,
        conditions: z
          .array(
            z.strictObject({
              figure: z.enum(TIER_FIGURES),
              comparison: z.enum(TIER_COMPARISONS),
              value: z.number().min(0).max(1e15),
            }),
          )
          .min(1)
          .max(6),
      }),
    )
    .max(12),
  otherwise: tier,
  bands: z.tuple([z.number().min(1).max(99), z.number().min(1).max(100)]),
});
const figures = z.strictObject({
  salesLastYear: z.number(),
  ordersLastYear: z.int(),
  share: z.number(),
  cumulativeShare: z.number(),
  yearsOfDealing: z.number(),
  directExport: z.int(),
  band: z.enum(['a', 'b', 'c']),
});
const tierProposal = z.strictObject({
  id: z.int(),
  customer: customerNumber,
  customerName: cardWords,
  from: tier,
  to: tier,
  figures,
  rulesVersion: z.int(),
  at: instant,
});
const routeStop = z.strictObject({
  number: customerNumber,
  name: cardWords,
  routeOrder: z.number().nullable(),
  tier,
  contact: cardWords,
  phone: cardWords,
  address: cardWords,
  lastVisit: day.nullable(),
});

/** Nature, grade, route order, tier with reasons and history; proposals from figures; route sheets (K1–K4). */
export const classificationOperations = {
  'classification.preview': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'classification.preview', when: 'never' },
    summary: 'What classing many customers at once would change: from which class to which; nothing is written.',
    input: z.strictObject(chosen),
    output: z.strictObject({
      changes: z.array(z.strictObject({ number: customerNumber, name: cardWords, from: z.string(), to: z.string() })),
      unchanged: z.int(),
      /** Cards that do not have this field, or that do not exist. */
      unfit: z.array(z.strictObject({ number: customerNumber, reason: z.enum(['noField', 'unknown']) })),
    }),
  }),
  'classification.apply': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: CLASSIFYING,
    changes: ['customers', 'classification'],
    audit: { type: 'classification.apply', when: 'always' },
    summary:
      'Classes customers, one or many, with the reason (K3); only this field is touched, and the act can be undone as one.',
    input: z.strictObject({ ...chosen, reason: shortText.min(1) }),
    output: z.strictObject({ act: z.int(), changed: z.int(), unchanged: z.int() }),
  }),
  'classification.undo': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: CLASSIFYING,
    changes: ['customers', 'classification'],
    audit: { type: 'classification.undo', when: 'always' },
    summary: 'Gives the customers of one act their former class back; those classed anew since then keep theirs.',
    input: z.strictObject({ act: z.int(), reason: shortText.default('') }),
    output: z.strictObject({ undone: z.int(), kept: z.array(customerNumber) }),
  }),
  'classification.acts': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'classification.acts', when: 'never' },
    summary: 'Acts of classing, newest first.',
    input: z.strictObject({ ...page }),
    output: z.strictObject({ acts: z.array(act), total: z.int() }),
  }),
  'classification.history': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'classification.history', when: 'never' },
    summary:
      'Every class a customer has had, with reason, newest first (K3), and where it stands in the composition of sales (K1).',
    input: z.strictObject({ number: customerNumber }),
    output: z.strictObject({
      classes: z.record(classField, z.string()),
      changes: z.array(
        z.strictObject({
          at: instant,
          by: z.string(),
          field: z.string(),
          from: z.string(),
          to: z.string(),
          reason: z.string(),
        }),
      ),
      composition: figures,
    }),
  }),
  'tierRules.get': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'tierRules.get', when: 'never' },
    summary: 'The rules that propose a tier from figures, with their versions.',
    input: nothing,
    output: z.strictObject({
      version: z.int(),
      rules: tierRules,
      versions: z.array(z.strictObject({ version: z.int(), at: z.string(), by: z.string(), reason: z.string() })),
    }),
  }),
  'tierRules.save': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['classification'],
    audit: { type: 'tierRules.save', when: 'always' },
    summary: 'Makes a new version of the rules, with the reason.',
    input: z.strictObject({ rules: tierRules, reason: shortText.min(1) }),
    output: z.strictObject({ version: z.int() }),
  }),
  'tierRules.propose': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['classification'],
    audit: { type: 'tierRules.propose', when: 'always' },
    summary: 'Proposes a tier for every customer whose figures of the last twelve months call for another one.',
    input: nothing,
    output: z.strictObject({ customers: z.int(), proposed: z.int() }),
  }),
  'tierProposals.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'tierProposal.list', when: 'never' },
    summary: 'Proposed tiers that nobody has decided on, with the figures behind them.',
    input: z.strictObject({ ...page }),
    output: z.strictObject({ rows: z.array(tierProposal), total: z.int() }),
  }),
  'tierProposals.decide': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: CLASSIFYING,
    changes: ['customers', 'classification'],
    audit: { type: 'tierProposal.decide', when: 'always' },
    summary: 'Accepts one proposed tier onto the card, with its figures as the reason, or dismisses it.',
    input: z.strictObject({ id: z.int(), accept: z.boolean(), reason: shortText.default('') }),
    output: done,
  }),
  'routes.people': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'route.people', when: 'never' },
    summary: 'Whose routes there are: staff whom cards name as salesperson, with how many customers.',
    input: nothing,
    output: z.strictObject({
      people: z.array(z.strictObject({ staffId: z.int(), name: z.string(), customers: z.int() })),
    }),
  }),
  'routes.get': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'route.get', when: 'never' },
    summary: "A salesperson's customers in the order in which they are visited (K1, K4).",
    input: z.strictObject({ staffId: z.int() }),
    output: z.strictObject({ staffId: z.int(), staff: z.string(), stops: z.array(routeStop) }),
  }),
  'routes.save': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: CLASSIFYING,
    changes: ['customers', 'classification'],
    audit: { type: 'route.save', when: 'always' },
    summary:
      'Puts a salesperson’s customers into another visiting order, with the reason; cards keep their former place in the history.',
    input: z.strictObject({
      staffId: z.int(),
      numbers: z.array(customerNumber).min(1).max(2_000),
      reason: shortText.min(1),
    }),
    output: z.strictObject({ changed: z.int() }),
  }),
};
