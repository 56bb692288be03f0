import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { PDFDocument, rgb } from 'pdf-lib';
import { inlineRows, writeWorkbook } from '../../support/workbook-writer.ts';

/** What `setInputFiles` takes. */
export interface SampleFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A real PDF: each page has a black bar whose place says which page it is. `ballast`: bytes in it that nobody sees. */
export async function samplePdf(name: string, pages = 2, title = '', ballast = 0): Promise<SampleFile> {
  const document = await PDFDocument.create();
  if (title !== '') document.setTitle(title);
  for (let page = 0; page < pages; page += 1) {
    const sheet = document.addPage([595, 842]);
    sheet.drawRectangle({ x: 60, y: 700 - page * 40, width: 300, height: 30, color: rgb(0, 0, 0) });
  }
  if (ballast > 0) await document.attach(randomBytes(ballast), 'ballast.bin');
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(await document.save()) };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A real PNG in grey. `comment` is written into it, uncompressed, as a scanner writes its name. */
export function samplePng(name: string, { width = 420, height = 300, comment = '' } = {}): SampleFile {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height, 0xff);
  for (let y = 0; y < height; y += 1) {
    rows[y * (width + 1)] = 0;
    for (let x = 1; x <= width; x += 1) if ((x >> 4) % 3 === 0 && y > 40) rows[y * (width + 1) + x] = 0x20;
  }
  const buffer = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(comment === '' ? [] : [chunk('tEXt', Buffer.concat([Buffer.from('Comment\0'), Buffer.from(comment, 'utf8')]))]),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name, mimeType: 'image/png', buffer };
}

/** A table as CSV in UTF-8. */
export function sampleCsv(name: string, rows: readonly (readonly string[])[]): SampleFile {
  const quoted = (cell: string) => (/[",\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const text = rows.map((row) => row.map(quoted).join(',')).join('\r\n');
  return { name, mimeType: 'text/csv', buffer: Buffer.from(text, 'utf8') };
}

/** The same table as a workbook. */
export function sampleXlsx(name: string, rows: readonly (readonly string[])[]): SampleFile {
  return {
    name,
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: writeWorkbook({ sheets: [{ name: '客戶', data: inlineRows(rows) }] }),
  };
}
