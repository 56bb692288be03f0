import { setImmediate as turn } from 'node:timers/promises';
import { type Arrangement, arrangedVolumes, type KeptFinding, staysValid } from '../../shared/domain/archive-year.ts';
import { type BindingSettings, DEFAULT_BINDING, spineWidthMm, thicknessMm } from '../../shared/domain/binding.ts';
import type { DocumentTypeKey } from '../../shared/domain/document-types.ts';
import { DOSSIER_CLASSES, type DossierClass } from '../../shared/domain/dossier-classes.ts';
import { referenceCode } from '../../shared/domain/reference-code.ts';
import { longestCode } from '../../shared/domain/retention.ts';
import { strictestLevel } from '../../shared/domain/security-levels.ts';
import type { BoundPaper, BoundVolumeData, CatalogueRow } from '../print/print-data.ts';
import { carriesOfYear, findArchiveYear } from '../store/archive-years.ts';
import { findCustomerById } from '../store/customers.ts';
import { exportOrders, notedActsOfVolume, type PaperView, papersToBind, papersToBindAfter } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import { lastVolumeNumber } from '../store/volumes.ts';
import { cardContent, paperFrame } from './card-print.ts';
import type { QueryContext } from './context.ts';
import { inBinderOrder } from './dossiers.ts';
import { scansOf } from './paper-scans.ts';
import { recordText, retentionWords } from './record-texts.ts';
import { readSettings } from './settings.ts';
import { todayOf } from './today.ts';
import { volumeFingerprint } from './volume-fingerprint.ts';
import { closingNotes, custodyNotes } from './volume-notes.ts';

/** A paper on its way into a volume. `carried`: it goes on in the current dossier, and the volume keeps a copy (Y1). */
export type PaperToVolume = PaperView & { readonly carried: boolean };

/** What goes into the volumes of a year and class (Y1), before it is set and fixed. */
export interface PlannedBinding {
  readonly year: number;
  readonly class: DossierClass;
  readonly volume: number;
  readonly papers: readonly PaperToVolume[];
  readonly pages: number;
  readonly sheets: number;
  readonly spineMillimetres: number;
}

/** Longest paper in a fixed volume's spine scheme; thicker single papers get the widest. */
const WIDEST_SPINE = 50;

/** Sheets of a customer's card in front of the basic papers. */
const CARD_SHEETS = 1;

/** How a year is arranged: as decided in its job, else as usual. */
export function yearArrangement(
  sql: Reader,
  year: number,
): { readonly arrangement: Arrangement; readonly binding: BindingSettings; readonly checkedBy: string } {
  const job = findArchiveYear(sql, year);
  if (job === undefined)
    return {
      arrangement: 'customers',
      binding: { ...DEFAULT_BINDING, sheetMm: readSettings(sql).sheetMicrometres / 1_000 },
      checkedBy: '',
    };
  return {
    arrangement: job.arrangement,
    binding: {
      sheetMm: job.sheet_micrometres / 1_000,
      maxThicknessMm: job.max_millimetres,
      coverMm: DEFAULT_BINDING.coverMm,
      doubleSided: job.double_sided === 1,
    },
    checkedBy: job.checked_by,
  };
}

/** Whether a paper of the year goes on in the current dossier: by the rule, unless the keeper decided otherwise. */
export function isCarried(paper: PaperView, year: number, decided: ReturnType<typeof carriesOfYear>): boolean {
  const own = decided.get(paper.id);
  if (own !== undefined) return own.carry === 1;
  return staysValid(
    { type: paper.type as DocumentTypeKey, validUntil: paper.valid_until, superseded: paper.state === 'superseded' },
    year,
  );
}

