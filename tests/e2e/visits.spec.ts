import { expect, type Locator, test } from '@playwright/test';
import { DeskFrame } from './screens/desk-frame.ts';
import { ask, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { say, saying } from './support/texts.ts';

const DAY = '2026-03-05';
const CUSTOMERS = ['重慶山城機械有限公司', '臺北永順貿易股份有限公司', '高雄順發五金行'];

test.describe
  .serial('daily visit reports by keyboard', () => {
    let desk: OpenedArchive;
    let staffId = 0;

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      const { page } = desk;
      for (const registeredName of CUSTOMERS)
        await ask(page, 'customers.create', { kind: 'enterprise', values: { registeredName, telephone: '02-1' } });
      ({ id: staffId } = await ask(page, 'staff.save', { number: 'S-001', name: '李業務', department: '業務部' }));
      await ask(page, 'reportingDuty.set', { staffId, from: '2026-03-02' });
    });
    test.afterAll(() => desk.close());

    const cell = (column: string, row: number): Locator =>
      desk.page.getByLabel(say('visits.cellOf', { column: say(`field.visit.${column}`), row }), { exact: true });

    test('V1 V2 a day is typed without a mouse, pasted to, changes a card in the same step and is handed in', async () => {
      const { page } = desk;
      await new DeskFrame(page).go('visits');
      await page.getByLabel(say('visits.salesperson')).first().fill('李業');
      await page.getByRole('option', { name: /李業務/u }).waitFor();
      // Enter takes the first that fits, and the table waits for the first customer.
      await page.keyboard.press('Enter');
      await expect(cell('customer', 1)).toBeFocused();
      await page.getByLabel(say('visits.day'), { exact: true }).fill(DAY);

      // By the initials of the reading that the name has: Chongqing, not Zhongqing.
      await cell('customer', 1).focus();
      await page.keyboard.type('cqsc');
      await expect(page.getByRole('option', { name: new RegExp(CUSTOMERS[0] ?? '', 'u') })).toBeVisible();
      await page.keyboard.press('Enter');
      await expect(cell('customer', 1)).toHaveValue(`E000001 ${CUSTOMERS[0]}`);
      await expect(cell('startedAt', 1)).toBeFocused();
      await page.keyboard.type('0930');
      await cell('content', 1).fill('談下季訂單，電話已換');

      // A change of the card, accepted in the same step.
      await page.getByRole('button', { name: say('visits.newChange') }).press('Enter');
      await page.getByLabel(say('visits.changeField')).selectOption('telephone');
      await page.getByLabel(say('visits.changeValue')).fill('023-6789');
      await page.getByRole('button', { name: say('visits.addChange') }).press('Enter');
      await page.getByLabel(say('visits.acceptNow')).press('Space');

      // V4: the code on the paper form, as a scanner types it, leads to the line of its customer.
      await page.getByLabel(say('visits.code')).fill('FW-E000002');
      await page.keyboard.press('Enter');
      await expect(cell('startedAt', 2)).toBeFocused();

      // Two lines from a spreadsheet, with its headings.
      await cell('customer', 2).focus();
      await page.evaluate(
        (text) => {
          const clipboard = new DataTransfer();
          clipboard.setData('text/plain', text);
          document.activeElement?.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }),
          );
        },
        ['客戶\t時間\t訪問內容', `${CUSTOMERS[1]}\t10:30-11:00\t送樣品`, 'E000003\t下午2點\t收款'].join('\n'),
      );
      await expect(cell('customer', 3)).toHaveValue(`E000003 ${CUSTOMERS[2]}`);
      await expect(cell('startedAt', 3)).toHaveValue('14:00');
      await page.keyboard.press('Control+s');
      await expect(new DeskFrame(page).toast(saying('visits.saved'))).toBeVisible();

      const report = (await ask(page, 'dailyReports.list', {})).reports[0];
      expect(report).toMatchObject({ staff: '李業務', day: DAY, visits: 3, openFacts: 0 });
      const card = await ask(page, 'customers.get', { number: 'E000001' });
      expect(card.values['telephone']).toBe('023-6789');
      expect(card.confirmations['telephone']?.evidence).toBe(report?.number);
    });

    test('V1 the calendar shows the day, leads back to it, and says before how many visits the card was looked at', async () => {
      const { page } = desk;
      await page.locator('[data-tab=entry]').focus();
      for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
      // Months back from today, by keyboard.
      const back = new Date();
      const months = (back.getFullYear() - 2026) * 12 + back.getMonth() - 2;
      for (let step = 0; step < Math.abs(months); step += 1)
        await page.keyboard.press(months > 0 ? 'PageUp' : 'PageDown');
      const state = say(
        (await ask(page, 'dailyReports.list', {})).reports[0]?.state === 'late'
          ? 'dutyState.late'
          : 'dutyState.handedIn',
      );
      const mark = page.getByLabel(say('visits.dayOf', { staff: '李業務', day: DAY, state }), { exact: true });
      await expect(mark).toBeVisible();
      await expect(page.getByText(saying('visits.briefs.total', { visits: '3', briefed: '0' }))).toBeVisible();
      await mark.press('Enter');
      await expect(cell('content', 2)).toHaveValue('送樣品');
    });
  });
