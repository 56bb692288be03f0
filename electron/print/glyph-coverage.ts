import type { MissingGlyph } from './print-results.ts';

/**
 * Characters that shape to nothing and may stay: line separators, joiners and direction marks, soft
 * hyphen, variation selectors and tags.
 */
const INVISIBLE =
  /[\n\r\u0085\u00ad\u2028-\u202e\u2060-\u2064]|[\u200b-\u200f]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]|[\u{e0020}-\u{e007f}]/u;

/** A PDF/A file may not map any text to these, whatever the font has (ISO 19005-2, 6.2.11.7). */
const FORBIDDEN = /[\0\ufeff\ufffe\ue000-\uf8ff\u{f0000}-\u{10ffff}]/u;

/** How a missing character is written in the data for the templates, which set it as a small frame. */
export function missingMark(codePoint: number): string {
  return `\u3014U+${hexadecimal(codePoint)}\u3015`;
}

/**
 * The same data with every character that no font has replaced by its mark, and the list of them, each character
 * once per place. A byte order mark is dropped: it is never meant to be seen. A tab is set as a blank: beside a
 * return it would be set as a character, which no font has.
 */
export function replaceMissing<T>(
  data: T,
  covers: (codePoint: number) => boolean,
): { data: T; missing: MissingGlyph[] } {
  const missing = new Map<string, MissingGlyph>();
  const replaceText = (given: string, where: string): string => {
    const text = given.replaceAll('\t', ' ');
    if (everyCovered(text, covers)) return text;
    let replaced = '';
    for (const char of text) {
      const codePoint = char.codePointAt(0) ?? 0;
      if (codePoint === 0xfeff) continue;
      if (isPrintable(char, codePoint, covers)) {
        replaced += char;
        continue;
      }
      replaced += missingMark(codePoint);
      const shown = char.isWellFormed() ? char : '\ufffd';
      const code = `U+${hexadecimal(codePoint)}`;
      missing.set(`${code} ${where}`, { char: shown, codePoint: code, where });
    }
    return replaced;
  };
  const walk = (value: unknown, where: string): unknown => {
    if (typeof value === 'string') return replaceText(value, where);
    if (Array.isArray(value)) return value.map((item, index) => walk(item, join(where, String(index))));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, join(where, key))]));
  };
  return { data: walk(data, '') as T, missing: [...missing.values()] };
}

function isPrintable(char: string, codePoint: number, covers: (codePoint: number) => boolean): boolean {
  if (FORBIDDEN.test(char)) return false;
  return covers(codePoint) || INVISIBLE.test(char);
}

function everyCovered(text: string, covers: (codePoint: number) => boolean): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 || !covers(unit)) return false;
  }
  return true;
}

function join(where: string, key: string): string {
  return where === '' ? key : `${where}.${key}`;
}

function hexadecimal(codePoint: number): string {
  return codePoint.toString(16).toUpperCase().padStart(4, '0');
}
