import { z } from 'zod';
import { AGREEMENT_KINDS, AGREEMENT_STATES } from '../domain/agreements.ts';
import { statementLine } from './card-words.ts';
import { cardCode } from './code-cards.ts';
import { day, instant, login, longText, page, role, secret, sha256, shortText } from './common.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;
const ASKING = ['keeper', 'supervisor'] as const;

export const agreementKind = z.enum(AGREEMENT_KINDS);
/** What is agreed to, as the operation of the matter answers it (`copies.consentStatement` …) and as the person reads it. */
export const agreementStatement = z.strictObject({
  kind: agreementKind,
  subject: z.string().min(1).max(200),
  purpose: z.string().min(1).max(2_000),
  lines: z.array(statementLine).min(1).max(1_000),
});

export const agreement = z.strictObject({
  number: z.string(),
  statement: agreementStatement,
  sha256,
  /** How it was given: an own secret typed here, a signed paper, or announced by whoever acts alone. */
  manner: z.enum(['secret', 'paper', 'announced']),
  name: z.string(),
  login: z.string().nullable(),
  role,
  givenAt: instant,
  /** Announced: from when it can be used. */
  usableFrom: instant.nullable(),
  validUntil: instant,
  /** Day on the signed paper, and the catalogue entry under which it is filed. */
  signedOn: day.nullable(),
  paperCode: z.string().nullable(),
  recordedBy: z.string(),
  note: z.string(),
  usedAt: instant.nullable(),
  usedFor: z.string(),
  withdrawnAt: instant.nullable(),
  withdrawnReason: z.string(),
  state: z.enum(AGREEMENT_STATES),
});
export type Agreement = z.infer<typeof agreement>;

/** How a matter stands with its agreement, for the screens of those who need one. */
export const agreementStanding = z.strictObject({
  standing: z.enum([...AGREEMENT_STATES, 'changed', 'none']),
  agreement: agreement.nullable(),
});

/** Another person agrees (I1, B1, G3, M2, M3, R71). */
export const agreementOperations = {
  'agreements.people': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'agreement.people', when: 'never' },
    summary: 'Who may agree to a matter of this kind, with an own secret or by a signed paper.',
    input: z.strictObject({ kind: agreementKind }),
    output: z.strictObject({
      roles: z.array(role),
      /** Whoever may sign here, without the person at the desk. */
      people: z.array(z.strictObject({ login, displayName: z.string(), role })),
      paper: z.boolean(),
      paperDays: z.int(),
      validHours: z.int(),
    }),
  }),
  'agreements.give': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ASKING,
    changes: ['agreements'],
    whileDamaged: true,
    audit: { type: 'agreement.give', when: 'always' },
    summary:
      'Another person agrees with an own secret, typed at this machine; the entry in the log carries their signature.',
    input: z.strictObject({ statement: agreementStatement, login, secret, code: cardCode }),
    output: agreement,
  }),
  'agreements.record': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ASKING,
    changes: ['agreements'],
    audit: { type: 'agreement.record', when: 'always' },
    summary: 'Records an agreement signed on paper: who, in which role, when, and where the paper is filed.',
    input: z.strictObject({
      statement: agreementStatement,
      staffId: z.int(),
      role,
      signedOn: day,
      paperCode: z.string().max(60).optional(),
      note: longText.default(''),
    }),
    output: agreement,
  }),
  'agreements.withdraw': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ASKING,
    changes: ['agreements'],
    audit: { type: 'agreement.withdraw', when: 'always' },
    summary: 'Takes back an agreement that has not been used, with the reason.',
    input: z.strictObject({ number: z.string().max(40), reason: shortText.min(1) }),
    output: agreement,
  }),
  'agreements.list': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'agreement.list', when: 'never' },
    summary: 'Agreements, newest first; of one matter, or all.',
    input: z.strictObject({ kind: agreementKind.optional(), subject: z.string().max(200).optional(), ...page }),
    output: z.strictObject({ agreements: z.array(agreement), total: z.int() }),
  }),
};
