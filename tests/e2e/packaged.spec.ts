import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { ROOT } from '../../build/scripts/processes.ts';
import { findBrowser } from '../../electron/hosts/chromium/find-browser.ts';
import { directoryOf } from './support/electron-standin/read-archive.ts';
import { fusesOf, openPacked, type PackedProgram, pack, runPacked } from './support/packed-program.ts';
import { say } from './support/texts.ts';

const SECRET = 'practice keeper 實訓檔案 2026';

test.describe
  .serial('the packed program', () => {
    test.skip(process.platform !== 'linux', 'The stand-in of Electron’s binary is a shell script.');
    let root: string;
    let program: PackedProgram;
    let vault: string;
    const cli = (...args: string[]) =>
      runPacked(program, ['--cli', ...args, '--vault', vault, '--locale', 'en'], SECRET);

    test.beforeAll(() => {
      root = mkdtempSync(join(tmpdir(), 'dossier-desk-packed-'));
      vault = join(root, 'vault');
      program = pack(root);
    });
    test.afterAll(() => rmSync(root, { recursive: true, force: true }));

    test('R19, R22 holds the bundle and its packages for this system alone: no sources, maps or tests; every fuse is set', () => {
      const { files } = directoryOf(openSync(join(program.resources, 'app.asar'), 'r'));
      const names = files.map(([path]) => path);
      expect(
        names.filter((name) => /\.(ts|map|md)$|(^|\/)(tests?|__tests__)\/|chromium\.js$|playwright/.test(name)),
      ).toEqual([]);
      const native = files.filter(([path]) => path.endsWith('.node'));
      expect(native.map(([path]) => path.replace(/.*\//, '')).toSorted()).toHaveLength(4);
      expect(names).toContain('out/main/verifier/verify-log.mjs');
      for (const [path, { unpacked }] of native) {
        expect(path).toContain(`linux-${process.arch}`);
        expect(unpacked).toBe(true);
      }
      // Each process that is started from the bundle can be read by its engine.
      for (const name of readdirSync(join(ROOT, 'out', 'main')).filter((file) => file.endsWith('.js')))
        expect(spawnSync(process.execPath, ['--check', join(ROOT, 'out', 'main', name)]).status, name).toBe(0);
      // Room for growth, not for another copy of a library.
      expect(statSync(join(program.resources, 'app.asar')).size).toBeLessThan(80e6);
      // runAsNode, cookies, NODE_OPTIONS, inspect, integrity, only asar, snapshot, file protocol.
      expect(fusesOf(program)).toBe('01001100');
    });

    test('R75 packed once more, every file of the package is the same to the byte', () => {
      const again = pack(join(root, 'again'));
      const files = ({ folder }: PackedProgram) =>
        readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .toSorted()
          .map((path) => [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')]);
      expect(files(again)).toEqual(files(program));
      rmSync(join(root, 'again'), { recursive: true });
    });

    test('its command line makes an archive, brings a table in, prints and verifies, all from the archive file', () => {
      expect(cli('practice', '--customers', '1')).toMatchObject({
        status: 0,
        stderr: expect.not.stringContaining('Error'),
      });
      const table = join(root, 'cards.csv');
      writeFileSync(table, 'registeredName\n封裝股份有限公司\n');
      expect(cli('import', table)).toMatchObject({ status: 0 });
      const pdf = join(root, 'catalogue.pdf');
      expect(cli('report', 'catalogue', '--out', pdf)).toMatchObject({ status: 0, stderr: '' });
      expect(readFileSync(pdf, 'latin1').slice(0, 5)).toBe('%PDF-');
      expect(cli('verify')).toMatchObject({ status: 0 });
    });

    test('its window opens from the archive file and signs in', async () => {
      const browser = await chromium.launch({ executablePath: findBrowser(process.platform, process.env) ?? '' });
      const page = await browser.newPage();
      const child = await openPacked(program, page, ['--data-folder', join(root, 'data')]);
      try {
        const answer = await page.evaluate(
          ([directory, secret]) =>
            window.archive.call('archive.unlock', { directory, login: 'keeper', secret }, 'unlock'),
          [vault, SECRET] as const,
        );
        expect(answer).toMatchObject({ ok: true });
        await page.reload();
        await expect(page.getByRole('navigation').first()).toContainText(say('screen.today'));
        // The data folder that was asked for is the one that is used.
        expect(existsSync(join(root, 'data', 'window'))).toBe(true);
      } finally {
        await browser.close();
        child.kill();
      }
    });

    test('R19 does not start with a switch that would open it', () => {
      for (const refused of ['--remote-debugging-port=0', '--no-sandbox'])
        expect(runPacked(program, [refused]), refused).toMatchObject({ status: 2 });
    });

    test('R20 one changed byte in the program archive, or beside it: it says which file and does not go on', () => {
      const template = join(program.resources, 'app.asar.unpacked', 'out', 'main', 'templates', 'kit.typ');
      appendFileSync(template, ' ');
      const run = runPacked(program, ['--data-folder', join(root, 'other')]);
      expect(run).toMatchObject({ status: 3, stderr: expect.stringContaining('kit.typ') });
    });
  });
