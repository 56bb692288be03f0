/** Where an archive may lie (R52): pure rules over what the system says of a folder. */

/** Why a folder is no place for an archive: locks and syncs do not hold there, or a second program writes in it. */
export type PlaceConcern = 'network' | 'removable' | 'synchronised';

/** File systems by the number that Linux gives them (`statfs(2)`). */
const NETWORK = new Set([0x6969, 0xff534d42, 0xfe534d42, 0x517b, 0x01021997, 0x5346414f, 0x6b414653]);
const REMOVABLE = new Set([0x4d44, 0x2011bab0, 0x15013346, 0x9660]);
/** Folders that a cloud keeps the same on several machines. */
const SYNCHRONISED =
  /(^|[/\\])(OneDrive([ -][^/\\]*)?|Dropbox|Google ?Drive|GoogleDrive[^/\\]*|iCloud ?Drive|Mobile Documents|CloudStorage|Nextcloud|ownCloud|Syncthing|MEGA|pCloudDrive|坚果云|堅果雲|Nutstore)([/\\]|$)/iu;

/**
 * What speaks against a folder; null when nothing does.
 * @param path absolute, as the system writes it · `type`: the number of its file system, 0 where the system has none
 */
export function placeConcern(path: string, type: number): PlaceConcern | null {
  // A drive of another computer on Windows.
  if (/^\\\\(?![.?]\\)/.test(path) || path.startsWith('//')) return 'network';
  if (SYNCHRONISED.test(path)) return 'synchronised';
  if (NETWORK.has(type)) return 'network';
  return REMOVABLE.has(type) || /^\/(media|run\/media|Volumes)\//.test(path) ? 'removable' : null;
}
