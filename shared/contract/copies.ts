import { z } from 'zod';
import { CONDITIONS } from '../domain/condition.ts';
import { COPY_STATES, DESTRUCTION_METHODS, ISSUE_REFUSALS, RECIPIENT_ROLES } from '../domain/issued-copies.ts';
import { agreement, agreementStanding, agreementStatement } from './agreements.ts';
import { cardWords } from './card-words.ts';
import { customerKind, day, instant, longText, page, role, sha256, shortText } from './common.ts';
import { customerNumber } from './customers.ts';
import { referenceCode } from './dossiers.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;
/** Whoever may read what a copy holds. */
const READING = ['keeper', 'supervisor'] as const;

export const recipientRole = z.enum(RECIPIENT_ROLES);
const copyCondition = z.enum(CONDITIONS).exclude(['lost']);
const number = z.string().min(1).max(40);

const recipient = z.strictObject({
  id: z.int(),
  number: z.string(),
  name: z.string(),
  department: z.string(),
  position: z.string(),
  role: recipientRole,
});
const requestedCustomer = z.strictObject({ number: customerNumber, kind: customerKind, name: cardWords });
const requestedPaper = z.strictObject({
  code: referenceCode,
  customer: customerNumber,
  title: cardWords,
  pages: z.int(),
  /** Pages of its scans, which go with the copy; 0: paper only, a photocopy is added by hand. */
  scannedPages: z.int(),
  original: z.boolean(),
});

export const copyRequest = z.strictObject({
  requestNumber: z.string(),
  recipient,
  purpose: z.string(),
  customers: z.array(requestedCustomer),
  papers: z.array(requestedPaper),
  recoverBy: day,
  note: z.string(),
  requestedAt: instant,
  requestedBy: z.string(),
  /** `waiting`: nobody has consented to exactly this · `consented` · `issued`: the copy is made · `cancelled` */
  state: z.enum(['waiting', 'consented', 'issued', 'cancelled']),
  standing: agreementStanding.shape.standing,
  consentBy: z.string().nullable(),
  copyNumber: z.string().nullable(),
  cancelledReason: z.string(),
});
export type CopyRequest = z.infer<typeof copyRequest>;

export const issuedCopy = z.strictObject({
  copyNumber: z.string(),
  requestNumber: z.string(),
  recipient,
  purpose: z.string(),
  customers: z.array(requestedCustomer),
  papers: z.array(requestedPaper),
  consent: z.strictObject({
    number: z.string(),
    name: z.string(),
    role,
    givenAt: instant,
    manner: agreement.shape.manner,
  }),
  madeAt: instant,
  madeBy: z.string(),
  pages: z.int(),
  sha256,
  recoverBy: day,
  deliveredAt: instant.nullable(),
  deliveredBy: z.string(),
  /** Who signed the receipt, where it is filed. */
  receivedBy: z.string(),
  receiptPaper: z.string().nullable(),
  reminders: z.array(z.strictObject({ at: instant, method: z.string() })),
  missingSince: instant.nullable(),
  missingStatement: z.string(),
  closedAt: instant.nullable(),
  closedBy: z.string(),
  pagesBack: z.int().nullable(),
  condition: z.string().nullable(),
  method: z.string().nullable(),
  witness: z.string(),
  evidence: z.string(),
  evidencePaper: z.string().nullable(),
  state: z.enum(COPY_STATES),
  overdue: z.boolean(),
  daysOverdue: z.int(),
  /** The recovery round that it is in and not yet settled. */
  round: z.string().nullable(),
});
export type IssuedCopy = z.infer<typeof issuedCopy>;

const wanted = {
  recipientId: z.int(),
  recipientRole,
  purpose: z.string().min(1).max(2_000),
  customers: z.array(customerNumber).min(1).max(200),
  papers: z.array(referenceCode).max(100).default([]),
  recoverBy: day.optional(),
  note: longText.default(''),
};
const KEEPER = {
  kind: 'command',
  sessions: ['desk'],
  roles: ['keeper'],
  changes: ['copies'],
} as const;

