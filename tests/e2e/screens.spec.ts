import { expect, type Page, test } from '@playwright/test';
import type { Locale } from '../../shared/contract/host.ts';
import { Entrance } from './screens/entrance.ts';
import { ReadingRoom } from './screens/reading-room.ts';
import { DESK_STATES } from './support/every-screen.ts';
import { type Desk, openDesk } from './support/launch.ts';
import { axeViolations, picture, stillness, tooWide, untranslated } from './support/looking.ts';
import { openPracticeDesk, type PracticeDesk } from './support/practice-desk.ts';
import { railScreens, shownTab, tabsUnseen } from './support/screen-ways.ts';
import { button, field, say } from './support/texts.ts';

const SMALLEST = { width: 1280, height: 800 };
/** A hundred states, one after the other, on a machine of any speed. */
const MINUTES = 600_000;
const THEMES = ['light', 'dark'] as const;
const LANGUAGES: Readonly<Record<Locale, string>> = { 'zh-Hant': '繁體中文', 'zh-Hans': '简体中文', en: 'English' };

/** Looks at the window as it is: axe, width, words, contrast in both themes, and pictures if wanted. */
async function look(page: Page, name: string): Promise<void> {
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

test.describe('before an archive is open', () => {
  let desk: Desk;
  test.beforeAll(async () => {
    desk = await openDesk();
    await desk.page.setViewportSize(SMALLEST);
  });
  test.afterAll(() => desk.close());

  test('5 the first screens, light and dark', async () => {
    const { page } = desk;
    const entrance = new Entrance(page);
    await look(page, 'start');
    for (const step of ['create', 'open', 'restore', 'practice'] as const) {
      await entrance.choose(`start.${step}`);
      await expect(button(page, say('kit.back'))).toBeVisible();
      await look(page, `start-${step}`);
      await button(page, say('kit.back')).click();
    }
  });
});

test.describe('at the desk', () => {
  // Each of them goes through every screen: two at a time, each at a desk of its own.
  test.describe.configure({ mode: 'parallel' });
  let desk: PracticeDesk;
  test.beforeAll(async () => {
    test.setTimeout(MINUTES);
    desk = await openPracticeDesk(24);
    await desk.page.setViewportSize(SMALLEST);
  });
  test.afterAll(() => desk.close());

  test('5 every screen, light and dark: axe finds nothing, nothing is too wide at 1280 × 800, no word is missing', async () => {
    test.setTimeout(MINUTES);
    const { page } = desk;
    // A screen that nobody looks at here would go unseen.
    const looked = DESK_STATES.map((state) => state.name.split('-')[0]);
    expect((await railScreens(page)).filter((screen) => !looked.includes(screen))).toEqual([]);
    const seen = new Set<string>();
    for (const state of DESK_STATES)
      await test.step(state.name, async () => {
        await state.open(page);
        seen.add(await shownTab(page));
        await look(page, state.name);
      });
    await page.keyboard.press('Escape');
    // A tab that came later is looked at, too.
    for await (const name of tabsUnseen(page, seen)) await test.step(name, () => look(page, name));
  });

  for (const locale of ['en', 'zh-Hans'] as const)
    test(`5 every screen in ${locale}: no word is missing, nothing is too wide`, async () => {
      test.setTimeout(MINUTES);
      const { page } = desk;
      await page.emulateMedia({ colorScheme: 'light' });
      const appearance = DESK_STATES.find((state) => state.name === 'settings-appearance');
      const choose = async (language: keyof typeof LANGUAGES) => {
        await appearance?.open(page);
        await button(page, LANGUAGES[language]).click();
        await expect(page.getByRole('navigation').first()).toContainText(say('screen.cards', {}, language));
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
      };
      await choose(locale);
      for (const state of DESK_STATES)
        await test.step(state.name, async () => {
          await state.open(page);
          await picture(page, `${state.name}-${locale}`);
          expect.soft(await tooWide(page), `width: ${state.name}`).toEqual([]);
          expect.soft(await untranslated(page, locale), `words: ${state.name}`).toEqual([]);
        });
      await page.keyboard.press('Escape');
      await choose('zh-Hant');
    });

  test('5 the reading room and the lock, light and dark', async () => {
    test.setTimeout(MINUTES);
    const { page } = desk;
    const room = new ReadingRoom(page);
    await page.locator('[data-screen=lookup]').click();
    await room.handOver();
    await look(page, 'hand-over');
    const reader = desk.secretOf('businessManager');
    await room.signIn(reader.login, reader.secret, '拜訪客戶之前查閱往來合同');
    await room.find('公司');
    await room.hit('').first().getByRole('button').click();
    await expect(room.table.getByRole('heading', { level: 1 })).toBeVisible();
    await look(page, 'room-card');
    await room.show('dossiers');
    await expect(room.table.getByRole('listitem').first()).toBeVisible();
    await look(page, 'room-dossier');
    await page.keyboard.press('Control+l');
    await expect(field(page, say('lookup.keeperSecret'))).toBeVisible();
    await room.backToDesk(desk.secretOf('keeper').secret);
    await expect(page.getByRole('navigation').first()).toBeVisible();
    await page.keyboard.press('Control+l');
    await expect(new Entrance(page).secret).toBeVisible();
    await look(page, 'lock');
  });
});
