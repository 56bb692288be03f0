import { z } from 'zod';
import { RETENTION_TRIGGERS } from '../domain/retention.ts';
import { agreementStanding, agreementStatement } from './agreements.ts';
import { cardWords } from './card-words.ts';
import { day, dossierClass, instant, longText, page, shortText, year } from './common.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;
const number = z.string().min(1).max(40);
const code = z.string().min(1).max(60);

export const retentionRule = z.strictObject({
  type: z.string(),
  class: dossierClass,
  /** Null: permanent. */
  years: z.int().min(1).max(100).nullable(),
  /** From when it counts: 1 January after the volume's year, after the end of dealings, after the debt is settled. */
  trigger: z.enum(RETENTION_TRIGGERS),
  basis: z.string(),
  /** True while nobody has set another one. */
  isProposal: z.boolean(),
  at: instant.nullable(),
  by: z.string(),
});

/** Why something may not be destroyed. */
export const disposalBlocker = z.strictObject({
  reason: z.enum(['notExpired', 'openLoan', 'openDebt', 'legalHold']),
  /** Loans, customers. */
  detail: z.string(),
});

export const disposalThing = z.strictObject({
  kind: z.enum(['volume', 'paper']),
  code,
  title: cardWords,
  year,
  class: dossierClass,
  retention: z.string(),
  startsOn: day.nullable(),
  /** Null: permanent, or its event is still to come. */
  endsOn: day.nullable(),
  extendedUntil: day.nullable(),
  papers: z.int(),
  pages: z.int(),
  /** Number of the draft that it stands on. */
  listed: z.string().nullable(),
  blockers: z.array(disposalBlocker),
});
export type DisposalThingShown = z.infer<typeof disposalThing>;

export const disposalList = z.strictObject({
  number,
  state: z.enum(['draft', 'destroyed', 'cancelled']),
  draftedAt: instant,
  draftedBy: z.string(),
  remark: z.string(),
  items: z.int(),
  pages: z.int(),
  approvedBy: z.string(),
  witnessedBy: z.string(),
  endedAt: instant.nullable(),
  endedBy: z.string(),
  endedReason: z.string(),
});
export type DisposalList = z.infer<typeof disposalList>;

const consent = z.strictObject({ statement: agreementStatement, ...agreementStanding.shape });

export const hold = z.strictObject({
  id: z.int(),
  /** Number of the customer, or code of the volume. */
  subject: z.string(),
  name: cardWords,
  reason: z.string(),
  placedAt: instant,
  placedBy: z.string(),
  liftedAt: instant.nullable(),
  liftedBy: z.string(),
  liftedReason: z.string(),
});

/** Retention (§7.7) and disposal (§7.9, Y2): the schedule, what is due, holds, and lists that two more people agree to. */
export const disposalOperations = {
  'retention.get': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'retention.view', when: 'never' },
    summary: 'The retention schedule: for each document type its period, what it counts from, and its basis.',
    input: z.strictObject({}),
    output: z.strictObject({ rules: z.array(retentionRule) }),
  }),
  'retention.set': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['disposals'],
    audit: { type: 'retention.set', when: 'always' },
    summary: 'Sets the retention period of a document type, for papers filed from now on.',
    input: z.strictObject({
      type: z.string().max(60),
      years: z.int().min(1).max(100).nullable(),
      trigger: z.enum(RETENTION_TRIGGERS),
      basis: shortText.default(''),
      reason: shortText.min(1),
    }),
    output: retentionRule,
  }),
  'disposals.due': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'disposal.due', when: 'never' },
    summary:
      'Volumes and papers taken out whose retention has ended, or will end within some months, and what stands against it.',
    input: z.strictObject({ months: z.int().min(0).max(1_200).default(0), ...page }),
    output: z.strictObject({ things: z.array(disposalThing), total: z.int() }),
  }),
  'disposals.extend': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['disposals'],
    audit: { type: 'disposal.extend', when: 'always' },
    summary: 'Keeps a volume or a paper longer, until a day, with the reason of the appraisal.',
    input: z.strictObject({ code, until: day, reason: shortText.min(1) }),
    output: disposalThing,
  }),
  'holds.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'hold.list', when: 'never' },
    summary: 'Holds: customers and volumes of which nothing may be destroyed.',
    input: z.strictObject({ onlyStanding: z.boolean().default(false), ...page }),
    output: z.strictObject({ holds: z.array(hold), total: z.int() }),
  }),
  'holds.place': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['disposals'],
    audit: { type: 'hold.place', when: 'always' },
    summary: 'Holds everything of a customer, or one volume, against disposal.',
    input: z.strictObject({ subject: z.string().min(1).max(60), reason: shortText.min(1) }),
    output: hold,
  }),
  'holds.lift': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['supervisor', 'keeper'],
    changes: ['disposals'],
    audit: { type: 'hold.lift', when: 'always' },
    summary: 'Lifts a hold, with the reason.',
    input: z.strictObject({ id: z.int(), reason: shortText.min(1) }),
    output: hold,
  }),
  'disposals.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'disposal.list', when: 'never' },
    summary: 'Disposal lists, newest first; they are kept permanently.',
    input: z.strictObject({ ...page }),
    output: z.strictObject({ lists: z.array(disposalList), total: z.int() }),
  }),
  'disposals.get': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'disposal.view', when: 'never' },
    summary: 'A disposal list with its lines, what stands against each, and the two agreements that it needs.',
    input: z.strictObject({ number }),
    output: z.strictObject({ list: disposalList, things: z.array(disposalThing), approval: consent, witness: consent }),
  }),
  'disposals.draft': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['disposals'],
    audit: { type: 'disposal.draft', when: 'always' },
    summary:
      'Draws up a disposal list (銷毀清冊) of things whose retention has ended and against which nothing stands.',
    input: z.strictObject({ codes: z.array(code).min(1).max(500), remark: longText.default('') }),
    output: disposalList,
  }),
  'disposals.cancel': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['disposals', 'agreements'],
    audit: { type: 'disposal.cancel', when: 'always' },
    summary: 'Gives a draft up; what was agreed to about it is taken back.',
    input: z.strictObject({ number, reason: shortText.min(1) }),
    output: disposalList,
  }),
  'disposals.destroy': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['disposals', 'volumes', 'dossiers', 'scans', 'agreements'],
    audit: { type: 'disposal.destroy', when: 'always' },
    summary:
      'Destroys what stands on a list that two different people have agreed to: keys discarded, files overwritten and removed, catalogue rows kept.',
    input: z.strictObject({ number, remark: shortText.default('') }),
    output: z.strictObject({ list: disposalList, volumes: z.int(), papers: z.int(), files: z.int() }),
  }),
};
