import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { joinPdfs } from '../../../electron/print/join-pdfs.ts';
import type { PrintFormName } from '../../../electron/print/print-data.ts';
import { createPrinter, type Printer, printSpawner } from '../../../electron/print/printer.ts';
import { entryPoint } from '../../../electron/process/entry-points.ts';
import { examples } from './print-examples.ts';
import { scansOf } from './print-table-examples.ts';
import { againstPdfA, readPdf } from './read-pdf.ts';
import { sampleVolume } from './sample-data.ts';

/**
 * Printed pages against stored pictures of them, their codes read back, their fonts and structure checked by what is installed.
 * `DOSSIER_DESK_REFERENCES=write npx vitest run tests/unit/print/print-references.test.ts` makes the pictures anew: look at them before they are kept.
 */

const REFERENCES = join(import.meta.dirname, 'references');
const ACTUAL = join(import.meta.dirname, '../../../test-results/print');
const WRITE = process.env['DOSSIER_DESK_REFERENCES'] === 'write';
/** 40 dots an inch; the first two pages of a form. */
const SCALE = 40 / 72;
const MOST_PAGES = 2;
/** Squares of so many pixels are compared by their mean grey: hairlines and glyphs may differ a little, what stands elsewhere may not. */
const SQUARE = 8;
const TOLERANCE = 14;

const names = Object.keys(examples) as PrintFormName[];
/** Codes that the pages of an example carry, by the kind of code. */
const CODES: Partial<Record<PrintFormName, readonly string[]>> = {
  card: ['E000123'],
  loanForm: ['JY-2026-0042'],
  dossierLabel: ['E000123'],
  // Spines of 10 and 15 mm have no room for one.
  spineLabels: ['KH·3·2025·003', 'KH·5·2025·005'],
  notesSheet: ['KH·2·2025·001'],
  labelSheet: ['A-1-2', 'A-16-2'],
  issuedCopy: ['FF-2026-0007'],
  copyReceipt: ['FF-2026-0007'],
  sheets: ['RB-2026-0042', 'FW-E000123'],
  recoverySheet: ['AGE-SECRET-KEY-1'],
};

let printer: Printer;
const printed = new Map<string, Buffer>();
beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(readFileSync(wasm)).buffer } });
  printer = createPrinter({ spawn: printSpawner(entryPoint('print-process')) });
  for (const name of names)
    printed.set(name, (await printer.printForm(name, examples[name].data as never, scansOf(examples[name]))).pdf);
  printed.set('boundVolume', (await printer.printVolume(sampleVolume(6, () => []))).pdf);
});
afterAll(() => printer.close());
const pdfOf = (name: string): Buffer => printed.get(name) ?? Buffer.alloc(0);

/** A page in grey, one byte a pixel. */
async function greyPage(pdf: Buffer, page: number): Promise<{ width: number; height: number; grey: Uint8Array }> {
  const { width, height, data } = await (await readPdf(pdf)).pixels(page, SCALE);
  return { width, height, grey: Uint8Array.from({ length: width * height }, (_, at) => data[at * 4 + 1] ?? 0) };
}
async function storedPage(file: string): Promise<{ width: number; height: number; grey: Uint8Array }> {
  const image = await loadImage(readFileSync(file));
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  const { data } = canvas.getContext('2d').getImageData(0, 0, image.width, image.height);
  return {
    width: image.width,
    height: image.height,
    grey: Uint8Array.from({ length: image.width * image.height }, (_, at) => data[at * 4 + 1] ?? 0),
  };
}
function pngOf({ width, height, grey }: { width: number; height: number; grey: Uint8Array }): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  for (const [at, value] of grey.entries()) {
    // Sixteen greys: a third of the size.
    const step = Math.round(value / 17) * 17;
    image.data.set([step, step, step, 255], at * 4);
  }
  context.putImageData(image, 0, 0);
  return canvas.toBuffer('image/png');
}
/** The largest difference of the mean grey of a square, and where it is. */
function worstSquare(
  one: Awaited<ReturnType<typeof greyPage>>,
  other: typeof one,
): { worst: number; x: number; y: number } {
  let found = { worst: one.width === other.width && one.height === other.height ? 0 : 255, x: 0, y: 0 };
  for (let y = 0; y + SQUARE <= one.height && found.worst < 255; y += SQUARE)
    for (let x = 0; x + SQUARE <= one.width; x += SQUARE) {
      let sum = 0;
      for (let row = y; row < y + SQUARE; row += 1)
        for (let column = x; column < x + SQUARE; column += 1)
          sum += (one.grey[row * one.width + column] ?? 0) - (other.grey[row * one.width + column] ?? 0);
      const worst = Math.abs(sum) / SQUARE ** 2;
      if (worst > found.worst) found = { worst, x, y };
    }
  return found;
}

