import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas, ImageData, loadImage } from '@napi-rs/canvas';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealedPath } from '../../../electron/vault/sealed-files.ts';
import { tinyPdf, tinyPng } from '../../builders/scan-files.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';
import { readPdf } from '../../unit/print/read-pdf.ts';

/** Scans of papers (D8): pages, text, doubles, the scanner's folder. */

let desk: TestArchive;
let customer = '';
let contract = '';
const tray = mkdtempSync(join(tmpdir(), 'dossier-tray-'));

async function upload(name: string, bytes: Buffer): Promise<string> {
  const { upload: id } = await desk.dispatch('uploads.begin', { name, size: bytes.length });
  await desk.dispatch('uploads.append', { upload: id, data: bytes.toString('base64') });
  return id;
}
const attach = async (name: string, bytes: Buffer) =>
  desk.dispatch('scans.attach', { upload: await upload(name, bytes), code: contract });
const scansOf = async (code = contract) => (await desk.dispatch('dossiers.paper', { code })).paper.scans;
async function pagesOf(scan: string): Promise<number[]> {
  const { document, size } = await desk.dispatch('scans.open', { scan });
  const { data } = await desk.dispatch('documents.read', { document, offset: 0, length: size });
  const pdf = await PDFDocument.load(Buffer.from(data, 'base64'));
  return pdf.getPages().map((page) => page.getRotation().angle);
}
/** A file in the folder that was written a while ago. */
function scanned(name: string, bytes: Buffer): void {
  writeFileSync(join(tray, name), bytes);
  const before = Date.now() / 1_000 - 60;
  utimesSync(join(tray, name), before, before);
}

beforeAll(async () => {
  desk = await openTestArchive();
  customer = (
    await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '臺北永順貿易股份有限公司' },
    })
  ).number;
  contract = (
    await desk.dispatch('dossiers.addPaper', {
      customer,
      type: 'contract',
      title: '供貨合同',
      date: '2026-01-05',
      pages: 0,
    })
  ).code;
});
afterAll(async () => {
  await desk.close();
  rmSync(tray, { recursive: true, force: true });
});

