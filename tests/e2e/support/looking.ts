import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';
import type { Locale } from '../../../shared/contract/host.ts';
import { catalogue } from './texts.ts';

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

const RULES: Readonly<Record<'all' | 'contrast', axe.RunOnly>> = {
  all: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  contrast: { type: 'rule', values: ['color-contrast'] },
};

/** The smallest window that the desk is made for. */
export const SMALLEST = { width: 1280, height: 800 } as const;

const THEMES = ['light', 'dark'] as const;
const PICTURES = process.env.DOSSIER_DESK_PICTURES;

/** Keeps a picture of the window when DOSSIER_DESK_PICTURES names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

/** Waits until two pictures have been drawn and every movement that ends has ended. */
export async function stillness(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const picture = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await picture();
    await picture();
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.all(ending.map((one) => one.finished.catch(() => undefined)));
  });
}

/**
 * What axe finds wrong by WCAG A and AA, one line for each element. Axe is put into the page once and stays there until it is loaded
 * anew. `contrast`: that rule alone, for another theme of a screen that was looked at.
 */
export async function axeViolations(page: Page, what: 'all' | 'contrast' = 'all'): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (runOnly) => {
    const { violations } = await window.axe.run({ runOnly, resultTypes: ['violations'], iframes: false });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${target.join(' ')} – ${failureSummary?.split('\n')[1]?.trim()}`,
      ),
    );
  }, RULES[what]);
}

/** Parts of the window that are wider than their place, so that one would have to scroll sideways. */
export async function tooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [document.documentElement, document.body, ...document.querySelectorAll('main, main > *, [role=dialog]')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .filter((element) => element.clientWidth > 0)
      .map((element) => `${element.tagName} ${element.className}: ${element.scrollWidth} > ${element.clientWidth}`),
  );
}

/** Message keys that are shown instead of their text, and holes that were not filled. */
export async function untranslated(page: Page, locale: Locale): Promise<readonly string[]> {
  const shown = await page.evaluate(() => {
    const words: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      // Names of operations and packages are the same in every language, and say so.
      if (walker.currentNode.parentElement?.closest('[translate=no]') == null)
        words.push(walker.currentNode.textContent ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) words.push(element.getAttribute(name) ?? '');
    return words;
  });
  const areas = new Set([...catalogue(locale).keys()].map((key) => key.split('.')[0] ?? ''));
  const key = new RegExp(`(?<![\\w./@-])(?:${[...areas].join('|')})\\.[A-Za-z][\\w.]*`, 'u');
  return shown
    .filter((text) => /\{\{|undefined|\bNaN\b|\[object/u.test(text) || key.test(text))
    .map((text) => text.trim());
}

/** Looks at the window as it is: axe, width, words, contrast in both themes, and pictures if wanted. */
export async function look(page: Page, name: string): Promise<void> {
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    await stillness(page);
    await picture(page, `${name}-${theme}`);
    // The second theme changes colours and nothing else.
    const wrong = await axeViolations(page, theme === 'light' ? 'all' : 'contrast');
    expect.soft(wrong, `axe: ${name} ${theme}`).toEqual([]);
  }
  expect.soft(await tooWide(page), `width: ${name}`).toEqual([]);
  expect.soft(await untranslated(page, 'zh-Hant'), `words: ${name}`).toEqual([]);
}
