import { crc32, deflateSync } from 'node:zlib';
import { PDFDocument } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { cleanFileName } from '../../../electron/exchange/file-name.ts';
import { inspectAttachment } from '../../../electron/exchange/media-type.ts';
import { writeZip } from '../../support/zip-writer.ts';
import { refusal } from './read-all.ts';

function inspectionRefusal(bytes: Buffer, name: string) {
  return refusal((async () => inspectAttachment(bytes, name))());
}

async function pdf(pages: number, useObjectStreams: boolean): Promise<Buffer> {
  const document = await PDFDocument.create();
  for (let i = 0; i < pages; i += 1) document.addPage();
  return Buffer.from(await document.save({ useObjectStreams }));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(100))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from('ffc0000b080000000001011100', 'hex');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
    frame,
    Buffer.from('ffda0008010100003f00aabbccffd9', 'hex'),
  ]);
}

/** Pages of one strip each. */
function tiff(pages: number, width = 100, height = 100): Buffer {
  const data = Buffer.from('data');
  const parts: Buffer[] = [Buffer.from('49492a0008000000', 'hex')];
  const size = 2 + 4 * 12 + 4;
  const dataAt = 8 + pages * size;
  for (let page = 0; page < pages; page += 1) {
    const directory = Buffer.alloc(size);
    directory.writeUInt16LE(4, 0);
    for (const [index, [tag, value]] of [
      [256, width],
      [257, height],
      [273, dataAt],
      [279, data.length],
    ].entries()) {
      directory.writeUInt16LE(tag ?? 0, 2 + index * 12);
      directory.writeUInt16LE(4, 4 + index * 12);
      directory.writeUInt32LE(1, 6 + index * 12);
      directory.writeUInt32LE(value ?? 0, 10 + index * 12);
    }
    directory.writeUInt32LE(page + 1 < pages ? 8 + (page + 1) * size : 0, size - 4);
    parts.push(directory);
  }
  return Buffer.concat([...parts, data]);
}

