import type { ArchiveOperationName, OutputOf } from '../../shared/contract/contract.ts';
import { mayReadCard, READS_EVERY_CARD } from '../../shared/domain/named-readers.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { findAttachment } from '../store/attachments.ts';
import { findCustomerById } from '../store/customers.ts';
import {
  cardsClosedTo,
  listNamedReaders,
  namedReadersOf,
  staffIdOfLogin,
  writeNamedReaders,
} from '../store/named-readers.ts';
import { findPaperById } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import { staffName } from '../store/staff.ts';
import type { Actor, CallContext, HandlersOf } from './context.ts';
import { getCustomer } from './customers.ts';
import { getStaff } from './loan-record.ts';
import { getPaper } from './paper-record.ts';
import { todayOf } from './today.ts';

/** Cards that only named people may read (L1): who they are, and where others are turned away. */

type LimitedCards = OutputOf<'readers.list'>;

function shownCards(sql: Reader, customerId: number | null): LimitedCards {
  const cards = new Map<string, LimitedCards['cards'][number]>();
  for (const row of listNamedReaders(sql, customerId)) {
    const card = cards.get(row.customer) ?? {
      number: row.customer,
      name: row.customer_name,
      readers: [],
      reason: row.reason,
      since: row.named_at,
      by: row.named_by,
    };
    card.readers.push({ staffId: row.staff_id, name: row.reader, department: row.department });
    cards.set(row.customer, card);
  }
  return { cards: [...cards.values()] };
}

/** May this person of the directory read the card, hold a paper of its dossier, or receive a copy? */
export function mayRead(sql: Reader, customerId: number, staffId: number | null): boolean {
  return mayReadCard(namedReadersOf(sql, customerId), staffId);
}

/**
 * What is told of a card, or handed over to read at home, is for whoever is named alone.
 * @throws AppError ISSUE_REFUSED
 */
export function requireMayRead(sql: Reader, customerId: number, staffId: number): void {
  if (!mayRead(sql, customerId, staffId))
    throw new AppError('ISSUE_REFUSED', {
      params: { reason: 'notNamed', name: staffName(sql, staffId) ?? '' },
      hint: 'hint.notNamed',
    });
}

/** Ids of the cards that whoever reads in the room finds nothing of. */
export function closedTo(sql: Reader, reader: Pick<Actor, 'login' | 'role'>): ReadonlySet<number> {
  if (READS_EVERY_CARD.includes(reader.role)) return new Set();
  return new Set(cardsClosedTo(sql, staffIdOfLogin(sql, reader.login)));
}

/** Of which card an operation of the reading room shows something; undefined: of none. */
function cardOf(sql: Reader, name: ArchiveOperationName, input: Readonly<Record<string, unknown>>): number | undefined {
  const { number, code, scan } = input as { readonly number?: string; readonly code?: string; readonly scan?: string };
  if (name === 'customers.get' || name === 'dossiers.get' || name === 'visits.list')
    return number === undefined ? undefined : getCustomer(sql, number).id;
  if (name === 'dossiers.paper') return code === undefined ? undefined : getPaper(sql, code).customer_id;
  if (name !== 'scans.open' || scan === undefined) return undefined;
  const paperId = findAttachment(sql, scan)?.paper_id ?? null;
  return paperId === null ? undefined : findPaperById(sql, paperId)?.customer_id;
}

/**
 * Turns a reader in the reading room away from a card that names others; the entry says from which.
 * @throws AppError ROLE_REFUSED
 */
export function requireNamed(
  sql: Reader,
  reader: Pick<Actor, 'login' | 'role'>,
  name: ArchiveOperationName,
  input: unknown,
  note: CallContext['note'],
): void {
  const card = cardOf(sql, name, input as Readonly<Record<string, unknown>>);
  if (card === undefined) return;
  if (mayReadCard(namedReadersOf(sql, card), staffIdOfLogin(sql, reader.login), reader.role)) return;
  note({ object: `customer:${findCustomerById(sql, card)?.number ?? ''}` });
  throw new AppError('ROLE_REFUSED', { params: { role: reader.role }, hint: 'hint.namedReaders' });
}

export const namedReaderHandlers: HandlersOf<'readers.list' | 'readers.limit'> = {
  'readers.list': {
    phase: 'query',
    run: ({ sql }, { number }) => shownCards(sql, number === undefined ? null : getCustomer(sql, number).id),
  },
  'readers.limit': {
    phase: 'command',
    run(context, { number, readers, reason }) {
      const { sql, clock, actor } = context;
      const card = getCustomer(sql, number);
      const staff = [...new Set(readers)].map((id) => getStaff(sql, id, todayOf(clock)).id);
      context.note({
        object: `customer:${card.number}`,
        why: reason,
        data: { readers: staff.map((id) => `staff:${id}`) },
      });
      writeNamedReaders(sql, card.id, staff, { reason, at: clock.now().toISOString(), by: actor.displayName });
      return shownCards(sql, card.id);
    },
  },
};
