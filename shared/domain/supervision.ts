import { daysBetween } from '../util/days.ts';

/**
 * What a supervisor looks at once a month (R74): signs of a quiet export, counted from the log. Pure: entries in, figures out.
 * Nothing here proves a wrong; it says where to ask.
 */

/** One entry of the log, as far as it is counted. */
export interface CountedEntry {
  readonly seq: number;
  /** Instant, UTC. */
  readonly at: string;
  readonly actor: string;
  readonly type: string;
  readonly outcome: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Where and when the office works, for views outside its hours. */
export interface OfficeHours {
  /** Minutes that local time is ahead of UTC. */
  readonly offsetMinutes: number;
  /** First and last hour of the day, `[7, 20)`. */
  readonly hours: readonly [number, number];
  /** Free weekdays, 0 Sunday … 6 Saturday. */
  readonly weekend: readonly number[];
}

export const SIGNALS = [
  'busyHours',
  'outsideHours',
  'manySearches',
  'prints',
  'exports',
  'newMedia',
  'backups',
  'backupLate',
  'clockDoubts',
  'failedChecks',
  'damages',
  'refused',
  'wrongSecrets',
] as const;
export type SignalKey = (typeof SIGNALS)[number];

export interface Signal {
  readonly key: SignalKey;
  readonly count: number;
  /** Somebody should ask: more than usual, or something that ought not to be. */
  readonly remarkable: boolean;
  /** The first entries that were counted. */
  readonly entries: readonly number[];
}

const VIEWS = new Set([
  'card.view',
  'card.history',
  'dossier.view',
  'paper.view',
  'scan.view',
  'volume.view',
  'visit.list',
]);
/** Sealed for somebody, it is no export in plain (R70). */
const EXPORTS = new Set(['export.customers', 'export.records', 'archive.export', 'analysis.table', 'register.save']);
const PRINTS = new Set(['print', 'document.save', 'brief.take', 'copy.make']);
/** The median of an archive that is hardly used would make every hour remarkable. */
const QUIET_HOUR = 20;
const BUSY_FACTOR = 3;
const SEARCHES_A_DAY = 60;
const SHOWN = 20;
/** Days before the month that say what is usual. */
export const USUAL_DAYS = 30;

const hourOf = (at: string) => at.slice(0, 13);

export function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Views by person and hour. */
function viewsByHour(entries: readonly CountedEntry[]): Map<string, CountedEntry[]> {
  const views = entries.filter(({ type, outcome }) => VIEWS.has(type) && outcome === 'ok');
  return Map.groupBy(views, ({ actor, at }) => `${actor} ${hourOf(at)}`);
}

/** Hours in which somebody looked at more than three times as much as in the middle hour of the thirty days before. */
function busyHours(entries: readonly CountedEntry[], before: readonly CountedEntry[]): CountedEntry[] {
  const personOf = (hour: string) => hour.slice(0, hour.lastIndexOf(' '));
  const usual = Map.groupBy(viewsByHour(before), ([hour]) => personOf(hour));
  return [...viewsByHour(entries)].flatMap(([hour, seen]) => {
    const limit = Math.max(
      QUIET_HOUR,
      BUSY_FACTOR * median((usual.get(personOf(hour)) ?? []).map(([, { length }]) => length)),
    );
    const [first] = seen;
    return seen.length > limit && first !== undefined ? [first] : [];
  });
}

function isOutside(at: string, { offsetMinutes, hours, weekend }: OfficeHours): boolean {
  const local = new Date(Date.parse(at) + offsetMinutes * 60_000);
  return weekend.includes(local.getUTCDay()) || local.getUTCHours() < hours[0] || local.getUTCHours() >= hours[1];
}

/** What the outer log holds besides failed tries and signs of a hand in it. */
const HARMLESS_OUTER: ReadonlySet<string> = new Set(['outer.begun', 'outer.start.second']);

/**
 * The signals of a month.
 * @param entries of the month · `before`: of the `USUAL_DAYS` days before it
 */
export function quietExportSignals(
  entries: readonly CountedEntry[],
  before: readonly CountedEntry[],
  office: OfficeHours,
): readonly Signal[] {
  const of = (test: (entry: CountedEntry) => boolean) => entries.filter(test);
  const searches = Map.groupBy(
    of(({ type }) => type === 'search'),
    ({ actor, at }) => `${actor} ${at.slice(0, 10)}`,
  );
  const found: Readonly<Record<SignalKey, readonly CountedEntry[]>> = {
    busyHours: busyHours(entries, before),
    outsideHours: of((entry) => VIEWS.has(entry.type) && isOutside(entry.at, office)),
    manySearches: [...searches.values()].flatMap((day) => (day.length > SEARCHES_A_DAY ? day.slice(0, 1) : [])),
    prints: of((entry) => PRINTS.has(entry.type) && entry.outcome === 'ok'),
    exports: of((entry) => EXPORTS.has(entry.type) && entry.data['sealedFor'] === undefined),
    newMedia: of((entry) => entry.type === 'backup.done' && entry.data['newMedium'] === 1),
    backups: of((entry) => entry.type === 'backup.done' && entry.outcome === 'ok'),
    // The sign-in says so (R59).
    backupLate: of((entry) => entry.type === 'session.unlock' && entry.data['backupLate'] === 1),
    clockDoubts: of((entry) => entry.type === 'clock.doubt'),
    failedChecks: of((entry) => (entry.type === 'verify' || entry.type === 'backup.drill') && entry.data['ok'] === 0),
    damages: of(
      (entry) => entry.type === 'fixity' && Number(entry.data['damaged'] ?? 0) > 0 && entry.data['complete'] === 1,
    ),
    refused: of((entry) => entry.outcome === 'refused'),
    wrongSecrets: of((entry) => entry.type.startsWith('outer.') && !HARMLESS_OUTER.has(entry.type)),
  };
  /** A few of these are a normal month; any of the others is worth asking. */
  const usual = new Set<SignalKey>(['prints', 'backups', 'refused', 'outsideHours']);
  return SIGNALS.map((key) => ({
    key,
    count: found[key].length,
    remarkable: found[key].length > 0 && !usual.has(key),
    entries: found[key].slice(0, SHOWN).map(({ seq }) => seq),
  }));
}

/** Days between two countersignatures of a supervisor. */
export const COUNTERSIGN_DAYS = 31;

/** Whether a supervisor's signature is due; days as `YYYY-MM-DD`. */
export function countersignDue(lastOn: string | null, firstOn: string | null, today: string): boolean {
  const since = lastOn ?? firstOn;
  return since !== null && daysBetween(since, today) >= COUNTERSIGN_DAYS;
}
