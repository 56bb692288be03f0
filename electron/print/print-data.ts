/**
 * What goes on paper: one data shape per form. Plain data that can be posted to the print worker; every text is
 * already in the reader's language, every value already masked for its reader. Templates only set it (R69: values
 * are data, never markup).
 */

import type { CopyRecallForm, CopyReceiptForm, IssuedCopyForm } from './copy-print-data.ts';
import type { DisposalListForm, LabelSheetForm, NotesSheetForm, SpineLabelsForm } from './label-print-data.ts';
import type { BreachFileForm, LoanForm, LoanNoticeForm } from './loan-print-data.ts';

/** Language of the printed form itself (labels); values are printed as they are. */
export type PrintLanguage = 'zh-Hant' | 'zh-Hans' | 'en';

/** Where page numbers stand (forms-and-standards §7.5): mainland upper outer corner, Taiwan lower outer corner. */
export type PageProfile = 'mainland' | 'taiwan';

/** What every page of every print carries (R69), and whose stationery it is. */
export interface PrintCommon {
  /** Full name of the institution (全宗名稱). */
  readonly institution: string;
  readonly language: PrintLanguage;
  /** Default: `mainland` for zh-Hans, otherwise `taiwan`. */
  readonly profile?: PageProfile;
  /** Name of the signed-in person, as it should read on paper. */
  readonly printedBy: string;
  /** Instant, UTC, e.g. `2026-01-05T08:00:00.000Z`. It is also the PDF's creation date. */
  readonly printedAt: string;
  /** Sequence number of the audit entry that was written before this print. */
  readonly auditSequence: number;
  /** Marks every page as belonging to the practice archive (實訓檔案). */
  readonly practice?: boolean;
  /** Of a part of a larger whole: pages before it, and in all; the foot of its pages counts on. */
  readonly paging?: { readonly before: number; readonly inAll: number };
}

export type ScanMediaType = 'application/pdf' | 'image/png' | 'image/jpeg' | 'image/tiff';

/** One scan file of a paper. `content` may be a function, so that sealed files are opened one at a time. */
export interface ScanSource {
  readonly mediaType: ScanMediaType;
  readonly content: Uint8Array | (() => Promise<Uint8Array>);
  /** Clockwise turn, in degrees, applied to every page of the file. */
  readonly rotate?: 0 | 90 | 180 | 270;
}

/** The scan files of one paper. */
export interface PaperScans {
  readonly referenceCode: string;
  /** Empty: paper only. */
  readonly scans: readonly ScanSource[];
}

/** One row of a catalogue: the nine columns of DA/T 22-2015 5.5.2 plus retention. */
export interface CatalogueRow {
  readonly sequence: number;
  readonly referenceCode: string;
  readonly documentNo: string;
  readonly responsible: string;
  readonly title: string;
  /** Day or partial date, ISO; printed as 8 digits. */
  readonly date: string;
  readonly security: string;
  /** Page sides of the paper itself; null when nobody has counted. */
  readonly pages: number | null;
  readonly note: string;
  readonly retention: string;
  /**
   * Pages in the volume. Left out when a volume is first bound: the print finds them. Given when a fixed volume
   * is printed again: a print that would differ is refused with `VOLUME_FIXED`.
   */
  readonly fromPage?: number;
  readonly toPage?: number;
}

/** One paper of a volume, in the order of the catalogue. */
export interface BoundPaper {
  readonly referenceCode: string;
  readonly title: string;
  /** Customer it belongs to; a divider stands before each change of customer. */
  readonly customerNumber: string;
  readonly customerName: string;
  /** Document type, e.g. 客戶營業執照. */
  readonly typeName: string;
  readonly date: string;
  /** Empty: paper only; a sheet says where the paper is (D8). */
  readonly scans: readonly ScanSource[];
  readonly original: boolean;
  /** Page sides of the paper, for the paper-only sheet. */
  readonly pages: number | null;
  /** Storage place in words (C10), may be empty. */
  readonly place: string;
}

export interface CardField {
  readonly label: string;
  readonly value: string;
  /** Takes the whole width: long texts. */
  readonly wide?: boolean;
  /** Day on which an old fact was last confirmed (C6, M1). */
  readonly dated?: string;
}

