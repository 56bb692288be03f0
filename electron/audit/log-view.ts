import type { Reader, SqlValue } from '../store/sql.ts';
import { type AuditEntry, parseEntry } from './entry.ts';
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

/** One entry for many records, which names each of them in its data: found by any of them (peers §3, 23). */
const ACTS_ON_MANY = "'print', 'paper.changeMany'";

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
      const { conditions, values } = conditionsOf(filter);
      const from = conditions.length === 0 ? 'audit_log AS l' : 'audit_index AS i JOIN audit_log AS l ON l.seq = i.seq';
      const key = conditions.length === 0 ? 'l.seq' : 'i.seq';
      const first = filter.since === undefined ? 0 : seqSince(filter.since);
      const end = filter.until === undefined ? size() : seqSince(filter.until);
      const inTime = filter.since === undefined && filter.until === undefined ? [] : [first, end];
      const within = inTime.length === 0 ? [] : [`${key} >= ?`, `${key} < ?`];
      const rows = reader.all<StoredRow>(
        `SELECT l.seq, l.bytes, l.chain FROM ${from}${whereOf([...conditions, ...within, ...(filter.before === undefined ? [] : [`${key} < ?`])])} ORDER BY ${key} DESC LIMIT ?`,
        ...values,
        ...inTime,
        ...(filter.before === undefined ? [] : [filter.before]),
        filter.limit,
      );
      const counted = (): number =>
        conditions.length === 0
          ? Math.max(0, end - first)
          : (reader.get<{ n: number }>(
              `SELECT count(*) AS n FROM audit_index AS i${whereOf([...conditions, ...within])}`,
              ...values,
              ...inTime,
            )?.n ?? 0);
      return { entries: rows.map(listed), total: counted() };
    },
    entry: (seq) => {
      const row = reader.get<{ bytes: Buffer }>('SELECT bytes FROM audit_log WHERE seq = ?', seq);
      const entry = row === undefined ? undefined : parseEntry(row.bytes);
      return entry?.seq === seq ? entry : undefined;
    },
  };
}

const whereOf = (conditions: readonly string[]) =>
  conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;

function conditionsOf(filter: ListFilter): { conditions: string[]; values: SqlValue[] } {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const add = (condition: string, ...bound: SqlValue[]) => {
    conditions.push(condition);
    values.push(...bound);
  };
  if (filter.type !== undefined) add(filter.type.includes('.') ? 'i.type = ?' : 'i.family = ?', filter.type);
  if (filter.actor !== undefined) add('i.actor = ?', filter.actor);
  if (filter.obj !== undefined)
    add(
      `(i.obj = ? OR (i.type IN (${ACTS_ON_MANY}) AND EXISTS
        (SELECT 1 FROM audit_log AS many WHERE many.seq = i.seq AND instr(many.bytes, ?) > 0)))`,
      filter.obj,
      Buffer.from(JSON.stringify(filter.obj.slice(filter.obj.indexOf(':') + 1)), 'utf8'),
    );
  if (filter.outcome !== undefined) add('i.outcome = ?', filter.outcome);
  return { conditions, values };
}

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
