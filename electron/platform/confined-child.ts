import { fork } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A started process that handles foreign bytes (R62), whatever started it. */
export interface ConfinedChild {
  readonly pid?: number | undefined;
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** `code` is null when a signal ended it, and 1 when it could not be started. Called once. */
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

/** Starts one such process. Under Electron the host passes its own, made of a utility process. */
export type ConfinedSpawner = () => ConfinedChild;

export interface Confinement {
  /** Megabytes of script objects. */
  readonly heapMegabytes: number;
  /** It draws with a library of machine code. */
  readonly addons?: boolean;
  /** It works in a thread beside the one that listens. */
  readonly threads?: boolean;
  /** It has nothing of others to read, and files of ours to copy. */
  readonly files?: boolean;
  readonly execPath?: string;
  readonly execArgv?: readonly string[];
}

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

/** Of plain Node: no writing, no reading outside the program, no processes; threads and machine code only where wanted. */
function permissions(entry: string, { addons, files, threads }: Confinement): string[] {
  if (process.versions.electron !== undefined) return [];
  return [
    '--permission',
    ...(files === true ? ['--allow-fs-read=*', '--allow-fs-write=*'] : []),
    ...programFolders(entry).map((folder) => `--allow-fs-read=${join(folder, '*')}`),
    ...(addons === true ? ['--allow-addons'] : []),
    ...(threads === true ? ['--allow-worker'] : []),
  ];
}

/**
 * Forks such a process with the Node that runs this program.
 * @param entry absolute path of its entry, as source (`.ts`) or built (`.js`).
 */
export function confinedSpawner(entry: string, confinement: Confinement): ConfinedSpawner {
  return () => {
    const child = fork(entry, [], {
      env: minimalEnvironment(),
      execArgv: confinement.execArgv?.slice() ?? [
        `--max-old-space-size=${confinement.heapMegabytes}`,
        '--disallow-code-generation-from-strings',
        '--no-warnings',
        ...permissions(entry, confinement),
      ],
      ...(confinement.execPath === undefined ? {} : { execPath: confinement.execPath }),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return {
      pid: child.pid,
      // The callback swallows the error of a process that has just ended; onExit follows.
      send: (message) => void (child.connected && child.send(message as never, () => {})),
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
