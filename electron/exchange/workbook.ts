import { PassThrough } from 'node:stream';
import { guardedText } from '../../shared/util/spreadsheet-text.ts';
import type { CsvCell } from './safe-csv.ts';

const MOST_ROWS = 1_048_575;
/** What a cell of a workbook can hold. */
const LONGEST_CELL = 32_767;

/**
 * A table as XLSX, written row by row, so that a long list is never in memory as a workbook. Texts are guarded as in a CSV (R64)
 * and stand as texts: nothing in the file is a formula.
 * @param mark what the file says of itself: in its properties, and at the foot of every printed page
 */
export async function workbookBytes(
  sheet: string,
  headings: readonly string[],
  rows: Iterable<readonly CsvCell[]> | AsyncIterable<readonly CsvCell[]>,
  mark?: string,
): Promise<Buffer> {
  const stream = new PassThrough();
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = new Promise<void>((resolve, reject) => {
    stream.once('end', resolve);
    stream.once('error', reject);
  });
  // Read when the first workbook is asked for: it takes longer to read than all the rest of the process.
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  const table = workbook.addWorksheet(sheet.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'Sheet1', {
    views: [{ state: 'frozen', ySplit: 1 }],
    ...(mark === undefined ? {} : { headerFooter: { oddFooter: `&L${mark.replaceAll('&', '&&')}` } }),
  });
  if (mark !== undefined) workbook.description = mark;
  table.columns = headings.map((heading) => ({ width: Math.min(40, Math.max(10, [...heading].length * 2 + 2)) }));
  const head = table.addRow(headings.map(guardedText));
  head.font = { bold: true };
  head.commit();
  let written = 0;
  for await (const row of rows) {
    if (written === MOST_ROWS) break;
    table.addRow(row.map(cellOf)).commit();
    written += 1;
  }
  table.commit();
  await workbook.commit();
  await ended;
  return Buffer.concat(pieces);
}

/** Digits that a spreadsheet's number still holds exactly. */
const EXACT_DIGITS = 15;

function cellOf(cell: CsvCell): string | number | boolean | null {
  if (cell === null || typeof cell === 'boolean') return cell;
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  if (typeof cell === 'string') return guardedText(cell).slice(0, LONGEST_CELL);
  const text = typeof cell === 'bigint' ? String(cell) : cell.decimal;
  return text.replace(/\D/g, '').length <= EXACT_DIGITS && Number.isFinite(Number(text))
    ? Number(text)
    : guardedText(text);
}
