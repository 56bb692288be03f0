import { expect, type Locator, test } from '@playwright/test';
import { addDays } from '../../shared/util/days.ts';
import { DeskFrame } from './screens/desk-frame.ts';
import { Loans } from './screens/loans.ts';
import { ask, KEEPER, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { SMALLEST } from './support/looking.ts';
import { button, field, say, saying } from './support/texts.ts';

const SECRET = '一枝紅杏出牆來春色滿園關不住矣';
const today = new Date().toISOString().slice(0, 10);

test.describe
  .serial('borrowing by keyboard', () => {
    let desk: OpenedArchive;
    let loans: Loans;
    let customer = '';
    const file = async (title: string, more: object = {}) =>
      (
        await ask(desk.page, 'dossiers.addPaper', {
          customer,
          type: 'contract',
          title,
          date: '2026-02-01',
          pages: 4,
          security: 'internal',
          ...more,
        })
      ).code;
    const outcome = () => loans.counter.getByRole('status').first();
    const press = (keys: string) => desk.page.keyboard.press(keys);
    const type = (text: string) => desk.page.keyboard.type(text);

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      const { page } = desk;
      ({ number: customer } = await ask(page, 'customers.create', {
        kind: 'enterprise',
        values: { registeredName: '臺北永順貿易股份有限公司' },
      }));
      for (const [number, name] of [
        ['S-001', '李業務'],
        ['S-002', '陳採購'],
        ['S-003', '周經理'],
      ] as const)
        await ask(page, 'staff.save', { number, name, department: '業務部', position: '' });
      await ask(page, 'users.add', {
        ownSecret: KEEPER.secret,
        login: 'zhang',
        displayName: '張經理',
        role: 'accountManager',
        secret: SECRET,
      });
      loans = new Loans(page);
      await new DeskFrame(page).go('loans');
    });
    test.afterAll(() => desk.close());

    test('bar: an item is lent in at most 6 keystrokes after the scan, also a trade secret whose form was signed', async () => {
      const { page } = desk;
      await page.evaluate(() => {
        document.body.dataset.keys = '0';
        window.addEventListener(
          'keydown',
          () => {
            document.body.dataset.keys = String(Number(document.body.dataset.keys) + 1);
          },
          true,
        );
      });
      const count = () => page.evaluate(() => Number(document.body.dataset.keys));
      // The first trade secret: whoever signed is named once.
      const first = await file('供貨合同', { security: 'ordinaryTradeSecret' });
      // A press on the rail takes the focus: what is scanned still goes into the field, from its first character on.
      await page.locator('[data-screen=loans]').click();
      await type(first);
      await press('Enter');
      await type('lyw');
      await press('Enter');
      const purpose = field(loans.lendForm, say('loans.purpose'));
      await expect(purpose).toBeFocused();
      await expect(purpose).not.toHaveValue('');
      const approver = field(loans.lendForm, say('loans.approver'));
      await approver.focus();
      await type('zjl');
      await press('Enter');
      // Taken once the names are there, however fast it was typed.
      await expect(approver).toHaveValue(/周經理/u);
      await purpose.focus();
      await press('Enter');
      await expect(outcome()).toContainText(say('loans.prepared'));
      // Printed to be signed; when the sheet is closed the signature is what is waited for.
      await press('Control+p');
      const sheet = page.getByRole('dialog');
      await expect(sheet.locator('canvas').first()).toBeVisible();
      await press('Escape');
      await expect(sheet).toHaveCount(0);
      await loans.signed();
      await expect(outcome()).toContainText(say('loans.agreedBy', { name: '周經理' }));
      for (const security of ['internal', 'ordinaryTradeSecret']) {
        await loans.scan(await file(`補充協議${security}`, { security }));
        await expect(loans.lendForm).toBeVisible();
        const before = await count();
        await type('lyw');
        await press('Enter');
        await expect(purpose).toBeFocused();
        await expect(purpose).not.toHaveValue('');
        if (security === 'ordinaryTradeSecret')
          await expect(field(loans.lendForm, say('loans.approver'))).toHaveValue(/周經理/u);
        await press('Enter');
        await loans.signed();
        await expect(outcome()).toContainText(say('loans.lent'));
        expect((await count()) - before).toBeLessThanOrEqual(6);
      }
    });

    test('B1 a trade secret takes an own secret typed here; without it nothing is lent', async () => {
      const code = await file('保密協議', { security: 'ordinaryTradeSecret' });
      await loans.scan(code);
      await type('ccg');
      await press('Enter');
      const purpose = field(loans.lendForm, say('loans.purpose'));
      await expect(purpose).not.toHaveValue('');
      await press('Enter');
      const dialog = desk.page.getByRole('dialog', { name: say('agreement.title') });
      await expect(dialog).toContainText('保密協議');
      await expect(dialog).toContainText('陳採購');
      await field(dialog, say('agreement.ownSecret')).fill('not the secret');
      await press('Enter');
      await expect(dialog.getByRole('alert')).toContainText(say('error.SECRET_WRONG'));
      expect((await ask(desk.page, 'dossiers.paper', { code })).paper.state).toBe('inPlace');
      await field(dialog, say('agreement.ownSecret')).fill(SECRET);
      await press('Enter');
      await loans.signed();
      await expect(outcome()).toContainText(say('loans.agreedBy', { name: '張經理' }));
      await expect(dialog).toHaveCount(0);
    });

    test('L3 a class goes as a working binder without its originals, and the original inside stays refused; it is read here', async () => {
      const { page } = desk;
      const original = await file('合同正本', { original: true, type: 'goodsReport' });
      await file('出貨報告', { type: 'goodsReport' });
      await file('進貨報告', { type: 'goodsReport' });
      await loans.scan(`${customer}#4`);
      await expect(loans.lendForm).toContainText(say('loans.binderGoes', { count: 2, pages: 8 }));
      await expect(loans.lendForm).toContainText('合同正本');
      await type('ccg');
      await press('Enter');
      await expect(field(loans.lendForm, say('loans.purpose'))).not.toHaveValue('');
      await press('Enter');
      await loans.signed();
      await expect(outcome()).toContainText(say('loans.binderStays', { count: 1 }));
      await loans.scan(original);
      const refused = loans.counter.getByRole('alert');
      await expect(refused).toContainText(say('loanRefusal.original'));
      await button(refused, say('loans.readHere')).press('Enter');
      const reading = loans.act(say('loans.readHere'));
      await type('zjl');
      await press('Enter');
      await field(reading, say('loans.basis')).press('ArrowUp');
      await page.getByRole('option', { name: say('readingBasis.executive') }).click();
      await field(reading, say('loans.purpose')).fill('核對用印');
      await press('Enter');
      await expect(outcome()).toContainText(say('loans.readingBegun'));
      await loans.scan(original);
      await field(loans.counter, say('loans.pagesRead', { pages: 4 })).fill('4');
      await press('Enter');
      await expect(outcome()).toContainText(say('loans.readingEnded'));
    });

    test('B2 a binder comes back in part; what is still out stays open', async () => {
      const [form] = (await ask(desk.page, 'loans.list', { text: '陳採購' })).loans.filter((loan) =>
        loan.loanNumber.endsWith('-01'),
      );
      await loans.scan(form?.formNumber ?? '');
      await expect(loans.returnForm.getByRole('checkbox')).toHaveCount(2);
      // In the smallest window nothing of the form lies under the list beside it.
      await desk.page.setViewportSize(SMALLEST);
      const right = async (of: Locator) => of.evaluate((element) => element.getBoundingClientRect().right);
      expect(await right(button(loans.returnForm, say('loans.takeBack')))).toBeLessThanOrEqual(await right(loans.code));
      await type('4');
      await press('Enter');
      await expect(outcome()).toContainText(saying('loans.stillOpen', { count: 1 }));
      await loans.scan(form?.formNumber ?? '');
      await expect(loans.returnForm).toBeVisible();
      await type('4');
      await press('Enter');
      await expect(outcome()).toContainText(say('loans.returned'));
      await loans.scan(form?.formNumber ?? '');
      await expect(outcome()).toContainText(say('loans.formClosed'));
    });

    test('B2 others wait: the queue refuses the extension, and the next is named and told at the return', async () => {
      const code = await file('長期合同');
      const { staff } = await ask(desk.page, 'staff.list', { text: '李業務' });
      await ask(desk.page, 'loans.lend', { code, borrowerId: staff[0]?.id ?? 0, purpose: '洽談' });
      await loans.scan(code);
      await button(loans.counter, say('loans.request')).press('Enter');
      await type('ccg');
      await press('Enter');
      await field(loans.act(say('loans.request')), say('loans.purpose')).fill('對帳');
      await press('Enter');
      await expect(loans.counter).toContainText(say('loans.waitingCount', { count: 1 }));
      await button(loans.counter, say('loans.extend')).press('Enter');
      await expect(loans.act(say('loans.extend')).getByRole('alert')).toContainText(say('renewalRefusal.othersWait'));
      await button(loans.act(say('loans.extend')), say('kit.back')).press('Enter');
      await field(loans.returnForm, say('loans.pagesIn', { pages: 4 })).fill('4');
      await press('Enter');
      const next = loans.counter.getByRole('status').filter({ hasText: say('loans.nextTitle') });
      await expect(next).toContainText('陳採購');
      await button(next, say('loans.toldBy', { method: say('loans.method.phone') })).press('Enter');
      await expect(next).toContainText(saying('loans.keptUntil'));
      // Somebody else is told that it is promised.
      await loans.scan(code);
      await type('lyw');
      await press('Enter');
      await expect(loans.lendForm.getByRole('alert')).toContainText(say('loanRefusal.reserved'));
      await press('Escape');
      await loans.show('requests');
      await expect(loans.list('requests').getByRole('row').filter({ hasText: '陳採購' })).toHaveCount(1);
    });

    test('B2 an item is recalled with the reason and its notice printed', async () => {
      const { page } = desk;
      await loans.show('open');
      const code = await file('年度協議');
      const { staff } = await ask(page, 'staff.list', { text: '李業務' });
      await ask(page, 'loans.lend', { code, borrowerId: staff[0]?.id ?? 0, purpose: '洽談' });
      await loans.code.focus();
      await loans.scan(code);
      await button(loans.counter, say('loans.recall')).press('Enter');
      const recall = loans.act(say('loans.recall'));
      await field(recall, say('loans.newDue')).fill(addDays(today, 1));
      await field(recall, say('kit.reason')).fill('裝訂前核對');
      await press('Enter');
      const letter = page.getByRole('dialog', { name: say('loans.recallNotice') });
      await expect(letter.locator('canvas').first()).toBeVisible();
      // Where the focus is does not matter: a key pressed while a dialog is open is the dialog's.
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await press('Escape');
      await expect(letter).toBeHidden();
      const { loans: rows } = await ask(page, 'loans.list', { code });
      expect(rows[0]?.reminders.map((one) => one.kind)).toEqual(['recall']);
    });

    test('B3 a page that is not there opens a case; the borrower is refused until notice and measure are recorded', async () => {
      const { page } = desk;
      await press('Escape');
      const code = await file('授權書');
      const { staff } = await ask(page, 'staff.list', { text: '周經理' });
      await ask(page, 'loans.lend', { code, borrowerId: staff[0]?.id ?? 0, purpose: '洽談' });
      await loans.scan(code);
      await expect(loans.returnForm).toBeVisible();
      await type('3');
      await field(loans.returnForm, say('loans.conditionIn')).click();
      await page.getByRole('option', { name: say('condition.pagesMissing') }).click();
      await button(loans.returnForm, '2').press('Enter');
      await expect(field(loans.returnForm, say('loans.missingPages'))).toHaveValue('2');
      await button(loans.returnForm, say('loans.takeBack')).press('Enter');
      const found = loans.counter.getByRole('alert').filter({ hasText: say('loans.returnedWithCase') });
      await expect(found).toContainText(say('loans.missingNamed', { pages: 2 }));
      await button(found, say('breach.toCase')).press('Enter');
      const pane = loans.counter.getByRole('region', { name: say('breach.case') });
      await expect(pane).toContainText(say('breachKind.damaged'));
      // Refused meanwhile, with the reason.
      await press('Escape');
      await loans.scan(await file('另一件'));
      await type('zjl');
      await press('Enter');
      await expect(loans.lendForm.getByRole('alert')).toContainText(say('loanRefusal.openBreach'));
      await expect(button(loans.lendForm, say('loans.lend'))).toBeDisabled();
      await press('Escape');
      await loans.show('breaches');
      await loans.list('breaches').getByRole('row').filter({ hasText: '周經理' }).dblclick();
      await button(pane, say('breach.close')).press('Enter');
      await field(loans.act(say('breach.close')), say('breach.outcome')).fill('補回');
      await button(loans.act(say('breach.close')), say('breach.close')).press('Enter');
      await expect(loans.act(say('breach.close')).getByRole('alert')).toContainText(say('closingRefusal.noNotice'));
      await button(loans.act(say('breach.close')), say('kit.back')).press('Enter');
      await button(pane, say('breachAct.notice')).press('Enter');
      await field(loans.act(say('breachAct.notice')), say('breach.text.notice')).fill('書面通知');
      await button(loans.act(say('breachAct.notice')), say('breach.record')).press('Enter');
      await button(pane, say('breachAct.measure')).press('Enter');
      await field(loans.act(say('breachAct.measure')), say('breach.decidedBy')).fill('張經理');
      await press('Enter');
      await expect(pane.getByRole('listitem').filter({ hasText: say('breachMeasure.reminder') })).toContainText(
        '張經理',
      );
      await button(pane, say('breach.close')).press('Enter');
      await field(loans.act(say('breach.close')), say('breach.outcome')).fill('缺頁補回');
      await button(loans.act(say('breach.close')), say('breach.close')).press('Enter');
      await expect(pane).toContainText(say('breachState.closed'));
      await button(pane, say('breach.print')).press('Enter');
      await expect(page.getByRole('dialog').locator('canvas').first()).toBeVisible();
      await press('Escape');
    });

    test('numbered blank forms are reserved and printed for a day without the machine', async () => {
      const { page } = desk;
      await loans.show('blanks');
      await page.getByLabel(say('loans.blankCount')).fill('3');
      await press('Enter');
      await expect(
        page
          .getByRole('dialog', { name: say('loans.blankTitle') })
          .locator('canvas')
          .first(),
      ).toBeVisible();
      await press('Escape');
      await expect(loans.list('blanks').getByRole('row')).toHaveCount(4);
    });

    test('a blank that was filled in by hand is keyed in under its number with its own day', async () => {
      const { page } = desk;
      const code = await file('停電時借出');
      const row = loans.list('blanks').getByRole('row').nth(1);
      await row.click();
      await press('Enter');
      await expect(loans.code).toBeFocused();
      await type(code);
      await press('Enter');
      await type('ccg');
      await press('Enter');
      await expect(field(loans.lendForm, say('loans.purpose'))).not.toHaveValue('');
      await field(loans.lendForm, say('loans.lentOn')).fill('2020-01-05');
      await press('Enter');
      await expect(loans.lendForm).toContainText(say('validation.dayOfBlankForm'));
      await field(loans.lendForm, say('loans.lentOn')).fill(today);
      await press('Enter');
      await expect(outcome()).toContainText(say('loans.signedByHand'));
      await expect(row).toContainText(say('loans.blank.used'));
      const { entries } = await ask(page, 'audit.list', { type: 'loan.lend', limit: 1 });
      expect(entries[0]?.data).toContain(`"keyedIn":"${today}"`);
    });

    test('a signature drawn at the counter is kept with the form', async () => {
      const { page } = desk;
      await loans.scan(await file('櫃檯簽名'));
      await type('ccg');
      await press('Enter');
      await button(loans.lendForm, say('loans.signHere')).press('Enter');
      const pad = await loans.lendForm.getByRole('img', { name: say('loans.signHere') }).boundingBox();
      if (pad === null) throw new Error('no pad');
      await page.mouse.move(pad.x + 20, pad.y + 60);
      await page.mouse.down();
      await page.mouse.move(pad.x + 200, pad.y + 20, { steps: 8 });
      await page.mouse.move(pad.x + 300, pad.y + 90, { steps: 8 });
      await page.mouse.up();
      await button(loans.lendForm, say('loans.lend')).press('Enter');
      await expect(outcome()).toContainText(say('loans.signedDrawn'));
      const [loan] = (await ask(page, 'loans.list', { text: '櫃檯簽名' })).loans;
      const form = await ask(page, 'loans.form', { loanNumber: loan?.loanNumber ?? '' });
      expect(form.frozen).toMatchObject([{ stage: 'out' }]);
    });
  });
