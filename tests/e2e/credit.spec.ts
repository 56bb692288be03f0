import { expect, test } from '@playwright/test';
import { DeskFrame } from './screens/desk-frame.ts';
import { ask, KEEPER, MANAGER, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { button, field, say, saying } from './support/texts.ts';

const NAME = '蘇州恆昌五金有限公司';

test.describe
  .serial('dealings, credit and classes', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      frame = new DeskFrame(desk.page);
      for (const registeredName of [NAME, '昆山永泰機電有限公司'])
        await ask(desk.page, 'customers.create', {
          kind: 'enterprise',
          values: {
            registeredName,
            creditGrade: 'b',
            customerGrade: 'c',
            responsibleSalesperson: '李業務',
            routeOrder: 10,
          },
        });
      await ask(desk.page, 'staff.save', { name: '李業務', department: '業務部' });
      await ask(desk.page, 'users.add', { ownSecret: KEEPER.secret, ...MANAGER, role: 'supervisor' });
    });
    test.afterAll(() => desk.close());

    const openCard = async (tab: string) => {
      const { page } = desk;
      await frame.go('cards');
      await page.getByRole('grid').first().getByRole('row').filter({ hasText: NAME }).dblclick();
      await page.getByRole('tab', { name: say(`cards.tab.${tab}`) }).click();
    };

    test('D2 an order is typed with its lines by keyboard and stands in the register with its sum', async () => {
      const { page } = desk;
      await openCard('dealings');
      await expect(page.getByText(say('dealings.empty.orders'))).toBeVisible();
      await page.keyboard.press('n');
      const form = page.getByRole('form', { name: say('dealings.kind.orders') });
      await expect(field(form, say('field.orders.orderNumber'))).toBeFocused();
      await page.keyboard.type('DD-2026-1');
      for (const text of ['', '2026-03-01']) {
        await page.keyboard.press('Tab');
        await page.keyboard.type(text);
      }
      await form.getByLabel(`${say('field.orders.product')} 1`).focus();
      // Each key goes where the last one went: nothing takes the focus while one types.
      for (const text of ['不鏽鋼螺栓', '緊固件', '100', '箱', '12.5']) {
        await page.keyboard.type(text);
        await page.keyboard.press('Tab');
      }
      await expect(form.getByLabel(`${say('field.orders.amount')} 1`)).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(form).toBeHidden();
      const register = page.getByRole('table', { name: say('dealings.view.orders') });
      await expect(register.getByRole('row').filter({ hasText: 'DD-2026-1' })).toContainText('1,250.00');
    });

    test('an order without a number is not taken: the field is named and nothing is lost', async () => {
      const { page } = desk;
      await page.keyboard.press('n');
      const form = page.getByRole('form', { name: say('dealings.kind.orders') });
      await field(form, say('field.orders.date')).fill('2026-03-02');
      await button(form, say('kit.save')).click();
      await expect(form).toContainText(say('dealings.wrong'));
      await expect(field(form, say('field.orders.date'))).toHaveValue('2026-03-02');
      await page.keyboard.press('Escape');
      await expect(form).toBeHidden();
    });

    test('wish 27: a table of receipts is tried, says what would come in and what not, and comes in', async () => {
      const { page } = desk;
      await button(page, say('dealings.import')).click();
      const dialog = page.getByRole('dialog');
      const table = [
        '客戶編號,收款日期,收款金額,訂單號',
        'E000001,2026-03-20,500,DD-2026-1',
        'E000009,2026-03-20,300,',
      ];
      await dialog.getByLabel(say('dealings.importKind')).first().click();
      await page.getByRole('option', { name: say('dealings.view.receipts') }).click();
      await dialog
        .locator('input[type=file]')
        .setInputFiles({ name: '收款.csv', mimeType: 'text/csv', buffer: Buffer.from(table.join('\n')) });
      await expect(dialog.getByRole('status')).toHaveText(
        say('dealings.tried', { rows: 2, imported: 1, updated: 0, unchanged: 0, refused: 1 }),
      );
      await expect(button(dialog, say('dealings.bring'))).toBeDisabled();
      // The columns stand assigned, and the wrong cell is put right in place.
      await expect(dialog.getByLabel('訂單號 DD-2026-1')).toHaveValue('orderNumber');
      const wrong = dialog.getByRole('table', { name: say('dealings.refused') }).getByRole('textbox');
      await expect(wrong).toHaveValue('E000009');
      await wrong.fill('E000001');
      await wrong.press('Enter');
      await expect(dialog.getByRole('status')).toHaveText(
        say('dealings.tried', { rows: 2, imported: 2, updated: 0, unchanged: 0, refused: 0 }),
      );
      await button(dialog, say('dealings.bring')).click();
      await expect(dialog).toBeHidden();
      await page.getByText(say('dealings.view.balance'), { exact: true }).click();
      await expect(page.getByRole('main')).toContainText(say('dealings.balance.prepaid'));
    });

    test('G3 a limit is asked for, approved by another person here, and stands on the card; G4 the meter shows its use', async () => {
      const { page } = desk;
      await openCard('credit');
      await button(page, say('credit.newApplication')).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(new RegExp(`^${say('creditPaper.wanted')}${say('creditPaper.limit')}`, 'u')).fill('2000');
      await field(dialog, say('creditPaper.reason')).fill('首次授信');
      await button(dialog, say('kit.save')).click();
      await expect(dialog).toBeHidden();
      await button(page, say('credit.approve')).click();
      const agreement = page.getByRole('dialog');
      await agreement.getByLabel(say('agreement.ownSecret')).fill(MANAGER.secret);
      await button(agreement, say('agreement.agree')).click();
      await expect(agreement).toBeHidden();
      await expect(page.getByText(say('creditPaper.state.approved'), { exact: true })).toBeVisible();
      // 1,250 are ordered; 500 and, put right in the table above, 300 are paid: 450 of 2,000.
      await expect(page.getByRole('img', { name: /22%/u })).toBeVisible();
      const { values } = await ask(page, 'customers.get', { number: 'E000001' });
      expect(values['creditLimitApproval']).toMatch(/^XE-\d{4}-0001$/u);
    });

    test('G4, 38, 39 an order that passes the limit says so while it is typed, is held, and a manager lets it pass', async () => {
      const { page } = desk;
      await page.getByRole('tab', { name: say('cards.tab.dealings') }).click();
      await page.keyboard.press('n');
      const form = page.getByRole('form', { name: say('dealings.kind.orders') });
      await page.keyboard.type('DD-2026-2');
      await field(form, say('field.orders.date')).fill('2026-04-01');
      // Together with 450 that are used already: 86 % of 2,000.
      await form.getByLabel(say('field.orders.amount'), { exact: true }).first().fill('1280');
      await expect(form.getByRole('status')).toContainText(say('creditPaper.marks.warn'));
      await form.getByLabel(say('field.orders.amount'), { exact: true }).first().fill('1600');
      await expect(form.getByRole('status')).toContainText(say('dealings.willBeHeld'));
      await page.keyboard.press('Control+Enter');
      await expect(frame.toast(say('dealings.savedHeld'))).toBeVisible();
      const delivery = { customer: 'E000001', date: '2026-04-02', orderNumber: 'DD-2026-2', amount: 100 };
      await expect(ask(page, 'deliveries.save', delivery)).rejects.toThrow('CONFLICT');

      await button(page, 'DD-2026-2').click();
      await button(page, say('dealings.release')).click();
      await page.keyboard.type('已談妥月底付清');
      await button(page.getByRole('dialog'), say('dealings.askRelease')).click();
      const agreement = page.getByRole('dialog');
      await agreement.getByLabel(say('agreement.ownSecret')).fill(MANAGER.secret);
      await button(agreement, say('agreement.agree')).click();
      await expect(page.getByText(saying('dealings.releasedText'))).toBeVisible();
      await ask(page, 'deliveries.save', delivery);
      await page.keyboard.press('Escape');
      await page.getByRole('tab', { name: say('cards.tab.credit') }).click();
    });

    test('G1 the score sheet shows its weights; a proposed grade is accepted', async () => {
      const { page } = desk;
      const sheet = page.getByRole('table', { name: say('creditPaper.scorecard') });
      await expect(sheet.getByRole('row')).toHaveCount(15);
      await button(page, say('credit.keepSheet')).click();
      await expect(page.getByText(saying('credit.proposal'))).toBeVisible();
      await button(page, say('credit.accept')).click();
      await expect(page.getByText(saying('credit.proposal'))).toBeHidden();
      expect((await ask(page, 'customers.get', { number: 'E000001' })).values['creditGrade']).toBe('d');
    });

    test('K3 many customers are classed at once after a preview, and the act is undone as one', async () => {
      const { page } = desk;
      await frame.go('credit');
      await page.getByRole('tab', { name: say('credit.tab.classes') }).click();
      await field(page, say('credit.class.numbers')).fill('e000001\nE000002');
      await field(page, say('creditPaper.reason')).fill('年度檢討');
      await button(page, say('credit.class.preview')).click();
      const preview = page.getByRole('table', { name: say('credit.class.preview') });
      await expect(preview.getByRole('row')).toHaveCount(2);
      const tier = async (number: string) => (await ask(page, 'customers.get', { number })).tier;
      expect(await tier('E000001')).toBe('general');
      await button(page, say('credit.class.apply', { count: 2 })).click();
      await expect(frame.toast(say('credit.class.applied', { count: 2 }))).toBeVisible();
      expect(await tier('E000002')).toBe('key');
      await button(page, say('credit.class.undo')).click();
      await expect(frame.toast(saying('credit.class.undone'))).toBeVisible();
      expect(await tier('E000002')).toBe('general');
    });

    test('K4 a route is put into another order with a reason and printed', async () => {
      const { page } = desk;
      await page.getByRole('tab', { name: say('credit.tab.routes') }).click();
      const table = page.getByRole('table', { name: say('kit.print.routeSheet') });
      await expect(table.getByRole('row')).toHaveCount(3);
      await table.getByRole('row').nth(1).getByRole('button').nth(1).press('Alt+ArrowDown');
      await page.getByPlaceholder(say('creditPaper.reason')).fill('改道');
      await button(page, say('credit.route.save')).click();
      await expect(frame.toast(saying('credit.route.saved'))).toBeVisible();
      const { stops } = await ask(page, 'routes.get', { staffId: 1 });
      expect(stops.map((stop) => stop.number)).toEqual(['E000002', 'E000001']);
      await button(page, say('dealings.print')).click();
      await expect(page.getByRole('dialog')).toContainText(say('kit.print.routeSheet'));
    });
  });
