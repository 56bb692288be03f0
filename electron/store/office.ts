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

/** What the archive holds, in whole numbers; papers that were taken out are not held. */
export function holdings(sql: Reader): {
  enterprises: number;
  individuals: number;
  papers: number;
  originals: number;
  pages: number;
  scans: number;
} {
  const count = (text: string) => sql.get<{ n: number | null }>(text)?.n ?? 0;
  const held = "state NOT IN ('removed', 'superseded')";
  return {
    enterprises: count("SELECT count(*) AS n FROM customer WHERE kind = 'enterprise'"),
    individuals: count("SELECT count(*) AS n FROM customer WHERE kind = 'individual'"),
    papers: count(`SELECT count(*) AS n FROM paper WHERE ${held}`),
    originals: count(`SELECT count(*) AS n FROM paper WHERE original = 1 AND ${held}`),
    pages: count(`SELECT sum(pages) AS n FROM paper WHERE ${held}`),
    scans: count("SELECT count(*) AS n FROM attachment WHERE purpose = 'scan'"),
  };
}

/** SHA-256 of every scan, in the order of their ids: together they are the fingerprint of what is kept as files. */
export function scanFingerprints(sql: Reader): string[] {
  return sql
    .all<{ sha256: string }>("SELECT sha256_plain AS sha256 FROM attachment WHERE purpose = 'scan' ORDER BY id")
    .map(({ sha256 }) => sha256);
}

/** How many papers stand at each place, the places in order. */
export function papersByPlace(sql: Reader): { place: string; papers: number; pages: number }[] {
  return sql.all(
    "SELECT place, count(*) AS papers, sum(pages) AS pages FROM paper WHERE state NOT IN ('removed', 'superseded') GROUP BY place ORDER BY place",
  );
}

export interface OpenLoanLine {
  readonly number: string;
  readonly code: string;
  readonly title: string;
  readonly borrower: string;
  readonly due: string;
}
const OPEN_LOANS = `SELECT loan.number, paper.code, paper.title, staff.name AS borrower, loan.due
  FROM loan JOIN paper ON paper.id = loan.paper_id JOIN staff ON staff.id = loan.borrower_id WHERE loan.returned_at IS NULL`;

/** Everything that is lent at this moment. */
export function openLoanLines(sql: Reader): OpenLoanLine[] {
  return sql.all<OpenLoanLine>(`${OPEN_LOANS} ORDER BY loan.due, loan.number`);
}
export function openLoansOfStaff(sql: Reader, staffId: number): OpenLoanLine[] {
  return sql.all<OpenLoanLine>(`${OPEN_LOANS} AND loan.borrower_id = ? ORDER BY loan.due, loan.number`, staffId);
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
