import {
  DEFAULT_BINDING,
  type PlannedVolume,
  spineWidthMm,
  splitIntoVolumes,
  thicknessMm,
} from '../../shared/domain/binding.ts';
import { DOSSIER_CLASSES, type DossierClass } from '../../shared/domain/dossier-classes.ts';
import { referenceCode } from '../../shared/domain/reference-code.ts';
import { DEFAULT_RETENTION, retentionCode } from '../../shared/domain/retention.ts';
import { strictestLevel } from '../../shared/domain/security-levels.ts';
import type { BoundPaper, BoundVolumeData, CatalogueRow } from '../print/print-data.ts';
import { findCustomerById } from '../store/customers.ts';
import { exportOrders, type PaperView, papersToBind } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import { lastVolumeNumber } from '../store/volumes.ts';
import { cardContent, paperFrame } from './card-print.ts';
import type { QueryContext } from './context.ts';
import { inBinderOrder } from './dossiers.ts';
import { scansOf } from './paper-scans.ts';
import { recordText } from './record-texts.ts';
import { readSettings } from './settings.ts';
import { todayOf } from './today.ts';
import { volumeFingerprint } from './volume-fingerprint.ts';

/** What goes into the volumes of a year and class (Y1), before it is set and fixed. */
export interface PlannedBinding {
  readonly year: number;
  readonly class: DossierClass;
  readonly volume: number;
  readonly papers: readonly (PaperView & { readonly pages: number })[];
  readonly pages: number;
  readonly sheets: number;
  readonly spineMillimetres: number;
}

/** Longest paper in a fixed volume's spine scheme; thicker single papers get the widest. */
const WIDEST_SPINE = 50;

/** @param papersOf what there is to bind of a class; read from the archive unless the caller has it already. */
export function planVolumes(
  sql: Reader,
  year: number,
  onlyClass?: number,
  papersOf: (dossierClass: DossierClass) => readonly PaperView[] = (dossierClass) =>
    papersToBind(sql, year, dossierClass),
): PlannedBinding[] {
  const settings = { ...DEFAULT_BINDING, sheetMm: readSettings(sql).sheetMicrometres / 1_000 };
  return DOSSIER_CLASSES.filter((dossierClass) => onlyClass === undefined || dossierClass === onlyClass).flatMap(
    (dossierClass) => {
      const papers = inVolumeOrder(
        sql,
        papersOf(dossierClass).filter((paper) => paper.state === 'inPlace'),
      );
      const first = lastVolumeNumber(sql, year, dossierClass);
      return splitIntoVolumes(
        papers.map((paper) => ({ ...paper, pages: Math.max(1, paper.pages), group: paper.customer_number })),
        settings,
      ).map((planned: PlannedVolume<PaperView & { group: string }>) => ({
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

export function volumeRetention(planned: PlannedBinding): string {
  return retentionCode(DEFAULT_RETENTION[planned.class]);
}

/** The data of one volume for the press. Sealed files are opened one at a time, while it is set. */
export function volumeData(context: QueryContext, planned: PlannedBinding, volumesInClass: number): BoundVolumeData {
  const { sql, archive, actor, clock } = context;
  const settings = readSettings(sql);
  const language = settings.printLanguage;
  const word = (key: string) => recordText(language, key);
  const typeName = (type: string) => word(`documentType.${type}`);
  const codes = planned.papers.map((_, index) => codeInVolume(settings.fonds, planned, index));
  const retention = word(`retention.${volumeRetention(planned)}`);
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
      note: [paper.original === 1 ? word('paper.original') : word('paper.copy'), paper.note]
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
      original: paper.original === 1,
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
  const paperOnly = papers.filter((paper) => paper.scans.length === 0).length;
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
        word('volumeNote.contents')
          .replace('{{papers}}', String(papers.length))
          .replace('{{customers}}', String(customers.length)),
        ...(paperOnly > 0 ? [word('volumeNote.paperOnly').replace('{{papers}}', String(paperOnly))] : []),
      ],
      entries: [],
      arrangedBy: actor.displayName,
      checkedBy: '',
      arrangedOn: todayOf(clock),
    },
    fingerprint,
    auditHead: archive.audit.head().chain,
  };
}

/** Spine for what was really printed: covers, catalogue and cards count too. */
export function printedSpine(sql: Reader, sheets: number): number {
  const settings = { ...DEFAULT_BINDING, sheetMm: readSettings(sql).sheetMicrometres / 1_000 };
  return spineWidthMm(thicknessMm(sheets, settings)) ?? WIDEST_SPINE;
}
