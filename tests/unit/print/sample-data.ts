import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { packagedFontPaths } from '../../../electron/print/fonts.ts';
import type {
  BoundPaper,
  BoundVolumeData,
  CardContent,
  CatalogueRow,
  PrintCommon,
  ScanSource,
} from '../../../electron/print/print-data.ts';

/** Sample data of a believable company, for the tests of the print kit. */

export const common: PrintCommon = {
  institution: '遠東精工股份有限公司',
  language: 'zh-Hant',
  printedBy: '陳美玲（檔案專管員）',
  printedAt: '2026-01-05T08:00:00.000Z',
  auditSequence: 1024,
};

/** A picture like a scanned letter: writing, a table, a seal. */
export function letterCanvas(title: string, width = 1240, height = 1754) {
  const font = packagedFontPaths()[0] ?? '';
  if (!GlobalFonts.has('Scan')) GlobalFonts.registerFromPath(font, 'Scan');
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fdfcf8';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#222222';
  context.font = `${Math.round(width / 26)}px Scan`;
  context.fillText(title, width * 0.3, height * 0.1);
  context.font = `${Math.round(width / 52)}px Scan`;
  for (let line = 0; line < 18; line++) {
    context.fillText(
      '甲乙雙方經友好協商，就產品購銷事宜訂立本合同，以資共同信守。',
      width * 0.1,
      height * (0.17 + line * 0.032),
    );
  }
  context.strokeStyle = '#444444';
  context.lineWidth = 2;
  for (let row = 0; row < 5; row++)
    context.strokeRect(width * 0.1, height * (0.76 + row * 0.025), width * 0.8, height * 0.025);
  context.strokeStyle = '#c02a1d';
  context.lineWidth = 7;
  context.beginPath();
  context.arc(width * 0.75, height * 0.87, width * 0.09, 0, Math.PI * 2);
  context.stroke();
  return canvas;
}

export function jpegScan(title: string, width?: number, height?: number): ScanSource {
  return { mediaType: 'image/jpeg', content: letterCanvas(title, width, height).toBuffer('image/jpeg', 80) };
}

export function pngScan(title: string): ScanSource {
  return { mediaType: 'image/png', content: letterCanvas(title).toBuffer('image/png') };
}

export function sampleCard(number: string, name: string): CardContent {
  return {
    kind: 'enterprise',
    number,
    name,
    marks: ['重要客戶', 'A 級', '普通商密'],
    completeness: 86,
    missing: ['註冊資本', '郵政編碼'],
    updatedAt: '2025-11-18T09:20:00.000Z',
    updatedBy: '林志豪',
    sections: [
      {
        title: '基本及法定資料',
        fields: [
          { label: '企業名稱（全稱）', value: name },
          { label: '簡稱', value: '宏昌' },
          { label: '統一社會信用代碼', value: '91310115MA1K4XXX2B' },
          { label: '企業性質', value: '有限責任公司' },
          { label: '法定代表人', value: '王建國' },
          { label: '成立日期', value: '2008-03-12' },
          { label: '註冊資本', value: '' },
          { label: '稅務登記號', value: '91310115MA1K4XXX2B' },
          {
            label: '經營範圍',
            value:
              '精密模具、五金沖壓件、汽車零部件的設計、製造與銷售；從事貨物及技術的進出口業務；金屬材料、機械設備及配件的批發零售。',
            wide: true,
          },
        ],
      },
      {
        title: '聯絡資料',
        fields: [
          { label: '註冊地址', value: '上海市浦東新區張江高科技園區科苑路 88 號 3 號樓 5 層', wide: true },
          { label: '電話', value: '021-5080 1234' },
          { label: '電子郵件', value: 'purchasing@hongchang.example' },
          { label: '國家、地區', value: '中國　上海' },
          { label: '客戶路序', value: '華東線 12' },
        ],
      },
      {
        title: '決策人與聯絡人',
        fields: [],
        tables: [
          {
            columns: ['姓名', '部門、職務', '採購角色', '電話'],
            rows: [
              ['王建國', '總經理', '決策人', '139 0000 0001'],
              ['李淑芬', '採購部　經理', '採購經辦', '139 0000 0002'],
              ['張明', '品保部　課長', '技術把關', '139 0000 0003'],
            ],
          },
        ],
      },
      {
        title: '銀行、交易條件、信用',
        fields: [
          { label: '結算方式', value: '月結' },
          { label: '信用期限', value: '60 天' },
          { label: '信用等級', value: 'AA' },
          { label: '信用額度', value: 'CNY 800,000.00' },
          { label: '開戶銀行', value: '中國工商銀行上海張江支行' },
          { label: '結帳日', value: '每月 25 日' },
        ],
      },
    ],
  };
}

