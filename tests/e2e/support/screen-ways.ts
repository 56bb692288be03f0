import { expect, type Page } from '@playwright/test';
import { stillness } from './looking.ts';

/** To a screen of the rail, in whatever language it is labelled. */
export async function go(page: Page, screen: string): Promise<void> {
  const item = page.getByRole('navigation').first().locator(`[data-screen=${screen}]`);
  await item.click();
  // A second press leads to where the screen begins.
  await item.click();
  await expect(item).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
  await settle(page);
}

/** Screen and tab that are shown: `settings 2`; the screen alone where it has no tabs. */
export async function shownTab(page: Page): Promise<string> {
  const current = page.locator('[data-screen][aria-current=page]');
  const screen = await current.evaluateAll((items) => items[0]?.getAttribute('data-screen') ?? 'elsewhere');
  const tabs = page.getByRole('main').getByRole('tab');
  const selected = await tabs.evaluateAll((all) =>
    all.findIndex((one) => one.getAttribute('aria-selected') === 'true'),
  );
  return `${screen} ${selected}`.replace(' -1', '');
}

/** Opens every tab of every screen of the rail that is not in `seen`, one after the other. */
export async function* tabsUnseen(page: Page, seen: ReadonlySet<string>): AsyncGenerator<string> {
  for (const screen of await railScreens(page)) {
    await go(page, screen);
    const tabs = page.getByRole('main').getByRole('tablist').first().getByRole('tab');
    const count = await tabs.count();
    for (let index = 0; index < count; index += 1) {
      if (seen.has(`${screen} ${index}`)) continue;
      await tab(page, index);
      yield `${screen}-tab-${index}`;
    }
  }
}

/** Ids of the screens in the rail, in its order. */
export async function railScreens(page: Page): Promise<string[]> {
  const items = page.getByRole('navigation').first().locator('[data-screen]');
  return items.evaluateAll((elements) => elements.map((element) => element.getAttribute('data-screen') ?? ''));
}

/** Skeletons have gone, and nothing moves any more. */
export async function settle(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await stillness(page);
}

export async function tab(page: Page, which: number | string): Promise<void> {
  const main = page.getByRole('main');
  await (typeof which === 'number' ? main.getByRole('tab').nth(which) : main.locator(`[data-tab="${which}"]`)).click();
  await settle(page);
}

export const firstRow = (page: Page) => page.getByRole('grid').first().getByRole('row').nth(1);
