import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import type { OutputOf } from '../../shared/contract/contract.ts';
import type { DealingKind } from '../../shared/domain/forms/dealing-forms.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { sourceFromBytes } from '../exchange/import-client.ts';
import type { RefusedCell, Table } from '../exchange/tables/table-types.ts';
import { readInfo, writeInfo } from '../store/archive-records.ts';
import type { Reader, Writer } from '../store/sql.ts';
import type { CommandContext, JobContext, QueryContext } from './context.ts';

/** What every import of a table does alike: read once, judged by row, refused cells named and put right, the columns remembered. */

export interface ReadTable {
  readonly file: string;
  readonly sha256: string;
  readonly table: Table;
}

export type RefusedRow = OutputOf<'imports.apply'>['refused'][number];

/** Refused rows that one answer lists; the count says how many there are. */
export const LISTED = 1_000;
const PREVIEW_ROWS = 20;
/** Rows between two turns of the event loop: about ten milliseconds of work. */
const ROWS_PER_TURN = 20;
/** Nobody reads more than ten messages of progress a second, and each costs as much as a row. */
const MS_BETWEEN_WORDS = 100;
let lastWord = 0;

/** Lets other work in now and then, tells how far it is, and stops when cancelled. */
export async function breathe(
  context: JobContext | CommandContext,
  done: number,
  total: number,
  phase: 'checkingRows' | 'writing',
): Promise<void> {
  if (done % ROWS_PER_TURN !== 0) return;
  if (done === 0 || performance.now() - lastWord > MS_BETWEEN_WORDS) {
    context.progress({ phase, done, total });
    lastWord = performance.now();
  }
  await letOthersIn(context);
}

/** Lets other work in, and stops when cancelled. */
export async function letOthersIn({ signal }: Pick<JobContext, 'signal'>): Promise<void> {
  await turn();
  signal.throwIfAborted();
}

/** Reads a handed-over table in a process of its own and keeps it until the next one. */
export async function readUploadedTable(
  context: QueryContext,
  given: { readonly upload: string; readonly encoding?: string | undefined; readonly sheet?: string | undefined },
): Promise<{ readonly id: string } & ReadTable> {
  const { name, bytes } = context.shelf.upload(given.upload);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  context.note({ object: `file:${sha256.slice(0, 16)}`, data: { bytes: bytes.length } });
  const table = await context.importer.read(
    sourceFromBytes(name, bytes),
    { encoding: given.encoding, sheet: given.sheet },
    { signal: context.signal, onProgress: context.progress },
  );
  const id = context.random.uuid();
  context.tables.clear();
  context.tables.set(id, { file: name, sha256, table });
  return { id, file: name, sha256, table };
}

/** What an answer says of a table that has been read. */
export function tableFacts({ id, table }: { readonly id: string } & ReadTable, mapping: readonly (string | null)[]) {
  return {
    table: id,
    sheets: [...table.sheets],
    headings: [...table.headings],
    mapping: [...mapping],
    unrecognised: unrecognisedOf(table.headings, mapping),
    rows: table.rows.length + table.refused.length,
    preview: table.rows.slice(0, PREVIEW_ROWS).map((row) => [...row.cells]),
  };
}

/** Headings that no field takes. */
export const unrecognisedOf = (headings: readonly string[], mapping: readonly (string | null)[]): string[] =>
  headings.filter((heading, index) => heading.trim() !== '' && (mapping[index] ?? null) === null);

/** @throws AppError NOT_FOUND when another table has been read since */
export function readTable(tables: ReadonlyMap<string, ReadTable>, id: string): ReadTable {
  const table = tables.get(id);
  if (table === undefined) throw new AppError('NOT_FOUND', { params: { what: 'table', number: '' } });
  return table;
}

export const refusedRow = ({ row, field, value, message, params }: RefusedCell): RefusedRow => ({
  row,
  field,
  value,
  message,
  ...(params === undefined ? {} : { params: { ...params } }),
});

export const rowsRefused = (refused: readonly { readonly row: number }[]): number =>
  new Set(refused.map(({ row }) => row)).size;

/** All or nothing: why none of the rows was taken, naming the first of them by row and field. */
export function importRefused(refused: readonly RefusedRow[], rows: number): AppError {
  return new AppError('IMPORT_REFUSED', {
    params: { refused: rowsRefused(refused), rows, row: refused[0]?.row ?? 0 },
    fields: refused.slice(0, 50).map((row) => ({
      path: `rows.${row.row}.${row.field}`,
      message: row.message,
      params: { ...row.params, value: row.value },
    })),
    hint: 'hint.mendRowsOrAcceptValid',
  });
}

/** A cell put right before the rows are judged. `row`: of the file · `column`: from 0. */
export interface Correction {
  readonly row: number;
  readonly column: number;
  readonly value: string;
}

/** Rows with the cells that somebody put right; the file itself is not touched. */
export function corrected(rows: Table['rows'], corrections: readonly Correction[]): Table['rows'] {
  if (corrections.length === 0) return rows;
  const byRow = Map.groupBy(corrections, ({ row }) => row);
  return rows.map((row) => {
    const changes = byRow.get(row.row);
    if (changes === undefined) return row;
    const cells = [...row.cells];
    for (const { column, value } of changes) {
      while (cells.length <= column) cells.push('');
      cells[column] = value;
    }
    return { ...row, cells };
  });
}

/** What a mapping is remembered for. */
type Kind = 'customers' | 'visits' | DealingKind;

/** The same headings in the same order are one source, whatever the file is called. */
const mappingKey = (kind: Kind, headings: readonly string[]): string =>
  `importMapping:${kind}:${createHash('sha256')
    .update(headings.map((heading) => heading.trim().normalize('NFKC')).join('\n'))
    .digest('hex')
    .slice(0, 32)}`;

const rememberedMapping = z.object({
  mapping: z.array(z.string().nullable()),
  card: z.enum(['enterprise', 'individual']).optional(),
});
export type RememberedMapping = z.output<typeof rememberedMapping>;

/** The mapping that was used for a table with these headings before. `check` throws when it does not fit the forms any more. */
export function recallMapping(
  sql: Reader,
  kind: Kind,
  headings: readonly string[],
  check: (kept: RememberedMapping) => void,
): RememberedMapping | undefined {
  const text = readInfo(sql, mappingKey(kind, headings));
  if (text === undefined) return undefined;
  const kept = rememberedMapping.parse(JSON.parse(text));
  if (kept.mapping.length !== headings.length) return undefined;
  try {
    check(kept);
    return kept;
  } catch {
    // A field of the keeper's own that is gone: the headings are read anew.
    return undefined;
  }
}

export function rememberMapping(sql: Writer, kind: Kind, headings: readonly string[], kept: RememberedMapping): void {
  writeInfo(sql, mappingKey(kind, headings), JSON.stringify(kept));
}
