import type { Reader, Writer } from './sql.ts';

/** Sealed files (security §8): the row holds the key, the folder holds the bytes. */
export interface AttachmentRow {
  readonly id: string;
  readonly purpose: 'scan' | 'volume' | 'form';
  readonly paper_id: number | null;
  readonly name: string;
  readonly media_type: string;
  readonly pages: number;
  readonly size: number;
  readonly sha256_plain: string;
  readonly sha256_cipher: string;
  readonly key: string;
  readonly added_at: string;
  readonly added_by: string;
  /** The arrangement of pages that it came from, and the one that replaced it; null: as it was handed in, and present. */
  readonly made_in: number | null;
  readonly retired_in: number | null;
}

export function insertAttachment(
  sql: Writer,
  row: Omit<AttachmentRow, 'made_in' | 'retired_in'> & { readonly made_in?: number },
): void {
  sql.run(
    `INSERT INTO attachment (id, purpose, paper_id, name, media_type, pages, size, sha256_plain, sha256_cipher, key, added_at, added_by, made_in)
     VALUES (:id, :purpose, :paper_id, :name, :media_type, :pages, :size, :sha256_plain, :sha256_cipher, :key, :added_at, :added_by, :made_in)`,
    { made_in: null, ...row },
  );
}
export function findAttachment(sql: Reader, id: string): AttachmentRow | undefined {
  return sql.get<AttachmentRow>('SELECT * FROM attachment WHERE id = ?', id);
}
/** Present scans of a paper; of the copy in a volume of a paper carried forward, those that it was bound with (Y1). */
export function attachmentsOfPaper(sql: Reader, paperId: number): AttachmentRow[] {
  return sql.all<AttachmentRow>(
    `SELECT * FROM attachment WHERE (paper_id = :paper AND retired_in IS NULL) OR id IN (SELECT attachment_id FROM paper_copy_scan WHERE paper_id = :paper)
     ORDER BY added_at, id`,
    { paper: paperId },
  );
}
/** Scans of a customer's papers, each with the paper that it is shown with. */
export function attachmentsOfCustomer(
  sql: Reader,
  customerId: number,
): (AttachmentRow & { readonly shown_with: number })[] {
  return sql.all<AttachmentRow & { readonly shown_with: number }>(
    `SELECT attachment.*, paper.id AS shown_with FROM paper JOIN attachment ON attachment.paper_id = paper.id
     WHERE paper.customer_id = :customer AND retired_in IS NULL
     UNION ALL
     SELECT attachment.*, paper.id AS shown_with FROM paper JOIN paper_copy_scan ON paper_copy_scan.paper_id = paper.id
       JOIN attachment ON attachment.id = attachment_id WHERE paper.customer_id = :customer AND paper.copy_of IS NOT NULL
     ORDER BY added_at, id`,
    { customer: customerId },
  );
}
export function attachmentIds(sql: Reader): string[] {
  return sql.all<{ id: string }>('SELECT id FROM attachment').map(({ id }) => id);
}
/** Every sealed file, with reference code of its paper and number of its customer where it has them. */
export function* allAttachments(
  sql: Reader,
): IterableIterator<AttachmentRow & { readonly code: string | null; readonly customer: string | null }> {
  yield* sql.iterate<AttachmentRow & { code: string | null; customer: string | null }>(
    `SELECT attachment.*, paper.code, customer.number AS customer FROM attachment
     LEFT JOIN paper ON paper.id = paper_id LEFT JOIN customer ON customer.id = customer_id ORDER BY attachment.id`,
  );
}
