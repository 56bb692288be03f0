import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { z } from 'zod';
import type { ParsedInputOf } from '../../shared/contract/contract.ts';
import type { recordQuery } from '../../shared/contract/record-lists.ts';
import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import { type ListField, listOptions } from '../../shared/domain/lists/list-query.ts';
import { recordListOf } from '../../shared/domain/lists/record-lists.ts';
import { type CsvCell, csvBytes } from '../exchange/safe-csv.ts';
import { workbookBytes } from '../exchange/workbook.ts';
import {
  countRecords,
  type RecordAtom,
  type RecordFilter,
  type RecordRow,
  recordGroups,
  recordIds,
  recordSums,
  recordsByIds,
} from '../store/record-lists/record-lists.ts';
import type { HandlersOf, JobContext, QueryContext } from './context.ts';
import { type Asking, checkedConditions, customersNamed, requireField } from './customer-lists.ts';
import { headingOf, headings, listMatter, releaseList, wordedCell } from './list-release.ts';
import { type PaperLanguage, recordText } from './record-texts.ts';
import { readSettings } from './settings.ts';
import { todayOf } from './today.ts';

/** Lists of records other than cards: one way for all of them, and out as a table. */

const MOST_GROUPS = 2_000;
/** Beyond this a list is no list any more: the whole archive has its own export. */
const MOST_EXPORTED = 200_000;
const ROWS_AT_ONCE = 500;

function filterOf(context: Asking, { list, text, filter }: z.output<z.ZodObject<typeof recordQuery>>): RecordFilter {
  const sought = text.normalize('NFKC').trim();
  return {
    list,
    today: todayOf(context.clock),
    found:
      sought === '' ? undefined : { text: sought, customers: customersNamed(context.sql, context.actor.role, sought) },
    conditions: checkedConditions(recordListOf(list).fields, filter),
  };
}

type Asked = Pick<ParsedInputOf<'lists.rows'>, 'list' | 'sort' | 'descending' | 'group' | 'columns'>;

/** The order of a list, and its columns. @throws AppError INPUT_INVALID naming a field that the list does not have */
function orderOf({ list, sort, descending, group, columns }: Asked) {
  const { fields, sort: own, usual } = recordListOf(list);
  if (sort !== undefined) requireField(fields, 'sort', sort);
  if (group !== undefined) requireField(fields, 'group', group);
  for (const [index, key] of columns.entries()) requireField(fields, `columns.${index}`, key);
  return {
    sort: sort ?? own.key,
    descending: descending ?? (sort === undefined ? own.descending : false),
    group,
    columns: columns.length === 0 ? usual : columns,
  };
}

type Wanted = ParsedInputOf<'exports.recordsStatement'>;
interface ToExport extends Wanted {
  readonly ids: readonly number[];
  readonly fields: readonly ListField[];
}

function prepared(context: QueryContext, wanted: Wanted): ToExport {
  const { fields } = recordListOf(wanted.list);
  const order = orderOf({ ...wanted, group: undefined });
  return {
    ...wanted,
    ids: recordIds(context.sql, filterOf(context, wanted), order, 0, MOST_EXPORTED),
    fields: wanted.columns.flatMap((key) => fields.get(key) ?? []),
  };
}

async function* exportedRecords(
  context: QueryContext | JobContext,
  { list, ids, columns }: ToExport,
): AsyncGenerator<RecordRow> {
  const today = todayOf(context.clock);
  for (let at = 0; at < ids.length; at += ROWS_AT_ONCE) {
    context.signal.throwIfAborted();
    context.progress({ phase: 'writing', done: at, total: ids.length });
    yield* recordsByIds(context.sql, list, today, ids.slice(at, at + ROWS_AT_ONCE), columns);
    await turn();
  }
}

/** What the supervisor agrees to: these fields of these records with these contents (R71). */
async function statementOf(context: QueryContext, wanted: ToExport): Promise<AgreementStatement> {
  const language = readSettings(context.sql).printLanguage;
  const content = createHash('sha256');
  for await (const row of exportedRecords(context, wanted))
    content.update(`${JSON.stringify([row.key, row.values])}\n`);
  return {
    kind: 'listExport',
    subject: `vault:${context.archive.vault.vaultId}`,
    purpose: recordText('zh-Hant', 'exports.recordsPurpose'),
    lines: [
      { field: 'exportFormat', value: wanted.format },
      { field: 'exportList', value: recordText(language, `list.name.${wanted.list}`) },
      { field: 'exportRows', value: String(wanted.ids.length) },
      ...wanted.fields.map((field) => ({ field: 'exportField', value: headingOf(field, language) })),
      { field: 'exportManifest', value: content.digest('hex') },
    ],
  };
}

