import { catalogueOrder } from '../../shared/domain/catalogue-order.ts';
import type { DocumentTypeKey } from '../../shared/domain/document-types.ts';
import { DOSSIER_CLASSES } from '../../shared/domain/dossier-classes.ts';
import { provisionalCode } from '../../shared/domain/reference-code.ts';
import type { SecurityLevel } from '../../shared/domain/security-levels.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { attachmentsOfCustomer } from '../store/attachments.ts';
import { type CustomerRow, findCustomerById } from '../store/customers.ts';
import {
  exportOrders,
  findPaperById,
  insertPaper,
  insertPaperAct,
  listDossiers,
  listPaperActs,
  nextSequence,
  type PaperRow,
  type PaperView,
  papersOfCustomer,
  papersPerClass,
  updatePaper,
  waivers,
} from '../store/papers.ts';
import { findInIndex } from '../store/search-index.ts';
import type { Reader } from '../store/sql.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { getCustomer, LARGEST_NARROWING } from './customers.ts';
import { getPaper, missingOf, paperFor, recountDossier, reindexPaper, shownPaper, typeOf } from './paper-record.ts';
import { retentionOfType } from './retention.ts';
import { readSettings } from './settings.ts';
import { todayOf } from './today.ts';

export interface NewPaper {
  readonly type: string;
  readonly title: string;
  readonly documentNumber: string;
  readonly responsible: string;
  readonly date: string | null;
  readonly pages: number;
  readonly original: boolean;
  readonly copies: number;
  readonly medium: PaperRow['medium'];
  readonly security: SecurityLevel;
  readonly retention: string;
  readonly place: string;
  readonly note: string;
  readonly exportOrder: string | null;
  readonly validUntil: string | null;
  readonly extra: unknown;
}

function exportOrderId(sql: Reader, customer: CustomerRow, orderNumber: string | null): number | null {
  if (orderNumber === null || orderNumber === '') return null;
  const order = exportOrders(sql, customer.id).find((candidate) => candidate.order_number === orderNumber);
  if (order === undefined)
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: 'exportOrder', message: 'validation.unknownExportOrder', params: { order: orderNumber } }],
    });
  return order.id;
}

/** Files a paper: next number of the dossier, provisional code, trail, index (D6). */
export function filePaper(context: CommandContext, customer: CustomerRow, paper: NewPaper): PaperView {
  const { sql, clock, actor } = context;
  const type = typeOf(paper.type);
  const at = clock.now().toISOString();
  const today = todayOf(clock);
  const sequence = nextSequence(sql, customer.id);
  const { fonds } = readSettings(sql);
  if (type.perExportOrder && (paper.exportOrder === null || paper.exportOrder === ''))
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'exportOrder', message: 'validation.required' }] });
  const id = insertPaper(sql, {
    code: provisionalCode({ fonds, class: type.class, customerNumber: customer.number, loose: sequence }),
    customer_id: customer.id,
    class: type.class,
    type: type.key,
    sequence,
    title: paper.title.normalize('NFC'),
    document_number: paper.documentNumber,
    responsible: paper.responsible,
    date: paper.date,
    // The archive year of a paper is the year of its date; undated papers belong to the year of filing.
    year: Number((paper.date ?? today).slice(0, 4)),
    pages: paper.pages,
    original: paper.original ? 1 : 0,
    copies: paper.copies,
    medium: paper.medium,
    security: paper.security,
    retention: paper.retention === '' ? retentionOfType(sql, type.key) : paper.retention,
    place: paper.place,
    note: paper.note,
    export_order_id: exportOrderId(sql, customer, paper.exportOrder),
    valid_until: paper.validUntil,
    extra: JSON.stringify(paper.extra),
    state: 'inPlace',
    superseded_by: null,
    volume_id: null,
    from_page: null,
    to_page: null,
    added_at: at,
    added_by: actor.displayName,
    revision: 1,
  });
  insertPaperAct(sql, { paper_id: id, at, by: actor.displayName, act: 'filed', reason: '', detail: '' });
  const row = required(findPaperById(sql, id));
  reindexPaper(sql, row);
  return row;
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new AppError('INTERNAL');
  return value;
}

/** What decides where a paper stands in the binder. */
type PaperInBinder = Pick<PaperView, 'type' | 'date' | 'document_number' | 'sequence' | 'export_order'>;

/** Papers of one class in the order of the binder (D1–D5). */
export function inBinderOrder<Paper extends PaperInBinder>(
  papers: readonly Paper[],
  orders: readonly { order_number: string; date: string }[],
): Paper[] {
  const shipped = new Map(orders.map((order) => [order.order_number, order.date]));
  const entry = (row: Paper) => ({
    type: row.type as DocumentTypeKey,
    date: row.date,
    documentNumber: row.document_number,
    sequence: row.sequence,
    exportOrder: row.export_order,
    shippedOn: row.export_order === null ? null : (shipped.get(row.export_order) ?? null),
  });
  return [...papers].sort((a, b) => catalogueOrder(entry(a), entry(b)));
}

