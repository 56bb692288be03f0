import { z } from 'zod';
import { FLAG_REASONS, OUTCOMES, REVISION_SOURCES } from '../domain/revision.ts';
import { WATCH_KINDS } from '../domain/watched-changes.ts';
import { agreementStanding, agreementStatement } from './agreements.ts';
import { customerKind, day, done, instant, page, secret, shortText } from './common.ts';
import { customerNumber, tier } from './customers.ts';
import { operation } from './operation.ts';

const WORKERS = ['keeper', 'supervisor'] as const;

export const outcome = z.enum(OUTCOMES);
export const flagReason = z.enum(FLAG_REASONS);
const campaignNumber = z.string().min(1).max(40);

/** What a campaign takes in; frozen at its start. */
export const revisionScope = z.strictObject({
  kinds: z.array(customerKind).min(1).max(2).default(['enterprise', 'individual']),
  tiers: z.array(tier).min(1).max(3).default(['key', 'special', 'general']),
  /** Only cards whose review is due by then; null: all. */
  dueBy: day.nullable().default(null),
});

const counts = z.strictObject({
  total: z.int(),
  open: z.int(),
  confirmed: z.int(),
  corrected: z.int(),
  flagged: z.int(),
  notReachable: z.int(),
});

export const campaign = z.strictObject({
  number: z.string(),
  title: z.string(),
  scope: revisionScope,
  state: z.enum(['open', 'paused', 'closed', 'discarded']),
  dueOn: day,
  startedAt: instant,
  startedBy: z.string(),
  closedAt: instant.nullable(),
  signedBy: z.string(),
  signedRole: z.string(),
  agreement: z.string(),
  remark: z.string(),
  counts,
  pauses: z.array(z.strictObject({ from: instant, to: instant.nullable(), reason: z.string(), by: z.string() })),
});
export type Campaign = z.infer<typeof campaign>;

const inquiryInput = z.strictObject({
  askedOn: day,
  source: z.enum(REVISION_SOURCES),
  /** Who was asked, or what was looked at. */
  asked: z.string().min(1).max(200),
  reached: z.boolean().default(true),
  answer: z.string().max(2_000).default(''),
});
export const inquiry = z.strictObject({
  askedOn: day,
  source: z.string(),
  asked: z.string(),
  reached: z.boolean(),
  answer: z.string(),
  at: instant,
  by: z.string(),
});

export const revisionRow = z.strictObject({
  position: z.int(),
  number: customerNumber,
  name: z.string(),
  kind: customerKind,
  tier,
  reviewDue: day,
  place: z.string(),
  outcome,
  flag: z.string(),
  note: z.string(),
  settledAt: instant.nullable(),
  settledBy: z.string().nullable(),
  /** Facts changed since the scope was frozen. */
  changed: z.int(),
  /** Open flags of changes worth watching. */
  watch: z.int(),
  inquiries: z.int(),
});
export type RevisionLine = z.infer<typeof revisionRow>;

export const watchFlag = z.strictObject({
  id: z.int(),
  number: customerNumber,
  name: z.string(),
  kind: z.enum(WATCH_KINDS),
  fields: z.array(z.string()),
  raisedAt: instant,
  raisedBy: z.string(),
  settledAt: instant.nullable(),
  settledBy: z.string().nullable(),
  note: z.string(),
});
export type WatchFlag = z.infer<typeof watchFlag>;

const ofCampaign = { campaign: campaignNumber };
const ofCard = { campaign: campaignNumber, number: customerNumber };
const settled = z.strictObject({ row: revisionRow, next: customerNumber.nullable(), counts });

