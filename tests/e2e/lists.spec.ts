import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { DeskFrame } from './screens/desk-frame.ts';
import { ask, KEEPER, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { button, field, say, saying } from './support/texts.ts';

const CUSTOMERS = [
  ['臺北永順貿易股份有限公司', 'wholesaleRetail', 'northTaiwan', 40],
  ['高雄順發機械有限公司', 'manufacturing', 'southTaiwan', 120],
  ['新竹宏達電子有限公司', 'manufacturing', 'northTaiwan', 300],
  ['臺中大同食品有限公司', 'wholesaleRetail', 'centralTaiwan', 15],
] as const;

test.describe
  .serial('74, 75, 151 · the list of cards', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;
    let grid: Locator;
    const names = async (): Promise<string[]> =>
      (await grid.getByRole('row').filter({ hasText: /E0000/u }).allTextContents()).map(
        (text) => CUSTOMERS.find(([name]) => text.includes(name))?.[0].slice(0, 4) ?? '',
      );
    const choose = (label: string, value: string) =>
      desk.page.getByRole('combobox', { name: label, exact: true }).selectOption(value);

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      for (const [registeredName, industry, region, employees] of CUSTOMERS)
        await ask(desk.page, 'customers.create', {
          kind: 'enterprise',
          values: { registeredName, industry, region, employees },
        });
      frame = new DeskFrame(desk.page);
      await frame.go('cards');
      grid = desk.page.getByRole('grid', { name: say('cards.title') });
    });
    test.afterAll(() => desk.close());

    test('a condition on any field by keyboard: Shift F, field, comparison, value, Enter', async () => {
      const { page } = desk;
      await expect(grid).toBeFocused();
      await page.keyboard.press('Shift+F');
      await choose(say('list.filter.field'), 'employees');
      await choose(say('list.filter.comparison'), 'atLeast');
      await field(page, say('list.filter.value')).fill('100');
      await page.keyboard.press('Enter');
      await expect(page.getByText(saying('kit.rowCount', { count: '2' }))).toBeVisible();
      expect(await names()).toEqual(['高雄順發', '新竹宏達']);
      await expect(page.getByRole('button', { name: say('list.filter.edit').split('：')[0] ?? '' })).toContainText(
        say('list.comparison.atLeast'),
      );
    });

    test('a column of any field, sorted by it, groups with their counts, totals under the list', async () => {
      const { page } = desk;
      await button(page, say('list.columns')).click();
      await choose(say('list.columns.add'), 'employees');
      await page.keyboard.press('Escape');
      await grid
        .getByRole('columnheader')
        .getByRole('button', { name: say('field.enterprise.employees') })
        .click();
      await expect(page.getByText(`${say('field.enterprise.employees')}合計 420`)).toBeVisible();
      await button(page, say('list.group')).click();
      await choose(say('list.group'), 'region');
      await expect(
        grid
          .getByRole('row')
          .filter({ hasText: say('option.region.northTaiwan') })
          .first(),
      ).toContainText('1');
      await expect(grid).toHaveAttribute('aria-rowcount', '5');
    });

    test('75 · a view is saved under a name, the list goes back to the usual one, and the view brings everything back', async () => {
      const { page } = desk;
      await button(page, say('list.views')).click();
      await field(page, say('list.views.name')).fill('大工廠');
      await page.keyboard.press('Enter');
      await button(page, say('list.views')).click();
      await button(page, say('list.views.usual')).click();
      await expect(page.getByText(saying('kit.rowCount', { count: '4' }))).toBeVisible();
      await button(page, say('list.views')).click();
      await button(page, '大工廠').click();
      await expect(page.getByText(saying('kit.rowCount', { count: '2' }))).toBeVisible();
      await expect(grid.getByRole('columnheader', { name: say('field.enterprise.employees') })).toBeVisible();
    });

    test('75 · after a lock the list is as it was left; nothing of it is readable in the window storage', async () => {
      const { page } = desk;
      await page.waitForTimeout(500);
      const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }));
      expect(stored).not.toContain('大工廠');
      await page.keyboard.press('Control+L');
      await field(page, say('lock.secret')).fill(KEEPER.secret);
      await page.keyboard.press('Enter');
      await frame.go('cards');
      await expect(page.getByText(saying('kit.rowCount', { count: '2' }))).toBeVisible();
      await expect(grid.getByRole('columnheader', { name: say('field.enterprise.employees') })).toBeVisible();
    });

    test('151 · rows are marked with Ctrl Space and Ctrl A and taken back with Escape; Ctrl C takes the rows with headings', async () => {
      const { page } = desk;
      await button(page, say('list.views')).click();
      await button(page, say('list.views.usual')).click();
      await expect(page.getByText(saying('kit.rowCount', { count: '4' }))).toBeVisible();
      await grid.focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('Control+Space');
      await expect(page.getByRole('status').filter({ hasText: saying('list.marked', { count: 2 }) })).toBeVisible();
      await page.keyboard.press('Control+A');
      await expect(
        page.getByRole('status').filter({ hasText: saying('list.markedAll', { count: '4' }) }),
      ).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('region', { name: say('list.bulk') })).toHaveCount(0);
    });

    test('151 · marked cards get another class: what changes is seen first, one press takes it back', async () => {
      const { page } = desk;
      await grid.focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('Control+Space');
      await button(page, say('list.bulk.classify')).click();
      const dialog = page.getByRole('dialog', { name: say('list.bulk.classify') });
      await expect(dialog.getByRole('status')).toContainText('→');
      await field(page, say('kit.reason')).fill('年度評級');
      await button(page, say('credit.class.apply', { count: '2' })).click();
      const keyTier = grid.getByRole('row').filter({ hasText: say('option.tier.key') });
      await expect(keyTier).toHaveCount(2);
      await button(page, say('credit.class.undo')).click();
      await expect(keyTier).toHaveCount(0);
      await page.keyboard.press('Escape');
    });

    test('75 · the list of dossiers takes the same bar: a condition, a group, and it is found so after a lock', async () => {
      const { page } = desk;
      await frame.go('dossiers');
      const dossiers = page.getByRole('grid', { name: say('dossiers.title') });
      await expect(dossiers).toBeFocused();
      await page.keyboard.press('Shift+F');
      await choose(say('list.filter.field'), 'region');
      await page.getByRole('checkbox', { name: say('option.region.northTaiwan') }).check();
      await button(page, say('list.filter.apply')).click();
      await expect(page.getByText(saying('kit.rowCount', { count: '2' }))).toBeVisible();
      await button(page, say('list.group')).click();
      await choose(say('list.group'), 'region');
      await expect(dossiers).toHaveAttribute('aria-rowcount', '4');
      await page.waitForTimeout(500);
      await page.keyboard.press('Control+L');
      await field(page, say('lock.secret')).fill(KEEPER.secret);
      await page.keyboard.press('Enter');
      await frame.go('dossiers');
      await expect(page.getByText(saying('kit.rowCount', { count: '2' }))).toBeVisible();
      await expect(dossiers).toHaveAttribute('aria-rowcount', '4');
      await frame.go('cards');
      await grid.focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('Shift+ArrowDown');
    });

    test('R25, R64 · the marked rows go out as a CSV after the own secret', async () => {
      const { page } = desk;
      const file = join(desk.dataFolder, 'out', 'list.csv');
      await page.keyboard.press('Control+Space');
      await button(page, say('exports.export')).click();
      const dialog = page.getByRole('dialog', { name: say('exports.title') });
      await dialog.getByText(say('exports.format.csv'), { exact: true }).click();
      // R70: sealed for somebody unless one says otherwise.
      await expect(dialog.getByLabel(say('exports.seal'))).toBeVisible();
      await dialog.getByText(say('exports.protection.plain'), { exact: true }).click();
      await dialog.getByLabel(say('exports.file')).fill(file);
      await dialog.getByLabel(say('exports.secret')).fill(KEEPER.secret);
      await page.keyboard.press('Enter');
      await expect(page.getByText(file)).toBeVisible();
      expect(existsSync(file)).toBe(true);
      expect(readFileSync(file, 'utf8').trimEnd().split('\r\n')).toHaveLength(3);
    });
  });

