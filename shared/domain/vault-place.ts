/** Where an archive may lie (R52): pure rules over what the system says of a folder. */

/** Why a folder is no place for an archive: locks and syncs do not hold there, or a second program writes in it. */
export type PlaceConcern = 'network' | 'removable' | 'synchronised';

/** File systems by the number that Linux gives them (`statfs(2)`). */
const NETWORK = new Set([0x6969, 0xff534d42, 0xfe534d42, 0x517b, 0x01021997, 0x5346414f, 0x6b414653]);
const REMOVABLE = new Set([0x4d44, 0x2011bab0, 0x15013346, 0x9660]);
/** File systems by their names, as a list of mounts has them: `statfs` gives all that run in user space one number. */
const NETWORK_NAMES =
  /^(nfs4?|cifs|smb3|smbfs|9p|afs|ceph|lustre|glusterfs|fuse\.(sshfs|rclone|davfs2?|s3fs|curlftpfs|gvfsd-fuse|glusterfs|cephfs))$/;
const REMOVABLE_NAMES = /^(vfat|msdos|exfat|iso9660|udf|fuse\.exfat)$/;

/** What the system says of the mount that a folder lies on. */
export interface MountFacts {
  /** Name of its file system: `ext4`, `fuse.sshfs`. */
  readonly fileSystem: string;
  /** On a disk that can be taken away, or that is plugged into a USB socket. */
  readonly removable: boolean;
}

/** Folders that a cloud keeps the same on several machines. */
const SYNCHRONISED =
  /(^|[/\\])(OneDrive([ -][^/\\]*)?|Dropbox|Google ?Drive|GoogleDrive[^/\\]*|iCloud ?Drive|Mobile Documents|CloudStorage|Nextcloud|ownCloud|Syncthing|MEGA|pCloudDrive|坚果云|堅果雲|Nutstore)([/\\]|$)/iu;

/**
 * What speaks against a folder; null when nothing does.
 * @param path absolute, as the system writes it · `type`: the number of its file system, 0 where the system has none · `mount`: where a
 * list of mounts can be read
 */
export function placeConcern(path: string, type: number, mount?: MountFacts): PlaceConcern | null {
  // A drive of another computer on Windows.
  if (/^\\\\(?![.?]\\)/.test(path) || path.startsWith('//')) return 'network';
  if (SYNCHRONISED.test(path)) return 'synchronised';
  if (NETWORK.has(type) || (mount !== undefined && NETWORK_NAMES.test(mount.fileSystem))) return 'network';
  if (mount !== undefined && (mount.removable || REMOVABLE_NAMES.test(mount.fileSystem))) return 'removable';
  return REMOVABLE.has(type) || /^\/(media|run\/media|Volumes)\//.test(path) ? 'removable' : null;
}
