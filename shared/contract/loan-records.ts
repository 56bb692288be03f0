import { z } from 'zod';
import { CONDITIONS } from '../domain/condition.ts';
import { NOTICE_KINDS } from '../domain/lending-rules.ts';
import { SECURITY_LEVELS } from '../domain/security-levels.ts';
import { cardWords } from './card-words.ts';
import { day, dossierClass, instant, sha256 } from './common.ts';
import { customerNumber } from './customers.ts';
import { referenceCode } from './dossiers.ts';

/** What is known of a loan and of its form (B1, B2), as every operation answers it. */

export const condition = z.enum(CONDITIONS);
/** `prepared` 待簽: taken out, the form not yet signed · `putBack`: nobody signed, it went back */
export const loanState = z.enum(['prepared', 'out', 'overdue', 'returned', 'putBack']);
export const securityLevel = z.enum(SECURITY_LEVELS);
export const noticeKind = z.enum(NOTICE_KINDS);

/** One item out (or back): a paper with a borrower. Several may stand on one form; alone it has the form's number. */
export const loan = z.strictObject({
  loanNumber: z.string(),
  formNumber: z.string(),
  code: referenceCode,
  title: cardWords,
  security: securityLevel,
  customer: customerNumber,
  customerName: cardWords,
  borrowerId: z.int(),
  borrower: z.string(),
  department: z.string(),
  purpose: z.string(),
  lentAt: instant,
  due: day,
  conditionOut: condition,
  pagesOut: z.int(),
  approvedBy: z.string(),
  extensions: z.array(z.strictObject({ at: instant, from: day, to: day, reason: z.string() })),
  reminders: z.array(z.strictObject({ at: instant, kind: noticeKind, step: z.int(), method: z.string() })),
  recall: z.strictObject({ at: instant, from: day, to: day, reason: z.string() }).nullable(),
  returnedAt: instant.nullable(),
  conditionIn: condition.nullable(),
  pagesIn: z.int().nullable(),
  missingPages: z.string(),
  note: z.string(),
  state: loanState,
  daysOverdue: z.int(),
  /** People who wait for this paper. */
  waiting: z.int(),
  /** Breach cases about this loan. */
  breaches: z.array(z.string()),
});
export type Loan = z.infer<typeof loan>;

export const stays = z.strictObject({ code: referenceCode, title: cardWords, reasons: z.array(z.string()) });

/** The borrow form (客戶資料借閱表): one borrower, one or several items. */
export const loanForm = z.strictObject({
  loanNumber: z.string(),
  borrowerId: z.int(),
  borrower: z.string(),
  department: z.string(),
  purpose: z.string(),
  restriction: z.string(),
  /** A whole class (or, without one, dossier) lent as a working binder; originals stayed. */
  binder: z
    .strictObject({ customer: customerNumber, customerName: cardWords, class: dossierClass.nullable() })
    .nullable(),
  stays: z.array(stays),
  approvedBy: z.string(),
  /** Number of the agreement that approved it, of two the first before the second; empty when the levels ask for none. */
  agreement: z.string(),
  /** The borrower's signature drawn at the counter; false: on paper. */
  drawn: z.boolean(),
  lentAt: instant,
  lentBy: z.string(),
  /** The earliest due day of what is still out, else the last. */
  due: day,
  state: loanState,
  open: z.int(),
  items: z.array(loan),
  frozen: z.array(z.strictObject({ stage: z.string(), sha256, at: instant })),
});
export type LoanForm = z.infer<typeof loanForm>;