/** Issued copies (I1–I3): request → consent → numbered copy → receipt → recovery or destruction. */
export const copyOperations = {
  'copies.recipient': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: READING,
    audit: { type: 'copy.recipient', when: 'never' },
    summary: 'What a person may receive, until when, and why not: their role, what they hold, what is overdue.',
    input: z.strictObject({
      staffId: z.int(),
      recipientRole: recipientRole.optional(),
      customers: z.array(customerNumber).max(100).default([]),
      papers: z.array(referenceCode).max(100).default([]),
    }),
    output: z.strictObject({
      recipient,
      recoverBy: day,
      /** Message keys `issueRefusal.<reason>`. */
      refusals: z.array(z.enum(ISSUE_REFUSALS)),
      held: z.int(),
    }),
  }),
  'copies.request': operation({
    ...KEEPER,
    audit: { type: 'copy.request', when: 'always' },
    summary:
      'Takes a request for a copy: recipient, role, customers, purpose, day by which it is back. An original is refused (I3).',
    input: z.strictObject(wanted),
    output: copyRequest,
  }),
  'copies.changeRequest': operation({
    ...KEEPER,
    audit: { type: 'copy.changeRequest', when: 'always' },
    summary: 'Changes a request whose copy is not made; a consent to what it said before no longer holds.',
    input: z.strictObject({ requestNumber: number, ...wanted }),
    output: copyRequest,
  }),
  'copies.cancelRequest': operation({
    ...KEEPER,
    changes: ['copies', 'agreements'],
    audit: { type: 'copy.cancelRequest', when: 'always' },
    summary: 'Cancels a request, with the reason; a consent that was given for it is taken back.',
    input: z.strictObject({ requestNumber: number, reason: shortText.min(1) }),
    output: copyRequest,
  }),
  'copies.requests': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'copy.requests', when: 'never' },
    summary: 'Requests: open ones, or all.',
    input: z.strictObject({ state: z.enum(['open', 'all']).default('open'), ...page }),
    output: z.strictObject({ requests: z.array(copyRequest), total: z.int() }),
  }),
  'copies.getRequest': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'copy.getRequest', when: 'never' },
    summary: 'One request, the statement that the account manager consents to, and how the consent stands.',
    input: z.strictObject({ requestNumber: number }),
    output: z.strictObject({
      request: copyRequest,
      statement: agreementStatement,
      sha256,
      ...agreementStanding.shape,
      refusals: z.array(z.enum(ISSUE_REFUSALS)),
    }),
  }),
  'copies.make': operation({
    ...KEEPER,
    changes: ['copies', 'agreements'],
    audit: { type: 'copy.make', when: 'always' },
    summary:
      'Makes the numbered, watermarked copy of a request, once, for exactly what the account manager has consented to (I1, I2). The document is released once.',
    input: z.strictObject({ requestNumber: number }),
    output: z.strictObject({
      copy: issuedCopy,
      document: z.string(),
      pages: z.int(),
      bytes: z.int(),
      name: z.string(),
      missingGlyphs: z.array(z.string()),
    }),
  }),
  'copies.deliver': operation({
    ...KEEPER,
    audit: { type: 'copy.deliver', when: 'always' },
    summary: 'Hands the copy over: the recipient has signed the receipt.',
    input: z.strictObject({
      copyNumber: number,
      receivedBy: z.string().min(1).max(100).optional(),
      receiptPaper: z.string().max(60).optional(),
    }),
    output: issuedCopy,
  }),
  'copies.remind': operation({
    ...KEEPER,
    audit: { type: 'copy.remind', when: 'always' },
    summary: 'Records that the holder was reminded.',
    input: z.strictObject({ copyNumber: number, method: shortText.min(1) }),
    output: issuedCopy,
  }),
  'copies.reportMissing': operation({
    ...KEEPER,
    changes: ['copies', 'breaches', 'loans'],
    audit: { type: 'copy.missing', when: 'always' },
    summary:
      'Records that the holder cannot find the copy, in their own words; they go on answering for it, and a breach case opens (B3).',
    input: z.strictObject({ copyNumber: number, statement: z.string().min(1).max(2_000) }),
    output: issuedCopy,
  }),
  'copies.recover': operation({
    ...KEEPER,
    audit: { type: 'copy.recover', when: 'always' },
    summary: 'Takes a copy back: pages counted, condition, evidence. Fewer pages than issued need the condition said.',
    input: z.strictObject({
      copyNumber: number,
      pagesBack: z.int().min(0),
      condition: copyCondition.default('intact'),
      evidence: z.string().max(2_000).default(''),
      evidencePaper: z.string().max(60).optional(),
    }),
    output: issuedCopy,
  }),
  'copies.undoRecovery': operation({
    ...KEEPER,
    audit: { type: 'copy.undoRecovery', when: 'always' },
    summary:
      'Takes a recovery back within ten minutes when it was entered for the wrong copy; both acts stay in the log.',
    input: z.strictObject({ copyNumber: number }),
    output: issuedCopy,
  }),
  'copies.destroy': operation({
    ...KEEPER,
    audit: { type: 'copy.destroy', when: 'always' },
    summary: 'Records that a copy was destroyed: how, before which witness, on what evidence.',
    input: z.strictObject({
      copyNumber: number,
      method: z.enum(DESTRUCTION_METHODS),
      witnessId: z.int(),
      evidence: z.string().min(1).max(2_000),
      evidencePaper: z.string().max(60).optional(),
    }),
    output: issuedCopy,
  }),
  'copies.writeOffStatement': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: READING,
    audit: { type: 'copy.writeOffStatement', when: 'never' },
    summary: 'What a supervisor agrees to when a missing copy is written off.',
    input: z.strictObject({ copyNumber: number, reason: z.string().min(1).max(2_000) }),
    output: z.strictObject({ statement: agreementStatement, ...agreementStanding.shape }),
  }),
  'copies.writeOff': operation({
    ...KEEPER,
    changes: ['copies', 'agreements'],
    audit: { type: 'copy.writeOff', when: 'always' },
    summary: 'Writes a missing copy off, with the agreement of a supervisor.',
    input: z.strictObject({ copyNumber: number, reason: z.string().min(1).max(2_000) }),
    output: issuedCopy,
  }),
  'copies.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'copy.list', when: 'never' },
    summary: 'Issued copies: open, overdue, settled, all.',
    input: z.strictObject({
      state: z.enum(['open', 'overdue', 'settled', 'all']).default('open'),
      text: z.string().max(200).default(''),
      recipientId: z.int().optional(),
      customer: customerNumber.optional(),
      ...page,
    }),
    output: z.strictObject({ copies: z.array(issuedCopy), total: z.int() }),
  }),
  'copies.get': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'copy.get', when: 'never' },
    summary: 'One issued copy.',
    input: z.strictObject({ copyNumber: number }),
    output: issuedCopy,
  }),
  'holdings.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'holding.list', when: 'never' },
    summary: 'Who holds what at this moment: every issued copy and every loan that is out, by holder.',
    input: z.strictObject({ text: z.string().max(200).default(''), staffId: z.int().optional(), ...page }),
    output: z.strictObject({
      holdings: z.array(
        z.strictObject({
          kind: z.enum(['copy', 'loan']),
          number: z.string(),
          staffId: z.int(),
          holder: z.string(),
          department: z.string(),
          title: cardWords,
          since: instant,
          due: day,
          overdue: z.boolean(),
          daysOverdue: z.int(),
          missing: z.boolean(),
        }),
      ),
      holders: z.int(),
      total: z.int(),
    }),
  }),
};
