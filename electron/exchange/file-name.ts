import { hasBidiControls, hasInvisibleCharacters, truncateUtf8 } from '../../shared/util/text.ts';

/** Bytes of UTF-8 that a stored file name may have (R67). */
export const FILE_NAME_BYTES = 255;
/** Endings longer than this are no endings. */
const ENDING_BYTES = 20;

export interface CleanName {
  readonly name: string;
  /** True if it holds characters that turn the reading direction or cannot be seen: lists and log show them as marks. */
  readonly hidden: boolean;
}

/** The ending with its dot, or nothing. */
export function nameEnding(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot);
}

/**
 * A file name from outside as it is stored (R67): composed (NFC), without path, without control
 * characters, at most 255 bytes with its ending kept. A name of nothing becomes `unnamed`.
 */
export function cleanFileName(outside: string): CleanName {
  const composed = outside.toWellFormed().normalize('NFC');
  const last = composed.split(/[/\\]/u).at(-1) ?? '';
  // `C:name` is a path of Windows, too.
  const bare = last
    .replace(/^[A-Za-z]:/u, '')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '')
    .trim();
  const name = bare === '' || /^\.+$/u.test(bare) ? 'unnamed' : shortened(bare);
  return { name, hidden: hasBidiControls(name) || hasInvisibleCharacters(name) };
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= FILE_NAME_BYTES) return name;
  const ending = nameEnding(name);
  const endingBytes = Buffer.byteLength(ending);
  if (endingBytes > ENDING_BYTES) return truncateUtf8(name, FILE_NAME_BYTES);
  return truncateUtf8(name.slice(0, name.length - ending.length), FILE_NAME_BYTES - endingBytes) + ending;
}
