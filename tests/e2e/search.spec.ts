import { expect, test } from '@playwright/test';
import { Cards } from './screens/cards.ts';
import { DeskFrame } from './screens/desk-frame.ts';
import { ask, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { composeInput } from './support/input-method.ts';
import { say } from './support/texts.ts';

const NAMES = ['臺北永順貿易股份有限公司', '廣州市華強電子有限公司', '蘇州絲綢進出口公司', '重慶長安機械廠'];

test.describe
  .serial('one search box', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      const { page } = desk;
      for (const [index, registeredName] of NAMES.entries())
        await ask(page, 'customers.create', {
          kind: 'enterprise',
          values: { registeredName, telephone: `020-8366123${index}` },
        });
      await ask(page, 'dossiers.addPaper', {
        customer: 'E000002',
        type: 'contract',
        title: '年度供貨合同',
        date: '2026-02-01',
      });
      frame = new DeskFrame(page);
    });
    test.afterAll(() => desk.close());

    for (const [what, text, found] of [
      ['4h two characters from the middle', '永順', NAMES[0]],
      ['4h the other script', '华强电子', NAMES[1]],
      ['4h the other script, two characters', '丝绸', NAMES[2]],
      ['4h initials of the pinyin', 'hqdz', NAMES[1]],
      ['4h pinyin', 'yongshun', NAMES[0]],
      ['4h a reading of a character with two', 'chongqing', NAMES[3]],
      ['4h the end of a phone number', '83661233', NAMES[3]],
      ['4h the registration number', 'E000003', NAMES[2]],
      ['4h a paper by its title', '供貨', '年度供貨合同'],
    ] as const)
      test(what, async () => {
        await frame.search(text);
        await expect(frame.hits.first()).toContainText(found ?? '');
        await desk.page.keyboard.press('Escape');
        await expect(frame.searchBox).toHaveCount(0);
      });

    test('4h nothing found says what can be typed; a hit leads to its card, arrows choose', async () => {
      const { page } = desk;
      await page.keyboard.press('/');
      await frame.searchBox.fill('查無此人');
      await expect(page.getByText(say('palette.none', { text: '查無此人' }))).toBeVisible();
      await frame.searchBox.fill('公司');
      await expect(frame.hits).toHaveCount(3);
      await page.keyboard.press('ArrowDown');
      const chosen = page.getByRole('option', { selected: true });
      const text = (await chosen.textContent()) ?? '';
      await page.keyboard.press('Enter');
      const name = NAMES.find((one) => text.includes(one)) ?? '-';
      await expect(new Cards(page).name).toHaveText(name);
    });

    test('4h letters typed right behind the key that opens the box stand in it', async () => {
      const { page } = desk;
      await page.reload();
      await page.getByRole('navigation').first().waitFor();
      await page.keyboard.press('Control+k');
      await page.keyboard.insertText('匯入');
      await expect(page.getByRole('combobox', { name: say('palette.label') })).toHaveValue('匯入');
      await page.keyboard.press('Escape');
    });

    test('4h Enter pressed before the answer is there waits for it and takes what comes first', async () => {
      const { page } = desk;
      await page.keyboard.press('/');
      await expect(frame.searchBox).toBeFocused();
      await page.keyboard.insertText('絲綢');
      await page.keyboard.press('Enter');
      await expect(new Cards(page).name).toHaveText(NAMES[2] ?? '');
    });

    test('feature 155: nothing acts and nothing is searched while an input method composes', async () => {
      const { page } = desk;
      await frame.go('today');
      await frame.search('');
      const before = (await ask(page, 'audit.list', { type: 'search', limit: 1 })).total;
      const input = await composeInput(page);
      for (const part of ['s', 'si', 'si c', 'si chou', 'si chou j']) await input.compose(part);
      await page.waitForTimeout(400);
      expect((await ask(page, 'audit.list', { type: 'search', limit: 1 })).total).toBe(before);
      // Enter and Escape belong to the input method; so does every letter that is a shortcut elsewhere.
      for (const key of ['Enter', 'Escape', 'ArrowDown']) await input.keyWhileComposing(key);
      await expect(frame.searchBox).toBeFocused();
      await input.commit('絲綢進');
      await expect(frame.searchBox).toHaveValue('絲綢進');
      await expect(frame.hits.first()).toContainText(NAMES[2] ?? '');
      expect((await ask(page, 'audit.list', { type: 'search', limit: 1 })).total).toBe(before + 1);
      await page.keyboard.press('Escape');
    });

    test('feature 155: shortcuts and Enter wait for the input method on every screen', async () => {
      const { page } = desk;
      const cards = new Cards(page);
      const input = await composeInput(page);
      await frame.go('cards');
      await frame.go('cards');
      await cards.list.focus();
      for (const key of ['n', 'e', 'f', '?', '/']) await input.keyWhileComposing(key);
      await expect(page.getByRole('dialog').or(page.getByRole('menu')).or(cards.card)).toHaveCount(0);
      // In a card: Enter that confirms characters must not save it.
      await cards.open(NAMES[0] ?? '');
      await page.keyboard.press('e');
      const representative = cards.labelled('field.enterprise.legalRepresentative');
      await representative.focus();
      await input.compose('li xiu ying');
      await input.keyWhileComposing('Enter');
      await input.commit('李秀英');
      await expect(representative).toHaveValue('李秀英');
      expect((await ask(page, 'customers.get', { number: 'E000001' })).values.legalRepresentative).toBeUndefined();
      await input.compose('gu');
      await input.keyWhileComposing('Escape');
      await expect(representative).toBeVisible();
      await input.commit('');
      await page.keyboard.press('Enter');
      await expect(representative).toHaveCount(0);
      expect((await ask(page, 'customers.get', { number: 'E000001' })).values.legalRepresentative).toBe('李秀英');
    });
  });
