import { DOCUMENT_TYPES, type DocumentType, type DocumentTypeKey } from './document-types.ts';
import type { DossierClass } from './dossier-classes.ts';
import type { CardKind } from './form-fields.ts';

/** What a dossier lacks for its kind of customer (D4, D7). */

export interface FiledPaper {
  readonly type: DocumentTypeKey;
  /** Number of the export order the paper belongs to. */
  readonly exportOrder?: string | null;
  /** A newer paper has taken its place. */
  readonly superseded?: boolean;
  /** Taken out of the dossier, with reason (D7). */
  readonly removed?: boolean;
  /** Last day of validity; `indefinite` and null never expire. */
  readonly validUntil?: string | null;
}

/** A gap that has been explained. It counts only with a reason and a signer. */
export interface PaperWaiver {
  readonly type: DocumentTypeKey;
  readonly exportOrder?: string | null;
  /** `mergedIntoLicence` (併入營業執照) closes the tax registration's gap only. */
  readonly kind: 'notApplicable' | 'mergedIntoLicence';
  readonly reason: string;
  readonly signedBy: string;
}

export interface DossierToCheck {
  readonly kind: CardKind;
  readonly directExport: boolean;
  readonly papers: readonly FiledPaper[];
  /** Numbers of the customer's export orders. Orders named only on papers are checked too. */
  readonly exportOrders: readonly string[];
  readonly waivers: readonly PaperWaiver[];
  /** A credit limit above 0 was granted: its approval form must be there (G3). */
  readonly creditGiven?: boolean;
  /** Papers whose validity ended before this day are gaps; without it validity is not judged. */
  readonly today?: string;
}

export type MissingReason = 'neverFiled' | 'takenOut' | 'superseded' | 'expired';

export interface MissingPaper {
  readonly class: DossierClass;
  readonly type: DocumentTypeKey;
  readonly exportOrder?: string;
  readonly reason: MissingReason;
}

/** The gaps in binder order; for papers of export orders by order number, as given. */
export function missingPapers(dossier: DossierToCheck): readonly MissingPaper[] {
  const orders = dossier.directExport ? exportOrdersOf(dossier) : [];
  const missing: MissingPaper[] = [];
  for (const type of DOCUMENT_TYPES) {
    if (type.perExportOrder || !isDemanded(type, dossier)) continue;
    const reason = gapReason(type, dossier, undefined);
    if (reason !== undefined) missing.push({ class: type.class, type: type.key, reason });
  }
  for (const exportOrder of orders) {
    for (const type of DOCUMENT_TYPES) {
      if (!type.perExportOrder) continue;
      const reason = gapReason(type, dossier, exportOrder);
      if (reason !== undefined) missing.push({ class: type.class, type: type.key, exportOrder, reason });
    }
  }
  return missing.sort((a, b) => a.class - b.class);
}

/** D4: is the set of an export order complete? */
export function isExportOrderComplete(dossier: DossierToCheck, exportOrder: string): boolean {
  return DOCUMENT_TYPES.every((type) => !type.perExportOrder || gapReason(type, dossier, exportOrder) === undefined);
}

function exportOrdersOf(dossier: DossierToCheck): readonly string[] {
  const named = dossier.papers.flatMap((paper) => (paper.exportOrder ? [paper.exportOrder] : []));
  return [...new Set([...dossier.exportOrders, ...named])];
}

function isDemanded(type: DocumentType, dossier: DossierToCheck): boolean {
  if (type.directExportOnly && !dossier.directExport) return false;
  if (type.key === 'creditLimitApproval' && dossier.creditGiven === true) return true;
  const demand = type.demand[dossier.kind];
  if (demand !== 'onceClassInUse') return demand === 'always';
  return dossier.papers.some((paper) => {
    const other = DOCUMENT_TYPES.find((candidate) => candidate.key === paper.type);
    return other?.class === type.class && other.key !== type.key && !other.directExportOnly && paper.removed !== true;
  });
}

function gapReason(
  type: DocumentType,
  dossier: DossierToCheck,
  exportOrder: string | undefined,
): MissingReason | undefined {
  if (dossier.waivers.some((waiver) => closesGap(waiver, type.key, exportOrder))) return undefined;
  const filed = dossier.papers.filter(
    (paper) =>
      (paper.type === type.key || type.satisfiedBy.includes(paper.type)) &&
      (exportOrder === undefined || paper.exportOrder === exportOrder),
  );
  const kept = filed.filter((paper) => paper.removed !== true);
  const current = kept.filter((paper) => paper.superseded !== true);
  if (current.some((paper) => !isExpired(paper, dossier.today))) return undefined;
  if (current.length > 0) return 'expired';
  if (kept.length > 0) return 'superseded';
  return filed.length > 0 ? 'takenOut' : 'neverFiled';
}

function closesGap(waiver: PaperWaiver, type: DocumentTypeKey, exportOrder: string | undefined): boolean {
  if (waiver.type !== type || (waiver.exportOrder ?? undefined) !== exportOrder) return false;
  if (waiver.reason.trim() === '' || waiver.signedBy.trim() === '') return false;
  return waiver.kind === 'notApplicable' || type === 'taxRegistration';
}

function isExpired(paper: FiledPaper, today: string | undefined): boolean {
  // `indefinite` is no day; text that starts with a digit is one.
  return (
    today !== undefined &&
    typeof paper.validUntil === 'string' &&
    /^\d/.test(paper.validUntil) &&
    paper.validUntil < today
  );
}
