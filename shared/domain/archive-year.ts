import { type BindingSettings, type PaperToBind, sheetsOf, type VolumeFiller, volumeFiller } from './binding.ts';
import { type DocumentTypeKey, documentType } from './document-types.ts';
import type { DossierClass } from './dossier-classes.ts';
import type { MissingPaper } from './missing-papers.ts';

/**
 * The archive year (Y1): what must be looked at before a year is bound, what stays in the current dossier, and how the papers of a
 * class are arranged in volumes (forms-and-standards §7.6).
 */

/** What a cleaning looks for, the weightiest first. Labels: `yearFinding.<kind>`. */
export const CLEANING_KINDS = [
  'openLoan',
  'exportSet',
  'missingPaper',
  'misfiled',
  'duplicate',
  'expiredRetention',
  'withoutDate',
  'uncounted',
] as const;
export type CleaningKind = (typeof CLEANING_KINDS)[number];

/** Why a paper seems to lie in the wrong place. */
export type MisfilingReason = 'exportTypeOfDomestic' | 'sameNumberElsewhere' | 'afterFiling';

export interface CleaningFinding {
  readonly kind: CleaningKind;
  /** Stable while the matter lasts: the same matter found again has the same key. */
  readonly key: string;
  readonly class: DossierClass;
  /** Code of the paper or of the volume; number of the customer for what is missing. */
  readonly subject: string;
  readonly customer: string;
  readonly title: string;
  /** Document types (`packingList,inspectionReport`), a misfiling's reason, the other paper's code, borrower and day. */
  readonly detail: string;
}

export interface PaperToClean {
  readonly id: number;
  readonly code: string;
  readonly customer: string;
  readonly class: DossierClass;
  readonly type: DocumentTypeKey;
  readonly title: string;
  readonly date: string | null;
  readonly documentNumber: string;
  readonly pages: number;
  /** Day on which it was filed. */
  readonly filedOn: string;
  readonly directExport: boolean;
  /** Borrower and due day while it is out. */
  readonly lentTo: string | null;
  /** The paper before it in the order of the binder that is the same: by a scan, or by type, number and day in one dossier. */
  readonly doubleOf: { readonly id: number; readonly code: string } | null;
  /** Code of a paper of another customer with the same type and document number. */
  readonly numberElsewhere: string | null;
}

export interface DossierGaps {
  readonly customer: string;
  readonly name: string;
  readonly gaps: readonly MissingPaper[];
}

export interface DueForDisposal {
  readonly code: string;
  readonly class: DossierClass;
  readonly title: string;
  readonly endedOn: string;
}

function misfiling(paper: PaperToClean): MisfilingReason | undefined {
  if (documentType(paper.type).directExportOnly && !paper.directExport) return 'exportTypeOfDomestic';
  if (paper.numberElsewhere !== null) return 'sameNumberElsewhere';
  // A partial date counts as its first day: only what is certain is reported.
  if (paper.date !== null && paper.date > paper.filedOn) return 'afterFiling';
  return undefined;
}

/** What should be settled or explained of a loose paper before its year is bound (Y1). */
export function findingsOfPaper(paper: PaperToClean): readonly CleaningFinding[] {
  const found: CleaningFinding[] = [];
  const add = (kind: CleaningKind, detail = '', key = '') =>
    found.push({
      kind,
      key: `${kind}:${paper.id}${key === '' ? '' : `:${key}`}`,
      class: paper.class,
      subject: paper.code,
      customer: paper.customer,
      title: paper.title,
      detail,
    });
  if (paper.lentTo !== null) add('openLoan', paper.lentTo, paper.lentTo);
  const reason = misfiling(paper);
  if (reason !== undefined)
    add('misfiled', reason === 'sameNumberElsewhere' ? `${reason}:${paper.numberElsewhere ?? ''}` : reason, reason);
  if (paper.doubleOf !== null) add('duplicate', paper.doubleOf.code, String(paper.doubleOf.id));
  if (paper.date === null) add('withoutDate');
  if (paper.pages < 1) add('uncounted');
  return found;
}

/** What a dossier lacks: each paper by itself, those of an export order together (D4). */
export function findingsOfDossier(dossier: DossierGaps): readonly CleaningFinding[] {
  const found: CleaningFinding[] = [];
  const of = { subject: dossier.customer, customer: dossier.customer };
  const orders = new Map<string, MissingPaper[]>();
  for (const gap of dossier.gaps) {
    if (gap.exportOrder !== undefined) {
      orders.set(gap.exportOrder, [...(orders.get(gap.exportOrder) ?? []), gap]);
      continue;
    }
    found.push({
      kind: 'missingPaper',
      key: `missingPaper:${dossier.customer}:${gap.type}`,
      class: gap.class,
      ...of,
      title: dossier.name,
      detail: gap.type,
    });
  }
  for (const [order, gaps] of orders)
    found.push({
      kind: 'exportSet',
      key: `exportSet:${dossier.customer}:${order}`,
      class: gaps[0]?.class ?? 4,
      ...of,
      title: `${dossier.name} · ${order}`,
      detail: gaps.map((gap) => gap.type).join(','),
    });
  return found;
}