function changeState(
  context: CommandContext,
  row: PaperView,
  act: string,
  reason: string,
  change: Partial<PaperRow>,
  detail = '',
): void {
  const { sql, clock, actor } = context;
  updatePaper(sql, { ...row, ...change, revision: row.revision + 1 });
  insertPaperAct(sql, { paper_id: row.id, at: clock.now().toISOString(), by: actor.displayName, act, reason, detail });
  recountDossier(sql, required(findCustomerById(sql, row.customer_id)), todayOf(clock));
}

/** A corrected date gives another archive year; a paper carried forward stays in the year that it was carried into (Y1). */
function archiveYearOf(row: PaperView, date: string | null | undefined): number {
  if (date === undefined || date === null) return row.year;
  const carried = row.date !== null && row.year > Number(row.date.slice(0, 4));
  return carried ? row.year : Number(date.slice(0, 4));
}

/** Y2: nothing of a bound or destroyed paper changes. @throws AppError VOLUME_FIXED */
export function mustNotBeBound(row: PaperView): void {
  if (row.destroyed_in !== null)
    throw new AppError('VOLUME_FIXED', { params: { code: row.code }, hint: 'hint.destroyed' });
  if (row.volume_id !== null) throw new AppError('VOLUME_FIXED', { params: { code: row.code } });
}

/** Code of the loose paper that stands before this one in its class; null for the first: where the keeper puts the sheet (D1–D5). */
function paperBefore(sql: Reader, paper: PaperView): string | null {
  const loose = papersOfCustomer(sql, paper.customer_id).filter(
    (one) => one.class === paper.class && (one.state === 'inPlace' || one.state === 'lent'),
  );
  const ordered = inBinderOrder(loose, exportOrders(sql, paper.customer_id));
  return ordered[ordered.findIndex((one) => one.id === paper.id) - 1]?.code ?? null;
}

export const dossierHandlers: HandlersOf<
  | 'dossiers.list'
  | 'dossiers.get'
  | 'dossiers.paper'
  | 'dossiers.addPaper'
  | 'dossiers.changePaper'
  | 'dossiers.takeOut'
  | 'dossiers.putBack'
