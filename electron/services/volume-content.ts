import { setImmediate as turn } from 'node:timers/promises';
import type { KeptFinding } from '../../shared/domain/archive-year.ts';
import { spineWidthMm, thicknessMm } from '../../shared/domain/binding.ts';
import { referenceCode } from '../../shared/domain/reference-code.ts';
import { strictestLevel } from '../../shared/domain/security-levels.ts';
import type { BoundPaper, BoundVolumeData, CardContent, CatalogueRow } from '../print/print-data.ts';
import { findCustomerById } from '../store/customers.ts';
import { notedActsOfVolume } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import { cardContent, paperFrame } from './card-print.ts';
import type { QueryContext } from './context.ts';
import { scansOf } from './paper-scans.ts';
import { recordText, retentionWords } from './record-texts.ts';
import { readSettings } from './settings.ts';
import { todayOf } from './today.ts';
import { volumeFingerprint } from './volume-fingerprint.ts';
import { closingNotes, custodyNotes } from './volume-notes.ts';
import { type PlannedBinding, papersOfPlan, WIDEST_SPINE, yearArrangement } from './volume-plan.ts';
import type { CustomersOfVolume } from './year-cleaning.ts';

/** What stands in a volume that is set (Y1). */

/** Code of the paper that stands at `index` in the volume. */
export function codeInVolume(
  fonds: string,
  planned: Pick<PlannedBinding, 'class' | 'year' | 'volume'>,
  customerNumber: string,
  index: number,
): string {
  return referenceCode({
    fonds,
    class: planned.class,
    year: planned.year,
    customerNumber,
    volume: planned.volume,
    item: index + 1,
  });
}

export function volumeCode(fonds: string, planned: Pick<PlannedBinding, 'class' | 'year' | 'volume'>): string {
  return `${fonds === '' ? '' : `${fonds}-`}KH·${planned.class}·${planned.year}·${String(planned.volume).padStart(3, '0')}`;
}

/** Papers and cards put together between two turns of the event loop. */
const AT_ONCE = 10;

/** What the cleaning found among the customers of a volume, with what became of it. */
export type FindingsOf = (volume: CustomersOfVolume) => Promise<readonly KeptFinding[]>;

/**
 * The data of one volume for the press. Sealed files are opened one at a time, while it is set.
 * @param findings asked once: printed on the notes sheet
 */
export async function volumeData(
  context: QueryContext,
  planned: PlannedBinding,
  volumesInClass: number,
  findings: FindingsOf,
): Promise<BoundVolumeData> {
  const { sql, archive, actor, clock } = context;
  const settings = readSettings(sql);
  const language = settings.printLanguage;
  const word = (key: string) => recordText(language, key);
  const typeName = (type: string) => word(`documentType.${type}`);
  const bound = papersOfPlan(sql, planned);
  const codes = bound.map((paper, index) => codeInVolume(settings.fonds, planned, paper.customer_number, index));
  const retention = retentionWords(language, planned.retention);
  const catalogue: CatalogueRow[] = [];
  const papers: BoundPaper[] = [];
  for (const [index, paper] of bound.entries()) {
    if (index % AT_ONCE === 0) await turn();
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
  const customers = [...new Set(bound.map((paper) => paper.customer_id))];
  const frame = paperFrame(context, language, 'keeper');
  const cards: CardContent[] = [];
  for (const [index, id] of planned.class === 1 ? customers.entries() : []) {
    if (index % AT_ONCE === 0) await turn();
    const row = findCustomerById(sql, id);
    if (row !== undefined) cards.push(cardContent(frame, row));
  }
  context.signal.throwIfAborted();
  const dates = bound.flatMap((paper) => paper.date ?? []).sort();
  const carried = bound.filter((paper) => paper.carried).length;
  const paperOnly = papers.filter((paper) => paper.scans.length === 0).length;
  const numbers = new Map(bound.map((paper) => [paper.customer_id, paper.customer_number]));
  const among = new Set(numbers.values());
  const ordered = [...numbers].map(([id, number]) => ({ id, number })).sort((a, b) => (a.number < b.number ? -1 : 1));
  const found = await findings({ class: planned.class, customers: ordered });
  const notes = [
    ...custodyNotes(language, among, notedActsOfVolume(sql, planned.year, planned.class, customers)),
    ...closingNotes(language, { class: planned.class, customers: among }, found),
  ];
  const fingerprint = volumeFingerprint(
    sql,
    planned,
    bound.map((paper, index) => ({ ...paper, code: codes[index] ?? paper.code })),
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
    security: word(`option.securityLevel.${strictestLevel(bound.map((paper) => paper.security))}`),
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
