import { expect, test } from '@playwright/test';
import { Cards } from './screens/cards.ts';
import { DeskFrame } from './screens/desk-frame.ts';
import { Entrance } from './screens/entrance.ts';
import { Loans } from './screens/loans.ts';
import { ask } from './support/desk-archive.ts';
import { type Desk, openDesk } from './support/launch.ts';
import { button, say, saying } from './support/texts.ts';

test.describe
  .serial('a practice archive', () => {
    let desk: Desk;
    let frame: DeskFrame;

    test.beforeAll(async () => {
      desk = await openDesk();
      frame = new DeskFrame(desk.page);
    });
    test.afterAll(() => desk.close());

    test('6 is made from the first screen with progress, names its people and their secrets, and is marked everywhere', async () => {
      const { page } = desk;
      await new Entrance(page).choose('start.practice');
      await button(page, say('start.practiceMake')).click();
      await expect(page.getByRole('progressbar').or(page.getByText(say('start.practiceReady')))).toBeVisible();
      await expect(page.getByText(say('start.practiceReady'))).toBeVisible({ timeout: 120_000 });
      const people = page.getByRole('table').getByRole('row');
      await expect(people.filter({ hasText: say('role.keeper') })).toHaveCount(1);
      await expect(people.filter({ hasText: say('role.businessManager') })).toHaveCount(1);
      await button(page, say('start.toDesk')).click();
      await expect(frame.rail).toContainText(say('app.practiceNote'));
      const { counts } = await ask(page, 'desk.overview', {});
      expect(counts.customers).toBeGreaterThan(40);
      for (const key of ['loansOverdue', 'missingPapers', 'incompleteCards', 'papers'] as const)
        expect(counts[key]).toBeGreaterThan(0);
    });

    test('B2 what is overdue waits in the rail, on today and in its list; its borrower gets nothing more', async () => {
      const { page } = desk;
      const loans = new Loans(page);
      const { counts, waiting } = await ask(page, 'desk.overview', {});
      const { loans: overdue } = await ask(page, 'loans.list', { state: 'overdue' });
      // What has an open case is said by its case.
      const { breaches } = await ask(page, 'breaches.list', { state: 'open' });
      const withoutCase = overdue.filter(({ loanNumber }) =>
        breaches.every((breach) => breach.loan?.loanNumber !== loanNumber),
      );
      expect(withoutCase).not.toHaveLength(overdue.length);
      const late = waiting.find(({ screen }) => screen === 'loans')?.count ?? 0;
      expect(late).toBeGreaterThanOrEqual(withoutCase.length);
      await expect(frame.rail.getByRole('button', { name: new RegExp(`^${say('screen.loans')}`, 'u') })).toContainText(
        String(late),
      );
      await frame.go('today');
      await expect(page.getByRole('main')).toContainText(withoutCase[0]?.title ?? '-');
      await frame.go('loans');
      await loans.show('overdue');
      const rowOf = (loan: (typeof overdue)[number]) =>
        loans.list('overdue').getByRole('row').filter({ hasText: loan.loanNumber });
      // One with an open case says so instead of its days.
      let counted = overdue[0];
      for (const loan of overdue) {
        await expect(rowOf(loan).first()).toBeVisible();
        counted = loan;
        if (
          saying('loans.daysOverdue', { count: loan.daysOverdue }).test((await rowOf(loan).first().textContent()) ?? '')
        )
          break;
      }
      if (counted === undefined) throw new Error('Nothing is overdue.');
      await expect(rowOf(counted).first()).toContainText(saying('loans.daysOverdue', { count: counted.daysOverdue }));
      await expect(loans.list('overdue').getByRole('row')).toHaveCount(counts.loansOverdue + 1);

      // The same person asks for another paper at the counter.
      const { rows } = await ask(page, 'dossiers.list', { limit: 50 });
      let code = '';
      for (const { number } of rows) {
        const { classes } = await ask(page, 'dossiers.get', { number });
        const free = classes.flatMap((one) => one.papers).find((paper) => paper.state === 'inPlace' && !paper.original);
        if (free === undefined || !(await ask(page, 'loans.proposal', { code: free.code })).mayLend) continue;
        code = free.code;
        break;
      }
      await loans.code.focus();
      await loans.scan(code);
      const borrower = counted?.borrower ?? '-';
      await loans.chooseBorrower(borrower, borrower);
      await expect(loans.lendForm.getByRole('alert')).toContainText(saying('loanRefusal.overdueLoan'));
      await expect(button(loans.lendForm, say('loans.lend'))).toBeDisabled();
      await page.keyboard.press('Escape');
      await expect(loans.lendForm).toHaveCount(0);
    });

    test('ux: J, K, arrows, Enter, Space, Escape and Alt arrows lead through the lists without a mouse', async () => {
      const { page } = desk;
      const cards = new Cards(page);
      const { keyboard } = page;
      await keyboard.press('Control+1');
      await keyboard.press('Control+2');
      await expect(cards.list).toBeFocused();
      const name = async () => {
        const cell = await cards.list.getAttribute('aria-activedescendant');
        const row = cards.list.getByRole('row').filter({ has: page.locator(`[id="${cell}"]`) });
        return ((await row.getByRole('gridcell').nth(2).textContent()) ?? '').trim();
      };
      const first = await name();
      await keyboard.press('j');
      await keyboard.press('j');
      await keyboard.press('k');
      const second = await name();
      expect(second).not.toBe(first);
      await keyboard.press('Space');
      await expect(page.getByRole('dialog')).toContainText(second);
      await keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      // The list has the keys again.
      await expect(cards.list).toBeFocused();
      await keyboard.press('Enter');
      await expect(cards.name).toHaveText(second);
      await keyboard.press('Escape');
      await expect(cards.card).toHaveCount(0);
      await keyboard.press('Alt+ArrowLeft');
      await expect(cards.name).toHaveText(second);
      await keyboard.press('Alt+ArrowRight');
      await expect(cards.card).toHaveCount(0);
      await cards.list.focus();
      await keyboard.press('End');
      await expect(cards.list.getByRole('row').last()).toBeVisible();
      await keyboard.press('?');
      await expect(page.getByRole('dialog')).toContainText(say('keys.title'));
      await keyboard.press('Escape');
    });

    test('ux: Tab reaches the rail, the search box, the work and the status line, and the focus is always seen', async () => {
      const { page } = desk;
      await page.keyboard.press('Control+1');
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      const seen = new Set<string>();
      const invisible: string[] = [];
      for (let pressed = 0; pressed < 240; pressed += 1) {
        await page.keyboard.press('Tab');
        const place = await page.evaluate(() => {
          const element = document.activeElement as HTMLElement | null;
          if (element === null || element === document.body) return { where: 'body', shown: true, what: '' };
          const style = getComputedStyle(element);
          const shown = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
          const where = element.closest('nav, header, main, footer')?.tagName.toLowerCase() ?? 'elsewhere';
          return { where, shown, what: `${element.tagName} ${element.textContent?.slice(0, 20)}` };
        });
        seen.add(place.where);
        if (!place.shown) invisible.push(place.what);
      }
      for (const part of ['nav', 'header', 'main', 'footer']) expect([...seen]).toContain(part);
      expect(invisible).toEqual([]);
    });
  });
