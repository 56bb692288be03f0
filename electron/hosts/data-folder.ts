import { join, resolve } from 'node:path';

export interface HostFolders {
  /** Settings of the host, browser profile, instance lock and, by default, the archive. */
  readonly data: string;
  /** The archive that is meant when nobody names one (cli.md `--vault`). */
  readonly vault: string;
  /** Where prints and exports are offered to go. */
  readonly output: string;
}

export interface FolderSources {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
  /** `--data-folder`; before `DOSSIER_DESK_DATA`, before the system's own place. */
  readonly chosen?: string | undefined;
}

function systemDataFolder({ platform, environment, home }: FolderSources): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Dossier Desk');
  if (platform === 'win32') return join(environment.APPDATA || join(home, 'AppData', 'Roaming'), 'Dossier Desk');
  return join(environment.XDG_DATA_HOME || join(home, '.local', 'share'), 'dossier-desk');
}

/** The folders of this start. A data folder that was named keeps everything inside itself. */
export function hostFolders(sources: FolderSources): HostFolders {
  const named = sources.chosen || sources.environment.DOSSIER_DESK_DATA;
  const data = resolve(named || systemDataFolder(sources));
  return {
    data,
    vault: join(data, 'vault'),
    output: named ? join(data, 'output') : join(sources.home, 'Documents', 'Dossier Desk'),
  };
}
