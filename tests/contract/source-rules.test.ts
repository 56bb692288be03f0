import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

const sources = ['electron', 'renderer', 'shared'].flatMap(filesIn).filter((path) => /\.tsx?$/.test(path));
const text = new Map(sources.map((path) => [path, readFileSync(join(root, path), 'utf8')]));

/** Code without comments and without the content of plain strings: a rule may be named where it is explained. */
function code(path: string): string {
  return (text.get(path) ?? '').replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$|\s\/\/ .*$/gm, '');
}

/** `path:line` of every place where a pattern stands in code. */
function places(pattern: RegExp, where: (path: string) => boolean = () => true): string[] {
  return sources.filter(where).flatMap((path) =>
    code(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${relative('.', path)}: ${line.trim()} (${index + 1})`] : [])),
  );
}

const inElectron = (path: string): boolean => path.startsWith('electron/');

describe('source rules', () => {
  it('R21 no code is made from text', () => {
    expect(places(/(?<![\w.'])eval\(|new Function\(|\bset(?:Timeout|Interval)\(\s*['"`]/)).toEqual([]);
  });

  it('R21 no markup is made from text', () => {
    expect(
      places(/\.innerHTML\b|\.outerHTML\s*=|dangerouslySetInnerHTML|insertAdjacentHTML|document\.write\(/),
    ).toEqual([]);
  });

  it('R21 no module that opens a connection', () => {
    const module =
      /(?:from|import|require\()\s*\(?['"](?:node:)?(?:http|https|http2|net|tls|dgram|dns|inspector)(?:\/\w+)?['"]/;
    expect(places(module)).toEqual([]);
  });

  it('R21 no request from the window either', () => {
    expect(
      places(/(?<![\w.]|async )fetch\(|new WebSocket\(|new XMLHttpRequest\(|sendBeacon\(/, (path) =>
        path.startsWith('renderer/'),
      ),
    ).toEqual([]);
  });

  it('R01 no field lets the browser keep what was typed: autocomplete is off, or says what it is for', () => {
    const kept = sources.flatMap((path) =>
      [...code(path).matchAll(/<(input|textarea)\b.*?\/>/gs)]
        .filter(([tag]) => !/autoComplete=|type="(?:checkbox|radio)"/.test(tag))
        .map(([tag]) => `${path}: ${tag.replaceAll(/\s+/g, ' ').slice(0, 80)}`),
    );
    expect(kept).toEqual([]);
  });

  it('M5 no call that hands out plaintext of the store or loads foreign code into it', () => {
    expect(places(/\.serialize\(\)|\bATTACH\b(?:\s+DATABASE)?\s|\.loadExtension\(|\.unsafeMode\(/, inElectron)).toEqual(
      [],
    );
  });

  it('R48 nothing but the store opens databases, and nothing reads them as files while they are open', () => {
    const using = (pattern: RegExp): string[] =>
      sources.filter((path) => inElectron(path) && pattern.test(text.get(path) ?? '')).sort();
    expect(using(/from 'node:sqlite'|from 'better-sqlite3/)).toEqual([]);
    expect(using(/require\('better-sqlite3-multiple-ciphers'\)/)).toEqual(['electron/store/binding.ts']);
    expect(using(/new SqliteConnection\(/)).toEqual([
      'electron/store/cipher-connection.ts',
      'electron/store/connection.ts',
      'electron/store/instance-lock.ts',
    ]);
    // judgeFirstPage reads the file and may only be called where no connection can exist yet.
    expect(using(/judgeFirstPage\(/)).toEqual(['electron/store/connection.ts', 'electron/store/page-verifier.ts']);
    expect(using(/archive\.db-(wal|shm)/)).toEqual([]);
  });

  it('Math.random decides nothing', () => {
    expect(places(/Math\.random\(/, (path) => !path.startsWith('renderer/'))).toEqual([]);
  });

  it('no loose ends', () => {
    const loose = [...text].flatMap(([path, content]) =>
      /\b(TODO|FIXME|XXX)\b|@ts-ignore|@ts-nocheck/.test(content) ? [path] : [],
    );
    expect(loose).toEqual([]);
  });

  it('imports name the file they mean', () => {
    expect(places(/(?:from|import\()\s*['"]\.{1,2}\/[^'"]*(?<!\.(?:ts|tsx|js|mjs|css|json)(?:\?url)?)['"]/)).toEqual(
      [],
    );
  });

  it('no file is longer than 400 lines, migrations and vocabularies aside', () => {
    const long = [...text].flatMap(([path, content]) => {
      const lines = content.split('\n').length - 1;
      return lines > 400 && !/migrations\/|vocabular/.test(path) ? [`${path}: ${lines}`] : [];
    });
    expect(long).toEqual([]);
  });

  it('no file carries the name of this machine or of a package server', () => {
    const tracked = [...sources, 'package.json', 'package-lock.json', 'electron-builder.yml'];
    const named = tracked.filter((path) =>
      /https?:\/\/(registry\.|npm\.|[a-z0-9.-]*mirror)/.test(readFileSync(join(root, path), 'utf8')),
    );
    expect(named).toEqual([]);
  });
});
