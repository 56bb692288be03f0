import type { Outcome } from '../../shared/domain/revision.ts';
import type { Reader, SqlValue, Writer } from './sql.ts';

/** Revision campaigns (M2), their frozen rows, who was asked, and changes worth watching (M1). */
export interface CampaignRow {
  readonly id: number;
  readonly number: string;
  readonly title: string;
  readonly scope: string;
  readonly due_on: string;
  readonly started_at: string;
  readonly started_by: string;
  readonly active: number | null;
  readonly paused_at: string | null;
  readonly discarded_at: string | null;
  readonly closed_at: string | null;
  readonly closed_by: string | null;
  readonly signed_by: string;
  readonly signed_role: string;
  readonly agreement: string;
  readonly remark: string;
}

const CAMPAIGN_COLUMNS = [
  'number',
  'title',
  'scope',
  'due_on',
  'started_at',
  'started_by',
  'active',
  'paused_at',
  'discarded_at',
  'closed_at',
  'closed_by',
  'signed_by',
  'signed_role',
  'agreement',
  'remark',
] as const satisfies readonly (keyof Omit<CampaignRow, 'id'>)[];

const pick = (row: Omit<CampaignRow, 'id'>): Record<string, SqlValue> =>
  Object.fromEntries(CAMPAIGN_COLUMNS.map((column) => [column, row[column]]));

export function insertCampaign(sql: Writer, row: Omit<CampaignRow, 'id'>): number {
  const names = CAMPAIGN_COLUMNS.map((column) => `:${column}`).join(', ');
  return Number(
    sql.run(`INSERT INTO revision_campaign (${CAMPAIGN_COLUMNS.join(', ')}) VALUES (${names})`, pick(row))
      .lastInsertRowid,
  );
}

export function updateCampaign(sql: Writer, row: CampaignRow): void {
  const sets = CAMPAIGN_COLUMNS.map((column) => `${column} = :${column}`).join(', ');
  sql.run(`UPDATE revision_campaign SET ${sets} WHERE id = :id`, { ...pick(row), id: row.id });
}

export function findCampaign(sql: Reader, number: string): CampaignRow | undefined {
  return sql.get<CampaignRow>('SELECT * FROM revision_campaign WHERE number = ?', number);
}

/** The one under way or paused. */
export function activeCampaign(sql: Reader): CampaignRow | undefined {
  return sql.get<CampaignRow>('SELECT * FROM revision_campaign WHERE active = 1');
}

export function lastClosedCampaign(sql: Reader): CampaignRow | undefined {
  return sql.get<CampaignRow>('SELECT * FROM revision_campaign WHERE closed_at IS NOT NULL ORDER BY id DESC LIMIT 1');
}

/** The closed one before a campaign: what it is compared with. */
export function campaignBefore(sql: Reader, id: number): CampaignRow | undefined {
  return sql.get<CampaignRow>(
    'SELECT * FROM revision_campaign WHERE id < ? AND closed_at IS NOT NULL ORDER BY id DESC LIMIT 1',
    id,
  );
}

export function listCampaigns(sql: Reader, offset: number, limit: number): { rows: CampaignRow[]; total: number } {
  return {
    rows: sql.all<CampaignRow>('SELECT * FROM revision_campaign ORDER BY id DESC LIMIT ? OFFSET ?', limit, offset),
    total: sql.get<{ n: number }>('SELECT count(*) AS n FROM revision_campaign')?.n ?? 0,
  };
}

export function openPause(sql: Writer, campaignId: number, at: string, reason: string, by: string): void {
  sql.run(
    'INSERT INTO revision_pause (campaign_id, from_at, reason, by) VALUES (?, ?, ?, ?)',
    campaignId,
    at,
    reason,
    by,
  );
}

export function endPause(sql: Writer, campaignId: number, at: string): void {
  sql.run('UPDATE revision_pause SET to_at = ? WHERE campaign_id = ? AND to_at IS NULL', at, campaignId);
}

export interface PauseRow {
  readonly from_at: string;
  readonly to_at: string | null;
  readonly reason: string;
  readonly by: string;
}

export function pausesOf(sql: Reader, campaignId: number): PauseRow[] {
  return sql.all('SELECT from_at, to_at, reason, by FROM revision_pause WHERE campaign_id = ? ORDER BY id', campaignId);
}

export interface RevisionScope {
  readonly kinds: readonly string[];
  readonly tiers: readonly string[];
  /** Only cards whose review is due by then; null: all. */
  readonly dueBy: string | null;
}

export interface ScopeCandidate {
  readonly id: number;
  readonly number: string;
  readonly tier: 'key' | 'special' | 'general';
  readonly review_due: string;
  readonly reviewed_on: string;
  readonly created_at: string;
  readonly contact: string;
  readonly revision: number;
  /** Where its dossier stands: the first paper that has a place says it; empty: nowhere yet. */
  readonly place: string;
}

