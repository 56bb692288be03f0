import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { PDFDocument } from 'pdf-lib';
import { Binding } from './screens/binding.ts';
import { Cards } from './screens/cards.ts';
import { DeskFrame } from './screens/desk-frame.ts';
import { Viewer } from './screens/viewer.ts';
import { answerOf, ask, type OpenedArchive, openDeskWithArchive, upload } from './support/desk-archive.ts';
import { samplePdf, samplePng } from './support/sample-files.ts';
import { button, field, say, saying } from './support/texts.ts';

const YEAR = 2025;

test.describe
  .serial('binding, proving, keeping', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;
    let binding: Binding;

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      const { page } = desk;
      const { number: customer } = await ask(page, 'customers.create', {
        kind: 'enterprise',
        values: { registeredName: '臺北永順貿易股份有限公司', country: 'tw' },
      });
      const file = async (type: string, title: string, scan?: { name: string; buffer: Buffer }) => {
        const { code } = await ask(page, 'dossiers.addPaper', {
          customer,
          type,
          title,
          date: `${YEAR}-05-01`,
          pages: 2,
        });
        if (scan !== undefined)
          await ask(page, 'scans.attach', { upload: await upload(page, scan.name, scan.buffer), code });
      };
      await file('businessLicence', '營業執照', await samplePdf('執照.pdf', 2));
      await file('contract', '供貨合同', samplePng('合同.png'));
      await file('contract', '補充協議');
      frame = new DeskFrame(page);
      binding = new Binding(page);
    });
    test.afterAll(() => desk.close());

    test('Y1 what the cleaning finds is explained with a reason; the year is planned by class, the preview shows the cover', async () => {
      const { page } = desk;
      await frame.go('binding');
      await expect(binding.cleaning.getByRole('row').filter({ hasText: '稅務登記證' })).toHaveCount(1);
      await binding.explainAll('missingPaper', '客戶尚未提供');
      await expect(binding.cleaning).toContainText(say('binding.nothingOpen'));
      await button(binding.cleaning, say('binding.toArrange')).click();
      await expect(binding.spines).toHaveCount(2);
      const dialog = await binding.preview();
      const viewer = new Viewer(page);
      await expect(dialog.getByRole('navigation', { name: say('viewer.pages') })).toBeVisible({ timeout: 60_000 });
      await viewer.darkPoints();
      await expect(button(dialog, say('kit.saveFile'))).toHaveCount(0);
      await page.keyboard.press('Escape');
      expect((await ask(page, 'volumes.list', { year: YEAR })).total).toBe(0);
    });

    test('Y1, Y2 binding shows its progress, writes PDF/A files and lists the volumes with their fingerprints', async () => {
      const { page } = desk;
      await button(page, say('binding.accept')).click();
      const folder = join(desk.dataFolder, '裝訂');
      const files = await binding.bind(folder);
      expect(files).toHaveLength(2);
      const { volumes } = await ask(page, 'volumes.list', { year: YEAR });
      for (const file of files) {
        expect(file.startsWith(folder)).toBe(true);
        const bytes = readFileSync(file);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const volume = volumes.find((one) => one.sha256 === sha256);
        expect(volume, file).toBeDefined();
        expect((await PDFDocument.load(bytes)).getPageCount()).toBe(volume?.pages);
        expect(bytes.includes('pdfaid')).toBe(true);
      }
      await expect(binding.plan).toContainText(say('binding.nothing', { year: YEAR }));
      await binding.step('print');
      for (const volume of volumes)
        await expect(binding.bound.getByRole('row').filter({ hasText: volume.code })).toHaveCount(1);
      await button(binding.bound, say('binding.open')).first().click();
      await new Viewer(page).darkPoints();
      await page.keyboard.press('Escape');
    });

    test('Y2 what is bound is fixed: the paper can no longer be changed', async () => {
      const { page } = desk;
      const { rows } = await ask(page, 'dossiers.list', {});
      const dossier = await ask(page, 'dossiers.get', { number: rows[0]?.number ?? '' });
      const paper = dossier.classes.flatMap((one) => one.papers).find((one) => one.title === '供貨合同');
      const answer = await answerOf(page, 'dossiers.changePaper', {
        code: paper?.code,
        revision: paper?.revision,
        reason: 'x',
        title: '改過的合同',
      });
      expect(answer.ok ? 'ok' : answer.error.code).toBe('VOLUME_FIXED');
    });

    test('Y2 a hold is placed on a bound volume; the schedule is set type by type, with its reason', async () => {
      const { page } = desk;
      await frame.go('binding');
      await page.getByRole('tab', { name: say('binding.area.disposal') }).click();
      await expect(page.getByRole('heading', { name: say('disposal.nothingDue') })).toBeVisible();
      const { volumes } = await ask(page, 'volumes.list', { year: YEAR });
      await button(page, say('disposal.placeHold')).click();
      const dialog = page.getByRole('dialog');
      await field(dialog, say('disposal.subject')).fill(volumes[0]?.code ?? '');
      await field(dialog, say('kit.reason')).fill('訴訟中');
      await button(dialog, say('disposal.placeHold')).click();
      const holds = page.getByRole('region', { name: say('disposal.holds') });
      await expect(holds.getByRole('row').filter({ hasText: '訴訟中' })).toHaveCount(1);

      await page.getByRole('tab', { name: say('binding.area.schedule') }).click();
      const row = page.getByRole('row').filter({ hasText: say('documentType.contract') });
      await expect(row.first()).toContainText(say('disposal.proposal'));
      await button(row.first(), say('disposal.change')).click();
      await field(dialog, say('disposal.years')).fill('15');
      await field(dialog, say('kit.reason')).fill('董事會核定');
      await button(dialog, say('kit.save')).click();
      await expect(row.first()).toContainText(say('retention.years', { years: 15 }));
    });

    test('D7 what is missing says who owes it and by when', async () => {
      const { page } = desk;
      await frame.go('dossiers');
      await page.getByRole('tab', { name: say('dossiers.view.missing') }).click();
      const row = page.getByRole('row').filter({ hasText: say('documentType.taxRegistration') });
      await button(row, say('gaps.claim')).click();
      const dialog = page.getByRole('dialog');
      await field(dialog, say('gaps.owedBy')).fill('永順會計部');
      await field(dialog, say('gaps.dueOn')).fill('2040-01-10');
      await button(dialog, say('kit.save')).click();
      await expect(row).toContainText('永順會計部');
      await expect(row).toContainText('2040');
    });

    test('4g the archive is proved, deep; then a checkpoint is left and the log has both', async () => {
      const { page } = desk;
      await frame.command(say('palette.verify'));
      await page.getByRole('checkbox', { name: say('audit.deep') }).check();
      await button(page, say('audit.verifyNow')).click();
      await expect(page.getByRole('heading', { name: say('audit.allGood') })).toBeVisible({ timeout: 60_000 });
      for (const check of ['log', 'database', 'sealedFiles'])
        await expect(
          page
            .getByRole('listitem')
            .filter({ hasText: say(`audit.check.${check}`) })
            .first(),
        ).toBeVisible();
      await expect(page.getByRole('img', { name: say('audit.bad') })).toHaveCount(0);

      const file = join(desk.dataFolder, 'checkpoint.txt');
      await field(page, say('audit.checkpointFile')).fill(file);
      await button(page, say('audit.checkpointNow')).click();
      await expect(page.locator('output')).toHaveText(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){4}$/u);
      expect(readFileSync(file, 'utf8')).toContain('— ');

      await page.getByRole('tab', { name: say('audit.tab.log') }).click();
      const log = page.getByRole('grid');
      await expect(
        log
          .getByRole('row')
          .filter({ hasText: say('audit.type.checkpoint') })
          .first(),
      ).toBeVisible();
      await expect(
        log
          .getByRole('row')
          .filter({ hasText: say('audit.type.binding.bind') })
          .first(),
      ).toBeVisible();
    });

    test('R53, R54 a backup is written, read back, and says so', async () => {
      const { page } = desk;
      await frame.command(say('palette.backup'));
      const file = join(desk.dataFolder, '備份.age');
      await field(page, say('backups.folder')).fill(file);
      await button(page, say('settings.backupNow')).click();
      await expect(page.getByText(say('settings.backupDone'))).toBeVisible({ timeout: 60_000 });
      expect(readFileSync(file).subarray(0, 22).toString('latin1')).toBe('age-encryption.org/v1\n');
      await expect(page.getByRole('contentinfo').getByText(saying('app.statusBackup'))).toBeVisible();
    });

    test('28 a backup is opened to look into it: the card as it was then, nothing to be changed, and back', async () => {
      const { page } = desk;
      const [first] = (await ask(page, 'customers.list', { limit: 1 })).rows;
      const { number = '', name = '' } = first ?? {};
      const { revision } = await ask(page, 'customers.get', { number });
      await ask(page, 'customers.update', { number, revision, values: { registeredName: '後來的名字' } });
      await button(page, say('backups.lookOpen')).click();
      const dialog = page.getByRole('dialog', { name: say('backups.look') });
      await field(dialog, say('start.recoveryKey')).fill(desk.recoveryKey);
      await button(dialog, say('backups.lookNow')).click();
      const row = page.getByRole('grid').getByRole('row').filter({ hasText: number });
      await expect(row).toContainText(name);
      const refused = ask(page, 'customers.update', { number, revision, values: { telephone: '1' } });
      await expect(refused).rejects.toThrow('BACKUP_LOOKED_INTO');
      // What would change something is not offered, neither in the list nor on the card nor in the settings.
      await expect(button(page, say('cards.new'))).toHaveCount(0);
      await row.dblclick();
      await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
      await expect(button(page, say('cards.edit'))).toHaveCount(0);
      await frame.go('settings');
      await page.locator('[data-tab=secret]').click();
      await expect(page.getByRole('main')).toContainText(say('error.BACKUP_LOOKED_INTO'));
      await frame.go('cards');
      await button(page, say('backups.lookClose')).click();
      await expect(row).toContainText('後來的名字');
      const present = await ask(page, 'customers.get', { number });
      await ask(page, 'customers.update', {
        number,
        revision: present.revision,
        values: { registeredName: name },
      });
    });

    test('a form is printed: the card, typeset, to look at and to save', async () => {
      const { page } = desk;
      await frame.search('永順');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
      await expect(new Cards(page).name).toBeVisible();
      await page.keyboard.press('Control+p');
      const dialog = page.getByRole('dialog');
      await new Viewer(page).darkPoints();
      await button(dialog, say('kit.saveFile')).click();
      const file = join(desk.dataFolder, '客戶卡.pdf');
      await field(dialog, say('kit.saveAs')).fill(file);
      await button(dialog, say('kit.save')).click();
      await expect(page.getByText(saying('kit.savedFile'))).toBeVisible();
      expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
    });
  });
