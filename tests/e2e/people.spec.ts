import { expect, test } from '@playwright/test';
import { DeskFrame } from './screens/desk-frame.ts';
import { ask, KEEPER, MANAGER, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { button, field, say } from './support/texts.ts';

const SUPERVISOR = { login: 'chief', displayName: '趙主管', secret: '大江東去浪淘盡千古風流人物故壘西邊' } as const;
const SUCCESSOR = { login: 'successor', displayName: '何接任', secret: '明月幾時有把酒問青天不知天上宮闕' } as const;

test.describe
  .serial('people', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      frame = new DeskFrame(desk.page);
      await ask(desk.page, 'users.add', { ownSecret: KEEPER.secret, ...SUPERVISOR, role: 'supervisor' });
    });
    test.afterAll(() => desk.close());

    const tab = (key: string) => desk.page.getByRole('tab', { name: say(key), exact: true }).click();

    test('R71, R25 with a supervisor a person is admitted only with the keeper’s own secret and the supervisor’s typed here', async () => {
      const { page } = desk;
      await frame.go('people');
      await tab('people.tab.users');
      await button(page, say('people.addUser')).click();
      const dialog = page.getByRole('dialog');
      await field(dialog, say('people.name')).fill(SUCCESSOR.displayName);
      await field(dialog, say('start.login')).fill(SUCCESSOR.login);
      await dialog.getByRole('combobox', { name: say('start.role') }).click();
      await page.getByRole('option', { name: say('role.keeper') }).click();
      await field(dialog, say('people.ownSecret')).fill(SUCCESSOR.secret);
      await field(dialog, say('secret.again')).fill(SUCCESSOR.secret);
      await expect(button(dialog, say('people.admit'))).toBeDisabled();
      const own = field(dialog, say('people.secretOf', { name: KEEPER.displayName }));
      await own.fill(KEEPER.secret);
      await expect(button(dialog, say('people.admit'))).toBeDisabled();
      const approver = field(dialog, say('people.secretOf', { name: SUPERVISOR.displayName }));
      await approver.fill(MANAGER.secret);
      await button(dialog, say('people.admit')).click();
      await expect(dialog.getByText(say('error.SECRET_WRONG'))).toBeVisible();
      await approver.fill(SUPERVISOR.secret);
      await own.fill('不是我的密語而是別人寫在牆上的');
      await button(dialog, say('people.admit')).click();
      await expect(dialog.getByText(say('validation.secretWrong'))).toBeVisible();
      await own.fill(KEEPER.secret);
      await button(dialog, say('people.admit')).click();
      await expect(page.getByRole('grid').getByRole('row').filter({ hasText: SUCCESSOR.login })).toBeVisible();
    });

    test('L1 who signs in without standing in the directory cannot be named on a card, which says so; linked there, they can', async () => {
      const { page } = desk;
      const approver = { login: SUPERVISOR.login, secret: SUPERVISOR.secret };
      await ask(page, 'users.add', { ownSecret: KEEPER.secret, ...MANAGER, role: 'executive', approver });
      const { id } = await ask(page, 'staff.save', { name: '林大同', number: 'S020' });
      const { number } = await ask(page, 'customers.create', { kind: 'individual', values: { name: '許美玲' } });
      const limitReaders = async () => {
        await frame.search(number);
        await page.getByRole('option').first().waitFor();
        await page.keyboard.press('Enter');
        await page.getByRole('tab', { name: say('cards.tab.custody') }).click();
        await button(page, say('readers.limit')).click();
      };
      await limitReaders();
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText(say('readers.unlinked', { names: MANAGER.displayName }));
      await button(dialog, say('readers.link')).click();
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await page.getByRole('grid').getByRole('row').filter({ hasText: '林大同' }).dblclick();
      await field(page, say('people.login')).click();
      await page.getByRole('option', { name: MANAGER.displayName }).click();
      await button(page, say('kit.save')).click();
      await expect(page.getByRole('grid').getByRole('row').filter({ hasText: '林大同' })).toContainText(MANAGER.login);
      await limitReaders();
      await expect(dialog).toBeVisible();
      await expect(dialog.getByText(MANAGER.displayName)).toHaveCount(0);
      await field(dialog, say('readers.add')).fill('林大同');
      await page.getByRole('option', { name: /林大同/u }).click();
      await field(dialog, say('kit.reason')).fill('家族往來');
      await button(dialog, say('readers.limit')).click();
      await expect(page.getByRole('main')).toContainText(say('readers.only', { names: '林大同' }));
      const { cards } = await ask(page, 'readers.list', { number });
      expect(cards[0]?.readers.map(({ staffId }) => staffId)).toEqual([id]);
      await frame.go('people');
    });

    test('nobody leaves with an open loan: the dialog says which; after the return the person leaves', async () => {
      const { page } = desk;
      const { id } = await ask(page, 'staff.save', { name: '何小姐', number: 'S012' });
      const { number } = await ask(page, 'customers.create', { kind: 'individual', values: { name: '陳美玲' } });
      const { code } = await ask(page, 'dossiers.addPaper', {
        customer: number,
        type: 'background',
        title: '走訪調查報告',
        security: 'internal',
      });
      const lent = (await ask(page, 'loans.lend', { code, borrowerId: id, purpose: '準備拜訪' })) as {
        readonly loanNumber: string;
      };
      await tab('people.tab.staff');
      await page.getByRole('grid').getByRole('row').filter({ hasText: '何小姐' }).dblclick();
      const history = page.getByRole('region', { name: say('people.custody') });
      await expect(history.getByRole('listitem').filter({ hasText: '走訪調查報告' })).toContainText(
        say('loans.state.out'),
      );
      await button(page, say('people.leave')).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText(lent.loanNumber);
      await expect(button(dialog, say('people.leave'))).toBeDisabled();
      await page.keyboard.press('Escape');
      await ask(page, 'loans.return', { loanNumber: lent.loanNumber, pagesIn: 1 });
      await expect(history.getByRole('listitem').filter({ hasText: lent.loanNumber })).toContainText(
        say('loans.state.returned'),
      );
      await button(page, say('people.leave')).click();
      await expect(dialog).toContainText(say('people.holdsNothing', { name: '何小姐' }));
      await field(dialog, say('kit.reason')).fill('離職');
      await button(dialog, say('people.leave')).click();
      await expect(page.getByRole('dialog')).toHaveCount(0);
      // Saving what else stands there takes nobody back.
      await expect(page.getByRole('checkbox', { name: say('people.comesBack') })).not.toBeChecked();
      await expect(page.getByRole('grid').getByRole('row').filter({ hasText: '何小姐' })).toHaveCount(0);
      const { staff } = await ask(page, 'staff.list', { includeInactive: true });
      expect(staff.find((one) => one.id === id)?.active).toBe(false);
    });

    test('M3 the office is handed over in three steps with three secrets; then the new keeper works and the old one does not', async () => {
      const { page } = desk;
      await tab('people.tab.office');
      await expect(page.getByText(say('handover.section.papers'), { exact: true })).toBeVisible();
      await button(page, say('handover.begin')).click();
      const dialog = page.getByRole('dialog');
      await expect(button(dialog, say('kit.next'))).toBeDisabled();
      await dialog.getByRole('checkbox').check();
      await field(dialog, say('handover.differences')).fill('第 3 號櫃少一把鑰匙');
      await button(dialog, say('kit.next')).click();
      await expect(dialog.getByRole('combobox', { name: say('handover.successor') })).toHaveValue(
        new RegExp(SUCCESSOR.displayName),
      );
      await button(dialog, say('kit.next')).click();
      const secretOf = (who: string, name: string) =>
        field(dialog, say('handover.secretOf', { who: say(`handover.${who}`), name }));
      await secretOf('outgoing', KEEPER.displayName).fill(KEEPER.secret);
      await secretOf('successor', SUCCESSOR.displayName).fill(MANAGER.secret);
      await secretOf('supervisor', SUPERVISOR.displayName).fill(SUPERVISOR.secret);
      await button(dialog, say('handover.complete')).click();
      await expect(dialog.getByText(say('error.SECRET_WRONG'))).toBeVisible();
      await secretOf('outgoing', KEEPER.displayName).fill(KEEPER.secret);
      await secretOf('successor', SUCCESSOR.displayName).fill(SUCCESSOR.secret);
      await secretOf('supervisor', SUPERVISOR.displayName).fill(SUPERVISOR.secret);
      await button(dialog, say('handover.complete')).click();
      await expect(page.getByText(say('lock.reason.handedOver'))).toBeVisible();
      // Somebody else opens it now.
      await expect(field(page, say('start.login'))).toHaveValue('');
      await expect(field(page, say('start.login'))).toBeFocused();

      const open = async (login: string, secret: string) => {
        await field(page, say('start.login')).fill(login);
        await field(page, say('lock.secret')).fill(secret);
        await button(page, say('lock.open')).click();
      };
      await open(KEEPER.login, KEEPER.secret);
      await expect(page.getByText(say('error.ROLE_REFUSED'))).toBeVisible();
      await open(SUCCESSOR.login, SUCCESSOR.secret);
      await expect(frame.rail).toBeVisible();
      await frame.go('people');
      await tab('people.tab.office');
      await expect(page.getByText('第 3 號櫃少一把鑰匙')).toBeVisible();
      await button(page, say('handover.printed')).click();
      await expect(page.getByRole('dialog').locator('canvas').first()).toBeVisible({ timeout: 30_000 });
      await ask(page, 'customers.create', { kind: 'individual', values: { name: '接任後的客戶' } });
      expect((await ask(page, 'audit.verify', {})).ok).toBe(true);

      const witness = { login: SUPERVISOR.login, secret: SUPERVISOR.secret };
      await ask(page, 'keys.rotate', { secret: SUCCESSOR.secret, witness });
      await expect(page.getByText(say('lock.reason.rekeyed'))).toBeVisible();
    });
  });