describe('pages of scans', () => {
  it('the picture of a long one’s first page comes before the whole is opened; a changed file shows nothing (R12)', async () => {
    const pdf = await PDFDocument.create();
    for (let number = 0; number < 3; number += 1) pdf.addPage([300, 400]);
    // Too long to be waited for, and nothing that could be packed.
    await pdf.attach(randomBytes(1_200_000), 'noise.bin');
    const { code } = await desk.dispatch('dossiers.addPaper', { customer, type: 'background', title: '厚報告' });
    const long = await desk.dispatch('scans.attach', {
      upload: await upload('long.pdf', Buffer.from(await pdf.save({ useObjectStreams: false }))),
      code,
    });
    const short = await desk.dispatch('scans.attach', { upload: await upload('one.png', tinyPng('one')), code });
    const look = (scan: string) => desk.dispatch('scans.open', { scan, view: true });
    expect((await look(long.id)).firstPage).toBeNull();
    await desk.dispatch('scans.read', {});
    const { document, firstPage } = await look(long.id);
    const picture = await loadImage((await desk.surroundings.shelf.get(firstPage ?? '')).bytes);
    expect([picture.width / 110, picture.height / 110].map((inches) => Math.round(inches * 72))).toEqual([300, 400]);
    expect((await PDFDocument.load((await desk.surroundings.shelf.get(document)).bytes)).getPageCount()).toBe(3);
    expect((await look(short.id)).firstPage).toBeNull();

    const file = sealedPath(desk.directory, long.id);
    const whole = readFileSync(file);
    writeFileSync(file, Buffer.from(whole).fill(0, 700_000, 700_001));
    expect(await desk.answer('scans.open', { scan: long.id, view: true })).toMatchObject({
      ok: false,
      error: { code: 'INTEGRITY' },
    });
    writeFileSync(file, whole);
  });

  it('a PDF that nobody has read yet gives a picture of its first page too; a picture has none', async () => {
    const { code } = await desk.dispatch('dossiers.addPaper', { customer, type: 'background', title: '新到' });
    const firstOf = async (name: string, bytes: Buffer) => {
      const { id } = await desk.dispatch('scans.attach', { upload: await upload(name, bytes), code });
      const { document } = await desk.dispatch('scans.open', { scan: id, view: true });
      return (await desk.dispatch('documents.firstPage', { document })).document;
    };
    const picture = (await firstOf('new.pdf', tinyPdf('new', 2))) ?? '';
    expect((await desk.surroundings.shelf.get(picture)).mediaType).toBe('image/webp');
    expect(await firstOf('two.png', tinyPng('two'))).toBeNull();
  });

  it('D8 are turned, divided and joined; the former versions stay, the trail says why, and it can be undone', async () => {
    const first = await attach('one.pdf', tinyPdf('first part', 3));
    const second = await attach('two.png', tinyPng('annex'));
    expect(first.sameAs).toEqual([]);
    const { scans } = await desk.dispatch('scans.arrange', {
      code: contract,
      reason: '次序掃錯',
      replaces: [first.id, second.id],
      results: [
        {
          name: '正本',
          pages: [
            { scan: second.id, page: 1 },
            { scan: first.id, page: 3, turn: 90 },
          ],
        },
        { name: '附件', pages: [{ scan: first.id, page: 1 }] },
      ],
    });
    expect((await scansOf()).map(({ name, pages }) => [name, pages])).toEqual([
      ['正本.pdf', 2],
      ['附件.pdf', 1],
    ]);
    expect(await pagesOf(scans[0]?.id ?? '')).toEqual([0, 90]);
    const { former } = await desk.dispatch('scans.former', { code: contract });
    expect(former.map(({ name, reason }) => [name, reason])).toEqual([
      ['one.pdf', '次序掃錯'],
      ['two.png', '次序掃錯'],
    ]);
    expect((await desk.dispatch('dossiers.paper', { code: contract })).trail.map(({ act }) => act)).toContain(
      'scansArranged',
    );
    expect(
      await desk.answer('scans.arrange', {
        code: contract,
        reason: 'x',
        replaces: [first.id],
        results: [{ name: 'x', pages: [{ scan: first.id, page: 1 }] }],
      }),
    ).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    await desk.dispatch('scans.restore', { scan: first.id, reason: '還是原樣好' });
    expect((await scansOf()).map(({ name }) => name).sort()).toEqual(['one.pdf', 'two.png']);
    expect((await desk.dispatch('audit.verify', { deep: true })).ok).toBe(true);
  });

  it('what they say is found by search, page by page, and not by who may not see the paper; doubles are found', async () => {
    const found = async () => (await desk.dispatch('search.find', { text: 'liability clause' })).hits;
    await attach('terms.pdf', tinyPdf('Liability clause of the terms', 2));
    expect(await found()).toEqual([]);
    const { waiting } = await desk.dispatch('scans.reading', {});
    expect(await desk.dispatch('scans.read', {})).toMatchObject({ read: waiting, waiting: 0, unreadable: 0 });
    expect(await found()).toMatchObject([{ kind: 'paper', number: contract, matched: [{ field: 'scanText' }] }]);
    const terms = (await scansOf()).find(({ name }) => name === 'terms.pdf');
    const { pages } = await desk.dispatch('scans.text', { scan: terms?.id ?? '' });
    expect(pages.map(({ source, text }) => [source, text.includes('Liability clause')])).toEqual([
      ['layer', true],
      ['layer', true],
    ]);
    expect((await attach('again.pdf', tinyPdf('Liability clause of the terms', 2))).sameAs).toEqual([contract]);
    const { same } = await desk.dispatch('scans.findings', { customer });
    expect(
      same
        .find(({ kind }) => kind === 'file')
        ?.places.map(({ name }) => name)
        .sort(),
    ).toEqual(['again.pdf', 'terms.pdf']);
    const entry = await desk.dispatch('dossiers.paper', { code: contract });
    await desk.dispatch('dossiers.changePaper', {
      code: contract,
      revision: entry.paper.revision,
      reason: '保密',
      security: 'coreTradeSecret',
    });
    expect(await found()).toHaveLength(1);
    const { actor } = desk.surroundings.session;
    if (actor === null) throw new Error('nobody is signed in');
    Object.assign(desk.surroundings.session, { actor: { ...actor, role: 'businessManager' } });
    expect(await found()).toEqual([]);
    Object.assign(desk.surroundings.session, { actor });
  });
});

