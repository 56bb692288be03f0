import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { PDFDocument } from 'pdf-lib';
import { packagedFontPaths } from '../../electron/print/fonts.ts';
import type { BoundPaper, BoundVolumeData, CardContent } from '../../electron/print/print-data.ts';

/**
 * A volume for the benchmark that comes out at about `pages` pages: a tenth of them cards, the rest scanned papers of
 * one to four pages (JPEG at 150 dpi, every page a different file), one paper in twenty on paper only. Deterministic.
 */
export function generateBenchVolume(pages: number): BoundVolumeData {
  const customers = Math.max(1, Math.round(pages / 10));
  const scanned = pages - customers - Math.ceil(pages / 40) - 4;
  const papers: BoundPaper[] = [];
  for (let used = 0, index = 0; used < scanned; index++) {
    const count = Math.min(scanned - used, index % 20 === 19 ? 0 : 1 + ((index * 7) % 4));
    const customer = Math.min(customers - 1, Math.floor((used / scanned) * customers));
    const scans = Array.from({ length: count }, (_, page) => ({
      mediaType: 'image/jpeg' as const,
      content: scanPage(used + page),
    }));
    papers.push({
      referenceCode: `KH·2·2025-${customerNumber(customer)}·001-${String(index + 1).padStart(4, '0')}`,
      title: `第 ${index + 1} 號購銷合同及附件`,
      customerNumber: customerNumber(customer),
      customerName: customerName(customer),
      typeName: '合同訂單文本',
      date: `2025-${String(1 + (index % 12)).padStart(2, '0')}-15`,
      scans,
      original: count === 0,
      pages: Math.max(1, count),
      place: count === 0 ? '三號庫房・二號櫃' : '',
    });
    used += Math.max(1, count);
  }
  return {
    institution: '遠東精工股份有限公司',
    language: 'zh-Hant',
    printedBy: '陳美玲',
    printedAt: '2026-01-05T08:00:00.000Z',
    auditSequence: 1024,
    year: 2025,
    class: { number: 2, name: '合同、訂單' },
    volumeNumber: 1,
    volumesInClass: 1,
    volumeCode: 'KH·2·2025·001',
    from: '2025-01-15',
    to: '2025-12-15',
    retention: '30 年',
    security: '普通商密',
    cards: Array.from({ length: customers }, (_, index) => card(index)),
    papers,
    catalogue: papers.map((paper, index) => ({
      sequence: index + 1,
      referenceCode: paper.referenceCode,
      documentNo: `HT-2025-${String(index + 1).padStart(4, '0')}`,
      responsible: paper.customerName,
      title: paper.title,
      date: paper.date,
      security: '普通商密',
      pages: paper.pages,
      note: '',
      retention: '30 年',
    })),
    notes: { statements: [], entries: [], arrangedBy: '陳美玲', checkedBy: '', arrangedOn: '2026-01-05' },
    fingerprint: '24ada7289f5dfb325a150f6c4f1c93ae8e523727c6c1958a4d5bce6d7afe5cef',
    auditHead: '94258f22dbbd781f2808548a8d644d83077241d3fe7b2ddb4cf1abe84fa52a27',
  };
}

/** A volume of about `pages` pages without scans: cards, and papers that lie in the cabinet alone. */
export function generatePlainVolume(pages: number): BoundVolumeData {
  const whole = generateBenchVolume(40);
  const papers = Math.round(pages / 2) - 6;
  const bound = Array.from({ length: papers }, (_, index) => {
    const template = whole.papers[index % whole.papers.length];
    if (template === undefined) throw new Error('no papers');
    const referenceCode = `KH·2·2025-${customerNumber(index % 50)}·001-${String(index + 1).padStart(4, '0')}`;
    return { ...template, referenceCode, scans: [], original: true, pages: 1, place: '三號庫房・二號櫃' };
  });
  return {
    ...whole,
    cards: Array.from({ length: Math.round(pages / 2) - 6 }, (_, index) => card(index)),
    papers: bound,
    catalogue: bound.map((paper, index) => ({
      sequence: index + 1,
      referenceCode: paper.referenceCode,
      documentNo: `HT-2025-${index + 1}`,
      responsible: paper.customerName,
      title: paper.title,
      date: paper.date,
      security: '普通商密',
      pages: 1,
      note: '',
      retention: '30 年',
    })),
  };
}

