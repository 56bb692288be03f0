import { expect, test } from '@playwright/test';
import { DeskFrame } from './screens/desk-frame.ts';
import { ask, KEEPER, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { button, field, say, saying } from './support/texts.ts';

const NAMES = ['臺北永順貿易股份有限公司', '高雄海泰有限公司', '新竹晶元股份有限公司'] as const;

test.describe
  .serial('what is to be done, and the full revision', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;
    const numbers: string[] = [];
    let loan = '';

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      const { page } = desk;
      for (const [at, registeredName] of NAMES.entries()) {
        const { number } = await ask(page, 'customers.create', {
          kind: 'enterprise',
          tier: at === 0 ? 'key' : 'general',
          values: {
            registeredName,
            legalRepresentative: '王一',
            contacts: [{ name: '李窗口', position: '經理', purchaseRoles: ['buyer'] }],
          },
        });
        numbers.push(number);
      }
      const paper = await ask(page, 'dossiers.addPaper', {
        customer: numbers[0] ?? '',
        type: 'contract',
        title: '二〇二六年供貨合同',
        date: '2026-02-01',
        pages: 4,
        security: 'internal',
      });
      const { id } = await ask(page, 'staff.save', { name: '李業務', department: '業務部' });
      const due = (await ask(page, 'desk.overview', {})).today;
      loan = (await ask(page, 'loans.lend', { code: paper.code, borrowerId: id, purpose: '洽談合同', due })).loanNumber;
      frame = new DeskFrame(page);
    });
    test.afterAll(() => desk.close());

    const duties = () => desk.page.getByRole('group', { name: say('today.duties') });
    const line = (title: string) => duties().getByRole('button', { name: new RegExp(`^${title}`, 'u') });

    test('M1 the first screen names what is due; J walks, Enter opens the work, and it leaves when done', async () => {
      const { page } = desk;
      await frame.go('today');
      await expect(line('二〇二六年供貨合同')).toContainText(say('today.dueToday'));
      await expect(line('二〇二六年供貨合同')).toContainText('李業務');
      await page.keyboard.press('j');
      await expect(line('二〇二六年供貨合同')).toBeFocused();
      await page.keyboard.press('Enter');
      const counted = field(page, say('loans.pagesIn', { pages: 4 }));
      await expect(counted).toBeFocused();
      await page.keyboard.type('4');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('status').filter({ hasText: say('loans.returned') })).toBeVisible();
      await frame.go('today');
      await expect(duties()).toBeVisible();
      await expect(line('二〇二六年供貨合同')).toHaveCount(0);
      await ask(page, 'loans.undoReturn', { loanNumber: loan });
      await expect(line('二〇二六年供貨合同')).toBeVisible();
    });

    test('M1 nothing nags twice: D puts a line off with its reason, the calendar has it, and it can be taken up again', async () => {
      const { page } = desk;
      await line('二〇二六年供貨合同').focus();
      await page.keyboard.press('d');
      const dialog = page.getByRole('dialog');
      await expect(dialog.getByLabel(new RegExp(say('today.until')))).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(dialog).toContainText(say('validation.required'));
      await dialog.getByLabel(new RegExp(`^${say('kit.reason')}`, 'u')).fill('對方出差，下週回來');
      await button(dialog, say('today.putOff')).press('Enter');
      await expect(dialog).toHaveCount(0);
      await expect(line('二〇二六年供貨合同')).toHaveCount(0);
      await page.reload();
      await expect(duties()).toBeVisible();
      await expect(line('二〇二六年供貨合同')).toHaveCount(0);
      await page.getByRole('button', { name: say('today.putOffCount', { count: '1' }) }).press('Enter');
      const away = page.getByRole('region', { name: say('today.putOffTitle') });
      await expect(away).toContainText('對方出差，下週回來');
      await button(away, say('today.takeUp')).press('Enter');
      await expect(line('二〇二六年供貨合同')).toBeVisible();
    });

    test('M1 the calendar goes by keys: days, weeks, months and back to today', async () => {
      const { page } = desk;
      await page.getByRole('tab', { name: say('today.tab.list') }).focus();
      await page.keyboard.press('ArrowRight');
      // The list has a small month of its own: its place is taken by the large one.
      await expect(page.getByRole('tab', { name: say('today.tab.calendar') })).toHaveAttribute('aria-selected', 'true');
      const grid = page.getByRole('main').getByRole('grid');
      await expect(grid).toBeVisible();
      const chosen = () => grid.locator('[data-chosen]').getAttribute('data-day');
      const { today } = await ask(page, 'desk.overview', {});
      expect(await chosen()).toBe(today);
      await grid.locator('[data-chosen]').focus();
      await expect(page.getByRole('main')).toContainText('二〇二六年供貨合同');
      const later = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
      await page.keyboard.press('ArrowRight');
      await expect.poll(chosen).toBe(later(1));
      await page.keyboard.press('ArrowDown');
      await expect.poll(chosen).toBe(later(8));
      await page.keyboard.press('PageDown');
      await expect.poll(async () => (await chosen())?.slice(0, 7)).not.toBe(later(8).slice(0, 7));
      await page.keyboard.press('t');
      await expect.poll(chosen).toBe(today);
      await page.keyboard.press('Enter');
      await expect(page.locator('[data-duty-stop]').first()).toBeFocused();
    });

    const rows = () => desk.page.getByRole('grid', { name: say('revision.cards') }).getByRole('row');

    test('M2 a revision starts with a frozen list, key customers first', async () => {
      const { page } = desk;
      await frame.go('revision');
      const form = page.getByRole('form', { name: say('revision.start') });
      await field(form, say('revision.name')).fill('春季全面核查');
      await expect(form).toContainText(saying('revision.takesIn', { count: '3' }));
      await page.keyboard.press('Enter');
      await expect(rows()).toHaveCount(4);
      await expect(rows().nth(1)).toContainText(NAMES[0]);
      await expect(page.getByRole('main')).toContainText('春季全面核查');
    });

    test('M2, C6 one key confirms: who was asked stands beside it, the next card is in hand, undo gives it back', async () => {
      const { page } = desk;
      const settle = page.getByRole('form', { name: say('revision.settle') });
      await expect(field(settle, say('revision.whom'))).toHaveValue('李窗口');
      await page.keyboard.press('c');
      await expect(rows()).toHaveCount(3);
      await expect(
        page.getByRole('region', { name: NAMES[1] }).or(page.getByRole('region', { name: NAMES[2] })),
      ).toBeVisible();
      const confirmed = await ask(page, 'customers.get', { number: numbers[0] ?? '' });
      expect(confirmed.confirmations['legalRepresentative']?.evidence).toContain('李窗口');
      const toast = frame.toast(new RegExp(NAMES[0], 'u')).first();
      await button(toast, say('kit.undo')).click();
      await expect(rows()).toHaveCount(4);
      await rows().nth(1).click();
      // The key is the form's: pressed once the form stands there.
      await expect(field(page.getByRole('region', { name: NAMES[0] }), say('revision.whom'))).toBeVisible();
      await page.keyboard.press('c');
      await expect(rows()).toHaveCount(3);
    });

    test('M2, M1 a corrected card was changed first; the new person in charge raises its flag', async () => {
      const { page } = desk;
      const row = rows().filter({ hasText: NAMES[1] });
      await row.click();
      await expect(page.getByRole('region', { name: NAMES[1] })).toBeVisible();
      await page.keyboard.press('x');
      // Nothing has changed yet: X leads to the card.
      await expect(
        frame.rail.getByRole('button', { name: new RegExp(`^${say('screen.cards')}`, 'u') }),
      ).toHaveAttribute('aria-current', 'page');
      const number = numbers[1] ?? '';
      const { revision } = await ask(page, 'customers.get', { number });
      await ask(page, 'customers.update', { number, revision, values: { legalRepresentative: '陳新任' } });
      await page.keyboard.press('Alt+ArrowLeft');
      await expect(page.getByRole('region', { name: NAMES[1] })).toContainText(say('watch.kind.personInCharge'));
      await expect(row).toContainText(say('revision.changedFacts', { count: 1 }));
      await page.keyboard.press('x');
      await expect(rows()).toHaveCount(2);
      await page.getByRole('tab', { name: say('revision.tab.work') }).focus();
      await page.keyboard.press('ArrowRight');
      await expect(page.getByRole('grid')).toContainText(NAMES[1]);
      // The key is the button's: pressed once the button stands there.
      await expect(button(page, say('watch.settle'))).toBeVisible();
      await page.keyboard.press('r');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox').fill('已請補交新的委託書');
      await button(dialog, say('watch.settle')).press('Enter');
      await expect(page.getByText(say('watch.empty'))).toBeVisible();
    });

    test('M2 who could not be reached is flagged by one number; closing needs every card and a signature', async () => {
      const { page } = desk;
      await page.getByRole('tab', { name: new RegExp(`^${say('revision.tab.watch')}`, 'u') }).focus();
      await page.keyboard.press('ArrowLeft');
      await expect(rows()).toHaveCount(2);
      await rows().nth(1).click();
      await expect(page.getByRole('region', { name: NAMES[2] })).toBeVisible();
      await expect(button(page, say('revision.signOff'))).toHaveCount(0);
      await page.keyboard.press('f');
      await expect(page.getByRole('group', { name: say('revision.flagWhy') })).toBeVisible();
      await page.keyboard.press('1');
      await expect(page.getByText(say('revision.empty.open'))).toBeVisible();
      await button(page, say('revision.signOff')).press('Enter');
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText(say('revision.signOwn'));
      await field(dialog, say('revision.ownSecret')).fill('不是這個密語');
      await page.keyboard.press('Enter');
      await expect(dialog.getByRole('alert')).toBeVisible();
      await field(dialog, say('revision.ownSecret')).fill(KEEPER.secret);
      await page.keyboard.press('Enter');
      await expect(dialog).toHaveCount(0);
      const history = page.getByRole('grid', { name: say('revision.tab.history') });
      await expect(history).toContainText(say('revision.state.closed'));
      await expect(page.getByRole('main')).toContainText(say('revision.figure.notReachable'));
      const [closed] = (await ask(page, 'revisions.list', {})).campaigns;
      expect(closed).toMatchObject({
        state: 'closed',
        signedBy: KEEPER.displayName,
        counts: { total: 3, open: 0, confirmed: 1, corrected: 1, flagged: 1, notReachable: 1 },
      });
    });
  });
