import { AppError } from '../../shared/errors/app-error.ts';
import { qrSvg } from './barcodes.ts';
import type { FontChain } from './fonts.ts';
import type { PageImage } from './page-image.ts';
import { documentData, labelText } from './print-document.ts';
import type { PaperWithoutScans, VolumeWithoutScans } from './print-messages.ts';
import type { MissingGlyph, PageRange } from './print-results.ts';
import { placeScans, withScans } from './scan-embedding.ts';
import type { TypstCompiler } from './typst-compiler.ts';

export interface SetVolume {
  readonly pdf: Uint8Array<ArrayBuffer>;
  readonly pages: number;
  readonly missingGlyphs: readonly MissingGlyph[];
  readonly pageMap: Readonly<Record<string, PageRange>>;
}

/**
 * Typesets a bound volume (Y1, Y2) and puts the scans into it. `images` are the pages of each paper, in the order of
 * the papers; a paper without any gets a sheet that says where it is kept. Throws `INPUT_INVALID` if catalogue and papers do not
 * match, `PRINT_FAILED`.
 */
export function setVolume(
  compiler: TypstCompiler,
  fonts: FontChain,
  volume: VolumeWithoutScans,
  images: readonly (readonly PageImage[])[],
  onPhase: (phase: 'printLayout' | 'printWrite') => void = () => undefined,
): SetVolume {
  refuseMismatch(volume);
  onPhase('printLayout');
  const { data, missing } = documentData(volume, fonts);
  const scans = placeScans(images, (index, page) => {
    const paper = data.papers[index];
    return `${paper?.referenceCode ?? ''} ${paper?.title ?? ''} (${page})`;
  });
  const papers = data.papers.map((paper, index) => ({ ...paper, images: scans.places[index] ?? [] }));
  const title =
    data.title ??
    labelText(data.language, 'volume.title', { year: data.year, name: data.class.name, number: data.volumeNumber });
  const set = compiler.typeset({
    template: 'bound-volume.typ',
    data: {
      ...data,
      title,
      papers,
      cards: data.cards.map((card) => ({ ...card, qr: qrSvg(card.number, 3) })),
      groups: groupsOf(data.papers),
      scanned: papers.filter((paper) => paper.images.length > 0).length,
      codeQr: qrSvg(data.volumeCode),
      sealQr: qrSvg(sealText(volume)),
    },
    files: scans.files,
    createdAt: new Date(volume.printedAt),
  });
  const pageMap = pageMapOf(volume.papers, set.metadata('page-of-paper'));
  onPhase('printWrite');
  return { pdf: withScans(set.pdf, scans.pages), pages: set.pages, missingGlyphs: missing, pageMap };
}

/** What the colophon's QR code says: volume, fingerprint, head of the log; letters that QR codes pack well. */
export function sealText(
  volume: Pick<VolumeWithoutScans, 'volumeCode' | 'fingerprint' | 'auditHead' | 'auditSequence'>,
): string {
  return [
    'DOSSIER-DESK VOLUME',
    volume.volumeCode,
    `SHA256 ${volume.fingerprint.toUpperCase()}`,
    `LOG ${volume.auditSequence} ${volume.auditHead.toUpperCase()}`,
  ].join('\n');
}

function refuseMismatch(volume: VolumeWithoutScans): void {
  const bad = volume.catalogue.findIndex((row, index) => volume.papers[index]?.referenceCode !== row.referenceCode);
  const path = bad >= 0 ? `papers.${bad}.referenceCode` : 'papers';
  const codes = new Set(volume.papers.map((paper) => paper.referenceCode));
  if (bad >= 0 || volume.papers.length !== volume.catalogue.length || codes.size !== volume.papers.length) {
    throw new AppError('INPUT_INVALID', { fields: [{ path, message: 'validation.mismatch' }] });
  }
}

interface Group {
  readonly first: number;
  readonly count: number;
  readonly number: string;
  readonly title: string;
  /** Whether a divider sheet stands before it. */
  readonly divided: boolean;
}

/**
 * Runs of papers with one customer; where customers change at nearly every paper, runs of one document type. Dividers only where a
 * run has two papers on average: otherwise half the volume would be dividers.
 */
function groupsOf(papers: readonly PaperWithoutScans[]): readonly Group[] {
  const byCustomer = runs(
    papers,
    (paper) => paper.customerNumber,
    (paper) => ({ number: paper.customerNumber, title: paper.customerName }),
  );
  if (byCustomer.length * 2 <= papers.length || byCustomer.length === 1)
    return byCustomer.map((group) => ({ ...group, divided: true }));
  const byType = runs(
    papers,
    (paper) => paper.typeName,
    (paper) => ({ number: '', title: paper.typeName }),
  );
  if (byType.length * 2 <= papers.length) return byType.map((group) => ({ ...group, divided: true }));
  return byCustomer.map((group) => ({ ...group, divided: false }));
}

function runs(
  papers: readonly PaperWithoutScans[],
  key: (paper: PaperWithoutScans) => string,
  heading: (paper: PaperWithoutScans) => { number: string; title: string },
): Omit<Group, 'divided'>[] {
  const groups: Omit<Group, 'divided'>[] = [];
  papers.forEach((paper, index) => {
    const last = groups.at(-1);
    const before = papers[index - 1];
    if (last !== undefined && before !== undefined && key(before) === key(paper)) {
      groups[groups.length - 1] = { ...last, count: last.count + 1 };
    } else groups.push({ first: index, count: 1, ...heading(paper) });
  });
  return groups;
}

function pageMapOf(papers: readonly PaperWithoutScans[], marks: readonly unknown[]): Record<string, PageRange> {
  const map: Record<string, PageRange> = {};
  for (const mark of marks as readonly { readonly paper: number; readonly page: number }[]) {
    const code = papers[mark.paper]?.referenceCode ?? '';
    map[code] = { from: map[code]?.from ?? mark.page, to: mark.page };
  }
  return map;
}