function cellsOf(field: ListField, values: Readonly<Record<string, RecordAtom>>, language: PaperLanguage): CsvCell[] {
  const value = values[field.key] ?? null;
  if (field.money === true)
    return [value === null ? null : { decimal: String(value) }, values[`${field.key}.currency`] ?? ''];
  if (value === null) return [field.type === 'number' ? null : ''];
  if (field.type === 'flag') return [wordedCell(field, value === 1, language)];
  return [typeof value === 'number' && field.type === 'number' ? value : wordedCell(field, value, language)];
}

async function exportedBytes(context: JobContext, wanted: ToExport): Promise<Buffer> {
  const language = readSettings(context.sql).printLanguage;
  const { fields } = wanted;
  async function* lines(): AsyncGenerator<CsvCell[]> {
    for await (const { values } of exportedRecords(context, wanted))
      yield fields.flatMap((field) => cellsOf(field, values, language));
  }
  if (wanted.format === 'xlsx')
    return workbookBytes(recordText(language, `list.name.${wanted.list}`), headings(fields, language), lines());
  const rows: CsvCell[][] = [];
  for await (const line of lines()) rows.push(line);
  return csvBytes(headings(fields, language), rows);
}

export const recordListHandlers: HandlersOf<
  'lists.fields' | 'lists.rows' | 'lists.groups' | 'lists.totals' | 'exports.recordsStatement' | 'exports.records'
> = {
  'lists.fields': {
    phase: 'query',
    run(_context, { list }) {
      const { fields, usual } = recordListOf(list);
      return {
        fields: [...fields.values()].map((field) => ({
          key: field.key,
          type: field.type,
          options: [...listOptions(field)],
          usual: usual.includes(field.key),
        })),
      };
    },
  },
  'lists.rows': {
    phase: 'query',
    run(context, input) {
      const { sql } = context;
      const order = orderOf(input);
      const filter = filterOf(context, input);
      const ids = recordIds(sql, filter, order, input.offset, input.limit);
      return {
        total: countRecords(sql, filter),
        rows: recordsByIds(sql, input.list, filter.today, ids, order.columns).map((row) => ({
          ...row,
          values: { ...row.values },
        })),
      };
    },
  },
  'lists.groups': {
    phase: 'query',
    run(context, input) {
      requireField(recordListOf(input.list).fields, 'group', input.group);
      const filter = filterOf(context, input);
      const groups = recordGroups(context.sql, filter, input.group, MOST_GROUPS);
      const total = countRecords(context.sql, filter);
      return { groups, total, complete: groups.reduce((sum, { count }) => sum + count, 0) === total };
    },
  },
  'lists.totals': {
    phase: 'query',
    run(context, input) {
      const { fields } = recordListOf(input.list);
      for (const [index, key] of input.fields.entries()) requireField(fields, `fields.${index}`, key, true);
      const filter = filterOf(context, input);
      return {
        total: countRecords(context.sql, filter),
        sums: input.fields.flatMap((field) => recordSums(context.sql, filter, field).map((sum) => ({ field, ...sum }))),
      };
    },
  },
  'exports.recordsStatement': {
    phase: 'query',
    async run(context, input) {
      const wanted = prepared(context, input);
      return await listMatter(context, wanted.ids.length, await statementOf(context, wanted));
    },
  },
  'exports.records': {
    phase: 'job',
    async run(context, { file, secret, ...input }) {
      const wanted = prepared(context, input);
      context.note({
        object: `export:${wanted.format}`,
        data: { list: wanted.list, rows: wanted.ids.length, fields: wanted.columns },
      });
      return await releaseList(context, {
        file,
        secret,
        rows: wanted.ids.length,
        statement: () => statementOf(context, wanted),
        bytes: () => exportedBytes(context, wanted),
      });
    },
  },
};
