import { expect, test } from '@playwright/test';
import { Cards } from './screens/cards.ts';
import { DeskFrame } from './screens/desk-frame.ts';
import { Entrance } from './screens/entrance.ts';
import { ask, KEEPER, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { processExists } from './support/process-tree.ts';
import { samplePng } from './support/sample-files.ts';
import { say } from './support/texts.ts';

const ROUNDS = 4;

/** What the window was told is saved. */
interface Acknowledged {
  readonly value: number;
  readonly cards: number;
  readonly scans: readonly string[];
}

test.describe
  .serial('the archive process is killed', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;
    let entrance: Entrance;
    let cards: Cards;

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      await ask(desk.page, 'customers.create', { kind: 'enterprise', values: { registeredName: '甲公司' } });
      await ask(desk.page, 'dossiers.addPaper', { customer: 'E000001', type: 'contract', title: '合同' });
      frame = new DeskFrame(desk.page);
      entrance = new Entrance(desk.page);
      cards = new Cards(desk.page);
    });
    test.afterAll(() => desk.close());

    test('R41 kills while cards, papers and scans are saved in a loop: what was acknowledged is there', async () => {
      const { page } = desk;
      const scan = samplePng('掃描.png', { width: 60, height: 60 }).buffer.toString('base64');
      const dossier = await ask(page, 'dossiers.get', { number: 'E000001' });
      const code = dossier.classes[1]?.papers[0]?.code ?? '';
      let known: Acknowledged = { value: 0, cards: 1, scans: [] };
      for (let round = 0; round < ROUNDS; round += 1) {
        const pid = (await desk.archivePid()) as number;
        const { revision } = await ask(page, 'customers.get', { number: 'E000001' });
        const working = page.evaluate(
          async ({ start, from, paper, bytes }) => {
            let calls = 0;
            document.documentElement.dataset['saved'] = '0';
            const call = async (name: string, input: unknown) => {
              calls += 1;
              const answer = await window.archive.call(name, input, `crash-${start.value}-${calls}`);
              if (!answer.ok) throw new Error(answer.error.code);
              return answer.output as Record<string, unknown>;
            };
            const told = { value: start.value, cards: start.cards, scans: [...start.scans] };
            let revision = from;
            try {
              for (;;) {
                const next = told.value + 1;
                const values = { telephone: String(10_000_000 + next) };
                revision = (await call('customers.update', { number: 'E000001', revision, values })).revision as number;
                told.value = next;
                await call('customers.create', { kind: 'individual', values: { name: `第 ${told.cards} 位` } });
                told.cards += 1;
                const { upload } = await call('uploads.begin', { name: `${told.value}.png`, size: atob(bytes).length });
                await call('uploads.append', { upload, data: bytes });
                told.scans.push((await call('scans.attach', { upload, code: paper })).id as string);
                document.documentElement.dataset['saved'] = String(told.scans.length - start.scans.length);
              }
            } catch (thrown) {
              return { ...told, ended: String(thrown) };
            }
          },
          { start: known, from: revision, paper: code, bytes: scan },
        );
        const before = known;
        // At least one round is through, at most a few more, on a machine of any speed.
        await expect(page.locator('html')).toHaveAttribute('data-saved', /[1-9]/u);
        await page.waitForTimeout(Math.random() * 700);
        process.kill(pid, 'SIGKILL');
        const { ended, ...told } = await working;
        known = told;
        expect(ended).toMatch(/LOCKED|CANCELLED|INTERNAL/u);
        expect(known.scans.length, 'several rounds of saving before the kill').toBeGreaterThan(before.scans.length);
        await expect(page.getByText(say('lock.reason.crash'))).toBeVisible();
        expect(processExists(pid)).toBe(false);
        await entrance.unlock(KEEPER.secret);
        await expect(frame.rail).toBeVisible();

        const card = await ask(page, 'customers.get', { number: 'E000001' });
        const saved = Number(card.values.telephone) - 10_000_000;
        expect(saved).toBeGreaterThanOrEqual(known.value);
        expect(saved).toBeLessThanOrEqual(known.value + 1);
        const { total } = await ask(page, 'customers.list', { kind: 'individual' });
        expect(total).toBeGreaterThanOrEqual(known.cards - 1);
        const { paper } = await ask(page, 'dossiers.paper', { code });
        expect(known.scans.filter((id) => !paper.scans.some((one) => one.id === id))).toEqual([]);
        for (const one of paper.scans.slice(-2)) await ask(page, 'scans.open', { scan: one.id });
        known = { value: saved, cards: total + 1, scans: paper.scans.map((one) => one.id) };
      }
      const proved = await ask(page, 'audit.verify', { deep: true });
      expect(proved.checks.filter((check) => !check.ok)).toEqual([]);
    });

    test('C3 killed at the very moment of saving: either it is saved, or it is offered again', async () => {
      const { page } = desk;
      for (const name of ['丙公司', '丁公司', '戊公司']) {
        await frame.go('cards');
        await frame.go('cards');
        await cards.open((await ask(page, 'customers.get', { number: 'E000001' })).name);
        await page.keyboard.press('e');
        await cards.labelled('field.enterprise.registeredName').fill(name);
        await page.waitForTimeout(400);
        const pid = (await desk.archivePid()) as number;
        await page.keyboard.press('Enter');
        await page.waitForTimeout(Math.random() * 15);
        process.kill(pid, 'SIGKILL');
        await expect(page.getByText(say('lock.reason.crash'))).toBeVisible();
        await entrance.unlock(KEEPER.secret);
        await expect(frame.rail).toBeVisible();
        const stored = (await ask(page, 'customers.get', { number: 'E000001' })).name;
        await frame.go('today');
        const draft = page.getByRole('main').getByText(say('today.draft.card'));
        if (stored === name) {
          // Saved; the draft may have been on its way out and then says nothing new.
          continue;
        }
        await expect(draft).toBeVisible();
        await page
          .getByRole('button', { name: new RegExp(name, 'u') })
          .first()
          .click();
        await expect(cards.labelled('field.enterprise.registeredName')).toHaveValue(name);
        await page.keyboard.press('Control+s');
        await expect(page.getByText(say('cards.saved', { number: 'E000001' })).last()).toBeVisible();
      }
      expect((await ask(page, 'audit.verify', {})).ok).toBe(true);
    });
  });
