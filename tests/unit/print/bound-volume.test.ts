import { readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BoundVolumeData } from '../../../electron/print/print-data.ts';
import { createPrinter, type PrintedVolume, type Printer, printSpawner } from '../../../electron/print/printer.ts';
import { entryPoint } from '../../../electron/process/entry-points.ts';
import { againstPdfA, inflatedText, readPdf } from './read-pdf.ts';
import { common, jpegScan, letterCanvas, pngScan, sampleCard, sampleVolume } from './sample-data.ts';
import { TIFF_SAMPLES } from './tiff-samples.ts';

let printer: Printer;
beforeAll(() => {
  printer = createPrinter({ spawn: printSpawner(entryPoint('print-process')) });
});
afterAll(() => printer.close());

const tiff = { mediaType: 'image/tiff', content: Buffer.from(TIFF_SAMPLES.group4, 'base64') } as const;

/** Ten papers of four customers: PNG, JPEG, TIFF, one lying, one turned, one on paper only. */
function mixedVolume(change: Partial<BoundVolumeData> = {}): BoundVolumeData {
  return sampleVolume(
    10,
    (index) => {
      if (index === 1) return [tiff];
      if (index === 3) return [];
      if (index === 4) return [jpegScan('橫式', 900, 640)];
      if (index === 5) return [{ ...jpegScan('轉向', 640, 900), rotate: 90 }];
      return [
        pngScan('購銷合同'),
        { ...jpegScan('附件', 640, 900), content: async () => letterCanvas('附件', 640, 900).toBuffer('image/jpeg') },
      ];
    },
    change,
  );
}

