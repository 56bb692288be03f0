import type { Reader, SqlValue, Writer } from './sql.ts';

/** Facts from reports that wait to be accepted for a card, one by one (V2). */
export interface FactRow {
  readonly id: number;
  readonly customer_id: number;
  readonly source_kind: 'visit' | 'information';
  readonly source_number: string;
  readonly visit_id: number | null;
  readonly field: string;
  readonly mode: 'set' | 'add';
  readonly value: string;
  readonly note: string;
  readonly state: 'open' | 'accepted' | 'refused';
  readonly proposed_at: string;
  readonly proposed_by: string;
  readonly decided_at: string | null;
  readonly decided_by: string;
  readonly reason: string;
}

const COLUMNS = [
  'customer_id',
  'source_kind',
  'source_number',
  'visit_id',
  'field',
  'mode',
  'value',
  'note',
  'state',
  'proposed_at',
  'proposed_by',
  'decided_at',
  'decided_by',
  'reason',
] as const satisfies readonly (keyof FactRow)[];

export function insertFact(sql: Writer, row: Omit<FactRow, 'id'>): number {
  return Number(
    sql.run(
      `INSERT INTO proposed_fact (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((column) => `:${column}`).join(', ')})`,
      { ...row },
    ).lastInsertRowid,
  );
}
export function findFact(sql: Reader, id: number): FactRow | undefined {
  return sql.get<FactRow>('SELECT * FROM proposed_fact WHERE id = ?', id);
}
export function decideFact(
  sql: Writer,
  id: number,
  decision: { state: 'accepted' | 'refused'; value: string; at: string; by: string; reason: string },
): void {
  sql.run(
    'UPDATE proposed_fact SET state = :state, value = :value, decided_at = :at, decided_by = :by, reason = :reason WHERE id = :id',
    { ...decision, id },
  );
}
/** True when an open fact of the same content waits already: the same report saved twice proposes it once. */
export function hasOpenFact(
  sql: Reader,
  fact: Pick<FactRow, 'customer_id' | 'source_number' | 'field' | 'mode' | 'value'>,
): boolean {
  return (
    sql.get(
      "SELECT 1 FROM proposed_fact WHERE source_number = ? AND customer_id = ? AND field = ? AND mode = ? AND value = ? AND state <> 'refused'",
      fact.source_number,
      fact.customer_id,
      fact.field,
      fact.mode,
      fact.value,
    ) !== undefined
  );
}
export function decidedFactsOfVisit(sql: Reader, visitId: number): number {
  return (
    sql.get<{ n: number }>("SELECT count(*) AS n FROM proposed_fact WHERE visit_id = ? AND state <> 'open'", visitId)
      ?.n ?? 0
  );
}
export function listFacts(
  sql: Reader,
  filter: {
    readonly state: 'open' | 'decided' | 'all';
    readonly customerId?: number | undefined;
    readonly source?: string | undefined;
  },
  offset: number,
  limit: number,
): { rows: FactRow[]; total: number } {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  if (filter.state !== 'all') parts.push(filter.state === 'open' ? "state = 'open'" : "state <> 'open'");
  if (filter.customerId !== undefined) {
    parts.push('customer_id = ?');
    values.push(filter.customerId);
  }
  if (filter.source !== undefined) {
    parts.push('source_number = ?');
    values.push(filter.source);
  }
  const where = parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`;
  const order = filter.state === 'decided' ? 'decided_at DESC, id DESC' : 'proposed_at, id';
  return {
    rows: sql.all<FactRow>(
      `SELECT * FROM proposed_fact ${where} ORDER BY ${order} LIMIT ? OFFSET ?`,
      ...values,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM proposed_fact ${where}`, ...values)?.n ?? 0,
  };
}
export function countOpenFacts(sql: Reader): number {
  return sql.get<{ n: number }>("SELECT count(*) AS n FROM proposed_fact WHERE state = 'open'")?.n ?? 0;
}
