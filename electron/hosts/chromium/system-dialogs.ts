import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** File dialogs of the system for a program without a toolkit of its own: zenity or kdialog, where installed. */
export interface SystemDialogs {
  folder(title: string, startIn: string | undefined): Promise<string | null>;
  savePath(title: string, suggestedName: string, startIn: string | undefined): Promise<string | null>;
}

function run(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, [...args], { encoding: 'utf8' }, (error, stdout) => {
      const path = stdout.trim();
      resolve(error === null && path !== '' ? path : null);
    });
  });
}

/** Undefined without a display or without such a program: the window then asks for paths in a field. */
export function systemDialogs(environment: NodeJS.ProcessEnv): SystemDialogs | undefined {
  if (process.platform !== 'linux' || !(environment.DISPLAY || environment.WAYLAND_DISPLAY)) return undefined;
  const folders = (environment.PATH ?? '').split(delimiter);
  const has = (name: string): boolean => folders.some((folder) => existsSync(join(folder, name)));
  if (has('zenity')) {
    return {
      folder: (title, startIn) =>
        run('zenity', [
          '--file-selection',
          '--directory',
          `--title=${title}`,
          ...(startIn ? [`--filename=${startIn}/`] : []),
        ]),
      savePath: (title, suggestedName, startIn) =>
        run('zenity', [
          '--file-selection',
          '--save',
          `--title=${title}`,
          `--filename=${startIn === undefined ? suggestedName : join(startIn, suggestedName)}`,
        ]),
    };
  }
  if (has('kdialog')) {
    const home = environment.HOME ?? '/';
    return {
      folder: (title, startIn) => run('kdialog', ['--title', title, '--getexistingdirectory', startIn ?? home]),
      savePath: (title, suggestedName, startIn) =>
        run('kdialog', ['--title', title, '--getsavefilename', join(startIn ?? home, suggestedName)]),
    };
  }
  return undefined;
}

/** Shows a folder in the file manager; false where the system has none to offer. */
export function revealFolder(folder: string): Promise<boolean> {
  const program = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer.exe' : 'xdg-open';
  return new Promise((resolve) => {
    const child = spawn(program, [folder], { detached: true, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
