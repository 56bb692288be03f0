import type { RawRow } from './raw-row.ts';
import { fileRefusal, type ReadContext } from './table-limits.ts';
import { readSharedStrings, readStyles, readWorkbook } from './xlsx-parts.ts';
import { createSheetReader } from './xlsx-sheet.ts';
import { openZipPackage } from './zip-package.ts';

export interface OpenedWorkbook {
  readonly sheets: readonly string[];
  readonly sheet: string;
  /** Rows as they are inflated, in the order of the sheet. */
  rows(): AsyncIterable<readonly RawRow[]>;
}

/**
 * Opens an XLSX from its bytes (R60, R61).
 * @param wanted name of the sheet to read; the first one by default.
 * @throws AppError FILE_TOO_LARGE, FILE_DAMAGED, FILE_TYPE_NOT_ALLOWED, FILE_NOT_READABLE; INPUT_INVALID for a sheet that is not there.
 */
export async function openWorkbook(
  bytes: Buffer,
  wanted: string | undefined,
  context: ReadContext,
): Promise<OpenedWorkbook> {
  const zip = await openZipPackage(bytes, context);
  const workbook = await readWorkbook(zip, context);
  const sheets = workbook.sheets.map((entry) => entry.name);
  const chosen = wanted === undefined ? workbook.sheets[0] : workbook.sheets.find((entry) => entry.name === wanted);
  if (chosen === undefined) {
    if (wanted === undefined) throw fileRefusal('FILE_DAMAGED', context.name, 'exchange.xlsx.noSheet');
    throw fileRefusal('INPUT_INVALID', context.name, 'exchange.xlsx.sheetUnknown', { sheet: wanted });
  }

  async function* rows(part: string): AsyncGenerator<readonly RawRow[]> {
    const strings = await readSharedStrings(zip, workbook, context);
    const styles = await readStyles(zip, workbook, context);
    const reader = createSheetReader({ strings, styles, dateSystem: workbook.dateSystem }, context);
    for await (const chunk of zip.read(part)) {
      const batch = reader.push(chunk);
      if (batch.length > 0) yield batch;
    }
    yield reader.end();
  }

  return { sheets, sheet: chosen.name, rows: () => rows(chosen.part) };
}
