import { expect, test } from '@playwright/test';
import { contract } from '../../shared/contract/contract.ts';
import { DeskFrame } from './screens/desk-frame.ts';
import { ReadingRoom } from './screens/reading-room.ts';
import { Viewer } from './screens/viewer.ts';
import {
  answerOf,
  ask,
  KEEPER,
  MANAGER,
  type OpenedArchive,
  openDeskWithArchive,
  upload,
} from './support/desk-archive.ts';
import { samplePdf } from './support/sample-files.ts';
import { button, field, say } from './support/texts.ts';

const CUSTOMER = '臺北永順貿易股份有限公司';
const ACCOUNT = '004-001-98765432';
const PURPOSE = '拜訪客戶之前查閱往來合同';

/** Points of a page that are neither paper nor ink: the mark drawn into it. */
function faintPoints(element: SVGElement | HTMLElement): number {
  const canvas = element as HTMLCanvasElement;
  const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  let count = 0;
  for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) > 215 && (data[at] ?? 255) < 250) count += 1;
  return count;
}

test.describe
  .serial('locked lookup', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;
    let room: ReadingRoom;
    let customer = '';
    let code = '';

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      const { page } = desk;
      const made = await ask(page, 'customers.create', {
        kind: 'enterprise',
        values: {
          registeredName: CUSTOMER,
          telephone: '02-27001234',
          bankAccounts: [{ bankName: '臺灣銀行', accountNumber: ACCOUNT }],
        },
      });
      customer = made.number;
      code = (
        await ask(page, 'dossiers.addPaper', { customer, type: 'contract', title: '供貨合同', date: '2026-02-01' })
      ).code;
      const scan = await samplePdf('供貨合同.pdf', 1);
      await ask(page, 'scans.attach', { upload: await upload(page, scan.name, scan.buffer), code });
      frame = new DeskFrame(page);
      room = new ReadingRoom(page);
    });
    test.afterAll(() => desk.close());

    test('L1 a manager is admitted, types an own secret, and the keeper hands the screen over', async () => {
      const { page } = desk;
      await frame.go('people');
      await page.getByRole('tab', { name: say('people.tab.users') }).click();
      await button(page, say('people.addUser')).click();
      const dialog = page.getByRole('dialog');
      await field(dialog, say('people.name')).fill(MANAGER.displayName);
      await field(dialog, say('start.login')).fill(MANAGER.login);
      await expect(dialog).toContainText(MANAGER.displayName);
      await field(dialog, say('people.ownSecret')).fill(MANAGER.secret);
      await field(dialog, say('secret.again')).fill(MANAGER.secret);
      await field(dialog, say('people.secretOf', { name: KEEPER.displayName })).fill(KEEPER.secret);
      await button(dialog, say('people.admit')).click();
      await expect(page.getByRole('grid').getByRole('row').filter({ hasText: MANAGER.login })).toContainText(
        say('role.businessManager'),
      );
      await frame.go('lookup');
      await room.handOver();
      await expect(frame.rail).toHaveCount(0);
      await expect(page.locator('body')).not.toContainText(CUSTOMER);
    });

    test('L2, R28 reads under a watermark what the role may see; a wrong secret and a missing purpose do not open', async () => {
      const { page } = desk;
      await field(page, say('start.login')).fill(MANAGER.login);
      await field(page, say('lookup.ownSecret')).fill(MANAGER.secret);
      await field(page, say('lookup.purpose')).fill('看一下');
      await expect(button(page, say('lookup.begin'))).toBeDisabled();
      await room.signIn(MANAGER.login, `${MANAGER.secret}？`, PURPOSE);
      await expect(page.getByText(say('error.SECRET_WRONG'))).toBeVisible();
      await room.signIn(MANAGER.login, MANAGER.secret, PURPOSE);

      await expect(room.searchField).toBeFocused();
      await expect(page.getByRole('banner')).toContainText(MANAGER.displayName);
      await expect(page.getByRole('banner')).toContainText(PURPOSE);
      await expect(room.watermark).toContainText(MANAGER.displayName);
      await expect(room.watermark).toContainText(MANAGER.login);
      expect(
        await room.watermark.evaluate((text) => getComputedStyle(text.closest('svg') as Element).pointerEvents),
      ).toBe('none');
      const svg = page.locator('svg').filter({ has: page.locator('pattern text') });
      const box = await svg.boundingBox();
      expect(box?.width).toBeGreaterThanOrEqual(1000);
      // Every line of it is whole: the time stands at its end.
      const line = await room.watermark.evaluate((text) => ({
        words: (text as SVGTextElement).getComputedTextLength(),
        tile: (text.closest('pattern') as SVGPatternElement).width.baseVal.value,
      }));
      expect(line.words).toBeLessThan(line.tile);

      await room.find('永順');
      await room.hit(CUSTOMER).first().getByRole('button').click();
      await expect(room.table).toContainText('02-27001234');
      await expect(room.table).toContainText(say('lookup.masked'));
      await expect(page.locator('body')).not.toContainText(ACCOUNT);
      const card = await ask(page, 'customers.get', { number: customer });
      expect(JSON.stringify(card)).not.toContain(ACCOUNT);

      await room.show('dossiers');
      await button(room.table, say('lookup.readScan', { title: '供貨合同' })).click();
      const viewer = new Viewer(page, room.table);
      await viewer.darkPoints();
      // The page itself says who reads it, in its own picture.
      await expect(viewer.canvas).toHaveAttribute(
        'data-mark',
        new RegExp(`${MANAGER.displayName} ${MANAGER.login} \\d`),
      );
      expect(await viewer.canvas.evaluate(faintPoints)).toBeGreaterThan(200);
      await page.keyboard.press('Escape');
      await expect(viewer.canvas).toHaveCount(0);
    });

    test('L2 nothing is offered that is not allowed: no print, no saving, no copying, no way to other screens', async () => {
      const { page } = desk;
      const buttons = (await page.getByRole('button').allInnerTexts()).join(' ');
      for (const word of ['cards.print', 'kit.save', 'cards.edit', 'dossiers.add', 'kit.copy', 'loans.lend'])
        expect(buttons).not.toContain(say(word));
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('combobox')).toHaveCount(0);
      const taken = await page.evaluate(() => {
        const event = new ClipboardEvent('copy', {
          bubbles: true,
          cancelable: true,
          clipboardData: new DataTransfer(),
        });
        document.querySelector('main')?.dispatchEvent(event);
        return event.defaultPrevented;
      });
      expect(taken).toBe(true);
      expect(await page.getByRole('main').evaluate((main) => getComputedStyle(main).userSelect)).toBe('none');
    });

    test('L2 no key takes anything away: marking, copying, printing, saving, zoom, tools, pictures; a window behind another is covered', async () => {
      const { page } = desk;
      const refused = await page.evaluate(() => {
        const keys: KeyboardEventInit[] = [
          ...['a', 'c', 'p', 's', 'x', 'u', '+', '-', '0'].map((key) => ({ key, ctrlKey: true })),
          ...['i', 'j', 'c', 's'].map((key) => ({ key, ctrlKey: true, shiftKey: true })),
          ...['F11', 'F12', 'PrintScreen'].map((key) => ({ key })),
        ];
        const main = document.querySelector('main') as HTMLElement;
        const went = keys.filter((key) =>
          main.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true })),
        );
        const acts = [
          new Event('selectstart', { bubbles: true, cancelable: true }),
          new DragEvent('dragstart', { bubbles: true, cancelable: true }),
          new MouseEvent('contextmenu', { bubbles: true, cancelable: true }),
          new WheelEvent('wheel', { ctrlKey: true, bubbles: true, cancelable: true }),
          new ClipboardEvent('cut', { bubbles: true, cancelable: true, clipboardData: new DataTransfer() }),
        ];
        return { went, acts: acts.filter((act) => main.dispatchEvent(act)).map((act) => act.type) };
      });
      expect(refused).toEqual({ went: [], acts: [] });
      // The refused PrintScreen has covered the room; a click uncovers it.
      await expect(page.getByText(say('lookup.covered'))).toBeVisible();
      await page.getByText(say('lookup.covered')).click();
      await expect(page.getByText(say('lookup.covered'))).toHaveCount(0);
      await page.evaluate(() => window.dispatchEvent(new Event('blur')));
      await expect(page.getByText(say('lookup.covered'))).toBeVisible();
      await expect(room.table.getByText(CUSTOMER).first()).not.toBeVisible();
      await page.evaluate(() => window.dispatchEvent(new Event('focus')));
      await expect(room.table.getByText(CUSTOMER).first()).toBeVisible();
      await page.emulateMedia({ media: 'print' });
      await expect(page.locator('body')).not.toBeVisible();
      await page.emulateMedia({ media: null });
    });

    test('L2 nothing of the keeper is in the room: no draft, no recent archive, no way to open another', async () => {
      const { page } = desk;
      const left = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
      expect(left).not.toContain(CUSTOMER);
      expect((await ask(page, 'host.info', {})).recentVaults).toEqual([]);
      expect((await answerOf(page, 'session.draftsKey', {})).ok).toBe(false);
      const other = await page.evaluate(() => window.open('about:blank') === null);
      expect(other).toBe(true);
    });

    test('L2, R17 the dispatcher refuses every operation but the few of a lookup, whatever the window sends', async () => {
      const { page } = desk;
      const inputs: Record<string, unknown> = {
        'customers.create': { kind: 'enterprise', values: { registeredName: 'x' } },
        'customers.update': { number: customer, revision: 1, values: { telephone: '1' } },
        'dossiers.takeOut': { code, as: 'removed', reason: 'x' },
        'print.form': { form: 'card', number: customer },
        'loans.lend': { code, borrowerId: 1, purpose: 'x' },
      };
      const outcomes: Record<string, string> = {};
      for (const [name, operation] of Object.entries(contract)) {
        if (operation.kind === 'host' || operation.sessions.includes('lookup')) continue;
        const answer = await answerOf(page, name, inputs[name] ?? {});
        outcomes[name] = answer.ok ? 'ok' : answer.error.code;
      }
      expect(new Set(Object.values(outcomes))).toEqual(new Set(['LOOKUP_ONLY']));
      expect(Object.keys(outcomes).length).toBeGreaterThan(40);
      for (const name of Object.keys(contract).filter((name) => contract[name as 'host.lock'].kind === 'host')) {
        if (contract[name as 'host.lock'].sessions.includes('lookup')) continue;
        const input = name.includes('Vault')
          ? { directory: '/x', name: 'x', practice: false }
          : { title: 'x', suggestedName: 'x', path: '/tmp' };
        const answer = await answerOf(page, name, name === 'host.toggleFullScreen' ? {} : input);
        expect([name, answer.ok]).toEqual([name, false]);
      }
    });

    test("L2 ends by one key; back to the desk only with the keeper's secret; the register names what was read", async () => {
      const { page } = desk;
      await page.keyboard.press('Control+l');
      await expect(page.getByText(say('lookup.endedText'))).toBeVisible();
      await expect(page.locator('body')).not.toContainText(CUSTOMER);
      // Nobody else signs in here: the keeper's secret, or the lock.
      await expect(field(page, say('start.login'))).toHaveCount(0);
      await room.backToDesk(MANAGER.secret);
      await expect(page.getByText(say('error.SECRET_WRONG'))).toBeVisible();
      await expect(frame.rail).toHaveCount(0);
      await room.backToDesk(KEEPER.secret);
      await expect(frame.rail).toBeVisible();

      const register = page.getByRole('grid', { name: say('lookup.register') });
      const row = register.getByRole('row').filter({ hasText: PURPOSE });
      await expect(row).toContainText(MANAGER.displayName);
      await expect(row).toContainText(say('lookup.ended.reader'));
      // What was read lies open when the keeper comes back.
      const drawer = page.getByRole('complementary', { name: MANAGER.displayName });
      await expect(drawer).toContainText(customer);
      await expect(drawer).toContainText(say('lookup.kind.scan'));
      await expect(drawer).toContainText(KEEPER.displayName);
      await page.getByRole('tab', { name: new RegExp(say('lookup.refusedTab', { count: '' }).trim()) }).click();
      await expect(page.getByRole('grid', { name: say('lookup.refused') })).toContainText(say('error.SECRET_WRONG'));
      const refused = await ask(page, 'audit.list', { outcome: 'refused', limit: 500 });
      expect(refused.entries.some((entry) => entry.type === 'print' && entry.actor === MANAGER.login)).toBe(true);
      expect((await ask(page, 'audit.verify', {})).ok).toBe(true);
    });

    test('L1 a salesperson, and somebody unknown, do not get in; L2 the lock is the other way out', async () => {
      const { page } = desk;
      await frame.go('lookup');
      await page.getByRole('tab', { name: say('lookup.register') }).click();
      await room.handOver();
      await room.signIn('salesperson', '一枝紅杏出牆來春色滿園關不住矣', PURPOSE);
      await expect(page.getByText(say('error.SECRET_WRONG'))).toBeVisible();
      await page.keyboard.press('Control+l');
      await expect(page.getByText(say('lock.reason.asked'))).toBeVisible();
      await expect(page.locator('body')).not.toContainText(CUSTOMER);
      expect(await desk.archivePid()).toBeUndefined();
    });
  });
