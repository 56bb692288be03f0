import type { CommandContext } from './command.ts';

/** The line that tells of characters which no font has (architecture.md: printed as boxes with their codes); none where all are there. */
export function missingGlyphsLine({ text }: Pick<CommandContext, 'text'>, glyphs: readonly string[]): string[] {
  return glyphs.length === 0 ? [] : [text('kit.missingGlyphs', { count: glyphs.length, glyphs: glyphs.join(' ') })];
}
