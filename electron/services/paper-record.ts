import type { Paper } from '../../shared/contract/dossiers.ts';
import { type DocumentTypeKey, documentType, isDocumentTypeKey } from '../../shared/domain/document-types.ts';
import { paperView } from '../../shared/domain/masks.ts';
import { type MissingPaper, missingPapers } from '../../shared/domain/missing-papers.ts';
import { normaliseReferenceCode } from '../../shared/domain/reference-code.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type AttachmentRow, attachmentsOfPaper } from '../store/attachments.ts';
import type { CustomerRow } from '../store/customers.ts';
import {
  exportOrdersOf,
  filedPapersOf,
  findPaper,
  type PaperView,
  setPaperCounts,
  waiversOf,
} from '../store/papers.ts';
import { textOfPaper } from '../store/scan-readings.ts';
import { type IndexedRecord, indexRecord } from '../store/search-index.ts';
import type { Reader, Writer } from '../store/sql.ts';
import { type StoredValues, valuesOf } from './customer-record.ts';

/** Between a catalogue entry's row and what is shown of it. */

export function getPaper(sql: Reader, code: string): PaperView {
  const row = findPaper(sql, normaliseReferenceCode(code)) ?? findPaper(sql, code.trim());
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'paper', number: code } });
  return row;
}

/** A document type by its key. Throws `INPUT_INVALID` at the field `type`. */
export function typeOf(key: string): ReturnType<typeof documentType> {
  if (!isDocumentTypeKey(key))
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: 'type', message: 'validation.notAnOption', params: { options: '' } }],
    });
  return documentType(key);
}

/** A scan as it is shown with its paper. */
export function scanOf(row: AttachmentRow): Paper['scans'][number] {
  return {
    id: row.id,
    name: row.name,
    mediaType: row.media_type,
    size: row.size,
    pages: row.pages,
    sha256: row.sha256_plain,
    addedAt: row.added_at,
    addedBy: row.added_by,
  };
}

/** A catalogue entry as a role may see it: the one projection for screen, search and print (rule R, `PAPER_VIEWS`). */
export function paperFor(role: Role, row: PaperView, scans: readonly AttachmentRow[]): Paper {
  const shown = wholePaper(row, scans);
  return paperView(role, row.security) === 'full'
    ? shown
    : {
        ...shown,
        documentNumber: '',
        responsible: '',
        note: '',
        exportOrder: null,
        extra: {},
        scans: [],
        withheld: true,
      };
}

function wholePaper(row: PaperView, scans: readonly AttachmentRow[]): Paper {
  return {
    code: row.code,
    customer: row.customer_number,
    customerName: row.customer_name,
    class: row.class,
    type: row.type,
    sequence: row.sequence,
    title: row.title,
    documentNumber: row.document_number,
    responsible: row.responsible,
    date: row.date,
    pages: row.pages,
    original: row.original === 1,
    copies: row.copies,
    medium: row.medium,
    security: row.security,
    retention: row.retention,
    place: row.place,
    note: row.note,
    exportOrder: row.export_order,
    validUntil: row.valid_until,
    extra: JSON.parse(row.extra) as Paper['extra'],
    state: row.destroyed_in === null ? row.state : 'destroyed',
    loan:
      row.loan_number === null || row.loan_borrower === null || row.loan_due === null || row.loan_since === null
        ? null
        : {
            loanNumber: row.loan_number,
            borrower: row.loan_borrower,
            since: row.loan_since,
            due: row.loan_due,
            recalled: row.loan_recalled !== null,
          },
    volume:
      row.volume_year === null || row.volume_class === null || row.volume_number === null
        ? null
        : {
            year: row.volume_year,
            class: row.volume_class,
            number: row.volume_number,
            fromPage: row.from_page ?? 0,
            toPage: row.to_page ?? 0,
          },
    scans: scans.map(scanOf),
    withheld: false,
    addedAt: row.added_at,
    revision: row.revision,
  };
}

export function shownPaper(sql: Reader, role: Role, row: PaperView): Paper {
  return paperFor(role, row, attachmentsOfPaper(sql, row.id));
}

