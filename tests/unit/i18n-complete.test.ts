import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadTexts } from '../../electron/hosts/message-texts.ts';
import { contract } from '../../shared/contract/contract.ts';
import type { Operation } from '../../shared/contract/operation.ts';
import { ERROR_CODES } from '../../shared/errors/error-codes.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const LOCALES = ['zh-Hant', 'zh-Hans', 'en'] as const;

type Catalogue = Map<string, string>;
const doubled: string[] = [];

function catalogue(locale: string): Catalogue {
  const folder = join(ROOT, 'shared', 'i18n', locale);
  const texts: Catalogue = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const entries = Object.entries(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>);
    for (const [key, text] of entries) {
      if (texts.has(key)) doubled.push(`${locale} ${key} (${file})`);
      texts.set(key, text);
    }
  }
  return texts;
}

const catalogues = new Map(LOCALES.map((locale) => [locale, catalogue(locale)]));
const chinese = catalogues.get('zh-Hant') ?? new Map<string, string>();

/** English has two plural forms (`…_one`, `…_other`) where Chinese has one text: they are compared by their common key. */
function comparableKeys(texts: Catalogue): string[] {
  return [...new Set([...texts.keys()].map((key) => key.replace(/_(one|other)$/, '')))].sort();
}

function textOf(texts: Catalogue, key: string): string | undefined {
  return texts.get(key) ?? texts.get(`${key}_other`);
}

/** English writes the month's name where Chinese writes its number. */
const OWN_PLACEHOLDERS = new Set(['print.date.day', 'print.date.month']);

function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? ''))].sort();
}

function sources(folder: string): { path: string; text: string }[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => ({ path: join(folder, name), text: readFileSync(join(ROOT, folder, name), 'utf8') }));
}

test.each(['zh-Hans', 'en'] as const)(
  '%s has the same texts as Traditional Chinese, none more and none less',
  (locale) => {
    expect(comparableKeys(catalogues.get(locale) ?? new Map())).toEqual(comparableKeys(chinese));
  },
);

test.each(['zh-Hans', 'en'] as const)('%s uses the same placeholders as Traditional Chinese', (locale) => {
  const texts = catalogues.get(locale) ?? new Map<string, string>();
  const different = comparableKeys(chinese).filter(
    (key) =>
      !OWN_PLACEHOLDERS.has(key) &&
      placeholders(textOf(texts, key) ?? '').join() !== placeholders(textOf(chinese, key) ?? '').join(),
  );
  expect(different).toEqual([]);
});

test('English says one of a thing as one, also where the number is written out already', () => {
  const words = loadTexts('en');
  expect(words('dealings.daysLate', { count: 1 })).toBe('1 day overdue');
  expect(words('dealings.daysLate', { count: 2 })).toBe('2 days overdue');
  expect(words('exports.done', { count: '1,001' })).toBe('1,001 customers exported');
  expect(loadTexts('zh-Hant')('dealings.daysLate', { count: 1 })).toBe(
    chinese.get('dealings.daysLate')?.replace('{{count}}', '1'),
  );
});

test('a text that counts has both forms in English, and one in Chinese', () => {
  const english = catalogues.get('en') ?? new Map<string, string>();
  expect(
    [...english.keys()].filter((key) => key.endsWith('_one') && !english.has(key.replace(/_one$/, '_other'))),
  ).toEqual([]);
  expect(
    [...chinese.keys(), ...(catalogues.get('zh-Hans') ?? new Map<string, string>()).keys()].filter((key) =>
      /_(one|other)$/.test(key),
    ),
  ).toEqual([]);
  // "3 papers" in a text that has no form for one.
  const plural =
    /\{\{count\}\} (?:[a-z]+ )?(?:papers|pages|scans|visits|orders|customers|cards|entries|records|rows|lines|files|days|hours|copies|facts|loans|results)\b/;
  const without = [...english]
    .filter(([key, text]) => plural.test(text) && !key.endsWith('_other'))
    .map(([key]) => key);
  expect(without).toEqual(['list.bulk.printSecret', 'validation.indexTooLong']);
});

test('every text stands in one file', () => {
  expect(doubled).toEqual([]);
});

test('no text is empty and none has an exclamation mark', () => {
  for (const [locale, texts] of catalogues)
    for (const [key, text] of texts) {
      expect(text.trim(), `${locale} ${key}`).not.toBe('');
      expect(text, `${locale} ${key}`).not.toMatch(/[!！]/);
    }
});

test('Simplified texts hold no character that only Traditional writing has', () => {
  const traditionalOnly = /[們個來時關開這裡還說話號檔將會國學書長門問間頁題類據據變無與於為對經過現實際單]/u;
  const wrong = [...(catalogues.get('zh-Hans') ?? [])].filter(([, text]) => traditionalOnly.test(text));
  expect(wrong).toEqual([]);
});

test('every error code has words', () => {
  const missing = Object.keys(ERROR_CODES).filter((code) => !chinese.has(`error.${code}`));
  expect(missing).toEqual([]);
});

test('every operation, its area and what it writes into the log have words', () => {
  const missing = Object.entries<Operation>(contract).flatMap(([name, { audit }]) => [
    ...(chinese.has(`operation.${name}`) || chinese.has(`audit.type.${audit.type}`) ? [] : [`operation.${name}`]),
    ...(audit.when === 'never' || chinese.has(`audit.type.${audit.type}`) ? [] : [`audit.type.${audit.type}`]),
    ...(chinese.has(`operationArea.${name.split('.')[0]}`) ? [] : [`operationArea.${name.split('.')[0]}`]),
  ]);
  expect(missing).toEqual([]);
});

test('every literal key in the window has a text', () => {
  const missing = new Set<string>();
  for (const { path, text } of sources('renderer')) {
    const used = [
      ...text.matchAll(/\bt\(\s*'([\w.-]+)'/g),
      ...text.matchAll(/\b(?:labelKey|groupKey|titleKey|label|title):\s*'([a-z]\w*\.[\w.]+)'/g),
      ...text.matchAll(/useArchiveJob\(\s*'[\w.]+',\s*'([\w.]+)'/g),
      ...text.matchAll(/\bt\([^()]*\?\s*'([\w.]+)'\s*:\s*'([\w.]+)'\)/g),
    ];
    for (const match of used)
      for (const key of match.slice(1))
        if (key !== undefined && textOf(chinese, key) === undefined) missing.add(`${key} (${path})`);
  }
  expect([...missing].sort()).toEqual([]);
});

test('every message key that a check writes has a text', () => {
  const missing = new Set<string>();
  for (const folder of ['electron', 'shared', 'renderer'])
    for (const { path, text } of sources(folder))
      for (const [, key = ''] of text.matchAll(/'((?:validation|hint|phase|loanRefusal)\.[\w.]*\w)'/g))
        if (!chinese.has(key) && ![...chinese.keys()].some((known) => known.startsWith(`${key}.`)))
          missing.add(`${key} (${path})`);
  expect([...missing].sort()).toEqual([]);
});
