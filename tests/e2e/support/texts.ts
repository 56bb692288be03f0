import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { ROOT } from '../../../build/scripts/processes.ts';
import type { Locale } from '../../../shared/contract/host.ts';
import { pluralKey } from '../../../shared/util/plural-key.ts';

const CATALOGUES = join(ROOT, 'shared', 'i18n');

/** Every text of one language, by its key, as the window has it. */
export function catalogue(locale: Locale): ReadonlyMap<string, string> {
  const folder = join(CATALOGUES, locale);
  const texts = new Map<string, string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json')))
    for (const [key, text] of Object.entries(JSON.parse(readFileSync(join(folder, file), 'utf8')) as object))
      texts.set(key, String(text));
  return texts;
}

const loaded = new Map<Locale, ReadonlyMap<string, string>>();

/**
 * What a person reads in the window for a message key, so that tests look for words and survive their polishing.
 * Throws for a key that no catalogue has.
 */
export function say(key: string, params: Readonly<Record<string, string | number>> = {}, locale: Locale = 'zh-Hant') {
  if (!loaded.has(locale)) loaded.set(locale, catalogue(locale));
  const texts = loaded.get(locale);
  const text = texts?.get(pluralKey((form) => texts.has(form), locale, key, params.count ?? 0));
  if (text === undefined) throw new Error(`No text for ${key} in ${locale}.`);
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => String(params[name] ?? ''));
}

/** The text with each parameter standing for anything: for messages whose numbers do not matter. */
export function saying(key: string, params: Readonly<Record<string, string | number>> = {}): RegExp {
  const hole = '\uE000';
  const names = [...(catalogue('zh-Hant').get(key) ?? '').matchAll(/\{\{(\w+)\}\}/g)];
  const open = Object.fromEntries(names.map(([, name]) => [name, hole]));
  return new RegExp(escapeText(say(key, { ...open, ...params })).replaceAll(hole, '.+'), 'u');
}

function escapeText(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A field by its label, whether or not a mark behind it says that it is required. */
export function field(scope: Page | Locator, label: string): Locator {
  return scope
    .getByLabel(new RegExp(`^${escapeText(label)}\\s*\\*?$`, 'u'))
    .and(scope.locator('input, textarea, select'));
}

/** A button by its words alone; pictures and key hints in it do not count. */
export function button(scope: Page | Locator, label: string): Locator {
  return scope.getByRole('button', { name: label, exact: true });
}
