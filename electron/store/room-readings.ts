import type { Reader, SqlValue, Writer } from './sql.ts';

/** Papers read in the room (L3): they leave their place, never the premises. */
export interface RoomReadingRow {
  readonly id: number;
  readonly paper_id: number;
  readonly staff_id: number;
  readonly basis: 'businessManager' | 'customerService' | 'executive';
  readonly purpose: string;
  readonly started_at: string;
  readonly started_by: string;
  readonly pages_out: number;
  readonly ended_at: string | null;
  readonly pages_in: number | null;
  readonly note: string;
}
export interface RoomReadingView extends RoomReadingRow {
  readonly code: string;
  readonly title: string;
  readonly original: number;
  readonly customer_number: string;
  readonly customer_name: string;
  readonly reader: string;
  readonly department: string;
}
const VIEW = `SELECT room_reading.*, paper.code, paper.title, paper.original, customer.number AS customer_number, customer.name AS customer_name,
  staff.name AS reader, staff.department
  FROM room_reading JOIN paper ON paper.id = room_reading.paper_id JOIN customer ON customer.id = paper.customer_id JOIN staff ON staff.id = room_reading.staff_id`;

export function findReading(sql: Reader, id: number): RoomReadingView | undefined {
  return sql.get<RoomReadingView>(`${VIEW} WHERE room_reading.id = ?`, id);
}
export function openReadingOf(sql: Reader, paperId: number): RoomReadingView | undefined {
  return sql.get<RoomReadingView>(`${VIEW} WHERE room_reading.paper_id = ? AND ended_at IS NULL`, paperId);
}
export function listReadings(
  sql: Reader,
  filter: { readonly open: boolean; readonly paperId?: number | undefined },
  offset: number,
  limit: number,
): { rows: RoomReadingView[]; total: number } {
  const parts: string[] = filter.open ? ['ended_at IS NULL'] : [];
  const values: SqlValue[] = [];
  if (filter.paperId !== undefined) {
    parts.push('room_reading.paper_id = ?');
    values.push(filter.paperId);
  }
  const where = parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`;
  return {
    rows: sql.all<RoomReadingView>(
      `${VIEW} ${where} ORDER BY started_at DESC, room_reading.id DESC LIMIT ? OFFSET ?`,
      ...values,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM room_reading ${where}`, ...values)?.n ?? 0,
  };
}
export function insertReading(sql: Writer, row: Omit<RoomReadingRow, 'id' | 'ended_at' | 'pages_in' | 'note'>): number {
  return Number(
    sql.run(
      `INSERT INTO room_reading (paper_id, staff_id, basis, purpose, started_at, started_by, pages_out)
       VALUES (:paper_id, :staff_id, :basis, :purpose, :started_at, :started_by, :pages_out)`,
      { ...row },
    ).lastInsertRowid,
  );
}
export function endReading(sql: Writer, id: number, at: string, pagesIn: number, note: string): void {
  sql.run('UPDATE room_reading SET ended_at = ?, pages_in = ?, note = ? WHERE id = ?', at, pagesIn, note, id);
}
