import { inflateSync } from 'node:zlib';

/**
 * Just enough of PDF to find the page tree: cross-references (tables and streams), object streams,
 * dictionaries as text. Nothing is rendered, decoded or run, and everything has a limit: a PDF comes
 * from outside, and this runs before anybody has said that it is one.
 */

const DICTIONARY_LIMIT = 512 * 1024;
const INFLATE_LIMIT = 32 * 1024 * 1024;
const SECTIONS_LIMIT = 500;
const OBJECTS_LIMIT = 5_000_000;
const OBJECT_STREAMS_LIMIT = 64;

type Place = { readonly offset: number } | { readonly stream: number; readonly index: number };

export interface PdfObjects {
  /** The text of the dictionary of the document's trailer. */
  readonly trailer: string;
  /** The text of an object that is a dictionary; undefined when it cannot be found. */
  dictionary(reference: number): string | undefined;
}

/** The number of the object that an entry such as `/Root 12 0 R` refers to. */
export function referenceIn(dictionary: string, key: string): number | undefined {
  const found = new RegExp(`/${key}\\s+(\\d{1,10})\\s+\\d{1,5}\\s+R`, 'u').exec(dictionary)?.[1];
  return found === undefined ? undefined : Number(found);
}

export function integerIn(dictionary: string, key: string): number | undefined {
  const found = new RegExp(`/${key}\\s+(-?\\d{1,10})(?!\\s+\\d+\\s+R)(?![\\d.])`, 'u').exec(dictionary)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** From `<<` to its `>>`, strings and nested dictionaries included. */
function dictionaryAt(bytes: Buffer, from: number): { text: string; end: number } | undefined {
  const text = bytes.toString('latin1', from, Math.min(bytes.length, from + DICTIONARY_LIMIT));
  const start = text.indexOf('<<');
  if (start === -1 || start > 64) return undefined;
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text.startsWith('<<', at)) {
      depth += 1;
      at += 1;
    } else if (text.startsWith('>>', at)) {
      depth -= 1;
      at += 1;
      if (depth === 0) return { text: text.slice(start, at + 1), end: from + at + 1 };
    } else if (text[at] === '(') at = stringEnd(text, at);
  }
  return undefined;
}

function stringEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '(') depth += 1;
    else if (text[at] === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return text.length;
}

/** The data of the stream whose dictionary ends at `end`, inflated and with PNG prediction undone. */
function streamData(bytes: Buffer, dictionary: string, end: number): Buffer | undefined {
  const keyword = bytes.indexOf('stream', end);
  if (keyword === -1 || keyword > end + 32) return undefined;
  const start = keyword + 6 + (bytes[keyword + 6] === 0x0d ? 2 : 1);
  const length = integerIn(dictionary, 'Length');
  const stop = length === undefined ? bytes.indexOf('endstream', start) : start + length;
  if (stop < start || stop > bytes.length) return undefined;
  const raw = bytes.subarray(start, stop);
  if (!/\/Filter\b/u.test(dictionary)) return raw;
  if (!/\/Filter\s*\[?\s*\/FlateDecode\s*\]?/u.test(dictionary)) return undefined;
  const data = inflateSync(raw, { maxOutputLength: INFLATE_LIMIT });
  const predictor = integerIn(dictionary, 'Predictor') ?? 1;
  return predictor >= 10 ? undoPrediction(data, integerIn(dictionary, 'Columns') ?? 1) : data;
}

/** PNG filters None, Sub and Up, which is what cross-reference streams are written with. */
function undoPrediction(data: Buffer, columns: number): Buffer {
  const rows = Math.floor(data.length / (columns + 1));
  const result = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const filter = data[row * (columns + 1)];
    for (let column = 0; column < columns; column += 1) {
      const value = data[row * (columns + 1) + 1 + column] ?? 0;
      const left = column === 0 ? 0 : (result[row * columns + column - 1] ?? 0);
      const up = row === 0 ? 0 : (result[(row - 1) * columns + column] ?? 0);
      result[row * columns + column] = value + (filter === 2 ? up : filter === 1 ? left : 0);
    }
  }
  return result;
}

interface Section {
  readonly trailer: string;
  readonly previous: readonly number[];
}

function readTable(bytes: Buffer, at: number, places: Map<number, Place>): Section | undefined {
  const trailerAt = bytes.indexOf('trailer', at);
  if (trailerAt === -1) return undefined;
  const dictionary = dictionaryAt(bytes, trailerAt + 7);
  if (dictionary === undefined) return undefined;
  const words = bytes
    .toString('latin1', at + 4, trailerAt)
    .trim()
    .split(/\s+/u);
  for (let index = 0; index + 1 < words.length; ) {
    const first = Number(words[index]);
    const count = Number(words[index + 1]);
    index += 2;
    for (let entry = 0; entry < count && index + 2 < words.length + 1; entry += 1, index += 3) {
      if (words[index + 2] === 'n' && places.size < OBJECTS_LIMIT && !places.has(first + entry)) {
        places.set(first + entry, { offset: Number(words[index]) });
      }
    }
  }
  const previous = [integerIn(dictionary.text, 'XRefStm'), integerIn(dictionary.text, 'Prev')];
  return { trailer: dictionary.text, previous: previous.filter((offset) => offset !== undefined) };
}

