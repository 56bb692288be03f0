// The asar format: a pickled JSON directory, then the files one after another.
import { closeSync, mkdirSync, openSync, readSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

interface Packed {
  readonly size: number;
  readonly offset: string;
  readonly unpacked?: boolean;
}
interface Folder {
  readonly files: Readonly<Record<string, Packed | Folder>>;
}

/** Every file by its path, and where the first one begins. */
export function directoryOf(file: number): { readonly files: [string, Packed][]; readonly begin: number } {
  const head = Buffer.alloc(16);
  readSync(file, head, 0, 16, 0);
  const text = Buffer.alloc(head.readUInt32LE(12));
  readSync(file, text, 0, text.length, 16);
  const files: [string, Packed][] = [];
  const walk = (node: Folder, path: string): void => {
    for (const [name, entry] of Object.entries(node.files))
      if ('files' in entry) walk(entry, join(path, name));
      else files.push([join(path, name), entry]);
  };
  walk(JSON.parse(text.toString('utf8')), '');
  return { files, begin: 8 + head.readUInt32LE(4) };
}

/** Writes the packed files; the unpacked ones that `linked` names become links to where they lie. */
export function extract(archive: string, target: string, linked: (path: string) => boolean): void {
  const file = openSync(archive, 'r');
  const { files, begin } = directoryOf(file);
  for (const [path, { size, offset, unpacked }] of files) {
    const to = join(target, path);
    if (unpacked && !linked(path)) continue;
    mkdirSync(dirname(to), { recursive: true });
    if (unpacked) {
      symlinkSync(relative(dirname(to), join(`${target}.unpacked`, path)), to);
      continue;
    }
    const bytes = Buffer.alloc(size);
    readSync(file, bytes, 0, size, begin + Number(offset));
    writeFileSync(to, bytes);
  }
  closeSync(file);
}
