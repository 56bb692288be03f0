import type { AttachmentRow, allAttachments } from './attachments.ts';
import type { Reader, Writer } from './sql.ts';

/** Rounds of reading everything again, and what they found (R49). */
export type FixityPhase = 'database' | 'log' | 'files' | 'done';

export interface FixityRound {
  readonly id: number;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly phase: FixityPhase;
  /** Id of the last sealed file that was read. */
  readonly after_id: string;
  readonly files: number;
  readonly bytes: number;
  readonly damaged: number;
}

export type DamageKind = 'database' | 'log' | 'missing' | 'changed';

export interface Damage {
  readonly id: number;
  readonly found_at: string;
  readonly kind: DamageKind;
  /** Reference code of the paper, name of the table, or number of the log entry. */
  readonly subject: string;
  readonly name: string;
  readonly customer: string;
  /** Empty unless it is a sealed file. */
  readonly attachment_id: string;
  readonly detail: string;
  readonly settled_at: string | null;
  readonly settled_by: string;
  readonly settled: '' | 'restored' | 'sound' | 'accepted';
  readonly reason: string;
}

/** A damage as it is found. */
export type FoundDamage = Pick<Damage, 'kind' | 'subject' | 'name' | 'customer' | 'attachment_id' | 'detail'>;

export function openFixityRound(sql: Reader): FixityRound | undefined {
  return sql.get<FixityRound>('SELECT * FROM fixity_round WHERE ended_at IS NULL ORDER BY id DESC LIMIT 1');
}

export function lastFixityRound(sql: Reader): FixityRound | undefined {
  return sql.get<FixityRound>('SELECT * FROM fixity_round WHERE ended_at IS NOT NULL ORDER BY id DESC LIMIT 1');
}

/** Ends the rounds that were begun: the next one starts anew. */
export function abandonFixityRounds(sql: Writer): void {
  sql.run('DELETE FROM fixity_round WHERE ended_at IS NULL');
}

/** Writes a round; `id` 0 makes a new one. */
export function saveFixityRound(sql: Writer, round: FixityRound): FixityRound {
  if (round.id === 0) {
    const { id: _, ...fields } = round;
    const { lastInsertRowid } = sql.run(
      `INSERT INTO fixity_round (started_at, ended_at, phase, after_id, files, bytes, damaged)
       VALUES (:started_at, :ended_at, :phase, :after_id, :files, :bytes, :damaged)`,
      fields,
    );
    return { ...round, id: Number(lastInsertRowid) };
  }
  sql.run(
    `UPDATE fixity_round SET ended_at = :ended_at, phase = :phase, after_id = :after_id, files = :files, bytes = :bytes,
     damaged = :damaged, started_at = :started_at WHERE id = :id`,
    { ...round },
  );
  return round;
}

export type ListedAttachment = ReturnType<typeof allAttachments> extends IterableIterator<infer T> ? T : never;

/** The sealed files after one, in the order of their ids. */
export function attachmentsAfter(sql: Reader, after: string, limit: number): ListedAttachment[] {
  return sql.all<ListedAttachment>(
    `SELECT attachment.*, paper.code, customer.number AS customer FROM attachment
     LEFT JOIN paper ON paper.id = paper_id LEFT JOIN customer ON customer.id = customer_id
     WHERE attachment.id > ? ORDER BY attachment.id LIMIT ?`,
    after,
    limit,
  );
}

export function countAttachments(sql: Reader): { files: number; bytes: number } {
  return sql.get('SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes FROM attachment') ?? { files: 0, bytes: 0 };
}

/** Writes what was found, unless it is known and unsettled already. True when it is new. */
export function insertDamage(sql: Writer, at: string, found: FoundDamage): boolean {
  const known = sql.get(
    'SELECT id FROM damage WHERE settled_at IS NULL AND kind = ? AND subject = ? AND attachment_id = ?',
    found.kind,
    found.subject,
    found.attachment_id,
  );
  if (known !== undefined) return false;
  sql.run(
    `INSERT INTO damage (found_at, kind, subject, name, customer, attachment_id, detail)
     VALUES (:found_at, :kind, :subject, :name, :customer, :attachment_id, :detail)`,
    { found_at: at, ...found },
  );
  return true;
}

export function findDamage(sql: Reader, id: number): Damage | undefined {
  return sql.get<Damage>('SELECT * FROM damage WHERE id = ?', id);
}

export function unsettledDamages(sql: Reader): Damage[] {
  return sql.all<Damage>('SELECT * FROM damage WHERE settled_at IS NULL ORDER BY id');
}

export function countUnsettled(sql: Reader): number {
  return sql.get<{ n: number }>('SELECT count(*) AS n FROM damage WHERE settled_at IS NULL')?.n ?? 0;
}

/** What was settled, newest first. */
export function settledDamages(sql: Reader, limit: number): Damage[] {
  return sql.all<Damage>(
    'SELECT * FROM damage WHERE settled_at IS NOT NULL ORDER BY settled_at DESC, id DESC LIMIT ?',
    limit,
  );
}

/** Ids of sealed files whose damage somebody has accepted to live with. */
export function acceptedFiles(sql: Reader): Set<string> {
  const rows = sql.all<{ id: string }>(
    `SELECT attachment_id AS id FROM damage d WHERE settled = 'accepted' AND attachment_id <> '' AND NOT EXISTS
       (SELECT 1 FROM damage later WHERE later.attachment_id = d.attachment_id AND later.id > d.id AND later.settled <> 'accepted')`,
  );
  return new Set(rows.map(({ id }) => id));
}

export function settleDamage(
  sql: Writer,
  id: number,
  how: {
    readonly at: string;
    readonly by: string;
    readonly settled: 'restored' | 'sound' | 'accepted';
    readonly reason: string;
  },
): void {
  sql.run(
    'UPDATE damage SET settled_at = :at, settled_by = :by, settled = :settled, reason = :reason WHERE id = :id AND settled_at IS NULL',
    { ...how, id },
  );
}

/** The attachment of a damage with the code of its paper. */
export function attachmentNamed(
  sql: Reader,
  id: string,
): (AttachmentRow & { readonly code: string | null }) | undefined {
  return sql.get(
    'SELECT attachment.*, paper.code FROM attachment LEFT JOIN paper ON paper.id = paper_id WHERE attachment.id = ?',
    id,
  );
}
