import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Root of the checkout. */
export const ROOT = join(import.meta.dirname, '..', '..');

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Ends the process after so many milliseconds. */
  readonly timeoutMs?: number;
  /** `inherit`: on the terminal; `collect`: given back. */
  readonly output?: 'inherit' | 'collect';
}

export interface RunResult {
  /** Exit status; 1 when the program could not be started or was ended by a signal. */
  readonly status: number;
  readonly output: string;
}

/** Runs a program to its end, in the root of the checkout. Never rejects. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const collect = options.output === 'collect';
  return new Promise((resolve) => {
    const child = spawn(program, [...args], {
      cwd: ROOT,
      env: { ...process.env, ...options.env },
      stdio: collect ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs, killSignal: 'SIGKILL' as const }),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => {
        output += text;
      });
    }
    // The child belongs to the terminal too and gets Ctrl-C itself; we wait for what it makes of it.
    const wait = (): void => {};
    process.on('SIGINT', wait);
    const forward = (): void => void child.kill('SIGTERM');
    process.once('SIGTERM', forward);
    const finish = (status: number): void => {
      process.off('SIGINT', wait);
      process.off('SIGTERM', forward);
      resolve({ status, output });
    };
    child.once('error', (error) => {
      output += `${program}: ${error.message}\n`;
      finish(127);
    });
    child.once('close', (code) => finish(code ?? 1));
  });
}

/** Runs a script or a package's command under the Node that runs this. */
export function runNode(args: readonly string[], options?: RunOptions): Promise<RunResult> {
  return run(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], options);
}

export const toolPath = (...parts: readonly string[]): string => join(ROOT, 'node_modules', ...parts);

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
