import { expect, type Page, test } from '@playwright/test';
import { PDFDocument } from 'pdf-lib';
import { Cards } from './screens/cards.ts';
import { DeskFrame } from './screens/desk-frame.ts';
import { Dossiers } from './screens/dossiers.ts';
import { Imports } from './screens/imports.ts';
import { ReadingRoom } from './screens/reading-room.ts';
import { Viewer } from './screens/viewer.ts';
import { ask, KEEPER, MANAGER, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { HOSTILE_TEXTS } from './support/hostile-texts.ts';
import { sampleCsv } from './support/sample-files.ts';
import { button, say } from './support/texts.ts';

/** Fills an archive by calls in the page itself: fifty of each would take a person a day. */
async function fileHostilePapers(page: Page, customer: string, pdfs: readonly string[]): Promise<readonly string[]> {
  return page.evaluate(
    async ({ texts, number, files }) => {
      let calls = 0;
      const refused: string[] = [];
      const call = async (name: string, input: unknown) => {
        calls += 1;
        const answer = await window.archive.call(name, input, `hostile-${calls}`);
        if (!answer.ok) refused.push(`${name}: ${JSON.stringify(answer.error)}`);
        return answer.ok ? (answer.output as Record<string, string>) : undefined;
      };
      for (const [index, text] of texts.entries()) {
        const filed = await call('dossiers.addPaper', {
          customer: number,
          type: index % 2 === 0 ? 'contract' : 'contractRegister',
          title: text,
          documentNumber: text,
          responsible: text,
          place: text,
          note: text,
        });
        const file = files[index % files.length] ?? '';
        const begun = await call('uploads.begin', { name: `${text}.pdf`, size: atob(file).length });
        if (filed === undefined || begun === undefined) continue;
        await call('uploads.append', { upload: begun.upload, data: file });
        await call('scans.attach', { upload: begun.upload, code: filed.code });
      }
      return refused;
    },
    { texts: HOSTILE_TEXTS, number: customer, files: pdfs },
  );
}

async function hostilePdf(title: string): Promise<string> {
  const document = await PDFDocument.create();
  document.setTitle(title);
  document.setAuthor(title);
  document.addPage([300, 400]).drawRectangle({ x: 20, y: 20, width: 200, height: 200 });
  document.addJavaScript('start', 'app.alert(1); window.__ran = 1;');
  return Buffer.from(await document.save()).toString('base64');
}

/** Beside hostile-text.spec.ts: every screen that shows papers, with what the policy would have had to stop. */
test.describe
  .serial('R15 texts that want to run', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;
    let dialogs = 0;

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      frame = new DeskFrame(desk.page);
      desk.page.on('dialog', () => {
        dialogs += 1;
      });
      await desk.page.evaluate(() => {
        const scope = window as unknown as { __violations: string[] };
        scope.__violations = [];
        document.addEventListener('securitypolicyviolation', (event) => {
          scope.__violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
        });
      });
    });
    test.afterAll(() => desk.close());

    /** Nothing ran, nothing became an element, nothing even had to be stopped by the policy. */
    async function expectNothingRan(): Promise<void> {
      const seen = await desk.page.evaluate(() => {
        const scope = window as unknown as { __ran?: number; __violations: string[] };
        return {
          ran: scope.__ran ?? 0,
          elements: document.querySelectorAll('[data-hostile], [onerror], [onload], [onfocus], iframe, embed, object')
            .length,
          violations: scope.__violations,
          polluted: Object.keys(Object.prototype).length,
        };
      });
      expect(seen).toEqual({ ran: 0, elements: 0, violations: [], polluted: 0 });
      expect(dialogs).toBe(0);
    }

    test('R15 in cells of a table: mapping, report and cards show them as text', async () => {
      const { page } = desk;
      await frame.command(say('palette.importTable'));
      const imports = new Imports(page);
      const rows = HOSTILE_TEXTS.map((text, index) => [
        `${text} ${index}`,
        text,
        text,
        text,
        index % 20 === 0 ? text : '2020',
      ]);
      const table = sampleCsv(`<img data-hostile src=x onerror=alert(1)>.csv`, [
        ['公司名稱', '聯絡人', '職務', '經營範圍', '成立日期'],
        ...rows,
      ]);
      await imports.choose(table);
      await expect(imports.column('公司名稱')).toHaveValue('registeredName');
      await expectNothingRan();
      await imports.attempt();
      await expect(imports.refused.getByRole('row').nth(3)).toBeVisible();
      await expectNothingRan();
      await imports.bringIn(table);
      expect((await ask(page, 'customers.list', {})).total).toBe(
        HOSTILE_TEXTS.length - (await imports.count('refused')),
      );
      await button(page, say('imports.toCards')).click();
      const cards = new Cards(page);
      await expect(cards.list.getByRole('row').nth(5)).toBeVisible();
      for (let pressed = 0; pressed < 3; pressed += 1) await page.keyboard.press('PageDown');
      await page.keyboard.press('Enter');
      await expect(cards.name).toBeVisible();
      await cards.openHistory();
      await expectNothingRan();
    });

    test('R15, R66 as titles, notes, file names and PDF titles: binder, pane and viewer show them as text', async () => {
      const { page } = desk;
      const { rows } = await ask(page, 'customers.list', { limit: 1 });
      const [first] = rows;
      const pdfs: string[] = [];
      for (const text of HOSTILE_TEXTS) pdfs.push(await hostilePdf(text));
      expect(await fileHostilePapers(page, first?.number ?? '', pdfs)).toEqual([]);
      await frame.go('dossiers');
      const dossiers = new Dossiers(page);
      await dossiers.list.getByRole('row').nth(1).dblclick();
      await expect(dossiers.divider(2)).toBeVisible();
      await page.keyboard.press('2');
      await expect(dossiers.line('<script>').first()).toBeVisible();
      await expectNothingRan();
      for (const index of [1, 20, 40]) {
        const line = dossiers.catalogue.locator('[data-line]').nth(index);
        await line.click();
        await page.keyboard.press('Enter');
        await expect(dossiers.pane.getByRole('heading', { level: 3 })).toBeVisible();
        await page.keyboard.press('Space');
        await new Viewer(page).darkPoints();
        await expectNothingRan();
        await page.keyboard.press('Escape');
      }
    });

    test('R15 the same in search, today, log, loans, print and the reading room', async () => {
      const { page } = desk;
      for (const text of ['<script>', 'onerror', 'javascript:', '__proto__', 'constructor', HOSTILE_TEXTS[9] ?? '']) {
        await frame.search(text);
        await page.waitForTimeout(150);
        await expectNothingRan();
        await page.keyboard.press('Escape');
      }
      const { id: borrowerId } = await ask(page, 'staff.save', {
        name: HOSTILE_TEXTS[9]?.slice(0, 100) ?? '',
        department: HOSTILE_TEXTS[8]?.slice(0, 100) ?? '',
      });
      const [first] = (await ask(page, 'customers.list', { limit: 1 })).rows;
      const dossier = await ask(page, 'dossiers.get', { number: first?.number ?? '' });
      const paper = dossier.classes[1]?.papers[9];
      // Trade secrets take another person's approval; this is about its words.
      await ask(page, 'dossiers.changePaper', {
        code: paper?.code ?? '',
        revision: paper?.revision ?? 1,
        reason: '-',
        security: 'internal',
      });
      await ask(page, 'loans.lend', { code: paper?.code ?? '', borrowerId, purpose: HOSTILE_TEXTS[9] ?? '-' });
      for (const screen of ['today', 'cards', 'loans', 'people', 'audit', 'binding'] as const) {
        await frame.go(screen);
        await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
        await expectNothingRan();
      }
      await frame.search(first?.number ?? '');
      await frame.hits.first().click();
      await expect(new Cards(page).name).toBeVisible();
      await page.keyboard.press('Control+p');
      await new Viewer(page).darkPoints();
      await expectNothingRan();
      await page.keyboard.press('Escape');

      await ask(page, 'users.add', {
        ownSecret: KEEPER.secret,
        ...MANAGER,
        displayName: HOSTILE_TEXTS[9]?.slice(0, 100) ?? '',
        role: 'customerService',
      });
      await frame.go('lookup');
      const room = new ReadingRoom(page);
      await room.handOver();
      await room.signIn(MANAGER.login, MANAGER.secret, HOSTILE_TEXTS[9] ?? '');
      await room.find(first?.number ?? '');
      await room
        .hit(first?.number ?? '')
        .first()
        .getByRole('button')
        .click();
      await room.show('dossiers');
      await expect(room.table.getByRole('listitem').first()).toBeVisible();
      await expectNothingRan();
    });
  });
