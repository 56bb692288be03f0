import { expect, test } from '@playwright/test';
import type { Locale } from '../../shared/contract/host.ts';
import { Entrance } from './screens/entrance.ts';
import { ReadingRoom } from './screens/reading-room.ts';
import { DESK_STATES } from './support/every-screen.ts';
import { look, picture, SMALLEST, tooWide, untranslated } from './support/looking.ts';
import { openPracticeDesk, type PracticeDesk } from './support/practice-desk.ts';
import { button, field, say } from './support/texts.ts';

/** A hundred states, one after the other, on a machine of any speed. */
const MINUTES = 600_000;
const LANGUAGES: Readonly<Record<Locale, string>> = { 'zh-Hant': '繁體中文', 'zh-Hans': '简体中文', en: 'English' };

test.describe('at the desk', () => {
  let desk: PracticeDesk;
  test.beforeAll(async () => {
    test.setTimeout(MINUTES);
    desk = await openPracticeDesk(24);
    await desk.page.setViewportSize(SMALLEST);
  });
  test.afterAll(() => desk.close());

  test('5 every screen in English: no word is missing, nothing is too wide; the other languages one click away', async () => {
    test.setTimeout(MINUTES);
    const { page } = desk;
    await page.emulateMedia({ colorScheme: 'light' });
    const appearance = DESK_STATES.find((state) => state.name === 'settings-appearance');
    const choose = async (language: keyof typeof LANGUAGES) => {
      await appearance?.open(page);
      await button(page, LANGUAGES[language]).click();
      await expect(page.getByRole('navigation').first()).toContainText(say('screen.cards', {}, language));
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      expect.soft(await untranslated(page, language), `words: ${language}`).toEqual([]);
    };
    // Simplified words are as wide as Traditional ones, and that none is missing is seen in the catalogues.
    await choose('zh-Hans');
    await choose('en');
    for (const state of DESK_STATES)
      await test.step(state.name, async () => {
        await state.open(page);
        await picture(page, `${state.name}-en`);
        expect.soft(await tooWide(page), `width: ${state.name}`).toEqual([]);
        expect.soft(await untranslated(page, 'en'), `words: ${state.name}`).toEqual([]);
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