function readStream(bytes: Buffer, at: number, places: Map<number, Place>): Section | undefined {
  const dictionary = dictionaryAt(bytes, at);
  if (dictionary === undefined || !/\/Type\s*\/XRef\b/u.test(dictionary.text)) return undefined;
  const data = streamData(bytes, dictionary.text, dictionary.end);
  const widths = /\/W\s*\[\s*(\d)\s+(\d)\s+(\d)\s*\]/u.exec(dictionary.text)?.slice(1).map(Number);
  if (data === undefined || widths === undefined) return undefined;
  const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = widths;
  const width = typeWidth + secondWidth + thirdWidth;
  if (width === 0 || Math.max(...widths) > 6) return undefined;
  const declared = /\/Index\s*\[([\d\s]*)\]/u.exec(dictionary.text)?.[1]?.trim().split(/\s+/u).map(Number);
  const ranges = declared ?? [0, integerIn(dictionary.text, 'Size') ?? 0];
  const field = (from: number, size: number): number => (size === 0 ? 0 : data.readUIntBE(from, size));
  let row = 0;
  for (let index = 0; index + 1 < ranges.length; index += 2) {
    const first = ranges[index] ?? 0;
    const count = ranges[index + 1] ?? 0;
    for (let entry = 0; entry < count && (row + 1) * width <= data.length; entry += 1, row += 1) {
      const type = typeWidth === 0 ? 1 : field(row * width, typeWidth);
      const second = field(row * width + typeWidth, secondWidth);
      const third = field(row * width + typeWidth + secondWidth, thirdWidth);
      if (places.size >= OBJECTS_LIMIT || places.has(first + entry)) continue;
      if (type === 1) places.set(first + entry, { offset: second });
      else if (type === 2) places.set(first + entry, { stream: second, index: third });
    }
  }
  const previous = integerIn(dictionary.text, 'Prev');
  return { trailer: dictionary.text, previous: previous === undefined ? [] : [previous] };
}

/** Follows the cross-references from `startxref` through every earlier version of the file. */
function readSections(bytes: Buffer): { trailer: string; places: Map<number, Place>; shift: number } | undefined {
  const startAt = bytes.lastIndexOf('startxref');
  if (startAt === -1) return undefined;
  const start = /^startxref\s+(\d{1,10})/u.exec(bytes.toString('latin1', startAt, startAt + 64))?.[1];
  // Offsets count from the header, which need not be the first byte.
  const shift = Math.max(0, bytes.subarray(0, 1_029).indexOf('%PDF-'));
  const places = new Map<number, Place>();
  const queue = start === undefined ? [] : [Number(start) + shift];
  const seen = new Set<number>();
  let trailer: string | undefined;
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    if (seen.has(at) || at >= bytes.length || seen.size > SECTIONS_LIMIT) continue;
    seen.add(at);
    const isTable = /^\s*xref\b/u.test(bytes.toString('latin1', at, at + 12));
    const section = isTable ? readTable(bytes, bytes.indexOf('xref', at), places) : readStream(bytes, at, places);
    if (section === undefined) continue;
    trailer ??= section.trailer;
    queue.push(...section.previous.map((offset) => offset + shift));
  }
  return trailer === undefined ? undefined : { trailer, places, shift };
}

/** @returns undefined when the cross-references cannot be followed. */
export function openPdfObjects(bytes: Buffer): PdfObjects | undefined {
  const sections = readSections(bytes);
  if (sections === undefined) return undefined;
  const { trailer, places, shift } = sections;
  const objectStreams = new Map<number, { data: Buffer; offsets: number[]; first: number } | undefined>();

  function objectStream(number: number) {
    if (objectStreams.has(number)) return objectStreams.get(number);
    if (objectStreams.size >= OBJECT_STREAMS_LIMIT) return undefined;
    objectStreams.set(number, undefined);
    const place = places.get(number);
    if (place === undefined || !('offset' in place)) return undefined;
    const dictionary = dictionaryAt(bytes, place.offset + shift);
    const data = dictionary && streamData(bytes, dictionary.text, dictionary.end);
    const first = dictionary && integerIn(dictionary.text, 'First');
    if (data === undefined || first === undefined) return undefined;
    const numbers = data.toString('latin1', 0, first).trim().split(/\s+/u).map(Number);
    const opened = { data, first, offsets: numbers.filter((_, index) => index % 2 === 1) };
    objectStreams.set(number, opened);
    return opened;
  }

  return {
    trailer,
    dictionary(reference) {
      const place = places.get(reference);
      if (place === undefined) return undefined;
      if ('offset' in place) {
        const head = bytes.toString('latin1', place.offset + shift, place.offset + shift + 40);
        if (!new RegExp(`^\\s*${reference}\\s+\\d+\\s+obj`, 'u').test(head)) return undefined;
        return dictionaryAt(bytes, place.offset + shift)?.text;
      }
      const stream = objectStream(place.stream);
      const offset = stream?.offsets[place.index];
      return stream === undefined || offset === undefined
        ? undefined
        : dictionaryAt(stream.data, stream.first + offset)?.text;
    },
  };
}
