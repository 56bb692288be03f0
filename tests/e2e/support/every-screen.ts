import { expect, type Page } from '@playwright/test';
import { firstRow, go, settle, tab } from './screen-ways.ts';

/** A state of the desk that is looked at as a picture, by axe and in every language. */
export interface ScreenState {
  readonly name: string;
  /** From any other state of the list; by keys and places that need no word of a language. */
  readonly open: (page: Page) => Promise<void>;
}

/** The states, in the order in which they are opened. */
export const DESK_STATES: readonly ScreenState[] = [
  { name: 'today', open: (page) => go(page, 'today') },
  {
    name: 'today-calendar',
    async open(page) {
      await go(page, 'today');
      await tab(page, 1);
    },
  },
  { name: 'revision', open: (page) => go(page, 'revision') },
  {
    name: 'revision-watch',
    async open(page) {
      await go(page, 'revision');
      await tab(page, 1);
    },
  },
  {
    name: 'revision-stock',
    async open(page) {
      await go(page, 'revision');
      await tab(page, 2);
    },
  },
  {
    name: 'revision-history',
    async open(page) {
      await go(page, 'revision');
      await tab(page, 3);
    },
  },
  { name: 'cards', open: (page) => go(page, 'cards') },
  {
    name: 'card',
    async open(page) {
      await go(page, 'cards');
      await firstRow(page).dblclick();
      await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
      await settle(page);
    },
  },
  {
    name: 'card-editing',
    async open(page) {
      await go(page, 'cards');
      await firstRow(page).dblclick();
      await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
      await page.keyboard.press('e');
      await expect(page.locator('[id^=card-field-]').first()).toBeVisible();
      await settle(page);
    },
  },
  {
    name: 'card-visits',
    async open(page) {
      await page.keyboard.press('Escape');
      await go(page, 'cards');
      await firstRow(page).dblclick();
      await expect(page.getByRole('tab').first()).toBeVisible();
      await tab(page, 1);
    },
  },
  {
    name: 'card-dealings',
    async open(page) {
      await page.keyboard.press('Escape');
      await go(page, 'cards');
      await firstRow(page).dblclick();
      await expect(page.getByRole('tab').first()).toBeVisible();
      await tab(page, 2);
    },
  },
  {
    name: 'card-credit',
    async open(page) {
      await tab(page, 3);
    },
  },
  ...(['use', 'due', 'dealings', 'grades', 'tiers', 'classes', 'routes', 'policy'] as const).map((name, index) => ({
    name: `credit-${name}`,
    async open(page: Page) {
      await go(page, 'credit');
      await tab(page, index);
    },
  })),
  {
    name: 'card-new',
    async open(page) {
      await go(page, 'cards');
      await page.keyboard.press('n');
      await expect(page.locator('#card-field-registeredName')).toBeFocused();
      await settle(page);
    },
  },
  {
    name: 'search',
    async open(page) {
      await page.keyboard.press('Escape');
      await go(page, 'today');
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').first().fill('公司');
      await expect(page.getByRole('option').nth(3)).toBeVisible();
      await settle(page);
    },
  },
  {
    name: 'keyboard-map',
    async open(page) {
      await page.keyboard.press('Escape');
      await go(page, 'today');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      await settle(page);
    },
  },
  {
    name: 'dossiers',
    async open(page) {
      await page.keyboard.press('Escape');
      await go(page, 'dossiers');
    },
  },
  {
    name: 'binder',
    async open(page) {
      await go(page, 'dossiers');
      await firstRow(page).dblclick();
      await expect(page.locator('[data-line]').first()).toBeVisible();
      await settle(page);
    },
  },
  {
    name: 'binder-paper',
    async open(page) {
      await go(page, 'dossiers');
      await firstRow(page).dblclick();
      await page.locator('[data-line][data-state]').first().dblclick();
      await expect(page.getByRole('complementary').getByRole('heading', { level: 3 })).toBeVisible();
      await settle(page);
    },
  },
  {
    name: 'binder-add',
    async open(page) {
      await go(page, 'dossiers');
      await firstRow(page).dblclick();
      await expect(page.locator('[data-line]').first()).toBeVisible();
      await page.keyboard.press('n');
      await expect(page.getByRole('complementary').locator('form')).toBeVisible();
      await page.keyboard.press('Escape');
      await settle(page);
    },
  },
  {
    name: 'viewer',
    async open(page) {
      await go(page, 'dossiers');
      await firstRow(page).dblclick();
      await expect(page.locator('[data-line]').first()).toBeVisible();
      const scanned = page.locator('[data-line][data-state]').filter({ has: page.getByRole('button') });
      for (const dossierClass of ['1', '2', '3', '4', '5']) {
        await page.keyboard.press(dossierClass);
        await settle(page);
        if ((await scanned.count()) > 0) break;
      }
      await scanned.first().click();
      await page.keyboard.press('Space');
      await expect(page.getByRole('dialog').locator('canvas, img').first()).toBeVisible();
      await settle(page);
    },
  },
  {
    name: 'visits-calendar',
    async open(page) {
      await page.keyboard.press('Escape');
      await go(page, 'visits');
      await tab(page, 'calendar');
      await expect(page.locator('[data-row]').first()).toBeVisible();
    },
  },
  {
    name: 'visits-entry',
    async open(page) {
      await go(page, 'visits');
      await tab(page, 'calendar');
      const entered = page.locator('[data-row][data-state=handedIn], [data-row][data-state=late]');
      await expect(page.locator('[data-row]').first()).toBeVisible();
      await settle(page);
      // On the first days of a month nobody has handed in anything yet.
      if ((await entered.count()) === 0) await page.keyboard.press('PageUp');
      await entered.first().click();
      await expect(page.getByRole('main').getByRole('combobox').nth(1)).toBeVisible();
      await settle(page);
    },
  },
  ...(['reports', 'register'] as const).map(
    (name, index): ScreenState => ({
      name: `visits-${name}`,
      async open(page) {
        await go(page, 'visits');
        await tab(page, index + 1);
      },
    }),
  ),
  {
    name: 'visits-information',
    async open(page) {
      await go(page, 'visits');
      await tab(page, 'information');
      await firstRow(page).dblclick();
      await expect(page.getByRole('complementary').getByRole('heading', { level: 3 }).first()).toBeVisible();
      await settle(page);
    },
  },
  {
    name: 'visits-information-new',
    async open(page) {
      await go(page, 'visits');
      await tab(page, 'information');
      await page.keyboard.press('n');
      await expect(page.getByRole('dialog')).toBeVisible();
      await settle(page);
    },
  },
  {
    name: 'visits-facts',
    async open(page) {
      await page.keyboard.press('Escape');
      await go(page, 'visits');
      await tab(page, 'facts');
    },
  },
  {
    name: 'visits-competitors',
    async open(page) {
      await go(page, 'visits');
      await tab(page, 'competitors');
      await firstRow(page).dblclick();
      await expect(page.getByRole('complementary').getByRole('heading', { level: 3 }).first()).toBeVisible();
      await settle(page);
    },
  },
  {
    name: 'visits-matrix',
    async open(page) {
      await go(page, 'visits');
      await tab(page, 'competitors');
      await page.keyboard.press('m');
      await expect(page.getByRole('main').getByRole('table')).toBeVisible();
      await settle(page);
    },
  },
  {
    name: 'visits-projects',
    async open(page) {
      await go(page, 'visits');
      await tab(page, 'projects');
    },
  },
  {
    name: 'loans',
    async open(page) {
      await page.keyboard.press('Escape');
      await go(page, 'loans');
    },
  },
  {
    name: 'loans-return',
    async open(page) {
      await go(page, 'loans');
      await firstRow(page).dblclick();
      await expect(page.getByRole('main').locator('form').nth(1)).toBeVisible();
      await settle(page);
    },
  },
  {
    name: 'copies',
    async open(page) {
      await page.keyboard.press('Escape');
      await go(page, 'copies');
    },
  },
  {
    name: 'copies-request',
    async open(page) {
      await go(page, 'copies');
      await page.keyboard.press('Alt+n');
      await expect(page.getByRole('main').locator('form').nth(1)).toBeVisible();
      await settle(page);
    },
  },
  {
    name: 'copies-recover',
    async open(page) {
      await page.keyboard.press('Escape');
      await go(page, 'copies');
      await firstRow(page).dblclick();
      await expect(page.getByRole('main').locator('form').nth(1)).toBeVisible();
      await settle(page);
    },
  },
  { name: 'lookup', open: (page) => go(page, 'lookup') },
  { name: 'binding', open: (page) => go(page, 'binding') },
  { name: 'audit', open: (page) => go(page, 'audit') },
  {
    name: 'audit-verify',
    async open(page) {
      await go(page, 'audit');
      await tab(page, 1);
    },
  },
  {
    name: 'audit-diagnosis',
    async open(page) {
      await go(page, 'audit');
      await tab(page, 2);
    },
  },
  { name: 'people', open: (page) => go(page, 'people') },
  {
    name: 'people-users',
    async open(page) {
      await go(page, 'people');
      await tab(page, 1);
    },
  },
  {
    name: 'people-add',
    async open(page) {
      await go(page, 'people');
      await tab(page, 1);
      await page.keyboard.press('n');
      await expect(page.getByRole('dialog')).toBeVisible();
      await settle(page);
    },
  },
  {
    name: 'settings',
    async open(page) {
      await page.keyboard.press('Escape');
      await go(page, 'settings');
    },
  },
  ...(['appearance', 'backup', 'secret', 'key'] as const).map(
    (name): ScreenState => ({
      name: `settings-${name}`,
      async open(page) {
        await go(page, 'settings');
        await page.getByRole('main').locator(`[data-tab=${name}]`).click();
        await settle(page);
      },
    }),
  ),
  { name: 'analysis', open: (page) => go(page, 'analysis') },
  { name: 'help', open: (page) => go(page, 'help') },
  {
    name: 'imports',
    async open(page) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').first().fill('csv');
      await page.getByRole('option').last().click();
      await expect(page.locator('main input[type=file]')).toBeAttached();
      await settle(page);
    },
  },
];
