import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockSignalOf } from '../../../../electron/hosts/chromium/lock-signals.ts';
import { refusedSwitch } from '../../../../electron/hosts/electron/refused-switches.ts';
import { type RendererFiles, rendererFiles } from '../../../../electron/hosts/renderer-files.ts';

describe('files of the window', () => {
  let folder: string;
  let files: RendererFiles;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'window-files-'));
    mkdirSync(join(folder, 'renderer/assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.json'), '{}');
    writeFileSync(join(folder, 'renderer/index.html'), '<p>');
    writeFileSync(join(folder, 'renderer/assets/pdf.worker-x1.mjs'), '');
    writeFileSync(join(folder, 'renderer/assets/run.sh'), '');
    files = rendererFiles(join(folder, 'renderer'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('R15 the page comes with the policy and is not kept', async () => {
    const { status, headers, body } = await files('/');
    expect([status, body.toString()]).toEqual([200, '<p>']);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; worker-src 'self'; connect-src 'none'; " +
        "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    );
    expect(headers['cache-control']).toBe('no-store');
  });

  it.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/assets/..%2f..%2fsecret.json',
    '/..\\secret.json',
    '/assets/run.sh',
    '/none.js',
    '/%',
    '/a%00.html',
    '/assets',
  ])('R18 %s is not found', async (path) => {
    expect((await files(path)).status).toBe(404);
  });

  it('the picture worker may compile WebAssembly and reach nothing but the program itself', async () => {
    const policy = (await files('/assets/pdf.worker-x1.mjs')).headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
  });
});

describe('switches', () => {
  it.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--no-sandbox',
    '--js-flags=--expose-gc',
    '--load-extension=/x',
    '--inspect',
    '--inspect-brk=1',
    '--user-data-dir=/x',
    '--REMOTE-DEBUGGING-PORT=1',
  ])('R19 the packaged program refuses %s', (argument) => {
    expect(refusedSwitch(['--data-folder', '/d', argument])).toBe(argument.split('=')[0]?.toLowerCase());
  });

  it('its own switches pass', () => {
    expect(refusedSwitch(['--data-folder', '/d', 'file.pdf', '--cli', '--json'])).toBeUndefined();
  });
});

describe('R23 lock signals of logind', () => {
  it.each([
    ['/org/freedesktop/login1/session/_32: org.freedesktop.login1.Session.Lock ()', 'screen'],
    [
      "/org/freedesktop/login1/session/_32: org.freedesktop.DBus.Properties.PropertiesChanged ('org.freedesktop.login1.Session', {'LockedHint': <true>}, @as [])",
      'screen',
    ],
    [
      "/org/freedesktop/login1/session/_32: org.freedesktop.DBus.Properties.PropertiesChanged ('org.freedesktop.login1.Session', {'Active': <false>}, @as [])",
      'screen',
    ],
    ['/org/freedesktop/login1: org.freedesktop.login1.Manager.PrepareForSleep (true,)', 'suspend'],
    ['/org/freedesktop/login1: org.freedesktop.login1.Manager.PrepareForSleep (false,)', undefined],
    ['/org/freedesktop/login1: org.freedesktop.login1.Manager.SessionNew (x)', undefined],
  ] as const)('%s → %s', (line, reason) => expect(lockSignalOf(line)).toBe(reason));
});
