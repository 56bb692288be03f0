import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { z } from 'zod';
import type { exportOperations } from '../../shared/contract/exports.ts';
import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import type { FieldValue } from '../../shared/domain/form-fields.ts';
import { customerListFields } from '../../shared/domain/lists/customer-list.ts';
import type { ListField } from '../../shared/domain/lists/list-query.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type CsvCell, csvBytes } from '../exchange/safe-csv.ts';
import { workbookBytes } from '../exchange/workbook.ts';
import { customersByIds } from '../store/customer-lists.ts';
import { findCustomerById } from '../store/customers.ts';
import type { HandlersOf, JobContext, QueryContext } from './context.ts';
import { requireListFields, selectedCustomers, withChosenFields } from './customer-lists.ts';
import { customerVcards } from './customer-vcards.ts';
import { headingOf, headings, listMatter, releaseList, wordedCell } from './list-release.ts';
import { cardForms } from './own-forms.ts';
import { type PaperLanguage, recordText } from './record-texts.ts';
import { plainMark, protectionLine } from './release-protection.ts';
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
function exportStatement(context: QueryContext, { format, columns, ids, sealedFor }: ToExport): AgreementStatement {
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
      protectionLine(sealedFor),
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

/** The cells of a field: numbers as numbers, an amount and its currency in two, entries of a group one after the other in one. */
function cellsOf(field: ListField, value: FieldValue, language: PaperLanguage): CsvCell[] {
  if (value === null) return field.money === true ? [null, ''] : [field.type === 'number' ? null : ''];
  if (Array.isArray(value)) {
    const words = (value as readonly unknown[]).map((entry) =>
      typeof entry === 'object' && entry !== null && 'amount' in entry
        ? `${String((entry as { currency?: string }).currency ?? '')} ${String(entry.amount)}`
        : wordedCell(field, entry as string, language),
    );
    return field.money === true ? [words.join('; '), ''] : [words.join('; ')];
  }
  if (typeof value === 'object')
    return 'amount' in value ? [{ decimal: String(value.amount) }, String(value.currency)] : [''];
  if (typeof value === 'number') return [value];
  return [wordedCell(field, value as string | boolean, language)];
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
  const mark = wanted.sealedFor === undefined ? plainMark(context) : undefined;
  if (wanted.format === 'vcard') {
    const cards: Buffer[] = [];
    for (const [index, id] of wanted.ids.entries()) {
      const row = findCustomerById(sql, id);
      if (row !== undefined)
        cards.push(Buffer.from(customerVcards(actor.role, language, archive.vault.vaultId, row, mark)));
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
    return workbookBytes(recordText(language, 'exports.sheet'), headings(fields, language), rows, mark);
  const lines: CsvCell[][] = [];
  for await (const row of rows) lines.push(row);
  return csvBytes(headings(fields, language), lines, mark);
}

export const customerExportHandlers: HandlersOf<'exports.statement' | 'exports.customers'> = {
  'exports.statement': {
    phase: 'query',
    async run(context, input) {
      const wanted = prepared(context, input);
      return await listMatter(context, wanted.ids.length, exportStatement(context, wanted));
    },
  },
  'exports.customers': {
    phase: 'job',
    async run(context, { file, secret, seal, ...input }) {
      const wanted = prepared(context, input);
      context.note({
        object: `export:${wanted.format}`,
        data: { customers: wanted.ids.length, fields: wanted.columns },
      });
      return await releaseList(context, {
        file,
        secret,
        rows: wanted.ids.length,
        sealedFor: input.sealedFor,
        seal,
        statement: () => exportStatement(context, wanted),
        bytes: () => exportedBytes(context, wanted),
      });
    },
  },
};
