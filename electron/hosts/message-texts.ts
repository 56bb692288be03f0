import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locale } from '../../shared/contract/host.ts';
import type { MessageParams } from '../../shared/errors/app-error.ts';
import { pluralKey } from '../../shared/util/plural-key.ts';

export type Texts = (key: string, params?: MessageParams) => string;

/** `shared/i18n`, seen from the sources; the build copies it to `out/i18n` (electron.vite.config.ts). */
function cataloguesFolder(): string {
  const here = import.meta.url;
  return fileURLToPath(new URL(here.endsWith('.ts') ? '../../shared/i18n' : '../i18n', here));
}

function readCatalogue(locale: Locale): Map<string, string> {
  const folder = join(cataloguesFolder(), locale);
  const texts = new Map<string, string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const entries: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    if (typeof entries !== 'object' || entries === null) continue;
    for (const [key, text] of Object.entries(entries)) if (typeof text === 'string') texts.set(key, text);
  }
  return texts;
}

/** The catalogues of one language as a function; a key without text stands for itself. */
export function loadTexts(locale: Locale): Texts {
  const catalogue = readCatalogue(locale);
  return (key, params = {}) =>
    (catalogue.get(pluralKey((form) => catalogue.has(form), locale, key, params['count'])) ?? key).replace(
      /\{\{(\w+)\}\}/g,
      (whole, name: string) => String(params[name] ?? whole),
    );
}
