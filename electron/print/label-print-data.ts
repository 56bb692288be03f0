import type { PrintCommon } from './print-data.ts';

/** Labels to be cut out or torn off: data shapes of the print kit. */

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