> = {
  'dossiers.list': {
    phase: 'query',
    run({ sql }, { onlyMissing, text, offset, limit }) {
      const ids =
        text.trim() === '' ? undefined : findInIndex(sql, text, LARGEST_NARROWING, ['customer']).map(({ id }) => id);
      const { rows, total } = listDossiers(sql, { onlyMissing, ids }, offset, limit);
      const counts = papersPerClass(
        sql,
        rows.map((row) => row.id),
      );
      return {
        total,
        rows: rows.map((row) => ({
          number: row.number,
          kind: row.kind,
          name: row.name,
          papers: row.papers,
          missing: row.missing_papers,
          perClass: DOSSIER_CLASSES.map(
            (dossierClass) =>
              counts.find((count) => count.customer_id === row.id && count.class === dossierClass)?.n ?? 0,
          ),
        })),
      };
    },
  },
  'dossiers.get': {
    phase: 'query',
    run(context, { number }) {
      const { sql, clock, actor } = context;
      const customer = getCustomer(sql, number);
      context.note({ object: `dossier:${customer.number}` });
      const orders = exportOrders(sql, customer.id);
      const scans = attachmentsOfCustomer(sql, customer.id);
      const papers = inBinderOrder(papersOfCustomer(sql, customer.id), orders);
      const missing = missingOf(sql, customer, todayOf(clock));
      return {
        number: customer.number,
        kind: customer.kind,
        name: customer.name,
        directExport: customer.direct_export === 1,
        classes: DOSSIER_CLASSES.map((dossierClass) => ({
          class: dossierClass,
          papers: papers
            .filter((row) => row.class === dossierClass)
            .map((row) =>
              paperFor(
                actor.role,
                row,
                scans.filter((scan) => scan.shown_with === row.id),
              ),
            ),
          missing: missing
            .filter((gap) => gap.class === dossierClass)
            .map((gap) => ({
              class: gap.class,
              type: gap.type,
              exportOrder: gap.exportOrder ?? null,
              since:
                gap.exportOrder === undefined
                  ? customer.created_at.slice(0, 10)
                  : (orders.find((order) => order.order_number === gap.exportOrder)?.date ?? null),
            })),
        })),
        exportOrders: orders.map((order) => ({
          orderNumber: order.order_number,
          date: order.date,
          description: order.description,
        })),
        waivers: waivers(sql, customer.id).map((waiver) => ({
          type: waiver.type,
          exportOrder: waiver.export_order === '' ? null : waiver.export_order,
          state: waiver.state,
          reason: waiver.reason,
          at: waiver.at,
          by: waiver.by,
        })),
      };
    },
  },
  'dossiers.paper': {
    phase: 'query',
    run(context, { code }) {
      const row = getPaper(context.sql, code);
      context.note({ object: `paper:${row.code}` });
      const paper = shownPaper(context.sql, context.actor.role, row);
      // The trail quotes reasons and former names: it is part of what is withheld.
      return { paper, trail: paper.withheld ? [] : listPaperActs(context.sql, row.id) };
    },
  },
  'dossiers.addPaper': {
    phase: 'command',
    run(context, input) {
      const customer = getCustomer(context.sql, input.customer);
      const row = filePaper(context, customer, input);
      recountDossier(context.sql, customer, todayOf(context.clock));
      context.note({ object: `paper:${row.code}`, data: { customer: customer.number, type: row.type } });
      return { code: row.code, class: row.class, sequence: row.sequence, after: paperBefore(context.sql, row) };
    },
  },
  'dossiers.changePaper': {
    phase: 'command',
    run(context, { code, revision, reason, ...change }) {
      const row = getPaper(context.sql, code);
      context.note({ object: `paper:${row.code}`, why: reason });
      if (row.revision !== revision)
        throw new AppError('CONFLICT', { params: { what: 'paper', number: row.code, revision: row.revision } });
      mustNotBeBound(row);
      // L3: what is out never becomes an original; it comes back first.
      if (change.original === true && row.state === 'lent')
        throw new AppError('ORIGINAL_NEVER_LEAVES', {
          params: { code: row.code, reason: 'alreadyLent' },
          hint: 'loanRefusal.alreadyLent',
        });
      const customer = required(findCustomerById(context.sql, row.customer_id));
      const type = change.type === undefined ? undefined : typeOf(change.type);
      const date = change.date === undefined ? row.date : change.date;
      const next: Partial<PaperRow> = {
        ...(type === undefined ? {} : { type: type.key, class: type.class }),
        title: change.title?.normalize('NFC') ?? row.title,
        document_number: change.documentNumber ?? row.document_number,
        responsible: change.responsible ?? row.responsible,
        date,
        year: archiveYearOf(row, change.date),
        pages: change.pages ?? row.pages,
        original: change.original === undefined ? row.original : change.original ? 1 : 0,
        copies: change.copies ?? row.copies,
        medium: change.medium ?? row.medium,
        security: change.security ?? row.security,
        retention: change.retention ?? row.retention,
        place: change.place ?? row.place,
        note: change.note ?? row.note,
        valid_until: change.validUntil === undefined ? row.valid_until : change.validUntil,
        extra: change.extra === undefined ? row.extra : JSON.stringify(change.extra),
        ...(change.exportOrder === undefined
          ? {}
          : { export_order_id: exportOrderId(context.sql, customer, change.exportOrder) }),
      };
      if (row.state === 'lent' && next.original === 1)
        throw new AppError('ITEM_ALREADY_LENT', { params: { code: row.code } });
      const fields = Object.keys(change).filter((key) => change[key as keyof typeof change] !== undefined);
      context.note({ data: { fields } });
      changeState(
        context,
        row,
        type !== undefined && type.key !== row.type ? 'moved' : 'changed',
        reason,
        next,
        fields.join(', '),
      );
      const after = required(findPaperById(context.sql, row.id));
      reindexPaper(context.sql, after);
      return { code: after.code, revision: after.revision };
    },
  },
  'dossiers.takeOut': {
    phase: 'command',
    run(context, { code, as, supersededBy, reason }) {
      const row = getPaper(context.sql, code);
      context.note({ object: `paper:${row.code}`, why: reason, data: { as } });
      mustNotBeBound(row);
      if (row.state === 'lent') throw new AppError('ITEM_ALREADY_LENT', { params: { code: row.code } });
      const by = supersededBy === undefined ? null : getPaper(context.sql, supersededBy);
      changeState(context, row, as, reason, { state: as, superseded_by: by?.id ?? null }, by?.code ?? '');
      return {};
    },
  },
  'dossiers.putBack': {
    phase: 'command',
    run(context, { code, reason }) {
      const row = getPaper(context.sql, code);
      context.note({ object: `paper:${row.code}`, why: reason });
      if (row.destroyed_in !== null || (row.state !== 'removed' && row.state !== 'superseded'))
        throw new AppError('CONFLICT', { params: { what: 'paper', number: row.code } });
      changeState(context, row, 'putBack', reason, { state: 'inPlace', superseded_by: null });
      return {};
    },
  },
};
