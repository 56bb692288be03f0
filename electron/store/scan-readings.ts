import { LONG_SCAN_BYTES } from '../../shared/domain/scan-pages.ts';
import type { Reader, Writer } from './sql.ts';

/** What a page of a scan says and looks like, as it was read in a process of its own. */
export interface ReadPage {
  readonly text: string;
  readonly source: 'layer' | 'ocr' | 'none';
  readonly ink: number;
  readonly look: string;
}

/** What was read of a scan; the picture of its first page is asked for by itself. */
export interface ScanReading {
  readonly attachment_id: string;
  readonly read_at: string;
  readonly languages: string;
  readonly pages: readonly ReadPage[];
}

/** What the picture of a first page is. */
export const FIRST_PAGE_MEDIA_TYPE = 'image/webp';

interface Row extends Omit<ScanReading, 'pages'> {
  readonly pages: string;
}
const readingOf = (row: Row): ScanReading => ({ ...row, pages: JSON.parse(row.pages) as readonly ReadPage[] });

/** `first_page`: its picture; null for a short scan, empty where there is none to be had. */
export function saveScanReading(sql: Writer, reading: ScanReading & { readonly first_page: Buffer | null }): void {
  sql.run(
    `INSERT INTO scan_reading (attachment_id, read_at, languages, pages, first_page) VALUES (:attachment_id, :read_at, :languages, :pages, :first_page)
     ON CONFLICT (attachment_id) DO UPDATE SET read_at = excluded.read_at, languages = excluded.languages, pages = excluded.pages,
       first_page = excluded.first_page`,
    { ...reading, pages: JSON.stringify(reading.pages) },
  );
}

export function findScanReading(sql: Reader, id: string): ScanReading | undefined {
  const row = sql.get<Row>(
    'SELECT attachment_id, read_at, languages, pages FROM scan_reading WHERE attachment_id = ?',
    id,
  );
  return row === undefined ? undefined : readingOf(row);
}

/** The picture of a long scan's first page, once it was read. */
export function findFirstPage(sql: Reader, id: string): Buffer | undefined {
  return sql.get<{ first_page: Buffer }>(
    'SELECT first_page FROM scan_reading WHERE attachment_id = ? AND length(first_page) > 0',
    id,
  )?.first_page;
}

/**
 * Scans not read yet, or read without recognition while `languages` are wanted and a page of them says nothing, or long ones without a
 * picture of their first page; never those replaced.
 */
const WAITING = `FROM attachment LEFT JOIN scan_reading ON scan_reading.attachment_id = attachment.id
  WHERE purpose = 'scan' AND retired_in IS NULL AND (scan_reading.attachment_id IS NULL OR (:languages <> '' AND scan_reading.languages = ''
    AND EXISTS (SELECT 1 FROM json_each(scan_reading.pages) WHERE value ->> 'source' = 'none' AND value ->> 'look' <> ''))
    OR (first_page IS NULL AND (attachment.size > ${LONG_SCAN_BYTES} OR media_type = 'image/tiff')))`;

export function scansToRead(sql: Reader, languages: string, limit: number): string[] {
  return sql
    .all<{ id: string }>(`SELECT attachment.id ${WAITING} ORDER BY attachment.added_at, attachment.id LIMIT :limit`, {
      languages,
      limit,
    })
    .map(({ id }) => id);
}
export function countScansToRead(sql: Reader, languages: string): { waiting: number; read: number } {
  const count = (text: string, values: Record<string, string>): number => sql.get<{ n: number }>(text, values)?.n ?? 0;
  return {
    waiting: count(`SELECT count(*) AS n ${WAITING}`, { languages }),
    read: count('SELECT count(*) AS n FROM scan_reading', {}),
  };
}

/** Everything that a paper's present scans say, for the index and for showing where a word stands. */
export function textOfPaper(sql: Reader, paperId: number): string {
  return sql
    .all<{ text: string }>(
      `SELECT page.value ->> 'text' AS text FROM attachment JOIN scan_reading ON attachment_id = attachment.id, json_each(scan_reading.pages) AS page
       WHERE paper_id = ? AND retired_in IS NULL AND text <> '' ORDER BY added_at, attachment.id, page.key`,
      paperId,
    )
    .map(({ text }) => text)
    .join('\n');
}

