import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Words that occur nowhere else, put into an archive to see where they come out again. Every canary begins with one of these stems, so
 * that a search for the stems finds all of them.
 */
export const STEMS = ['qzvarrel', '鴝鵒䴉鸜'] as const;

export const canary = (number: number): string => `${STEMS[0]}${number}x${STEMS[1]}${number}`;

interface Pattern {
  readonly how: string;
  readonly bytes: Buffer;
}

/** A text as UTF-8, UTF-16LE and base64 in its three alignments (R01), the last without the characters that depend on neighbours. */
export function patternsOf(text: string): Pattern[] {
  const utf8 = Buffer.from(text, 'utf8');
  const aligned = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), utf8])
      .toString('base64')
      .replaceAll('=', '');
    const first = shift === 0 ? 0 : shift + 1;
    return { how: `base64 +${shift}`, bytes: Buffer.from(encoded.slice(first, encoded.length - 1), 'latin1') };
  });
  return [{ how: 'utf-8', bytes: utf8 }, { how: 'utf-16le', bytes: Buffer.from(text, 'utf16le') }, ...aligned];
}

const PATTERNS = STEMS.flatMap((stem) =>
  patternsOf(stem).map(({ how, bytes }) => ({ how: `${how} ${stem.slice(0, 2)}`, bytes })),
);

/** What was found in these bytes. */
export function found(bytes: Buffer, patterns: readonly Pattern[] = PATTERNS): string[] {
  return patterns.filter((pattern) => bytes.includes(pattern.bytes)).map((pattern) => pattern.how);
}

export interface Finding {
  readonly file: string;
  readonly how: readonly string[];
}

/** Every file below the folders that shows a canary, or one of `more`. */
export function search(
  folders: readonly string[],
  more: readonly string[] = [],
): { files: number; findings: Finding[] } {
  const patterns = [...PATTERNS, ...more.flatMap(patternsOf)];
  const findings: Finding[] = [];
  let files = 0;
  for (const folder of folders)
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      files += 1;
      const how = [...found(Buffer.from(file, 'utf8'), patterns), ...found(readFileSync(file), patterns)];
      if (how.length > 0) findings.push({ file, how });
    }
  return { files, findings };
}

/** Files of the program itself, which hold nothing of an archive. */
const PROGRAM = /^\/(proc|sys|dev|usr|lib|etc)\/|\/node_modules\/|\.(ts|js|mjs|json|typ|ttf|otf|node)$/;

/**
 * What the open files of a process show, deleted ones included (R02). Linux.
 * @param sealed folder whose files are encrypted: they are named, and looked into by `search`
 */
export function openFiles(pid: number, sealed?: string): { looked: string[]; findings: Finding[] } {
  const looked: string[] = [];
  const findings: Finding[] = [];
  let names: string[] = [];
  try {
    names = readdirSync(`/proc/${pid}/fd`);
  } catch {
    return { looked, findings };
  }
  for (const name of names) {
    const path = `/proc/${pid}/fd/${name}`;
    try {
      const target = readlinkSync(path);
      if (!target.startsWith('/') || PROGRAM.test(target)) continue;
      if (sealed !== undefined && target.startsWith(sealed) && !target.endsWith(' (deleted)')) {
        looked.push(target);
        continue;
      }
      const bytes = readWhole(path);
      if (bytes === undefined) continue;
      looked.push(target);
      const how = found(bytes);
      if (how.length > 0) findings.push({ file: target, how });
    } catch {
      // It was closed meanwhile.
    }
  }
  return { looked, findings };
}

/** Regular files alone: a pipe would be emptied by reading it. */
function readWhole(path: string): Buffer | undefined {
  const file = openSync(path, 'r');
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return undefined;
    const bytes = Buffer.alloc(stat.size);
    readSync(file, bytes, 0, bytes.length, 0);
    return bytes;
  } finally {
    closeSync(file);
  }
}