describe('a bound volume (Y1, Y2)', () => {
  let volume: BoundVolumeData;
  let printed: PrintedVolume;
  let seen: Awaited<ReturnType<typeof readPdf>>;
  beforeAll(async () => {
    volume = mixedVolume();
    printed = await printer.printVolume(volume);
    seen = await readPdf(printed.pdf);
  });

  test('is PDF/A-2u, tagged, with title and language', () => {
    expect(againstPdfA(printed.pdf)).toEqual([]);
    expect(seen.tagged).toBe(true);
    expect(seen.metadata.info).toMatchObject({ Title: '2025 年度客戶檔案・合同、訂單（第 1 卷）', Language: 'zh-TW' });
    expect(seen.pages).toBe(printed.pages);
    expect(printed.sheets).toBe(Math.ceil(printed.pages / 2));
  });

  test('has cover, catalogue, cards, papers, notes sheet and colophon in this order, as bookmarks', async () => {
    const marks = await seen.outline();
    expect(marks.map((mark) => mark.title)).toEqual([
      '本卷構成',
      '卷內文件目錄',
      '客戶檔案卡',
      ...volume.cards.map((card) => card.name),
      ...volume.papers.flatMap((paper, index) =>
        paper.customerNumber === volume.papers[index - 1]?.customerNumber
          ? [paper.title]
          : [paper.customerName, paper.title],
      ),
      '卷內備考表',
      '卷尾',
    ]);
    const pages = marks.map((mark) => mark.page);
    expect(pages).toEqual([...pages].sort((a, b) => a - b));
    const cover = await seen.text(1);
    for (const words of [
      volume.institution,
      '合同、訂單',
      '30 年',
      '普通商密',
      volume.volumeCode,
      `本卷共 10 件，${printed.pages} 頁`,
    ]) {
      expect(cover.replaceAll(/\s/g, '')).toContain(words.replaceAll(/\s/g, ''));
    }
  });

  test('page numbers in the catalogue are the pages on which the papers stand', async () => {
    const catalogue = (await seen.text(3)).replaceAll(/\s/g, '');
    for (const [index, paper] of volume.papers.entries()) {
      const range = printed.pageMap[paper.referenceCode];
      expect(range).toBeDefined();
      if (range === undefined) continue;
      const shown = range.from === range.to ? String(range.from) : `${range.from}–${range.to}`;
      const row = volume.catalogue[index];
      expect(catalogue).toContain(`${paper.date.replaceAll('-', '')}${row?.security}${row?.pages}${'30年'}${shown}`);
      expect(range.to - range.from + 1).toBe(Math.max(1, paper.scans.length));
      const first = await seen.text(range.from);
      expect(first).toContain(paper.referenceCode);
      expect(first).toContain(paper.title);
      expect(await seen.text(range.to)).toContain(paper.referenceCode);
    }
  });

  test('every page shows its number, which is its place in the file', async () => {
    for (let page = 2; page <= printed.pages; page++) {
      const content = (await seen.text(page)).replaceAll(/\s/g, '');
      expect(
        content.startsWith(`${page}`) || content.endsWith(`${page}`) || content.includes(`${page}列印：`),
        `page ${page}: ${content}`,
      ).toBe(true);
    }
  });

  test('R69 every page carries user, time and log sequence', async () => {
    for (let page = 1; page <= printed.pages; page++) {
      expect((await seen.text(page)).replaceAll(/\s/g, '')).toContain(
        '列印：陳美玲（檔案專管員）2026-01-0508:00:00UTC日誌第1024號',
      );
    }
  });

  test('scans stand on their pages', async () => {
    const reddish = (image: { data: Uint8ClampedArray }) => {
      let count = 0;
      for (let at = 0; at < image.data.length; at += 4) {
        if ((image.data[at] ?? 0) > 150 && (image.data[at + 1] ?? 255) < 80) count += 1;
      }
      return count;
    };
    const page = (index: number) => printed.pageMap[volume.papers[index]?.referenceCode ?? '']?.from ?? 0;
    // The archive stamp is red too: a sheet without a scan tells how much of it that is.
    const stamp = reddish(await seen.pixels(page(3), 1));
    for (const index of [0, 4, 5, 6]) {
      expect(reddish(await seen.pixels(page(index), 1)), `paper ${index}`).toBeGreaterThan(stamp + 500);
    }
    expect(printed.pdf.includes('dossier-scan:')).toBe(false);
  });

  test('a paper without scans has a sheet that says where it is (D8)', async () => {
    const paper = volume.papers[3];
    const text = await seen.text(printed.pageMap[paper?.referenceCode ?? '']?.from ?? 0);
    expect(text).toContain('紙質原件在：三號庫房・二號櫃・第四層');
  });

  test('the notes sheet has its statements and signatures, the colophon the fingerprint', async () => {
    const notes = (await seen.text(printed.pages - 1)).replaceAll(/\s/g, '');
    for (const words of ['原件由財務部保管', '第2件由第一類改列本類', '立卷人', '檢查人', '陳美玲', '周主管'])
      expect(notes).toContain(words);
    const colophon = (await seen.text(printed.pages)).replaceAll(/\s/g, '');
    expect(colophon).toContain(volume.fingerprint);
    expect(colophon).toContain(volume.auditHead);
  });

  test('printed again it is byte for byte the same, and its pages are checked', async () => {
    const catalogue = volume.catalogue.map((row) => {
      const range = printed.pageMap[row.referenceCode];
      return { ...row, fromPage: range?.from ?? 0, toPage: range?.to ?? 0 };
    });
    const again = await printer.printVolume({ ...volume, catalogue });
    expect(Buffer.compare(again.pdf, printed.pdf)).toBe(0);
    const moved = catalogue.map((row, index) => (index === 2 ? { ...row, fromPage: row.fromPage + 1 } : row));
    await expect(printer.printVolume({ ...volume, catalogue: moved })).rejects.toMatchObject({
      code: 'VOLUME_FIXED',
      params: { code: volume.papers[2]?.referenceCode },
    });
  });
});

