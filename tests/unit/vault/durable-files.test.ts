import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  appendDurably,
  fileError,
  makeFolder,
  readIfPresent,
  removeLeftovers,
  replaceDurably,
} from '../../../electron/platform/durable-files.ts';
import { failureOf, scratchFolder } from '../../builders/vault-builder.ts';

const WRITER = join(import.meta.dirname, '../../support/durable-writer.ts');
let folder: ReturnType<typeof scratchFolder>;
beforeEach(() => {
  folder = scratchFolder();
});
afterEach(() => folder.remove());

/** Lets a writer run for some milliseconds after its first write and kills it. */
function killAfter(path: string, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [WRITER, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.on('error', reject);
    child.on('exit', () => resolve());
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), ms));
  });
}

describe('small files', () => {
  it('R46 hold the old or the new content after 40 kills at random points, never a mixture, never nothing', async () => {
    const runs = async (lane: number) => {
      const path = join(folder.path, `lane-${lane}.json`);
      for (let kill = 0; kill < 20; kill += 1) {
        await killAfter(path, Math.random() * 40);
        const content = readFileSync(path, 'utf8');
        expect(content).toHaveLength(65_536);
        expect(new Set(content).size).toBe(1);
      }
    };
    await Promise.all([runs(0), runs(1)]);
    await removeLeftovers(folder.path);
    expect(readdirSync(folder.path).sort()).toEqual(['lane-0.json', 'lane-1.json']);
  });

  it.skipIf(spawnSync('strace', ['-e', 'trace=fsync', 'true']).status !== 0)(
    'R46 are synced before they get their name, and their folder after',
    () => {
      const path = join(folder.path, 'traced.json');
      const script = `import { replaceDurably } from ${JSON.stringify(join(import.meta.dirname, '../../../electron/platform/durable-files.ts'))}; await replaceDurably(${JSON.stringify(path)}, 'content');`;
      const program = join(folder.path, 'program.ts');
      writeFileSync(program, script);
      const trace = spawnSync(
        'strace',
        ['-f', '-y', '-e', 'trace=fsync,rename,renameat,renameat2', process.execPath, program],
        // Node's own kept code is synced and renamed too.
        { encoding: 'utf8', env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' } },
      ).stderr;
      const calls = trace
        .split('\n')
        .flatMap((line) => /(fsync\(\d+<[^>]*>|rename\w*\()/.exec(line)?.[1] ?? [])
        .map((call) => (call.startsWith('rename') ? 'rename' : call.includes('.tmp') ? 'sync file' : 'sync folder'));
      expect(calls).toEqual(['sync file', 'rename', 'sync folder']);
    },
  );

  it('are readable by the owner only', async () => {
    const path = join(folder.path, 'deep', 'er', 'slot.json');
    await makeFolder(join(folder.path, 'deep', 'er'));
    await replaceDurably(path, '{}');
    await appendDurably(join(folder.path, 'outer.log'), 'line\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder.path, 'deep')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder.path, 'outer.log')).mode & 0o777).toBe(0o600);
  });

  it('are appended to', async () => {
    const path = join(folder.path, 'anchors.log');
    await appendDurably(path, 'one\n');
    await appendDurably(path, 'two\n');
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
  });

  it('leave the old content and no temporary file when the new one cannot be put in place', async () => {
    mkdirSync(join(folder.path, 'taken.json'));
    writeFileSync(join(folder.path, 'taken.json', 'inside'), 'x');
    await expect(replaceDurably(join(folder.path, 'taken.json'), 'new')).rejects.toThrow();
    expect(readdirSync(folder.path)).toEqual(['taken.json']);
  });

  it('R45 say that a quota is used up, for which Node has no name', () => {
    const used = Object.assign(new Error('UNKNOWN: unknown error, write'), { code: 'UNKNOWN', errno: -122 });
    expect(fileError(used)).toMatchObject({ code: 'NO_SPACE', hint: 'hint.freeSpace' });
    expect(fileError(Object.assign(new Error('other'), { code: 'UNKNOWN', errno: -4094 })).code).toBe('INTERNAL');
  });

  it('in a folder that vanished give a named error', async () => {
    expect((await failureOf(replaceDurably(join(folder.path, 'gone', 'x'), 'y'))).code).toBe('INPUT_OUTPUT');
    expect(await readIfPresent(join(folder.path, 'none'), 10)).toBeUndefined();
  });
});
