import type { OutputOf } from '../../shared/contract/contract.ts';
import { documentType, isDocumentTypeKey } from '../../shared/domain/document-types.ts';
import type { MissingPaper } from '../../shared/domain/missing-papers.ts';
import {
  claimsOf,
  type DossierWithGaps,
  dossiersWithGaps,
  type GapClaimRow,
  lastTakenOut,
  lastValidity,
} from '../store/gaps.ts';
import { exportOrders, type WaiverRow, waiversOf } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import { valuesOf } from './customer-record.ts';
import { missingOfMany } from './paper-record.ts';
import { dayOf } from './today.ts';

/** The lines of the missing-paper ledger (D7) of some customers: what their dossiers lack, and what will never come. */

export type LedgerLine = OutputOf<'gaps.ledger'>['lines'][number];

interface CustomerGaps {
  readonly customer: DossierWithGaps;
  readonly open: readonly {
    readonly gap: MissingPaper;
    readonly claim: GapClaimRow | undefined;
    readonly isLate: boolean;
  }[];
  readonly never: readonly WaiverRow[];
}

/**
 * What stands in the ledger of these customers, in the order given; without the words of the lines.
 * @param whole also what is missing of cards that are counted as complete or are no longer in use
 */
export function gapsOf(sql: Reader, customerIds: readonly number[], today: string, whole = false): CustomerGaps[] {
  const customers = dossiersWithGaps(sql, customerIds, whole);
  const ids = customers.map(({ id }) => id);
  const lacking = customers.filter(
    ({ missing_papers, status }) => whole || (missing_papers > 0 && status !== 'sealed'),
  );
  const missing = missingOfMany(sql, lacking, today);
  const claims = Map.groupBy(claimsOf(sql, ids), (row) => row.customer_id);
  const waived = Map.groupBy(waiversOf(sql, ids), (row) => row.customer_id);
  return customers.map((customer) => {
    const claimed = new Map((claims.get(customer.id) ?? []).map((row) => [`${row.type} ${row.export_order}`, row]));
    return {
      customer,
      open: (missing.get(customer.id) ?? []).map((gap) => {
        const claim = claimed.get(`${gap.type} ${gap.exportOrder ?? ''}`);
        return { gap, claim, isLate: typeof claim?.due_on === 'string' && claim.due_on < today };
      }),
      never: (waived.get(customer.id) ?? []).filter(({ type }) => isDocumentTypeKey(type)),
    };
  });
}

const dayOfInstant = (at: string) => dayOf(new Date(at));

function sinceOf(sql: Reader, customer: DossierWithGaps, gap: MissingPaper): string | null {
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
function usualDebtor(customer: DossierWithGaps): string {
  const person = valuesOf(customer)['responsibleSalesperson'];
  return typeof person === 'string' ? person : '';
}

function neverLine(customer: DossierWithGaps, waiver: WaiverRow): LedgerLine[] {
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
}

export interface PlacedLine {
  readonly customer: number;
  /** Among the lines of this customer. */
  readonly place: number;
  readonly line: LedgerLine;
}

/** The lines of these customers, one customer after the other: first what is open. */
export function placedLines(sql: Reader, customerIds: readonly number[], today: string, whole = false): PlacedLine[] {
  return gapsOf(sql, customerIds, today, whole).flatMap(({ customer, open, never }) => {
    const debtor = open.length > 0 ? usualDebtor(customer) : '';
    const lines = [
      ...open.map(
        ({ gap, claim, isLate }): LedgerLine => ({
          number: customer.number,
          name: customer.name,
          class: gap.class,
          type: gap.type,
          exportOrder: gap.exportOrder ?? null,
          reason: gap.reason,
          since: sinceOf(sql, customer, gap),
          owedBy: claim?.owed_by ?? debtor,
          askedOn: claim?.asked_on ?? null,
          dueOn: claim?.due_on ?? null,
          isLate,
          note: claim?.note ?? '',
          never: null,
        }),
      ),
      ...never.flatMap((waiver) => neverLine(customer, waiver)),
    ];
    return lines.map((line, place) => ({ customer: customer.id, place, line }));
  });
}

/** All lines of one customer, whatever its card says: what is open, behind it what will never come. */
export const linesOfCustomer = (sql: Reader, customerId: number, today: string): LedgerLine[] =>
  placedLines(sql, [customerId], today, true).map(({ line }) => line);