/** Cards that a scope takes in, with where their dossier stands. Sealed cards change no more. */
export function scopeCandidates(sql: Reader, scope: RevisionScope): IterableIterator<ScopeCandidate> {
  return sql.iterate(
    `SELECT id, number, tier, review_due, reviewed_on, created_at, revision, iif(kind = 'individual', name, contact) AS contact, coalesce((SELECT place FROM paper WHERE paper.customer_id = customer.id AND place <> ''
       ORDER BY class, sequence LIMIT 1), '') AS place
     FROM customer WHERE status <> 'sealed' AND kind IN (SELECT value FROM json_each(:kinds)) AND tier IN (SELECT value FROM json_each(:tiers))
       AND (:dueBy IS NULL OR review_due <= :dueBy)`,
    { kinds: JSON.stringify(scope.kinds), tiers: JSON.stringify(scope.tiers), dueBy: scope.dueBy },
  );
}

export interface RevisionRow {
  readonly id: number;
  readonly campaign_id: number;
  readonly position: number;
  readonly customer_id: number;
  readonly tier: string;
  readonly review_due: string;
  readonly place: string;
  readonly card_revision: number;
  readonly outcome: Outcome;
  readonly flag: string;
  readonly note: string;
  readonly settled_at: string | null;
  readonly settled_by: string | null;
  readonly settled_revision: number | null;
  /** What the card said of its confirmations before: an undo gives it back. */
  readonly before: string | null;
}

/** A row with what its card is called and whether it has changed since the scope was frozen. */
export interface RevisionRowView extends Omit<RevisionRow, 'before' | 'tier'> {
  readonly number: string;
  readonly name: string;
  readonly kind: 'enterprise' | 'individual';
  readonly tier: 'key' | 'special' | 'general';
  /** Facts changed since the scope was frozen. */
  readonly changed: number;
  readonly watch: number;
  readonly inquiries: number;
}

export function insertRevisionRow(
  sql: Writer,
  row: Pick<
    RevisionRow,
    'campaign_id' | 'position' | 'customer_id' | 'tier' | 'review_due' | 'place' | 'card_revision'
  >,
): number {
  return Number(
    sql.run(
      `INSERT INTO revision_row (campaign_id, position, customer_id, tier, review_due, place, card_revision)
       VALUES (:campaign_id, :position, :customer_id, :tier, :review_due, :place, :card_revision)`,
      { ...row },
    ).lastInsertRowid,
  );
}

export function setRevisionOutcome(
  sql: Writer,
  row: Pick<
    RevisionRow,
    'id' | 'outcome' | 'flag' | 'note' | 'settled_at' | 'settled_by' | 'settled_revision' | 'before'
  >,
): void {
  sql.run(
    `UPDATE revision_row SET outcome = :outcome, flag = :flag, note = :note, settled_at = :settled_at, settled_by = :settled_by,
       settled_revision = :settled_revision, before = :before WHERE id = :id`,
    {
      id: row.id,
      outcome: row.outcome,
      flag: row.flag,
      note: row.note,
      settled_at: row.settled_at,
      settled_by: row.settled_by,
      settled_revision: row.settled_revision,
      before: row.before,
    },
  );
}

const ROW_COLUMNS = `revision_row.id, campaign_id, position, customer_id, revision_row.tier, revision_row.review_due, place, card_revision,
  outcome, flag, revision_row.note, settled_at, settled_by, settled_revision, customer.number, customer.name, customer.kind,
  (SELECT count(DISTINCT field) FROM customer_change WHERE customer_change.customer_id = customer.id AND customer_change.revision > card_revision) AS changed,
  (SELECT count(*) FROM watch_flag WHERE watch_flag.customer_id = customer.id AND watch_flag.settled_at IS NULL) AS watch,
  (SELECT count(*) FROM revision_inquiry WHERE row_id = revision_row.id) AS inquiries`;

export interface RowFilter {
  readonly outcome?: Outcome | undefined;
  readonly flag?: string | undefined;
  /** Part of a name or number. */
  readonly text: string;
}

function rowConditions(campaignId: number, filter: RowFilter): { where: string; values: SqlValue[] } {
  const parts = ['campaign_id = ?'];
  const values: SqlValue[] = [campaignId];
  if (filter.outcome !== undefined) {
    parts.push('outcome = ?');
    values.push(filter.outcome);
  }
  if (filter.flag !== undefined) {
    parts.push('flag = ?');
    values.push(filter.flag);
  }
  if (filter.text !== '') {
    parts.push("instr(customer.number || ' ' || customer.name || ' ' || place, ?) > 0");
    values.push(filter.text);
  }
  return { where: parts.join(' AND '), values };
}

