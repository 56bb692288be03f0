import type { PrintCommon } from './print-data.ts';

/** Labels to be cut out or torn off, the disposal list and the notes sheet: data shapes of the print kit. */

/** Spine labels of fixed volumes (forms-and-standards §7.4), true to their widths. */
export interface SpineLabelsForm extends PrintCommon {
  readonly title: string;
  readonly spines: readonly {
    /** Millimetres: 10, 15, 20, 30, 40, 50. */
    readonly width: number;
    readonly code: string;
    readonly year: number;
    readonly class: { readonly number: number; readonly name: string };
    /** `第1卷／共3卷` */
    readonly volume: string;
    /** First and last item in words. */
    readonly items: string;
    readonly retention: string;
  }[];
}

/** Labels of places, boxes and binders on label sheets, 99.1 × 38.1 mm (C10). */
export interface LabelSheetForm extends PrintCommon {
  readonly title: string;
  readonly items: readonly {
    readonly kind: string;
    readonly title: string;
    readonly lines: readonly string[];
    /** What its QR code holds; empty: none. */
    readonly code: string;
  }[];
}

/** 銷毀清冊 (§7.9): what is destroyed, who appraised, approved, stood by and destroyed. Empty strings leave room for handwriting. */
export interface DisposalListForm extends PrintCommon {
  readonly title: string;
  readonly number: string;
  readonly fonds: string;
  readonly state: string;
  readonly remark: string;
  /** By whom and when drawn up, in words. */
  readonly drafted: string;
  readonly papers: number;
  readonly pages: number;
  readonly lines: readonly {
    readonly code: string;
    readonly title: string;
    readonly year: number;
    /** Retention that was due, and how long it was kept, in words. */
    readonly due: string;
    readonly kept: string;
    /** Day. */
    readonly ended: string;
    readonly papers: number;
    readonly pages: number;
    readonly note: string;
  }[];
  readonly appraisedBy: string;
  readonly draftedOn: string;
  readonly approvedBy: string;
  readonly approvedOn: string;
  readonly witnessedBy: string;
  readonly witnessedOn: string;
  readonly destroyedBy: string;
  readonly destroyedOn: string;
}

/** 備考表 of a fixed volume with its supplements (Y2). */
export interface NotesSheetForm extends PrintCommon {
  readonly title: string;
  readonly code: string;
  readonly volumeTitle: string;
  readonly papers: number;
  readonly pages: number;
  /** Day. */
  readonly boundOn: string;
  readonly boundBy: string;
  readonly fingerprint: string;
  readonly closing: readonly { readonly date: string; readonly text: string; readonly by: string }[];
  readonly supplements: readonly {
    readonly number: string;
    readonly date: string;
    readonly kind: string;
    readonly paper: string;
    readonly text: string;
    readonly by: string;
    /** First sixteen characters. */
    readonly fingerprint: string;
  }[];
}
