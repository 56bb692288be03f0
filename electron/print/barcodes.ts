import { toSVG } from 'bwip-js/node';

/**
 * A QR code as SVG, error correction M, without quiet zone: the template leaves the room. Upper-case hexadecimal makes
 * it small. With `mask` (1–8) the pattern is not chosen by trying all eight, which takes most of the time.
 */
export function qrSvg(text: string, mask?: number): string {
  // `eclevel` and `mask` belong to this code alone and are missing in the library's types.
  const options = { bcid: 'qrcode', text, eclevel: 'M', barcolor: '1f1d1a', ...(mask === undefined ? {} : { mask }) };
  return toSVG(options);
}

/** A Code 128 as SVG, bars only. */
export function code128Svg(text: string): string {
  return toSVG({ bcid: 'code128', text, height: 8, barcolor: '1f1d1a' });
}
