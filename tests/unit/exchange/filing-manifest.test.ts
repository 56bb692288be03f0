import { describe, expect, test } from 'vitest';
import { toFilingRequests } from '../../../electron/exchange/filing-manifest.ts';

function requests(headings: string[], ...rows: string[][]) {
  return toFilingRequests({ headings, rows: rows.map((cells, index) => ({ row: index + 2, cells })) });
}

describe('filing manifest (cli.md file)', () => {
  test('all columns, in Chinese and in English', () => {
    const expected = {
      row: 2,
      customer: 'E000001',
      customerIs: 'number',
      class: 1,
      type: 'businessLicence',
      typeAssumed: false,
      title: '營業執照正本',
      documentNumber: 'A-1',
      date: '2025-03',
      pages: 2,
      original: true,
      copies: 1,
      place: 'A-1-3',
      responsible: '',
      security: null,
      exportOrder: null,
      validUntil: null,
      note: '',
      scans: ['licence.pdf'],
    };
    const cells = [
      'E000001',
      '1',
      '客戶營業執照',
      '營業執照正本',
      'A-1',
      '2025年3月',
      '2',
      '原件',
      'A-1-3',
      'scans\\licence.pdf',
    ];
    const chinese = ['客戶編號', '類別', '文件類型', '題名', '文號', '日期', '頁數', '原件', '存放位置', '掃描件'];
    const english = [
      'customer number',
      'class',
      'document type',
      'title',
      'document number',
      'date',
      'pages',
      'original',
      'place',
      'scan file name',
    ];
    expect(requests(chinese, cells)).toEqual({ requests: [expected], refused: [], unrecognised: [] });
    expect(requests(english, cells)).toEqual({ requests: [expected], refused: [], unrecognised: [] });
  });

  test('class or type: either is enough, and either may stand in the other column', () => {
    const headings = ['客戶', '類別', '文件類型', '題名'];
    const { requests: papers } = requests(
      headings,
      ['甲公司', '', '合同', '2026 年採購合同'],
      ['甲公司', '第二類', '', '2026 年採購合同'],
      ['甲公司', '營業執照', '', '執照'],
      ['甲公司', '4', '', '雜項'],
    );
    expect(papers.map((paper) => [paper.class, paper.type, paper.typeAssumed, paper.customerIs])).toEqual([
      [2, 'contract', false, 'either'],
      [2, 'contract', false, 'either'],
      [1, 'businessLicence', false, 'either'],
      [4, 'otherTransaction', true, 'either'],
    ]);
  });

  test('every refused row is named with its heading', () => {
    const { requests: papers, refused } = requests(
      ['客戶名稱', '類別', '文件類型', '題名', '日期', '頁數'],
      ['甲', '3', '營業執照', 'x', '', ''],
      ['', '1', '', 'x', '', ''],
      ['甲', '9', '', 'x', '', ''],
      ['甲', '', '', 'x', '', ''],
      ['甲', '1', '', '', '', ''],
      ['甲', '1', '', 'x', '不知', '-3'],
    );
    expect(papers).toEqual([]);
    expect(refused.map((cell) => [cell.row, cell.field, cell.message])).toEqual([
      [2, '類別', 'exchange.manifest.classConflict'],
      [3, 'customer', 'exchange.manifest.customerMissing'],
      [4, '類別', 'exchange.manifest.classUnknown'],
      [5, '文件類型', 'exchange.manifest.typeMissing'],
      [6, '題名', 'validation.required'],
      [7, '日期', expect.stringContaining('validation.')],
      [7, '頁數', 'exchange.manifest.pages'],
    ]);
  });

  test('several scans in one cell, folders stripped (R67)', () => {
    const { requests: papers } = requests(
      ['客戶', '文件類型', '題名', '掃描件'],
      ['甲', '合同', 'x', '../a.pdf; /b/c.png\nd.tif'],
    );
    expect(papers[0]?.scans).toEqual(['a.pdf', 'c.png', 'd.tif']);
  });
});
