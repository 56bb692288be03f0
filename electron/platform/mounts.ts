import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MountFacts } from '../../shared/domain/vault-place.ts';

/** Roots that Linux tells of mounts and disks under; others in tests. */
export interface SystemFolders {
  readonly proc: string;
  readonly sys: string;
}

/**
 * The mount that an existing folder lies on, from the list of mounts (`proc_pid_mountinfo(5)`); undefined where there is no such list.
 * @param path absolute, without links
 */
export function mountOf(
  path: string,
  { proc, sys }: SystemFolders = { proc: '/proc', sys: '/sys' },
): MountFacts | undefined {
  const list = join(proc, 'self', 'mountinfo');
  if (!existsSync(list)) return undefined;
  let best: { readonly point: string; readonly device: string; readonly fileSystem: string } | undefined;
  for (const line of readFileSync(list, 'utf8').split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const [, , device = '', , shown = ''] = before.split(' ');
    const [fileSystem = ''] = after.split(' ');
    const point = unescaped(shown);
    // A later mount on the same point covers the one before.
    if (fileSystem !== '' && holds(point, path) && point.length >= (best?.point.length ?? 0))
      best = { point, device, fileSystem };
  }
  return best === undefined ? undefined : { fileSystem: best.fileSystem, removable: canBeTakenAway(best.device, sys) };
}

/** Blanks and the like stand as three octal digits. */
const unescaped = (text: string) =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

const holds = (point: string, path: string) =>
  path === point || path.startsWith(point.endsWith('/') ? point : `${point}/`);

/** The disk says so itself, or hangs on USB; a partition's disk is the folder above it. */
function canBeTakenAway(device: string, sys: string): boolean {
  try {
    const disk = realpathSync(join(sys, 'dev', 'block', device));
    if (/\/usb\d/.test(disk)) return true;
    const flag = [disk, dirname(disk)].map((folder) => join(folder, 'removable')).find((file) => existsSync(file));
    return flag !== undefined && readFileSync(flag, 'utf8').trim() === '1';
  } catch {
    // No disk: memory, or a file system of a network.
    return false;
  }
}
