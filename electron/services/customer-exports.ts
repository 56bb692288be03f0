import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { z } from 'zod';
import type { exportOperations } from '../../shared/contract/exports.ts';
import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import type { FieldValue } from '../../shared/domain/form-fields.ts';
import { optionWords } from '../../shared/domain/forms/option-sets.ts';
import { customerListFields } from '../../shared/domain/lists/customer-list.ts';
import type { ListField } from '../../shared/domain/lists/list-query.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type CsvCell, csvBytes } from '../exchange/safe-csv.ts';
import { workbookBytes } from '../exchange/workbook.ts';
import { makeFolder, replaceDurably } from '../platform/durable-files.ts';
import { customersByIds } from '../store/customer-lists.ts';
import { findCustomerById } from '../store/customers.ts';
import { verifySecret } from '../vault/vault.ts';
import { agreementStandingOf, consumeAgreement } from './agreements.ts';
import { needsSecondPerson } from './archive-export.ts';
import type { HandlersOf, JobContext, QueryContext } from './context.ts';
import { requireListFields, selectedCustomers, withChosenFields } from './customer-lists.ts';
import { customerVcards } from './customer-vcards.ts';
import { cardForms } from './own-forms.ts';
import { type PaperLanguage, recordText } from './record-texts.ts';
import { readSettings } from './settings.ts';

/** Lists of customers out of the archive: CSV, XLSX, vCard. */

type Wanted = Omit<z.output<(typeof exportOperations)['exports.statement']['input']>, never>;

/** Beyond this a list is no list any more: the whole archive has its own export. */
const MOST_EXPORTED = 200_000;
const ROWS_AT_ONCE = 200;

interface ToExport extends Wanted {
  readonly ids: readonly number[];
}

function prepared(context: QueryContext, wanted: Wanted): ToExport {
  requireListFields(context, wanted.columns);
  if (wanted.format !== 'vcard' && wanted.columns.length === 0)
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'columns', message: 'validation.required' }] });
  return { ...wanted, ids: selectedCustomers(context, wanted.selection, MOST_EXPORTED) };
}

/** What the supervisor reads and agrees to: these cards in these states. A card that changes meanwhile makes it another export (R71). */
function exportStatement(context: QueryContext, { format, columns, ids }: ToExport): AgreementStatement {
  const language = readSettings(context.sql).printLanguage;
  const fields = customerListFields(context.actor.role, cardForms(context.sql));
  const states = createHash('sha256');
  for (let at = 0; at < ids.length; at += ROWS_AT_ONCE * 10)
    for (const row of customersByIds(context.sql, ids.slice(at, at + ROWS_AT_ONCE * 10)))
      states.update(`${row.number} ${row.revision}\n`);
  return {
    kind: 'listExport',
    subject: `vault:${context.archive.vault.vaultId}`,
    purpose: recordText('zh-Hant', 'exports.purpose'),
    lines: [
      { field: 'exportFormat', value: format },
      { field: 'exportCustomers', value: String(ids.length) },
      ...(format === 'vcard'
        ? []
        : columns.map((key) => {
            const field = fields.get(key);
            return { field: 'exportField', value: field === undefined ? key : headingOf(field, language) };
          })),
      { field: 'exportManifest', value: states.digest('hex') },
    ],
  };
}

function headingOf(field: ListField, language: PaperLanguage): string {
  const label = field.label ?? recordText(language, field.labelKey);
  return field.groupLabelKey === undefined ? label : `${recordText(language, field.groupLabelKey)} · ${label}`;
}

function headings(fields: readonly ListField[], language: PaperLanguage): string[] {
  return fields.flatMap((field) =>
    field.money === true
      ? [headingOf(field, language), `${headingOf(field, language)} · ${recordText(language, 'exports.currency')}`]
      : [headingOf(field, language)],
  );
}

function worded(field: ListField, value: string | number | boolean, language: PaperLanguage): string {
  if (typeof value === 'boolean') return recordText(language, value ? 'option.boolean.true' : 'option.boolean.false');
  return optionWords(field, String(value), (key) => recordText(language, key));
}

