import type { OutputOf } from '../../shared/contract/contract.ts';
import { DOCUMENT_TYPES, documentType, isDocumentTypeKey } from '../../shared/domain/document-types.ts';
import type { MissingPaper } from '../../shared/domain/missing-papers.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type CustomerRow, findCustomerById } from '../store/customers.ts';
import {
  claimsOf,
  customersWithGaps,
  type ExportSetRow,
  exportSets,
  lastTakenOut,
  lastValidity,
  setClaim,
} from '../store/gaps.ts';
import { exportOrders, papersOfCustomer, waivers } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import type { HandlersOf } from './context.ts';
import { valuesOf } from './customer-record.ts';
import { getCustomer } from './customers.ts';
import { missingOf, typeOf } from './paper-record.ts';
import { dayOf, todayOf } from './today.ts';

/** The missing-paper ledger over all customers (D7), and export orders against their four documents (D4). */

type Ledger = OutputOf<'gaps.ledger'>;
type Line = Ledger['lines'][number];
type ExportSets = OutputOf<'gaps.exportSets'>;

/** The four documents of an export order, in the order of the binder. */
export const EXPORT_TYPES = DOCUMENT_TYPES.filter((type) => type.perExportOrder).map((type) => type.key);

const dayOfInstant = (at: string) => dayOf(new Date(at));

function sinceOf(sql: Reader, customer: CustomerRow, gap: MissingPaper): string | null {
  const order = gap.exportOrder ?? '';
  if (gap.reason === 'expired') return lastValidity(sql, customer.id, gap.type);
  if (gap.reason === 'neverFiled')
    return order === ''
      ? dayOfInstant(customer.created_at)
      : (exportOrders(sql, customer.id).find((one) => one.order_number === order)?.date ?? null);
  const at = lastTakenOut(sql, customer.id, gap.type, order);
  return at === null ? null : dayOfInstant(at);
}

/** Who answers for a customer's papers while nobody was named: the responsible salesperson on the card. */
function usualDebtor(customer: CustomerRow): string {
  const person = valuesOf(customer)['responsibleSalesperson'];
  return typeof person === 'string' ? person : '';
}

function openLines(sql: Reader, customer: CustomerRow, today: string): Line[] {
  const claims = new Map(claimsOf(sql, customer.id).map((row) => [`${row.type} ${row.export_order}`, row]));
  return missingOf(sql, customer, today).map((gap): Line => {
    const claim = claims.get(`${gap.type} ${gap.exportOrder ?? ''}`);
    return {
      number: customer.number,
      name: customer.name,
      class: gap.class,
      type: gap.type,
      exportOrder: gap.exportOrder ?? null,
      reason: gap.reason,
      since: sinceOf(sql, customer, gap),
      owedBy: claim?.owed_by ?? usualDebtor(customer),
      askedOn: claim?.asked_on ?? null,
      dueOn: claim?.due_on ?? null,
      isLate: claim?.due_on !== null && claim?.due_on !== undefined && claim.due_on < today,
      note: claim?.note ?? '',
      never: null,
    };
  });
}

function neverLines(sql: Reader, customer: CustomerRow): Line[] {
  return waivers(sql, customer.id).flatMap((waiver): Line[] => {
    if (!isDocumentTypeKey(waiver.type)) return [];
    return [
      {
        number: customer.number,
        name: customer.name,
        class: documentType(waiver.type).class,
        type: waiver.type,
        exportOrder: waiver.export_order === '' ? null : waiver.export_order,
        reason: 'never',
        since: dayOfInstant(waiver.at),
        owedBy: '',
        askedOn: null,
        dueOn: null,
        isLate: false,
        note: '',
        never: { state: waiver.state, reason: waiver.reason, by: waiver.by, at: waiver.at },
      },
    ];
  });
}

/** All lines of the ledger, of one customer or of all. */
export function ledgerOf(
  sql: Reader,
  today: string,
  filter: { readonly customer?: CustomerRow | undefined; readonly class?: number | undefined },
): readonly Line[] {
  const rows = (ids: readonly number[]) => ids.flatMap((id) => findCustomerById(sql, id) ?? []);
  const { customer } = filter;
  const open = (customer === undefined ? rows(customersWithGaps(sql, false)) : [customer]).flatMap((row) =>
    openLines(sql, row, today),
  );
  const never = (customer === undefined ? rows(customersWithGaps(sql, true)) : [customer]).flatMap((row) =>
    neverLines(sql, row),
  );
  return [...open, ...never].filter((line) => filter.class === undefined || line.class === filter.class);
}

