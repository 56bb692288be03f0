import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PrintFormName, PrintLanguage } from '../../../electron/print/print-data.ts';
import { createPrinter, type Printer, printSpawner } from '../../../electron/print/printer.ts';
import { entryPoint } from '../../../electron/process/entry-points.ts';
import { examples } from './print-examples.ts';
import { scansOf } from './print-table-examples.ts';
import { againstPdfA, readPdf } from './read-pdf.ts';

let printer: Printer;
beforeAll(() => {
  printer = createPrinter({ spawn: printSpawner(entryPoint('print-process')) });
});
afterAll(() => printer.close());

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
    const printed = await printer.printForm(name, data as never, scansOf(examples[name]));
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

  test('a printer that has been put away while nobody printed prints on as before', async () => {
    const resting = createPrinter({ spawn: printSpawner(entryPoint('print-process')), idleMs: 1 });
    try {
      const first = await resting.printForm('card', examples.card.data);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const second = await resting.printForm('card', examples.card.data);
      expect(await allText(second.pdf)).toEqual(await allText(first.pdf));
    } finally {
      await resting.close();
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