describe('printed pages look as they did', () => {
  test.each([...names, 'boundVolume'])('%s', async (name) => {
    const { pages } = await readPdf(pdfOf(name));
    for (let page = 1; page <= Math.min(pages, MOST_PAGES); page += 1) {
      const file = join(REFERENCES, `${name}-${page}.png`);
      const actual = await greyPage(pdfOf(name), page);
      if (WRITE) {
        mkdirSync(REFERENCES, { recursive: true });
        writeFileSync(file, pngOf(actual));
        continue;
      }
      const { worst, x, y } = existsSync(file)
        ? worstSquare(actual, await storedPage(file))
        : { worst: 255, x: 0, y: 0 };
      if (worst > TOLERANCE) {
        mkdirSync(ACTUAL, { recursive: true });
        writeFileSync(join(ACTUAL, `${name}-${page}.png`), pngOf(actual));
      }
      expect(
        worst,
        `${name}, page ${page} differs at ${x},${y}; as it is: test-results/print/${name}-${page}.png`,
      ).toBeLessThanOrEqual(TOLERANCE);
    }
  });
});

describe('what is printed is sound', () => {
  test('codes are read back from the page as a reader sees it', async () => {
    for (const [name, codes] of Object.entries(CODES)) {
      const seen = await readPdf(pdfOf(name));
      const found: string[] = [];
      for (let page = 1; page <= Math.min(seen.pages, 4); page += 1) {
        const image = await seen.pixels(page, 200 / 72);
        const read = await readBarcodes(image as never, {
          formats: ['QRCode', 'Code128'],
          maxNumberOfSymbols: 60,
          tryHarder: true,
        });
        found.push(...read.filter(({ isValid }) => isValid).map(({ text }) => text));
      }
      for (const code of codes)
        expect(
          found.some((text) => text.startsWith(code)),
          `${name}: ${code} in ${found.join(' ')}`,
        ).toBe(true);
    }
  });

  test('documents joined are PDF/A-2u again, with the title of the whole, and the same every time', async () => {
    const parts = [pdfOf('dossierLabel'), pdfOf('catalogue')];
    const joined = await joinPdfs(parts, '標籤 & 目錄');
    expect(againstPdfA(joined)).toEqual([]);
    const seen = await readPdf(joined);
    expect(seen.metadata.metadata?.get('dc:title')).toContain('標籤 & 目錄');
    expect(joined.equals(await joinPdfs(parts, '標籤 & 目錄'))).toBe(true);
    printed.set('joined', joined);
  });

  const has = (program: string): boolean => {
    try {
      execFileSync(program, [program === 'qpdf' ? '--version' : '-v'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  test.skipIf(!has('qpdf') || !has('pdffonts'))(
    'qpdf finds no fault, and every font is embedded, none of Type 3',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'dossier-print-'));
      try {
        for (const [name, pdf] of printed) {
          const file = join(folder, `${name}.pdf`);
          writeFileSync(file, pdf);
          expect(execFileSync('qpdf', ['--check', file], { encoding: 'utf8' }), name).toContain(
            'No syntax or stream encoding errors',
          );
          for (const line of execFileSync('pdffonts', [file], { encoding: 'utf8' }).split('\n').slice(2)) {
            if (line.trim() === '') continue;
            expect(line, name).not.toContain('Type 3');
            expect(line, name).toMatch(/ yes yes yes /u);
          }
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