/** @param papersOf what there is to bind of a class; read from the archive unless the caller has it already. */
export function planVolumes(
  sql: Reader,
  year: number,
  onlyClass?: number,
  papersOf: (dossierClass: DossierClass) => readonly PaperView[] = (dossierClass) =>
    papersToBind(sql, year, dossierClass),
): PlannedBinding[] {
  const { arrangement, binding } = yearArrangement(sql, year);
  const decided = carriesOfYear(sql, year);
  return DOSSIER_CLASSES.filter((dossierClass) => onlyClass === undefined || dossierClass === onlyClass).flatMap(
    (dossierClass) => {
      const papers = inVolumeOrder(
        sql,
        papersOf(dossierClass).filter((paper) => paper.state !== 'lent'),
      );
      const first = lastVolumeNumber(sql, year, dossierClass);
      return arrangedVolumes(
        papers.map((paper) => ({
          ...paper,
          pages: Math.max(1, paper.pages),
          customer: paper.customer_number,
          carried: isCarried(paper, year, decided),
        })),
        arrangement,
        binding,
        dossierClass === 1 ? CARD_SHEETS : 0,
      ).map((planned) => ({
        year,
        class: dossierClass,
        volume: first + planned.volume,
        papers: planned.papers,
        pages: planned.pages,
        sheets: planned.sheets,
        spineMillimetres: planned.spineMm ?? WIDEST_SPINE,
      }));
    },
  );
}

/** Papers read between two turns of the event loop: some milliseconds. */
const PAPERS_AT_ONCE = 500;

/** What there is to bind of a class, as `papersToBind` gives it, while others are answered: a year of a large archive takes seconds to read. */
async function papersInTurns(
  { sql, signal }: Pick<QueryContext, 'sql' | 'signal'>,
  year: number,
  dossierClass: DossierClass,
): Promise<PaperView[]> {
  const papers: PaperView[] = [];
  for (;;) {
    const more = papersToBindAfter(sql, year, dossierClass, papers.at(-1)?.id ?? 0, PAPERS_AT_ONCE);
    papers.push(...more);
    if (more.length < PAPERS_AT_ONCE) break;
    await turn();
    signal.throwIfAborted();
  }
  const number = (paper: PaperView) => paper.customer_number;
  return papers.sort((a, b) => (number(a) < number(b) ? -1 : number(a) > number(b) ? 1 : a.sequence - b.sequence));
}

/** As `planVolumes`, class by class and in turns with whatever else is asked. */
export async function planVolumesInTurns(
  context: Pick<QueryContext, 'sql' | 'signal'>,
  year: number,
  onlyClass?: number,
): Promise<PlannedBinding[]> {
  const planned: PlannedBinding[] = [];
  for (const dossierClass of DOSSIER_CLASSES) {
    if (onlyClass !== undefined && dossierClass !== onlyClass) continue;
    const papers = await papersInTurns(context, year, dossierClass);
    await turn();
    context.signal.throwIfAborted();
    planned.push(...planVolumes(context.sql, year, dossierClass, () => papers));
  }
  return planned;
}

/** Customer by customer, each in the order of the binder. */
function inVolumeOrder(sql: Reader, papers: readonly PaperView[]): PaperView[] {
  return [...Map.groupBy(papers, (paper) => paper.customer_id)].flatMap(([id, ofCustomer]) =>
    inBinderOrder(ofCustomer, ofCustomer.some((paper) => paper.export_order !== null) ? exportOrders(sql, id) : []),
  );
}

export function codeInVolume(fonds: string, planned: PlannedBinding, index: number): string {
  const paper = planned.papers[index];
  return referenceCode({
    fonds,
    class: planned.class,
    year: planned.year,
    customerNumber: paper?.customer_number ?? '',
    volume: planned.volume,
    item: index + 1,
  });
}

export function volumeCode(fonds: string, planned: Pick<PlannedBinding, 'class' | 'year' | 'volume'>): string {
  return `${fonds === '' ? '' : `${fonds}-`}KH·${planned.class}·${planned.year}·${String(planned.volume).padStart(3, '0')}`;
}

/** A volume is kept as long as the paper in it that is kept longest. */
export function volumeRetention(planned: PlannedBinding): string {
  return longestCode(planned.papers.map((paper) => paper.retention));
}

/**
 * The data of one volume for the press. Sealed files are opened one at a time, while it is set.
 * @param findings what the cleaning found in the year, with what became of it: printed on the notes sheet
 */
