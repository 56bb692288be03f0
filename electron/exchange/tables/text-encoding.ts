import { isAscii, isUtf8 } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import iconv from 'iconv-lite';
import { COMMON_CHARACTERS, everydayCharacters } from './common-characters.ts';
import { fileRefusal, type ReadContext } from './table-limits.ts';
import { TEXT_ENCODINGS, type TextEncoding } from './table-types.ts';

const SAMPLE_BYTES = 128 * 1024;
const CHUNK_BYTES = 256 * 1024;
/** So many bytes of another encoding are never valid UTF-8 by chance. */
const CHANCE_BYTES = 16;
/** Below this mean score per character nothing that was tried reads like a text. */
const WORST_PLAUSIBLE = 0;

const SYNONYMS: Readonly<Record<string, TextEncoding>> = {
  utf8: 'utf-8',
  'utf-8-bom': 'utf-8',
  utf16: 'utf-16le',
  'utf-16': 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  cp936: 'gb18030',
  'big5-hkscs': 'big5',
  cp950: 'big5',
  cp1252: 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-1': 'windows-1252',
};

/** The encoding that a caller asks for by any of its usual names. @throws AppError ENCODING_UNKNOWN */
export function encodingByName(name: string, context: ReadContext): TextEncoding {
  const key = name.trim().toLowerCase().replaceAll('_', '-');
  const known = TEXT_ENCODINGS.find((encoding) => encoding === key);
  const found = known ?? (Object.hasOwn(SYNONYMS, key) ? SYNONYMS[key] : undefined);
  if (found === undefined) {
    throw fileRefusal('ENCODING_UNKNOWN', context.name, 'exchange.encoding.notOffered', { encoding: name });
  }
  return found;
}

/** The byte order mark that the file begins with, and its length. */
function markOf(bytes: Buffer): { encoding: TextEncoding; length: number } | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  // GB18030 has one too, and some programs write it.
  if (bytes.subarray(0, 4).equals(GB18030_MARK)) return { encoding: 'gb18030', length: 4 };
  return undefined;
}
const GB18030_MARK = Buffer.from([0x84, 0x31, 0x95, 0x33]);

/** Lines with something else than ASCII in them: the others look alike in every encoding. Cut at line ends only. */
function tellingLines(bytes: Buffer): Buffer {
  const lines: Buffer[] = [];
  let size = 0;
  for (let start = 0; start < bytes.length && size < SAMPLE_BYTES; ) {
    const lineEnd = bytes.indexOf(0x0a, start);
    const end = lineEnd === -1 ? bytes.length : lineEnd + 1;
    const line = bytes.subarray(start, Math.min(end, start + SAMPLE_BYTES));
    if (!isAscii(line)) {
      lines.push(line);
      size += line.length;
    }
    start = end;
  }
  return Buffer.concat(lines);
}

const HAN = /\p{Script=Han}/u;
const EAST_ASIAN_PUNCTUATION = /[\u3000-\u301f\uff01-\uff5e‘’“”…—·]/u;
const PRIVATE_OR_UNASSIGNED = /[\p{Co}\p{Cn}\p{Cc}]/u;

function characterScore(character: string, everyday: ReadonlySet<string>): number {
  if (character === '\ufffd') return -5;
  if (COMMON_CHARACTERS.has(character)) return 2;
  if (everyday.has(character)) return 1;
  // Either encoding may hold the other script: everyday there counts for something too.
  if (everydayCharacters('big5').has(character) || everydayCharacters('gb18030').has(character)) return 0.4;
  if (EAST_ASIAN_PUNCTUATION.test(character)) return 1;
  if (HAN.test(character)) return -0.5;
  return PRIVATE_OR_UNASSIGNED.test(character) ? -4 : -1;
}

/** Mean score of what is not ASCII, as Chinese text. */
function chineseScore(text: string, everyday: ReadonlySet<string>): number {
  let total = 0;
  let count = 0;
  for (const character of text) {
    if (character < '\u0080') continue;
    total += characterScore(character, everyday);
    count += 1;
  }
  return count === 0 ? 0 : total / count;
}

/** Mean score as western text: accented letters stand alone or in pairs among plain ones. */
function westernScore(text: string): number {
  let total = 0;
  let count = 0;
  for (const run of text.matchAll(/\P{ASCII}+/gu)) {
    const [letters] = run;
    count += letters.length;
    const before = text[run.index - 1] ?? ' ';
    const after = text[run.index + letters.length] ?? ' ';
    const amongLetters = /[a-z]/iu.test(before) || /[a-z]/iu.test(after);
    for (const letter of letters) {
      if (letter === '\ufffd' || /\p{Cc}/u.test(letter)) total -= 5;
      else if (letters.length > 2) total -= 2;
      // Œ, š and their neighbours are far rarer than À to ÿ, and lead bytes of Chinese far more often.
      else if (letter > '\u00ff' && /\p{L}/u.test(letter)) total -= 0.2;
      else if (/\p{L}/u.test(letter)) total += amongLetters ? 1.2 : 0.2;
      else total += letters.length === 1 ? 0.4 : -1;
    }
  }
  return count === 0 ? 0 : total / count;
}

