import { z } from 'zod';
import { agreementStanding, agreementStatement } from './agreements.ts';
import { cardWords } from './card-words.ts';
import { day, done, dossierClass, instant, longText, page, role, shortText } from './common.ts';
import { customerNumber } from './customers.ts';
import { paper, referenceCode } from './dossiers.ts';
import { loanRequest, roomReading } from './loan-queue.ts';
import { condition, loan, loanForm, noticeKind, securityLevel, stays } from './loan-records.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;
const ASKING = ['keeper', 'supervisor'] as const;

const loanNumber = z.string().min(1).max(40);
const purpose = z.string().trim().min(1).max(2_000);
/** What is to be lent: one paper, several, or a whole class or dossier as a binder; exactly one of the three. */
/** Lines of points in a box of 600 × 200. */
const drawnSignature = z
  .array(z.array(z.tuple([z.number().min(0).max(600), z.number().min(0).max(200)])).max(2_000))
  .max(60)
  .default([]);

const lent = {
  code: referenceCode.optional(),
  papers: z
    .array(
      z.strictObject({
        code: referenceCode,
        pagesOut: z.int().min(0).max(100_000).optional(),
        conditionOut: condition.default('intact'),
      }),
    )
    .min(1)
    .max(500)
    .optional(),
  binder: z.strictObject({ customer: customerNumber, class: dossierClass.optional() }).optional(),
  borrowerId: z.int(),
  purpose,
  due: day.optional(),
  /** Why somebody with an overdue paper may take another all the same: a manager agrees to it (B2). */
  override: shortText.trim().default(''),
};

