import type { WatchKind } from '../../shared/domain/watched-changes.ts';
import type { Reader, SqlValue, Writer } from './sql.ts';

/** Changes worth watching (M1), until somebody has looked at them. */
export interface WatchFlagRow {
  readonly id: number;
  readonly customer_id: number;
  readonly kind: WatchKind;
  /** Keys of the fields that changed, as JSON. */
  readonly fields: string;
  readonly raised_on: string;
  readonly raised_at: string;
  readonly raised_by: string;
  readonly audit_sequence: number;
  readonly settled_at: string | null;
  readonly settled_by: string | null;
  readonly note: string;
}

export type WatchFlagView = WatchFlagRow & { readonly number: string; readonly name: string };

const VIEW =
  'SELECT watch_flag.*, customer.number, customer.name FROM watch_flag JOIN customer ON customer.id = watch_flag.customer_id';

export function insertWatchFlag(
  sql: Writer,
  row: Omit<WatchFlagRow, 'id' | 'settled_at' | 'settled_by' | 'note'>,
): void {
  sql.run(
    `INSERT INTO watch_flag (customer_id, kind, fields, raised_on, raised_at, raised_by, audit_sequence)
     VALUES (:customer_id, :kind, :fields, :raised_on, :raised_at, :raised_by, :audit_sequence)`,
    { ...row },
  );
}

export function openWatchFlags(sql: Reader, customerId: number): WatchFlagRow[] {
  return sql.all('SELECT * FROM watch_flag WHERE customer_id = ? AND settled_at IS NULL ORDER BY id', customerId);
}

export function findWatchFlag(sql: Reader, id: number): WatchFlagView | undefined {
  return sql.get(`${VIEW} WHERE watch_flag.id = ?`, id);
}

export function listWatchFlags(
  sql: Reader,
  filter: { readonly open: boolean; readonly customerId?: number | undefined },
  offset: number,
  limit: number,
): { rows: WatchFlagView[]; total: number } {
  const parts = [filter.open ? 'watch_flag.settled_at IS NULL' : 'watch_flag.settled_at IS NOT NULL'];
  const values: SqlValue[] = [];
  if (filter.customerId !== undefined) {
    parts.push('watch_flag.customer_id = ?');
    values.push(filter.customerId);
  }
  const where = parts.join(' AND ');
  const order = filter.open ? 'watch_flag.raised_on, watch_flag.id' : 'watch_flag.id DESC';
  return {
    rows: sql.all(`${VIEW} WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`, ...values, limit, offset),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM watch_flag WHERE ${where}`, ...values)?.n ?? 0,
  };
}

export function settleWatchFlag(sql: Writer, id: number, at: string, by: string, note: string): void {
  sql.run('UPDATE watch_flag SET settled_at = ?, settled_by = ?, note = ? WHERE id = ?', at, by, note, id);
}

/**
 * Flags for changes of the person in charge that are in the history already, for an archive that is filled with one: the newest
 * `open` wait, older ones were settled. Answers how many.
 */
export function flagRecentChanges(
  sql: Writer,
  wish: { readonly since: string; readonly open: number; readonly settledBy: string; readonly note: string },
): number {
  const changes = sql.all<{ customer_id: number; at: string; by: string; audit_sequence: number }>(
    `SELECT customer_id, at, by, audit_sequence FROM customer_change JOIN customer ON customer.id = customer_id
     WHERE field = 'legalRepresentative' AND from_value <> 'null' AND at >= ? AND customer.kind = 'enterprise' ORDER BY at DESC, customer_change.id LIMIT 12`,
    wish.since,
  );
  for (const [index, change] of changes.entries()) {
    insertWatchFlag(sql, {
      customer_id: change.customer_id,
      kind: 'personInCharge',
      fields: '["legalRepresentative"]',
      raised_on: change.at.slice(0, 10),
      raised_at: change.at,
      raised_by: change.by,
      audit_sequence: change.audit_sequence,
    });
    if (index < wish.open) continue;
    const id = sql.get<{ id: number }>('SELECT max(id) AS id FROM watch_flag')?.id ?? 0;
    settleWatchFlag(sql, id, change.at, wish.settledBy, wish.note);
  }
  return changes.length;
}
