import { compareNatural, compareText } from '../util/text.ts';
import { type DocumentTypeKey, documentType } from './document-types.ts';

/** What decides a paper's place in the binder (D6, forms-and-standards §6.3). */
export interface CatalogueEntry {
  readonly type: DocumentTypeKey;
  /** Day or partial date of the document; of a contract the day it was signed. Undated papers come last in their type. */
  readonly date: string | null;
  readonly documentNumber?: string | null;
  /** Order of arrival, unique in the dossier (the provisional number): decides when all else is equal. */
  readonly sequence: number;
  /** Of the papers of an export order: its number, and the day it was shipped. */
  readonly exportOrder?: string | null;
  readonly shippedOn?: string | null;
  /** The main paper that this annex, amendment or finding follows. */
  readonly follows?: Omit<CatalogueEntry, 'follows'> | null;
}

type Step = (a: CatalogueEntry, b: CatalogueEntry) => number;

const head = (entry: CatalogueEntry): CatalogueEntry => entry.follows ?? entry;
const isExport = (entry: CatalogueEntry) => (documentType(head(entry).type).perExportOrder ? 1 : 0);

/**
 * Total order of the papers of one dossier: class; export sets after the other papers of their class, by shipment; type; inside
 * the type as the type says (contracts strictly by signing time); then what follows a main paper right behind it.
 */
export function catalogueOrder(a: CatalogueEntry, b: CatalogueEntry): number {
  for (const step of STEPS) {
    const order = step(a, b);
    if (order !== 0) return order;
  }
  return 0;
}

const STEPS: readonly Step[] = [
  (a, b) => documentType(head(a).type).class - documentType(head(b).type).class,
  (a, b) => isExport(a) - isExport(b),
  // Only two papers of export sets are compared by shipment; the step before has told them from the rest.
  (a, b) => (isExport(a) === 0 ? 0 : compareDates(head(a).shippedOn ?? null, head(b).shippedOn ?? null)),
  (a, b) => (isExport(a) === 0 ? 0 : compareNatural(head(a).exportOrder ?? '', head(b).exportOrder ?? '')),
  (a, b) => documentType(head(a).type).order - documentType(head(b).type).order,
  (a, b) => insideType(head(a), head(b)),
  (a, b) => Number(isFollower(a)) - Number(isFollower(b)),
  (a, b) => documentType(a.type).order - documentType(b.type).order,
  (a, b) => insideType(a, b),
];

function isFollower(entry: CatalogueEntry): boolean {
  return entry.follows !== undefined && entry.follows !== null;
}

function insideType(a: CatalogueEntry, b: CatalogueEntry): number {
  const byDate = compareDates(a.date, b.date);
  const byNumber = compareNumbers(a.documentNumber ?? '', b.documentNumber ?? '');
  const ordering = documentType(a.type).ordering;
  if (ordering === 'running') return a.sequence - b.sequence;
  return (ordering === 'number' ? byNumber || byDate : byDate || byNumber) || a.sequence - b.sequence;
}

function compareDates(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareText(a, b);
}

function compareNumbers(a: string, b: string): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  return compareNatural(a, b);
}
