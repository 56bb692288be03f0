import { contentKind } from '../content-signature.ts';
import { sniffDelimiter } from './csv-delimiter.ts';
import { createCsvReader } from './csv-records.ts';
import { createRowFrame, type FramedRows, type RowFrame } from './heading-row.ts';
import { fileRefusal, megabytes, type ReadContext, TABLE_LIMITS, type TableLimits } from './table-limits.ts';
import { ROWS_IN_BATCH, type TableEvent, type TableHead, type TableOptions } from './table-types.ts';
import { decodeText, recogniseEncoding } from './text-encoding.ts';
import { openWorkbook } from './xlsx.ts';

/** Characters from which the delimiter is recognised. */
const DELIMITER_SAMPLE = 64 * 1024;

/**
 * How many bytes a file may have, as told by its first ones: known before the rest is read.
 * @throws AppError FILE_DAMAGED (nothing in it), FILE_TYPE_NOT_ALLOWED, FILE_TOO_LARGE
 */
export function checkTableFile(head: Uint8Array, size: number, context: ReadContext): 'csv' | 'xlsx' {
  const { name, limits } = context;
  if (size === 0) throw fileRefusal('FILE_DAMAGED', name, 'exchange.file.empty');
  const content = contentKind(head);
  const limit = content === 'zip' ? limits.workbookBytes : limits.textBytes;
  if (size > limit) throw fileRefusal('FILE_TOO_LARGE', name, 'exchange.file.tooLarge', { limitMb: megabytes(limit) });
  if (content === 'zip') return 'xlsx';
  // A compound document is an old .xls or a workbook with a password: one reason names both.
  if (content === 'compoundDocument') throw fileRefusal('FILE_TYPE_NOT_ALLOWED', name, 'exchange.file.oldWorkbook');
  if (content !== 'text') throw fileRefusal('FILE_TYPE_NOT_ALLOWED', name, 'exchange.file.notTable');
  return 'csv';
}

/** Rows of a table file as they are read. Type by content, limits of R60 and R61 held while reading, nothing evaluated. */
export async function* readTable(
  bytes: Buffer,
  name: string,
  options: TableOptions = {},
  limits: TableLimits = TABLE_LIMITS,
): AsyncGenerator<TableEvent> {
  const context: ReadContext = { name, limits };
  const kind = checkTableFile(bytes, bytes.length, context);
  yield* kind === 'csv' ? readCsv(bytes, options, context) : readWorkbookTable(bytes, options, context);
}

type HeadStart = Omit<TableHead, 'headings' | 'headingRow'>;

/** Turns framed rows into events: the head as soon as it is known, then full batches. */
function createEmitter(frame: RowFrame, start: HeadStart) {
  let rows: FramedRows['rows'][number][] = [];
  let refused: FramedRows['refused'][number][] = [];
  let headSent = false;

  return function* emit(framed: FramedRows, last: boolean): Generator<TableEvent> {
    if (!headSent && frame.headings !== undefined) {
      headSent = true;
      yield { type: 'head', head: { ...start, headings: frame.headings, headingRow: frame.headingRow } };
    }
    for (const row of framed.rows) rows.push(row);
    for (const cell of framed.refused) refused.push(cell);
    while (
      rows.length >= ROWS_IN_BATCH ||
      refused.length >= ROWS_IN_BATCH ||
      (last && rows.length + refused.length > 0)
    ) {
      yield { type: 'rows', rows: rows.slice(0, ROWS_IN_BATCH), refused: refused.slice(0, ROWS_IN_BATCH) };
      rows = rows.slice(ROWS_IN_BATCH);
      refused = refused.slice(ROWS_IN_BATCH);
    }
  };
}

async function* readCsv(bytes: Buffer, options: TableOptions, context: ReadContext): AsyncGenerator<TableEvent> {
  const recognised = recogniseEncoding(bytes, options.encoding, context);
  const pieces = decodeText(bytes, recognised);
  const first = pieces.next();
  if (first.done) return;
  const { delimiter, length } = sniffDelimiter(first.value.text.slice(0, DELIMITER_SAMPLE));
  const reader = createCsvReader({ delimiter, encoding: recognised.encoding }, context.limits);
  const frame = createRowFrame({ headingRow: options.headingRow, refuseLoneShortRows: true }, context);
  const emit = createEmitter(frame, { kind: 'csv', encoding: recognised.encoding, delimiter, sheets: [] });
  yield* emit(frame.push(reader.push(first.value.text.slice(length))), false);
  for (const { text, read } of pieces) {
    yield* emit(frame.push(reader.push(text)), false);
    yield { type: 'progress', done: read, total: bytes.length };
  }
  const rest = frame.push(reader.end());
  const end = frame.end();
  yield* emit({ rows: [...rest.rows, ...end.rows], refused: [...rest.refused, ...end.refused] }, true);
}

async function* readWorkbookTable(
  bytes: Buffer,
  options: TableOptions,
  context: ReadContext,
): AsyncGenerator<TableEvent> {
  const workbook = await openWorkbook(bytes, options.sheet, context);
  const frame = createRowFrame({ headingRow: options.headingRow, refuseLoneShortRows: false }, context);
  const emit = createEmitter(frame, { kind: 'xlsx', sheets: workbook.sheets, sheet: workbook.sheet });
  let read = 0;
  for await (const batch of workbook.rows()) {
    yield* emit(frame.push(batch), false);
    read += batch.length;
    yield { type: 'progress', done: read, total: 0 };
  }
  yield* emit(frame.end(), true);
}
