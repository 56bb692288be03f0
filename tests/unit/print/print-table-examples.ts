import type { PrintFormData, PrintFormName, ScanSource } from '../../../electron/print/print-data.ts';
import type { FormOptions } from '../../../electron/print/print-results.ts';
import { common } from './sample-data.ts';

/** A filled example of each form, and words that have to be on it. */
export type Examples<Names extends PrintFormName> = {
  readonly [N in Names]: Example & { readonly data: PrintFormData[N] };
};
interface Example {
  readonly words: readonly string[];
  /** Scans of its one paper. */
  readonly scans?: readonly ScanSource[];
}

/** What the press is given beside the data of an example. */
export const scansOf = ({ scans }: Example): FormOptions =>
  scans === undefined ? {} : { scans: { papers: [{ referenceCode: 'KH·2·2025-E000123·001-0001', scans }], mark: '' } };

/** Those of reports, analyses and blank sheets. */
export const tableExamples: Examples<'tableReport' | 'analysis' | 'sheets'> = {
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
