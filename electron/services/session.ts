import type { OutputOf } from '../../shared/contract/contract.ts';
import { DEFAULT_LOOKUP_LIMITS } from '../../shared/domain/lookup-rules.ts';
import { draftsKeyOf } from '../vault/vault.ts';
import type { Actor, HandlersOf, Lookup, OpenArchive, Session, Surroundings } from './context.ts';

/** A process begins without an archive; whoever leaves it ends the process (security §1.1). */
export function closedSession(): Session {
  return {
    kind: 'closed',
    archive: null,
    actor: null,
    lookup: null,
    looking: null,
    openedMonotonicMs: 0,
    lastActivityMs: 0,
    ending: null,
  };
}

export function signInAtDesk({ session, clock }: Surroundings, archive: OpenArchive): void {
  const now = clock.monotonicMs();
  Object.assign(session, {
    kind: 'desk',
    archive,
    actor: archive.deskActor,
    lookup: null,
    looking: null,
    openedMonotonicMs: now,
    lastActivityMs: now,
    ending: null,
  } satisfies Session);
}

export function handOver({ session, shelf, clock }: Surroundings): void {
  Object.assign(session, { kind: 'handover', actor: null, lookup: null, lastActivityMs: clock.monotonicMs() });
  shelf.clear();
}

export function beginLookup({ session, clock }: Surroundings, actor: Actor, lookup: Lookup): void {
  Object.assign(session, { kind: 'lookup', actor, lookup, lastActivityMs: clock.monotonicMs() });
}

/**
 * An auditor sits down at the desk that the keeper has opened and handed over: the own secret alone opens nothing (security
 * §1.3). The way back is the lock.
 */
export function beginInspection({ session, shelf, clock }: Surroundings, actor: Actor): void {
  Object.assign(session, { kind: 'desk', actor, lookup: null, lastActivityMs: clock.monotonicMs() });
  shelf.clear();
}

export function returnToDesk({ session, shelf, clock }: Surroundings): void {
  Object.assign(session, {
    kind: 'desk',
    actor: session.archive?.deskActor ?? null,
    lookup: null,
    lastActivityMs: clock.monotonicMs(),
  });
  shelf.clear();
}

export function touch({ session, clock }: Surroundings): void {
  session.lastActivityMs = clock.monotonicMs();
}

/** Who is signed in, and how a lookup stands. */
export function sessionState({ session, clock }: Surroundings): OutputOf<'session.current'> {
  const { archive, actor, lookup, looking } = session;
  const now = clock.monotonicMs();
  return {
    kind: session.kind,
    archive:
      archive === null
        ? null
        : {
            name: archive.name,
            vaultId: archive.vault.vaultId,
            directory: archive.directory,
            practice: archive.practice,
          },
    user: actor === null ? null : { login: actor.login, displayName: actor.displayName, role: actor.role },
    recoveryKeyUnconfirmed: session.kind === 'desk' && archive !== null && archive.recoveryKey !== null,
    damaged: session.kind === 'desk' ? (archive?.damage.unsettled ?? 0) : 0,
    logDoubt: session.kind === 'desk' ? (archive?.logDoubt ?? null) : null,
    lookingInto: looking === null ? null : { file: looking.file, made: looking.made },
    lookup:
      lookup === null
        ? null
        : {
            purpose: lookup.purpose,
            startedAt: lookup.startedAt,
            expiresAt: lookup.expiresAt,
            secondsLeft: Math.max(0, Math.floor((lookup.expiresMonotonicMs - now) / 1_000)),
            recordsLeft: Math.max(0, DEFAULT_LOOKUP_LIMITS.recordsPerSession - lookup.records.size),
            searchesLeft: Math.max(
              0,
              DEFAULT_LOOKUP_LIMITS.searchesPerHour - lookup.searches.filter((at) => now - at < 3_600_000).length,
            ),
          },
  };
}

/** R23, L2: idle limits in milliseconds by kind of session; and twelve hours in any case. */
const LOOKUP_IDLE_MS = 60_000;
const LONGEST_SESSION_MS = 12 * 3_600_000;

/** Why this session must end now, or how many seconds are left until idleness ends it. Monotonic time alone (R23). */
export function sessionDue(
  { session, clock }: Surroundings,
  idleLockSeconds: number,
): { readonly due: 'idle' | null; readonly secondsLeft: number } {
  if (session.kind === 'closed') return { due: null, secondsLeft: Number.POSITIVE_INFINITY };
  const now = clock.monotonicMs();
  const idle = session.kind === 'desk' ? idleLockSeconds * 1_000 : LOOKUP_IDLE_MS;
  const left = Math.min(session.lastActivityMs + idle, session.openedMonotonicMs + LONGEST_SESSION_MS) - now;
  return { due: left <= 0 ? 'idle' : null, secondsLeft: Math.max(0, Math.ceil(left / 1_000)) };
}

/** True once a lookup's time is over (L2): whoever reads no longer reads, whatever the window does. */
export function lookupIsOver({ session, clock }: Surroundings): boolean {
  return (
    session.kind === 'lookup' && session.lookup !== null && clock.monotonicMs() >= session.lookup.expiresMonotonicMs
  );
}

export const sessionHandlers: HandlersOf<'session.touch' | 'session.lock' | 'session.draftsKey'> = {
  'session.touch': {
    phase: 'query',
    run(context) {
      touch(context);
      return {};
    },
  },
  'session.lock': {
    phase: 'command',
    run(context) {
      context.note({ object: 'session' });
      context.afterCommit(() => context.end('asked'));
      return {};
    },
  },
  // A key for each person: what the keeper has not finished is nobody else's to read.
  'session.draftsKey': {
    phase: 'query',
    run: ({ archive, actor }) => ({ key: draftsKeyOf(archive.vault, actor.login).toString('base64') }),
  },
};
