/**
 * Control characters, line and paragraph separators, direction marks and other characters that change a line without being seen.
 * Variation selectors are not among them: names use them to tell Chinese characters apart.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** Text as it may stand in a list, a print or an export of the log: what cannot be seen is shown as `⟨U+202E⟩` (R36, R67). */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

export function hasUnseenCharacters(text: string): boolean {
  return text.search(UNSEEN) >= 0;
}
