import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { DeskFrame } from './screens/desk-frame.ts';
import { ask, KEEPER, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { button, say, saying } from './support/texts.ts';

test.describe
  .serial('28–31 · composition analysis', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;
    const year = new Date().getFullYear();

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      const { page } = desk;
      for (const [registeredName, region] of [
        ['臺北永順貿易股份有限公司', 'northTaiwan'],
        ['高雄順發機械有限公司', 'southTaiwan'],
        ['新竹宏達電子有限公司', 'northTaiwan'],
      ])
        await ask(page, 'customers.create', {
          kind: 'enterprise',
          values: { registeredName: registeredName ?? '', region: region ?? '' },
        });
      for (const [customer, date, amount] of [
        ['E000001', `${year}-01-10`, 300_000],
        ['E000002', `${year}-02-10`, 100_000],
        ['E000003', `${year - 1}-03-10`, 200_000],
      ] as const)
        await ask(page, 'orders.save', {
          customer,
          orderNumber: `${customer}-1`,
          date,
          currency: 'CNY',
          lines: [{ product: '軸承', productGroup: '機械', quantity: 1, amount }],
        });
      frame = new DeskFrame(page);
      await frame.go('analysis');
    });
    test.afterAll(() => desk.close());

    const grid = () => desk.page.getByRole('grid', { name: say('analysis.table') });
    const chooseTab = (key: string) => desk.page.getByText(say(key), { exact: true }).click();

    test('A3 regions: figures, change, five years; the chart says where the same figures stand', async () => {
      const { page } = desk;
      await chooseTab('analysis.tab.region');
      const north = grid()
        .getByRole('row')
        .filter({ hasText: say('option.region.northTaiwan') });
      await expect(north).toContainText('3,000');
      await expect(north).toContainText('75.00');
      await expect(north).toContainText('▲ 50.0');
      await expect(grid().getByRole('row').last()).toContainText(say('analysis.total'));
      await expect(page.getByRole('img', { name: new RegExp(say('analysis.title.region'), 'u') })).toBeVisible();
      await expect(
        page.getByRole('img', { name: saying('analysis.seriesChart', { first: year - 4, last: year }) }),
      ).toBeVisible();
    });

    test('the bracket keys lead to the period before and back', async () => {
      const { page } = desk;
      await grid().focus();
      await page.keyboard.press('[');
      await expect(page.getByLabel(say('analysis.from'), { exact: true })).toHaveValue(`${year - 1}-01`);
      await expect(
        grid()
          .getByRole('row')
          .filter({ hasText: say('option.region.northTaiwan') }),
      ).toContainText('2,000');
      await grid().focus();
      await page.keyboard.press(']');
      await expect(page.getByLabel(say('analysis.from'), { exact: true })).toHaveValue(`${year}-01`);
    });

    test('Enter on a line opens the cards behind it; Alt Left leads back to the same analysis', async () => {
      const { page } = desk;
      await grid().focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('Enter');
      await expect(page.getByText(saying('kit.rowCount', { count: '2' }))).toBeVisible();
      await expect(page.getByRole('toolbar', { name: say('list.bar') })).toContainText(
        say('option.region.northTaiwan'),
      );
      await page.keyboard.press('Alt+ArrowLeft');
      await expect(
        grid()
          .getByRole('row')
          .filter({ hasText: say('option.region.northTaiwan') }),
      ).toBeVisible();
    });

    test('A2 products lead to who bought them', async () => {
      const { page } = desk;
      await chooseTab('analysis.tab.product');
      await expect(grid().getByRole('row').filter({ hasText: '機械' })).toContainText('4,000');
      await grid().focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('Enter');
      await expect(page.getByText(saying('kit.rowCount', { count: '3' }))).toBeVisible();
      await page.keyboard.press('Alt+ArrowLeft');
    });

    test('the PDF is shown and saved; the table leaves after the own secret (R70)', async () => {
      const { page } = desk;
      const out = (name: string) => join(desk.dataFolder, 'out', name);
      await button(page, say('analysis.print')).first().click();
      const shown = page.getByRole('dialog', { name: say('analysis.title.product') });
      await button(shown, say('kit.saveFile')).click();
      await shown.getByLabel(say('kit.saveAs')).fill(out('a.pdf'));
      await page.keyboard.press('Enter');
      await expect(page.getByText(saying('kit.savedFile', { file: out('a.pdf') }))).toBeVisible();
      await page.keyboard.press('Escape');
      expect(readFileSync(out('a.pdf')).subarray(0, 5).toString()).toBe('%PDF-');

      await button(page, say('analysis.csv')).first().click();
      const dialog = page.getByRole('dialog', { name: say('analysis.save') });
      await dialog.getByText(say('exports.format.csv'), { exact: true }).click();
      await dialog.getByText(say('exports.protection.plain'), { exact: true }).click();
      await dialog.getByLabel(say('exports.file')).fill(out('a.csv'));
      await dialog.getByLabel(say('exports.secret')).fill(KEEPER.secret);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog', { name: say('analysis.savedTitle') })).toBeVisible();
      await page.keyboard.press('Escape');
      expect(readFileSync(out('a.csv'), 'utf8')).toContain('"機械",4000.00');
    });
  });
