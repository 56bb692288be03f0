import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const MAIN = at('../../electron/hosts/cli/main.ts');
const FAST_MAIN = at('./fast-command-line.ts');

export interface CliRun {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CliOptions {
  readonly secret?: string;
  /** With a cheap Argon2id. What it makes, the real one refuses to open. */
  readonly fast?: boolean;
  readonly stdin?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** A command with its arguments to run it under. */
  readonly under?: readonly string[];
  /** Called once it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** The command line as somebody types it, in a process of its own: sources under this Node, texts in zh-Hant. */
export async function cli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const { DOSSIER_DESK_SECRET: _none, ...environment } = process.env;
  const [command = '', ...rest] = [
    ...(options.under ?? []),
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    options.fast === true ? FAST_MAIN : MAIN,
    ...args,
  ];
  const child = spawn(command, rest, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...environment,
      LANG: 'zh_TW.UTF-8',
      ...(options.secret === undefined ? {} : { DOSSIER_DESK_SECRET: options.secret }),
      ...options.env,
    },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.stdin ?? '');
  options.onStart?.(child);
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, out, err };
}

/** Words for people and nothing else: no key of a catalogue, no parameter left open, no stack, no path of a source. */
export function looksLikeWords(text: string): boolean {
  return (
    /\p{Script=Han}{2}/u.test(text) &&
    !/\b(error|hint|exchange|validation|cli|phase)\.[A-Za-z]/.test(text) &&
    !/\{\{|\}\}|\bat .*:\d+:\d+|node:internal|\.ts:\d+|undefined|\[object/.test(text)
  );
}
