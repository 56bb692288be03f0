import { code128Svg, qrSvg } from './barcodes.ts';
import type { FontChain } from './fonts.ts';
import type { PageImage } from './page-image.ts';
import type { PrintFormData, PrintFormName } from './print-data.ts';
import { documentData } from './print-document.ts';
import type { FormJob } from './print-messages.ts';
import type { PrintedForm } from './print-results.ts';
import { placeScans, withScans } from './scan-embedding.ts';
import { signatureSvg } from './signature.ts';
import type { TypstCompiler } from './typst-compiler.ts';

interface PrintForm<D> {
  readonly template: string;
  /** Drawings and figures that the template cannot make itself. */
  readonly extras?: (data: D) => Readonly<Record<string, unknown>>;
}

/** The print kit: one data shape (print-data.ts) and one template for each form. */
export const printForms: { readonly [N in PrintFormName]: PrintForm<PrintFormData[N]> } = {
  card: { template: 'card.typ', extras: (data) => ({ qr: qrSvg(data.number) }) },
  loanForm: {
    template: 'loan-form.typ',
    extras: (data) => ({
      drawings: data.sheets.map((sheet) => ({
        barcode: sheet.formNumber === '' ? null : code128Svg(sheet.formNumber),
        signature: sheet.signature.length === 0 ? null : signatureSvg(sheet.signature),
        returnSignature: sheet.returnSignature.length === 0 ? null : signatureSvg(sheet.returnSignature),
      })),
    }),
  },
  loanNotice: { template: 'loan-notice.typ' },
  breachFile: { template: 'breach-file.typ' },
  dossierLabel: {
    template: 'dossier-label.typ',
    extras: (data) => ({ qr: qrSvg(data.customer.number), barcode: code128Svg(data.customer.number) }),
  },
  catalogue: { template: 'catalogue.typ' },
  recoverySheet: { template: 'recovery-sheet.typ', extras: (data) => ({ qr: qrSvg(data.recoveryKey) }) },
  officeHandover: { template: 'office-handover.typ' },
  tableReport: { template: 'table-report.typ' },
  analysis: { template: 'analysis.typ' },
  sheets: {
    template: 'sheets.typ',
    extras: (data) => ({
      sheets: data.sheets.map((sheet) => ({ ...sheet, qr: sheet.code === '' ? null : qrSvg(sheet.code) })),
    }),
  },
  issuedCopy: {
    template: 'issued-copy.typ',
    extras: (data) => ({
      qr: qrSvg(data.copyNumber),
      cards: data.cards.map((card) => ({ ...card, qr: qrSvg(card.number, 3) })),
    }),
  },
  scannedPapers: { template: 'scanned-papers.typ' },
  copyReceipt: { template: 'copy-receipt.typ', extras: (data) => ({ barcode: code128Svg(data.copyNumber) }) },
  agreementForm: { template: 'agreement-form.typ' },
  copyRecall: { template: 'copy-recall.typ' },
  spineLabels: {
    template: 'spine-labels.typ',
    extras: (data) => ({ spines: data.spines.map((spine) => ({ ...spine, qr: qrSvg(spine.code, 3) })) }),
  },
  notesSheet: { template: 'notes-sheet.typ', extras: (data) => ({ qr: qrSvg(data.code) }) },
  disposalList: { template: 'disposal-list.typ' },
  manual: { template: 'manual.typ' },
  labelSheet: {
    template: 'label-sheet.typ',
    extras: (data) => ({
      items: data.items.map((item) => ({ ...item, qr: item.code === '' ? null : qrSvg(item.code, 3) })),
    }),
  },
};

/** Typesets one form of the print kit; `images` are the pages of its papers' scans where it has any. Throws `PRINT_FAILED`. */
export function setForm(
  compiler: TypstCompiler,
  fonts: FontChain,
  job: FormJob,
  images: readonly (readonly PageImage[])[] = [],
): Omit<PrintedForm, 'pdf'> & { readonly pdf: Uint8Array } {
  const { template, extras } = printForms[job.name] as PrintForm<FormJob['data']>;
  const { data, missing } = documentData(job.data, fonts);
  const scans = placeScans(images, (paper, page) => `${paper + 1}-${page}`);
  const set = compiler.typeset({
    template,
    data: { ...data, ...extras?.(job.data), images: scans.places },
    files: scans.files,
    createdAt: new Date(job.data.printedAt),
  });
  const pdf = scans.pages.length === 0 ? set.pdf : withScans(set.pdf, scans.pages);
  return { pdf, pages: set.pages, missingGlyphs: missing };
}
