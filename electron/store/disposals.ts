import type { RetentionTrigger } from '../../shared/domain/retention.ts';
import type { Reader, Writer } from './sql.ts';

/** Retention schedule, extensions, holds, disposal lists, and what was destroyed (Y2, §7.7, §7.9). */

export interface RetentionRuleRow {
  readonly type: string;
  readonly years: number | null;
  readonly trigger: RetentionTrigger;
  readonly basis: string;
  readonly at: string;
  readonly by: string;
}
export function retentionRules(sql: Reader): Map<string, RetentionRuleRow> {
  return new Map(
    sql
      .all<RetentionRuleRow>('SELECT type, years, counts_from AS "trigger", basis, at, by FROM retention_rule')
      .map((row) => [row.type, row]),
  );
}
export function setRetentionRule(
  sql: Writer,
  row: RetentionRuleRow,
  change: { readonly from_rule: string; readonly to_rule: string; readonly reason: string },
): void {
  sql.run(
    `INSERT INTO retention_rule (type, years, counts_from, basis, at, by) VALUES (:type, :years, :trigger, :basis, :at, :by)
     ON CONFLICT (type) DO UPDATE SET years = excluded.years, counts_from = excluded.counts_from, basis = excluded.basis, at = excluded.at, by = excluded.by`,
    { ...row },
  );
  sql.run(
    'INSERT INTO retention_rule_change (type, from_rule, to_rule, reason, at, by) VALUES (:type, :from_rule, :to_rule, :reason, :at, :by)',
    { ...change, type: row.type, at: row.at, by: row.by },
  );
}

/** A bound volume or a loose paper that was taken out, as a thing that may be destroyed. */
export interface DisposalThing {
  readonly volume_id: number | null;
  readonly paper_id: number | null;
  readonly code: string;
  readonly title: string;
  readonly year: number;
  readonly class: number;
  readonly retention: string;
  readonly papers: number;
  readonly pages: number;
  /** Latest extension, null: none. */
  readonly extended_until: string | null;
  /** Number of the draft that it stands on. */
  readonly listed: string | null;
}
const LISTED = (column: string) =>
  `(SELECT disposal_list.number FROM disposal_item JOIN disposal_list ON disposal_list.id = list_id WHERE disposal_item.${column} AND disposal_list.state = 'draft' LIMIT 1) AS listed`;

const VOLUME = `SELECT volume.id AS volume_id, NULL AS paper_id, code, title, year, class, retention, papers, pages,
    (SELECT max(until) FROM retention_extension WHERE volume_id = volume.id) AS extended_until, ${LISTED('volume_id = volume.id')}
  FROM volume WHERE NOT EXISTS (SELECT 1 FROM destroyed_volume WHERE volume_id = volume.id)`;
const PAPER = `SELECT NULL AS volume_id, paper.id AS paper_id, code, title, year, class, retention, 1 AS papers, pages,
    (SELECT max(until) FROM retention_extension WHERE paper_id = paper.id) AS extended_until, ${LISTED('paper_id = paper.id')}
  FROM paper WHERE volume_id IS NULL AND destroyed_in IS NULL AND state IN ('removed', 'superseded')`;

/** Fixed volumes that still exist and whose period, counted from their own year, has passed by a year: no rule counts from an earlier day. Kept for ever are none. */
export function volumesPastTheirYears(sql: Reader, presentYear: number): DisposalThing[] {
  return sql.all<DisposalThing>(
    `${VOLUME} AND year + CAST(substr(retention, 2) AS INTEGER) < ? AND retention <> 'Y' ORDER BY year, class, number`,
    presentYear,
  );
}
/** The same of papers taken out of their dossiers and not bound: archive year by archive year. */
export function* loosePapersPastTheirYears(sql: Reader, presentYear: number): Generator<readonly DisposalThing[]> {
  const years = sql.all<{ year: number }>('SELECT DISTINCT year FROM paper_count ORDER BY year');
  for (const { year } of years) {
    if (year >= presentYear) return;
    yield sql.all<DisposalThing>(
      `${PAPER} AND year = ? AND year + CAST(substr(retention, 2) AS INTEGER) < ? AND retention <> 'Y' ORDER BY class, code`,
      year,
      presentYear,
    );
  }
}
export function findThing(sql: Reader, code: string): DisposalThing | undefined {
  return (
    sql.get<DisposalThing>(`${VOLUME} AND code = ?`, code) ?? sql.get<DisposalThing>(`${PAPER} AND code = ?`, code)
  );
}

