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
  /** SHA-256 of its scans. */
  readonly scans: readonly string[];
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

export interface YearToClean {
  /** The papers of the year that are not yet bound, in the order of the binder. */
  readonly papers: readonly PaperToClean[];
  readonly dossiers: readonly DossierGaps[];
  readonly due: readonly DueForDisposal[];
}

function misfiling(paper: PaperToClean): MisfilingReason | undefined {
  if (documentType(paper.type).directExportOnly && !paper.directExport) return 'exportTypeOfDomestic';
  if (paper.numberElsewhere !== null) return 'sameNumberElsewhere';
  // A partial date counts as its first day: only what is certain is reported.
  if (paper.date !== null && paper.date > paper.filedOn) return 'afterFiling';
  return undefined;
}

/** For each paper the one before it with the same content, or the same type, number and day in the same dossier. */
function doubles(papers: readonly PaperToClean[]): readonly { paper: PaperToClean; of: PaperToClean }[] {
  const seen = new Map<string, PaperToClean>();
  const found: { paper: PaperToClean; of: PaperToClean }[] = [];
  for (const paper of papers) {
    const keys = paper.scans.map((hash) => `scan|${hash}`);
    if (paper.documentNumber !== '')
      keys.push(`number|${paper.customer}|${paper.type}|${paper.documentNumber}|${paper.date ?? ''}`);
    const of = keys.map((key) => seen.get(key)).find((other) => other !== undefined);
    if (of !== undefined) found.push({ paper, of });
    for (const key of keys) if (!seen.has(key)) seen.set(key, paper);
  }
  return found;
}

/** Everything that should be settled or explained before the year is bound (Y1): by kind, inside a kind in the order given. */
export function cleaningFindings(year: YearToClean): readonly CleaningFinding[] {
  const ofPaper = (kind: CleaningKind, paper: PaperToClean, detail = '', key = ''): CleaningFinding => ({
    kind,
    key: `${kind}:${paper.id}${key === '' ? '' : `:${key}`}`,
    class: paper.class,
    subject: paper.code,
    customer: paper.customer,
    title: paper.title,
    detail,
  });
  const found: CleaningFinding[] = [];
  for (const paper of year.papers) {
    if (paper.lentTo !== null) found.push(ofPaper('openLoan', paper, paper.lentTo, paper.lentTo));
    const reason = misfiling(paper);
    if (reason !== undefined)
      found.push(
        ofPaper(
          'misfiled',
          paper,
          reason === 'sameNumberElsewhere' ? `${reason}:${paper.numberElsewhere ?? ''}` : reason,
          reason,
        ),
      );
    if (paper.date === null) found.push(ofPaper('withoutDate', paper));
    if (paper.pages < 1) found.push(ofPaper('uncounted', paper));
  }
  for (const { paper, of } of doubles(year.papers)) found.push(ofPaper('duplicate', paper, of.code, String(of.id)));
  for (const dossier of year.dossiers) {
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
        subject: dossier.customer,
        customer: dossier.customer,
        title: dossier.name,
        detail: gap.type,
      });
    }
    for (const [order, gaps] of orders)
      found.push({
        kind: 'exportSet',
        key: `exportSet:${dossier.customer}:${order}`,
        class: gaps[0]?.class ?? 4,
        subject: dossier.customer,
        customer: dossier.customer,
        title: `${dossier.name} · ${order}`,
        detail: gaps.map((gap) => gap.type).join(','),
      });
  }
  for (const volume of year.due)
    found.push({
      kind: 'expiredRetention',
      key: `expiredRetention:${volume.code}`,
      class: volume.class,
      subject: volume.code,
      customer: '',
      title: volume.title,
      detail: volume.endedOn,
    });
  return found.sort((a, b) => CLEANING_KINDS.indexOf(a.kind) - CLEANING_KINDS.indexOf(b.kind));
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

/**
 * How a year stands: what is found now, with the explanations kept, and behind it what was found before and is no longer so. What was
 * explained stays explained: when its papers are bound it is no longer found, and was not settled.
 */
export function standingFindings(
  live: readonly CleaningFinding[],
  kept: readonly KeptFinding[],
): readonly StandingFinding[] {
  const byKey = new Map(kept.map((finding) => [finding.key, finding]));
  const now = new Set(live.map((finding) => finding.key));
  const present = live.map((finding): StandingFinding => {
    const before = byKey.get(finding.key);
    const explained = before !== undefined && before.reason.trim() !== '';
    return {
      ...finding,
      state: explained ? 'explained' : 'open',
      reason: explained ? before.reason : '',
      at: explained ? before.at : null,
      by: explained ? before.by : '',
    };
  });
  const gone = kept
    .filter((finding) => !now.has(finding.key))
    .map((finding): StandingFinding => ({ ...finding, state: finding.reason.trim() === '' ? 'settled' : 'explained' }));
  return [...present, ...gone];
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
