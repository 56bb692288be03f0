import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../../../build/scripts/processes.ts';

/**
 * Packs the program with a stand-in of Electron's binary, made here, and starts what comes out. The stand-in (electron-standin/) reads the
 * program archive and runs its main process on Node; a page of Chromium is its window. What it shows: everything that is needed is in the
 * archive and lies where it is looked for. What it cannot show: Electron itself.
 */

const STANDIN = join(import.meta.dirname, 'electron-standin');
/** By which `@electron/fuses` finds the fuses in a binary: version 1, eight of them, none set. */
const FUSES = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0008rrrrrrrr';
const WINDOW = 'https://desk.invalid';

export interface PackedProgram {
  readonly folder: string;
  readonly executable: string;
  readonly resources: string;
}

/** `electron-builder --dir` into `root`. Linux only: elsewhere the binary has another shape. */
export function pack(root: string): PackedProgram {
  const electronDist = join(root, 'electron');
  mkdirSync(join(electronDist, 'resources'), { recursive: true });
  mkdirSync(join(electronDist, 'locales'));
  for (const name of ['zh-TW', 'zh-CN', 'en-US']) writeFileSync(join(electronDist, 'locales', `${name}.pak`), '');
  cpSync(STANDIN, join(electronDist, 'standin'), { recursive: true });
  const program = join(electronDist, 'electron');
  const run = `exec "${process.execPath}" --disable-warning=ExperimentalWarning "$(dirname "$0")/standin/start.mjs" "$0" "$@"`;
  writeFileSync(program, `#!/bin/sh\n${run}\nexit 1\n${FUSES}\n`);
  chmodSync(program, 0o755);
  const output = join(root, 'dist');
  const done = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules', 'electron-builder', 'cli.js'),
      '--dir',
      `-c.electronDist=${electronDist}`,
      `-c.directories.output=${output}`,
    ],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (done.status !== 0) throw new Error(`${done.stdout}\n${done.stderr}`);
  rmSync(electronDist, { recursive: true, force: true });
  const folder = join(output, `linux-${process.arch === 'x64' ? '' : `${process.arch}-`}unpacked`);
  return { folder, executable: join(folder, 'dossier-desk-window'), resources: join(folder, 'resources') };
}

/** The eight fuses as characters: `1` on, `0` off, `r` left as it was. */
export function fusesOf({ executable }: PackedProgram): string {
  const binary = readFileSync(executable, 'latin1');
  const at = binary.indexOf(FUSES.slice(0, 32)) + 34;
  return binary.slice(at, at + 8);
}

export function runPacked(program: PackedProgram, args: readonly string[], secret = '') {
  const env = { ...process.env, LANG: 'en_GB.UTF-8', DOSSIER_DESK_SECRET: secret };
  return spawnSync(program.executable, [...args], { encoding: 'utf8', timeout: 120_000, env });
}

interface Served {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}
type Told =
  | { readonly kind: 'opened'; readonly preload: string }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'push'; readonly channel: string; readonly value: unknown };

/** Starts the packed program and shows its window in a page: its scheme, its preload script, its messages. */
export async function openPacked(program: PackedProgram, page: Page, args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(program.executable, [...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map<number, (value: unknown) => void>();
  let last = 0;
  const ask = <T>(question: object) =>
    new Promise<T>((resolve) => {
      last += 1;
      waiting.set(last, resolve as (value: unknown) => void);
      child.send({ ...question, id: last });
    });
  const preload = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The packed program ended with ${code}.`)));
    child.on('message', (told: Told) => {
      if (told.kind === 'opened') resolve(told.preload);
      else if (told.kind === 'answer') waiting.get(told.id)?.(told.value);
      else
        page
          .evaluate(([channel, value]) => window.__push?.(channel, value), [told.channel, told.value] as const)
          .catch(() => {});
    });
  });
  await page.exposeFunction('__invoke', (channel: string, value: unknown) => ask({ kind: 'invoke', channel, value }));
  await page.addInitScript({ content: preloaded(preload) });
  await page.route('**/*', async (route) => {
    const { status, headers, body } = await ask<Served>({
      kind: 'serve',
      url: route.request().url().replace(WINDOW, 'archive://desk'),
    });
    await route.fulfill({ status, headers, body: Buffer.from(body, 'base64') });
  });
  await page.goto(`${WINDOW}/`);
  return child;
}

declare global {
  interface Window {
    __invoke(channel: string, value: unknown): Promise<unknown>;
    __push?: (channel: string, value: unknown) => void;
  }
}

/** A sandboxed preload script can require Electron and nothing else. As text: the page's policy lets nothing be made from text in it. */
const preloaded = (source: string): string => `(() => {
  const listeners = new Map();
  window.__push = (channel, value) => listeners.get(channel)?.({}, value);
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name, value) => Object.defineProperty(window, name, { value: Object.freeze(value) }),
    },
    ipcRenderer: {
      invoke: (channel, value) => window.__invoke(channel, value),
      on: (channel, listener) => listeners.set(channel, listener),
      removeListener: (channel) => listeners.delete(channel),
    },
  };
  const require = (name) => {
    if (name !== 'electron') throw new Error('A preload script cannot require ' + name);
    return electron;
  };
  (function (require, exports, module) { ${source}
  })(require, {}, {});
})();`;
