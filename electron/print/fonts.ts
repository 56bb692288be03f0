import { closeSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { unpackedPath } from '../platform/unpacked-path.ts';

/** The fonts of a print: in which order they are tried, and which characters they have between them. */
export interface FontChain {
  readonly paths: readonly string[];
  /** Family names, each once, in the order of the chain. */
  readonly families: readonly string[];
  /** True if the character can be set in regular and in bold. */
  covers(codePoint: number): boolean;
}

const PACKAGED = [
  ['@expo-google-fonts/noto-serif-tc', '400Regular/NotoSerifTC_400Regular.ttf'],
  ['@expo-google-fonts/noto-serif-tc', '700Bold/NotoSerifTC_700Bold.ttf'],
  ['@expo-google-fonts/noto-serif-sc', '400Regular/NotoSerifSC_400Regular.ttf'],
  ['@expo-google-fonts/noto-serif-sc', '700Bold/NotoSerifSC_700Bold.ttf'],
] as const;

/** Noto Serif TC and SC, regular and bold, where npm put them. */
export function packagedFontPaths(): readonly string[] {
  const require = createRequire(import.meta.url);
  return PACKAGED.map(([name, file]) => unpackedPath(join(dirname(require.resolve(`${name}/package.json`)), file)));
}

/** Reads names and character maps of the fonts; nothing else of the files is read. Throws if one is not a TrueType font. */
export function readFontChain(paths: readonly string[]): FontChain {
  const fonts = paths.map(readFont);
  const families = [...new Set(fonts.map((font) => font.family))];
  const weights = [...new Set(fonts.map((font) => font.bold))];
  const perWeight = weights.map((bold) => {
    const all = new CodePointSet();
    for (const font of fonts) if (font.bold === bold) all.addAll(font.characters);
    return all;
  });
  return { paths, families, covers: (codePoint) => perWeight.every((set) => set.has(codePoint)) };
}

/** Characters as one bit each: 136 KiB, and a look-up is one shift. */
class CodePointSet {
  readonly #bits = new Uint8Array(0x110000 / 8);

  add(codePoint: number): void {
    const index = codePoint >> 3;
    this.#bits[index] = (this.#bits[index] ?? 0) | (1 << (codePoint & 7));
  }

  addAll(other: CodePointSet): void {
    for (let index = 0; index < this.#bits.length; index++) {
      this.#bits[index] = (this.#bits[index] ?? 0) | (other.#bits[index] ?? 0);
    }
  }

  has(codePoint: number): boolean {
    return ((this.#bits[codePoint >> 3] ?? 0) & (1 << (codePoint & 7))) !== 0;
  }
}

interface Font {
  readonly family: string;
  readonly bold: boolean;
  readonly characters: CodePointSet;
}

function readFont(path: string): Font {
  const file = openSync(path, 'r');
  try {
    const read = (offset: number, length: number): Buffer => {
      const buffer = Buffer.alloc(length);
      if (readSync(file, buffer, 0, length, offset) !== length) throw new Error(`font file ends early: ${path}`);
      return buffer;
    };
    const count = read(4, 2).readUInt16BE(0);
    const directory = read(12, count * 16);
    const table = (tag: string): Buffer => {
      for (let entry = 0; entry < directory.length; entry += 16) {
        if (directory.toString('latin1', entry, entry + 4) !== tag) continue;
        return read(directory.readUInt32BE(entry + 8), directory.readUInt32BE(entry + 12));
      }
      throw new Error(`font has no ${tag} table: ${path}`);
    };
    return {
      family: familyName(table('name')),
      bold: table('OS/2').readUInt16BE(4) >= 600,
      characters: readCharacterMap(table('cmap')),
    };
  } finally {
    closeSync(file);
  }
}

/** Typographic family (16), else family (1), of the Windows platform in English. */
function familyName(name: Buffer): string {
  const strings = name.readUInt16BE(4);
  const found = new Map<number, string>();
  for (let index = 0; index < name.readUInt16BE(2); index++) {
    const record = 6 + index * 12;
    if (name.readUInt16BE(record) !== 3 || name.readUInt16BE(record + 4) !== 0x409) continue;
    const start = strings + name.readUInt16BE(record + 10);
    const bytes = Buffer.from(name.subarray(start, start + name.readUInt16BE(record + 8)));
    found.set(name.readUInt16BE(record + 6), bytes.swap16().toString('utf16le'));
  }
  const family = found.get(16) ?? found.get(1);
  if (family === undefined) throw new Error('font has no family name');
  return family;
}

/** Formats 4 (basic plane) and 12 (all planes) of the Unicode subtables; others add nothing to these. */
function readCharacterMap(cmap: Buffer): CodePointSet {
  const characters = new CodePointSet();
  for (let index = 0; index < cmap.readUInt16BE(2); index++) {
    const record = 4 + index * 8;
    const platform = cmap.readUInt16BE(record);
    if (platform !== 0 && platform !== 3) continue;
    const subtable = cmap.subarray(cmap.readUInt32BE(record + 4));
    const format = subtable.readUInt16BE(0);
    if (format === 4) addSegments(subtable, characters);
    if (format === 12) addGroups(subtable, characters);
  }
  return characters;
}

function addSegments(subtable: Buffer, characters: CodePointSet): void {
  const doubled = subtable.readUInt16BE(6);
  const ends = 14;
  const starts = ends + doubled + 2;
  const deltas = starts + doubled;
  const ranges = deltas + doubled;
  for (let segment = 0; segment < doubled; segment += 2) {
    const start = subtable.readUInt16BE(starts + segment);
    const end = subtable.readUInt16BE(ends + segment);
    const delta = subtable.readUInt16BE(deltas + segment);
    const range = subtable.readUInt16BE(ranges + segment);
    for (let codePoint = start; codePoint <= end && codePoint !== 0xffff; codePoint++) {
      const glyph =
        range === 0 ? codePoint + delta : subtable.readUInt16BE(ranges + segment + range + (codePoint - start) * 2);
      if ((glyph & 0xffff) !== 0) characters.add(codePoint);
    }
  }
}

function addGroups(subtable: Buffer, characters: CodePointSet): void {
  for (let index = 0; index < subtable.readUInt32BE(12); index++) {
    const group = 16 + index * 12;
    const start = subtable.readUInt32BE(group);
    const end = Math.min(subtable.readUInt32BE(group + 4), 0x10ffff);
    const glyph = subtable.readUInt32BE(group + 8);
    for (let codePoint = start; codePoint <= end; codePoint++) {
      if (glyph + (codePoint - start) !== 0) characters.add(codePoint);
    }
  }
}
