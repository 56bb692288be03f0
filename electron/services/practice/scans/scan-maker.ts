import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { DOCUMENT_TYPE_KEYS, type DocumentTypeKey } from '../../../../shared/domain/document-types.ts';
import { drawFrom } from '../draw.ts';
import type { PlannedScan } from '../planned-scan.ts';
import { type Script, wordsOf } from '../words.ts';
import { type Band, PAGE_HEIGHT, PAGE_WIDTH, pdfOf, pngOf, toBand, toRows } from './indexed-page.ts';
import { BAND, font, LEFT, loadScanFonts, RIGHT, Sheet } from './page-painter.ts';
import { paintPage } from './scan-layouts.ts';

/** What a paper's own band says. */
export interface ScanSubject {
  readonly type: DocumentTypeKey;
  readonly customerName: string;
  readonly customerNumber: string;
  readonly documentNumber: string;
  readonly date: string;
}

interface DesignedPage {
  readonly above: Band;
  /** The band as the design leaves it. */
  readonly own: Canvas;
  readonly ownBand: Band;
  readonly below: Band;
  readonly turn: number;
}

/** Makes scans: PDF and PNG, 5 to 40 kB a page. Every design is drawn once; the same seed gives the same bytes on the same machine. */
export interface ScanMaker {
  make(subject: ScanSubject, scan: PlannedScan): Buffer;
}

export function createScanMaker(seed: number): ScanMaker {
  loadScanFonts();
  const designs = new Map<string, DesignedPage>();
  // Painted over again and again: the memory of a canvas is given back late.
  const whole = createCanvas(PAGE_WIDTH, PAGE_HEIGHT);
  const strip = createCanvas(PAGE_WIDTH, BAND.height);

  const designed = (type: DocumentTypeKey, script: Script, page: number, pages: number): DesignedPage => {
    const words = wordsOf(script);
    // A letter's pages depend on how many there are; of other papers every page after the first is alike.
    const key = `${type} ${script} ${page} ${pages}`;
    const known = designs.get(key);
    if (known !== undefined) return known;
    const sheet = new Sheet(
      whole,
      drawFrom(seed, 5, DOCUMENT_TYPE_KEYS.indexOf(type), script === 'hans' ? 1 : 0, page),
      words,
    );
    paintPage(sheet, words.scans[type], page, pages);
    const pixels = whole.data();
    const part = (top: number, height: number) => toRows(pixels, top, height);
    const own = createCanvas(PAGE_WIDTH, BAND.height);
    own.getContext('2d').drawImage(whole, 0, BAND.top, PAGE_WIDTH, BAND.height, 0, 0, PAGE_WIDTH, BAND.height);
    const below = BAND.top + BAND.height;
    const made: DesignedPage = {
      above: toBand(part(0, BAND.top)),
      own,
      ownBand: toBand(part(BAND.top, BAND.height)),
      below: toBand(part(below, PAGE_HEIGHT - below)),
      turn: sheet.turn,
    };
    designs.set(key, made);
    return made;
  };

  const labelled = (page: DesignedPage, subject: ScanSubject, script: Script): Band => {
    const context = strip.getContext('2d');
    const { labels } = wordsOf(script).handwriting;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(page.own, 0, 0);
    // The strip lies on the same turned sheet.
    context.rotate(page.turn);
    context.fillStyle = '#26241f';
    context.font = font(17, true);
    context.fillText(`${labels.customer}：${subject.customerName}`, LEFT + 8, 36, RIGHT - LEFT - 16);
    context.font = font(15);
    context.fillText(`${labels.number}：${subject.customerNumber}`, LEFT + 8, 68);
    if (subject.documentNumber !== '')
      context.fillText(`${labels.document}：${subject.documentNumber}`, LEFT + 220, 68);
    context.fillText(`${labels.date}：${subject.date}`, RIGHT - 160, 68);
    return toBand(toRows(strip.data(), 0, BAND.height));
  };

  return {
    make(subject, { format, script, pages }) {
      const made = Array.from({ length: pages }, (_, at) => {
        const page = designed(subject.type, script, at, pages);
        return [page.above, at === 0 ? labelled(page, subject, script) : page.ownBand, page.below];
      });
      return format === 'png' && made[0] !== undefined ? pngOf(made[0]) : pdfOf(made);
    },
  };
}
