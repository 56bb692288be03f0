import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { DeskFrame } from './screens/desk-frame.ts';
import { ask, KEEPER, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { picture } from './support/looking.ts';
import { button, field, say } from './support/texts.ts';

test.describe
  .serial('a keeper alone who has taken the waiting hour on (R71, §15)', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;
    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      frame = new DeskFrame(desk.page);
      await ask(desk.page, 'customers.create', { kind: 'enterprise', values: { registeredName: '甲公司' } });
    });
    test.afterAll(() => desk.close());
    const tab = (key: string) => desk.page.getByRole('tab', { name: say(key), exact: true }).click();

    test('it is taken on with the own secret, and says that it is on', async () => {
      const { page } = desk;
      await frame.go('settings');
      await tab('settings.tab.key');
      const section = page.getByRole('form', { name: say('announce.section') });
      await field(section, say('people.secretOf', { name: KEEPER.displayName })).fill(KEEPER.secret);
      await button(section, say('announce.turnOn')).click();
      await expect(page.getByText(say('announce.isOn'), { exact: true })).toBeVisible();
      // Turning it off is an act that waits.
      await expect(button(section, say('announce.open'))).toBeVisible();
      await expect(button(section, say('announce.turnOff'))).toBeHidden();
    });

    test('an export of everything is announced, stands on the desk, and is taken back', async () => {
      const { page } = desk;
      await tab('settings.tab.backup');
      const form = page.getByRole('form', { name: say('settings.export') });
      await field(form, say('settings.exportFolder')).fill(join(desk.dataFolder, 'bag'));
      await expect(form.getByText(say('announce.first'))).toBeVisible();
      await expect(button(form, say('settings.exportNow'))).toBeDisabled();
      await expect(button(form, say('announce.open'))).toBeDisabled();
      await form.getByText(say('exports.protection.plain'), { exact: true }).click();
      await button(form, say('announce.open')).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog.getByText(join(desk.dataFolder, 'bag'))).toBeVisible();
      await field(dialog, say('people.secretOf', { name: KEEPER.displayName })).fill('不是我的密語而是別人寫在牆上的');
      await button(dialog, say('announce.now')).click();
      await expect(dialog.getByText(say('error.SECRET_WRONG'))).toBeVisible();
      await picture(page, 'waiting-hour-announce');
      await field(dialog, say('people.secretOf', { name: KEEPER.displayName })).fill(KEEPER.secret);
      await button(dialog, say('announce.now')).click();
      await expect(dialog).toBeHidden();
      await expect(button(form, say('announce.takeBack'))).toBeVisible();
      await picture(page, 'waiting-hour-export');
      await expect(button(form, say('settings.exportNow'))).toBeDisabled();

      await frame.go('today');
      await picture(page, 'waiting-hour-today');
      await page.getByText(new RegExp(`^${say('agreementKind.archiveExport')}：`, 'u')).click();
      await expect(page.getByRole('tab', { name: say('settings.tab.key'), selected: true })).toBeVisible();
      await picture(page, 'waiting-hour-key');
      await button(page, say('announce.takeBack')).click();
      await expect(button(page, say('announce.takeBack'))).toBeHidden();
      const { acts } = await ask(page, 'agreements.announced', {});
      expect(acts).toEqual([]);
      await frame.go('today');
      await expect(page.getByText(say('duty.announced'), { exact: true })).toBeHidden();
    });

    test('admitting somebody waits, the first supervisor does not', async () => {
      const { page } = desk;
      await frame.go('people');
      await tab('people.tab.users');
      await button(page, say('people.addUser')).click();
      const dialog = page.getByRole('dialog');
      await field(dialog, say('people.name')).fill('趙主管');
      await field(dialog, say('start.login')).fill('chief');
      await field(dialog, say('people.ownSecret')).fill('大江東去浪淘盡千古風流人物故壘西邊');
      await field(dialog, say('secret.again')).fill('大江東去浪淘盡千古風流人物故壘西邊');
      await field(dialog, say('people.secretOf', { name: KEEPER.displayName })).fill(KEEPER.secret);
      await expect(dialog.getByText(say('announce.first'))).toBeVisible();
      await picture(page, 'waiting-hour-person');
      await expect(button(dialog, say('people.admit'))).toBeDisabled();
      await dialog.getByRole('combobox', { name: say('start.role') }).click();
      await page.getByRole('option', { name: say('role.supervisor') }).click();
      await expect(dialog.getByText(say('announce.first'))).toBeHidden();
      await button(dialog, say('people.admit')).click();
      await expect(page.getByRole('grid').getByRole('row').filter({ hasText: 'chief' })).toBeVisible();
    });
  });