/** Rows in the order of the work. */
export function listRevisionRows(
  sql: Reader,
  campaignId: number,
  filter: RowFilter,
  offset: number,
  limit: number,
): { rows: RevisionRowView[]; total: number } {
  const { where, values } = rowConditions(campaignId, filter);
  const joined = filter.text === '' ? '' : 'JOIN customer ON customer.id = customer_id';
  // With a fixed flag the index of outcomes is in the order of the work; across flags the campaign's own is.
  const order = 'ORDER BY position LIMIT ? OFFSET ?';
  return {
    rows: sql.all<RevisionRowView>(
      `SELECT ${ROW_COLUMNS} FROM (SELECT revision_row.id FROM revision_row ${joined} WHERE ${where} ${order}) AS page
       CROSS JOIN revision_row ON revision_row.id = page.id JOIN customer ON customer.id = customer_id ORDER BY position`,
      ...values,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM revision_row ${joined} WHERE ${where}`, ...values)?.n ?? 0,
  };
}

export function findRevisionRow(sql: Reader, campaignId: number, customerId: number): RevisionRow | undefined {
  return sql.get<RevisionRow>(
    'SELECT * FROM revision_row WHERE campaign_id = ? AND customer_id = ?',
    campaignId,
    customerId,
  );
}

export function findRevisionRowView(sql: Reader, id: number): RevisionRowView | undefined {
  return sql.get<RevisionRowView>(
    `SELECT ${ROW_COLUMNS} FROM revision_row JOIN customer ON customer.id = customer_id WHERE revision_row.id = ?`,
    id,
  );
}

/** The next open row at or after a place, then from the beginning. */
export function nextOpenRow(sql: Reader, campaignId: number, after: number): RevisionRowView | undefined {
  const found = (condition: string, ...values: SqlValue[]) =>
    sql.get<{ id: number }>(
      `SELECT id FROM revision_row WHERE campaign_id = ? AND outcome = 'open' AND flag = '' ${condition} ORDER BY position LIMIT 1`,
      campaignId,
      ...values,
    );
  const row = found('AND position > ?', after) ?? found('');
  return row === undefined ? undefined : findRevisionRowView(sql, row.id);
}

export interface OutcomeCounts {
  readonly total: number;
  readonly open: number;
  readonly confirmed: number;
  readonly corrected: number;
  readonly flagged: number;
  /** Of the flagged ones: nobody could be reached. */
  readonly notReachable: number;
}

export function countOutcomes(sql: Reader, campaignId: number): OutcomeCounts {
  const rows = sql.all<{ outcome: Outcome; flag: string; n: number }>(
    'SELECT outcome, flag, count(*) AS n FROM revision_row WHERE campaign_id = ? GROUP BY outcome, flag',
    campaignId,
  );
  const sum = (is: (row: { outcome: Outcome; flag: string }) => boolean) =>
    rows.filter(is).reduce((total, row) => total + row.n, 0);
  return {
    total: sum(() => true),
    open: sum(({ outcome }) => outcome === 'open'),
    confirmed: sum(({ outcome }) => outcome === 'confirmed'),
    corrected: sum(({ outcome }) => outcome === 'corrected'),
    flagged: sum(({ outcome }) => outcome === 'flagged'),
    notReachable: sum(({ flag }) => flag === 'notReachable'),
  };
}

export interface InquiryRow {
  readonly row_id: number;
  readonly asked_on: string;
  readonly source: string;
  readonly asked: string;
  readonly reached: number;
  readonly answer: string;
  readonly at: string;
  readonly by: string;
}

export function insertInquiry(sql: Writer, row: InquiryRow): void {
  sql.run(
    `INSERT INTO revision_inquiry (row_id, asked_on, source, asked, reached, answer, at, by)
     VALUES (:row_id, :asked_on, :source, :asked, :reached, :answer, :at, :by)`,
    { ...row },
  );
}

export function inquiriesOf(sql: Reader, rowIds: readonly number[]): InquiryRow[] {
  return sql.all(
    `SELECT row_id, asked_on, source, asked, reached, answer, at, by FROM revision_inquiry
     WHERE row_id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    JSON.stringify(rowIds),
  );
}

/** Cards that a scope would take in, and how many of them are past their review: from the counts that are kept of all cards. */
export function countScope(sql: Reader, scope: RevisionScope, today: string): { cards: number; stale: number } {
  return (
    sql.get<{ cards: number; stale: number }>(
      `SELECT coalesce(sum(cards), 0) AS cards, coalesce(sum(iif(review_due < :today, cards, 0)), 0) AS stale FROM card_count
       WHERE status <> 'sealed' AND kind IN (SELECT value FROM json_each(:kinds)) AND tier IN (SELECT value FROM json_each(:tiers))
         AND (:dueBy IS NULL OR review_due <= :dueBy)`,
      { today, kinds: JSON.stringify(scope.kinds), tiers: JSON.stringify(scope.tiers), dueBy: scope.dueBy },
    ) ?? { cards: 0, stale: 0 }
  );
}
