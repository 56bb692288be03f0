import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import english from '../../../shared/i18n/en/exchange.json' with { type: 'json' };
import simplified from '../../../shared/i18n/zh-Hans/exchange.json' with { type: 'json' };
import traditional from '../../../shared/i18n/zh-Hant/exchange.json' with { type: 'json' };

const FOLDER = fileURLToPath(new URL('../../../electron/exchange/', import.meta.url));

describe('every reason that a file or a row may be refused for has words in all three languages', () => {
  const used = new Set(
    globSync('**/*.ts', { cwd: FOLDER }).flatMap((name) =>
      [...readFileSync(`${FOLDER}${name}`, 'utf8').matchAll(/'(exchange\.[a-zA-Z.]+)'/gu)].map(
        (match) => match[1] ?? '',
      ),
    ),
  );

  test.each([
    ['zh-Hant', traditional],
    ['zh-Hans', simplified],
    ['en', english],
  ])('%s', (_, catalogue) => {
    expect(Object.keys(catalogue).toSorted()).toEqual([...used].toSorted());
  });

  test('the same values are named in all three', () => {
    const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/gu)].map((match) => match[1]).toSorted();
    for (const key of Object.keys(traditional) as (keyof typeof traditional)[]) {
      expect([key, placeholders(simplified[key])]).toEqual([key, placeholders(traditional[key])]);
      expect([key, placeholders(english[key])]).toEqual([key, placeholders(traditional[key])]);
    }
  });
});