describe('names in rare scripts never break a volume', () => {
  test('missing characters are framed, reported, and the file is still PDF/A', async () => {
    const name = '𫢺氏 العربية ภาษาไทย 한국 😀';
    const data = sampleVolume(2, () => [tiff], { institution: '𫢺記', cards: [sampleCard('E000001', name)] });
    const titled = { ...data, papers: data.papers.map((paper) => ({ ...paper, customerName: name })) };
    const printed = await printer.printVolume(titled);
    expect(againstPdfA(printed.pdf)).toEqual([]);
    const codes = new Set(printed.missingGlyphs.map((glyph) => glyph.codePoint));
    for (const code of ['U+2B8BA', 'U+0627', 'U+0E20', 'U+D55C', 'U+1F600']) expect(codes).toContain(code);
    expect(printed.missingGlyphs).toContainEqual({ char: '𫢺', codePoint: 'U+2B8BA', where: 'institution' });
    const seen = await readPdf(printed.pdf);
    expect(await seen.text(1)).toContain('U+2B8BA');
  });

  test('any text at all', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { minLength: 1, maxLength: 30 }),
        async (texts) => {
          const rows = texts.map((text) => [text, `#${text}$ \\ [x] *b* _i_ @l <l> //`]);
          const printed = await printer.printForm('tableReport', {
            ...common,
            title: texts[0] ?? '',
            particulars: [],
            columns: [{ label: 'A' }, { label: 'B' }],
            rows,
          });
          expect(printed.pages).toBeGreaterThan(0);
        },
      ),
      { numRuns: 40, examples: [[['\t\r', '']]] },
    );
  });
});

describe('what can go wrong', () => {
  test('a damaged scan is named by the reference code of its paper', async () => {
    const volume = sampleVolume(3, (index) => [
      index === 1 ? { mediaType: 'image/png', content: Buffer.from('no picture') } : tiff,
    ]);
    await expect(printer.printVolume(volume)).rejects.toMatchObject({
      code: 'FILE_DAMAGED',
      params: { code: volume.papers[1]?.referenceCode },
    });
    await expect(printer.printVolume(sampleVolume(1, () => [tiff]))).resolves.toMatchObject({ missingGlyphs: [] });
  });

  test('catalogue and papers that do not match are refused', async () => {
    const volume = sampleVolume(2, () => [tiff]);
    await expect(printer.printVolume({ ...volume, papers: [...volume.papers].reverse() })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  test('a job can be cancelled while scans are read, and the next one prints', async () => {
    const stop = new AbortController();
    const phases = new Set<string>();
    const running = printer.printVolume(mixedVolume(), {
      signal: stop.signal,
      onProgress: ({ phase, done }) => {
        phases.add(phase);
        if (phase === 'printScans' && done === 3) stop.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect([...phases]).toEqual(['printScans']);
    await expect(printer.printVolume(sampleVolume(1, () => [tiff]))).resolves.toBeDefined();
  });

  test('a job can be cancelled while pages are set, and one that waits before it starts', async () => {
    const stop = new AbortController();
    const running = printer.printVolume(mixedVolume(), {
      signal: stop.signal,
      onProgress: ({ phase }) => phase === 'printLayout' && stop.abort(),
    });
    const waiting = printer.printVolume(mixedVolume(), { signal: stop.signal });
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test('jobs asked for together are printed one after another', async () => {
    const [first, second] = await Promise.all([
      printer.printVolume(sampleVolume(1, () => [tiff])),
      printer.printVolume(sampleVolume(2, () => [tiff])),
    ]);
    expect([Object.keys(first.pageMap).length, Object.keys(second.pageMap).length]).toEqual([1, 2]);
  });
});

describe('R02 nothing is written in plain', () => {
  test('no file is opened for the job, none appears in the temporary folder', async () => {
    const before = new Set(readdirSync(tmpdir()));
    const opened = new Set<string>();
    const look = setInterval(() => {
      for (const number of process.platform === 'linux' ? readdirSync('/proc/self/fd') : []) {
        try {
          opened.add(readlinkSync(`/proc/self/fd/${number}`));
        } catch {
          // Closed meanwhile.
        }
      }
    }, 1);
    const printed = await printer.printVolume(mixedVolume({ institution: 'CANARY 金絲雀有限公司' }));
    clearInterval(look);
    expect(inflatedText(printed.pdf).length).toBeGreaterThan(0);
    const files = [...opened].filter(
      (path) => path.startsWith('/') && !/^\/(dev|proc)\//.test(path) && !path.includes('/node_modules/'),
    );
    expect(
      files.filter(
        (path) => path.startsWith(tmpdir()) || path.includes('dossier-desk-print') || path.endsWith('(deleted)'),
      ),
    ).toEqual([]);
    expect(readdirSync(tmpdir()).filter((name) => !before.has(name) && /print|typst|scan/i.test(name))).toEqual([]);
  });
});