/** The papers of a thing in so far as its end hangs on them. */
export interface ThingPart {
  readonly customer_id: number;
  readonly customer_number: string;
  readonly type: string;
  readonly retention: string;
}
export function partsOf(sql: Reader, thing: DisposalThing): ThingPart[] {
  const where = thing.volume_id === null ? 'paper.id = :id' : 'paper.volume_id = :id';
  return sql.all<ThingPart>(
    `SELECT DISTINCT paper.customer_id, customer.number AS customer_number, paper.type, paper.retention
     FROM paper JOIN customer ON customer.id = paper.customer_id WHERE ${where}`,
    { id: thing.volume_id ?? thing.paper_id },
  );
}
/** Borrowers who have a paper of the thing. */
export function openLoansOf(sql: Reader, thing: DisposalThing): string[] {
  const where = thing.volume_id === null ? 'paper.id = :id' : 'paper.volume_id = :id';
  return sql
    .all<{ number: string }>(
      `SELECT loan.number FROM paper JOIN loan ON loan.paper_id = paper.id AND loan.returned_at IS NULL WHERE ${where} ORDER BY loan.number`,
      { id: thing.volume_id ?? thing.paper_id },
    )
    .map((row) => row.number);
}

/** What a customer owes and when dealings last moved; when the card was sealed. */
export function endOfDealings(
  sql: Reader,
  customerId: number,
): { readonly owes: boolean; readonly lastMove: string | null; readonly sealedOn: string | null } {
  const balance = sql.get<{ owed: number | null; last: string | null }>(
    "SELECT max(receivable) AS owed, max(max(coalesce(last_order_on, ''), coalesce(last_receipt_on, ''))) AS last FROM customer_balance WHERE customer_id = ?",
    customerId,
  );
  const sealed = sql.get<{ at: string | null }>(
    `SELECT max(customer_change.at) AS at FROM customer JOIN customer_change ON customer_change.customer_id = customer.id
     WHERE customer.id = ? AND customer.status = 'sealed' AND field = 'status'`,
    customerId,
  );
  return {
    owes: (balance?.owed ?? 0) > 0,
    lastMove: balance?.last === undefined || balance.last === '' ? null : balance.last,
    sealedOn: sealed?.at ?? null,
  };
}

export function insertExtension(
  sql: Writer,
  row: { volume_id: number | null; paper_id: number | null; until: string; reason: string; at: string; by: string },
): void {
  sql.run(
    'INSERT INTO retention_extension (volume_id, paper_id, until, reason, at, by) VALUES (:volume_id, :paper_id, :until, :reason, :at, :by)',
    row,
  );
}

export interface HoldView {
  readonly id: number;
  readonly customer_number: string | null;
  readonly name: string;
  readonly volume_code: string | null;
  readonly reason: string;
  readonly placed_at: string;
  readonly placed_by: string;
  readonly lifted_at: string | null;
  readonly lifted_by: string;
  readonly lifted_reason: string;
}
const HOLD = `SELECT archive_hold.*, customer.number AS customer_number, coalesce(customer.name, volume.title) AS name, volume.code AS volume_code
  FROM archive_hold LEFT JOIN customer ON customer.id = archive_hold.customer_id LEFT JOIN volume ON volume.id = archive_hold.volume_id`;
