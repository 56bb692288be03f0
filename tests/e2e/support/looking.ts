import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Locale } from '../../../shared/contract/host.ts';
import { catalogue } from './texts.ts';

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
 * What axe finds wrong by WCAG A and AA, one line for each element. In the page itself: the desk has no second window.
 * `contrast`: that rule alone, for another theme of a screen that was looked at.
 */
export async function axeViolations(page: Page, what: 'all' | 'contrast' = 'all'): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  if (what === 'contrast') axe.withRules(['color-contrast']);
  else axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} – ${failureSummary?.split('\n')[1]?.trim()}`),
  );
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
