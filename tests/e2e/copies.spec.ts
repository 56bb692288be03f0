import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readPdf } from '../unit/print/read-pdf.ts';
import { Copies } from './screens/copies.ts';
import { DeskFrame } from './screens/desk-frame.ts';
import { answerOf, ask, KEEPER, type OpenedArchive, openDeskWithArchive } from './support/desk-archive.ts';
import { button, field, say } from './support/texts.ts';

const ACCOUNT = { login: 'jiang', displayName: '蔣客戶經理', secret: '床前明月光疑是地上霜舉頭望明月' } as const;
const FIRST = '臺北永順貿易股份有限公司';
const SECOND = '高雄長榮化工股份有限公司';

test.describe
  .serial('issued copies', () => {
    let desk: OpenedArchive;
    let frame: DeskFrame;
    let copies: Copies;

    test.beforeAll(async () => {
      desk = await openDeskWithArchive();
      const { page } = desk;
      for (const registeredName of [FIRST, SECOND])
        await ask(page, 'customers.create', {
          kind: 'enterprise',
          values: {
            registeredName,
            telephone: '02-8765-4321',
            contacts: [
              { name: '王秀英', position: '採購課長', mobile: '0912-345-678', purchaseRoles: ['decisionMaker'] },
            ],
          },
        });
      await ask(page, 'staff.save', { number: 'S-001', name: '李業務', department: '業務部', position: '業務員' });
      await ask(page, 'staff.save', {
        number: 'S-002',
        name: '周客服',
        department: '客戶服務部',
        position: '客服專員',
      });
      await ask(page, 'staff.save', { number: 'S-003', name: '陳見證', department: '法務組', position: '法務' });
      await ask(page, 'users.add', { ownSecret: KEEPER.secret, ...ACCOUNT, role: 'accountManager' });
      frame = new DeskFrame(page);
      copies = new Copies(page);
    });
    test.afterAll(() => desk.close());

    test('I1 a request waits for the account manager: no copy before, a wrong secret does not consent', async () => {
      const { page } = desk;
      await frame.go('copies');
      await expect(copies.code).toBeFocused();
      await copies.request('lyw', ['永順'], '客戶拜訪');
      await expect(copies.counter).toContainText(say('agreement.state.none'));
      await expect(copies.counter).toContainText(say('agreementValue.shows.salesperson'));
      await expect(copies.counter).toContainText(FIRST);
      await expect(button(copies.counter, say('copies.make'))).toHaveCount(0);
      const refused = await answerOf(page, 'copies.make', { requestNumber: 'FS-2026-0001' });
      const { requests } = await ask(page, 'copies.requests', {});
      const number = requests[0]?.requestNumber ?? '';
      const direct = await answerOf(page, 'copies.make', { requestNumber: number });
      expect(refused.ok).toBe(false);
      expect(direct.ok ? 'ok' : direct.error.code).toBe('SECOND_PERSON_MISSING');

      await expect(button(copies.counter, say('copies.askConsent'))).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(copies.consent).toContainText(FIRST);
      await expect(field(copies.consent, say('agreement.ownSecret'))).toBeFocused();
      await page.keyboard.type('not the secret of anybody here');
      await page.keyboard.press('Enter');
      await expect(copies.consent.getByRole('alert')).toContainText(say('error.SECRET_WRONG'));
      await expect(field(copies.consent, say('agreement.ownSecret'))).toHaveValue('');
      await field(copies.consent, say('agreement.ownSecret')).focus();
      await page.keyboard.type(ACCOUNT.secret);
      await page.keyboard.press('Enter');
      await expect(copies.consent).toHaveCount(0);
      await expect(copies.counter).toContainText(say('agreement.state.valid'));
      await expect(copies.counter).toContainText(ACCOUNT.displayName);
    });

    test('I1 a changed request needs a new consent; a signed paper is one', async () => {
      const { page } = desk;
      await button(copies.counter, say('copies.change')).click();
      await field(copies.requestForm, say('copies.column.customers')).focus();
      await page.keyboard.type('長榮');
      await expect(page.getByRole('option').first()).toBeVisible();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await field(copies.requestForm, say('copies.purpose')).press('Enter');
      await expect(copies.counter).toContainText(say('agreement.state.changed'));
      await expect(button(copies.counter, say('copies.make'))).toHaveCount(0);
      await page.keyboard.press('Enter');
      await copies.consent.getByText(say('agreement.byPaper'), { exact: true }).click();
      const signer = field(copies.consent, say('agreement.signer'));
      await signer.fill('陳見證');
      await page.getByRole('option', { name: /陳見證/u }).click();
      await button(copies.consent, say('agreement.recordPaper')).click();
      await expect(copies.counter).toContainText(say('agreement.state.valid'));
    });

    test('I2 the copy is made once, shows three facts, names its recipient, and is handed over against a receipt', async () => {
      const { page } = desk;
      await expect(button(copies.counter, say('copies.make'))).toBeFocused();
      await page.keyboard.press('Enter');
      const viewer = page.getByRole('dialog');
      await button(viewer, say('kit.saveFile')).click();
      const file = join(desk.dataFolder, 'copy.pdf');
      await field(viewer, say('kit.saveAs')).fill(file);
      await field(viewer, say('kit.saveAs')).press('Enter');
      await expect(frame.toast(/copy\.pdf/u)).toBeVisible();
      const pdf = await readPdf(readFileSync(file));
      const words = await pdf.text(1);
      for (const said of [FIRST, SECOND, '王秀英', '採購課長', '李業務']) expect(words).toContain(said);
      for (const secret of ['8765', '0912', 'E000001']) expect(words).not.toContain(secret);

      await page.keyboard.press('Escape');
      await expect(viewer).toHaveCount(0);
      const [copy] = (await ask(page, 'copies.list', {})).copies;
      const twice = await answerOf(page, 'copies.make', { requestNumber: copy?.requestNumber ?? '' });
      expect(twice.ok ? 'ok' : twice.error.code).toBe('CONFLICT');
      await expect(field(copies.counter, say('copies.receivedBy'))).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(copies.counter.getByRole('status')).toContainText(say('copies.delivered'));
      await expect(copies.code).toBeFocused();
      await expect(copies.list('open').getByRole('row').filter({ hasText: '李業務' })).toHaveCount(1);
    });

    test('who holds what is one list; the scanned copy comes back by its pages, and a mistake is undone', async () => {
      const { page } = desk;
      await copies.show('holdings');
      await expect(copies.list('holdings').getByRole('row').filter({ hasText: '李業務' })).toHaveCount(1);
      await copies.show('open');
      const [copy] = (await ask(page, 'copies.list', {})).copies;
      await copies.code.focus();
      await copies.scan(` ${copy?.copyNumber.toLowerCase()} `);
      const pages = field(copies.counter, say('copies.pagesBack', { pages: copy?.pages ?? 0 }));
      await expect(pages).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(copies.counter).toContainText(say('copies.countNeeded'));
      await page.keyboard.type('0');
      await expect(copies.counter).toContainText(say('copies.explainNeeded', { out: copy?.pages ?? 0 }));
      await page.keyboard.press('Backspace');
      await page.keyboard.type(String(copy?.pages));
      await page.keyboard.press('Enter');
      const outcome = copies.counter.getByRole('status');
      await expect(outcome).toContainText(say('copies.settled.recovered'));
      await page.keyboard.press('Control+z');
      await expect(outcome).toContainText(say('copies.undone'));
      await copies.scan(copy?.copyNumber ?? '');
      await expect(pages).toBeFocused();
      await page.keyboard.type(String(copy?.pages));
      await page.keyboard.press('Enter');
      await expect(outcome).toContainText(say('copies.settled.recovered'));
      await copies.show('settled');
      await expect(copies.list('settled').getByRole('row').filter({ hasText: '李業務' })).toHaveCount(1);
    });

    test('I2 customer service gets everything, and a round calls it back', async () => {
      const { page } = desk;
      await copies.code.focus();
      await copies.request('zkf', ['永順'], '處理客訴');
      await expect(button(copies.counter, say('copies.askConsent'))).toBeFocused();
      await expect(copies.counter).toContainText(say('agreementValue.shows.customerService'));
      await page.keyboard.press('Enter');
      await expect(field(copies.consent, say('agreement.ownSecret'))).toBeFocused();
      await page.keyboard.type(ACCOUNT.secret);
      await page.keyboard.press('Enter');
      await expect(button(copies.counter, say('copies.make'))).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(field(copies.counter, say('copies.receivedBy'))).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(copies.counter.getByRole('status')).toContainText('周客服');

      await copies.show('rounds');
      await page.getByRole('button', { name: say('copies.openRound', { count: 1 }) }).click();
      const round = page.getByRole('region', { name: /^HS-/u });
      await expect(round).toContainText(say('copies.roundCount', { settled: 0, copies: 1 }));
      await round.getByRole('button', { name: /周客服/u }).click();
      await button(copies.counter, say('copies.destroy')).click();
      const witness = field(copies.counter, say('copies.witness'));
      await witness.fill('陳見證');
      await page.getByRole('option', { name: /陳見證/u }).click();
      await field(copies.counter, say('copies.evidence')).fill('碎紙照片一張');
      await page.keyboard.press('Enter');
      await expect(copies.counter.getByRole('status')).toContainText(say('copies.settled.destroyed'));
      await expect(round).toContainText(say('copies.roundCount', { settled: 1, copies: 1 }));
      await button(round, say('copies.closeRound')).click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: say('copies.closeRound') })
        .click();
      await expect(button(round, say('copies.closeRound'))).toHaveCount(0);
      await copies.show('holdings');
      await expect(page.getByText(say('copies.empty.holdings'))).toBeVisible();
    });

    test('I3 an original, and a paper for a salesperson, are refused with the reason', async () => {
      const { page } = desk;
      const [customer] = (await ask(page, 'customers.list', {})).rows;
      const original = await ask(page, 'dossiers.addPaper', {
        customer: customer?.number ?? '',
        type: 'contract',
        title: '供貨合同正本',
        date: '2026-02-01',
        pages: 4,
        original: true,
      });
      await copies.code.focus();
      await page.keyboard.press('Alt+n');
      await page.keyboard.type('zkf');
      await expect(page.getByRole('option')).toHaveCount(1);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await field(copies.requestForm, say('copies.column.customers')).fill(customer?.number ?? '');
      await page.getByRole('option').first().click();
      await field(copies.requestForm, say('copies.papers')).pressSequentially(original.code);
      await page.keyboard.press('Enter');
      await field(copies.requestForm, say('copies.purpose')).fill('核對條款');
      await page.keyboard.press('Enter');
      await expect(copies.requestForm.getByRole('alert')).toContainText(say('error.ORIGINAL_NEVER_LEAVES'));
      await page.keyboard.press('Escape');
      await copies.scan('FF-2026-9999');
      await expect(copies.counter.getByRole('alert')).toContainText(say('copies.unknown', { code: 'FF-2026-9999' }));
    });
  });