export function insertHold(
  sql: Writer,
  row: { customer_id: number | null; volume_id: number | null; reason: string; placed_at: string; placed_by: string },
): number {
  return Number(
    sql.run(
      'INSERT INTO archive_hold (customer_id, volume_id, reason, placed_at, placed_by) VALUES (:customer_id, :volume_id, :reason, :placed_at, :placed_by)',
      row,
    ).lastInsertRowid,
  );
}
export function findHold(sql: Reader, id: number): HoldView | undefined {
  return sql.get<HoldView>(`${HOLD} WHERE archive_hold.id = ?`, id);
}
export function liftHold(
  sql: Writer,
  id: number,
  lift: { readonly at: string; readonly by: string; readonly reason: string },
): void {
  sql.run(
    'UPDATE archive_hold SET lifted_at = :at, lifted_by = :by, lifted_reason = :reason WHERE id = :id AND lifted_at IS NULL',
    { ...lift, id },
  );
}
export function listHolds(
  sql: Reader,
  onlyStanding: boolean,
  offset: number,
  limit: number,
): { rows: HoldView[]; total: number } {
  const where = onlyStanding ? 'WHERE lifted_at IS NULL' : '';
  return {
    rows: sql.all<HoldView>(`${HOLD} ${where} ORDER BY archive_hold.id DESC LIMIT ? OFFSET ?`, limit, offset),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM archive_hold ${where}`)?.n ?? 0,
  };
}
/** Whether a hold stands on one of these customers, or on the volume. */
export function isHeld(sql: Reader, thing: DisposalThing, customerIds: readonly number[]): boolean {
  return (
    sql.get(
      `SELECT 1 FROM archive_hold WHERE lifted_at IS NULL AND (volume_id = :volume OR customer_id IN (SELECT value FROM json_each(:customers))) LIMIT 1`,
      { volume: thing.volume_id, customers: JSON.stringify(customerIds) },
    ) !== undefined
  );
}

export interface DisposalListRow {
  readonly id: number;
  readonly number: string;
  readonly state: 'draft' | 'destroyed' | 'cancelled';
  readonly drafted_at: string;
  readonly drafted_by: string;
  readonly remark: string;
  readonly approved_by: string;
  readonly approval: string;
  readonly witnessed_by: string;
  readonly witness: string;
  readonly ended_at: string | null;
  readonly ended_by: string;
  readonly ended_reason: string;
}
export interface DisposalItemRow {
  readonly id: number;
  readonly list_id: number;
  readonly position: number;
  readonly volume_id: number | null;
  readonly paper_id: number | null;
  readonly code: string;
  readonly title: string;
  readonly year: number;
  readonly class: number;
  readonly retention: string;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly papers: number;
  readonly pages: number;
}
export function insertDisposalList(
  sql: Writer,
  row: Pick<DisposalListRow, 'number' | 'drafted_at' | 'drafted_by' | 'remark'>,
  items: readonly Omit<DisposalItemRow, 'id' | 'list_id' | 'position'>[],
): number {
  const id = Number(
    sql.run(
      "INSERT INTO disposal_list (number, state, drafted_at, drafted_by, remark) VALUES (:number, 'draft', :drafted_at, :drafted_by, :remark)",
      { ...row },
    ).lastInsertRowid,
  );
  for (const [index, item] of items.entries())
    sql.run(
      `INSERT INTO disposal_item (list_id, position, volume_id, paper_id, code, title, year, class, retention, starts_on, ends_on, papers, pages)
       VALUES (:list_id, :position, :volume_id, :paper_id, :code, :title, :year, :class, :retention, :starts_on, :ends_on, :papers, :pages)`,
      { ...item, list_id: id, position: index + 1 },
    );
  return id;
}
export function findDisposalList(sql: Reader, number: string): DisposalListRow | undefined {
  return sql.get<DisposalListRow>('SELECT * FROM disposal_list WHERE number = ?', number);
}
export function listDisposalLists(
  sql: Reader,
  offset: number,
  limit: number,
): { rows: (DisposalListRow & { items: number; pages: number })[]; total: number } {
  return {
    rows: sql.all(
      `SELECT disposal_list.*, (SELECT count(*) FROM disposal_item WHERE list_id = disposal_list.id) AS items,
         (SELECT coalesce(sum(pages), 0) FROM disposal_item WHERE list_id = disposal_list.id) AS pages
       FROM disposal_list ORDER BY id DESC LIMIT ? OFFSET ?`,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>('SELECT count(*) AS n FROM disposal_list')?.n ?? 0,
  };
}
export function itemsOfList(sql: Reader, listId: number): DisposalItemRow[] {
  return sql.all<DisposalItemRow>('SELECT * FROM disposal_item WHERE list_id = ? ORDER BY position', listId);
}
export function endDisposalList(
  sql: Writer,
  id: number,
  end: Omit<DisposalListRow, 'id' | 'number' | 'drafted_at' | 'drafted_by' | 'remark'>,
): void {
  sql.run(
    `UPDATE disposal_list SET state = :state, approved_by = :approved_by, approval = :approval, witnessed_by = :witnessed_by,
       witness = :witness, ended_at = :ended_at, ended_by = :ended_by, ended_reason = :ended_reason WHERE id = :id`,
    { ...end, id },
  );
}

/** Marks a volume as destroyed; its own row is fixed. */
export function markVolumeDestroyed(sql: Writer, volumeId: number, listId: number, at: string): void {
  sql.run('INSERT INTO destroyed_volume (volume_id, list_id, at) VALUES (?, ?, ?)', volumeId, listId, at);
}
/** The list in which a volume was destroyed. */
export function destroyedIn(
  sql: Reader,
  volumeId: number,
): { readonly number: string; readonly at: string } | undefined {
  return sql.get(
    'SELECT disposal_list.number, destroyed_volume.at FROM destroyed_volume JOIN disposal_list ON disposal_list.id = list_id WHERE volume_id = ?',
    volumeId,
  );
}
export function destroyedVolumes(sql: Reader): Map<number, string> {
  const rows = sql.all<{ volume_id: number; number: string }>(
    'SELECT volume_id, disposal_list.number FROM destroyed_volume JOIN disposal_list ON disposal_list.id = list_id',
  );
  return new Map(rows.map((row) => [row.volume_id, row.number]));
}

/**
 * Takes the content of a paper away: what its scans were is kept without their keys. A scan that a paper still kept is bound with
 * stays until that paper goes too.
 * @returns ids of sealed files that nothing names any longer
 */
export function destroyPaper(sql: Writer, paperId: number, listId: number, at: string): string[] {
  sql.run(
    `INSERT INTO destroyed_scan (attachment_id, paper_id, list_id, name, media_type, pages, size, sha256_plain, added_at, at, retired)
     SELECT id, :paper, :list, name, media_type, pages, size, sha256_plain, added_at, :at, paper_id = :paper AND retired_in IS NOT NULL
     FROM attachment
     WHERE paper_id = :paper OR id IN (SELECT attachment_id FROM paper_copy_scan WHERE paper_id = :paper)`,
    { paper: paperId, list: listId, at },
  );
  sql.run('DELETE FROM paper_copy_scan WHERE paper_id = ?', paperId);
  sql.run(
    "UPDATE paper SET destroyed_in = ?, state = 'removed', revision = revision + 1 WHERE id = ?",
    listId,
    paperId,
  );
  // Nobody else is bound with it, and its own paper is gone: key and file go.
  const gone = sql.all<{ id: string }>(
    `SELECT attachment.id FROM attachment JOIN paper ON paper.id = attachment.paper_id
     WHERE attachment.id IN (SELECT attachment_id FROM destroyed_scan WHERE paper_id = ?) AND paper.destroyed_in IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM paper_copy_scan WHERE attachment_id = attachment.id)`,
    paperId,
  );
  for (const { id } of gone) sql.run('DELETE FROM attachment WHERE id = ?', id);
  return gone.map(({ id }) => id);
}
/** Takes the print of a volume away. */
export function deleteAttachment(sql: Writer, id: string): void {
  sql.run('DELETE FROM attachment WHERE id = ?', id);
}

/** Fingerprints of the scans that a destroyed paper had, in their order. */
export function destroyedScans(sql: Reader, paperId: number): string[] {
  return sql
    .all<{ sha256_plain: string }>(
      'SELECT sha256_plain FROM destroyed_scan WHERE paper_id = ? AND retired = 0 ORDER BY added_at, attachment_id',
      paperId,
    )
    .map((row) => row.sha256_plain);
}
/** Destroyed papers, and those of them that still have a key somewhere: there should be none. */
export function destroyedPapers(sql: Reader): { readonly papers: number; readonly withKey: string[] } {
  return {
    papers: sql.get<{ n: number }>('SELECT count(*) AS n FROM paper WHERE destroyed_in IS NOT NULL')?.n ?? 0,
    withKey: sql
      .all<{ code: string }>(
        `SELECT DISTINCT paper.code FROM paper JOIN attachment ON attachment.paper_id = paper.id
         WHERE destroyed_in IS NOT NULL AND NOT EXISTS (SELECT 1 FROM paper_copy_scan WHERE attachment_id = attachment.id)`,
      )
      .map((row) => row.code),
  };
}
