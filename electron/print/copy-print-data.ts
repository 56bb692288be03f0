import type { CardContent, PrintCommon } from './print-data.ts';

/** What goes on paper around issued copies (I1–I3). */

interface CopyHolder {
  readonly name: string;
  readonly department: string;
  readonly position: string;
}

/** An issued copy (I2). `facts` are all that a salesperson's copy has; `cards` and `papers` make up one for customer service. */
export interface IssuedCopyForm extends PrintCommon {
  readonly copyNumber: string;
  readonly recipient: CopyHolder;
  /** What the recipient's role gets, in words. */
  readonly shows: string;
  readonly purpose: string;
  readonly consentBy: string;
  readonly consentNumber: string;
  /** Days. */
  readonly madeOn: string;
  readonly recoverBy: string;
  readonly facts: readonly {
    readonly unit: string;
    readonly people: readonly { readonly name: string; readonly position: string }[];
  }[];
  readonly cards: readonly CardContent[];
  readonly papers: readonly {
    readonly referenceCode: string;
    readonly title: string;
    readonly type: string;
    readonly customer: string;
    readonly pages: number;
  }[];
}

/** Receipt for an issued copy, and the slip for its way back. Empty strings leave room for handwriting. */
export interface CopyReceiptForm extends PrintCommon {
  readonly copyNumber: string;
  readonly recipient: CopyHolder;
  readonly shows: string;
  readonly purpose: string;
  readonly consentBy: string;
  readonly consentNumber: string;
  readonly madeOn: string;
  readonly recoverBy: string;
  readonly pages: number;
  readonly customers: number;
  readonly sha256: string;
  readonly deliveredOn: string;
  readonly deliveredBy: string;
  readonly receivedBy: string;
  readonly closedOn: string;
  readonly closedBy: string;
  readonly pagesBack: string;
  readonly outcome: string;
  readonly evidence: string;
  readonly witness: string;
}

/** A letter that calls back what somebody holds. */
export interface CopyRecallForm extends PrintCommon {
  readonly recipient: CopyHolder;
  /** Days. */
  readonly backBy: string;
  readonly writtenOn: string;
  readonly items: readonly {
    readonly number: string;
    readonly title: string;
    readonly since: string;
    readonly due: string;
    /** Days overdue in words, empty if none. */
    readonly late: string;
  }[];
}
