import { useArchiveQuery } from '../../gateway/use-archive.ts';

/** Path of the newest backup where it was written, to be proposed; empty before the first one. */
export function useNewestBackup(): string {
  const status = useArchiveQuery('backups.status', { limit: 1 }).data;
  const newest = status?.runs[0];
  if (status === undefined || newest === undefined) return '';
  return `${status.media.find(({ id }) => id === newest.medium)?.place ?? ''}/${newest.file}`;
}
