import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { OutputOf } from '../../shared/contract/contract.ts';
import type { ExportSeal } from '../../shared/contract/exports.ts';
import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import { type ListField, listOptionWords } from '../../shared/domain/lists/list-query.ts';
import { makeFolder, replaceDurably } from '../platform/durable-files.ts';
import { sealBytes } from '../vault/sealed-export.ts';
import { approvalMatter, approvalNeeded, consumeApproval, requireApproval } from './announced-acts.ts';
import type { JobContext, QueryContext } from './context.ts';
import { proveAgain } from './prove-person.ts';
import { type PaperLanguage, recordText } from './record-texts.ts';
import { protectionData, releasedName, sealOf } from './release-protection.ts';

/** What every export of a list shares: its words, and the way in which it may leave the archive (R25, R69, R71). */

export function headingOf(field: ListField, language: PaperLanguage): string {
  const label = field.label ?? recordText(language, field.labelKey);
  return field.groupLabelKey === undefined
    ? label
    : `${field.groupLabel ?? recordText(language, field.groupLabelKey)} · ${label}`;
}

/** An amount takes two columns: the number and its currency. */
export function headings(fields: readonly ListField[], language: PaperLanguage): string[] {
  return fields.flatMap((field) =>
    field.money === true
      ? [headingOf(field, language), `${headingOf(field, language)} · ${recordText(language, 'exports.currency')}`]
      : [headingOf(field, language)],
  );
}

export function wordedCell(field: ListField, value: string | number | boolean, language: PaperLanguage): string {
  if (typeof value === 'boolean') return recordText(language, value ? 'option.boolean.true' : 'option.boolean.false');
  return listOptionWords(field, String(value), (key) => recordText(language, key));
}

/** What a supervisor has to agree to or is announced, whether that has to be, and how it stands. */
export async function listMatter(
  context: QueryContext,
  count: number,
  statement: AgreementStatement,
): Promise<OutputOf<'exports.statement'>> {
  return { count, ...(await approvalMatter(context, statement)) };
}

interface Release {
  readonly file: string;
  readonly secret: string;
  readonly rows: number;
  readonly sealedFor: string | undefined;
  readonly seal: ExportSeal | undefined;
  statement(): AgreementStatement | Promise<AgreementStatement>;
  bytes(): Promise<Buffer>;
}

/**
 * Writes a list as a file: whoever carries it away shows once more who they are (R25), a second person has agreed to exactly this
 * (R71), and the entry is durable before the file is there (R69).
 */
export async function releaseList(context: JobContext, release: Release): Promise<OutputOf<'exports.customers'>> {
  const { secret, rows, sealedFor } = release;
  const seal = sealOf(release);
  const file = releasedName(release.file, seal);
  await proveAgain(context, secret);
  const approval = await approvalNeeded(context);
  const statement = await release.statement();
  requireApproval(context, approval, statement);
  const plain = await release.bytes();
  const bytes = seal === undefined ? plain : await sealBytes(seal, plain);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await context.transaction((change) => {
    consumeApproval(change, approval, statement, `export:${sha256}`);
    change.note({ data: { bytes: bytes.length, sha256, ...protectionData(sealedFor) } });
    change.afterCommit(async () => {
      await makeFolder(dirname(file));
      await replaceDurably(file, bytes);
    });
  });
  return { file, rows, bytes: bytes.length, sha256 };
}
