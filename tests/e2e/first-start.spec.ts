import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { DeskFrame } from './screens/desk-frame.ts';
import { Entrance } from './screens/entrance.ts';
import { type Desk, openDesk } from './support/launch.ts';
import { makeScratch, removeScratch } from './support/scratch.ts';
import { button, field, say, saying } from './support/texts.ts';

const NAME = '恆昌貿易客戶檔案';
const KEEPER = '王小明';
const NEW_SECRET = '採菊東籬下悠然見南山山氣日夕佳';

test.describe
  .serial('the first five minutes', () => {
    const dataFolder = makeScratch();
    let desk: Desk;
    let entrance: Entrance;
    let frame: DeskFrame;
    let secret = '';
    let groups: readonly string[] = [];

    const open = async () => {
      desk = await openDesk({ dataFolder });
      entrance = new Entrance(desk.page);
      frame = new DeskFrame(desk.page);
    };
    test.beforeAll(open);
    test.afterAll(async () => {
      await desk.close();
      removeScratch(dataFolder);
    });

    test('R29 an archive is created with an offered secret; its recovery key is shown once', async () => {
      const { page } = desk;
      await expect(page.getByRole('heading', { name: say('app.name') })).toBeVisible();
      await entrance.choose('start.create');
      const create = button(page, say('start.createNow'));
      await expect(create).toBeDisabled();
      secret = await entrance.fillInNewArchive(NAME, KEEPER);
      expect(secret.split(/\s+/u)).toHaveLength(6);
      await create.click();

      groups = await entrance.readRecoveryKey();
      expect(groups.join('')).toMatch(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/u);
      await expect(page.getByText(saying('start.recoveryKeyText', { name: NAME }))).toBeVisible();
      await button(page, say('start.recoveryWritten')).click();
      await entrance.confirmRecoveryKey(groups.map(() => 'XXXX'));
      await expect(page.getByRole('alert')).toBeVisible();
      await entrance.confirmRecoveryKey(groups);

      await expect(frame.rail).toContainText(NAME);
      await expect(page.getByRole('list', { name: say('today.firstSteps') })).toBeVisible();
      await expect(page.getByText(groups.slice(4, 7).join(''))).toHaveCount(0);
      expect(existsSync(join(dataFolder, 'vault', 'vault.json'))).toBe(true);
    });

    test('R24 Ctrl L locks: the process ends; the secret opens it again where it was', async () => {
      const { page } = desk;
      await frame.go('people');
      await frame.lock();
      await expect.poll(() => desk.archivePid()).toBeUndefined();
      await expect(page.getByRole('heading', { name: NAME })).toBeVisible();
      await expect(entrance.secret).toBeFocused();
      await entrance.unlock(secret);
      await expect(frame.rail.locator('[aria-current=page]')).toHaveText(say('screen.people'));
    });

    test('R26 a wrong secret is answered clearly; after five the delay begins and survives a new start', async () => {
      const { page } = desk;
      await frame.lock();
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        await entrance.unlock(`${secret} ${attempt}`);
        await expect(page.getByText(say('error.SECRET_WRONG')).or(page.getByRole('timer'))).toBeVisible();
        await expect(entrance.secret).toHaveValue('');
        await expect(button(page, say('lock.open'))).not.toHaveAttribute('aria-busy', 'true');
      }
      await entrance.unlock(secret);
      await expect(page.getByRole('timer')).toHaveText(saying('lock.wait'));
      await expect(button(page, say('lock.open'))).toBeDisabled();
      await desk.close();

      await open();
      await entrance.unlock(secret);
      await expect(desk.page.getByRole('timer')).toHaveText(saying('lock.wait'));
    });

    test('R10 the recovery key opens at once, typed in small letters with blanks, and gives a new secret', async () => {
      const { page } = desk;
      await button(page, say('lock.useRecoveryKey')).click();
      const key = field(page, say('start.recoveryKey'));
      await field(page, say('start.newKeeperSecret')).fill(NEW_SECRET);
      await field(page, say('secret.again')).fill(NEW_SECRET);
      await key.fill(groups.join('').replace(/.$/u, (last) => (last === 'Q' ? 'P' : 'Q')));
      await button(page, say('lock.open')).click();
      await expect(page.getByText(say('error.RECOVERY_KEY_WRONG'))).toBeVisible();
      await key.fill(groups.join(' ').toLowerCase());
      await button(page, say('lock.open')).click();
      await expect(frame.rail).toContainText(NAME);

      await frame.lock();
      await entrance.unlock(NEW_SECRET);
      await expect(frame.rail).toContainText(NAME);
    });

    test('an archive is found again by its folder; a folder that is none is named as such', async () => {
      const { page } = desk;
      await frame.lock();
      await button(page, say('lock.otherArchive')).click();
      await expect(page.getByRole('button', { name: new RegExp(`^${NAME}`, 'u') })).toBeVisible();
      await entrance.choose('start.open');
      await field(page, say('kit.folderPath')).fill(dataFolder);
      await button(page, say('kit.next')).click();
      await expect(page.getByText(say('error.VAULT_NOT_A_VAULT'))).toBeVisible();
      await field(page, say('kit.folderPath')).fill(join(dataFolder, 'vault'));
      await button(page, say('kit.next')).click();
      await entrance.unlock(NEW_SECRET);
      await expect(frame.rail).toContainText(NAME);
    });
  });