/** Borrowing and returning (B1, B2, L3). */
export const loanOperations = {
  'loans.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'loan.list', when: 'never' },
    summary: 'Loans: out, due soon, overdue, recalled, returned; of a borrower, a customer or a paper.',
    input: z.strictObject({
      state: z.enum(['open', 'dueSoon', 'overdue', 'recalled', 'returned', 'all']).default('open'),
      text: z.string().max(200).default(''),
      borrowerId: z.int().optional(),
      customer: customerNumber.optional(),
      code: referenceCode.optional(),
      ...page,
    }),
    output: z.strictObject({ loans: z.array(loan), total: z.int() }),
  }),
  'loans.get': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'loan.view', when: 'never' },
    summary: 'One loan; of a form with several items the first.',
    input: z.strictObject({ loanNumber }),
    output: loan,
  }),
  'loans.form': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'loan.view', when: 'never' },
    summary: 'A borrow form with all its items and what of a binder stayed.',
    input: z.strictObject({ loanNumber }),
    output: loanForm,
  }),
  'loans.proposal': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    audit: { type: 'loan.proposal', when: 'never' },
    summary:
      'What a typed or scanned code stands for at the counter: a paper, a borrow form, or a customer (or class, E000001#2) as a binder; may it be lent, until when; or is it out and comes back.',
    input: z.strictObject({ code: z.string().min(1).max(60), borrowerId: z.int().optional() }),
    output: z.strictObject({
      kind: z.enum(['paper', 'form', 'binder']),
      paper: paper.nullable(),
      binder: z
        .strictObject({
          customer: customerNumber,
          customerName: cardWords,
          class: dossierClass.nullable(),
          goes: z.array(
            z.strictObject({ code: referenceCode, title: cardWords, pages: z.int(), security: securityLevel }),
          ),
          stays: z.array(stays),
        })
        .nullable(),
      mayLend: z.boolean(),
      /** Message keys `loanRefusal.<reason>`: original, alreadyLent, premisesOnly, notInDossier, reserved, beingRead, nothingLeft, borrowerInactive, openBreach, overdueLoan. */
      refusals: z.array(z.string()),
      due: day.nullable(),
      /** Levels of what would go that ask for another person's approval. */
      approvalLevels: z.array(securityLevel),
      openLoan: loan.nullable(),
      /** The form of the open loan, or the form that was scanned. */
      form: loanForm.nullable(),
      waiting: z.array(loanRequest),
      reading: roomReading.nullable(),
    }),
  }),
  'loans.approval': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ASKING,
    audit: { type: 'loan.approval', when: 'never' },
    summary: 'What another person would have to agree to before this loan, and whether somebody has (B1).',
    input: z.strictObject({ ...lent, lentOn: day.optional() }),
    output: z.strictObject({
      needed: z.boolean(),
      levels: z.array(securityLevel),
      statement: agreementStatement,
      ...agreementStanding.shape,
      /** What a second person agrees to after the first; null where one is enough. */
      second: z.strictObject({ statement: agreementStatement, ...agreementStanding.shape }).nullable(),
      /** Who last approved a loan to this borrower by a signed form. */
      lastApprover: z.strictObject({ staffId: z.int(), name: z.string(), role }).nullable(),
    }),
  }),
  'loans.lend': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['loans', 'dossiers', 'agreements'],
    audit: { type: 'loan.lend', when: 'always' },
    summary:
      'Lends copies by the borrow form (B1): one paper, several, or a binder, of which originals stay (L3). Uses up the approval where the level asks for one, or both where it asks for two people.',
    input: z.strictObject({
      ...lent,
      conditionOut: condition.default('intact'),
      pagesOut: z.int().min(0).max(100_000).optional(),
      restriction: shortText.default(''),
      note: longText.default(''),
      /** The signature drawn at the counter; empty: signed on the printed form. */
      signature: drawnSignature,
      /**
       * `done`: signed here (`signature`), or the form lies there signed by hand · `later`: the form is prepared and printed, and what is
       * on it is out once `loans.sign` says that it is signed.
       */
      signed: z.enum(['done', 'later']).default('done'),
      /** A numbered blank form that was filled in by hand, and when. */
      formNumber: loanNumber.optional(),
      lentOn: day.optional(),
    }),
    output: loanForm,
  }),
  'loans.sign': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['loans', 'dossiers'],
    audit: { type: 'loan.sign', when: 'always' },
    summary: 'The borrower has signed the printed form: what is on it is out from now (B1).',
    input: z.strictObject({ loanNumber }),
    output: loanForm,
  }),
  'loans.putBack': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['loans', 'dossiers'],
    audit: { type: 'loan.putBack', when: 'always' },
    summary: 'Nobody signed the prepared form: its papers go back to their places, its number stays taken.',
    input: z.strictObject({ loanNumber, reason: shortText.min(1) }),
    output: loanForm,
  }),
  'loans.return': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['loans', 'dossiers', 'breaches'],
    audit: { type: 'loan.return', when: 'always' },
    summary:
      'Takes items of one form back, all or some: pages counted and condition recorded; a difference needs its words and opens a case (B2, B3).',
    input: z.strictObject({
      /** One item alone. */
      loanNumber: loanNumber.optional(),
      conditionIn: condition.default('intact'),
      pagesIn: z.int().min(0).optional(),
      missingPages: shortText.default(''),
      note: longText.default(''),
      /** It came back on an earlier day, by hand: the lower half of the form says so. Left out: today. */
      returnedOn: day.optional(),
      /** The lower half, signed at the counter; with the return that brings all of the form back. */
      signature: drawnSignature,
      /** Or several. */
      items: z
        .array(
          z.strictObject({
            loanNumber,
            conditionIn: condition.default('intact'),
            pagesIn: z.int().min(0),
            missingPages: shortText.default(''),
            note: longText.default(''),
          }),
        )
        .min(1)
        .max(500)
        .optional(),
    }),
    output: z.strictObject({
      ...loanForm.shape,
      returned: z.array(z.string()),
      /** Cases that this return opened. */
      incidents: z.array(z.string()),
      /** Who is next for what came back, to be told. */
      next: z.array(loanRequest),
    }),
  }),
  'loans.undoReturn': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['loans', 'dossiers', 'breaches'],
    audit: { type: 'loan.undoReturn', when: 'always' },
    summary:
      'Takes a return back within ten minutes when it was entered for the wrong loan; a case it opened is void. Both acts stay in the log.',
    input: z.strictObject({ loanNumber }),
    output: loan,
  }),
  'loans.extensionApproval': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ASKING,
    audit: { type: 'loan.approval', when: 'never' },
    summary: 'May this loan be extended, until when by the rule, and what another person would have to agree to (B2).',
    input: z.strictObject({ loanNumber, due: day.optional(), reason: shortText.default('') }),
    output: z.strictObject({
      /** Message keys `renewalRefusal.<reason>`. */
      refusals: z.array(z.string()),
      proposedDue: day,
      needed: z.boolean(),
      statement: agreementStatement.nullable(),
      ...agreementStanding.shape,
    }),
  }),
  'loans.extend': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['loans', 'agreements'],
    audit: { type: 'loan.extend', when: 'always' },
    summary: 'Extends a loan with the reason, once by default, with the approval that its level asks for (B2).',
    input: z.strictObject({ loanNumber, due: day, reason: shortText.min(1) }),
    output: loan,
  }),
  'loans.recall': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['loans'],
    audit: { type: 'loan.recall', when: 'always' },
    summary: 'Calls an item (or everything of a form) back before its time: an earlier due date, with the reason (B2).',
    input: z.strictObject({ loanNumber, due: day, reason: shortText.min(1) }),
    output: loanForm,
  }),
  'loans.notices': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'loan.list', when: 'never' },
    summary: 'Who has to be told what today: recalled, overdue by steps, due soon; and whose turn has come.',
    input: z.strictObject({ ...page }),
    output: z.strictObject({
      due: z.array(z.strictObject({ loan, kind: noticeKind, step: z.int() })),
      total: z.int(),
      turns: z.array(loanRequest),
    }),
  }),
  'loans.remind': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['loans'],
    audit: { type: 'loan.remind', when: 'always' },
    summary:
      'Records that borrowers were told that something is due soon, overdue (by steps) or recalled; with `letter` their notices are printed, one for each borrower.',
    input: z.strictObject({
      loanNumber: loanNumber.optional(),
      loanNumbers: z.array(loanNumber).min(1).max(500).optional(),
      /** Left out: what is due for each by the rule, else the next overdue reminder. */
      kind: noticeKind.optional(),
      method: shortText.min(1),
      letter: z.boolean().default(false),
    }),
    output: z.strictObject({
      loans: z.array(loan),
      document: z.string().nullable(),
      name: z.string(),
      pages: z.int(),
    }),
  }),
  'loans.reserveForms': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['loans'],
    audit: { type: 'loan.reserveForms', when: 'always' },
    summary: 'Prints numbered blank borrow forms for a day without the machine; their numbers are kept for them.',
    input: z.strictObject({ count: z.int().min(1).max(50) }),
    output: z.strictObject({
      numbers: z.array(z.string()),
      document: z.string(),
      name: z.string(),
      pages: z.int(),
    }),
  }),
  'loans.voidForm': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['loans'],
    audit: { type: 'loan.voidForm', when: 'always' },
    summary: 'A numbered blank form that was not used or was spoilt, with the reason.',
    input: z.strictObject({ number: loanNumber, reason: shortText.min(1) }),
    output: done,
  }),
  'loans.reservedForms': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'loan.list', when: 'never' },
    summary: 'Numbered blank forms: free, keyed in, void.',
    input: z.strictObject({ onlyOpen: z.boolean().default(true), ...page }),
    output: z.strictObject({
      forms: z.array(
        z.strictObject({
          number: z.string(),
          reservedAt: instant,
          reservedBy: z.string(),
          state: z.enum(['free', 'used', 'void']),
          reason: z.string(),
        }),
      ),
      total: z.int(),
    }),
  }),
};
