import type { Reader, SqlValue } from '../store/sql.ts';
import { type AuditEntry, parseEntry } from './entry.ts';
import { classConditions, countedEntries, type EntryClass } from './entry-counts.ts';
import { visibleText } from './visible-text.ts';

export interface ListFilter {
  /** Only entries with a smaller sequence number. */
  readonly before?: number | undefined;
  readonly limit: number;
  /** One type (`loan.lend`) or a whole family (`loan`). */
  readonly type?: string | undefined;
  readonly actor?: string | undefined;
  readonly obj?: string | undefined;
  readonly outcome?: 'ok' | 'refused' | 'failed' | undefined;
  /** Instants: entries at `since` or later, and before `until`. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** One line of the log view; every text can be shown as it is. An unreadable entry has `outcome` "damaged" and empty texts. */
export interface ListedEntry {
  readonly seq: number;
  readonly ts: string;
  readonly actor: string;
  readonly role: string;
  readonly type: string;
  readonly obj: string;
  readonly outcome: string;
  readonly why: string;
  /** JSON. */
  readonly data: string;
  /** Chain value, 64 hex digits. */
  readonly hash: string;
}

export interface LogPage {
  /** Newest first. */
  readonly entries: ListedEntry[];
  /** All entries that fit the filter, `before` aside. */
  readonly total: number;
}

const ROWS_AT_ONCE = 1_000;

interface StoredRow {
  readonly seq: number;
  readonly bytes: Buffer;
  readonly chain: Buffer;
}

/**
 * The reading side of the log for people. Filters go by the index table; what is shown comes from the log's own bytes. Times are found by
 * halving the log, which goes by time: a clock that was set back makes that a matter of minutes, never of what is shown.
 */
export function createLogView(reader: Reader): {
  list(filter: ListFilter): LogPage;
  entry(seq: number): AuditEntry | undefined;
  /** Sequence number of the first entry at that instant or later; the size of the log if there is none. */
  seqSince(instant: string): number;
  /** The entries from one instant to before another, the oldest first; unreadable ones are passed over. */
  between(from: string, until: string): IterableIterator<AuditEntry>;
} {
  const size = () => reader.get<{ n: number }>('SELECT coalesce(max(seq) + 1, 0) AS n FROM audit_log')?.n ?? 0;
  const timeOf = (seq: number): string => {
    const row = reader.get<{ bytes: Buffer }>('SELECT bytes FROM audit_log WHERE seq = ?', seq);
    return (row === undefined ? undefined : parseEntry(row.bytes))?.ts ?? '';
  };
  const seqSince = (instant: string): number => {
    let [low, high] = [0, size()];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (timeOf(middle) < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  function* between(from: string, until: string): IterableIterator<AuditEntry> {
    const end = seqSince(until);
    for (let at = seqSince(from); at < end; at += ROWS_AT_ONCE) {
      const rows = reader.all<{ bytes: Buffer }>(
        'SELECT bytes FROM audit_log WHERE seq >= ? AND seq < ? ORDER BY seq',
        at,
        Math.min(end, at + ROWS_AT_ONCE),
      );
      for (const { bytes } of rows) {
        const entry = parseEntry(bytes);
        if (entry !== undefined) yield entry;
      }
    }
  }
  return {
    seqSince,
    between,
    list: (filter) => {
      const first = filter.since === undefined ? 0 : seqSince(filter.since);
      const end = filter.until === undefined ? size() : seqSince(filter.until);
      const upTo = Math.min(end, filter.before ?? end);
      const of = classOf(filter);
      const rows = reader.all<StoredRow>(
        `SELECT l.seq, l.bytes, l.chain FROM (${found.sql(of, filter.obj)} ORDER BY seq DESC LIMIT ?) AS wanted
         CROSS JOIN audit_log AS l ON l.seq = wanted.seq ORDER BY l.seq DESC`,
        ...found.values(of, filter.obj, first, upTo),
        filter.limit,
      );
      const counted = () => (isWhole(of) ? Math.max(0, end - first) : countedEntries(reader, of, first, end));
      const total =
        filter.obj === undefined
          ? counted()
          : reader.get<{ n: number }>(
              `SELECT count(*) AS n FROM (${found.sql(of, filter.obj)})`,
              ...found.values(of, filter.obj, first, end),
            )?.n;
      return { entries: rows.map(listed), total: total ?? 0 };
    },
    entry: (seq) => {
      const row = reader.get<{ bytes: Buffer }>('SELECT bytes FROM audit_log WHERE seq = ?', seq);
      const entry = row === undefined ? undefined : parseEntry(row.bytes);
      return entry?.seq === seq ? entry : undefined;
    },
  };
}

const isWhole = (of: EntryClass): boolean => Object.values(of).every((value) => value === undefined);

const classOf = ({ type, actor, outcome }: ListFilter): EntryClass => ({
  ...(type?.includes('.') ? { type } : { family: type }),
  actor,
  outcome,
});

/** The index of what fewest entries have: hardly any are refused, and most are of one person. */
function indexOf({ outcome, type, family, actor }: EntryClass): string {
  if (outcome !== undefined && outcome !== 'ok') return 'audit_index_outcome';
  if (type !== undefined) return 'audit_index_type';
  if (family !== undefined) return 'audit_index_family';
  return actor === undefined ? 'audit_index_outcome' : 'audit_index_actor';
}

/**
 * The sequence numbers of a class within bounds; of one record those of its own entries and of those for many that name it, each along its
 * index, so that the newest are found without the others.
 */
const found = {
  sql(of: EntryClass, obj: string | undefined): string {
    const within = [...classConditions(of, 'audit_index').sql, 'audit_index.seq >= ?', 'audit_index.seq < ?'];
    // All of it comes from the log itself: an entry that the index has lost is still seen.
    if (isWhole(of) && obj === undefined) return 'SELECT seq FROM audit_log WHERE seq >= ? AND seq < ?';
    if (obj === undefined)
      return `SELECT audit_index.seq AS seq FROM audit_index INDEXED BY ${indexOf(of)} WHERE ${within.join(' AND ')}`;
    return `SELECT audit_index.seq AS seq FROM audit_index INDEXED BY audit_index_obj WHERE ${[...within, 'audit_index.obj = ?'].join(' AND ')}
      UNION SELECT audit_named.seq AS seq FROM audit_named CROSS JOIN audit_index ON audit_index.seq = audit_named.seq
      WHERE ${[...within, 'audit_named.name = ?'].join(' AND ')}`;
  },
  values(of: EntryClass, obj: string | undefined, first: number, end: number): SqlValue[] {
    const within = [...classConditions(of, 'audit_index').values, first, end];
    return obj === undefined ? within : [...within, obj, ...within, obj.slice(obj.indexOf(':') + 1)];
  },
};

function listed(row: StoredRow): ListedEntry {
  const hash = Buffer.from(row.chain).toString('hex');
  const entry = parseEntry(row.bytes);
  if (entry === undefined || entry.seq !== row.seq) {
    return {
      seq: row.seq,
      ts: '',
      actor: '',
      role: '',
      type: '',
      obj: '',
      outcome: 'damaged',
      why: '',
      data: '{}',
      hash,
    };
  }
  return {
    seq: row.seq,
    ts: entry.ts,
    actor: visibleText(entry.actor),
    role: entry.role,
    type: entry.type,
    obj: visibleText(entry.obj),
    outcome: entry.outcome,
    why: visibleText(entry.why),
    data: visibleText(JSON.stringify(entry.data)),
    hash,
  };
}