/** A volume whose retention has ended: the yearly cleaning asks what becomes of it (§7.9). */
export function findingOfVolume(volume: DueForDisposal): CleaningFinding {
  return {
    kind: 'expiredRetention',
    key: `expiredRetention:${volume.code}`,
    class: volume.class,
    subject: volume.code,
    customer: '',
    title: volume.title,
    detail: volume.endedOn,
  };
}

/** `open`: to be dealt with · `explained`: left as it is, with a reason · `settled`: no longer so. */
export type FindingState = 'open' | 'explained' | 'settled';

/** What the archive has kept of a finding. An explanation counts only with its reason. */
export interface KeptFinding extends CleaningFinding {
  readonly reason: string;
  readonly at: string | null;
  readonly by: string;
}

export interface StandingFinding extends KeptFinding {
  readonly state: FindingState;
}

/** How what is found now stands, beside what was kept of it before: only a reason explains. */
export function standingFinding(
  finding: CleaningFinding,
  before: Pick<KeptFinding, 'reason' | 'at' | 'by'> | undefined,
): StandingFinding {
  if (before === undefined || before.reason.trim() === '')
    return { ...finding, state: 'open', reason: '', at: null, by: '' };
  return { ...finding, state: 'explained', reason: before.reason, at: before.at, by: before.by };
}

/**
 * How what was found before and is no longer so stands. What was explained stays explained: when its papers are bound it is no longer
 * found, and was not settled.
 */
export function goneFinding(kept: KeptFinding): StandingFinding {
  return { ...kept, state: kept.reason.trim() === '' ? 'settled' : 'explained' };
}

/** Basic papers whose force does not end with the year: they go on in the current dossier, and the volume keeps a copy (Y1). */
const LASTING: readonly DocumentTypeKey[] = ['businessLicence', 'taxRegistration', 'powerOfAttorney', 'marketStandard'];

/** Whether a paper of this year is carried forward: a basic paper that nothing has superseded and that is still valid when the year is over. */
export function staysValid(
  paper: {
    readonly type: DocumentTypeKey;
    readonly validUntil: string | null;
    readonly superseded: boolean;
  },
  year: number,
): boolean {
  if (paper.superseded || !LASTING.includes(paper.type)) return false;
  return (
    paper.validUntil === null ||
    !/^\d/.test(paper.validUntil) ||
    paper.validUntil > `${String(year).padStart(4, '0')}-12-31`
  );
}

/**
 * How the papers of a class stand in its volumes. `customers`: customer after customer, each in the order of the binder ·
 * `customerVolumes`: the same, and each customer begins a volume · `running`: by running number of filing, through all customers.
 */
export const ARRANGEMENTS = ['customers', 'customerVolumes', 'running'] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

export interface PaperToArrange extends PaperToBind {
  /** What tells the customer from others: number or id. */
  readonly customer: string | number;
}

/** Divider in front of a customer's papers, and one page of the catalogue for about twenty papers, printed on both sides. */
const DIVIDER_SHEETS = 1;
const PAPERS_A_CATALOGUE_SHEET = 40;

/**
 * Whether dividers stand between the customers of a class: only where a customer has two papers on average.
 * @param runs papers that follow one of another customer, the first among them
 */
export const hasDividers = ({ papers, runs }: { readonly papers: number; readonly runs: number }): boolean =>
  runs * 2 <= papers || runs === 1;

/**
 * The volumes of a class (Y1): divided by thickness; dividers, cards and catalogue take room too. Papers come in the order of the arrangement:
 * customer by customer, each in the order of the binder, or by running number of filing.
 * @param cardSheets sheets of a customer's card in front of the papers; 0 for classes without cards
 */
export function volumeArranger<Paper extends PaperToArrange>(
  arrangement: Arrangement,
  settings: BindingSettings,
  { dividers, cardSheets }: { readonly dividers: boolean; readonly cardSheets: number },
): VolumeFiller<Paper, Paper & { readonly sheets: number }> {
  const filler = volumeFiller<Paper & { readonly sheets: number }>(settings);
  let before: Paper['customer'] | undefined;
  let placed = 0;
  /** Customers whose card stands already; where customer follows customer, the one before tells. */
  const carded = new Set<Paper['customer']>();
  return {
    add(paper) {
      const begins = paper.customer !== before;
      const isCarded = arrangement === 'running' ? carded.has(paper.customer) : !begins;
      if (arrangement === 'running' && cardSheets > 0) carded.add(paper.customer);
      before = paper.customer;
      placed += 1;
      const sheets =
        (paper.sheets ?? sheetsOf(paper.pages, settings.doubleSided)) +
        (begins && dividers ? DIVIDER_SHEETS : 0) +
        (isCarded ? 0 : cardSheets) +
        (placed % PAPERS_A_CATALOGUE_SHEET === 0 ? 1 : 0);
      const full = begins && arrangement === 'customerVolumes' ? filler.close() : [];
      const group = arrangement === 'running' ? paper.group : (paper.group ?? String(paper.customer));
      return [...full, ...filler.add({ ...paper, sheets, ...(group === undefined ? {} : { group }) })];
    },
    close: () => filler.close(),
  };
}
