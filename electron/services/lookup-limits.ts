import type { ArchiveOperationName } from '../../shared/contract/contract.ts';
import { LOOKUP_RECORDS_PER_SESSION, LOOKUP_SEARCHES_PER_HOUR } from '../../shared/domain/lookup-rules.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Actor, OpenArchive, Surroundings } from './context.ts';

const HOUR_MS = 3_600_000;

/** Operations that show one record, and where its number stands in the input. */
const RECORD_SHOWN: Partial<Record<ArchiveOperationName, { readonly kind: string; readonly key: string }>> = {
  'customers.get': { kind: 'customer', key: 'number' },
  'dossiers.get': { kind: 'dossier', key: 'number' },
  'visits.list': { kind: 'visits', key: 'number' },
  'dossiers.paper': { kind: 'paper', key: 'code' },
  'scans.open': { kind: 'scan', key: 'scan' },
};

/**
 * Lets an operation of a locked lookup through, or refuses it: the time is up (L2), more than 30 searches an
 * hour or 50 records a session (R28). What is shown is counted against the lookup.
 */
export function admitLookup(
  { session, clock }: Surroundings,
  { archive }: { readonly archive: OpenArchive; readonly actor: Actor },
  name: ArchiveOperationName,
  input: unknown,
): void {
  const { lookup } = session;
  if (lookup === null) throw new AppError('LOOKUP_EXPIRED');
  if (
    name === 'session.current' ||
    name === 'session.touch' ||
    name === 'session.lock' ||
    name === 'lookup.end' ||
    name === 'lookup.backToDesk'
  )
    return;
  const now = clock.monotonicMs();
  if (now >= lookup.expiresMonotonicMs) throw new AppError('LOOKUP_EXPIRED');
  if (name === 'search.find') {
    lookup.searches.splice(0, lookup.searches.length, ...lookup.searches.filter((at) => now - at < HOUR_MS), now);
    if (lookup.searches.length > LOOKUP_SEARCHES_PER_HOUR)
      throw new AppError('LOOKUP_LIMIT', { params: { limit: LOOKUP_SEARCHES_PER_HOUR } });
    return;
  }
  const shown = RECORD_SHOWN[name];
  if (shown === undefined) return;
  const number = String((input as Record<string, unknown>)[shown.key] ?? '');
  const record = `${shown.kind === 'scan' || shown.kind === 'paper' ? 'paper' : 'customer'}:${number}`;
  if (!lookup.records.has(record) && lookup.records.size >= LOOKUP_RECORDS_PER_SESSION)
    throw new AppError('LOOKUP_LIMIT', { params: { limit: LOOKUP_RECORDS_PER_SESSION } });
  lookup.records.add(record);
  void archive;
}