/** The cells of a field: numbers as numbers, an amount and its currency in two, entries of a group one after the other in one. */
function cellsOf(field: ListField, value: FieldValue, language: PaperLanguage): CsvCell[] {
  if (value === null) return field.money === true ? [null, ''] : [field.type === 'number' ? null : ''];
  if (Array.isArray(value)) {
    const words = (value as readonly unknown[]).map((entry) =>
      typeof entry === 'object' && entry !== null && 'amount' in entry
        ? `${String((entry as { currency?: string }).currency ?? '')} ${String(entry.amount)}`
        : worded(field, entry as string, language),
    );
    return field.money === true ? [words.join('; '), ''] : [words.join('; ')];
  }
  if (typeof value === 'object')
    return 'amount' in value ? [{ decimal: String(value.amount) }, String(value.currency)] : [''];
  if (typeof value === 'number') return [value];
  return [worded(field, value as string | boolean, language)];
}

async function* exportedRows(
  context: JobContext,
  { ids, columns }: ToExport,
  fields: readonly ListField[],
): AsyncGenerator<CsvCell[]> {
  const language = readSettings(context.sql).printLanguage;
  for (let at = 0; at < ids.length; at += ROWS_AT_ONCE) {
    context.signal.throwIfAborted();
    context.progress({ phase: 'writing', done: at, total: ids.length });
    const rows = withChosenFields(context, customersByIds(context.sql, ids.slice(at, at + ROWS_AT_ONCE)), columns);
    for (const { more } of rows) yield fields.flatMap((field) => cellsOf(field, more[field.key] ?? null, language));
    await turn();
  }
}

async function exportedBytes(context: JobContext, wanted: ToExport): Promise<Buffer> {
  const { sql, actor, archive } = context;
  const language = readSettings(sql).printLanguage;
  if (wanted.format === 'vcard') {
    const cards: Buffer[] = [];
    for (const [index, id] of wanted.ids.entries()) {
      const row = findCustomerById(sql, id);
      if (row !== undefined) cards.push(Buffer.from(customerVcards(actor.role, language, archive.vault.vaultId, row)));
      if (index % ROWS_AT_ONCE !== 0) continue;
      context.signal.throwIfAborted();
      context.progress({ phase: 'writing', done: index, total: wanted.ids.length });
      await turn();
    }
    return Buffer.concat(cards);
  }
  const vocabulary = customerListFields(actor.role, cardForms(sql));
  const fields = wanted.columns.flatMap((key) => vocabulary.get(key) ?? []);
  const rows = exportedRows(context, wanted, fields);
  if (wanted.format === 'xlsx')
    return workbookBytes(recordText(language, 'exports.sheet'), headings(fields, language), rows);
  const lines: CsvCell[][] = [];
  for await (const row of rows) lines.push(row);
  return csvBytes(headings(fields, language), lines);
}

export const customerExportHandlers: HandlersOf<'exports.statement' | 'exports.customers'> = {
  'exports.statement': {
    phase: 'query',
    async run(context, input) {
      const wanted = prepared(context, input);
      const statement = exportStatement(context, wanted);
      return {
        count: wanted.ids.length,
        needed: await needsSecondPerson(context),
        statement: { ...statement, lines: [...statement.lines] },
        ...agreementStandingOf(context.sql, statement, context.clock.now()),
      };
    },
  },
  'exports.customers': {
    phase: 'job',
    async run(context, { file, secret, ...input }) {
      const { archive, actor, clock, random, kdf, sql } = context;
      const wanted = prepared(context, input);
      const count = wanted.ids.length;
      context.note({ object: `export:${wanted.format}`, data: { customers: count, fields: wanted.columns } });
      // R25: whoever carries a list away shows once more who they are.
      const proven = await verifySecret({
        directory: archive.directory,
        opened: archive.vault,
        login: actor.login,
        secret,
        clock,
        random,
        kdf,
      });
      proven.close();
      const second = await needsSecondPerson(context);
      const statement = exportStatement(context, wanted);
      const { standing } = agreementStandingOf(sql, statement, clock.now());
      if (second && standing !== 'valid')
        throw new AppError('SECOND_PERSON_MISSING', {
          params: { reason: standing },
          hint: `hint.agreement.${standing}`,
        });
      const bytes = await exportedBytes(context, wanted);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await context.transaction((change) => {
        if (second) consumeAgreement(change, statement, `export:${sha256}`);
        change.note({ data: { bytes: bytes.length, sha256, alone: second ? 0 : 1 } });
        // R69: the entry is durable before the file is there.
        change.afterCommit(async () => {
          await makeFolder(dirname(file));
          await replaceDurably(file, bytes);
        });
      });
      return { file, rows: count, bytes: bytes.length, sha256 };
    },
  },
};
