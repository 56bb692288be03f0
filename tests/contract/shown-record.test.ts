import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommandContext } from '../../electron/hosts/cli/command.ts';
import { cardLines, paperLines } from '../../electron/hosts/cli/shown-record.ts';
import { todayCommand } from '../../electron/hosts/cli/today-command.ts';
import { loadTexts } from '../../electron/hosts/message-texts.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';

let desk: TestArchive;
let number = '';
/** What `show` asks of the command line, answered by the archive itself. */
let context: CommandContext;
beforeAll(async () => {
  desk = await openTestArchive();
  context = { text: loadTexts('zh-Hant'), call: desk.dispatch } as unknown as CommandContext;
  ({ number } = await desk.dispatch('customers.create', {
    kind: 'enterprise',
    values: {
      registeredName: '甲公司',
      legalForm: 'jointStock',
      registeredCapital: { amount: '1250000.50', currency: 'CNY' },
      directExport: false,
      contacts: [
        { name: '柯子雄', purchaseRoles: ['decisionMaker', 'buyer'] },
        { name: '林芳', mobile: '15052190056' },
      ],
    },
  }));
});
afterAll(() => desk.close());

it('show: a card is read in words, a repeating group entry by entry, no key and no bracket among them', async () => {
  const card = await desk.dispatch('customers.get', { number });
  const lines = await cardLines(context, { kind: card.kind, fields: card.values });
  expect(lines).toEqual(
    expect.arrayContaining([
      '企業性質／組織形式：股份有限公司',
      '註冊資本：CNY 1,250,000.50',
      '直接出口客戶：否',
      '決策人與聯絡人：2 筆',
      '  1. 聯絡人姓名：柯子雄；採購角色：決策人、採購經辦',
      '  2. 聯絡人姓名：林芳；手機：15052190056',
    ]),
  );
  expect(lines.join('\n')).not.toMatch(/[{}[\]]/u);
});

it('show: a paper says what its catalogue entry says, and who has it', async () => {
  const { code } = await desk.dispatch('dossiers.addPaper', {
    customer: number,
    type: 'contract',
    title: '供貨合同',
    date: '2026-02-01',
    pages: 4,
    security: 'internal',
  });
  const borrowerId = (await desk.dispatch('staff.save', { name: '李業務' })).id;
  const { loanNumber } = await desk.dispatch('loans.lend', { code, borrowerId, purpose: '洽談' });
  const { paper } = await desk.dispatch('dossiers.paper', { code });
  const lines = await paperLines(context, paper);
  expect(lines[0]).toContain('副本、內部、借出');
  expect(lines[1]).toBe(`  借出：李業務，${paper.loan?.due} 應還（${loanNumber}）`);
  expect(lines).toEqual(expect.arrayContaining(['  文件日期：2026-02-01', '  頁數：4 頁 · 1 份']));
});

it('today: what is to be done in words, with its day and what it is about', async () => {
  const { today } = await desk.dispatch('desk.overview', {});
  const { code } = await desk.dispatch('dossiers.addPaper', {
    customer: number,
    type: 'contract',
    title: '補充協議',
    security: 'internal',
  });
  const borrowerId = (await desk.dispatch('staff.save', { name: '陳業務' })).id;
  await desk.dispatch('loans.lend', { code, borrowerId, purpose: '洽談', due: today });
  let lines: readonly string[] = [];
  const asked = {
    ...context,
    open: async () => {},
    answer: async (_value: unknown, say: () => string[]) => {
      lines = say();
    },
  };
  await todayCommand.run(asked as unknown as CommandContext, { positionals: [], options: {} });
  expect(lines).toContain('借閱到期　1（逾期 0）');
  expect(lines).toContain(`  今天  補充協議  陳業務 · ${code}`);
  expect(lines.join('\n')).not.toMatch(/duty\.|\{\{/u);
});
