import { spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awaitEarlierBrowser } from '../../../../electron/hosts/chromium/earlier-browser.ts';

const marked = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

describe.runIf(process.platform === 'linux')('R47 a browser that outlived its host', () => {
  let profile: string;
  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'dossier-desk-profile-'));
  });
  afterEach(() => rmSync(profile, { recursive: true, force: true }));

  /** Something that lives for `ms` and looks like a browser on `folder`. */
  function browserOn(folder: string, ms: number) {
    const child = spawn(process.execPath, ['-e', `setTimeout(() => {}, ${ms})`, '--', `--user-data-dir=${folder}`]);
    symlinkSync(`machine-${child.pid}`, join(profile, 'SingletonLock'));
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    return { child, ended };
  }

  it('R47 is waited for, and its mark is taken away', async () => {
    const { child, ended } = browserOn(profile, 600);
    await awaitEarlierBrowser(profile);
    await Promise.race([ended, pause(200)]);
    expect(child.exitCode).toBe(0);
    expect(marked(join(profile, 'SingletonLock'))).toBe(false);
  });

  it('R47 a mark of a process that is gone, or is another program by now, holds nothing up', async () => {
    const { child, ended } = browserOn(join(profile, 'another'), 60_000);
    await awaitEarlierBrowser(profile);
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
    expect(existsSync(profile) && marked(join(profile, 'SingletonLock'))).toBe(false);
    child.kill();
    await ended;
    symlinkSync(`machine-${child.pid}`, join(profile, 'SingletonLock'));
    await awaitEarlierBrowser(profile);
    expect(marked(join(profile, 'SingletonLock'))).toBe(false);
  });
});
