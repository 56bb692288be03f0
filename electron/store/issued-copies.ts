import type { CopyState } from '../../shared/domain/issued-copies.ts';
import type { Reader, Writer } from './sql.ts';

/** The numbered copies (I2) and what happened to them. */
export interface IssuedCopyRow {
  readonly id: number;
  readonly number: string;
  readonly request_id: number;
  readonly agreement_id: number;
  readonly recipient_id: number;
  readonly recipient_role: 'salesperson' | 'customerService';
  readonly state: CopyState;
  readonly made_at: string;
  readonly made_by: string;
  readonly pages: number;
  readonly sha256: string;
  readonly recover_by: string;
  readonly delivered_at: string | null;
  readonly delivered_by: string;
  readonly received_by: string;
  readonly receipt_paper_id: number | null;
  readonly missing_since: string | null;
  readonly missing_statement: string;
  readonly closed_at: string | null;
  readonly closed_by: string;
  readonly pages_back: number | null;
  readonly condition: string | null;
  readonly method: string | null;
  readonly witness_id: number | null;
  readonly evidence: string;
  readonly evidence_paper_id: number | null;
}
export interface IssuedCopyView extends IssuedCopyRow {
  readonly request_number: string;
  readonly purpose: string;
  readonly staff_number: string;
  readonly staff_name: string;
  readonly department: string;
  readonly position: string;
  readonly witness: string | null;
  readonly receipt_paper: string | null;
  readonly evidence_paper: string | null;
  readonly agreement_number: string;
  readonly agreed_by: string;
  readonly agreed_role: string;
  readonly agreed_at: string;
  readonly agreed_manner: 'secret' | 'paper';
  readonly round_number: string | null;
}

const JOINS = `FROM issued_copy JOIN copy_request ON copy_request.id = issued_copy.request_id
  JOIN staff ON staff.id = issued_copy.recipient_id JOIN agreement ON agreement.id = issued_copy.agreement_id`;
const VIEW = `SELECT issued_copy.*, copy_request.number AS request_number, copy_request.purpose,
  staff.number AS staff_number, staff.name AS staff_name, staff.department, staff.position, witness.name AS witness,
  receipt.code AS receipt_paper, evidence_paper.code AS evidence_paper, agreement.number AS agreement_number,
  agreement.name AS agreed_by, agreement.role AS agreed_role, agreement.given_at AS agreed_at, agreement.manner AS agreed_manner,
  (SELECT recovery_round.number FROM recovery_round_copy JOIN recovery_round ON recovery_round.id = round_id
   WHERE copy_id = issued_copy.id AND recovery_round.closed_at IS NULL AND outcome IS NULL) AS round_number
  ${JOINS} LEFT JOIN staff AS witness ON witness.id = issued_copy.witness_id
  LEFT JOIN paper AS receipt ON receipt.id = issued_copy.receipt_paper_id
  LEFT JOIN paper AS evidence_paper ON evidence_paper.id = issued_copy.evidence_paper_id`;

export function insertIssuedCopy(
  sql: Writer,
  row: Pick<
    IssuedCopyRow,
    | 'number'
    | 'request_id'
    | 'agreement_id'
    | 'recipient_id'
    | 'recipient_role'
    | 'made_at'
    | 'made_by'
    | 'pages'
    | 'sha256'
    | 'recover_by'
  >,
): number {
  return Number(
    sql.run(
      `INSERT INTO issued_copy (number, request_id, agreement_id, recipient_id, recipient_role, state, made_at, made_by, pages, sha256, recover_by)
       VALUES (:number, :request_id, :agreement_id, :recipient_id, :recipient_role, 'made', :made_at, :made_by, :pages, :sha256, :recover_by)`,
      { ...row },
    ).lastInsertRowid,
  );
}

