import type { Reader, SqlValue, Writer } from './sql.ts';

/** Daily visit reports, who owes them and on which days (V1). */
export interface DailyReportRow {
  readonly id: number;
  readonly number: string;
  readonly staff_id: number;
  readonly day: string;
  readonly due_at: string;
  readonly handed_in_at: string | null;
  readonly received_by: string;
  readonly reviewed_at: string | null;
  readonly reviewed_by: string;
  readonly review_comment: string;
  readonly recorded_at: string;
  readonly recorded_by: string;
  readonly updated_at: string;
  readonly updated_by: string;
  readonly revision: number;
  readonly field_values: string;
}
export interface DailyReportView extends DailyReportRow {
  readonly staff_name: string;
  readonly department: string;
  readonly visits: number;
  readonly open_facts: number;
}

const COLUMNS = [
  'number',
  'staff_id',
  'day',
  'due_at',
  'handed_in_at',
  'received_by',
  'reviewed_at',
  'reviewed_by',
  'review_comment',
  'recorded_at',
  'recorded_by',
  'updated_at',
  'updated_by',
  'revision',
  'field_values',
] as const satisfies readonly (keyof DailyReportRow)[];
const VIEW = `SELECT daily_report.*, staff.name AS staff_name, staff.department,
    (SELECT count(*) FROM visit WHERE visit.report_id = daily_report.id) AS visits,
    (SELECT count(*) FROM proposed_fact WHERE source_number = daily_report.number AND state = 'open') AS open_facts
  FROM daily_report JOIN staff ON staff.id = daily_report.staff_id`;

export function findDailyReport(sql: Reader, number: string): DailyReportView | undefined {
  return sql.get<DailyReportView>(`${VIEW} WHERE daily_report.number = ?`, number);
}
export function findDailyReportById(sql: Reader, id: number): DailyReportView | undefined {
  return sql.get<DailyReportView>(`${VIEW} WHERE daily_report.id = ?`, id);
}
export function dailyReportOf(sql: Reader, staffId: number, day: string): DailyReportView | undefined {
  return sql.get<DailyReportView>(`${VIEW} WHERE daily_report.staff_id = ? AND daily_report.day = ?`, staffId, day);
}
export function insertDailyReport(sql: Writer, row: Omit<DailyReportRow, 'id'>): number {
  return Number(
    sql.run(
      `INSERT INTO daily_report (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((column) => `:${column}`).join(', ')})`,
      { ...row },
    ).lastInsertRowid,
  );
}
export function updateDailyReport(sql: Writer, row: DailyReportRow): void {
  sql.run(`UPDATE daily_report SET ${COLUMNS.map((column) => `${column} = :${column}`).join(', ')} WHERE id = :id`, {
    ...Object.fromEntries(COLUMNS.map((column) => [column, row[column]])),
    id: row.id,
  });
}
/** Takes a report without lines out; its number stays void (C1). */
export function voidDailyReport(
  sql: Writer,
  report: Pick<DailyReportRow, 'id' | 'number' | 'staff_id' | 'day'>,
  voided: { readonly at: string; readonly by: string; readonly reason: string },
): void {
  sql.run('DELETE FROM daily_report_version WHERE report_id = ?', report.id);
  sql.run('DELETE FROM daily_report WHERE id = ?', report.id);
  sql.run(
    'INSERT INTO daily_report_void (number, staff_id, day, voided_at, voided_by, reason) VALUES (?, ?, ?, ?, ?, ?)',
    report.number,
    report.staff_id,
    report.day,
    voided.at,
    voided.by,
    voided.reason,
  );
}
/** When and why a number of a report was voided. */
export function voidedReport(sql: Reader, number: string): { voided_at: string; reason: string } | undefined {
  return sql.get('SELECT voided_at, reason FROM daily_report_void WHERE number = ?', number);
}

export interface DailyReportFilter {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly staffId?: number | undefined;
  readonly show: 'all' | 'late' | 'unreviewed' | 'notHandedIn';
}

export function listDailyReports(
  sql: Reader,
  filter: DailyReportFilter,
  offset: number,
  limit: number,
): { rows: DailyReportView[]; total: number } {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  const add = (part: string, ...bound: SqlValue[]) => {
    parts.push(part);
    values.push(...bound);
  };
  if (filter.from !== undefined) add('daily_report.day >= ?', filter.from);
  if (filter.to !== undefined) add('daily_report.day <= ?', filter.to);
  if (filter.staffId !== undefined) add('daily_report.staff_id = ?', filter.staffId);
  if (filter.show === 'late') add('daily_report.handed_in_at > daily_report.due_at');
  if (filter.show === 'unreviewed') add('daily_report.reviewed_at IS NULL AND daily_report.handed_in_at IS NOT NULL');
  if (filter.show === 'notHandedIn') add('daily_report.handed_in_at IS NULL');
  const where = parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`;
  return {
    rows: sql.all<DailyReportView>(
      `${VIEW} ${where} ORDER BY daily_report.day DESC, daily_report.staff_id, daily_report.id LIMIT ? OFFSET ?`,
      ...values,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM daily_report ${where}`, ...values)?.n ?? 0,
  };
}

