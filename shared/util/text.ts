/**
 * Text as it is stored, shown and cut. Pure, the same in the window and in the archive process.
 * Chinese text holds characters outside the basic plane (names with rare characters), so nothing here counts UTF-16 units.
 */

/** What is stored: canonical composition, line ends as `\n`, no white space around. Changes no character a person chose. */
export function normaliseForStorage(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/g, '\n').trim();
}

/** What is compared: full-width forms, compatibility forms and runs of white space made one. Never store the result. */
export function normaliseForComparison(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
}

const CONTROL = /[[\p{Cc}\p{Zl}\p{Zp}]--[\t\n\r]]/v;
const LINE_BREAK_OR_TAB = /[\t\n\r]/u;
const BIDI = /\p{Bidi_Control}/u;
// Variation selectors stay out: they choose the shape of a rare character in a name.
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}--\p{Variation_Selector}]/v;

/** True if the text holds a control character; line breaks and tabs count only when `multiLine` is false. */
export function hasControlCharacters(text: string, multiLine = false): boolean {
  return CONTROL.test(text) || (!multiLine && LINE_BREAK_OR_TAB.test(text));
}

/** True if the text holds a character that turns the reading direction (a way to make a name read as another, R67). */
export function hasBidiControls(text: string): boolean {
  return BIDI.test(text);
}

/** True if the text holds a character nobody sees: zero-width, soft hyphen, direction marks, filler (R67). */
export function hasInvisibleCharacters(text: string): boolean {
  return INVISIBLE.test(text);
}

/** Control, direction and invisible characters as visible marks `⟦U+202E⟧`, for lists, log and export (R36, R67). Line breaks too. */
export function showHiddenCharacters(text: string): string {
  let shown = '';
  for (const character of text) {
    const hidden = CONTROL.test(character) || LINE_BREAK_OR_TAB.test(character) || INVISIBLE.test(character);
    shown += hidden ? `⟦U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧` : character;
  }
  return shown;
}

/** Number of characters as a person counts them on paper: code points. */
export function codePointLength(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** At most `max` code points, the last of them `…` where something was cut; never half a surrogate pair. */
export function truncateCodePoints(text: string, max: number): string {
  const characters = Array.from(text);
  if (characters.length <= max) return text;
  if (max <= 0) return '';
  return `${characters.slice(0, max - 1).join('')}…`;
}

/** At most `maxBytes` bytes of UTF-8, cut between code points (file names are limited in bytes, R67). */
export function truncateUtf8(text: string, maxBytes: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += utf8Length(character.codePointAt(0) ?? 0);
    if (used > maxBytes) break;
    kept += character;
  }
  return kept;
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/** True if the text is well-formed UTF-16 (no lone surrogate), so that it survives UTF-8. */
export function isWellFormed(text: string): boolean {
  return text.isWellFormed();
}

/**
 * Order of document numbers: runs of digits by value, everything else by code point. Needs no locale, so a
 * catalogue has the same order on every machine.
 */
export function compareNatural(a: string, b: string): number {
  const left = a.match(/\d+|\D+/gu) ?? [];
  const right = b.match(/\d+|\D+/gu) ?? [];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const order = comparePart(left[index] ?? '', right[index] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length || compareText(a, b);
}

function comparePart(a: string, b: string): number {
  if (!/^\d/.test(a) || !/^\d/.test(b)) return compareText(a, b);
  const left = a.replace(/^0+(?=\d)/, '');
  const right = b.replace(/^0+(?=\d)/, '');
  return left.length - right.length || compareText(left, right);
}

/** Order by UTF-16 unit: stable, no locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
