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
}

export function insertAttachment(sql: Writer, row: AttachmentRow): void {
  sql.run(
    `INSERT INTO attachment (id, purpose, paper_id, name, media_type, pages, size, sha256_plain, sha256_cipher, key, added_at, added_by)
     VALUES (:id, :purpose, :paper_id, :name, :media_type, :pages, :size, :sha256_plain, :sha256_cipher, :key, :added_at, :added_by)`,
    { ...row },
  );
}
export function findAttachment(sql: Reader, id: string): AttachmentRow | undefined {
  return sql.get<AttachmentRow>('SELECT * FROM attachment WHERE id = ?', id);
}
export function attachmentsOfPaper(sql: Reader, paperId: number): AttachmentRow[] {
  return sql.all<AttachmentRow>('SELECT * FROM attachment WHERE paper_id = ? ORDER BY added_at, id', paperId);
}
export function attachmentsOfCustomer(sql: Reader, customerId: number): AttachmentRow[] {
  return sql.all<AttachmentRow>(
    'SELECT attachment.* FROM attachment JOIN paper ON paper.id = paper_id WHERE customer_id = ? ORDER BY added_at, attachment.id',
    customerId,
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