export function insertReportVersion(
  sql: Writer,
  row: { reportId: number; revision: number; at: string; by: string; content: string; auditSequence: number },
): void {
  sql.run(
    'INSERT INTO daily_report_version (report_id, revision, at, by, content, audit_sequence) VALUES (:reportId, :revision, :at, :by, :content, :auditSequence)',
    row,
  );
}
export function reportVersions(
  sql: Reader,
  reportId: number,
): { revision: number; at: string; by: string; content: string }[] {
  return sql.all(
    'SELECT revision, at, by, content FROM daily_report_version WHERE report_id = ? ORDER BY revision DESC LIMIT 100',
    reportId,
  );
}

/** Everything of a period that the calendar of missing and late reports needs, in one reading each. */
export function reportsBetween(
  sql: Reader,
  from: string,
  to: string,
): { number: string; staff_id: number; day: string; due_at: string; handed_in_at: string | null; visits: number }[] {
  return sql.all(
    `SELECT number, staff_id, day, due_at, handed_in_at, (SELECT count(*) FROM visit WHERE report_id = daily_report.id) AS visits
     FROM daily_report WHERE day >= ? AND day <= ?`,
    from,
    to,
  );
}

export interface DutyRow {
  readonly staff_id: number;
  readonly staff_name: string;
  readonly department: string;
  readonly from_day: string;
  readonly until_day: string | null;
}
/** Duties that touch a period. */
export function dutiesBetween(sql: Reader, from: string, to: string): DutyRow[] {
  return sql.all<DutyRow>(
    `SELECT reporting_duty.*, staff.name AS staff_name, staff.department FROM reporting_duty JOIN staff ON staff.id = staff_id
     WHERE from_day <= ? AND (until_day IS NULL OR until_day >= ?) ORDER BY staff.department, staff.number, staff.name`,
    to,
    from,
  );
}
export function dutyOf(sql: Reader, staffId: number): DutyRow | undefined {
  return sql.get<DutyRow>(
    'SELECT reporting_duty.*, staff.name AS staff_name, staff.department FROM reporting_duty JOIN staff ON staff.id = staff_id WHERE staff_id = ?',
    staffId,
  );
}
export function setDuty(sql: Writer, staffId: number, from: string, until: string | null): void {
  sql.run(
    'INSERT INTO reporting_duty (staff_id, from_day, until_day) VALUES (?, ?, ?) ON CONFLICT (staff_id) DO UPDATE SET from_day = excluded.from_day, until_day = excluded.until_day',
    staffId,
    from,
    until,
  );
}
export function removeDuty(sql: Writer, staffId: number): void {
  sql.run('DELETE FROM reporting_duty WHERE staff_id = ?', staffId);
}
export function excusesBetween(
  sql: Reader,
  from: string,
  to: string,
): { staff_id: number; day: string; reason: string }[] {
  return sql.all(
    'SELECT staff_id, day, reason FROM reporting_excuse WHERE day >= ? AND day <= ? ORDER BY day',
    from,
    to,
  );
}
export function setExcuse(
  sql: Writer,
  row: { staffId: number; day: string; reason: string; at: string; by: string },
): void {
  sql.run(
    'INSERT INTO reporting_excuse (staff_id, day, reason, at, by) VALUES (:staffId, :day, :reason, :at, :by) ON CONFLICT (staff_id, day) DO UPDATE SET reason = excluded.reason, at = excluded.at, by = excluded.by',
    row,
  );
}
export function removeExcuse(sql: Writer, staffId: number, day: string): void {
  sql.run('DELETE FROM reporting_excuse WHERE staff_id = ? AND day = ?', staffId, day);
}

export interface CalendarDayRow {
  readonly day: string;
  readonly working: number;
  readonly name: string;
}
export function calendarDays(sql: Reader, from: string, to: string): CalendarDayRow[] {
  return sql.all<CalendarDayRow>('SELECT * FROM calendar_day WHERE day >= ? AND day <= ? ORDER BY day', from, to);
}
export function setCalendarDay(sql: Writer, row: CalendarDayRow): void {
  sql.run(
    'INSERT INTO calendar_day (day, working, name) VALUES (:day, :working, :name) ON CONFLICT (day) DO UPDATE SET working = excluded.working, name = excluded.name',
    { ...row },
  );
}
export function removeCalendarDay(sql: Writer, day: string): void {
  sql.run('DELETE FROM calendar_day WHERE day = ?', day);
}