/** Scripts that customer tables are written in. Two bytes of GB18030 may by chance be one character of UTF-8, but of another script. */
const USUAL_SCRIPT =
  /[\p{Script=Han}\p{Script=Latin}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Common}\p{Script=Inherited}]/u;

/** Valid UTF-8 sequences of the usual scripts do not come about by chance: a few broken ones mean damage, not another encoding. */
function utf8Score(text: string): number {
  let total = 0;
  let count = 0;
  for (const character of text) {
    if (character < '\u0080') continue;
    count += 1;
    if (character === '\ufffd') total -= 5;
    else total += USUAL_SCRIPT.test(character) ? 2 : 0.5;
  }
  return count === 0 ? 0 : total / count;
}

/** UTF-16 without a mark: the ASCII characters of a table leave their zeros on one side. */
function unmarkedUtf16(bytes: Buffer): TextEncoding | undefined {
  const sample = bytes.subarray(0, SAMPLE_BYTES & ~1);
  if (!sample.includes(0) || bytes.length % 2 !== 0) return undefined;
  const score = (text: string): number => {
    let total = 0;
    for (const character of text) {
      if (/[\t\n\r\u0020-\u007e]/u.test(character)) total += 1;
      else total += characterScore(character, everydayCharacters('gb18030'));
    }
    return total / text.length;
  };
  const little = score(iconv.decode(sample, 'utf-16le'));
  const big = score(iconv.decode(sample, 'utf-16be'));
  if (Math.max(little, big) < 0.5) return undefined;
  return little >= big ? 'utf-16le' : 'utf-16be';
}

export interface RecognisedText {
  readonly encoding: TextEncoding;
  /** Bytes of the byte order mark. */
  readonly start: number;
}

/**
 * Which encoding a text file is in: byte order mark, then valid UTF-8, then UTF-16 by its zeros, then
 * whichever of GB18030, Big5, Windows-1252 and damaged UTF-8 reads best.
 * @param forced what the caller says it is; a mark at the beginning is still passed over.
 * @throws AppError ENCODING_UNKNOWN when nothing reads like a text, or `forced` is not offered.
 */
export function recogniseEncoding(bytes: Buffer, forced: string | undefined, context: ReadContext): RecognisedText {
  const mark = markOf(bytes);
  if (forced !== undefined) {
    const encoding = encodingByName(forced, context);
    // "UTF-16" says nothing about the order of the bytes; the mark does.
    if (mark?.encoding === 'utf-16be' && encoding === 'utf-16le') return { encoding: 'utf-16be', start: mark.length };
    return { encoding, start: mark?.encoding === encoding ? mark.length : 0 };
  }
  if (mark !== undefined) return { encoding: mark.encoding, start: mark.length };
  const utf16 = unmarkedUtf16(bytes);
  if (utf16 !== undefined) return { encoding: utf16, start: 0 };
  const sample = tellingLines(bytes);
  const utf8 = utf8Score(sample.toString('utf8'));
  const telling = sample.reduce((count, byte) => (byte < 0x80 ? count : count + 1), 0);
  if (isUtf8(bytes) && (telling === 0 || telling > CHANCE_BYTES || utf8 > 1)) return { encoding: 'utf-8', start: 0 };
  const scores: readonly (readonly [TextEncoding, number])[] = [
    ['gb18030', chineseScore(iconv.decode(sample, 'gb18030'), everydayCharacters('gb18030'))],
    ['big5', chineseScore(iconv.decode(sample, 'big5'), everydayCharacters('big5'))],
    ['windows-1252', westernScore(iconv.decode(sample, 'windows-1252'))],
    ['utf-8', utf8],
  ];
  const best = scores.reduce((a, b) => (b[1] > a[1] ? b : a));
  if (best[1] < WORST_PLAUSIBLE) throw fileRefusal('ENCODING_UNKNOWN', context.name, 'exchange.encoding.unknown');
  return { encoding: best[0], start: 0 };
}

function createDecoder(encoding: TextEncoding): { write(chunk: Buffer): string; end(): string } {
  // Both need no tables and are many times faster than iconv-lite's.
  if (encoding === 'utf-8') return new StringDecoder('utf8');
  if (encoding === 'utf-16le') return new StringDecoder('utf16le');
  const decoder = iconv.getDecoder(encoding);
  return { write: (chunk) => decoder.write(chunk), end: () => decoder.end() ?? '' };
}

/** Text in pieces, with the number of bytes that have been read. What cannot be decoded becomes U+FFFD. */
export function* decodeText(
  bytes: Buffer,
  { encoding, start }: RecognisedText,
): Generator<{ text: string; read: number }> {
  const decoder = createDecoder(encoding);
  for (let at = start; at < bytes.length; at += CHUNK_BYTES) {
    const end = Math.min(at + CHUNK_BYTES, bytes.length);
    yield { text: decoder.write(bytes.subarray(at, end)), read: end };
  }
  yield { text: decoder.end(), read: bytes.length };
}
