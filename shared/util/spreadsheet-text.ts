/** Texts on their way into a spreadsheet program and back: what leaves is never taken for a formula, what comes back is what left (R64). */

/** What makes a spreadsheet program take a text for a formula, in both widths, behind blanks or unseen characters too. */
const FORMULA_START = /^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠−﹢﹣﹦﹫]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL_START = /^[\t\r\n\u0000]/u;

/** A text that no spreadsheet program takes for a formula: prefixed with `'` where needed (R64). */
export function guardedText(text: string): string {
  const risky = FORMULA_START.test(text) || CONTROL_START.test(text);
  // NUL ends a cell early in some programs; nothing that is stored holds one.
  return `${risky ? "'" : ''}${text.replaceAll('\u0000', '')}`;
}

/** The text before it was guarded: an exported list that comes back in is the same. */
export function unguardedText(text: string): string {
  return text.startsWith("'") && FORMULA_START.test(text.slice(1)) ? text.slice(1) : text;
}
