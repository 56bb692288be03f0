/** Pages of scans: which are blank, which look alike (D8). */

/** A page with a smaller share of ink is blank: a few specks of dust on A4. */
export const BLANK_INK = 0.0012;

export const isBlankPage = ({ ink, text }: { readonly ink: number; readonly text: string }): boolean =>
  ink < BLANK_INK && text.trim() === '';

/** Digits of a page's look: 256 bits. */
export const LOOK_DIGITS = 64;
/** Two pages look alike when so small a share of what is drawn on either differs: the same sheet scanned again, a little askew or darker. */
const DIFFERENT_SHARE = 0.25;

const BITS = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4] as const;

/** Whether two pages look alike; blank ones have no look and are never compared. */
export function looksAlike(one: string, other: string): boolean {
  if (one.length !== LOOK_DIGITS || other.length !== LOOK_DIGITS) return false;
  let different = 0;
  let drawn = 0;
  for (let at = 0; at < LOOK_DIGITS; at += 1) {
    const left = Number.parseInt(one.charAt(at), 16);
    const right = Number.parseInt(other.charAt(at), 16);
    different += BITS[left ^ right] ?? 0;
    drawn += BITS[left | right] ?? 0;
  }
  return drawn > 0 && different <= drawn * DIFFERENT_SHARE;
}

/** Dots per inch of the picture of a first page: what a screen shows at the width of a window. */
export const FIRST_PAGE_DPI = 110;
/** Bytes from which opening a scan is waited for: it is authenticated whole before anything of it is shown (R12). */
export const LONG_SCAN_BYTES = 1_000_000;

/** Whether the picture of its first page is kept beside what was read of it; a TIFF has to be made into a PDF before it is shown. */
export const isLongScan = ({ size, mediaType }: { readonly size: number; readonly mediaType: string }): boolean =>
  size > LONG_SCAN_BYTES || mediaType === 'image/tiff';

/** A page of a scan in a plan of pages: where it comes from and how much it is turned. */
export interface PageChoice {
  readonly scan: string;
  /** From 1. */
  readonly page: number;
  readonly turn: 0 | 90 | 180 | 270;
}

/** Clockwise turn by a quarter, or back. */
export const turned = (turn: PageChoice['turn'], by: 90 | -90 | 180): PageChoice['turn'] =>
  ((((turn + by) % 360) + 360) % 360) as PageChoice['turn'];
