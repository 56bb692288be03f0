import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { DeskFrame } from './screens/desk-frame.ts';
import { Dossiers } from './screens/dossiers.ts';
import { Viewer } from './screens/viewer.ts';
import { ask, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { picture } from './support/looking.ts';
import { samplePdf, samplePng } from './support/sample-files.ts';
import { button, field, say } from './support/texts.ts';

const CUSTOMER = '臺北永順貿易股份有限公司';

test.describe
  .serial('a dossier', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;
    let dossiers: Dossiers;

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      await ask(desk.page, 'customers.create', {
        kind: 'enterprise',
        values: { registeredName: CUSTOMER, country: 'tw' },
      });
      frame = new DeskFrame(desk.page);
      dossiers = new Dossiers(desk.page);
    });
    test.afterAll(() => desk.close());

    test('D6, D7 a paper is filed by keyboard, gets its number, and closes its gap', async () => {
      const { page } = desk;
      await frame.go('dossiers');
      await expect(dossiers.list).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(dossiers.gaps).toHaveCount(4);
      await page.keyboard.press('n');
      await expect(dossiers.paperField('type')).toBeFocused();
      await dossiers.chooseType('powerOfAttorney');
      await dossiers.paperField('title').fill('授權委託書');
      await dossiers.paperField('date').fill('2026-03');
      await dossiers.paperField('place').fill('2 號櫃 3 層 5 盒');
      await page.keyboard.press('Control+s');
      expect(await dossiers.filedCode()).toMatch(/E000001/u);
      await expect(dossiers.gaps).toHaveCount(3);
      await expect(dossiers.gap('powerOfAttorney')).toHaveCount(0);
      await expect(dossiers.line('授權委託書')).toContainText('2026-03');
      await expect(dossiers.divider(1)).toContainText('1');
      await page.keyboard.press('Escape');
      await expect(dossiers.pane).toHaveCount(0);
    });

    test('D7, D8 a PDF dropped on the gap becomes the missing paper; Space shows its page, which turns and grows', async () => {
      const { page } = desk;
      const file = await samplePdf('營業執照 2026.pdf', 3);
      await dossiers.drop(dossiers.gap('businessLicence').locator('[data-line]'), [file]);
      await expect(dossiers.pane).toContainText(file.name);
      await expect(dossiers.paperField('title')).toBeFocused();
      await page.keyboard.press('Enter');
      await dossiers.filedCode();
      await expect(dossiers.gap('businessLicence')).toHaveCount(0);
      await expect(dossiers.gaps).toHaveCount(2);
      const line = dossiers.line(say('dossiers.scanCount', { count: 1 }));
      await expect(line).toHaveCount(1);

      await line.locator('[data-line]').click();
      await page.keyboard.press('Space');
      const viewer = new Viewer(page);
      await viewer.darkPoints();
      await expect(page.getByRole('dialog')).toContainText(say('viewer.pageOf', { page: 1, total: 3 }));
      await expect(page.getByRole('navigation', { name: say('viewer.pages') }).getByRole('button')).toHaveCount(3);
      const before = await viewer.size();
      expect(before.height).toBeGreaterThan(before.width);
      await page.keyboard.press('r');
      await expect.poll(async () => (await viewer.size()).width > (await viewer.size()).height).toBe(true);
      await viewer.darkPoints();
      await viewer.rotate();
      await viewer.rotate();
      await viewer.rotate();
      await expect.poll(async () => (await viewer.size()).height > (await viewer.size()).width).toBe(true);
      const upright = await viewer.size();
      await page.keyboard.press('+');
      await viewer.zoomIn();
      await expect.poll(async () => (await viewer.size()).width / upright.width).toBeCloseTo(1.5625, 1);
      await viewer.darkPoints();
      await page.keyboard.press('n');
      await expect(page.getByRole('dialog')).toContainText(say('viewer.pageOf', { page: 2, total: 3 }));
      await viewer.area.focus();
      await page.keyboard.press('Space');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    });

    test('D8 a PNG from the picker is shown as it is', async () => {
      const { page } = desk;
      const file = samplePng('稅務登記證.png');
      await dossiers.gap('taxRegistration').locator('[data-line]').click();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Control+s');
      await dossiers.filedCode();
      await dossiers.pane.locator('input[type=file]').setInputFiles(file);
      const shown = dossiers.pane.getByRole('button', { name: new RegExp(file.name, 'u') }).first();
      await shown.click();
      const viewer = new Viewer(page);
      await expect(viewer.picture).toBeVisible();
      await expect.poll(() => viewer.picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(420);
      const before = await viewer.size(viewer.picture);
      await viewer.rotate();
      await expect.poll(async () => (await viewer.size(viewer.picture)).height).toBe(before.width);
      await page.keyboard.press('Escape');
    });

    test('R65 a PDF that is none is refused beside the paper in words; the paper stays', async () => {
      const { page } = desk;
      const fake = {
        name: '合同.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('這不是 PDF，只是文字。\n'.repeat(50)),
      };
      const html = {
        name: '網頁.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('<!doctype html><script>1</script>'),
      };
      for (const file of [fake, html]) {
        await dossiers.pane.locator('input[type=file]').setInputFiles(file);
        const said = dossiers.pane
          .getByRole('alert')
          .filter({ hasText: /損壞|不收這一類/u })
          .first();
        await expect(said).toBeVisible();
        await expect(dossiers.pane.getByText(file.name)).toBeVisible();
        await button(dossiers.pane, say('dossiers.uploadPutAway')).click();
        await expect(dossiers.pane.getByText(file.name)).toHaveCount(0);
      }
      await expect(dossiers.line(say('documentType.taxRegistration')).last()).toContainText(
        say('dossiers.scanCount', { count: 1 }),
      );
      await page.keyboard.press('Escape');
    });

    test('D7 a paper is taken out and a gap waived only with the reason; both keep their trace', async () => {
      const { page } = desk;
      const reason = () => page.getByRole('combobox', { name: say('kit.reason') });
      await dossiers.line('授權委託書').locator('[data-line]').first().click();
      await page.keyboard.press('t');
      await expect(reason()).toBeFocused();
      await expect(dossiers.catalogue.getByRole('button', { name: say('dossiers.act.do.removed') })).toBeDisabled();
      await reason().fill('客戶要回正本');
      await page.keyboard.press('Enter');
      await expect(dossiers.gap('powerOfAttorney')).toBeVisible();
      await expect(dossiers.line('授權委託書')).toContainText(say('dossiers.state.removed'));

      await dossiers.gap('powerOfAttorney').locator('[data-line]').click();
      await page.keyboard.press('w');
      await reason().fill('由負責人親自簽約');
      await page.keyboard.press('Enter');
      await expect(dossiers.gap('powerOfAttorney')).toHaveCount(0);
      await expect(page.getByText('由負責人親自簽約')).toBeVisible();
    });

    test('D8 pages are turned, divided and left out at the table; the former scans stay and come back', async () => {
      const { page } = desk;
      await dossiers
        .line('KH·1·')
        .filter({ hasText: say('dossiers.scanCount', { count: 1 }) })
        .first()
        .locator('[data-line]')
        .click();
      await page.keyboard.press('Space');
      await button(page.getByRole('dialog'), say('scanPages.open')).click();
      const table = page.getByRole('dialog');
      const cards = table.locator('[data-key]');
      await expect(cards).toHaveCount(3);
      await expect(table.locator('canvas').first()).toBeVisible();
      await cards.first().focus();
      await page.keyboard.press('r');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('s');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Delete');
      await expect(table).toContainText(say('scanPages.result', { count: 2, pages: 2 }));
      await picture(page, 'scan-pages');
      await field(table, say('scanPages.reason')).fill('第三頁不是這一家的');
      await button(table, say('scanPages.save')).click();
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(dossiers.line(say('dossiers.scanCount', { count: 2 }))).toHaveCount(1);
      await page.keyboard.press('Enter');
      await dossiers.pane.getByText(say('formerScans.title', { count: 1 })).click();
      await button(dossiers.pane, say('formerScans.restore')).click();
      await field(page.getByRole('dialog'), say('kit.reason')).fill('又不是了');
      await button(page.getByRole('dialog'), say('formerScans.restore')).click();
      await expect(dossiers.line(say('dossiers.scanCount', { count: 2 }))).toHaveCount(0);
      await page.keyboard.press('Escape');
    });

    test("D8 a file in the scanner's folder waits in the tray until it is said whose it is", async () => {
      const { page } = desk;
      const folder = mkdtempSync(join(tmpdir(), 'dossier-scanner-'));
      const file = join(folder, 'Scan_0001.pdf');
      writeFileSync(file, (await samplePdf('Scan_0001.pdf', 1)).buffer);
      const before = Date.now() / 1_000 - 30;
      utimesSync(file, before, before);
      await ask(page, 'settings.update', { scanFolder: folder, scanFolderRemoves: true });
      await frame.go('dossiers');
      await page.getByRole('tab', { name: new RegExp(say('dossiers.view.tray'), 'u') }).click();
      await expect(page.getByRole('tab', { name: say('tray.tab', { count: 1 }) })).toBeVisible();
      await new Viewer(page, page).darkPoints();
      await field(page, say('tray.whose')).fill('永順');
      await page
        .getByRole('list', { name: say('tray.whose') })
        .getByRole('button')
        .first()
        .click();
      await field(page, say('dossiers.field.type')).click();
      await page.getByRole('option', { name: say('documentType.contract'), exact: true }).click();
      await expect(field(page, say('dossiers.field.title'))).toHaveValue(say('documentType.contract'));
      await field(page, say('dossiers.field.title')).fill('掃描來的合同');
      await picture(page, 'scan-tray');
      await button(page, say('tray.seal')).click();
      await expect(page.getByText(say('tray.nothingNew'))).toBeVisible();
      expect(existsSync(file)).toBe(false);
      await ask(page, 'settings.update', { scanFolder: '', scanFolderRemoves: false });
      rmSync(folder, { recursive: true });
    });

    test('D6, D7 a paper is dragged onto another type and moves only with the reason; its number stays', async () => {
      const { page } = desk;
      await frame.go('dossiers');
      await dossiers.open(CUSTOMER);
      await page.keyboard.press('2');
      const paper = dossiers.line('掃描來的合同');
      const code = (await paper.locator('[class*="code"]').first().textContent()) ?? '';
      await paper.locator('[data-line]').dragTo(dossiers.gap('contractRegister').locator('[data-line]'));
      const reason = page.getByRole('combobox', { name: say('kit.reason') });
      await expect(page.getByRole('combobox', { name: say('dossiers.act.to') })).toHaveValue('contractRegister');
      await picture(page, 'binder-drag');
      await reason.fill('掃描件其實是登記表');
      await page.keyboard.press('Enter');
      await expect(dossiers.gap('contractRegister')).toHaveCount(0);
      await expect(dossiers.line('掃描來的合同')).toContainText(code);
      await page.keyboard.press('1');
    });

    test('the five classes open by their number; what is asked for elsewhere stands elsewhere', async () => {
      const { page } = desk;
      for (const dossierClass of [2, 3, 4, 5, 1]) {
        await page.keyboard.press(String(dossierClass));
        await expect(page.getByRole('region', { name: say(`dossierClass.${dossierClass}`) })).toBeVisible();
      }
      await page.keyboard.press('5');
      await expect(page.getByText(say('dossiers.classEmpty'))).toBeVisible();
      await page.keyboard.press('2');
      const contract = samplePng('合同.png');
      await dossiers.drop(page.getByRole('region', { name: say('dossierClass.2') }), [contract]);
      await dossiers.chooseType('contract');
      await page.keyboard.press('Control+s');
      await dossiers.filedCode();
      await expect(dossiers.gap('contractRegister')).toHaveCount(0);
    });

    test('a long scan shows the kept picture of its first page until the whole is open', async () => {
      const { page } = desk;
      await dossiers.drop(page.getByRole('region', { name: say('dossierClass.2') }), [
        await samplePdf('厚合同.pdf', 3, '', 1_200_000),
      ]);
      await dossiers.chooseType('contract');
      await dossiers.paperField('title').fill('厚合同');
      await page.keyboard.press('Control+s');
      const paper = dossiers.line('厚合同');
      await expect(paper).toContainText(say('dossiers.scanCount', { count: 1 }));
      const code = (await paper.locator('[class*="code"]').first().textContent()) ?? '';
      const { scans } = (await ask(page, 'dossiers.paper', { code })).paper;
      await ask(page, 'scans.read', { scans: scans.map(({ id }) => id) });
      await paper.locator('[data-line]').click();
      await page.keyboard.press('Space');
      const viewer = new Viewer(page);
      await viewer.darkPoints();
      // It stays below the drawn page: where it was shown before there is no way to say in time.
      await expect(page.getByRole('dialog').locator('[data-page="1"]').last()).toHaveAttribute('style', /blob:/u);
      await expect(page.getByRole('dialog')).toContainText(say('viewer.pageOf', { page: 1, total: 3 }));
      await page.keyboard.press('Escape');
    });

    test('the whole file is printed with the scans of the papers that are marked', async () => {
      const { page } = desk;
      await button(page, say('dossiers.printFile')).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('checkbox', { name: say('dossierClass.2') }).check();
      await dialog.getByRole('checkbox', { name: /厚合同/u }).uncheck();
      await expect(dialog.getByRole('status')).toHaveText(say('dossiers.printFileScans', { papers: 2, pages: 2 }));
      await picture(page, 'print-file');
      await page.keyboard.press('Enter');
      await expect(dialog).toContainText(say('kit.print.customerFile'), { timeout: 30_000 });
      await new Viewer(page).darkPoints();
      await page.keyboard.press('Escape');
    });
  });