describe("the scanner's folder", () => {
  it('D8 offers what is new, seals what is given to a paper, and removes the plain file only where that is wanted', async () => {
    expect(await desk.dispatch('scans.tray', {})).toMatchObject({ folder: '', files: [] });
    await desk.dispatch('settings.update', { scanFolder: tray });
    scanned('licence.png', tinyPng('licence'));
    scanned('letter.pdf', tinyPdf('a letter'));
    scanned('broken.pdf', Buffer.from('no pdf'));
    scanned('notes.txt', Buffer.from('not a scan'));
    writeFileSync(join(tray, 'growing.pdf'), tinyPdf('half of it'));
    const { files } = await desk.dispatch('scans.tray', {});
    const at = (name: string) => files.find((file) => file.name === name);
    expect(files.map(({ name, problem }) => [name, problem]).sort()).toEqual([
      ['broken.pdf', 'FILE_TYPE_NOT_ALLOWED'],
      ['growing.pdf', 'growing'],
      ['letter.pdf', ''],
      ['licence.png', ''],
    ]);
    const sha = (name: string) => ({ name, sha256: at(name)?.sha256 ?? '' });
    const filed = await desk.dispatch('scans.trayFile', {
      files: [sha('licence.png')],
      paper: { customer, type: 'businessLicence', title: '營業執照', pages: 0 },
    });
    expect((await scansOf(filed.code)).map(({ name }) => name)).toEqual(['licence.png']);
    expect(existsSync(join(tray, 'licence.png'))).toBe(true);
    expect((await desk.dispatch('scans.tray', {})).files.map(({ name }) => name)).not.toContain('licence.png');
    await desk.dispatch('scans.trayPutAway', { files: [sha('broken.pdf')] });
    expect(await desk.dispatch('scans.tray', {})).toMatchObject({ sealed: 1, putAway: 1 });
    await desk.dispatch('settings.update', { scanFolderRemoves: true });
    expect(
      await desk.answer('scans.trayFile', {
        files: [{ ...sha('letter.pdf'), sha256: '0'.repeat(64) }],
        code: contract,
      }),
    ).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });
    expect(await desk.dispatch('scans.trayFile', { files: [sha('letter.pdf')], code: contract })).toMatchObject({
      removed: 1,
    });
    expect(readdirSync(tray).sort()).toEqual(['broken.pdf', 'growing.pdf', 'licence.png', 'notes.txt']);
    expect(await desk.answer('scans.trayOpen', { name: '../etc/passwd' })).toMatchObject({ ok: false });
  });

  it('V4 a form that was filled in by hand and scanned askew is offered to its customer by the code on it', async () => {
    const printed = await desk.dispatch('print.form', { form: 'visitForm', number: customer });
    const { width, height, data } = await (
      await readPdf((await desk.surroundings.shelf.get(printed.document)).bytes)
    ).pixels(1, 150 / 72);
    const page = createCanvas(width, height);
    page.getContext('2d').putImageData(new ImageData(data, width, height), 0, 0);
    const scan = createCanvas(width + 120, height + 120);
    const glass = scan.getContext('2d');
    glass.fillStyle = '#f4f1ea';
    glass.fillRect(0, 0, scan.width, scan.height);
    glass.translate(70, 30);
    glass.rotate(0.03);
    glass.drawImage(page, 0, 0);
    glass.fillStyle = '#223';
    glass.font = '40px serif';
    glass.fillText('visited on Monday', 200, 700);
    await desk.dispatch('settings.update', { scanFolder: tray });
    scanned('form.jpg', scan.toBuffer('image/jpeg'));
    scanned('nothing.png', tinyPng('no code'));
    expect(await desk.dispatch('scans.trayCodes', { name: 'form.jpg' })).toEqual({
      belongs: { kind: 'customer', number: customer, title: '臺北永順貿易股份有限公司', type: 'visitReport' },
    });
    expect(await desk.dispatch('scans.trayCodes', { name: 'nothing.png' })).toEqual({ belongs: null });
  });
});
