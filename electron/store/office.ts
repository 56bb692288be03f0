import { compareText } from '../../shared/util/text.ts';
import { OPEN_LOANS_BY_DUE } from './loans.ts';
import type { Reader, Writer } from './sql.ts';

/** The keeper's office handed over (M3), and what goes over with it. Fixed once written: triggers refuse every change. */
export interface OfficeHandoverRow {
  readonly id: number;
  readonly number: string;
  readonly at: string;
  readonly from_login: string;
  readonly from_name: string;
  readonly to_login: string;
  readonly to_name: string;
  readonly supervisor_login: string;
  readonly supervisor_name: string;
  readonly inventory: string;
  readonly sha256: string;
  readonly differences: string;
  readonly remarks: string;
  readonly audit_sequence: number;
}

export function insertOfficeHandover(sql: Writer, row: Omit<OfficeHandoverRow, 'id'>): void {
  sql.run(
    `INSERT INTO office_handover (number, at, from_login, from_name, to_login, to_name, supervisor_login, supervisor_name, inventory, sha256, differences, remarks, audit_sequence)
     VALUES (:number, :at, :from_login, :from_name, :to_login, :to_name, :supervisor_login, :supervisor_name, :inventory, :sha256, :differences, :remarks, :audit_sequence)`,
    { ...row },
  );
}

export function findOfficeHandover(sql: Reader, number: string): OfficeHandoverRow | undefined {
  return sql.get<OfficeHandoverRow>('SELECT * FROM office_handover WHERE number = ?', number);
}

export function listOfficeHandovers(
  sql: Reader,
  offset: number,
  limit: number,
): { rows: OfficeHandoverRow[]; total: number } {
  return {
    rows: sql.all<OfficeHandoverRow>(
      'SELECT * FROM office_handover ORDER BY at DESC, id DESC LIMIT ? OFFSET ?',
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>('SELECT count(*) AS n FROM office_handover')?.n ?? 0,
  };
}

/** Scans whose fingerprints are read between two turns of the event loop. */
const SCANS_AT_ONCE = 1_000;

/** SHA-256 of every scan, in the order of their ids, in pieces: together they are the fingerprint of what is kept as files. */
export function* scanFingerprints(sql: Reader, atOnce = SCANS_AT_ONCE): Generator<readonly string[], void> {
  for (let after = ''; ; ) {
    const rows = sql.all<{ id: string; purpose: string; sha256: string }>(
      'SELECT id, purpose, sha256_plain AS sha256 FROM attachment WHERE id > ? ORDER BY id LIMIT ?',
      after,
      atOnce,
    );
    yield rows.filter(({ purpose }) => purpose === 'scan').map(({ sha256 }) => sha256);
    if (rows.length < atOnce) return;
    after = rows.at(-1)?.id ?? '';
  }
}

export interface OpenLoanLine {
  readonly number: string;
  readonly code: string;
  readonly title: string;
  readonly borrower: string;
  readonly due: string;
}
const OPEN_LOAN = `SELECT loan.number, paper.code, paper.title, staff.name AS borrower, loan.due`;
const openLoans = (from: string) =>
  `FROM ${from} JOIN paper ON paper.id = loan.paper_id JOIN staff ON staff.id = loan.borrower_id WHERE loan.returned_at IS NULL`;

/** Loans read between two turns of the event loop: each with its paper. */
const LOANS_AT_ONCE = 200;

/** Everything that is lent at this moment, by the day when it is due. Read in pieces. */
export function* openLoanLines(sql: Reader, atOnce = LOANS_AT_ONCE): Generator<undefined, OpenLoanLine[]> {
  const lines: OpenLoanLine[] = [];
  for (let [due, id] = ['', 0]; ; ) {
    const rows = sql.all<OpenLoanLine & { readonly id: number }>(
      `${OPEN_LOAN}, loan.id ${openLoans(OPEN_LOANS_BY_DUE)} AND (loan.due, loan.id) > (?, ?) ORDER BY loan.due, loan.id LIMIT ?`,
      due,
      id,
      atOnce,
    );
    const last = rows.at(-1);
    for (const { id: _, ...line } of rows) lines.push(line);
    if (last === undefined || rows.length < atOnce) break;
    ({ due, id } = last);
    yield;
  }
  return lines.sort((a, b) => compareText(a.due, b.due) || compareText(a.number, b.number));
}
export function openLoansOfStaff(sql: Reader, staffId: number): OpenLoanLine[] {
  return sql.all<OpenLoanLine>(
    `${OPEN_LOAN} ${openLoans('loan')} AND loan.borrower_id = ? ORDER BY loan.due, loan.number`,
    staffId,
  );
}

/** Customers for whom a person is responsible: the card has the id of the directory, or, typed by hand, the name. */
export function customersOfStaff(
  sql: Reader,
  staff: { readonly id: number; readonly name: string },
  limit: number,
): { rows: { number: string; name: string }[]; total: number } {
  const from = `FROM card_value JOIN customer ON customer.id = card_value.customer_id
    WHERE field = 'responsibleSalesperson' AND value IN (?, ?) AND status <> 'sealed'`;
  return {
    rows: sql.all(`SELECT number, name ${from} ORDER BY number LIMIT ?`, staff.id, staff.name, limit),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n ${from}`, staff.id, staff.name)?.n ?? 0,
  };
}
