import type { PrintCommon } from './print-data.ts';

/** What goes on paper around borrowing (B1–B3). */

/** One 客戶資料借閱表 (B1, forms-and-standards §3): a sheet for the way out and the way back. Empty strings leave room for handwriting. */
export interface LoanSheet {
  readonly formNumber: string;
  readonly appliedOn: string;
  readonly borrower: {
    readonly name: string;
    readonly department: string;
    readonly position: string;
    readonly contact: string;
  };
  /** 利用方式 */
  readonly mode: string;
  readonly purpose: string;
  readonly customer: { readonly number: string; readonly name: string };
  readonly items: readonly {
    readonly referenceCode: string;
    readonly title: string;
    /** 副本 or 原件, in words. */
    readonly kind: string;
    readonly pages: number | null;
    readonly copies: number;
    readonly security: string;
    readonly place: string;
    /** What came back of it; left out while it is out. */
    readonly back?: { readonly on: string; readonly pages: string; readonly condition: string };
  }[];
  /** What of a binder stayed, in words: originals first. */
  readonly stayed: readonly string[];
  readonly lentOn: string;
  readonly dueOn: string;
  readonly restriction: string;
  readonly departmentOpinion: string;
  readonly managerApproval: string;
  readonly keeper: string;
  /** The borrower's signature drawn at the counter: lines of points in a box of 600 × 200; empty: signed by hand. */
  readonly signature: readonly (readonly (readonly [number, number])[])[];
  /** The same of who brings it back; empty: signed by hand. */
  readonly returnSignature: readonly (readonly (readonly [number, number])[])[];
  readonly conditionOut: string;
  readonly returnedOn: string;
  readonly conditionIn: string;
  readonly pagesBack: string;
  readonly remarks: string;
}

/** Borrow forms, each on a sheet of its own: one as it was lent, or numbered blanks. */
export interface LoanForm extends PrintCommon {
  readonly sheets: readonly LoanSheet[];
  /** Version of the undertaking's words: what was signed can be told years later. */
  readonly textVersion: number;
}

/** Notices to borrowers (B2), a letter each: due soon, overdue by steps, recalled; or that a paper is ready. */
export interface LoanNoticeForm extends PrintCommon {
  readonly letters: readonly {
    readonly kind: 'dueSoon' | 'overdue' | 'recall' | 'ready';
    /** 1, 2, 3 … of the overdue reminders; 0 otherwise. */
    readonly step: number;
    readonly day: string;
    readonly to: { readonly name: string; readonly department: string };
    readonly items: readonly {
      readonly loanNumber: string;
      readonly referenceCode: string;
      readonly title: string;
      readonly customer: string;
      readonly lentOn: string;
      readonly dueOn: string;
      readonly late: number;
      readonly reason: string;
    }[];
    readonly keeper: string;
  }[];
}

/** The breach file (B3): the case, the loan, what was done, the borrower's statement to be written, and the evidence of the log. */
export interface BreachFileForm extends PrintCommon {
  readonly caseNumber: string;
  readonly kind: string;
  readonly state: string;
  readonly openedOn: string;
  readonly openedBy: string;
  readonly borrower: { readonly name: string; readonly department: string; readonly position: string };
  readonly facts: string;
  /** Label and value, as on the borrow form. */
  readonly loan: readonly { readonly label: string; readonly value: string; readonly wide?: boolean }[];
  readonly acts: readonly { readonly on: string; readonly act: string; readonly text: string; readonly by: string }[];
  readonly outcome: string;
  readonly frozen: readonly { readonly name: string; readonly on: string; readonly sha256: string }[];
  readonly log: readonly {
    readonly sequence: number;
    readonly at: string;
    readonly actor: string;
    readonly act: string;
    readonly object: string;
    readonly hash: string;
  }[];
  readonly auditHead: string;
}
