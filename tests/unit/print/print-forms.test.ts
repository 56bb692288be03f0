import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PrintFormData, PrintFormName, PrintLanguage } from '../../../electron/print/print-data.ts';
import { createPrinter, type Printer } from '../../../electron/print/printer.ts';
import { againstPdfA, readPdf } from './read-pdf.ts';
import { common, sampleCard, sampleVolume } from './sample-data.ts';

let printer: Printer;
beforeAll(() => {
  printer = createPrinter();
});
afterAll(() => printer.close());

const customer = { number: 'E000123', name: '上海宏昌精密模具有限公司', kind: 'enterprise' } as const;
const RECOVERY_KEY = 'AGE-SECRET-KEY-1QQPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQ7QSZQG';

/** One filled example of every form, and words that have to be on it. */
const examples: {
  readonly [N in PrintFormName]: { readonly data: PrintFormData[N]; readonly words: readonly string[] };
} = {
  card: {
    data: { ...common, ...sampleCard(customer.number, customer.name) },
    words: [customer.name, 'E000123', '王建國', '91310115MA1K4XXX2B'],
  },
  spineLabels: {
    data: {
      ...common,
      title: '卷脊標籤',
      spines: [10, 15, 20, 30, 40, 50].map((width, index) => ({
        width,
        code: `KH·${(index % 5) + 1}·2025·00${index + 1}`,
        year: 2025,
        class: {
          number: (index % 5) + 1,
          name: ['客戶基礎資料', '合同、訂單', '欠款還款', '交易狀況', '退賠、折價'][index % 5] ?? '',
        },
        volume: `第${index + 1}卷／共6卷`,
        items: '件號0001–0042',
        retention: '30 年',
      })),
    },
    words: ['KH·1·2025·001', '2025', '年'],
  },
  manual: {
    data: {
      ...common,
      title: '保護手冊：專管員與主管',
      lead: '每週、每月要做的事。',
      chapters: [
        { title: '專管員：每週', points: ['備份到輪到的那個隨身碟。', '留下檢查點並帶離這部電腦。'] },
        { title: '主管：每月', points: ['閱讀每月報告並簽署。'] },
      ],
    },
    words: ['保護手冊', '專管員：每週', '閱讀每月報告並簽署'],
  },
  notesSheet: {
    data: {
      ...common,
      title: '卷內備考表',
      code: 'KH·2·2025·001',
      volumeTitle: '2025 年度 合同、訂單 第 1 卷',
      papers: 42,
      pages: 311,
      boundOn: '2026-01-06',
      boundBy: '陳美玲',
      fingerprint: 'ab'.repeat(32),
      closing: [{ date: '2026-01-05', text: '缺件：E000001（合同登記表）。說明：另函索取', by: '陳美玲' }],
      supplements: [
        {
          number: '1',
          date: '2026-03-01',
          kind: '更正',
          paper: 'KH·2·2025-E000123·001-0007',
          text: '題名應為「供貨合同書」；核對原件',
          by: '陳美玲',
          fingerprint: '0123456789abcdef',
        },
      ],
    },
    words: ['卷內備考表', '題名應為', '0123456789abcdef'],
  },
  disposalList: {
    data: {
      ...common,
      title: '檔案銷毀清冊',
      number: 'XH-2036-001',
      fonds: 'HX',
      state: '已銷毀',
      remark: '2035 年度到期',
      drafted: '陳美玲 2036-01-06',
      papers: 42,
      pages: 311,
      lines: [
        {
          code: 'KH·4·2025·001',
          title: '2025 年度 交易狀況 第 1 卷',
          year: 2025,
          due: '10 年',
          kept: '11 年',
          ended: '2035-12-31',
          papers: 42,
          pages: 311,
          note: '已銷毀',
        },
      ],
      appraisedBy: '陳美玲',
      draftedOn: '2036-01-06',
      approvedBy: '張主管',
      approvedOn: '2036-01-07',
      witnessedBy: '李經理',
      witnessedOn: '2036-01-08',
      destroyedBy: '陳美玲',
      destroyedOn: '2036-01-08',
    },
    words: ['XH-2036-001', '張主管', '李經理', '2035'],
  },
  labelSheet: {
    data: {
      ...common,
      title: '櫃架標籤',
      items: Array.from({ length: 16 }, (_, index) => ({
        kind: '檔案櫃',
        title: `A 室－${index + 1} 號櫃`,
        lines: ['第 2 層', '客戶 E000001–E000040'],
        code: `A-${index + 1}-2`,
      })),
    },
    words: ['A 室－16 號櫃', '第 2 層'],
  },
  loanForm: {
    data: {
      ...common,
      textVersion: 1,
      sheets: [
        {
          formNumber: 'JY-2026-0042',
          appliedOn: '2026-01-05',
          borrower: { name: '林志豪', department: '華東業務部', position: '業務經理', contact: '分機 218' },
          mode: '借出副本',
          purpose: '續約談判前核對條款',
          customer,
          items: [
            {
              referenceCode: 'KH·2·2025-E000123·001-0001',
              title: '購銷合同',
              kind: '副本',
              pages: 12,
              copies: 1,
              security: '普通商密',
              place: '二號櫃',
            },
          ],
          stayed: ['KH·2·2025-E000123·001-0002 正本（原件）'],
          signature: [
            [
              [10, 20],
              [300, 120],
            ],
          ],
          lentOn: '2026-01-05',
          dueOn: '2026-01-12',
          restriction: '',
          departmentOpinion: '',
          managerApproval: '同意',
          keeper: '陳美玲',
          conditionOut: '完好',
          returnedOn: '',
          conditionIn: '',
          pagesBack: '',
          remarks: '',
        },
      ],
    },
    words: ['JY-2026-0042', '正本（原件）', '林志豪', '續約談判前核對條款', '購銷合同'],
  },
  loanNotice: {
    data: {
      ...common,
      letters: (['overdue', 'recall', 'dueSoon', 'ready'] as const).map((kind) => ({
        kind,
        step: kind === 'overdue' ? 3 : 0,
        day: '2026-01-05',
        to: { name: '林志豪', department: '華東業務部' },
        items: [
          {
            loanNumber: 'JY-2026-0042',
            referenceCode: 'KH·2·2025-E000123·001-0001',
            title: '購銷合同',
            customer: customer.name,
            lentOn: '2025-12-01',
            dueOn: '2025-12-15',
            late: kind === 'overdue' ? 21 : 0,
            reason: kind === 'recall' ? '年度裝訂前核對' : '',
          },
        ],
        keeper: '陳美玲',
      })),
    },
    words: ['第 3 次催還', '林志豪', 'JY-2026-0042', '21', '收回通知', '年度裝訂前核對', '到件通知'],
  },
  breachFile: {
    data: {
      ...common,
      caseNumber: 'WG-2026-0003',
      kind: '損毀',
      state: '處理中',
      openedOn: '2026-01-05',
      openedBy: '陳美玲',
      borrower: { name: '林志豪', department: '華東業務部', position: '業務經理' },
      facts: '歸還時少一頁',
      loan: [{ label: '借閱單號', value: 'JY-2026-0042' }],
      acts: [{ on: '2026-01-05', act: '通知', text: '書面通知', by: '陳美玲' }],
      outcome: '',
      frozen: [{ name: '借閱表（借出）', on: '2025-12-01', sha256: 'ab'.repeat(32) }],
      log: [
        {
          sequence: 812,
          at: '2025-12-01T02:00:00.000Z',
          actor: 'keeper',
          act: 'loan.lend',
          object: 'loan:JY-2026-0042',
          hash: 'cd'.repeat(32),
        },
      ],
      auditHead: 'ef'.repeat(32),
    },
    words: ['WG-2026-0003', '林志豪', '歸還時少一頁', 'ab'.repeat(32), 'cd'.repeat(32), 'ef'.repeat(32)],
  },
  issuedCopy: {
    data: {
      ...common,
      copyNumber: 'FF-2026-0007',
      recipient: { name: '周家然', department: '國際業務部', position: '業務員' },
      shows: '發給業務員：單位名稱、人員姓名、職務',
      purpose: '第四季拜訪',
      consentBy: '蔣勇',
      consentNumber: 'TY-2026-0003',
      madeOn: '2026-01-05',
      recoverBy: '2026-02-04',
      facts: [{ unit: customer.name, people: [{ name: '王建國', position: '採購部經理' }] }],
      cards: [sampleCard(customer.number, customer.name)],
      papers: [
        {
          referenceCode: 'KH·2·2025-E000123·001-0001',
          title: '購銷合同',
          type: '合同',
          customer: 'E000123',
          pages: 12,
        },
      ],
    },
    words: ['FF-2026-0007', '周家然', '王建國', '採購部經理', '2026-02-04', '購銷合同'],
  },
  copyReceipt: {
    data: {
      ...common,
      copyNumber: 'FF-2026-0007',
      recipient: { name: '周家然', department: '國際業務部', position: '業務員' },
      shows: '發給業務員：單位名稱、人員姓名、職務',
      purpose: '第四季拜訪',
      consentBy: '蔣勇',
      consentNumber: 'TY-2026-0003',
      madeOn: '2026-01-05',
      recoverBy: '2026-02-04',
      pages: 2,
      customers: 1,
      sha256: 'ab'.repeat(32),
      deliveredOn: '2026-01-05',
      deliveredBy: '陳美玲',
      receivedBy: '周家然',
      closedOn: '',
      closedBy: '',
      pagesBack: '',
      outcome: '',
      evidence: '',
      witness: '',
    },
    words: ['FF-2026-0007', '周家然', '陳美玲'],
  },
  agreementForm: {
    data: {
      ...common,
      title: '發放客戶資料',
      subject: 'FS-2026-0007',
      lines: [{ label: '客戶', value: `E000123 ${customer.name}` }],
      sha256: 'cd'.repeat(32),
      roles: '客戶經理',
    },
    words: ['FS-2026-0007', customer.name, 'cdcdcdcd'],
  },
  copyRecall: {
    data: {
      ...common,
      recipient: { name: '周家然', department: '國際業務部', position: '業務員' },
      backBy: '2026-02-08',
      writtenOn: '2026-02-05',
      items: [
        { number: 'FF-2026-0007', title: customer.name, since: '2026-01-05', due: '2026-02-04', late: '逾期 1 天' },
      ],
    },
    words: ['FF-2026-0007', '周家然', '逾期1天'],
  },
  dossierLabel: {
    data: {
      ...common,
      customer,
      tier: '重要客戶',
      security: '普通商密',
      retention: '30 年',
      place: '三號庫房・07 盒',
      openedOn: '2019-06-03',
      keeper: '陳美玲',
      classes: [1, 2, 3, 4, 5].map((number) => ({ number, name: `類目${number}`, papers: number, pages: number * 3 })),
    },
    words: [customer.name, 'E000123', '三號庫房・07 盒', '類目5', '45'],
  },
  catalogue: {
    data: {
      ...common,
      title: '合同、訂單目錄',
      customer,
      class: { number: 2, name: '合同、訂單' },
      year: '2025',
      rows: sampleVolume(40, () => []).catalogue,
      missing: ['歷次簽訂合同訂單登記表'],
    },
    words: ['合同、訂單目錄', '歷次簽訂合同訂單登記表', 'HC-2025-056'],
  },
  recoverySheet: {
    data: {
      ...common,
      vaultId: '0123456789abcdef0123456789abcdef',
      fingerprint: '24ada7289f5dfb325a150f6c4f1c93ae8e523727c6c1958a4d5bce6d7afe5cef',
      recoveryKey: RECOVERY_KEY,
      createdOn: '2026-01-05',
      copy: 1,
      copies: 2,
    },
    words: [...(RECOVERY_KEY.match(/.{1,4}/g) ?? []), '0123456789abcdef0123456789abcdef'],
  },
  officeHandover: {
    data: {
      ...common,
      number: 'JJ-2026-0001',
      archive: '恆昌貿易客戶檔案',
      day: '2026-01-05',
      from: '王小明',
      to: '何美珍',
      supervisor: '林主管',
      sha256: '0123456789abcdef'.repeat(4),
      counts: [
        { label: '文件', count: 1234 },
        { label: '其中原件', count: 56 },
      ],
      parts: [
        {
          label: '借出未還',
          count: 1,
          items: [
            { number: 'JY-2026-0042', title: 'KH·2·2025-E000123·001-0001 購銷合同', detail: '林志豪 · 2026-01-20' },
          ],
        },
      ],
      differences: '第 3 號櫃少一把鑰匙',
      remarks: '復原金鑰的信封在總經理室',
    },
    words: ['JJ-2026-0001', '何美珍', '1234', 'JY-2026-0042', '第 3 號櫃少一把鑰匙', '復原金鑰的信封在總經理室'],
  },
  tableReport: {
    data: {
      ...common,
      title: '逾期借閱清單',
      particulars: [{ label: '截至', value: '2026-01-05' }],
      columns: [{ label: '借閱單號' }, { label: '題名', share: 3 }, { label: '天數', align: 'end' }],
      rows: Array.from({ length: 80 }, (_, index) => [`JY-${index}`, '購銷合同', String(index)]),
      totals: ['合計', '', '80'],
    },
    words: ['逾期借閱清單', 'JY-79', '合計'],
  },
  analysis: {
    data: {
      ...common,
      title: '客戶地區構成分析',
      particulars: [{ label: '期間', value: '2026-01 – 2026-12' }],
      legend: ['2026', '2025'],
      bars: [
        { label: '華東', value: '105,000　80.8 %', now: 1, former: 0.4 },
        { label: '北台灣', value: '0　0 %', now: 0, former: 0 },
      ],
      columns: [
        { label: '地區', share: 2, align: 'start' },
        { label: '銷售額 CNY', share: 1, align: 'end' },
      ],
      rows: [
        ['華東', '105,000'],
        ['北台灣', '0'],
      ],
      totals: ['合計', '105,000'],
    },
    words: ['客戶地區構成分析', '華東', '105,000', '合計'],
  },
  sheets: {
    data: {
      ...common,
      title: '客戶訪問日報',
      sheets: [
        {
          title: '客戶訪問日報',
          number: 'RB-2026-0042',
          note: '應於 18:00 前交件',
          code: 'RB-2026-0042',
          blank: false,
          head: [{ label: '業務員', value: '林志豪' }],
          left: [{ title: '客戶概況', columns: 1, fields: [{ label: '電話', value: '021-5080 1234' }] }],
          right: [{ title: '待辦事項', lines: [{ text: '緊急：對方拒付', urgent: true }] }],
          blocks: [
            {
              title: '訪問',
              mark: '待跟進',
              fields: [{ label: '洽談內容', value: '談下季訂單', wide: true }],
              tables: [{ title: '訂貨', columns: ['品種', '數量'], rows: [['鉸鏈', '20 箱']] }],
            },
          ],
          signatures: [{ label: '業務員簽字', name: '', date: '' }],
        },
        {
          title: '訪問登記表',
          number: 'E000123　上海宏昌精密模具有限公司',
          note: '',
          code: 'FW-E000123',
          blank: true,
          head: [{ label: '日期', value: '' }],
          blocks: [{ title: '訂貨', pen: 3, fields: [{ label: '收款金額', value: '' }], columns: 3 }],
          signatures: [],
        },
      ],
    },
    words: ['RB-2026-0042', '緊急：對方拒付', '談下季訂單', '鉸鏈', 'FW-E000123', '收款金額'],
  },
};
const names = Object.keys(examples) as PrintFormName[];

