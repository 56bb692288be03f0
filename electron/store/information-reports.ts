import type { ReportChannel, ReportClass, ReportKind, ReportSubject } from '../../shared/domain/visit.ts';
import type { Reader, SqlValue, Writer } from './sql.ts';

/** Information reports with their procedures (V3), and how often customers are reported on (§4.2). */
export interface InformationRow {
  readonly id: number;
  readonly number: string;
  readonly kind: ReportKind;
  readonly customer_id: number | null;
  readonly reporter_id: number;
  readonly reported_at: string;
  readonly channel: ReportChannel;
  readonly subject: ReportSubject;
  readonly period: string;
  readonly acknowledge_by: string | null;
  readonly acknowledged_at: string | null;
  readonly acknowledged_by: string;
  readonly acknowledgement: string;
  readonly handling: string;
  readonly closed_on: string | null;
  readonly outcome: string;
  readonly recorded_at: string;
  readonly recorded_by: string;
  readonly revision: number;
  readonly field_values: string;
}
export interface InformationView extends InformationRow {
  readonly customer_number: string | null;
  readonly customer_name: string | null;
  readonly reporter: string;
  readonly acknowledger: string | null;
  readonly open_facts: number;
  readonly to_tell: number;
}

const COLUMNS = [
  'number',
  'kind',
  'customer_id',
  'reporter_id',
  'reported_at',
  'channel',
  'subject',
  'period',
  'acknowledge_by',
  'acknowledged_at',
  'acknowledged_by',
  'acknowledgement',
  'handling',
  'closed_on',
  'outcome',
  'recorded_at',
  'recorded_by',
  'revision',
  'field_values',
] as const satisfies readonly (keyof InformationRow)[];
const VIEW = `SELECT report.*, customer.number AS customer_number, customer.name AS customer_name, staff.name AS reporter, report_procedure.acknowledger,
    (SELECT count(*) FROM proposed_fact WHERE source_number = report.number AND state = 'open') AS open_facts,
    (SELECT count(*) FROM report_passing WHERE report_id = report.id AND state = 'waiting') AS to_tell
  FROM information_report AS report JOIN staff ON staff.id = report.reporter_id LEFT JOIN customer ON customer.id = report.customer_id
    LEFT JOIN report_procedure ON report_procedure.kind = report.kind`;

export function findInformation(sql: Reader, number: string): InformationView | undefined {
  return sql.get<InformationView>(`${VIEW} WHERE report.number = ?`, number);
}
export function insertInformation(sql: Writer, row: Omit<InformationRow, 'id'>): number {
  return Number(
    sql.run(
      `INSERT INTO information_report (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((column) => `:${column}`).join(', ')})`,
      { ...row },
    ).lastInsertRowid,
  );
}
export function updateInformation(sql: Writer, row: InformationRow): void {
  sql.run(
    `UPDATE information_report SET ${COLUMNS.map((column) => `${column} = :${column}`).join(', ')} WHERE id = :id`,
    { ...Object.fromEntries(COLUMNS.map((column) => [column, row[column]])), id: row.id },
  );
}

const WAITING = 'report.acknowledge_by IS NOT NULL AND report.acknowledged_at IS NULL';

export interface InformationFilter {
  readonly kind?: ReportKind | undefined;
  readonly state: 'all' | 'waiting' | 'open' | 'closed';
  readonly customerId?: number | undefined;
  readonly found?: { readonly customers: readonly number[]; readonly text: string } | undefined;
}

/** What waits to be acknowledged stands first, urgent before all, then the newest. */
export function listInformation(
  sql: Reader,
  filter: InformationFilter,
  offset: number,
  limit: number,
): { rows: InformationView[]; total: number } {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  const add = (part: string, ...bound: SqlValue[]) => {
    parts.push(part);
    values.push(...bound);
  };
  if (filter.kind !== undefined) add('report.kind = ?', filter.kind);
  if (filter.customerId !== undefined) add('report.customer_id = ?', filter.customerId);
  if (filter.state === 'waiting') add(WAITING);
  if (filter.state === 'open') add('report.closed_on IS NULL');
  if (filter.state === 'closed') add('report.closed_on IS NOT NULL');
  if (filter.found !== undefined)
    add(
      "(report.customer_id IN (SELECT value FROM json_each(?)) OR instr(report.number || ' ' || report.field_values, ?) > 0)",
      JSON.stringify(filter.found.customers),
      filter.found.text,
    );
  const where = parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`;
  return {
    rows: sql.all<InformationView>(
      `${VIEW} ${where} ORDER BY (${WAITING}) DESC, (${WAITING} AND report.kind = 'urgent') DESC, report.reported_at DESC, report.id DESC LIMIT ? OFFSET ?`,
      ...values,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM information_report AS report ${where}`, ...values)?.n ?? 0,
  };
}

