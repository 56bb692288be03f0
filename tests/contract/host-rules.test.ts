import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const sources = ['electron', 'renderer', 'shared'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => ({ name: join(folder, name), text: readFileSync(join(ROOT, folder, name), 'utf8') })),
);
const using = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name);
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describe('what the host may do', () => {
  it('R11 no key store of the operating system is asked for anything: changing it never keeps anybody out', () => {
    expect(using(/\bsafeStorage\b|keytar|libsecret|kwallet|basic_text|password-store/)).toEqual([]);
  });

  it('R22 the package opens no developer tools and brings no source maps', () => {
    expect(using(/openDevTools|toggleDevTools|inspectElement/)).toEqual([]);
    expect(text('electron/hosts/electron/desk-window.ts')).toContain('devTools: !packaged');
    expect(text('electron.vite.config.ts').match(/sourcemap: (\w+)/g)).toEqual(Array(3).fill('sourcemap: false'));
    expect(text('electron-builder.yml')).toContain('"!**/*.map"');
  });
});
