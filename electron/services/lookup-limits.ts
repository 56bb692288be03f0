import type { ArchiveOperationName } from '../../shared/contract/contract.ts';
import { type LookupState, refuseRecord, refuseSearch } from '../../shared/domain/lookup-rules.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { addLookupRecord, countLookupSearch } from '../store/archive-records.ts';
import type { Writer } from '../store/sql.ts';
import type { CallContext, Surroundings } from './context.ts';
import { requireNamed } from './named-readers.ts';

/** Operations that show a record, and where its number stands in the input. */
const RECORD_SHOWN: Partial<
  Record<ArchiveOperationName, { readonly kind: 'customer' | 'paper' | 'scan'; readonly key: string }>
> = {
  'customers.get': { kind: 'customer', key: 'number' },
  'dossiers.get': { kind: 'customer', key: 'number' },
  'visits.list': { kind: 'customer', key: 'number' },
  'dossiers.paper': { kind: 'paper', key: 'code' },
  'scans.open': { kind: 'scan', key: 'scan' },
};

/** Operations that end a lookup or only say how it stands: never refused. */
const ALWAYS = new Set<ArchiveOperationName>([
  'session.current',
  'session.touch',
  'session.lock',
  'lookup.end',
  'lookup.backToDesk',
  'documents.close',
]);

/**
 * Lets an operation of a locked lookup through, or refuses it: the time is up (L2), more than 30 searches an hour or
 * 50 records a session (R28). Answers what to write into the lookup register together with the audit entry.
 */
export function admitLookup(
  { session, clock }: Surroundings,
  name: ArchiveOperationName,
  input: unknown,
  note: CallContext['note'],
): (sql: Writer) => void {
  const nothing = () => {};
  const { lookup } = session;
  if (ALWAYS.has(name)) return nothing;
  if (lookup === null) throw new AppError('LOOKUP_EXPIRED');
  const now = clock.monotonicMs();
  const state: LookupState = {
    endsAtMs: lookup.expiresMonotonicMs,
    searchesAtMs: lookup.searches,
    seen: lookup.records,
  };
  if (now >= state.endsAtMs) throw new AppError('LOOKUP_EXPIRED');
  const refuse = (code: 'LOOKUP_EXPIRED' | 'LOOKUP_LIMIT' | undefined) => {
    if (code !== undefined) throw new AppError(code);
  };
  if (name === 'search.find') {
    refuse(refuseSearch(state, now));
    lookup.searches.push(now);
    return (sql) => countLookupSearch(sql, lookup.id);
  }
  // Who is not named on a card learns no more of it than that it is not for them.
  if (session.archive !== null && session.actor !== null)
    requireNamed(session.archive.database.reader, session.actor, name, input, note);
  const shown = RECORD_SHOWN[name];
  if (shown === undefined) return nothing;
  const number = String((input as Record<string, unknown>)[shown.key] ?? '');
  const record = `${shown.kind}:${number}`;
  refuse(refuseRecord(state, record, now));
  const isNew = !lookup.records.has(record);
  lookup.records.add(record);
  return (sql) => {
    if (isNew) addLookupRecord(sql, lookup.id, clock.now().toISOString(), shown.kind, number);
  };
}