test.describe
  .serial('151 · marked papers, and the customers of marked visits', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;
    const PLACE = '第 2 號櫃，3 層 05 盒';
    const row = (text: string): Locator => desk.page.getByRole('grid').getByRole('row').filter({ hasText: text });

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      const { page } = desk;
      frame = new DeskFrame(page);
      const { id: staffId } = await ask(page, 'staff.save', { number: 'S-001', name: '李業務', department: '業務部' });
      for (const [registeredName] of CUSTOMERS.slice(0, 2)) {
        const { number } = await ask(page, 'customers.create', { kind: 'enterprise', values: { registeredName } });
        for (const title of ['營業執照', '走訪報告'])
          await ask(page, 'dossiers.addPaper', { customer: number, type: 'background', title: `${title} ${number}` });
        for (const hour of ['09', '14'])
          await ask(page, 'visits.record', {
            number,
            visitedAt: `2026-03-05T${hour}:00:00.000Z`,
            staffId,
            method: 'onSite',
            purpose: 'followUp',
            content: '談下季訂單',
            result: 'toFollowUp',
          });
      }
    });
    test.afterAll(() => desk.close());

    test('papers get another place together: seen before, done, and taken back in one press', async () => {
      const { page } = desk;
      await frame.go('dossiers');
      await page.getByRole('tab', { name: say('dossiers.view.papers') }).click();
      await row('營業執照 E000001').getByRole('checkbox').check();
      await row('走訪報告 E000002').getByRole('checkbox').check();
      await button(page, say('dossiers.bulk.change')).click();
      const dialog = page.getByRole('dialog');
      await field(dialog, say('dossiers.bulk.becomes')).fill(PLACE);
      await expect(dialog.getByRole('row')).toHaveText([/營業執照 E000001.*05 盒/u, /走訪報告 E000002.*05 盒/u]);
      await expect(button(dialog, say('dossiers.bulk.apply', { count: 2 }))).toBeDisabled();
      await field(dialog, say('kit.reason')).fill('搬櫃');
      await button(dialog, say('dossiers.bulk.apply', { count: 2 })).click();
      await expect(row('營業執照 E000001')).toContainText(PLACE.slice(0, 4));
      await expect(row('走訪報告 E000001')).not.toContainText(PLACE.slice(0, 4));
      await button(page, say('kit.undo')).click();
      await expect(page.getByText(say('dossiers.bulk.undone', { count: 2 }))).toBeVisible();
      await expect(row('營業執照 E000001')).not.toContainText(PLACE.slice(0, 4));
    });

    test('customers of marked visits are classed together, each once', async () => {
      const { page } = desk;
      await frame.go('visits');
      await page.getByRole('tab', { name: say('visits.tab.register') }).click();
      await expect(row(CUSTOMERS[0][0])).toHaveCount(2);
      for (const visit of await row(CUSTOMERS[0][0]).all()) await visit.getByRole('checkbox').check();
      await row(CUSTOMERS[1][0]).first().getByRole('checkbox').check();
      await button(page, say('list.bulk.classify')).click();
      const dialog = page.getByRole('dialog');
      await field(dialog, say('kit.reason')).fill('年度評級');
      await expect(dialog.getByRole('row')).toHaveCount(2);
      await button(dialog, say('credit.class.apply', { count: 2 })).click();
      await expect(page.getByText(say('credit.class.applied', { count: 2 }))).toBeVisible();
      expect((await ask(page, 'customers.get', { number: 'E000001' })).tier).toBe('key');
    });
  });
