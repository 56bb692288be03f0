import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { inspectAttachment } from '../../../electron/exchange/media-type.ts';
import { drawFrom } from '../../../electron/services/practice/draw.ts';
import { createScanMaker } from '../../../electron/services/practice/scans/scan-maker.ts';
import { sitePhoto } from '../../../electron/services/practice/scans/site-photo.ts';
import { DOCUMENT_TYPE_KEYS } from '../../../shared/domain/document-types.ts';

const subject = {
  type: 'contract',
  customerName: '𠮷田電子（廈門）有限公司',
  customerNumber: 'E000034',
  documentNumber: 'HT-2026-1234',
  date: '2026-03-04',
} as const;

describe('made-up scans', () => {
  it('every document type has one, sound and small, in both scripts', () => {
    const maker = createScanMaker(1);
    for (const type of DOCUMENT_TYPE_KEYS)
      for (const script of ['hant', 'hans'] as const) {
        const bytes = maker.make({ ...subject, type }, { format: 'png', script, pages: 1, photo: false });
        expect(inspectAttachment(bytes, 'scan.png')).toMatchObject({ mediaType: 'image/png', pages: 1, warnings: [] });
        expect(bytes.length).toBeLessThan(60_000);
      }
  });

  it('a PDF has as many pages as the paper, and a reader opens it', async () => {
    const bytes = createScanMaker(1).make(subject, { format: 'pdf', script: 'hans', pages: 3, photo: false });
    expect(inspectAttachment(bytes, 'scan.pdf')).toMatchObject({
      mediaType: 'application/pdf',
      pages: 3,
      warnings: [],
    });
    expect((await PDFDocument.load(bytes)).getPageCount()).toBe(3);
  });

  it('the same seed gives the same bytes; another name another scan', () => {
    const scan = { format: 'pdf', script: 'hant', pages: 2, photo: false } as const;
    const bytes = createScanMaker(3).make(subject, scan);
    expect(createScanMaker(3).make(subject, scan).equals(bytes)).toBe(true);
    expect(
      createScanMaker(3)
        .make({ ...subject, customerName: '另一家' }, scan)
        .equals(bytes),
    ).toBe(false);
    expect(createScanMaker(4).make(subject, scan).equals(bytes)).toBe(false);
  });

  it('photographs are sound JPEGs', () => {
    const bytes = sitePhoto(drawFrom(1), '實訓 PRACTICE');
    expect(inspectAttachment(bytes, 'photo.jpg')).toMatchObject({ mediaType: 'image/jpeg', pages: 1 });
  });
});
