import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { packagedFontPaths } from '../../../electron/print/fonts.ts';
import { entryPoint } from '../../../electron/process/entry-points.ts';
import { createScanClient, type PlainScan, scanSpawner } from '../../../electron/scans/scan-client.ts';
import { isBlankPage, looksAlike } from '../../../shared/domain/scan-pages.ts';
import { tinyPdf } from '../../builders/scan-files.ts';

const client = createScanClient({ spawn: scanSpawner(entryPoint('scan-process')) });
GlobalFonts.registerFromPath(packagedFontPaths()[0] ?? '', 'Paper');

/** A sheet as a scanner gives it; `askew` in pixels. */
function sheet(lines: readonly string[], askew = 0): PlainScan {
  const canvas = createCanvas(1240, 1754);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fbfaf6';
  context.fillRect(0, 0, 1240, 1754);
  context.fillStyle = '#222';
  context.font = '38px Paper';
  for (const [index, line] of lines.entries()) context.fillText(line, 140 + askew, 240 + askew + index * 90);
  return { mediaType: 'image/png', bytes: canvas.toBuffer('image/png') };
}

describe('scans are worked on in a process of their own (R62)', () => {
  it('D8 pages are turned, put in another order, divided and joined; the text of a PDF goes with its pages', async () => {
    const pdf: PlainScan = { mediaType: 'application/pdf', bytes: tinyPdf('Contract of sale 2026', 3) };
    const [first, second] = await client.arrange(
      [pdf, sheet(['附件'])],
      [
        [
          { file: 1, page: 0, turn: 0 },
          { file: 0, page: 2, turn: 90 },
        ],
        [{ file: 0, page: 0, turn: 0 }],
      ],
    );
    const document = await PDFDocument.load(first ?? new Uint8Array());
    expect(document.getPages().map((page) => page.getRotation().angle)).toEqual([0, 90]);
    expect((await PDFDocument.load(second ?? new Uint8Array())).getPageCount()).toBe(1);
    const read = await client.read({ mediaType: 'application/pdf', bytes: first ?? Buffer.alloc(0) }, []);
    expect(read.map(({ source }) => source)).toEqual(['none', 'layer']);
    expect(read[1]?.text).toContain('Contract of sale 2026');
  });

  it('blank pages and the same sheet scanned twice are told from others', async () => {
    const letter = ['永豐精密機械股份有限公司', '合約編號 HT-2026-0456', '雙方同意如下'];
    const [blank] = await client.read(sheet([]), []);
    const [one] = await client.read(sheet(letter), []);
    const [again] = await client.read(sheet(letter, 3), []);
    const [other] = await client.read(sheet(['報價單', '品名 數量 單價 金額', '', '', '合計']), []);
    expect([blank, one].map((page) => page !== undefined && isBlankPage(page))).toEqual([true, false]);
    expect(looksAlike(one?.look ?? '', again?.look ?? '')).toBe(true);
    expect(looksAlike(one?.look ?? '', other?.look ?? '')).toBe(false);
  });

  it('Chinese and English are recognised with the bundled data, and cancelling ends it', async () => {
    const scan = sheet(['買方應於驗收後三十日內支付貨款', 'Payment within 30 days after acceptance.']);
    const [page] = await client.read(scan, ['chi_tra', 'eng']);
    expect(page?.source).toBe('ocr');
    expect(page?.text).toContain('驗收後三十日內支付貨款');
    expect(page?.text.toLowerCase()).toContain('within 30 days');
    const control = new AbortController();
    const running = client.read(scan, ['chi_tra'], { signal: control.signal });
    control.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('a damaged file is said to be damaged', async () => {
    await expect(
      client.read({ mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7 no') }, []),
    ).rejects.toMatchObject({
      code: 'FILE_DAMAGED',
    });
  });
});
