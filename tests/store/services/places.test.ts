import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atOneGo } from '../../../electron/services/in-turns.ts';
import { placeHoldings } from '../../../electron/store/places.ts';
import { tinyPdf } from '../../builders/scan-files.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';
import { readPdf } from '../../unit/print/read-pdf.ts';

/** Labels of places, the catalogue and the notes sheet of a whole dossier, the extract of the log (C10, D6, D7). */

let desk: TestArchive;
let customer = '';
const codes: string[] = [];
beforeAll(async () => {
  desk = await openTestArchive();
  customer = (
    await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '永順貿易股份有限公司' } })
  ).number;
  for (const place of ['A 室－1 號櫃－2 層', 'A 室－1 號櫃－2 層', 'A 室－1 號櫃－3 層'])
    codes.push((await desk.dispatch('dossiers.addPaper', { customer, type: 'contract', title: '合同', place })).code);
});
afterAll(() => desk.close());
const words = async (document: string) => {
  const pdf = await readPdf((await desk.surroundings.shelf.get(document)).bytes);
  return (await pdf.text(1)).replaceAll(/\s/g, '');
};

describe('C10 places', () => {
  it('labels for every place, with what stands there', async () => {
    const { document } = await desk.dispatch('print.form', { form: 'shelfLabels', number: 'A 室' });
    const text = await words(document);
    expect(text).toContain('A室－1號櫃－2層');
    expect(text).toContain('2件，1家客戶');
  });

  it('what stands at a place is the same however many papers are looked at together', () => {
    const sql = desk.archive.database.reader;
    const held = [1, 2, 5_000].map((papers) => atOneGo(placeHoldings(sql, papers)));
    expect(held[0]).toEqual(held[2]);
    expect(held[1]).toEqual(held[2]);
    expect(held[2]?.map(({ place, papers }) => [place, papers])).toEqual([
      ['A 室－1 號櫃－2 層', 2],
      ['A 室－1 號櫃－3 層', 1],
    ]);
  });
});

describe('D6, D7 the whole dossier', () => {
  it('D6 the catalogue of the whole dossier, class after class', async () => {
    const form = await desk.dispatch('print.form', { form: 'dossierCatalogue', number: customer });
    expect(form.pages).toBe(2);
    expect(await words(form.document)).toContain('客戶基礎資料');
  });

  it('the whole file in one go: contents, card, catalogues, registers, visits, under one count of pages', async () => {
    const form = await desk.dispatch('print.form', { form: 'customerFile', number: customer });
    const pdf = await readPdf((await desk.surroundings.shelf.get(form.document)).bytes);
    expect(pdf.pages).toBe(form.pages);
    const contents = (await pdf.text(1)).replaceAll(/\s/g, '');
    const last = (await pdf.text(form.pages)).replaceAll(/\s/g, '');
    for (const part of ['客戶檔案卡', '卷內目錄', '歷次簽訂合同訂單登記表', '訪問記錄'])
      expect(contents).toContain(part);
    expect(contents).toContain(`第1頁，共${form.pages}頁`);
    expect(last).toContain('訪問記錄');
    expect(last).toContain(`第${form.pages}頁，共${form.pages}頁`);
  });

  it('chosen scans follow in it, page for page, under the same count; those of somebody else are refused', async () => {
    const { code } = await desk.dispatch('dossiers.addPaper', { customer, type: 'contract', title: '供貨合同' });
    const bytes = tinyPdf('Contract of sale', 3);
    const { upload } = await desk.dispatch('uploads.begin', { name: 'contract.pdf', size: bytes.length });
    await desk.dispatch('uploads.append', { upload, data: bytes.toString('base64') });
    await desk.dispatch('scans.attach', { upload, code });
    const file = { form: 'customerFile', number: customer } as const;
    const bare = await desk.dispatch('print.form', file);
    const form = await desk.dispatch('print.form', { ...file, papers: [code] });
    expect(form.pages).toBe(bare.pages + 3);
    const pdf = await readPdf((await desk.surroundings.shelf.get(form.document)).bytes);
    expect(pdf.pages).toBe(form.pages);
    expect((await pdf.text(1)).replaceAll(/\s/g, '')).toContain(`供貨合同${bare.pages + 1}–${form.pages}`);
    const last = (await pdf.text(form.pages)).replaceAll(/\s/g, '');
    for (const part of [code, '供貨合同', `第${form.pages}頁，共${form.pages}頁`])
      expect(last).toContain(part.replaceAll(/\s/g, ''));
    const without = await desk.answer('print.form', { ...file, papers: [codes[0] ?? ''] });
    expect(without).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID', fields: [{ path: 'papers.0' }] } });
    expect(await desk.answer('print.form', { form: 'card', number: customer, papers: [code] })).toMatchObject({
      ok: false,
      error: { code: 'INPUT_INVALID' },
    });
  });

  it('D7 the notes sheet says what was taken out and why; the extract of the log has its entry', async () => {
    await desk.dispatch('dossiers.takeOut', { code: codes[0] ?? '', as: 'removed', reason: '送換發' });
    const notes = await words((await desk.dispatch('print.form', { form: 'dossierNotes', number: customer })).document);
    for (const part of ['取出', '送換發', (codes[0] ?? '').replaceAll(/\s/g, '')]) expect(notes).toContain(part);
    const extract = await words((await desk.dispatch('print.form', { form: 'auditExtract' })).document);
    expect(extract).toContain('取出文件');
    const wrong = await desk.answer('print.form', { form: 'auditExtract', number: '2026-02-01#2026-01-01' });
    expect(wrong.ok ? '' : wrong.error.code).toBe('INPUT_INVALID');
  });
});