const CUSTOMERS = [
  ['E000123', '上海宏昌精密模具有限公司'],
  ['E000207', '東莞市力行五金製品廠'],
  ['E000311', '寧波遠航國際貿易有限公司'],
  ['P000018', '歐陽文淵'],
] as const;

const TITLES = [
  '2025 年度精密模具購銷合同',
  '沖壓件年度框架訂單',
  '〈購銷合同〉補充協議（一）',
  '汽車零部件採購訂單',
  '樣品開發協議',
];

/** A volume of the second class; `scansOf` gives the scans of paper number `index`. */
export function sampleVolume(
  papers: number,
  scansOf: (index: number) => readonly ScanSource[],
  change: Partial<BoundVolumeData> = {},
): BoundVolumeData {
  const perCustomer = Math.max(1, Math.ceil(papers / CUSTOMERS.length));
  const list = Array.from({ length: papers }, (_, index): BoundPaper => {
    const [number, name] = CUSTOMERS[Math.floor(index / perCustomer)] ?? CUSTOMERS[0];
    const scans = scansOf(index);
    return {
      referenceCode: `KH·2·2025-${number}·001-${String(index + 1).padStart(4, '0')}`,
      title: TITLES[index % TITLES.length] ?? '',
      customerNumber: number,
      customerName: name,
      typeName: '合同訂單文本',
      date: `2025-${String((index % 12) + 1).padStart(2, '0')}-17`,
      scans,
      original: scans.length === 0,
      pages: scans.length === 0 ? 6 : scans.length,
      place: scans.length === 0 ? '三號庫房・二號櫃・第四層' : '',
    };
  });
  return {
    ...common,
    year: 2025,
    class: { number: 2, name: '合同、訂單' },
    volumeNumber: 1,
    volumesInClass: 3,
    volumeCode: 'KH·2·2025·001',
    from: '2025-01-17',
    to: '2025-12-17',
    retention: '30 年',
    security: '普通商密',
    catalogue: list.map(
      (paper, index): CatalogueRow => ({
        sequence: index + 1,
        referenceCode: paper.referenceCode,
        documentNo: `HC-2025-${String(index + 17).padStart(3, '0')}`,
        responsible: paper.customerName,
        title: paper.title,
        date: paper.date,
        security: '普通商密',
        pages: paper.pages,
        note: index % 4 === 2 ? '複印件' : '',
        retention: '30 年',
      }),
    ),
    cards: CUSTOMERS.slice(0, Math.ceil(papers / perCustomer)).map(([number, name]) => sampleCard(number, name)),
    papers: list,
    notes: {
      statements: [
        '本卷收錄 2025 年度與華東、華南地區客戶簽訂之合同、訂單，依簽訂時間排列。',
        '第 3 件為複印件，原件由財務部保管，見互見號 CW·2025·0031。',
      ],
      entries: [{ date: '2025-12-30', text: '第 2 件由第一類改列本類，檔號不變。', by: '陳美玲' }],
      arrangedBy: '陳美玲',
      checkedBy: '周主管',
      arrangedOn: '2026-01-05',
    },
    fingerprint: '24ada7289f5dfb325a150f6c4f1c93ae8e523727c6c1958a4d5bce6d7afe5cef',
    auditHead: '94258f22dbbd781f2808548a8d644d83077241d3fe7b2ddb4cf1abe84fa52a27',
    ...change,
  };
}