const CHANGED = [
  'state',
  'delivered_at',
  'delivered_by',
  'received_by',
  'receipt_paper_id',
  'missing_since',
  'missing_statement',
  'closed_at',
  'closed_by',
  'pages_back',
  'condition',
  'method',
  'witness_id',
  'evidence',
  'evidence_paper_id',
] as const;
/** Writes what may change of a copy: everything but number, request, consent, recipient and fingerprint. */
export function updateIssuedCopy(sql: Writer, row: IssuedCopyRow): void {
  sql.run(`UPDATE issued_copy SET ${CHANGED.map((name) => `${name} = :${name}`).join(', ')} WHERE id = :id`, {
    id: row.id,
    ...Object.fromEntries(CHANGED.map((name) => [name, row[name]])),
  });
}

export function findIssuedCopy(sql: Reader, number: string): IssuedCopyView | undefined {
  return sql.get<IssuedCopyView>(`${VIEW} WHERE issued_copy.number = ?`, number);
}
export function findIssuedCopyById(sql: Reader, id: number): IssuedCopyView | undefined {
  return sql.get<IssuedCopyView>(`${VIEW} WHERE issued_copy.id = ?`, id);
}

export interface CopyFilter {
  readonly state: 'open' | 'overdue' | 'settled' | 'all';
  readonly today: string;
  readonly text: string;
  /** True for whoever sees no cards: titles and names of customers are not searched. */
  readonly withoutCards?: boolean;
  readonly recipientId?: number | undefined;
  readonly customerId?: number | undefined;
}
const STATES: Readonly<Record<CopyFilter['state'], string>> = {
  open: 'issued_copy.closed_at IS NULL',
  overdue:
    "issued_copy.closed_at IS NULL AND issued_copy.state IN ('out', 'missing') AND issued_copy.recover_by < :today",
  settled: 'issued_copy.closed_at IS NOT NULL',
  all: '1',
};
const ORDERS: Readonly<Record<CopyFilter['state'], string>> = {
  open: 'issued_copy.recover_by, issued_copy.id',
  overdue: 'issued_copy.recover_by, issued_copy.id',
  settled: 'issued_copy.closed_at DESC, issued_copy.id DESC',
  all: 'issued_copy.id DESC',
};