/** Export orders with what is there of each of the four documents. */
export function exportSetsOf(sql: Reader, only?: CustomerRow): ExportSets['sets'] {
  const rows = exportSets(sql).filter((row) => only === undefined || row.customer_id === only.id);
  const known = new Map<number, { papers: ReturnType<typeof papersOfCustomer>; waived: ReturnType<typeof waivers> }>();
  const dossierOf = (row: ExportSetRow) => {
    const dossier = known.get(row.customer_id) ?? {
      papers: papersOfCustomer(sql, row.customer_id),
      waived: waivers(sql, row.customer_id),
    };
    known.set(row.customer_id, dossier);
    return dossier;
  };
  return rows.map((row) => {
    const { papers, waived } = dossierOf(row);
    const cells = EXPORT_TYPES.map((type): ExportSets['sets'][number]['cells'][number] => {
      const paper = papers.find(
        (one) =>
          one.type === type &&
          one.export_order === row.order_number &&
          one.superseded === 0 &&
          ['inPlace', 'lent', 'bound'].includes(one.state),
      );
      if (paper !== undefined) return { state: 'filed', detail: paper.code };
      const waiver = waived.find((one) => one.type === type && one.export_order === row.order_number);
      return waiver === undefined ? { state: 'missing', detail: '' } : { state: 'waived', detail: waiver.reason };
    });
    return {
      number: row.number,
      name: row.name,
      orderNumber: row.order_number,
      date: row.date,
      cells,
      missing: cells.filter((cell) => cell.state === 'missing').length,
    };
  });
}

export const gapHandlers: HandlersOf<'gaps.ledger' | 'gaps.claim' | 'gaps.exportSets'> = {
  'gaps.ledger': {
    phase: 'query',
    run({ sql, clock }, { number, class: onlyClass, state, offset, limit }) {
      const customer = number === undefined ? undefined : getCustomer(sql, number);
      const all = ledgerOf(sql, todayOf(clock), { customer, class: onlyClass });
      const is = {
        open: (line: Line) => line.never === null,
        late: (line: Line) => line.isLate,
        never: (line: Line) => line.never !== null,
        all: () => true,
      };
      const lines = all.filter(is[state]);
      return {
        lines: lines.slice(offset, offset + limit),
        total: lines.length,
        open: all.filter(is.open).length,
        late: all.filter(is.late).length,
        never: all.filter(is.never).length,
      };
    },
  },
  'gaps.claim': {
    phase: 'command',
    run(context, { number, type, exportOrder, owedBy, askedOn, dueOn, note }) {
      const { sql, clock, actor } = context;
      const customer = getCustomer(sql, number);
      const { key } = typeOf(type);
      context.note({ object: `dossier:${customer.number}`, data: { type: key } });
      const today = todayOf(clock);
      const isMissing = missingOf(sql, customer, today).some(
        (gap) => gap.type === key && (gap.exportOrder ?? null) === exportOrder,
      );
      if (!isMissing)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'type', message: 'validation.notMissing' }] });
      const asked = askedOn ?? today;
      if (dueOn !== null && dueOn < asked)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'dueOn', message: 'validation.dueBeforeAsked' }] });
      setClaim(sql, {
        customer_id: customer.id,
        type: key,
        export_order: exportOrder ?? '',
        owed_by: owedBy.trim(),
        asked_on: asked,
        due_on: dueOn,
        note: note.trim(),
        at: clock.now().toISOString(),
        by: actor.displayName,
      });
      return {};
    },
  },
  'gaps.exportSets': {
    phase: 'query',
    run({ sql }, { number, onlyIncomplete, offset, limit }) {
      const all = exportSetsOf(sql, number === undefined ? undefined : getCustomer(sql, number));
      const sets = all.filter((set) => !onlyIncomplete || set.missing > 0);
      return {
        types: [...EXPORT_TYPES],
        sets: sets.slice(offset, offset + limit),
        total: sets.length,
        incomplete: all.filter((set) => set.missing > 0).length,
      };
    },
  },
};
