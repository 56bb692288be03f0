import { expect, test } from '@playwright/test';
import { Cards } from './screens/cards.ts';
import { DeskFrame } from './screens/desk-frame.ts';
import { Imports } from './screens/imports.ts';
import { ask, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { sampleCsv, samplePng, sampleXlsx } from './support/sample-files.ts';
import { button, say, saying } from './support/texts.ts';

const HEADINGS = ['公司名稱', '統一編號', '聯絡人', '手機', '成立日期', 'XYZ-7'];
const ROWS = [
  ['臺北永順貿易股份有限公司', '04595257', '林美玲', '0912345678', '1998-03-01', '甲'],
  ['高雄順發機械有限公司', '', '黃志明', '0922333444', '2003', '乙'],
  ['新竹宏達電子有限公司', '', '張淑芬', '0933555666', '不記得了', '丙'],
  ['臺中大同食品有限公司', '', '李國華', '0955777888', '2011-07', '丁'],
];
const csv = sampleCsv('客戶名單.csv', [HEADINGS, ...ROWS]);
const xlsx = sampleXlsx('深圳客戶.xlsx', [
  ['企业名称', '统一社会信用代码', '国家', '电话', '成立日期'],
  ['深圳市华强电子有限公司', '91440101231245152Y', '中国', '0755-83661234', '2001-05-06'],
  ['东莞市虎门服装厂', '', '中国', '0769-22334455', '待查'],
  ['佛山陶瓷进出口公司', '', '中国', '0757-66778899', '1999'],
]);

test.describe
  .serial('bringing customers in from a table', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;
    let imports: Imports;

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      frame = new DeskFrame(desk.page);
      imports = new Imports(desk.page);
    });
    test.afterAll(() => desk.close());

    test('4a a CSV: columns are recognised, the trial names the bad row, the valid ones come in, the counts add up', async () => {
      const { page } = desk;
      await frame.go('cards');
      // The empty list offers it a second time.
      await button(page, say('cards.importFile')).first().click();
      await imports.choose(csv);
      await expect(imports.column('公司名稱')).toHaveValue('registeredName');
      await expect(imports.column('手機')).toHaveValue('contacts.0.mobile');
      await expect(imports.column('XYZ-7')).toHaveValue('');
      await expect(page.getByText(saying('imports.unrecognised', { count: 1, headings: 'XYZ-7' }))).toBeVisible();
      await expect(page.getByRole('cell', { name: '高雄順發機械有限公司' })).toBeVisible();

      await imports.attempt();
      const line = imports.refused.getByRole('row').filter({ hasText: '不記得了' });
      await expect(line.getByRole('gridcell').first()).toHaveText('4');
      await expect(line.getByRole('gridcell').nth(1)).toHaveText('成立日期');
      await expect(line).toContainText('「不記得了」不是可辨認的日期');
      expect([await imports.count('rows'), await imports.count('new'), await imports.count('refused')]).toEqual([
        4, 3, 1,
      ]);
      expect((await ask(page, 'customers.list', {})).total).toBe(0);

      await imports.bringIn(csv);
      const counts = await Promise.all(
        (['rows', 'broughtIn', 'updated', 'unchanged', 'refused'] as const).map((key) => imports.count(key)),
      );
      expect(counts).toEqual([4, 3, 0, 0, 1]);
      await button(page, say('imports.toCards')).click();
      await expect(new Cards(page).list.getByRole('row')).toHaveCount(4);
      await expect(new Cards(page).row('臺北永順貿易股份有限公司')).toContainText('林美玲');
    });

    test('4a an XLSX in other characters; the same file a second time changes nothing', async () => {
      const { page } = desk;
      await frame.command(say('palette.importTable'));
      await imports.choose(xlsx);
      await expect(imports.column('统一社会信用代码')).toHaveValue('unifiedSocialCreditCode');
      await imports.attempt();
      await expect(imports.refused.getByRole('row').filter({ hasText: '待查' })).toHaveCount(1);
      await imports.bringIn(xlsx);
      expect(await imports.count('broughtIn')).toBe(2);

      await button(page, say('imports.another')).click();
      await imports.choose(xlsx);
      await imports.attempt();
      expect([await imports.count('new'), await imports.count('unchanged'), await imports.count('refused')]).toEqual([
        0, 2, 1,
      ]);
      await expect(page.getByText(say('imports.nothingToDo'))).toBeVisible();
      await expect(button(page, say('imports.bring'))).toBeDisabled();
      await button(page, say('imports.backToColumns')).click();
      await button(page, say('imports.otherFile')).click();
    });

    test('27, 138, 140 the columns are remembered, a cell is put right in place, a value of a card is left as it is', async () => {
      const { page } = desk;
      const table = (day: string) =>
        sampleCsv('更正.csv', [
          ['公司名稱', '電話', '網站', '怪欄', '成立日期'],
          ['佛山陶瓷进出口公司', '0757-66770000', 'https://example.com', '', day],
        ]);
      await imports.choose(table('不記得了'));
      await imports.column('怪欄').selectOption('fax');
      await imports.attempt();
      await imports.refused.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('textbox', { name: say('imports.fix', { row: 2, field: '成立日期' }) }).fill('1999');
      await page.keyboard.press('Enter');
      await expect(imports.refused).toHaveCount(0);
      expect([await imports.count('toUpdate'), await imports.count('refused')]).toEqual([1, 0]);
      await imports.difference('0757-66770000').getByRole('checkbox').uncheck();
      await imports.bringIn(table(''));
      const { rows } = await ask(page, 'customers.list', { text: '佛山陶瓷' });
      const card = await ask(page, 'customers.get', { number: rows[0]?.number ?? '' });
      expect([card.values['telephone'], card.values['website']]).toEqual(['0757-66778899', 'https://example.com']);

      await button(page, say('imports.another')).click();
      await imports.choose(table('1999'));
      await expect(page.getByText(saying('imports.remembered'))).toBeVisible();
      await expect(imports.column('怪欄')).toHaveValue('fax');
      await button(page, say('imports.otherFile')).click();
      await button(imports.earlier(table('')), say('imports.takeBack')).click();
      await button(page.getByRole('dialog'), say('imports.takeBack')).click();
      await expect(imports.earlier(table(''))).toContainText(saying('imports.takenBack'));
      expect((await ask(page, 'customers.get', { number: card.number })).values['website']).toBeUndefined();
    });

    test('C1 a whole import is taken back while its cards are untouched; its numbers stay void', async () => {
      const { page } = desk;
      await button(imports.earlier(csv), say('imports.takeBack')).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText(saying('imports.takeBackText', { count: 3 }));
      await button(dialog, say('imports.takeBack')).click();
      await expect(imports.earlier(csv)).toContainText(saying('imports.takenBack'));
      const left = await ask(page, 'customers.list', {});
      expect(left.rows.map((row) => row.number)).toEqual(['E000004', 'E000005']);
    });

    test('V1 an import of visits stands with the others and is taken back as a whole; the number of its report stays void', async () => {
      const { page } = desk;
      await ask(page, 'staff.save', { number: 'S-1', name: '李業務', department: '業務部' });
      const visits = sampleCsv('日報.csv', [
        ['日期', '業務員', '客戶編號', '時間', '洽談內容'],
        ['2026-03-05', 'S-1', 'E000004', '9:00', '看樣'],
      ]);
      await frame.go('visits');
      await button(page, say('visits.import')).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('input[type=file]').setInputFiles(visits);
      await button(dialog, say('visits.bring')).click();
      await expect(dialog).toHaveCount(0);
      await frame.command(say('palette.importTable'));
      await button(imports.earlier(visits), say('imports.takeBack')).click();
      await expect(dialog).toContainText(saying('imports.takeBackVisits', { count: 1, file: visits.name }));
      await button(dialog, say('imports.takeBack')).click();
      await expect(imports.earlier(visits)).toContainText(saying('imports.takenBack'));
      expect((await ask(page, 'visits.register', {})).total).toBe(0);
    });

    test('R60, R65 what is no table is refused with the reason, and nothing is left behind', async () => {
      const { page } = desk;
      for (const file of [
        { ...samplePng('圖.xlsx'), mimeType: xlsx.mimeType },
        { ...xlsx, name: '截斷.xlsx', buffer: xlsx.buffer.subarray(0, xlsx.buffer.length / 2) },
        { ...csv, name: '空.csv', buffer: Buffer.alloc(0) },
      ]) {
        await imports.choose(file);
        await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
        await expect(button(page, say('imports.pick'))).toBeVisible();
      }
    });
  });