export interface CardTable {
  readonly title?: string;
  readonly dated?: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One labelled block of a card, as on the paper form. */
export interface CardSection {
  readonly title: string;
  readonly fields: readonly CardField[];
  readonly tables?: readonly CardTable[];
}

/** A customer card (C1, C2) without the page frame: alone it is the form `card`, in a volume it is one of `cards`. */
export interface CardContent {
  readonly kind: 'enterprise' | 'individual';
  readonly number: string;
  readonly name: string;
  /** Tier, grade, state: short words beside the name. */
  readonly marks?: readonly string[];
  readonly sections: readonly CardSection[];
  /** 0–100 (C5). */
  readonly completeness: number;
  readonly missing?: readonly string[];
  /** Day or instant of the last change of the card, and who filled it in. */
  readonly updatedAt: string;
  readonly updatedBy: string;
}

/** A line of the notes sheet (備考表): what was missing, moved, supplemented, and when. */
export interface VolumeNote {
  /** Day. */
  readonly date: string;
  readonly text: string;
  readonly by: string;
}

export interface BoundVolumeData extends PrintCommon {
  readonly year: number;
  readonly class: { readonly number: number; readonly name: string };
  readonly volumeNumber: number;
  readonly volumesInClass: number;
  /** Reference code of the volume (檔號 on cover and spine). */
  readonly volumeCode: string;
  /** Title of the volume (案卷題名); made up from year, class and volume when left out. */
  readonly title?: string;
  /** First and last date of the contents, ISO, may be partial; empty when the volume has none. */
  readonly from: string;
  readonly to: string;
  readonly retention: string;
  /** Highest security level in the volume. */
  readonly security: string;
  readonly catalogue: readonly CatalogueRow[];
  readonly cards: readonly CardContent[];
  /** Same number and order as `catalogue`; matched by reference code. */
  readonly papers: readonly BoundPaper[];
  readonly notes: {
    /** 本卷情況說明: full sentences, one each. */
    readonly statements: readonly string[];
    readonly entries: readonly VolumeNote[];
    readonly arrangedBy: string;
    readonly checkedBy: string;
    /** Day on which the volume was closed. */
    readonly arrangedOn: string;
  };
  /** Lower-case hexadecimal. */
  readonly fingerprint: string;
  readonly auditHead: string;
}

export type CardForm = PrintCommon & CardContent;

/** Label and contents list of a dossier bag (C11, 袋式). */
export interface DossierLabelForm extends PrintCommon {
  readonly customer: { readonly number: string; readonly name: string; readonly kind: 'enterprise' | 'individual' };
  readonly tier: string;
  readonly security: string;
  readonly retention: string;
  readonly place: string;
  readonly openedOn: string;
  readonly keeper: string;
  readonly classes: readonly {
    readonly number: number;
    readonly name: string;
    readonly papers: number;
    readonly pages: number;
  }[];
}

/** Catalogue of one class of one customer's dossier (D6). */
export interface CatalogueForm extends PrintCommon {
  readonly title: string;
  readonly customer: { readonly number: string; readonly name: string };
  readonly class: { readonly number: number; readonly name: string };
  readonly year: string;
  readonly rows: readonly CatalogueRow[];
  /** What should be there and is not (D7). */
  readonly missing?: readonly string[];
}

/** The printed recovery key (security.md §6). Its PDF is a secret: the caller hands it to the printer or file asked for, nowhere else. */
export interface RecoverySheetForm extends PrintCommon {
  readonly vaultId: string;
  readonly fingerprint: string;
  /** The age identity, as it is typed; printed in groups of four. */
  readonly recoveryKey: string;
  /** Version of the program that made the archive. */
  readonly program: string;
  /** SHA-256 of its files, empty where it was not packed (R75). */
  readonly programHash: string;
  /** Day. */
  readonly createdOn: string;
  /** Two sheets in two places: `copy` of `copies`. */
  readonly copy: number;
  readonly copies: number;
}

/** Any list with a heading: overdue loans, import report, audit extract, missing papers. */
export interface TableReportForm extends PrintCommon {
  readonly title: string;
  /** What was asked, e.g. period, class: label and value. */
  readonly particulars: readonly { readonly label: string; readonly value: string; readonly wide?: boolean }[];
  readonly columns: readonly {
    readonly label: string;
    /** Share of the width, relative to the other columns; default 1. */
    readonly share?: number;
    readonly align?: 'start' | 'end' | 'center';
  }[];
  readonly rows: readonly (readonly string[])[];
  readonly totals?: readonly string[];
  readonly closing?: string;
  readonly landscape?: boolean;
}

/** A composition analysis (A1–A4): bars beside those of the period before, and the table. */
export interface AnalysisForm extends PrintCommon {
  readonly title: string;
  readonly particulars: readonly { readonly label: string; readonly value: string }[];
  /** Words of the two kinds of bars. */
  readonly legend: readonly [now: string, former: string];
  /** Lengths from 0 to 1. */
  readonly bars: readonly {
    readonly label: string;
    readonly value: string;
    readonly now: number;
    readonly former: number;
  }[];
  readonly columns: readonly { readonly label: string; readonly share: number; readonly align: 'start' | 'end' }[];
  readonly rows: readonly (readonly string[])[];
  readonly totals: readonly string[];
}

/** One block of a sheet: fields, lists, a text, or lines for the pen. */
export interface SheetBlock {
  readonly title: string;
  /** A word or two behind the title: a number, a state. */
  readonly mark?: string;
  readonly fields?: readonly CardField[];
  /** Fields side by side; default 2. */
  readonly columns?: 1 | 2 | 3;
  readonly tables?: readonly CardTable[];
  /** Sentences, one each; `urgent` ones are set with the seal's colour. */
  readonly lines?: readonly { readonly text: string; readonly urgent?: boolean }[];
  /** Empty lines for handwriting. */
  readonly pen?: number;
}

/** A report on a sheet, filled in or to be filled in by hand: daily report, information report, form for the road, brief before a visit. */
export interface SheetForm extends PrintCommon {
  readonly title: string;
  readonly number: string;
  readonly note: string;
  /** What the QR code holds, and the words under it; empty: no code. */
  readonly code: string;
  /** To be filled in by hand: fields are taller. */
  readonly blank: boolean;
  readonly head: readonly CardField[];
  /** Two columns of blocks side by side, above the others. */
  readonly left?: readonly SheetBlock[];
  readonly right?: readonly SheetBlock[];
  readonly blocks: readonly SheetBlock[];
  readonly signatures: readonly { readonly label: string; readonly name: string; readonly date: string }[];
}

/** Several sheets in one print: a salesperson's customers for the road. */
export interface SheetsForm extends PrintCommon {
  readonly title: string;
  readonly sheets: readonly Omit<SheetForm, keyof PrintCommon>[];
}

/** What somebody agrees to by signing on paper: lines, and the SHA-256 of the statement. */
export interface AgreementForm extends PrintCommon {
  readonly title: string;
  readonly subject: string;
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  readonly sha256: string;
  /** Who may sign, in words. */
  readonly roles: string;
}

/** 檔案專管員交接清冊 (M3). A draft has no number yet, and no names of those who will sign. */
export interface OfficeHandoverForm extends PrintCommon {
  readonly number: string;
  readonly archive: string;
  /** Day. */
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly supervisor: string;
  readonly sha256: string;
  readonly counts: readonly { readonly label: string; readonly count: number }[];
  readonly parts: readonly {
    readonly label: string;
    readonly count: number;
    readonly items: readonly { readonly number: string; readonly title: string; readonly detail: string }[];
  }[];
  readonly differences: string;
  readonly remarks: string;
}

/** The print kit: name of the form → its data. */
/** The manual of the archive's protection. */
export interface ManualForm extends PrintCommon {
  readonly title: string;
  readonly lead: string;
  readonly chapters: readonly { readonly title: string; readonly points: readonly string[] }[];
}

/** Scans of papers of a customer's file, page by page. */
export interface ScannedPapersForm extends PrintCommon {
  readonly title: string;
  /** Number of the customer. */
  readonly customer: string;
  readonly papers: readonly { readonly referenceCode: string; readonly title: string }[];
}

export interface PrintFormData {
  readonly card: CardForm;
  readonly loanForm: LoanForm;
  readonly loanNotice: LoanNoticeForm;
  readonly breachFile: BreachFileForm;
  readonly dossierLabel: DossierLabelForm;
  readonly catalogue: CatalogueForm;
  readonly recoverySheet: RecoverySheetForm;
  readonly officeHandover: OfficeHandoverForm;
  readonly tableReport: TableReportForm;
  readonly analysis: AnalysisForm;
  readonly sheets: SheetsForm;
  readonly issuedCopy: IssuedCopyForm;
  readonly scannedPapers: ScannedPapersForm;
  readonly copyReceipt: CopyReceiptForm;
  readonly agreementForm: AgreementForm;
  readonly copyRecall: CopyRecallForm;
  readonly spineLabels: SpineLabelsForm;
  readonly labelSheet: LabelSheetForm;
  readonly disposalList: DisposalListForm;
  readonly notesSheet: NotesSheetForm;
  readonly manual: ManualForm;
}
export type PrintFormName = keyof PrintFormData;
