import { expect, test } from '@playwright/test';
import { Cards } from './screens/cards.ts';
import { DeskFrame } from './screens/desk-frame.ts';
import { ask } from './support/desk-archive.ts';
import { picture } from './support/looking.ts';
import { openPracticeDesk, type PracticeDesk } from './support/practice-desk.ts';
import { button, field, say, saying } from './support/texts.ts';

test.describe
  .serial('care of the cards, by keyboard', () => {
    let desk: PracticeDesk;
    let frame: DeskFrame;
    let cards: Cards;
    let first = '';
    let double = '';

    test.beforeAll(async () => {
      desk = await openPracticeDesk(12);
      frame = new DeskFrame(desk.page);
      cards = new Cards(desk.page);
      const { rows } = await ask(desk.page, 'customers.list', { kind: 'enterprise', limit: 50 });
      first = rows[0]?.number ?? '';
      const { values, name } = await ask(desk.page, 'customers.get', { number: first });
      const made = await ask(desk.page, 'customers.create', {
        kind: 'enterprise',
        values: {
          registeredName: `${name}分部`,
          telephone: '02-9988-7766',
          email: 'double@example.tw',
          country: values.country ?? 'cn',
        },
      });
      double = made.number;
    });
    test.afterAll(() => desk.close());

    const open = async (number: string) => {
      await frame.search(number);
      await expect(frame.hits.first()).toContainText(number);
      await desk.page.keyboard.press('Enter');
      await expect(cards.card).toContainText(number);
    };

    test('a field of the keeper’s own is added in settings and stands on the card at once', async () => {
      const { page } = desk;
      await frame.go('settings');
      await page.getByRole('tab', { name: say('settings.tab.forms') }).click();
      await button(page, say('ownFields.add')).press('Enter');
      await field(page.getByRole('dialog'), say('ownFields.label')).fill('門市數');
      await page.keyboard.press('Enter');
      await expect(page.getByText(say('ownFields.saved', { field: '門市數' }))).toBeVisible();
      await open(first);
      await expect(cards.card).toContainText('門市數');
      const { fields } = await ask(page, 'forms.get', {});
      expect(fields.map((one) => one.label)).toEqual(['門市數']);
    });

    test('C1 two cards are put side by side and merged; the number leads to the card that goes on; undone', async () => {
      const { page } = desk;
      await open(first);
      await button(cards.card, say('cards.merge.open')).press('Enter');
      const dialog = page.getByRole('dialog');
      await field(dialog, say('cards.merge.number')).fill(double);
      await page.keyboard.press('Enter');
      await expect(dialog).toContainText('double@example.tw');
      await field(dialog, say('kit.reason')).fill('同一客戶');
      await button(dialog, say('cards.merge.submit', { merged: double, number: first })).press('Enter');
      await expect(page.getByText(say('cards.merge.done', { merged: double, number: first }))).toBeVisible();
      await expect(cards.card).toContainText(double);
      expect((await ask(page, 'customers.get', { number: double })).number).toBe(first);

      await button(cards.card, say('cards.merge.undo')).press('Enter');
      await field(page.getByRole('dialog'), say('kit.reason')).fill('並非同一家');
      await button(page.getByRole('dialog'), say('cards.merge.undo')).press('Enter');
      await expect(page.getByText(say('cards.merge.undone', { number: double }))).toBeVisible();
      expect((await ask(page, 'customers.get', { number: double })).number).toBe(double);
    });

    test('C6 one key confirms the fact that has the focus and goes on to the next', async () => {
      const { page } = desk;
      await open(first);
      const mark = cards.card.locator('[data-field="registeredName"] button').first();
      await mark.focus();
      await page.keyboard.press('c');
      await expect(cards.card.locator('[data-field="registeredName"]')).toContainText(say('cards.confirmedNow'));
      await page.keyboard.press('Control+s');
      await expect(page.getByText(say('cards.saved', { number: first })).last()).toBeVisible();
      const { confirmations } = await ask(page, 'customers.get', { number: first });
      expect(confirmations.registeredName?.at.slice(0, 10)).toBe(new Date().toISOString().slice(0, 10));
    });

    test('C6 a former value is put back from the history as a new change', async () => {
      const { page } = desk;
      const { revision, values } = await ask(page, 'customers.get', { number: double });
      await ask(page, 'customers.update', { number: double, revision, values: { telephone: '02-1111-1111' } });
      await open(double);
      const history = await cards.openHistory();
      await history
        .getByRole('button', { name: saying('cards.history.restoreOf') })
        .first()
        .press('Enter');
      await expect(page.getByText(saying('cards.history.restored')).last()).toBeVisible();
      const after = await ask(page, 'customers.get', { number: double });
      expect(after.values.telephone).toBe(values.telephone);
      await page.keyboard.press('Escape');
    });

    test('C7 the supervisor remarks on a field at the keeper’s desk and sends back; the keeper answers from the work list', async () => {
      const { page } = desk;
      const { secret } = desk.secretOf('supervisor');
      await open(double);
      await page
        .getByRole('tab', { name: saying('cards.tab.review') })
        .last()
        .click();
      await button(cards.card, say('cards.review.guideHere')).press('Enter');
      await cards.card.getByLabel(say('cards.review.field')).selectOption('telephone');
      await cards.card.getByLabel(say('cards.review.remark'), { exact: true }).fill('請補區號');
      await page.keyboard.press('Enter');
      await button(cards.card, say('cards.review.sendBack')).press('Enter');
      const dialog = page.getByRole('dialog', { name: say('agreement.title') });
      await field(dialog, say('agreement.ownSecret')).fill(secret);
      await page.keyboard.press('Enter');
      await expect(page.getByText(say('cards.review.done.sentBack', { number: double }))).toBeVisible();
      await expect(cards.card).toContainText('請補區號');
      await cards.card
        .getByLabel(say('cards.review.answerTo', { field: say('field.enterprise.telephone') }))
        .fill('已補');
      await page.keyboard.press('Enter');
      await expect(cards.card).toContainText(say('cards.review.remark.answered'));
      const { remarks } = await ask(page, 'reviews.ofCard', { number: double });
      expect(remarks).toMatchObject([{ field: 'telephone', answer: '已補', state: 'answered' }]);
    });

    test('151 · marked daily reports are reviewed together: those that cannot be are left out, the supervisor agrees to exactly these', async () => {
      const { page } = desk;
      const { secret } = desk.secretOf('supervisor');
      const { total } = await ask(page, 'dailyReports.list', { show: 'unreviewed', limit: 1 });
      await frame.go('visits');
      await page.locator('[data-tab=reports]').click();
      await page.getByText(say('visits.show.unreviewed'), { exact: true }).click();
      const grid = page.getByRole('grid', { name: say('visits.tab.reports') });
      await expect(grid.getByRole('row').nth(3)).toBeVisible();
      await grid.focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('Control+Space');
      const marked = page.getByRole('region', { name: say('list.bulk') });
      await expect(marked.getByRole('status')).toHaveText(saying('list.marked', { count: 2 }));
      await button(marked, say('visits.review')).press('Enter');
      const pile = page.getByRole('dialog', { name: say('visits.reviewTitle') });
      await expect(pile).toContainText(saying('visits.reviewMarked', { total: 2, count: 2 }));
      await expect(pile.getByRole('checkbox')).toHaveCount(2);
      await picture(page, 'reports-marked-review');
      await button(pile, say('visits.askSignature')).press('Enter');
      const dialog = page.getByRole('dialog', { name: say('agreement.title') });
      await field(dialog, say('agreement.who')).click();
      await page.getByRole('option', { name: new RegExp(say('role.supervisor'), 'u') }).click();
      await field(dialog, say('agreement.ownSecret')).fill(secret);
      await page.keyboard.press('Enter');
      await expect(pile).toBeHidden();
      expect((await ask(page, 'dailyReports.list', { show: 'unreviewed', limit: 1 })).total).toBe(total - 2);
    });
  });