/** The same cards and scans as one HTML page, one sheet of A4 each, for Chromium's print: the baseline. */
export function benchVolumeHtml(volume: BoundVolumeData): string {
  const foot = `<footer>${volume.printedBy}　${volume.printedAt}　${volume.auditSequence}</footer>`;
  const sheets = [
    `<section><h1>${volume.institution}</h1><h2>${volume.class.name}</h2>${foot}</section>`,
    `<section class="list"><table>${volume.catalogue
      .map(
        (row) =>
          `<tr><td>${row.sequence}<td>${row.referenceCode}<td>${row.documentNo}<td>${row.responsible}<td>${row.title}<td>${row.date}</tr>`,
      )
      .join('')}</table>${foot}</section>`,
    ...volume.cards.map(
      (content) =>
        `<section><h2>${content.name}</h2>${content.sections
          .map(
            (part) =>
              `<h3>${part.title}</h3><table>${part.fields.map((field) => `<tr><th>${field.label}<td>${field.value}</tr>`).join('')}</table>`,
          )
          .join('')}${foot}</section>`,
    ),
    ...volume.papers.flatMap((paper) =>
      paper.scans.length === 0
        ? [`<section><h2>${paper.title}</h2><p>${paper.place}${foot}</section>`]
        : paper.scans.map((scan) => {
            const bytes = typeof scan.content === 'function' ? new Uint8Array() : scan.content;
            return `<section><h4>${paper.referenceCode} ${paper.title}</h4><img src="data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}">${foot}</section>`;
          }),
    ),
  ];
  return `<!doctype html><meta charset="utf-8"><style>@page{size:A4;margin:20mm}section{break-after:page;font:10pt serif}img{max-width:100%;max-height:230mm}td,th{border-bottom:1px solid #bbb;text-align:left}</style>${sheets.join('\n')}`;
}

function customerNumber(index: number): string {
  return `E${String(index + 1).padStart(6, '0')}`;
}

const PLACES = ['上海', '東莞', '寧波', '蘇州', '廈門', '臺中', '新竹'];
const TRADES = ['精密模具', '五金製品', '國際貿易', '汽車零件', '電子科技', '機械設備'];

function customerName(index: number): string {
  return `${PLACES[index % PLACES.length] ?? ''}${String.fromCodePoint(0x5b8f + (index % 40))}昌${TRADES[index % TRADES.length] ?? ''}有限公司`;
}

function card(index: number): CardContent {
  const field = (label: string, value: string) => ({ label, value });
  return {
    kind: 'enterprise',
    number: customerNumber(index),
    name: customerName(index),
    completeness: 70 + (index % 30),
    updatedAt: '2025-11-18',
    updatedBy: '林志豪',
    sections: ['基本及法定資料', '聯絡資料', '規模與經營', '銀行、交易條件、信用', '交易狀況'].map(
      (title, section) => ({
        title,
        fields: Array.from({ length: 8 }, (_, row) =>
          field(`項目${section + 1}${row + 1}`, `${customerName(index + row)} ${1000 + index * 7 + row}`),
        ),
      }),
    ),
  };
}

/** Lines on a page of about 390 kB, and on one of about 150 kB. */
const FULL_PAGE = 42;
const LETTER = 16;

const drawn = new Map<string, Buffer>();

/** A page of writing like a scan at 150 dpi; sixteen drawn ones of each length, told apart by a comment in the file. */
function scanPage(number: number, lines = FULL_PAGE): Buffer {
  const key = `${number % 16}.${lines}`;
  const page = drawn.get(key) ?? drawPage(number % 16, lines);
  drawn.set(key, page);
  const comment = Buffer.from([0xff, 0xfe, 0, 6, 0, 0, 0, 0]);
  comment.writeUInt32BE(number, 4);
  return Buffer.concat([page.subarray(0, 2), comment, page.subarray(2)]);
}

/** A PDF of two scanned pages, about 300 kB; `number` makes each another file. */
export async function scanFile(number: number): Promise<Buffer> {
  const document = await PDFDocument.create({ updateMetadata: false });
  for (const page of [2 * number, 2 * number + 1]) {
    const picture = await document.embedJpg(scanPage(page, LETTER));
    document.addPage([595, 842]).drawImage(picture, { x: 0, y: 0, width: 595, height: 842 });
  }
  return Buffer.from(await document.save({ useObjectStreams: false }));
}

function drawPage(kind: number, lines: number): Buffer {
  if (!GlobalFonts.has('Bench')) GlobalFonts.registerFromPath(packagedFontPaths()[0] ?? '', 'Bench');
  const canvas = createCanvas(1240, 1754);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fdfcf8';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#222222';
  context.font = '24px Bench';
  for (let line = 0; line < lines; line++) {
    context.fillText(
      `${kind + 1}.${line + 1}　甲乙雙方經友好協商，就產品購銷事宜訂立本合同，以資共同信守。`,
      120,
      160 + line * 36,
    );
  }
  return canvas.toBuffer('image/jpeg', 80);
}
