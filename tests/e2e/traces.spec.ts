import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Cards } from './screens/cards.ts';
import { DeskFrame } from './screens/desk-frame.ts';
import { Dossiers } from './screens/dossiers.ts';
import { Entrance } from './screens/entrance.ts';
import { Imports } from './screens/imports.ts';
import { findCanaries, findCanariesInDeletedFiles } from './support/canaries.ts';
import { ARCHIVE_NAME, KEEPER, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { descendants, processExists } from './support/process-tree.ts';
import { sampleCsv, samplePng } from './support/sample-files.ts';
import { makeScratch, removeScratch } from './support/scratch.ts';
import { button, say, saying } from './support/texts.ts';

const CANARIES = {
  name: '龍門客棧機密金絲雀甲公司',
  note: 'CANARY-note-9f27c1-只此一處',
  draft: 'CANARY-draft-51d0aa-還沒有存',
  file: 'CANARY-file-77ab03',
  bytes: 'CANARY-bytes-c0ffee-0123456789',
  search: 'CANARY-search-aa11bb',
  cell: 'CANARY-cell-dd44ee-表格',
  code: 'CANARY-CODE-3344',
  secret: KEEPER.secret,
} as const;
const ALL = Object.values(CANARIES);

test.describe
  .serial('what stays behind', () => {
    const scratch = makeScratch();
    const temporary = join(scratch, 'tmp');
    const dataFolder = join(scratch, 'data');
    const systemTemporary = process.env.TMPDIR;
    let desk: OpenedArchive;
    let frame: DeskFrame;
    let cards: Cards;

    test.beforeAll(async () => {
      mkdirSync(temporary);
      // Everything that the run starts writes its temporary files here.
      process.env.TMPDIR = temporary;
      desk = await openDeskWithArchive({ dataFolder });
      frame = new DeskFrame(desk.page);
      cards = new Cards(desk.page);
    });
    test.afterAll(async () => {
      if (systemTemporary === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = systemTemporary;
      await desk.close().catch(() => undefined);
      removeScratch(scratch);
    });

    async function typeEverywhere(): Promise<void> {
      const { page } = desk;
      await frame.command(say('palette.newCard'));
      await cards.labelled('field.enterprise.registeredName').fill(CANARIES.name);
      await cards.labelled('field.enterprise.businessScope').fill(CANARIES.note);
      await cards.labelled('field.enterprise.registeredName').press('Enter');
      await cards.saved();

      await button(cards.card, say('cards.openDossier')).click();
      const dossiers = new Dossiers(page);
      const scan = samplePng(`${CANARIES.file}.png`, { comment: CANARIES.bytes });
      await dossiers.drop(dossiers.gap('businessLicence').locator('[data-line]'), [scan]);
      await page.keyboard.press('Enter');
      await expect(dossiers.line(say('dossiers.scanCount', { count: 1 }))).toHaveCount(1);
      await dossiers
        .line(say('dossiers.scanCount', { count: 1 }))
        .locator('[data-line]')
        .click();
      await page.keyboard.press('Space');
      await expect(page.getByRole('dialog').locator('img')).toBeVisible();
      await page.keyboard.press('Escape');

      await frame.search(CANARIES.search);
      await expect(page.getByText(say('palette.none', { text: CANARIES.search }))).toBeVisible();
      await page.keyboard.press('Escape');
      await frame.go('loans');
      await page.getByLabel(say('loans.codeLabel')).fill(CANARIES.code);
      await page.keyboard.press('Enter');
      await expect(page.getByText(saying('loans.unknown', { code: CANARIES.code }))).toBeVisible();

      await frame.command(say('palette.importTable'));
      const imports = new Imports(page);
      const table = sampleCsv(`${CANARIES.file}.csv`, [
        ['公司名稱', '經營範圍'],
        ['乙公司', CANARIES.cell],
      ]);
      await imports.choose(table);
      await imports.attempt();
      await imports.bringIn(table);

      await frame.search(CANARIES.name.slice(2, 6));
      await frame.hits.first().click();
      await expect(cards.name).toHaveText(CANARIES.name);
      await page.keyboard.press('e');
      await cards.labelled('field.enterprise.businessAddress').fill(CANARIES.draft);
      await expect(page.getByText(say('cards.draftKept'))).toBeVisible();
      // The draft is written a moment after the last key.
      await page.waitForTimeout(800);
    }

    test('the search itself finds a canary in every spelling', () => {
      const proof = join(scratch, 'proof');
      mkdirSync(proof);
      const text = Buffer.from(CANARIES.draft);
      writeFileSync(join(proof, 'a'), text);
      writeFileSync(join(proof, 'b'), Buffer.from(CANARIES.draft, 'utf16le'));
      for (const offset of [0, 1, 2])
        writeFileSync(
          join(proof, `c${offset}`),
          Buffer.concat([Buffer.from('xyz'.slice(0, offset)), text]).toString('base64'),
        );
      expect(findCanaries([proof], [CANARIES.draft])).toHaveLength(5);
      removeScratch(proof);
    });

    test('R24 after the lock nothing of a record is in the window, and the archive process is gone within two seconds', async () => {
      const { page } = desk;
      await typeEverywhere();
      await expect(page.locator('body')).toContainText(CANARIES.name);
      const pid = (await desk.archivePid()) as number;
      const pressed = performance.now();
      await page.keyboard.press('Control+l');
      await expect.poll(() => processExists(pid), { intervals: [20] }).toBe(false);
      expect(performance.now() - pressed).toBeLessThan(2_000);
      await expect(button(page, say('lock.open'))).toBeVisible();
      const shown = await page.evaluate(() => {
        const values = [...document.querySelectorAll('input, textarea')].map(
          (input) => (input as HTMLInputElement).value,
        );
        return [document.documentElement.outerHTML, document.title, location.href, ...values].join('\n');
      });
      for (const canary of ALL) expect(shown).not.toContain(canary);
      expect(shown).toContain(ARCHIVE_NAME);
      const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
      for (const canary of ALL) expect(kept).not.toContain(canary);
    });

    test('R01, R02 after SIGKILL no file of the data folder, the profile or the temporary folder holds a canary', async () => {
      test.skip(process.platform !== 'linux', 'reads /proc');
      const { page } = desk;
      await new Entrance(page).unlock(KEEPER.secret);
      await expect(frame.rail).toBeVisible();
      await frame.go('today');
      await page
        .getByRole('button', { name: new RegExp(CANARIES.name, 'u') })
        .first()
        .click();
      await expect(cards.labelled('field.enterprise.businessAddress')).toHaveValue(CANARIES.draft);
      await cards.labelled('field.enterprise.businessAddress').fill(`${CANARIES.draft}。`);
      await page.waitForTimeout(800);

      const family = [desk.hostPid, ...descendants(desk.hostPid, /./)];
      expect(findCanariesInDeletedFiles(family, ALL)).toEqual([]);
      const archivePid = (await desk.archivePid()) as number;
      // The browser whose profile lies in this folder, the archive process, and the host where it is a process of its own.
      const doomed = [archivePid, ...descendants(desk.hostPid, new RegExp(dataFolder, 'u'))];
      if (desk.hostPid !== process.pid) doomed.push(desk.hostPid);
      for (const pid of new Set(doomed)) process.kill(pid, 'SIGKILL');
      await expect.poll(() => doomed.filter(processExists)).toEqual([]);
      expect(findCanaries([dataFolder, temporary], ALL)).toEqual([]);
    });
  });