async function allText(pdf: Buffer): Promise<string[]> {
  const seen = await readPdf(pdf);
  const texts: string[] = [];
  for (let page = 1; page <= seen.pages; page++) texts.push((await seen.text(page)).replaceAll(/\s/g, ''));
  return texts;
}

describe('every form of the print kit', () => {
  test.each(names)('%s: PDF/A-2u with its words and R69 on every page', async (name) => {
    const { data, words } = examples[name];
    const printed = await printer.printForm(name, data as never);
    expect(againstPdfA(printed.pdf)).toEqual([]);
    expect(printed.missingGlyphs).toEqual([]);
    const pages = await allText(printed.pdf);
    expect(pages).toHaveLength(printed.pages);
    for (const word of words) expect(pages.join('').replaceAll('\u200b', '')).toContain(word.replaceAll(/\s/g, ''));
    for (const page of pages) expect(page).toContain('列印：陳美玲（檔案專管員）2026-01-0508:00:00UTC日誌第1024號');
  });

  test.each(['zh-Hans', 'en'] as const)('all are complete in %s', async (language: PrintLanguage) => {
    for (const name of names) {
      const printed = await printer.printForm(name, { ...examples[name].data, language } as never);
      const text = (await allText(printed.pdf)).join('');
      expect(text).not.toMatch(/\{\{|print\./);
      expect(text).toContain(language === 'en' ? 'logentry1024' : '日志第1024号');
    }
  });

  test('a single-page form is one page: loan form, card, label, recovery sheet', async () => {
    for (const name of ['loanForm', 'card', 'dossierLabel', 'recoverySheet'] as const) {
      expect((await printer.printForm(name, examples[name].data as never)).pages, name).toBe(1);
    }
  });

  test('the practice archive is marked on every page', async () => {
    const printed = await printer.printForm('tableReport', { ...examples.tableReport.data, practice: true });
    for (const page of await allText(printed.pdf)) expect(page).toContain('實訓檔案');
  });

  test('the recovery key is not in the metadata', async () => {
    const printed = await printer.printForm('recoverySheet', examples.recoverySheet.data);
    expect(JSON.stringify((await readPdf(printed.pdf)).metadata)).not.toContain('AGE-SECRET');
    expect(printed.pdf.includes('AGE-SECRET')).toBe(false);
  });
});
