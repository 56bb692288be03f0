import type { PrintedForm } from '../print/printer.ts';
import { findAttachment, insertAttachment } from '../store/attachments.ts';
import { frozenForms, insertFrozenForm } from '../store/loan-forms.ts';
import { removeSealed, seal } from '../vault/sealed-files.ts';
import type { CommandContext } from './context.ts';
import { readSealed } from './documents.ts';

/** Which signed form, at which stage, and the version of the words that are signed. */
export interface FormToFreeze {
  /** As in the log: `loan:JY-2026-0001`. */
  readonly subject: string;
  readonly number: string;
  readonly stage: 'out' | 'in';
  readonly textVersion: number;
}

/**
 * A form that people sign, as a PDF: its first print is sealed with its hash in the log, and the same file comes ever after, whatever
 * becomes of template and words.
 */
export async function frozenForm(
  context: CommandContext,
  { subject, number, stage, textVersion }: FormToFreeze,
  print: () => Promise<PrintedForm>,
): Promise<PrintedForm> {
  const { sql, archive, clock, actor } = context;
  context.note({ object: subject, data: { stage } });
  const kept = frozenForms(sql, subject).find((one) => one.stage === stage);
  const row = kept === undefined ? undefined : findAttachment(sql, kept.attachment_id);
  if (row !== undefined) {
    context.note({ data: { sha256: row.sha256_plain } });
    return { pdf: await readSealed(archive, row, number), pages: row.pages, missingGlyphs: [] };
  }
  const printed = await print();
  const bytes = Buffer.from(printed.pdf);
  const sealed = await seal(archive.directory, bytes, { random: context.random });
  context.onRollback(() => removeSealed(archive.directory, sealed.id));
  const at = clock.now().toISOString();
  insertAttachment(sql, {
    id: sealed.id,
    purpose: 'form',
    paper_id: null,
    name: `${number}-${stage}.pdf`,
    media_type: 'application/pdf',
    pages: printed.pages,
    size: sealed.size,
    sha256_plain: sealed.sha256Plain,
    sha256_cipher: sealed.sha256Cipher,
    key: sealed.key,
    added_at: at,
    added_by: actor.displayName,
  });
  insertFrozenForm(sql, {
    subject,
    stage,
    text_version: textVersion,
    attachment_id: sealed.id,
    sha256: sealed.sha256Plain,
    at,
    by: actor.displayName,
  });
  context.note({ data: { sha256: sealed.sha256Plain, text: textVersion } });
  return printed;
}
