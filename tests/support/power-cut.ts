import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { PIECE_BYTES } from '../../electron/platform/file-pieces.ts';

/**
 * Power-cut harness (§13): records what a program asks of the disk, and rebuilds the files as a cut at any point could leave them. What was not
 * synced may be lost; SIGKILL never shows that, because the kernel still has the data (M1).
 */
export type DiskEvent =
  | { readonly kind: 'write'; readonly path: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly path: string; readonly size: number }
  | { readonly kind: 'create' | 'sync' | 'unlink'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'ack'; readonly number: number };

const CALLS = 'pwrite64,write,writev,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,openat';

export const straceWorks = spawnSync('strace', ['-V']).status === 0;

/** Runs a program under strace and returns what it did inside `folder`, in order; `ACK n` lines on its output are kept. */
export function recordDisk(program: string, args: readonly string[], folder: string, trace: string): DiskEvent[] {
  // What is added to a file goes behind what is in it.
  const lengths = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, statSync(path).size] as const),
  );
  // As long as the longest write, the pieces of a file that is copied.
  const flags = ['-f', '-y', '-xx', '-s', String(PIECE_BYTES), '-o', trace, '-e', `trace=${CALLS}`];
  const run = spawnSync('strace', [...flags, process.execPath, program, ...args], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`The workload failed under strace: ${run.stderr}`);
  return parseTrace(readFileSync(trace, 'latin1'), folder, lengths);
}

const STRING = '((?:\\\\x[0-9a-f]{2})*)';
const PATTERNS = {
  write: new RegExp(`^(pwrite64|write)\\((\\d+)<${STRING}>, "${STRING}"(\\.\\.\\.)?, \\d+(?:, (\\d+))?\\) += (\\d+)`),
  gathered: new RegExp(`^writev\\(\\d+<${STRING}>, \\[(.*)\\], \\d+\\) += (\\d+)`),
  piece: new RegExp(`iov_base="${STRING}"(\\.\\.\\.)?`, 'g'),
  sync: new RegExp(`^f(?:data)?sync\\(\\d+<${STRING}>\\) += 0`),
  truncate: new RegExp(`^ftruncate\\(\\d+<${STRING}>, (\\d+)\\) += 0`),
  rename: new RegExp(`^rename(?:at2?)?\\((?:[^,"]*, )?"${STRING}", (?:[^,"]*, )?"${STRING}"[^)]*\\) += 0`),
  unlink: new RegExp(`^unlink(?:at)?\\((?:[^,"]*, )?"${STRING}"[^)]*\\) += 0`),
  create: new RegExp(`^openat\\([^"]*"${STRING}", [A-Z_|]*O_CREAT[^)]*\\) += \\d+`),
};
const decoded = (hex: string) => Buffer.from(hex.replaceAll('\\x', ''), 'hex');

function parseTrace(text: string, folder: string, lengths: Map<string, number>): DiskEvent[] {
  const events: DiskEvent[] = [];
  const inside = (path: string) => path === folder || path.startsWith(`${folder}/`);
  for (const line of joined(text)) {
    const call = line.replace(/^\d+ +/, '');
    const write = PATTERNS.write.exec(call);
    if (write !== null) {
      const path = decoded(write[3]!).toString();
      const bytes = decoded(write[4]!).subarray(0, Number(write[7]));
      if (write[2] === '1')
        for (const [, number] of bytes.toString().matchAll(/^ACK (\d+)\n/gm))
          events.push({ kind: 'ack', number: Number(number) });
      if (!inside(path)) continue;
      if (write[5] !== undefined) throw new Error('A write was longer than strace recorded');
      const offset = write[1] === 'pwrite64' ? Number(write[6]) : (lengths.get(path) ?? 0);
      lengths.set(path, Math.max(lengths.get(path) ?? 0, offset + bytes.length));
      events.push({ kind: 'write', path, offset, bytes });
      continue;
    }
    const gathered = PATTERNS.gathered.exec(call);
    if (gathered !== null) {
      const path = decoded(gathered[1]!).toString();
      if (!inside(path)) continue;
      const pieces = [...gathered[2]!.matchAll(PATTERNS.piece)];
      if (pieces.some(([, , cut]) => cut !== undefined)) throw new Error('A write was longer than strace recorded');
      const bytes = Buffer.concat(pieces.map(([, hex]) => decoded(hex!))).subarray(0, Number(gathered[3]));
      const offset = lengths.get(path) ?? 0;
      lengths.set(path, offset + bytes.length);
      events.push({ kind: 'write', path, offset, bytes });
      continue;
    }
    for (const kind of ['sync', 'create', 'unlink', 'truncate', 'rename'] as const) {
      const match = PATTERNS[kind].exec(call);
      const path = match === null ? '' : decoded(match[1]!).toString();
      if (match === null || !inside(path)) continue;
      if (kind === 'truncate') events.push({ kind, path, size: Number(match[2]) });
      else if (kind === 'rename') {
        const to = decoded(match[2]!).toString();
        lengths.set(to, lengths.get(path) ?? 0);
        lengths.delete(path);
        events.push({ kind, path, to });
      } else if (kind === 'create' && call.includes('O_TRUNC')) {
        lengths.delete(path);
        events.push({ kind: 'truncate', path, size: 0 });
      } else events.push({ kind, path });
    }
  }
  return events;
}