/** Refuses the content of a paper that the role may not see. Throws `ROLE_REFUSED`. */
export function requirePaperContent(role: Role, row: Pick<PaperView, 'security'>): void {
  if (paperView(role, row.security) !== 'full')
    throw new AppError('ROLE_REFUSED', { params: { role, security: row.security } });
}

type IndexedRow = Pick<
  PaperView,
  'id' | 'code' | 'title' | 'document_number' | 'responsible' | 'place' | 'export_order' | 'customer_number'
>;

export function indexedPaper(row: IndexedRow): IndexedRecord {
  return {
    kind: 'paper',
    id: row.id,
    name: row.title,
    body: [row.code, row.document_number, row.responsible, row.place, row.export_order ?? '', row.customer_number],
  };
}

/** Puts a paper into the index with what its scans say; who may not see its content does not find it by that (rule R). */
export function reindexPaper(sql: Writer, row: IndexedRow): void {
  const entry = indexedPaper(row);
  indexRecord(sql, { ...entry, body: [...entry.body, textOfPaper(sql, row.id)] });
}

type Dossier = Pick<CustomerRow, 'id' | 'kind' | 'direct_export' | 'field_values'>;

/** What this customer's dossier lacks (D4, D7). */
export function missingOf(sql: Reader, customer: Dossier, today: string): readonly MissingPaper[] {
  return missingOfMany(sql, [customer], today).get(customer.id) ?? [];
}

/** What the dossiers of these customers lack (D4, D7), by the one rule of the domain. */
export function missingOfMany(
  sql: Reader,
  customers: readonly Dossier[],
  today: string,
): Map<number, readonly MissingPaper[]> {
  const ids = customers.map(({ id }) => id);
  const exporting = customers.filter((customer) => customer.direct_export === 1).map(({ id }) => id);
  const papers = Map.groupBy(filedPapersOf(sql, ids), (row) => row.customer_id);
  const orders = Map.groupBy(exportOrdersOf(sql, exporting), (row) => row.customer_id);
  const waived = Map.groupBy(waiversOf(sql, ids), (row) => row.customer_id);
  return new Map(
    customers.map((customer) => [
      customer.id,
      missingPapers({
        ...demandOf(customer),
        papers: (papers.get(customer.id) ?? []).map((row) => ({
          type: row.type as DocumentTypeKey,
          exportOrder: row.export_order,
          superseded: row.state === 'superseded' || row.superseded === 1,
          removed: row.state === 'removed',
          validUntil: row.valid_until,
        })),
        exportOrders: (orders.get(customer.id) ?? []).map((order) => order.order_number),
        waivers: (waived.get(customer.id) ?? []).map((waiver) => ({
          type: waiver.type as DocumentTypeKey,
          exportOrder: waiver.export_order === '' ? null : waiver.export_order,
          kind: waiver.state,
          reason: waiver.reason,
          signedBy: waiver.by,
        })),
        today,
      }),
    ]),
  );
}

/** What the card itself says about which papers must be there. */
function demandOf(
  customer: Pick<CustomerRow, 'kind' | 'direct_export' | 'field_values'>,
  { creditLimit: limit }: StoredValues = valuesOf(customer),
) {
  const creditGiven = typeof limit === 'object' && limit !== null && 'amount' in limit && Number(limit.amount) > 0;
  return { kind: customer.kind, directExport: customer.direct_export === 1, creditGiven };
}

/** By what the card says: all new cards that say the same lack the same. */
const missingOfNew = new Map<string, number>();

/** How many papers a new card with these values lacks: its dossier is empty. */
export function missingWithoutPapers(
  customer: Pick<CustomerRow, 'kind' | 'direct_export' | 'field_values'>,
  values: StoredValues,
): number {
  const demand = demandOf(customer, values);
  const key = Object.values(demand).join(' ');
  let missing = missingOfNew.get(key);
  if (missing === undefined) {
    missing = missingPapers({ ...demand, papers: [], exportOrders: [], waivers: [] }).length;
    missingOfNew.set(key, missing);
  }
  return missing;
}

/** Keeps the counts on the customer's row in step with the dossier; called after every change of it. */
export function recountDossier(sql: Writer, customer: CustomerRow, today: string): void {
  setPaperCounts(sql, customer.id, missingOf(sql, customer, today).length);
}
