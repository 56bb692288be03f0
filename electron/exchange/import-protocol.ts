import { z } from 'zod';
import type { ErrorData } from '../../shared/errors/app-error.ts';
import type { TableLimits } from './tables/table-limits.ts';
import { type TableEvent, type TableOptions, TEXT_ENCODINGS } from './tables/table-types.ts';

/** What travels between the archive process and the import process. Bytes go in, rows of plain strings come out. */

/** What is searched of a record, and the columns that the search index makes of it (store/index-texts.ts). */
export interface SearchedTexts {
  readonly name: string;
  readonly body: readonly string[];
}
export type MadeTexts = readonly [name: string, body: string, pinyin: string, initials: string];

export type ToImport =
  | {
      readonly kind: 'begin';
      readonly name: string;
      readonly size: number;
      readonly options: TableOptions;
      readonly limits: TableLimits;
    }
  | { readonly kind: 'bytes'; readonly data: Uint8Array }
  /** One more event may be sent: whoever reads decides how much lies between. */
  | { readonly kind: 'next' }
  /** Instead of a file: texts of the search index are to be made. */
  | { readonly kind: 'makeTexts'; readonly order: number; readonly records: readonly SearchedTexts[] };

export type FromImport =
  | { readonly kind: 'ready' }
  /** The last piece of bytes has been taken over. */
  | { readonly kind: 'received' }
  | { readonly kind: 'event'; readonly event: TableEvent }
  | { readonly kind: 'done' }
  | { readonly kind: 'texts'; readonly order: number; readonly texts: readonly MadeTexts[] }
  | { readonly kind: 'failed'; readonly error: ErrorData };

/** Bytes of one message on the way in. */
export const PIECE_BYTES = 1024 * 1024;
/** Events that may lie between sender and reader. */
export const EVENTS_UNDER_WAY = 4;
/** Exit status of an import process that has seen its own memory pass the cap. */
export const MEMORY_EXIT = 77;
/** Memory of the import process (R62): resident bytes in all, and megabytes of script objects. */
export const MEMORY_CAP_BYTES = 512 * 1024 * 1024;
export const HEAP_CAP_MEGABYTES = 384;
/** Milliseconds that the import process may work on one file (R62). */
export const TIME_LIMIT_MS = 60_000;

const params = z.record(z.string(), z.union([z.string(), z.number()]));
const headings = z.array(z.string());
const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('received') }),
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('texts'), order: z.int(), texts: z.custom<MadeTexts[]>(areTexts) }),
  z.object({
    kind: z.literal('failed'),
    error: z.object({
      code: z.string(),
      params,
      fields: z.array(z.object({ path: z.string(), message: z.string(), params: params.optional() })),
      hint: z.string().optional(),
    }),
  }),
  z.object({
    kind: z.literal('event'),
    event: z.discriminatedUnion('type', [
      z.object({
        type: z.literal('head'),
        head: z.object({
          kind: z.enum(['csv', 'xlsx']),
          encoding: z.enum(TEXT_ENCODINGS).optional(),
          delimiter: z.string().optional(),
          sheets: headings,
          sheet: z.string().optional(),
          headings,
          headingRow: z.int(),
        }),
      }),
      z.object({ type: z.literal('progress'), done: z.number(), total: z.number() }),
      z.object({
        type: z.literal('rows'),
        // Looked at by hand: a million rows pass here.
        rows: z.custom<unknown[]>(isRows),
        refused: z.array(
          z.object({
            row: z.int(),
            field: z.string(),
            value: z.string(),
            message: z.string(),
            params: params.optional(),
          }),
        ),
      }),
    ]),
  }),
]);

function isRows(value: unknown): boolean {
  return Array.isArray(value) && value.every(isRow);
}

/** By hand for the same reason. */
function areTexts(value: unknown): boolean {
  const isText = (column: unknown) => typeof column === 'string';
  return (
    Array.isArray(value) && value.every((texts) => Array.isArray(texts) && texts.length === 4 && texts.every(isText))
  );
}

function isRow(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('row' in value) || !('cells' in value)) return false;
  const { row, cells } = value;
  return Number.isInteger(row) && Array.isArray(cells) && cells.every((cell) => typeof cell === 'string');
}

/** The import process handles foreign bytes: what comes out of it is believed only in this shape. */
export function isFromImport(value: unknown): value is FromImport {
  return message.safeParse(value).success;
}
