import type { PassingReason, PassingState, RoutingRule } from '../../shared/domain/information-reports.ts';
import type { ReportChannel } from '../../shared/domain/visit.ts';
import type { Reader, Writer } from './sql.ts';

/** Whom reports are passed on to (V3), and who is told of which subject. */
export interface PassingRow {
  readonly report_id: number;
  readonly staff_id: number;
  readonly why: PassingReason;
  readonly pass_by: string;
  readonly state: PassingState;
  readonly passed_at: string | null;
  readonly channel: ReportChannel | '';
  readonly words: string;
  readonly decided_by: string;
}
export interface PassingView extends PassingRow {
  readonly staff: string;
  readonly department: string;
}

/** Of one report: who still waits first, then in the order of the list. */
export function passingsOf(sql: Reader, reportId: number): PassingView[] {
  return sql.all<PassingView>(
    `SELECT report_passing.*, staff.name AS staff, staff.department FROM report_passing JOIN staff ON staff.id = report_passing.staff_id
     WHERE report_id = ? ORDER BY state <> 'waiting', report_passing.id`,
    reportId,
  );
}

/** Puts somebody on the list, or writes over what stands there of them. */
export function savePassing(sql: Writer, row: PassingRow): void {
  const { report_id, staff_id, why, pass_by, state, passed_at, channel, words, decided_by } = row;
  sql.run(
    `INSERT INTO report_passing (report_id, staff_id, why, pass_by, state, passed_at, channel, words, decided_by)
     VALUES (:report_id, :staff_id, :why, :pass_by, :state, :passed_at, :channel, :words, :decided_by)
     ON CONFLICT (report_id, staff_id) DO UPDATE SET state = excluded.state, passed_at = excluded.passed_at, channel = excluded.channel,
       words = excluded.words, decided_by = excluded.decided_by`,
    { report_id, staff_id, why, pass_by, state, passed_at, channel, words, decided_by },
  );
}

/** Rules by subject; of people who work here. */
export function listRouting(sql: Reader): (RoutingRule & { readonly name: string; readonly department: string })[] {
  return sql.all(
    `SELECT report_routing.subject, staff.id AS staffId, staff.name, staff.department FROM report_routing
     JOIN staff ON staff.id = report_routing.staff_id WHERE staff.active = 1 ORDER BY report_routing.subject, staff.name, staff.id`,
  );
}

/** The people of a subject, all of them. */
export function setRouting(sql: Writer, subject: RoutingRule['subject'], staffIds: readonly number[]): void {
  sql.run('DELETE FROM report_routing WHERE subject = ?', subject);
  for (const id of new Set(staffIds))
    sql.run('INSERT INTO report_routing (subject, staff_id) VALUES (?, ?)', subject, id);
}

/** The salesperson of a customer, if somebody of the directory who works here is named on the card. */
export function salespersonOf(sql: Reader, customerId: number): number | null {
  const row = sql.get<{ id: number }>(
    `SELECT staff.id FROM customer JOIN staff ON customer.field_values ->> 'responsibleSalesperson' IN (staff.name, CAST(staff.id AS TEXT))
     WHERE customer.id = ? AND staff.active = 1 ORDER BY staff.id LIMIT 1`,
    customerId,
  );
  return row?.id ?? null;
}
