import { fork } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HEAP_CAP_MEGABYTES, type ToImport } from './import-protocol.ts';

/** A started import process, whatever started it. */
export interface ImportChild {
  readonly pid?: number | undefined;
  send(message: ToImport): void;
  onMessage(listener: (message: unknown) => void): void;
  /** `code` is null when a signal ended it, and 1 when it could not be started. Called once. */
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

/** Starts one import process. Under Electron the host passes its own, made of a utility process. */
export type ImportSpawner = () => ImportChild;

/** What Node itself needs to start; nothing else of this process's environment is passed on. */
const ENVIRONMENT = ['SystemRoot', 'windir', 'TZ'] as const;

function minimalEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {};
  for (const name of ENVIRONMENT) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  if (process.versions.electron !== undefined) environment.ELECTRON_RUN_AS_NODE = '1';
  return environment;
}

/** The folder of the program, and that of its packages, which may lie elsewhere behind a link. */
function programFolders(entry: string): string[] {
  for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
    const packages = join(folder, 'node_modules');
    if (existsSync(packages)) return [...new Set([realpathSync(folder), folder, realpathSync(packages)])];
  }
  return [dirname(entry)];
}

/** Of plain Node: no writing, no reading outside the program, no processes, threads or native code. */
function confinement(entry: string): string[] {
  if (process.versions.electron !== undefined) return [];
  return ['--permission', ...programFolders(entry).map((folder) => `--allow-fs-read=${join(folder, '*')}`)];
}

/**
 * Forks the import process with the Node that runs this program.
 * @param entry absolute path of `import-process`, as source (`.ts`) or built (`.js`).
 */
export function forkSpawner(
  entry: string,
  options: { execPath?: string; execArgv?: readonly string[] } = {},
): ImportSpawner {
  return () => {
    const child = fork(entry, [], {
      env: minimalEnvironment(),
      execArgv: options.execArgv?.slice() ?? [
        `--max-old-space-size=${HEAP_CAP_MEGABYTES}`,
        '--disallow-code-generation-from-strings',
        '--no-warnings',
        ...confinement(entry),
      ],
      ...(options.execPath === undefined ? {} : { execPath: options.execPath }),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return {
      pid: child.pid,
      // The callback swallows the error of a process that has just ended; onExit follows.
      send: (message) => void (child.connected && child.send(message, () => {})),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => {
        let told = false;
        const tell = (code: number | null): void => {
          if (told) return;
          told = true;
          listener(code);
        };
        child.once('exit', tell);
        child.once('error', () => tell(1));
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
