import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mountOf, type SystemFolders } from '../../../electron/platform/mounts.ts';

/** A list of mounts as Linux writes it, with the disks it names. */
const MOUNTS = `22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
40 22 0:30 / /tmp rw - tmpfs tmpfs rw
41 22 8:17 / /mnt/a\\040stick rw,nosuid shared:90 - ext4 /dev/sdb1 rw
42 22 8:33 / /mnt/usb-disk rw shared:91 - ext4 /dev/sdc1 rw
43 22 0:52 / /mnt/office rw shared:92 - fuse.sshfs wang@server:/files rw
44 22 0:53 / /mnt/office/local rw shared:93 - btrfs /dev/nvme0n1p3 rw
`;

let root: string;
let folders: SystemFolders;
function disk(numbers: string, path: string, removable: string): void {
  const folder = join(folders.sys, 'devices', path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '..', 'removable'), `${removable}\n`);
  symlinkSync(folder, join(folders.sys, 'dev', 'block', numbers));
}
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'dossier-mounts-'));
  folders = { proc: join(root, 'proc'), sys: join(root, 'sys') };
  mkdirSync(join(folders.proc, 'self'), { recursive: true });
  mkdirSync(join(folders.sys, 'dev', 'block'), { recursive: true });
  writeFileSync(join(folders.proc, 'self', 'mountinfo'), MOUNTS);
  disk('259:2', 'pci0/nvme/nvme0n1/nvme0n1p2', '0');
  disk('8:17', 'pci0/mmc/block/sdb/sdb1', '1');
  disk('8:33', 'pci0/usb2/2-1/block/sdc/sdc1', '0');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

it.each([
  ['/home/wang/archive', { fileSystem: 'ext4', removable: false }],
  ['/mnt/a stick/archive', { fileSystem: 'ext4', removable: true }],
  ['/mnt/a stick', { fileSystem: 'ext4', removable: true }],
  ['/mnt/a stickler', { fileSystem: 'ext4', removable: false }],
  ['/mnt/usb-disk/archive', { fileSystem: 'ext4', removable: true }],
  ['/mnt/office/archive', { fileSystem: 'fuse.sshfs', removable: false }],
  ['/mnt/office/local/archive', { fileSystem: 'btrfs', removable: false }],
  ['/tmp/archive', { fileSystem: 'tmpfs', removable: false }],
])('R52 %s lies on %o', (path, facts) => expect(mountOf(path, folders)).toEqual(facts));

it('R52 a system without a list of mounts says nothing', () =>
  expect(mountOf('/home/wang', { proc: join(root, 'none'), sys: folders.sys })).toBeUndefined());

it.runIf(process.platform === 'linux')('R52 the list of this machine is understood', () =>
  expect(mountOf('/proc/self')?.fileSystem).toBe('proc'),
);
