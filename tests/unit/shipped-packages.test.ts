import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { billOfMaterials, licencesForWindow, shippedPackages } from '../../build/scripts/shipped-packages.ts';
import { packageHash } from '../../electron/process/program-version.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const shipped = shippedPackages(ROOT);
/** Licences under which a program under MIT may ship somebody else's work. */
const ALLOWED =
  /^(MIT|MIT\/X11|ISC|0BSD|Zlib|Unlicense|BlueOak-1\.0\.0|BSD-[23]-Clause|Apache-2\.0|OFL-1\.1|CC0-1\.0|Python-2\.0)$/;

describe('R75 what is shipped of others', () => {
  it('R75 every package has a version, the hash of the lock file and a licence that may be shipped', () => {
    expect(shipped.length).toBeGreaterThan(100);
    const wrong = shipped.filter(({ licence, sha512, version, text }) => {
      const choices = licence.replaceAll(/[()]/g, '').split(/ OR /);
      const allowed = choices.some((choice) => choice.split(/ AND /).every((part) => ALLOWED.test(part.trim())));
      // Packages for other systems have no hash in the lock file of this one.
      return !allowed || (text !== '' && sha512.length !== 128) || !/^\d+\.\d+\.\d+/.test(version);
    });
    // One old package (of what reads workbooks) says its licence nowhere: known, and to be replaced with what brings it.
    expect(wrong.map(({ name, licence }) => `${name}: ${licence}`)).toEqual(['buffers: NOASSERTION']);
  });

  it('R75 what the window is made from is in it: its libraries and its fonts', () => {
    const names = new Set(shipped.map(({ name }) => name));
    for (const name of ['react', 'react-dom', '@mantine/core', 'dexie', 'electron', 'better-sqlite3-multiple-ciphers'])
      expect(names.has(name), name).toBe(true);
    expect([...names].filter((name) => name.startsWith('@types/'))).toEqual([]);
  });

  it('R75 the bill of materials is CycloneDX, the same each time, and names no server', () => {
    const bill = billOfMaterials(ROOT);
    expect(bill).toBe(billOfMaterials(ROOT));
    const parsed = JSON.parse(bill) as { bomFormat: string; components: { purl: string }[] };
    expect(parsed.bomFormat).toBe('CycloneDX');
    expect(parsed.components).toHaveLength(shipped.length);
    expect(parsed.components.every(({ purl }) => purl.startsWith('pkg:npm/'))).toBe(true);
    expect(bill).not.toMatch(/https?:\/\//);
  });

  it('R75 the window has the text of nearly every licence, each once', () => {
    const { packages, texts } = JSON.parse(licencesForWindow(ROOT)) as {
      packages: { text: number }[];
      texts: string[];
    };
    expect(packages).toHaveLength(shipped.length);
    expect(new Set(texts).size).toBe(texts.length);
    // Packages for other systems lie in the lock file only.
    const without = packages.filter(({ text }) => texts[text] === '').length;
    expect(without).toBeLessThan(shipped.length / 2);
  });

  it('R75 every dependency is pinned to one version, and nothing reports home', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d/.test(version));
    expect(loose).toEqual([]);
    const main = readFileSync(join(ROOT, 'electron/hosts/electron/main.ts'), 'utf8');
    expect(main).not.toMatch(/crashReporter\.start|autoUpdater/);
  });
});

test('R75 the fingerprint of a packed program is that of the list of its files; run from its sources it has none', () => {
  const list = '{"v":1,"files":{"app.asar":"ab"}}';
  const read = (path: string) => {
    expect(path).toBe('/opt/desk/resources/files.json');
    return list;
  };
  const at = 'file:///opt/desk/resources/app.asar/out/main/archive-process.js';
  expect(packageHash(read, at)).toBe(createHash('sha256').update(list).digest('hex'));
  expect(packageHash(() => list)).toBe('');
});
