import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeInstanceLock } from '../../../../electron/hosts/chromium/instance-lock.ts';

const module = pathToFileURL(join(import.meta.dirname, '../../../../electron/hosts/chromium/instance-lock.ts')).href;

/** Another process that takes the lock of `folder`, says so, and stays. */
async function otherHolder(folder: string) {
  const script = `const { takeInstanceLock } = await import(${JSON.stringify(module)});
    const lock = takeInstanceLock(${JSON.stringify(folder)});
    lock?.onSecondStart(() => process.stdout.write('forward\\n'));
    process.stdout.write(lock === undefined ? 'refused\\n' : 'held\\n');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const nextLine = (): Promise<string> =>
    new Promise((resolve) => {
      const look = (): void => {
        const line = lines.shift();
        if (line === undefined)
          child.stdout.once('data', (data: Buffer) => {
            lines.push(...data.toString().trim().split('\n'));
            look();
          });
        else resolve(line);
      };
      look();
    });
  return { child, nextLine, first: await nextLine() };
}

describe('one window per data folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'instance-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('R47 a second start is refused and brings the first forward', async () => {
    const holder = await otherHolder(folder);
    expect(holder.first).toBe('held');
    expect(takeInstanceLock(folder)).toBeUndefined();
    expect(await holder.nextLine()).toBe('forward');
    holder.child.kill('SIGKILL');
  });

  it('R47 after SIGKILL of the holder the next start has the folder at once', async () => {
    const holder = await otherHolder(folder);
    const ended = new Promise((resolve) => holder.child.once('exit', resolve));
    holder.child.kill('SIGKILL');
    await ended;
    const lock = takeInstanceLock(folder);
    expect(lock).toBeDefined();
    lock?.release();
  });

  it('R47 another process with the number of a dead holder is no holder', () => {
    writeFileSync(join(folder, 'instance.json'), JSON.stringify({ pid: process.pid, started: 'long ago' }));
    const lock = takeInstanceLock(folder);
    expect(lock).toBeDefined();
    lock?.release();
    expect(existsSync(join(folder, 'instance.json'))).toBe(false);
  });

  it('R47 a lock that was cut short by a power cut holds nobody up', () => {
    writeFileSync(join(folder, 'instance.json'), '');
    const lock = takeInstanceLock(folder);
    expect(lock).toBeDefined();
    lock?.release();
  });
});
