/**
 * What a file is, by its first bytes. The name and its ending are never asked (R65).
 * `text` means only that nothing speaks against it; whether it can be decoded is found out later.
 */
export type ContentKind =
  | 'empty'
  | 'pdf'
  | 'png'
  | 'jpeg'
  | 'tiff'
  | 'zip'
  | 'compoundDocument'
  | 'markup'
  | 'richText'
  | 'script'
  | 'otherBinary'
  | 'text';

const BINARY_SIGNATURES: readonly (readonly [string, ContentKind])[] = [
  ['89504e470d0a1a0a', 'png'],
  ['ffd8ff', 'jpeg'],
  ['49492a00', 'tiff'],
  ['4d4d002a', 'tiff'],
  // BigTIFF is told apart so that it is named, not taken for text.
  ['49492b00', 'tiff'],
  ['4d4d002b', 'tiff'],
  ['504b0304', 'zip'],
  ['504b0506', 'zip'],
  ['d0cf11e0a1b11ae1', 'compoundDocument'],
  ['474946383761', 'otherBinary'],
  ['474946383961', 'otherBinary'],
  ['1f8b', 'otherBinary'],
  ['425a68', 'otherBinary'],
  ['377abcaf271c', 'otherBinary'],
  ['526172211a07', 'otherBinary'],
  ['7f454c46', 'otherBinary'],
  ['4d5a90', 'otherBinary'],
  ['53514c69746520666f726d6174203300', 'otherBinary'],
];

/** How many of the first bytes are looked at. */
export const SIGNATURE_BYTES = 4_096;

const UTF8_MARK = [0xef, 0xbb, 0xbf];

/** Readers of PDF accept up to 1,024 bytes of something else before the header; a printer's prologue is the usual case. */
function isPdf(head: Buffer): boolean {
  return head.subarray(0, 1_024 + 5).includes('%PDF-');
}

function looksBinary(head: Buffer): boolean {
  let controls = 0;
  for (const byte of head)
    if (byte < 0x20 && byte !== 0 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1a, 0x1b].includes(byte)) controls += 1;
  return controls > Math.max(4, head.length * 0.02);
}

/** By its byte order mark, or by the zeros of its ASCII characters, which all stand on one side. */
function looksUtf16(head: Buffer): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true;
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  return Math.max(even, odd) > 5 * Math.min(even, odd) && Math.max(even, odd) > head.length / 50;
}

/** @param bytes the file, or its first `SIGNATURE_BYTES`. */
export function contentKind(bytes: Uint8Array): ContentKind {
  if (bytes.length === 0) return 'empty';
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SIGNATURE_BYTES));
  const hex = head.subarray(0, 16).toString('hex');
  for (const [signature, kind] of BINARY_SIGNATURES) if (hex.startsWith(signature)) return kind;
  if (isPdf(head)) return 'pdf';
  const start = UTF8_MARK.every((byte, index) => head[index] === byte) ? 3 : 0;
  const opening = head.toString('latin1', start).trimStart().slice(0, 200).toLowerCase();
  if (opening.startsWith('{\\rtf')) return 'richText';
  if (opening.startsWith('#!')) return 'script';
  if (/^<(\?xml|!doctype|html|svg|script|head|body|!--)/u.test(opening)) return 'markup';
  return !looksUtf16(head) && looksBinary(head) ? 'otherBinary' : 'text';
}
