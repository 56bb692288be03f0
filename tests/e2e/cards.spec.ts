import { expect, test } from '@playwright/test';
import { Cards } from './screens/cards.ts';
import { DeskFrame } from './screens/desk-frame.ts';
import { Entrance } from './screens/entrance.ts';
import { ask, KEEPER, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { button, say, saying } from './support/texts.ts';

const NAME = '廣州市番禺區永順電子有限公司';
/** A valid code, and the same with its last character wrong. */
const CODE = '91440101231245152Y';
const WRONG_CODE = '91440101231245152X';

test.describe
  .serial('a customer card', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;
    let cards: Cards;
    let number = '';

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      frame = new DeskFrame(desk.page);
      cards = new Cards(desk.page);
    });
    test.afterAll(() => desk.close());

    test('C1, C5 is filled in by keyboard alone: completeness grows, a wrong check character is said, Enter saves', async () => {
      const { page } = desk;
      const { keyboard } = page;
      await keyboard.press('Control+2');
      await expect(page.getByText(say('cards.empty'))).toBeVisible();
      await keyboard.press('n');
      const first = cards.labelled('field.enterprise.registeredName');
      await expect(first).toBeFocused();
      const empty = await cards.completeness();
      await keyboard.type(NAME);
      await expect(cards.name).toHaveText(NAME);
      await keyboard.press('Tab');
      await expect(cards.labelled('field.enterprise.shortName')).toBeFocused();
      await keyboard.type('永順電子');
      expect(await cards.completeness()).toBeGreaterThan(empty);

      await cards.labelled('field.enterprise.country').focus();
      await cards.labelled('field.enterprise.country').fill(say('option.country.cn'));
      await cards.labelled('field.enterprise.unifiedSocialCreditCode').focus();
      await keyboard.type(WRONG_CODE);
      await expect(page.getByText(say('validation.unifiedSocialCreditCode.check'))).toBeVisible();
      await keyboard.press('Control+a');
      await keyboard.type(CODE);
      await expect(page.getByText(say('validation.unifiedSocialCreditCode.check'))).toHaveCount(0);
      await cards.labelled('field.enterprise.telephone').fill('020-83661234');

      await keyboard.press('Enter');
      number = await cards.saved();
      expect(number).toBe('E000001');
      await expect(cards.card).toContainText(number);
      await expect(cards.card).toContainText('020-83661234');
    });

    test('C6 a change keeps the former value; the history shows old and new with what they rest on', async () => {
      const { page } = desk;
      await page.keyboard.press('e');
      const representative = cards.labelled('field.enterprise.legalRepresentative');
      await representative.fill('李秀英');
      await cards.labelled('cards.evidence').fill('客戶訪問');
      await page.keyboard.press('Control+s');
      await expect(page.getByText(say('cards.saved', { number })).last()).toBeVisible();
      await expect(representative).toHaveCount(0);
      await page.keyboard.press('e');
      await representative.fill('陳建國');
      await page.keyboard.press('Enter');
      await expect(representative).toHaveCount(0);

      const history = await cards.openHistory();
      const latest = history.locator('section').filter({ hasText: '陳建國' }).last();
      await expect(latest).toContainText(say('field.enterprise.legalRepresentative'));
      await expect(latest).toContainText('李秀英');
      await expect(history).toContainText('客戶訪問');
      await page.keyboard.press('Escape');
      await expect(history).toHaveCount(0);
    });

    test('146 a key pressed before the screen that was asked for is in sight is a key of that screen', async () => {
      const { keyboard } = desk.page;
      await frame.go('today');
      await keyboard.press('Control+2');
      await keyboard.press('e');
      await expect(cards.labelled('field.enterprise.legalRepresentative')).toBeVisible();
      await keyboard.press('Escape');
    });

    test('C1 a name that is already there in other characters is pointed out before a second number is given', async () => {
      const { page } = desk;
      await frame.command(say('palette.newCard'));
      await cards.labelled('field.enterprise.registeredName').fill('广州市番禺区永顺电子有限公司');
      await expect(page.getByText(say('cards.similar.title'))).toBeVisible();
      await expect(button(cards.card, `${number} ${NAME}`)).toBeVisible();
      await cards.labelled('field.enterprise.registeredName').fill('');
      await page.keyboard.press('Escape');
    });

    test('an open card that was changed elsewhere keeps what is typed and asks which side is right', async () => {
      const { page } = desk;
      await frame.go('cards');
      await cards.open(NAME);
      await page.keyboard.press('e');
      await cards.labelled('field.enterprise.telephone').fill('020-11112222');
      const { revision } = await ask(page, 'customers.get', { number });
      await ask(page, 'customers.update', { number, revision, values: { telephone: '020-99998888', fax: '020-7' } });
      await cards.labelled('field.enterprise.telephone').press('Enter');
      await expect(page.getByText(say('cards.conflict.title'))).toBeVisible();
      await expect(cards.card).toContainText('020-99998888');
      await button(cards.card, say('cards.conflict.settle')).click();
      await page.keyboard.press('Control+s');
      await expect(page.getByText(say('cards.saved', { number })).last()).toBeVisible();
      const { values } = await ask(page, 'customers.get', { number });
      expect([values.telephone, values.fax]).toEqual(['020-11112222', '020-7']);
    });

    test('C3 what is typed survives a reload, a lock and the end of the archive process', async () => {
      const { page } = desk;
      const entrance = new Entrance(page);
      const representative = cards.labelled('field.enterprise.legalRepresentative');
      const expectTyped = async (value: string) => {
        await expect(page.getByText(saying('cards.restored'))).toBeVisible();
        await expect(representative).toHaveValue(value);
      };
      const reopen = async () => {
        await frame.go('today');
        await expect(page.getByText(say('today.draftsTitle'))).toBeVisible();
        // Duties may name the same card; what is unfinished stands in a section of its own.
        await page
          .locator('section')
          .filter({ has: page.getByRole('heading', { name: say('today.draftsTitle') }) })
          .last()
          .getByRole('button', { name: new RegExp(NAME, 'u') })
          .first()
          .click();
      };
      await frame.go('cards');
      await cards.open(NAME);
      await page.keyboard.press('e');
      await representative.fill('甲 重新載入');
      await page.waitForTimeout(700);
      await page.reload();
      await reopen();
      await expectTyped('甲 重新載入');

      await representative.fill('乙 鎖定前一刻');
      await frame.lock();
      await entrance.unlock(KEEPER.secret);
      await expect(frame.rail).toBeVisible();
      await reopen();
      await expectTyped('乙 鎖定前一刻');

      await representative.fill('丙 打字中途');
      await representative.pressSequentially('被殺', { delay: 30 });
      const pid = await desk.archivePid();
      process.kill(pid as number, 'SIGKILL');
      await representative.press('了', { timeout: 1_000 }).catch(() => undefined);
      await expect(page.getByText(say('lock.reason.crash'))).toBeVisible();
      await entrance.unlock(KEEPER.secret);
      await expect(frame.rail).toBeVisible();
      await reopen();
      await expect(page.getByText(saying('cards.restored'))).toBeVisible();
      await expect(representative).toHaveValue(/^丙 打字中途被殺/u);
      await page.keyboard.press('Control+s');
      await expect(page.getByText(say('cards.saved', { number })).last()).toBeVisible();
      expect((await ask(page, 'customers.get', { number })).values.legalRepresentative).toMatch(/^丙/u);
      await frame.go('today');
      await expect(page.getByText(say('today.draftsTitle'))).toHaveCount(0);
    });

    test('C2 an individual is filed the same way; its number is of its own sequence', async () => {
      const { page } = desk;
      await frame.go('cards');
      await button(page, say('cards.new')).click();
      const kinds = page.getByRole('radiogroup', { name: say('field.control.kind') });
      await kinds.getByText(say('option.cardKind.individual')).click();
      await cards.labelled('field.individual.name').fill('歐陽美玲');
      await cards.labelled('field.individual.mobile').fill('13800138000');
      await page.keyboard.press('Enter');
      expect(await cards.saved()).toBe('P000001');
    });
  });
