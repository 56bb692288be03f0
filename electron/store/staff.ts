import type { Reader, Writer } from './sql.ts';

/** Staff directory: who borrows, reports and owns customers. */
export interface StaffRow {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  readonly department: string;
  readonly position: string;
  readonly phone: string;
  readonly login: string | null;
  readonly active: number;
}
/** When somebody left; null while the person works here. */
export interface StaffLeaving {
  readonly left_on: string | null;
}
export interface StaffView extends StaffRow, StaffLeaving {
  readonly open_loans: number;
  readonly overdue_loans: number;
}
const VIEW = `SELECT staff.*,
  (SELECT count(*) FROM loan WHERE borrower_id = staff.id AND returned_at IS NULL) AS open_loans,
  (SELECT count(*) FROM loan WHERE borrower_id = staff.id AND returned_at IS NULL AND due < :today) AS overdue_loans
  FROM staff`;

export function listStaff(sql: Reader, today: string, includeInactive: boolean): StaffView[] {
  return sql.all<StaffView>(`${VIEW} WHERE active = 1 OR :inactive = 1 ORDER BY active DESC, name`, {
    today,
    inactive: includeInactive ? 1 : 0,
  });
}
export function findStaff(sql: Reader, id: number, today: string): StaffView | undefined {
  return sql.get<StaffView>(`${VIEW} WHERE id = :id`, { id, today });
}
export function staffName(sql: Reader, id: number): string | undefined {
  return sql.get<{ name: string }>('SELECT name FROM staff WHERE id = ?', id)?.name;
}
export function insertStaff(sql: Writer, row: Omit<StaffRow, 'id'>): number {
  return Number(
    sql.run(
      'INSERT INTO staff (number, name, department, position, phone, login, active) VALUES (:number, :name, :department, :position, :phone, :login, :active)',
      { ...row },
    ).lastInsertRowid,
  );
}
export function updateStaff(sql: Writer, row: Omit<StaffRow, 'login'>): void {
  sql.run(
    'UPDATE staff SET number = :number, name = :name, department = :department, position = :position, phone = :phone, active = :active WHERE id = :id',
    {
      id: row.id,
      number: row.number,
      name: row.name,
      department: row.department,
      position: row.position,
      phone: row.phone,
      active: row.active,
    },
  );
}
export function findStaffByLogin(sql: Reader, login: string): StaffRow | undefined {
  return sql.get<StaffRow>('SELECT * FROM staff WHERE login = ?', login);
}
export function setLeftOn(sql: Writer, id: number, day: string | null): void {
  sql.run('UPDATE staff SET left_on = ? WHERE id = ?', day, id);
}
export function linkLogin(sql: Writer, id: number, login: string | null): void {
  sql.run('UPDATE staff SET login = ? WHERE id = ?', login, id);
}