/** Copies in the order of the work: what has to be back first stands first; settled ones the latest first. */
export function listIssuedCopies(
  sql: Reader,
  filter: CopyFilter,
  offset: number,
  limit: number,
): { rows: IssuedCopyView[]; total: number } {
  const conditions = [STATES[filter.state]];
  if (filter.recipientId !== undefined) conditions.push('issued_copy.recipient_id = :recipientId');
  if (filter.customerId !== undefined)
    conditions.push(
      'EXISTS (SELECT 1 FROM copy_request_customer AS asked WHERE asked.customer_id = :customerId AND asked.request_id = issued_copy.request_id)',
    );
  if (filter.text !== '')
    conditions.push(
      `(issued_copy.number LIKE :text OR staff.name LIKE :text OR staff.department LIKE :text OR EXISTS (
         SELECT 1 FROM copy_request_customer AS named JOIN customer ON customer.id = named.customer_id
         WHERE named.request_id = issued_copy.request_id AND (${
           filter.withoutCards === true ? '' : 'customer.name LIKE :text OR '
         }customer.number LIKE :text)))`,
    );
  const where = conditions.join(' AND ');
  const values = {
    ...(filter.state === 'overdue' ? { today: filter.today } : {}),
    ...(filter.recipientId === undefined ? {} : { recipientId: filter.recipientId }),
    ...(filter.customerId === undefined ? {} : { customerId: filter.customerId }),
    ...(filter.text === '' ? {} : { text: `%${filter.text.replace(/[%_]/g, '')}%` }),
  };
  return {
    rows: sql.all<IssuedCopyView>(
      `${VIEW} WHERE ${where} ORDER BY ${ORDERS[filter.state]} LIMIT :limit OFFSET :offset`,
      { ...values, limit, offset },
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n ${JOINS} WHERE ${where}`, { ...values })?.n ?? 0,
  };
}

/** Copies that somebody outside the archive room holds. */
export interface HeldCopyLine {
  readonly number: string;
  readonly purpose: string;
  readonly recipient: string;
  readonly recover_by: string;
}
const HELD = `SELECT issued_copy.number, copy_request.purpose, staff.name AS recipient, issued_copy.recover_by
  ${JOINS} WHERE issued_copy.closed_at IS NULL AND issued_copy.state <> 'made'`;

export function copiesHeldBy(sql: Reader, staffId: number): HeldCopyLine[] {
  return sql.all<HeldCopyLine>(`${HELD} AND issued_copy.recipient_id = ? ORDER BY issued_copy.recover_by`, staffId);
}
/** Every copy that is out at this moment. */
export function copiesOut(sql: Reader): HeldCopyLine[] {
  return sql.all<HeldCopyLine>(`${HELD} ORDER BY issued_copy.recover_by, issued_copy.number`);
}
export interface CopyEventRow {
  readonly copy_id: number;
  readonly at: string;
  readonly by: string;
  readonly kind: string;
  readonly text: string;
}
export function insertCopyEvent(sql: Writer, row: CopyEventRow): void {
  sql.run('INSERT INTO copy_event (copy_id, at, by, kind, text) VALUES (:copy_id, :at, :by, :kind, :text)', { ...row });
}
export function copyReminders(sql: Reader, copyId: number): { readonly at: string; readonly text: string }[] {
  return sql.all("SELECT at, text FROM copy_event WHERE copy_id = ? AND kind = 'remind' ORDER BY id", copyId);
}

/** One thing that somebody holds: an issued copy or a loan. */
export interface HoldingRow {
  readonly kind: 'copy' | 'loan';
  readonly number: string;
  readonly staff_id: number;
  readonly holder: string;
  readonly department: string;
  readonly title: string;
  readonly since: string;
  readonly due: string;
  readonly missing: number;
}
const HOLDINGS = `
  SELECT 'copy' AS kind, issued_copy.number, issued_copy.recipient_id AS staff_id, issued_copy.delivered_at AS since,
    issued_copy.recover_by AS due, issued_copy.state = 'missing' AS missing,
    (SELECT group_concat(customer.name, '、') FROM (SELECT customer_id FROM copy_request_customer
      WHERE request_id = issued_copy.request_id ORDER BY position LIMIT 3) AS asked JOIN customer ON customer.id = asked.customer_id)
      || (SELECT CASE WHEN count(*) > 3 THEN ' +' || (count(*) - 3) ELSE '' END FROM copy_request_customer
          WHERE request_id = issued_copy.request_id) AS title
  FROM issued_copy WHERE closed_at IS NULL AND state <> 'made'
  UNION ALL
  SELECT 'loan', loan.number, loan.borrower_id, loan.lent_at, loan.due, 0, paper.title
  FROM loan JOIN paper ON paper.id = loan.paper_id JOIN loan_form ON loan_form.id = loan.form_id
  WHERE loan.returned_at IS NULL AND loan_form.signed_at IS NOT NULL`;

/** What is out of the archive room at this moment, by holder; each holder's most urgent first. */
export function listHoldings(
  sql: Reader,
  filter: { readonly staffId: number | null; readonly text: string; readonly withoutCards?: boolean },
  offset: number,
  limit: number,
): { rows: HoldingRow[]; total: number; holders: number } {
  const from = `FROM (${HOLDINGS}) AS held JOIN staff ON staff.id = held.staff_id
    WHERE (:staffId IS NULL OR held.staff_id = :staffId)
      AND (:text = '' OR staff.name LIKE :like OR staff.department LIKE :like OR held.number LIKE :like
        ${filter.withoutCards === true ? '' : 'OR held.title LIKE :like'})`;
  const values = { staffId: filter.staffId, text: filter.text, like: `%${filter.text.replace(/[%_]/g, '')}%` };
  const counted = sql.get<{ total: number; holders: number }>(
    `SELECT count(*) AS total, count(DISTINCT held.staff_id) AS holders ${from}`,
    values,
  );
  return {
    rows: sql.all<HoldingRow>(
      `SELECT held.kind, held.number, held.staff_id, held.since, held.due, held.missing, held.title, staff.name AS holder, staff.department
       ${from} ORDER BY staff.department, staff.name, staff.id, held.due, held.number LIMIT :limit OFFSET :offset`,
      { ...values, limit, offset },
    ),
    total: counted?.total ?? 0,
    holders: counted?.holders ?? 0,
  };
}
