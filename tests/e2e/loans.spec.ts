import { expect, test } from '@playwright/test';
import { DeskFrame } from './screens/desk-frame.ts';
import { Loans } from './screens/loans.ts';
import { ask, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { button, field, say, saying } from './support/texts.ts';

const CUSTOMER = '臺北永順貿易股份有限公司';

test.describe
  .serial('borrowing and returning', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;
    let loans: Loans;
    let copy = '';
    let original = '';
    let late = '';

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      const { page } = desk;
      const { number: customer } = await ask(page, 'customers.create', {
        kind: 'enterprise',
        values: { registeredName: CUSTOMER },
      });
      const file = (title: string, more: object = {}) =>
        ask(page, 'dossiers.addPaper', {
          customer,
          type: 'contract',
          title,
          date: '2026-02-01',
          pages: 4,
          security: 'internal',
          ...more,
        });
      copy = (await file('二〇二六年供貨合同')).code;
      original = (await file('供貨合同正本', { original: true })).code;
      late = (await file('補充協議')).code;
      await ask(page, 'staff.save', { number: 'S-001', name: '李業務', department: '業務部' });
      await ask(page, 'staff.save', { number: 'S-002', name: '陳遲歸', department: '財務部' });
      frame = new DeskFrame(page);
      loans = new Loans(page);
    });
    test.afterAll(() => desk.close());

    test('B1 a scanned code lends: borrower by initials, purpose, due date; the field is ready for the next', async () => {
      await frame.go('loans');
      // Typed as a person types it: small letters, blanks.
      await loans.scan(` ${copy.toLowerCase()} `);
      await expect(loans.lendForm).toContainText('二〇二六年供貨合同');
      await loans.lend();
      await expect(loans.lendForm).toContainText(say('loans.borrowerNeeded'));
      await loans.chooseBorrower('lyw', '李業務');
      await field(loans.lendForm, say('loans.purpose')).fill('洽談合同');
      await expect(field(loans.lendForm, say('loans.due'))).toHaveValue(/^\d{4}-\d{2}-\d{2}$/u);
      await field(loans.lendForm, say('loans.purpose')).press('Enter');
      // B1: not signed, it goes back, and the same code is lent anew.
      await button(loans.counter, say('loans.notSigned')).press('Enter');
      await field(loans.act(say('loans.putBack')), say('kit.reason')).fill('改天再來');
      await loans.page.keyboard.press('Enter');
      await expect(loans.counter.getByRole('status')).toContainText(say('loans.putBackDone'));
      await loans.scan(copy);
      await loans.chooseBorrower('lyw', '李業務');
      await field(loans.lendForm, say('loans.purpose')).fill('洽談合同');
      await field(loans.lendForm, say('loans.purpose')).press('Enter');
      await loans.signed();
      await expect(loans.counter.getByRole('status')).toContainText(say('loans.lent'));
      await expect(loans.counter.getByRole('status')).toContainText('李業務');
      await expect(loans.code).toBeFocused();
      await expect(loans.list('open').getByRole('row').filter({ hasText: '李業務' })).toHaveCount(1);
    });

    test('L3 an original is refused with the reason; an unknown code says so', async () => {
      await loans.scan(original);
      const refused = loans.counter.getByRole('alert');
      await expect(refused).toContainText(say('loans.refused'));
      await expect(refused).toContainText(say('loanRefusal.original'));
      await expect(refused).toContainText(say('loans.originalInstead'));
      await loans.scan('KH·9·E999999·L0001');
      await expect(refused).toContainText(saying('loans.unknown'));
    });

    test('B2 the same code returns: pages are counted, fewer need the reason; a wrong return is undone in time', async () => {
      const { page } = desk;
      const counted = field(loans.returnForm, say('loans.pagesIn', { pages: 4 }));
      await loans.scan(copy);
      await expect(counted).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(loans.returnForm).toContainText(say('loans.countNeeded'));
      await page.keyboard.type('3');
      await expect(loans.returnForm).toContainText(say('loans.explainNeeded', { out: 4 }));
      await page.keyboard.press('Backspace');
      await page.keyboard.type('4');
      await page.keyboard.press('Enter');
      const outcome = loans.counter.getByRole('status');
      await expect(outcome).toContainText(say('loans.returned'));
      await page.keyboard.press('Control+z');
      await expect(outcome).toContainText(say('loans.undone'));
      await loans.scan(copy);
      await expect(counted).toBeFocused();
      await page.keyboard.type('4');
      await page.keyboard.press('Enter');
      await expect(outcome).toContainText(say('loans.returned'));
      await loans.show('returned');
      await expect(
        loans
          .list('returned')
          .getByRole('row')
          .filter({ hasText: say('loans.state.returned') }),
      ).toHaveCount(1);
      await loans.show('open');
      await expect(page.getByText(say('loans.empty.open'))).toBeVisible();
    });

    test('B2 a loan is found in its list by a part of its borrower, extended with the reason and reminded', async () => {
      const { page } = desk;
      const { staff } = await ask(page, 'staff.list', { text: '陳遲歸' });
      await ask(page, 'loans.lend', { code: late, borrowerId: staff[0]?.id ?? 0, purpose: '對帳' });
      const row = loans.list('open').getByRole('row').filter({ hasText: '陳遲歸' });
      await expect(row).toHaveCount(1);
      await row.dblclick();
      await expect(loans.returnForm).toBeVisible();
      await button(loans.counter, say('loans.extend')).click();
      const due = field(loans.counter, say('loans.newDue'));
      await expect(due).toBeVisible();
      const later = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
      await due.fill(later);
      await field(loans.counter, say('kit.reason')).fill('帳目尚未對完');
      await page.keyboard.press('Enter');
      await expect(row).toContainText(later);
      await button(loans.counter, say('loans.remind')).click();
      await field(loans.counter, say('loans.remindMethod')).fill('電話');
      await page.keyboard.press('Enter');
      await expect(loans.counter).toContainText(say('loans.reminded'));
      const { loans: open } = await ask(page, 'loans.list', { text: '陳遲歸' });
      expect(open[0]?.extensions[0]?.reason).toBe('帳目尚未對完');
    });
  });
