import { describe, expect, it } from 'vitest';
import { placeConcern } from '../../../shared/domain/vault-place.ts';

const EXT4 = 0xef53;

describe('R52 where an archive may lie', () => {
  it.each([
    ['/home/wang/archive', EXT4, null],
    ['C:\\Users\\Wang\\archive', 0, null],
    ['\\\\server\\share\\archive', 0, 'network'],
    ['//server/share/archive', 0, 'network'],
    ['/mnt/office/archive', 0x6969, 'network'],
    ['/mnt/office/archive', 0xfe534d42, 'network'],
    ['/media/wang/STICK/archive', 0x4d44, 'removable'],
    ['/run/media/wang/DISK/archive', EXT4, 'removable'],
    ['/Volumes/STICK/archive', 0, 'removable'],
    ['/mnt/stick/archive', 0x2011bab0, 'removable'],
    ['C:\\Users\\Wang\\OneDrive - Company\\archive', 0, 'synchronised'],
    ['/Users/wang/Library/Mobile Documents/archive', 0, 'synchronised'],
    ['/home/wang/Dropbox/archive', EXT4, 'synchronised'],
    ['C:\\Users\\Wang\\坚果云\\archive', 0, 'synchronised'],
    ['/home/wang/dropbox-notes/archive', EXT4, null],
  ] as const)('R52 %s on %i: %s', (path, type, concern) => expect(placeConcern(path, type)).toBe(concern));
});

describe('R52 what the list of mounts adds', () => {
  const disk = (fileSystem: string, removable = false) => ({ fileSystem, removable });
  it.each([
    ['/mnt/office/archive', disk('fuse.sshfs'), 'network'],
    ['/mnt/office/archive', disk('nfs4'), 'network'],
    ['/mnt/stick/archive', disk('exfat'), 'removable'],
    // A stick with the file system of the machine itself.
    ['/mnt/stick/archive', disk('ext4', true), 'removable'],
    ['/home/wang/archive', disk('btrfs'), null],
    ['/home/wang/archive', disk('fuse.encfs'), null],
  ] as const)('R52 %s on %o: %s', (path, mount, concern) => expect(placeConcern(path, EXT4, mount)).toBe(concern));
});