export function volumeData(
  context: QueryContext,
  planned: PlannedBinding,
  volumesInClass: number,
  findings: readonly KeptFinding[],
): BoundVolumeData {
  const { sql, archive, actor, clock } = context;
  const settings = readSettings(sql);
  const language = settings.printLanguage;
  const word = (key: string) => recordText(language, key);
  const typeName = (type: string) => word(`documentType.${type}`);
  const codes = planned.papers.map((_, index) => codeInVolume(settings.fonds, planned, index));
  const retention = retentionWords(language, volumeRetention(planned));
  const catalogue: CatalogueRow[] = [];
  const papers: BoundPaper[] = [];
  for (const [index, paper] of planned.papers.entries()) {
    const code = codes[index] ?? paper.code;
    catalogue.push({
      sequence: index + 1,
      referenceCode: code,
      documentNo: paper.document_number,
      responsible: paper.responsible,
      title: paper.title,
      date: paper.date ?? '',
      security: word(`option.securityLevel.${paper.security}`),
      pages: paper.pages,
      note: [
        paper.carried ? word('paper.carried') : paper.original === 1 ? word('paper.original') : word('paper.copy'),
        ...(paper.state === 'superseded' ? [word('paper.superseded')] : []),
        paper.note,
      ]
        .filter((text) => text !== '')
        .join('；'),
      retention,
    });
    papers.push({
      referenceCode: code,
      title: paper.title,
      customerNumber: paper.customer_number,
      customerName: paper.customer_name,
      typeName: typeName(paper.type),
      date: paper.date ?? '',
      scans: scansOf(sql, archive, paper),
      original: paper.original === 1 && !paper.carried,
      pages: paper.pages,
      place: paper.place,
    });
  }
  // Cards stand at the head of the basic papers: they are what a customer's other papers refer to.
  const customers = [...new Set(planned.papers.map((paper) => paper.customer_id))];
  const frame = paperFrame(context, language, 'keeper');
  const cards =
    planned.class === 1
      ? customers.flatMap((id) => findCustomerById(sql, id) ?? []).map((row) => cardContent(frame, row))
      : [];
  const dates = planned.papers.flatMap((paper) => paper.date ?? []).sort();
  const carried = planned.papers.filter((paper) => paper.carried).length;
  const paperOnly = papers.filter((paper) => paper.scans.length === 0).length;
  const among = new Set(planned.papers.map((paper) => paper.customer_number));
  const notes = [
    ...custodyNotes(language, among, notedActsOfVolume(sql, planned.year, planned.class, customers)),
    ...closingNotes(language, { class: planned.class, customers: among }, findings),
  ];
  const fingerprint = volumeFingerprint(
    sql,
    planned,
    planned.papers.map((paper, index) => ({ ...paper, code: codes[index] ?? paper.code })),
  );
  return {
    institution: settings.institution === '' ? archive.name : settings.institution,
    language,
    profile: settings.pageNumberCorner === 'upper' ? 'mainland' : 'taiwan',
    printedBy: actor.displayName,
    printedAt: clock.now().toISOString(),
    auditSequence: archive.audit.size(),
    practice: archive.practice,
    year: planned.year,
    class: { number: planned.class, name: word(`dossierClass.${planned.class}`) },
    volumeNumber: planned.volume,
    volumesInClass,
    volumeCode: volumeCode(settings.fonds, planned),
    from: dates[0] ?? '',
    to: dates.at(-1) ?? '',
    retention,
    security: word(`option.securityLevel.${strictestLevel(planned.papers.map((paper) => paper.security))}`),
    catalogue,
    cards,
    papers,
    notes: {
      statements: [
        word(`volumeNote.contents.${yearArrangement(sql, planned.year).arrangement}`)
          .replace('{{papers}}', String(papers.length))
          .replace('{{customers}}', String(customers.length)),
        ...(paperOnly > 0 ? [word('volumeNote.paperOnly').replace('{{papers}}', String(paperOnly))] : []),
        ...(carried > 0
          ? [
              word('volumeNote.carried')
                .replace('{{papers}}', String(carried))
                .replace('{{year}}', String(planned.year + 1)),
            ]
          : []),
      ],
      entries: notes,
      arrangedBy: actor.displayName,
      checkedBy: yearArrangement(sql, planned.year).checkedBy,
      arrangedOn: todayOf(clock),
    },
    fingerprint,
    auditHead: archive.audit.head().chain,
  };
}

/** Spine for what was really printed: covers, catalogue and cards count too. */
export function printedSpine(sql: Reader, year: number, sheets: number): number {
  return spineWidthMm(thicknessMm(sheets, yearArrangement(sql, year).binding)) ?? WIDEST_SPINE;
}