/** strace splits a call that another thread interrupts in two lines. */
function joined(text: string): string[] {
  const waiting = new Map<string, string>();
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    const thread = /^\d+/.exec(line)?.[0] ?? '';
    const resumed = /<\.\.\. \w+ resumed>/.exec(line);
    if (line.endsWith('<unfinished ...>')) waiting.set(thread, line.slice(0, -' <unfinished ...>'.length));
    else if (resumed !== null) lines.push((waiting.get(thread) ?? '') + line.slice(resumed.index + resumed[0].length));
    else lines.push(line);
  }
  return lines;
}

interface Inode {
  /** What the disk has for certain, and what was asked since the last sync. */
  bytes: Buffer;
  pending: Extract<DiskEvent, { kind: 'write' | 'truncate' }>[];
}

/** The disk after the first n events; grows by `step`. Folders count as made for certain; names in them as synced with them. */
export class Disk {
  readonly #folder: string;
  #live = new Map<string, Inode>();
  #durable = new Map<string, Inode>();

  /** @param before a folder with what stood in `folder` before the work, synced long ago */
  constructor(folder: string, before?: string) {
    this.#folder = folder;
    if (before === undefined) return;
    for (const entry of readdirSync(before, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const inode = { bytes: readFileSync(path), pending: [] };
      this.#live.set(join(folder, relative(before, path)), inode);
      this.#durable.set(join(folder, relative(before, path)), inode);
    }
  }

  step(event: DiskEvent): void {
    if (event.kind === 'ack') return;
    if (event.kind === 'sync' && this.#isFolder(event.path)) {
      this.#syncNames(event.path);
      return;
    }
    if (event.kind === 'unlink') {
      // A deleted journal that came back would look like one to roll back.
      this.#live.delete(event.path);
      this.#durable.delete(event.path);
      return;
    }
    if (event.kind === 'rename') {
      this.#rename(event.path, event.to);
      return;
    }
    const inode = this.#live.get(event.path) ?? { bytes: Buffer.alloc(0), pending: [] };
    this.#live.set(event.path, inode);
    if (event.kind === 'write' || event.kind === 'truncate') inode.pending.push(event);
    if (event.kind === 'sync') {
      inode.bytes = applied(inode.bytes, inode.pending);
      inode.pending = [];
      if (![...this.#durable.values()].includes(inode)) this.#durable.set(event.path, inode);
    }
  }

  /** Whether the recording is whole: what it ends with is what stands on the disk. A call that strace has missed shows here. */
  isWhole(): boolean {
    return [...this.#live].every(
      ([path, inode]) =>
        path.endsWith('-shm') || !existsSync(path) || readFileSync(path).equals(applied(inode.bytes, inode.pending)),
    );
  }

  #isFolder(path: string): boolean {
    return path === this.#folder || !this.#live.has(path);
  }

  #syncNames(folder: string): void {
    for (const path of [...this.#durable.keys()])
      if (dirname(path) === folder && !this.#live.has(path)) this.#durable.delete(path);
    for (const [path, inode] of this.#live) if (dirname(path) === folder) this.#durable.set(path, inode);
  }

  /** Of a file, or of a folder with all that is in it. */
  #rename(from: string, to: string): void {
    const inode = this.#live.get(from);
    if (inode !== undefined) {
      this.#live.delete(from);
      this.#live.set(to, inode);
      return;
    }
    for (const names of [this.#live, this.#durable])
      for (const [path, moved] of [...names])
        if (path.startsWith(`${from}/`)) {
          names.delete(path);
          names.set(join(to, relative(from, path)), moved);
        }
  }

  /** Writes the files as a cut here may leave them: each thing not synced survives with the probability given. `-shm` is memory. */
  cut(target: string, survives: () => boolean): void {
    const names = survives() ? this.#live : this.#durable;
    for (const [path, inode] of names) {
      if (path.endsWith('-shm')) continue;
      const kept = inode.pending.filter(() => survives());
      const place = join(target, relative(this.#folder, path));
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, applied(inode.bytes, kept));
    }
  }
}

function applied(bytes: Buffer, events: Inode['pending']): Buffer {
  const ends = events.map((event) => (event.kind === 'write' ? event.offset + event.bytes.length : event.size));
  const result = Buffer.alloc(Math.max(bytes.length, ...ends));
  bytes.copy(result);
  let size = bytes.length;
  for (const event of events) {
    if (event.kind === 'truncate') {
      result.fill(0, event.size);
      size = event.size;
    } else {
      event.bytes.copy(result, event.offset);
      size = Math.max(size, event.offset + event.bytes.length);
    }
  }
  return result.subarray(0, size);
}
