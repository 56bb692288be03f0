import { toSVG } from 'bwip-js/node';

/** A QR code as SVG, error correction M, without quiet zone: the template leaves the room. Upper-case hexadecimal makes it small. */
export function qrSvg(text: string): string {
  // `eclevel` belongs to this code alone and is missing in the library's types.
  const options = { bcid: 'qrcode', text, eclevel: 'M', barcolor: '1f1d1a' };
  return toSVG(options);
}

/** A Code 128 as SVG, bars only. */
export function code128Svg(text: string): string {
  return toSVG({ bcid: 'code128', text, height: 8, barcolor: '1f1d1a' });
}