describe('R65 the type of an attachment is decided by its content', () => {
  test('R65 PDF with its pages, cross-references as table and as stream', async () => {
    expect(inspectAttachment(await pdf(3, false), '合同.pdf')).toEqual({
      name: '合同.pdf',
      mediaType: 'application/pdf',
      pages: 3,
      warnings: [],
    });
    expect(inspectAttachment(await pdf(40, true), 'a.pdf')).toMatchObject({ pages: 40, warnings: [] });
  });

  test('R65 PDF with something before its header, and one changed later', async () => {
    const shifted = Buffer.concat([Buffer.from('\u001b%-12345X@PJL\r\n'), await pdf(2, false)]);
    expect(inspectAttachment(shifted, 'a.pdf').pages).toBe(2);
    const loaded = await PDFDocument.load(await pdf(2, true));
    loaded.addPage();
    expect(inspectAttachment(Buffer.from(await loaded.save()), 'a.pdf').pages).toBe(3);
  });

  test('R65 PDF whose cross-references are broken is taken with a warning, by counting its pages', async () => {
    const broken = Buffer.from(
      (await pdf(4, false)).toString('latin1').replace(/startxref\s+\d+/u, 'startxref\n3'),
      'latin1',
    );
    expect(inspectAttachment(broken, 'a.pdf')).toMatchObject({
      pages: 4,
      warnings: [{ message: 'exchange.attachment.repaired' }],
    });
  });

  test.each([
    ['a text that calls itself a PDF', Buffer.from('%PDF-1.7\nhello'), 'FILE_DAMAGED'],
    ['a text named .pdf', Buffer.from('not a pdf at all'), 'FILE_TYPE_NOT_ALLOWED'],
    ['a web page named .pdf', Buffer.from('<!DOCTYPE html><p>404</p>'), 'FILE_TYPE_NOT_ALLOWED'],
    ['header and end without anything between', Buffer.from('%PDF-1.4\n%%EOF'), 'FILE_DAMAGED'],
    ['0 bytes', Buffer.alloc(0), 'FILE_DAMAGED'],
  ])('R65 a PDF that is not one: %s', async (_, bytes, code) => {
    expect(await inspectionRefusal(bytes, '執照.pdf')).toMatchObject({ code, params: { file: '執照.pdf' } });
  });

  test('R65 a PDF cut off is damage', async () => {
    const whole = await pdf(30, false);
    expect(await inspectionRefusal(whole.subarray(0, whole.length / 2), 'a.pdf')).toMatchObject({
      code: 'FILE_DAMAGED',
    });
  });

  test('R65 what would act in a PDF is named', async () => {
    const document = await PDFDocument.create();
    document.addPage();
    document.addJavaScript('x', 'app.alert(1)');
    const bytes = Buffer.from(await document.save({ useObjectStreams: false }));
    expect(inspectAttachment(bytes, 'a.pdf').warnings).toEqual([{ message: 'exchange.attachment.active' }]);
  });

  test('R65 pictures: PNG, JPEG, TIFF with its pages', () => {
    expect(inspectAttachment(png(100, 50), 'a.png')).toMatchObject({ mediaType: 'image/png', pages: 1, warnings: [] });
    expect(inspectAttachment(jpeg(100, 50), 'a.JPG')).toMatchObject({
      mediaType: 'image/jpeg',
      pages: 1,
      warnings: [],
    });
    expect(inspectAttachment(tiff(5), 'a.tif')).toMatchObject({ mediaType: 'image/tiff', pages: 5, warnings: [] });
  });

  test('R65 R66 pictures of more than 100 megapixels are refused before anything decodes them', async () => {
    for (const [bytes, name] of [
      [png(20_000, 20_000), 'a.png'],
      [jpeg(20_000, 20_000), 'a.jpg'],
      [tiff(1, 20_000, 20_000), 'a.tif'],
    ] as const) {
      expect(await inspectionRefusal(bytes, name)).toMatchObject({
        code: 'FILE_TOO_LARGE',
        reason: 'exchange.attachment.pixels',
      });
    }
  });

  test('R65 pictures cut off, flipped or going in circles are damage', async () => {
    const flipped = png(100, 100);
    flipped[40] = (flipped[40] ?? 0) ^ 1;
    const circle = tiff(2);
    circle.writeUInt32LE(8, 8 + 2 * 54 - 4);
    const wholeTiff = tiff(2);
    for (const [bytes, name] of [
      [flipped, 'a.png'],
      [png(10, 10).subarray(0, 50), 'a.png'],
      [jpeg(10, 10).subarray(0, 34), 'a.jpg'],
      [circle, 'a.tif'],
      [wholeTiff.subarray(0, wholeTiff.length - 2), 'a.tif'],
    ] as const) {
      expect(await inspectionRefusal(bytes, name)).toMatchObject({ code: 'FILE_DAMAGED' });
    }
  });

  test('R65 a name that claims another type gives a warning; the content decides', () => {
    const inspected = inspectAttachment(png(10, 10), 'scan.pdf');
    expect(inspected).toMatchObject({
      mediaType: 'image/png',
      warnings: [{ message: 'exchange.attachment.nameMismatch' }],
    });
  });

  test.each([
    ['a web page', Buffer.from('<html><script>alert(1)</script></html>'), 'a.html'],
    ['SVG', Buffer.from('<?xml version="1.0"?><svg onload="alert(1)"/>'), 'a.svg'],
    ['a script', Buffer.from('#!/bin/sh\nrm -rf /\n'), 'a.sh'],
    ['a program', Buffer.from('4d5a900003', 'hex'), 'a.pdf'],
    ['a workbook with macros', writeZip([{ name: 'xl/vbaProject.bin', data: 'x' }]), 'a.xlsm'],
    ['an old document', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.doc'],
    ['BigTIFF', Buffer.from('49492b0008000000', 'hex'), 'a.tif'],
    ['noise', Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7) & 31)), 'a.txt'],
  ])('R65 %s is not taken', async (_, bytes, name) => {
    expect(await inspectionRefusal(bytes, name)).toMatchObject({ code: 'FILE_TYPE_NOT_ALLOWED' });
  });

  test('R65 plain text in any of the known encodings', () => {
    expect(inspectAttachment(Buffer.from('訪問記錄\n'.repeat(130)), '記錄.txt')).toMatchObject({
      mediaType: 'text/plain',
      pages: 3,
    });
  });

  test('R65 more than 200 MB is refused', async () => {
    const large = Buffer.alloc(200 * 1024 * 1024 + 1);
    expect(await inspectionRefusal(large, 'a.pdf')).toMatchObject({ code: 'FILE_TOO_LARGE' });
  });

  test('R65 damaged PDFs never do more than refuse', async () => {
    const whole = await pdf(5, true);
    for (let round = 0; round < 300; round += 1) {
      const bytes = Buffer.from(whole);
      for (let i = 0; i < 5; i += 1)
        bytes[(Math.imul(round * 31 + i * 977, 2_654_435_761) % whole.length) >>> 0] = round & 0xff;
      try {
        expect(inspectAttachment(bytes, 'a.pdf').mediaType).toMatch(/pdf|plain/);
      } catch (error) {
        expect(error).toMatchObject({ name: 'AppError' });
      }
    }
  });
});

describe('R67 names of files from outside', () => {
  test.each([
    ['a.pdf', 'a.pdf'],
    ['/etc/passwd', 'passwd'],
    ['..\\..\\Windows\\x.pdf', 'x.pdf'],
    ['C:x.pdf', 'x.pdf'],
    ['../', 'unnamed'],
    ['..', 'unnamed'],
    ['a\u0000b\n.pdf', 'ab.pdf'],
    ['  執照.pdf ', '執照.pdf'],
    ['e\u0301.pdf', '\u00e9.pdf'],
    ['\ud800.pdf', '\ufffd.pdf'],
  ])('R67 %j is stored as %j', (outside, name) => {
    expect(cleanFileName(outside).name).toBe(name);
  });

  test('R67 at most 255 bytes, the ending kept, no character cut in two', () => {
    const { name } = cleanFileName(`${'檔'.repeat(200)}.pdf`);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    expect(name).toMatch(/^檔+\.pdf$/u);
    expect(Buffer.byteLength(cleanFileName('𠮷'.repeat(100)).name)).toBe(252);
    expect(Buffer.byteLength(cleanFileName(`a.${'x'.repeat(400)}`).name)).toBe(255);
  });

  test('R67 characters that turn the reading direction or cannot be seen are noticed', () => {
    expect(cleanFileName('invoice\u202efdp.exe').hidden).toBe(true);
    expect(cleanFileName('a\u200b.pdf').hidden).toBe(true);
    expect(cleanFileName('葛\u{e0100}城.pdf').hidden).toBe(false);
  });
});
