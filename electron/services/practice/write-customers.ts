import { documentType } from '../../../shared/domain/document-types.ts';
import { STANDARD_FORMS } from '../../../shared/domain/form-fields.ts';
import { provisionalCode } from '../../../shared/domain/reference-code.ts';
import { DEFAULT_RETENTION, retentionCode } from '../../../shared/domain/retention.ts';
import type { SecurityLevel } from '../../../shared/domain/security-levels.ts';
import { addMonths } from '../../../shared/util/days.ts';
import { type CustomerRow, insertChange, insertCustomer, registerNumbers } from '../../store/customers.ts';
import { insertExportOrder, insertPaper, insertPaperAct, type PaperRow, setWaiver } from '../../store/papers.ts';
import { indexNewRecord } from '../../store/search-index.ts';
import type { Writer } from '../../store/sql.ts';
import { insertVisit } from '../../store/visits.ts';
import { keepKeys } from '../customer-keys.ts';
import { derivedColumns, indexedCustomer, isLate, packConfirmation } from '../customer-record.ts';
import { recordIntelligence } from '../intelligence-record.ts';
import { indexedPaper } from '../paper-record.ts';
import { dayOf } from '../today.ts';
import type { PlannedPaper } from './dossier-plan.ts';
import type { PlannedScan } from './planned-scan.ts';
import type { PracticeCustomer } from './practice-customer.ts';
import { factAges, type MattersFrame, writeCardMatters } from './write-card-matters.ts';
import { writeDealings } from './write-dealings.ts';

/** Who and by which rules the rows are written. */
export interface WritingFrame {
  /** The desk's day. */
  readonly today: string;
  readonly keeper: { readonly login: string; readonly displayName: string };
  readonly settings: { readonly latenessHours: number; readonly revisionMonths: number; readonly fonds: string };
  /** Ids of the salespeople in the staff directory. */
  readonly salespeople: readonly number[];
  /** Null in a large archive: its cards are many, not interesting. */
  readonly matters: MattersFrame | null;
}

/** A paper as written, for scans and loans. */
export interface WrittenPaper {
  readonly id: number;
  readonly code: string;
  /** Number in the customer's dossier. */
  readonly sequence: number;
  readonly title: string;
  readonly type: PlannedPaper['type'];
  readonly documentNumber: string;
  readonly date: string;
  readonly pages: number;
  readonly security: SecurityLevel;
  readonly filedOn: string;
  readonly customerNumber: string;
  readonly customerName: string;
  readonly scan: PlannedScan | null;
  /** A copy in its place: may be lent (L3). */
  readonly mayBeLent: boolean;
  /** An original in its place: read in the room only. */
  readonly original: boolean;
}

/** Writes one customer with everything of it, inside the caller's transaction. */
export function writeCustomer(
  sql: Writer,
  frame: WritingFrame,
  customer: PracticeCustomer,
  auditSequence: number,
): WrittenPaper[] {
  const { keeper, settings } = frame;
  const { values, kind, number, dossier } = customer;
  registerNumbers(sql, [{ number, kind, sequence: customer.sequence, at: customer.createdAt, by: keeper.login }]);
  const row: Omit<CustomerRow, 'id'> = {
    number,
    kind,
    status: customer.status,
    tier: customer.tier,
    ...derivedColumns(kind, values),
    confirmations:
      frame.matters === null
        ? packConfirmation(Object.keys(values), {
            at: customer.updatedAt,
            by: keeper.displayName,
            evidence: customer.evidence,
          })
        : factAges(frame.matters.seed, customer, keeper.displayName),
    papers: dossier.papers.length,
    missing_papers: dossier.missing,
    late: isLate(customer.visitedAt, customer.updatedAt, settings.latenessHours) ? 1 : 0,
    visited_at: customer.visitedAt,
    created_at: customer.createdAt,
    created_by: keeper.displayName,
    updated_at: customer.updatedAt,
    updated_by: keeper.displayName,
    reviewed_on: customer.reviewedOn,
    review_due: addMonths(customer.reviewedOn, settings.revisionMonths),
    revision: customer.changes.length === 0 ? 1 : 2,
    import_id: null,
  };
  const id = insertCustomer(sql, row);
  indexNewRecord(sql, indexedCustomer(id, row, values));
  if (frame.matters !== null) writeCardMatters(sql, frame.matters, customer, id);
  keepKeys(sql, id, kind, { before: null, after: values, forms: STANDARD_FORMS });
  if ('competitors' in values || 'projects' in values) recordIntelligence(sql, id, values);
  for (const visit of customer.visits)
    insertVisit(sql, {
      customer_id: id,
      staff_id: frame.salespeople[visit.salesperson] ?? 1,
      visited_at: visit.visitedAt,
      method: visit.method,
      purpose: visit.purpose,
      content: visit.content,
      result: visit.result,
      recorded_at: visit.visitedAt,
      recorded_by: keeper.displayName,
      report_id: null,
      line: 0,
      day: dayOf(new Date(visit.visitedAt)),
      ended_at: null,
      details: '{}',
    });
  for (const change of customer.changes)
    insertChange(sql, {
      customer_id: id,
      revision: 2,
      at: change.at,
      by: keeper.displayName,
      field: change.field,
      from_value: JSON.stringify(change.from),
      to_value: JSON.stringify(change.to),
      evidence: change.evidence,
      audit_sequence: auditSequence,
    });
  const written = writeDossier(sql, frame, customer, id, row.name);
  writeDealings(sql, customer.dealings, id, {
    keeper: keeper.displayName,
    salespeople: frame.salespeople,
    today: frame.today,
  });
  return written;
}