/** Full revision of the cards (全面修訂核查, M2) and changes worth watching (M1). */
export const revisionOperations = {
  'revisions.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: WORKERS,
    audit: { type: 'revision.list', when: 'never' },
    summary: 'Revision campaigns, newest first, and when the next one is due.',
    input: z.strictObject({ ...page }),
    output: z.strictObject({ campaigns: z.array(campaign), total: z.int(), nextDue: day.nullable() }),
  }),
  'revisions.proposal': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: WORKERS,
    audit: { type: 'revision.proposal', when: 'never' },
    summary: 'What a campaign with this scope would take in, and the day by which it should be done.',
    input: revisionScope,
    output: z.strictObject({ cards: z.int(), stale: z.int(), dueOn: day }),
  }),
  'revisions.start': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['revision'],
    audit: { type: 'revision.start', when: 'always' },
    summary: 'Starts a campaign: its scope is frozen, each card has its place in the order of the work (M2).',
    input: z.strictObject({
      title: z.string().max(100).default(''),
      dueOn: day.optional(),
      scope: revisionScope.prefault({}),
    }),
    output: campaign,
  }),
  'revisions.rows': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: WORKERS,
    audit: { type: 'revision.rows', when: 'never' },
    summary: 'Cards of a campaign in the order of the work: by tier, staleness and place in the cabinet.',
    input: z.strictObject({
      ...ofCampaign,
      outcome: outcome.optional(),
      flag: flagReason.optional(),
      text: z.string().max(200).default(''),
      ...page,
    }),
    output: z.strictObject({ rows: z.array(revisionRow), total: z.int() }),
  }),
  'revisions.card': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: WORKERS,
    audit: { type: 'revision.card', when: 'never' },
    summary: 'One card of a campaign: who was asked, what should be watched, how it ended the last time.',
    input: z.strictObject(ofCard),
    output: z.strictObject({
      row: revisionRow,
      inquiries: z.array(inquiry),
      watch: z.array(watchFlag),
      licenceUntil: z.string().nullable(),
      last: z
        .strictObject({
          campaign: z.string(),
          outcome,
          flag: z.string(),
          settledAt: instant.nullable(),
          asked: z.string(),
        })
        .nullable(),
    }),
  }),
  'revisions.inquire': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['revision'],
    audit: { type: 'revision.inquire', when: 'always' },
    summary: 'Records who was asked about a card and what came of it, reached or not.',
    input: z.strictObject({ ...ofCard, inquiry: inquiryInput }),
    output: revisionRow,
  }),
  'revisions.settle': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['revision', 'customers'],
    audit: { type: 'revision.settle', when: 'always' },
    summary: 'A card ends as confirmed, corrected or flagged; confirming renews the date of its facts (C6).',
    input: z.strictObject({
      ...ofCard,
      outcome: z.enum(['confirmed', 'corrected', 'flagged']),
      flag: flagReason.optional(),
      note: z.string().max(2_000).default(''),
      inquiry: inquiryInput.optional(),
    }),
    output: settled,
  }),
  'revisions.undo': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['revision', 'customers'],
    audit: { type: 'revision.undo', when: 'always' },
    summary:
      'Takes a settlement back while its campaign runs and the card has not changed since; its facts have their former dates again.',
    input: z.strictObject(ofCard),
    output: settled,
  }),
  'revisions.pause': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['revision'],
    audit: { type: 'revision.pause', when: 'always' },
    summary: 'Pauses a campaign with the reason; it does not nag meanwhile.',
    input: z.strictObject({ ...ofCampaign, reason: shortText.min(1) }),
    output: campaign,
  }),
  'revisions.resume': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['revision'],
    audit: { type: 'revision.resume', when: 'always' },
    summary: 'Goes on with a paused campaign, by another day if wanted.',
    input: z.strictObject({ ...ofCampaign, dueOn: day.optional() }),
    output: campaign,
  }),
  'revisions.discard': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['revision'],
    audit: { type: 'revision.discard', when: 'always' },
    summary: 'Gives up a campaign in which nothing has been settled, with the reason; its number stays.',
    input: z.strictObject({ ...ofCampaign, reason: shortText.min(1) }),
    output: campaign,
  }),
  'revisions.signOff': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: WORKERS,
    audit: { type: 'revision.signOff', when: 'never' },
    summary:
      'What a supervisor signs off, and how it stands; without any supervisor the keeper signs with the own secret.',
    input: z.strictObject(ofCampaign),
    output: z.strictObject({
      statement: agreementStatement,
      ...agreementStanding.shape,
      /** Nobody is admitted as a supervisor: the keeper's own fresh secret closes it. */
      ownSecret: z.boolean(),
    }),
  }),
  'revisions.close': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: WORKERS,
    changes: ['revision'],
    audit: { type: 'revision.close', when: 'always' },
    summary: 'Closes a campaign without open rows, signed off by a supervisor (M2).',
    input: z.strictObject({ ...ofCampaign, remark: z.string().max(2_000).default(''), secret: secret.optional() }),
    output: campaign,
  }),
  'revisions.compare': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: WORKERS,
    audit: { type: 'revision.compare', when: 'never' },
    summary: 'A campaign beside the one before: counts, days, what was corrected most, who was flagged again.',
    input: z.strictObject(ofCampaign),
    output: z.strictObject({
      current: z.strictObject({ number: z.string(), counts, days: z.int() }),
      previous: z.strictObject({ number: z.string(), counts, days: z.int() }).nullable(),
      /** In the scope now and not then, and the other way round. */
      added: z.int(),
      gone: z.int(),
      flaggedAgain: z.array(
        z.strictObject({ number: customerNumber, name: z.string(), flag: z.string(), lastFlag: z.string() }),
      ),
      flaggedAgainTotal: z.int(),
      corrected: z.array(z.strictObject({ kind: customerKind, field: z.string(), count: z.int(), before: z.int() })),
    }),
  }),
  'watch.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: WORKERS,
    audit: { type: 'watch.list', when: 'never' },
    summary: 'Changes worth watching: person in charge, licence, legal form, market.',
    input: z.strictObject({ open: z.boolean().default(true), number: customerNumber.optional(), ...page }),
    output: z.strictObject({ flags: z.array(watchFlag), total: z.int() }),
  }),
  'watch.settle': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['revision'],
    audit: { type: 'watch.settle', when: 'always' },
    summary: 'A change worth watching was looked at: what was done about it.',
    input: z.strictObject({ id: z.int(), note: shortText.min(1) }),
    output: done,
  }),
};
