/**
 * One page of a scan, ready to stand in a PDF as it is: the compressed stream and the entries of its image
 * dictionary. Scans are not decoded and compressed again where PDF/A-2 takes their own compression.
 */
export interface PageImage {
  /** Pixels, before turning. */
  readonly width: number;
  readonly height: number;
  /** Clockwise turn for upright reading. */
  readonly turn: 0 | 90 | 180 | 270;
  /** Dots per inch if the file says so and it is believable, else 0. */
  readonly dpi: number;
  /** Image dictionary without Type, Subtype, Width, Height and Length. */
  readonly dictionary: string;
  readonly data: Uint8Array;
}

/** Adds clockwise turns. */
export function addTurns(first: number, second: number): 0 | 90 | 180 | 270 {
  return ((((first + second) % 360) + 360) % 360) as 0 | 90 | 180 | 270;
}

/** A resolution that a scanner could have used, else 0. */
export function believableDpi(dpi: number): number {
  return dpi >= 72 && dpi <= 1200 ? Math.round(dpi) : 0;
}

/** Pixels of an image that is decoded here: a page of A3 at 600 dpi has 70 million. */
export const MOST_DECODED_PIXELS = 120_000_000;
const MOST_PIXELS = 600_000_000;

/** Throws RangeError for a size that no scanner makes, before anything is decoded. */
export function checkSize(width: number, height: number, decoded: boolean): void {
  if (width === 0 || height === 0 || width * height > (decoded ? MOST_DECODED_PIXELS : MOST_PIXELS)) {
    throw new RangeError('image without believable size');
  }
}