function writeDossier(
  sql: Writer,
  frame: WritingFrame,
  { number, dossier }: PracticeCustomer,
  customerId: number,
  customerName: string,
): WrittenPaper[] {
  const { keeper } = frame;
  const orders = new Map<string, number>();
  for (const order of dossier.exportOrders)
    orders.set(
      order.number,
      insertExportOrder(sql, {
        customer_id: customerId,
        order_number: order.number,
        date: order.date,
        description: order.description,
      }),
    );
  for (const waiver of dossier.waivers)
    setWaiver(sql, {
      customer_id: customerId,
      type: waiver.type,
      export_order: '',
      state: waiver.state,
      reason: waiver.reason,
      at: `${waiver.at}T02:00:00.000Z`,
      by: keeper.displayName,
    });
  const written: WrittenPaper[] = [];
  const write = (at: number) => {
    const paper = dossier.papers[at];
    if (paper === undefined) return;
    const newer = paper.supersededBy === null ? undefined : written[paper.supersededBy];
    written[at] = writePaper(sql, frame, { paper, at, newer, customerId, customerName, number, orders });
  };
  // A paper that took another one's place is there first: the older row names it.
  const last = (at: number) => dossier.papers[at]?.supersededBy !== null;
  const positions = dossier.papers.map((_, at) => at);
  for (const at of positions) if (!last(at)) write(at);
  for (const at of positions) if (last(at)) write(at);
  return written;
}

interface PaperToWrite {
  readonly paper: PlannedPaper;
  /** Position in the dossier, from 0. */
  readonly at: number;
  readonly newer: WrittenPaper | undefined;
  readonly customerId: number;
  readonly customerName: string;
  readonly number: string;
  readonly orders: ReadonlyMap<string, number>;
}

function writePaper(sql: Writer, { keeper, settings }: WritingFrame, given: PaperToWrite): WrittenPaper {
  const { paper, at, newer, customerId, customerName, number, orders } = given;
  const type = documentType(paper.type);
  const code = provisionalCode({ fonds: settings.fonds, class: type.class, customerNumber: number, loose: at + 1 });
  const filed = `${paper.date}T0${(at % 8) + 1}:15:00.000Z`;
  const row: Omit<PaperRow, 'id'> = {
    code,
    customer_id: customerId,
    class: type.class,
    type: paper.type,
    sequence: at + 1,
    title: paper.title,
    document_number: paper.documentNumber,
    responsible: paper.responsible,
    date: paper.date,
    year: Number(paper.date.slice(0, 4)),
    pages: paper.pages,
    original: paper.original ? 1 : 0,
    copies: paper.copies,
    medium: paper.scan === null ? 'paper' : 'scan',
    security: paper.security,
    retention: retentionCode(DEFAULT_RETENTION[type.class]),
    place: paper.place,
    note: paper.note,
    export_order_id: paper.exportOrder === null ? null : (orders.get(paper.exportOrder) ?? null),
    valid_until: paper.validUntil,
    extra: JSON.stringify(paper.extra),
    state: newer === undefined ? 'inPlace' : 'superseded',
    superseded_by: newer?.id ?? null,
    volume_id: null,
    from_page: null,
    to_page: null,
    added_at: filed,
    added_by: keeper.displayName,
    revision: newer === undefined ? 1 : 2,
  };
  const id = insertPaper(sql, row);
  const act = { paper_id: id, by: keeper.displayName };
  insertPaperAct(sql, { ...act, at: filed, act: 'filed', reason: '', detail: '' });
  if (newer !== undefined) {
    const at = `${newer.filedOn}T09:30:00.000Z`;
    insertPaperAct(sql, { ...act, at, act: 'superseded', reason: paper.note, detail: newer.code });
  }
  indexNewRecord(sql, indexedPaper({ ...row, id, export_order: paper.exportOrder, customer_number: number }));
  return {
    id,
    code,
    sequence: at + 1,
    title: paper.title,
    type: paper.type,
    documentNumber: paper.documentNumber,
    date: paper.date,
    pages: paper.pages,
    security: paper.security,
    filedOn: filed.slice(0, 10),
    customerNumber: number,
    customerName,
    scan: paper.scan,
    original: paper.original && paper.supersededBy === null,
    mayBeLent: !paper.original && paper.supersededBy === null && paper.security !== 'coreTradeSecret',
  };
}
