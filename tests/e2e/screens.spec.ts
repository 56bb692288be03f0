import { expect, test } from '@playwright/test';
import { Entrance } from './screens/entrance.ts';
import { DESK_STATES } from './support/every-screen.ts';
import { type Desk, openDesk } from './support/launch.ts';
import { look, SMALLEST } from './support/looking.ts';
import { openPracticeDesk, type PracticeDesk } from './support/practice-desk.ts';
import { railScreens, shownTab, tabsUnseen } from './support/screen-ways.ts';
import { button, say } from './support/texts.ts';

/** A hundred states, one after the other, on a machine of any speed. */
const MINUTES = 600_000;

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
});
