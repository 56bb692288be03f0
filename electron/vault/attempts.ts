/**
 * Growing delay after wrong secrets (R26): 5 failures → 30 s, doubling to 15 min; 100 → only the recovery key or a
 * supervisor opens. The counter survives restarts; a missing or unreadable one means the longest delay.
 */
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../platform/clock.ts';
import { readIfPresent, replaceDurably } from '../platform/durable-files.ts';
import { sha256Hex } from './hash.ts';
import { vaultPaths } from './vault-files.ts';

const FREE_FAILURES = 5;
const DISABLED_AT = 100;
const FIRST_DELAY_S = 30;
const LONGEST_DELAY_S = 900;
/** As many failures as give the longest delay. */
const LONGEST_DELAY_FAILURES = 10;
const FILE_LIMIT = 262_144;
const STRANGERS_LIMIT = 500;

const entryShape = z.strictObject({ failures: z.int().min(0).max(1_000_000), at: z.iso.datetime({ precision: 3 }) });
const fileShape = z.strictObject({
  v: z.literal(1),
  highWater: z.iso.datetime({ precision: 3 }),
  /** Holds for every login without an entry of its own, after the counter had been lost. */
  lost: entryShape.nullable(),
  entries: z.record(z.string().regex(/^[0-9a-f]{16}$/), entryShape),
});
type Counter = z.infer<typeof fileShape>;
type Entry = z.infer<typeof entryShape>;

/** Counts failures of one vault. Logins are stored as hashes; unknown logins are counted like known ones (R04). */
export interface AttemptGuard {
  /** @throws AppError SECRET_DELAYED { seconds } while a delay runs, SECRET_DISABLED after 100 failures */
  before(login: string): Promise<void>;
  /** Counts a failure, durably. */
  failed(login: string): Promise<void>;
  /** Clears the count of a login. */
  succeeded(login: string): Promise<void>;
}

interface Seen {
  readonly entry: Entry;
  readonly since: number;
  readonly elapsedBefore: number;
}
/** What this start of the program has seen, per clock: delays then run on monotonic time, which nobody can set. */
const seenByClock = new WeakMap<Clock, Map<string, Seen>>();

/** Seconds to wait after that many failures. */
export function delaySeconds(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(LONGEST_DELAY_S, FIRST_DELAY_S * 2 ** Math.min(20, failures - FREE_FAILURES));
}

function emptyCounter(now: Date): Counter {
  return { v: 1, highWater: now.toISOString(), lost: null, entries: {} };
}

/** Writes the counter of a vault that is being made: without it the vault would start with the longest delay. */
export async function createAttemptCounter(directory: string, clock: Clock): Promise<void> {
  await replaceDurably(vaultPaths(directory).attempts, JSON.stringify(emptyCounter(clock.now())));
}

/**
 * The guard of one vault.
 * @param knownLogins logins of the keyring, whose counts are never dropped to make room for strangers
 */
export function attemptGuard(input: {
  readonly directory: string;
  readonly vaultId: string;
  readonly clock: Clock;
  readonly knownLogins: readonly string[];
}): AttemptGuard {
  const { directory, vaultId, clock } = input;
  const path = vaultPaths(directory).attempts;
  const keyOf = (login: string) => sha256Hex(`${vaultId}\n${login}`).slice(0, 16);
  const known = new Set(input.knownLogins.map(keyOf));
  const seen = seenByClock.get(clock) ?? new Map<string, Seen>();
  seenByClock.set(clock, seen);

  /** Wall clock, but never before the latest time ever written (a clock set back gains nothing). */
  const latest = (counter: Counter) => new Date(Math.max(clock.now().getTime(), Date.parse(counter.highWater)));

  async function read(): Promise<Counter> {
    const bytes = await readIfPresent(path, FILE_LIMIT).catch((thrown: unknown) => {
      if (thrown instanceof AppError && thrown.code === 'FILE_TOO_LARGE') return undefined;
      throw thrown;
    });
    try {
      return fileShape.parse(JSON.parse(bytes?.toString('utf8') ?? ''));
    } catch {
      const counter = emptyCounter(clock.now());
      counter.lost = { failures: LONGEST_DELAY_FAILURES, at: counter.highWater };
      await write(counter);
      return counter;
    }
  }

  async function write(counter: Counter): Promise<void> {
    const strangers = Object.entries(counter.entries)
      .filter(([key]) => !known.has(key))
      .sort(([, a], [, b]) => b.at.localeCompare(a.at));
    for (const [key] of strangers.slice(STRANGERS_LIMIT)) delete counter.entries[key];
    counter.highWater = latest(counter).toISOString();
    await replaceDurably(path, JSON.stringify(counter));
  }

  const entryOf = (counter: Counter, key: string): Entry | undefined =>
    counter.entries[key] ?? counter.lost ?? undefined;

  /** Milliseconds still to wait: what had passed when this entry was first seen, plus monotonic time since. */
  function remainingMs(key: string, entry: Entry): number {
    const place = `${path}\n${key}`;
    let known = seen.get(place);
    if (known === undefined || known.entry.failures !== entry.failures || known.entry.at !== entry.at) {
      const elapsedBefore = Math.max(0, clock.now().getTime() - Date.parse(entry.at));
      known = { entry, since: clock.monotonicMs(), elapsedBefore };
      seen.set(place, known);
    }
    return delaySeconds(entry.failures) * 1_000 - known.elapsedBefore - (clock.monotonicMs() - known.since);
  }

  return {
    before: async (login) => {
      const key = keyOf(login);
      const entry = entryOf(await read(), key);
      if (entry === undefined) return;
      if (entry.failures >= DISABLED_AT) throw new AppError('SECRET_DISABLED');
      const remaining = remainingMs(key, entry);
      if (remaining > 0) throw new AppError('SECRET_DELAYED', { params: { seconds: Math.ceil(remaining / 1_000) } });
    },
    failed: async (login) => {
      const key = keyOf(login);
      const counter = await read();
      const entry = { failures: (entryOf(counter, key)?.failures ?? 0) + 1, at: latest(counter).toISOString() };
      counter.entries[key] = entry;
      seen.set(`${path}\n${key}`, { entry, since: clock.monotonicMs(), elapsedBefore: 0 });
      await write(counter);
    },
    succeeded: async (login) => {
      const key = keyOf(login);
      const counter = await read();
      if ((entryOf(counter, key)?.failures ?? 0) === 0) return;
      if (counter.lost === null) delete counter.entries[key];
      else counter.entries[key] = { failures: 0, at: latest(counter).toISOString() };
      await write(counter);
    },
  };
}

/** The guard of the codes of cards: counted beside the secrets, by the same rule (R26). */
export function codeGuard(input: {
  readonly directory: string;
  readonly vaultId: string;
  readonly clock: Clock;
}): AttemptGuard {
  const guard = attemptGuard({ ...input, knownLogins: [] });
  const named = (login: string) => `code ${login}`;
  return {
    before: (login) => guard.before(named(login)),
    failed: (login) => guard.failed(named(login)),
    succeeded: (login) => guard.succeeded(named(login)),
  };
}
