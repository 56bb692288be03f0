import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where a canary was found, and how it was written there. */
export interface Finding {
  readonly file: string;
  readonly canary: string;
  readonly as: string;
}

interface Needle {
  readonly canary: string;
  readonly as: string;
  readonly bytes: Buffer;
}

/** Base64 of a text that begins 0, 1 or 2 bytes into a group of three; only the characters that it alone decides. */
function base64At(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replaceAll('=', '');
  const whole = Math.floor(((offset + bytes.length) * 8) / 6);
  return text.slice(Math.ceil((offset * 8) / 6), whole);
}

/** A text in every spelling in which it could lie on a disk: UTF-8, UTF-16 and base64 in its three alignments (R01). */
function needlesOf(canary: string): readonly Needle[] {
  const utf8 = Buffer.from(canary, 'utf8');
  return [
    { canary, as: 'UTF-8', bytes: utf8 },
    { canary, as: 'UTF-16LE', bytes: Buffer.from(canary, 'utf16le') },
    ...[0, 1, 2].map((offset) => ({
      canary,
      as: `base64+${offset}`,
      bytes: Buffer.from(base64At(utf8, offset), 'latin1'),
    })),
  ];
}

function searchIn(file: string, content: Buffer, needles: readonly Needle[]): Finding[] {
  return needles.filter(({ bytes }) => content.includes(bytes)).map(({ canary, as }) => ({ file, canary, as }));
}

/** Every file below the folders, looked through for every canary. Names of files count as well. */
export function findCanaries(folders: readonly string[], canaries: readonly string[]): readonly Finding[] {
  const needles = canaries.flatMap(needlesOf);
  const found: Finding[] = [];
  for (const folder of folders)
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const file = join(folder, name);
      found.push(...searchIn(`name of ${file}`, Buffer.from(name, 'utf8'), needles));
      try {
        if (statSync(file).isFile()) found.push(...searchIn(file, readFileSync(file), needles));
      } catch {
        // Sockets, and files that went meanwhile.
      }
    }
  return found;
}

/** Files that processes hold open although they have been deleted: `strings` over a folder never sees them (M3). Linux only. */
export function findCanariesInDeletedFiles(pids: readonly number[], canaries: readonly string[]): readonly Finding[] {
  const needles = canaries.flatMap(needlesOf);
  const found: Finding[] = [];
  for (const pid of pids) {
    let handles: string[] = [];
    try {
      handles = readdirSync(`/proc/${pid}/fd`);
    } catch {
      continue;
    }
    for (const handle of handles) {
      const link = `/proc/${pid}/fd/${handle}`;
      try {
        const target = readlinkSync(link);
        // Shared memory is memory; what counts lies on a disk.
        if (!target.endsWith(' (deleted)') || target.startsWith('/memfd:') || target.startsWith('/dev/')) continue;
        const { size } = statSync(link);
        const content = Buffer.alloc(size);
        const file = openSync(link, 'r');
        readSync(file, content, 0, size, 0);
        closeSync(file);
        found.push(...searchIn(target, content, needles));
      } catch {
        // Closed meanwhile.
      }
    }
  }
  return found;
}