/** Pages of the present scans of one customer's loose papers, with where they are. */
export function readPagesOf(
  sql: Reader,
  customerId: number,
): { scan: string; name: string; code: string; page: number; ink: number; look: string; text: string }[] {
  return sql.all(
    `SELECT attachment.id AS scan, attachment.name, paper.code, page.key + 1 AS page, page.value ->> 'ink' AS ink,
       page.value ->> 'look' AS look, page.value ->> 'text' AS text
     FROM paper JOIN attachment ON attachment.paper_id = paper.id JOIN scan_reading ON attachment_id = attachment.id, json_each(scan_reading.pages) AS page
     WHERE paper.customer_id = ? AND retired_in IS NULL AND paper.volume_id IS NULL ORDER BY paper.code, attachment.added_at, attachment.id, page.key`,
    customerId,
  );
}

/** Reference codes of papers that carry a scan with this content, and whether it was replaced since. */
export function papersWithContent(sql: Reader, sha256: string): string[] {
  return sql
    .all<{ code: string }>(
      `SELECT DISTINCT paper.code FROM attachment JOIN paper ON paper.id = paper_id WHERE sha256_plain = ? AND purpose = 'scan' ORDER BY paper.code`,
      sha256,
    )
    .map(({ code }) => code);
}

/** Contents that several present scans of loose papers share, of one customer or over all. */
export function sameContents(
  sql: Reader,
  customerId: number | null,
): { sha256: string; scan: string; name: string; code: string }[] {
  return sql.all(
    `SELECT sha256_plain AS sha256, attachment.id AS scan, name, paper.code FROM attachment JOIN paper ON paper.id = paper_id
     WHERE purpose = 'scan' AND retired_in IS NULL AND paper.volume_id IS NULL AND sha256_plain IN (
       SELECT sha256_plain FROM attachment WHERE purpose = 'scan' AND retired_in IS NULL GROUP BY sha256_plain HAVING count(*) > 1)
       AND (:customer IS NULL OR paper.customer_id = :customer)
     ORDER BY sha256_plain, paper.code LIMIT 1000`,
    { customer: customerId },
  );
}

export function insertArrangement(sql: Writer, row: { at: string; by: string; reason: string }): number {
  return Number(
    sql.run('INSERT INTO scan_arrangement (at, by, reason) VALUES (:at, :by, :reason)', row).lastInsertRowid,
  );
}
export function retireScans(sql: Writer, ids: readonly string[], arrangement: number | null): void {
  for (const id of ids) sql.run('UPDATE attachment SET retired_in = ? WHERE id = ?', arrangement, id);
}

export interface FormerScan {
  readonly id: string;
  readonly name: string;
  readonly media_type: string;
  readonly pages: number;
  readonly size: number;
  readonly added_at: string;
  readonly arrangement: number;
  readonly at: string;
  readonly by: string;
  readonly reason: string;
}
/** Former versions of a paper's scans, the latest first. */
export function formerScans(sql: Reader, paperId: number): FormerScan[] {
  return sql.all<FormerScan>(
    `SELECT attachment.id, name, media_type, pages, size, added_at, scan_arrangement.id AS arrangement, at, scan_arrangement.by, reason
     FROM attachment JOIN scan_arrangement ON scan_arrangement.id = retired_in WHERE paper_id = ? ORDER BY at DESC, added_at, attachment.id`,
    paperId,
  );
}
/** Scans that an arrangement replaced, and those that it made and that still stand. */
export function scansOfArrangement(sql: Reader, arrangement: number): { retired: string[]; made: string[] } {
  const ids = (text: string): string[] => sql.all<{ id: string }>(text, arrangement).map(({ id }) => id);
  return {
    retired: ids('SELECT id FROM attachment WHERE retired_in = ?'),
    made: ids('SELECT id FROM attachment WHERE made_in = ? AND retired_in IS NULL'),
  };
}

export function putAway(sql: Writer, row: { sha256: string; name: string; at: string; by: string }): void {
  sql.run(
    'INSERT INTO tray_put_away (sha256, name, at, by) VALUES (:sha256, :name, :at, :by) ON CONFLICT (sha256) DO NOTHING',
    row,
  );
}
export function isPutAway(sql: Reader, sha256: string): boolean {
  return sql.get('SELECT 1 AS found FROM tray_put_away WHERE sha256 = ?', sha256) !== undefined;
}
export function takeFromPutAway(sql: Writer): number {
  return sql.run('DELETE FROM tray_put_away').changes;
}
