import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import type { ParsedInputOf } from '../../shared/contract/contract.ts';
import type { recordQuery } from '../../shared/contract/record-lists.ts';
import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import { type ListField, listOptions } from '../../shared/domain/lists/list-query.ts';
import { mayReadList, recordListOf } from '../../shared/domain/lists/record-lists.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type CsvCell, csvBytes } from '../exchange/safe-csv.ts';
import { workbookBytes } from '../exchange/workbook.ts';
import {
  isStoredList,
  type RecordAtom,
  type RecordRow,
  type StoredListName,
} from '../store/record-lists/record-lists.ts';
import { recordsNamed } from '../store/record-lists/records-named.ts';
import { COMPUTED_LISTS } from './computed-lists.ts';
import type { HandlersOf, JobContext, QueryContext } from './context.ts';
import { checkedConditions, customersNamed, requireField } from './customer-lists.ts';
import { LARGEST_NARROWING } from './customers.ts';
import { gapRecords, isPiecedList } from './gap-records.ts';
import { headingOf, headings, listMatter, releaseList, wordedCell } from './list-release.ts';
import { computedRecords, type ListedRecords, storedRecords } from './listed-records.ts';
import { type PaperLanguage, recordText } from './record-texts.ts';
import { plainMark, protectionLine } from './release-protection.ts';
import { rememberedWhileUnchanged } from './remembered.ts';
import { readSettings } from './settings.ts';
import { todayOf } from './today.ts';

/** Lists of records other than cards: one way for all of them, and out as a table. */

const MOST_GROUPS = 2_000;
/** Beyond this a list is no list any more: the whole archive has its own export. */
const MOST_EXPORTED = 200_000;
const ROWS_AT_ONCE = 500;

/**
 * The records that a list is asked for.
 * @throws AppError ROLE_REFUSED for a list that this role does not read, INPUT_INVALID for a condition that the list does not have
 */
async function recordsOf(
  context: QueryContext,
  { list, text, filter }: z.output<z.ZodObject<typeof recordQuery>>,
): Promise<ListedRecords & { readonly firstOnly: boolean }> {
  if (!mayReadList(context.actor.role, list))
    throw new AppError('ROLE_REFUSED', { params: { role: context.actor.role } });
  const sought = text.normalize('NFKC').trim();
  const conditions = checkedConditions(recordListOf(list).fields, filter);
  if (isPiecedList(list)) return { ...gapRecords(context, list, { text: sought, conditions }), firstOnly: false };
  if (!isStoredList(list))
    return {
      ...computedRecords(list, await COMPUTED_LISTS[list](context, conditions), { text: sought, conditions }),
      firstOnly: false,
    };
  const today = todayOf(context.clock);
  const turn = async () => {
    await nextTurn();
    context.signal.throwIfAborted();
  };
  const remembered = rememberedWhileUnchanged(context.archive);
  const found =
    sought === ''
      ? undefined
      : await remembered.find(['found', list, sought, context.actor.role], () => foundBy(context, list, sought, turn));
  const fitting = { list, today, conditions, found: found === undefined ? undefined : { text: sought, ...found } };
  return { ...storedRecords(context.sql, fitting, turn, remembered), firstOnly: found?.firstOnly === true };
}

/** What a typed text finds: customers by their names, and of lists whose records are in the search index their records. */
async function foundBy(
  { sql, actor, clock }: QueryContext,
  list: StoredListName,
  text: string,
  turn: () => Promise<void>,
): Promise<{
  readonly customers: readonly number[];
  readonly records: readonly number[] | undefined;
  readonly firstOnly: boolean;
}> {
  const customers = customersNamed(sql, actor.role, text);
  const records = await recordsNamed(sql, { list, today: todayOf(clock) }, text, LARGEST_NARROWING, turn);
  return {
    customers,
    records: records?.ids,
    firstOnly: customers.length >= LARGEST_NARROWING || records?.firstOnly === true,
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
  readonly records: ListedRecords;
  readonly ids: readonly number[];
  readonly fields: readonly ListField[];
}

async function prepared(context: QueryContext, wanted: Wanted): Promise<ToExport> {
  const { fields } = recordListOf(wanted.list);
  const order = orderOf({ ...wanted, group: undefined });
  const records = await recordsOf(context, wanted);
  return {
    ...wanted,
    records,
    ids: await records.ids(order, 0, MOST_EXPORTED),
    fields: wanted.columns.flatMap((key) => fields.get(key) ?? []),
  };
}

async function* exportedRecords(
  context: QueryContext | JobContext,
  { records, ids, columns }: ToExport,
): AsyncGenerator<RecordRow> {
  for (let at = 0; at < ids.length; at += ROWS_AT_ONCE) {
    context.signal.throwIfAborted();
    context.progress({ phase: 'writing', done: at, total: ids.length });
    yield* records.rows(ids.slice(at, at + ROWS_AT_ONCE), columns);
    await nextTurn();
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
      protectionLine(wanted.sealedFor),
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
  const mark = wanted.sealedFor === undefined ? plainMark(context) : undefined;
  async function* lines(): AsyncGenerator<CsvCell[]> {
    for await (const { values } of exportedRecords(context, wanted))
      yield fields.flatMap((field) => cellsOf(field, values, language));
  }
  if (wanted.format === 'xlsx')
    return workbookBytes(recordText(language, `list.name.${wanted.list}`), headings(fields, language), lines(), mark);
  const rows: CsvCell[][] = [];
  for await (const line of lines()) rows.push(line);
  return csvBytes(headings(fields, language), rows, mark);
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
    async run(context, input) {
      const order = orderOf(input);
      const records = await recordsOf(context, input);
      const { ids, total, more } = await records.page(order, input.offset, input.limit, input.count === 'enough');
      return {
        total,
        more,
        rows: records.rows(ids, order.columns).map((row) => ({ ...row, values: { ...row.values } })),
      };
    },
  },
  'lists.groups': {
    phase: 'query',
    async run(context, input) {
      requireField(recordListOf(input.list).fields, 'group', input.group);
      const records = await recordsOf(context, input);
      const groups = await records.groups(input.group, MOST_GROUPS);
      const total = await records.count();
      return { groups: [...groups], total, complete: groups.reduce((sum, { count }) => sum + count, 0) === total };
    },
  },
  'lists.totals': {
    phase: 'query',
    async run(context, input) {
      const { fields } = recordListOf(input.list);
      for (const [index, key] of input.fields.entries()) requireField(fields, `fields.${index}`, key, true);
      const records = await recordsOf(context, input);
      const sums: { field: string; currency: string; sum: number; count: number }[] = [];
      for (const field of input.fields) for (const sum of await records.sums(field)) sums.push({ field, ...sum });
      return { total: await records.count(), firstOnly: records.firstOnly ? LARGEST_NARROWING : null, sums };
    },
  },
  'exports.recordsStatement': {
    phase: 'query',
    async run(context, input) {
      const wanted = await prepared(context, input);
      return await listMatter(context, wanted.ids.length, await statementOf(context, wanted));
    },
  },
  'exports.records': {
    phase: 'job',
    async run(context, { file, secret, seal, ...input }) {
      const wanted = await prepared(context, input);
      context.note({
        object: `export:${wanted.format}`,
        data: { list: wanted.list, rows: wanted.ids.length, fields: wanted.columns },
      });
      return await releaseList(context, {
        file,
        secret,
        rows: wanted.ids.length,
        sealedFor: input.sealedFor,
        seal,
        statement: () => statementOf(context, wanted),
        bytes: () => exportedBytes(context, wanted),
      });
    },
  },
};