/** V3: urgent reports that nobody has acknowledged, the longest waiting first: they stay on top of the desk. */
export function unacknowledgedUrgent(sql: Reader, limit: number): InformationView[] {
  return sql.all<InformationView>(
    `${VIEW} WHERE report.kind = 'urgent' AND ${WAITING} ORDER BY report.acknowledge_by, report.id LIMIT ?`,
    limit,
  );
}
export function countUnacknowledgedUrgent(sql: Reader): number {
  return (
    sql.get<{ n: number }>(
      `SELECT count(*) AS n FROM information_report AS report WHERE report.kind = 'urgent' AND ${WAITING}`,
    )?.n ?? 0
  );
}

export function informationOfCustomer(sql: Reader, customerId: number, limit: number): InformationView[] {
  return sql.all<InformationView>(
    `${VIEW} WHERE report.customer_id = ? ORDER BY report.reported_at DESC, report.id DESC LIMIT ?`,
    customerId,
    limit,
  );
}

export interface ProcedureRow {
  readonly kind: ReportKind;
  readonly reporter: string;
  readonly channels: string;
  readonly acknowledge_hours: number | null;
  readonly acknowledger: string;
}
export function listProcedures(sql: Reader): ProcedureRow[] {
  return sql.all<ProcedureRow>('SELECT * FROM report_procedure');
}
export function saveProcedure(sql: Writer, row: ProcedureRow): void {
  sql.run(
    `INSERT INTO report_procedure (kind, reporter, channels, acknowledge_hours, acknowledger) VALUES (:kind, :reporter, :channels, :acknowledge_hours, :acknowledger)
     ON CONFLICT (kind) DO UPDATE SET reporter = excluded.reporter, channels = excluded.channels, acknowledge_hours = excluded.acknowledge_hours, acknowledger = excluded.acknowledger`,
    { ...row },
  );
}

export function setReportClass(sql: Writer, customerId: number, reportClass: ReportClass | null): void {
  if (reportClass === null) sql.run('DELETE FROM report_class WHERE customer_id = ?', customerId);
  else
    sql.run(
      'INSERT INTO report_class (customer_id, class) VALUES (?, ?) ON CONFLICT (customer_id) DO UPDATE SET class = excluded.class',
      customerId,
      reportClass,
    );
}

/**
 * Customers whose periodic report of the period that ended last is missing. `periods`: the month due by class; `fallback`: the
 * class of customers whom nobody has named, or null when only named ones are reported on.
 */
export function periodicDue(
  sql: Reader,
  periods: Readonly<Record<ReportClass, string>>,
  fallback: ReportClass | null,
  offset: number,
  limit: number,
): {
  rows: { number: string; name: string; class: ReportClass; salesperson: string }[];
  total: number;
} {
  const period = `CASE coalesce(report_class.class, :fallback) WHEN 'first' THEN :first WHEN 'second' THEN :second ELSE :third END`;
  const from =
    fallback === null
      ? 'report_class JOIN customer ON customer.id = report_class.customer_id'
      : 'customer LEFT JOIN report_class ON report_class.customer_id = customer.id';
  const where = `WHERE customer.status = 'active' AND NOT EXISTS (SELECT 1 FROM information_report
      WHERE information_report.kind = 'periodic' AND information_report.customer_id = customer.id AND information_report.period = ${period})`;
  const values = { ...periods, fallback };
  return {
    rows: sql.all(
      `SELECT customer.number, customer.name, coalesce(report_class.class, :fallback) AS class,
         coalesce(customer.field_values ->> 'responsibleSalesperson', '') AS salesperson
       FROM ${from} ${where} ORDER BY customer.number LIMIT :limit OFFSET :offset`,
      { ...values, limit, offset },
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${from} ${where}`, values)?.n ?? 0,
  };
}
