import { AppError, type MessageParams } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/error-codes.ts';

const MB = 1024 * 1024;

/** The limits of R60 and R61. A parameter everywhere, so that tests need no giant files. */
export interface TableLimits {
  /** Bytes of a workbook (R60). */
  readonly workbookBytes: number;
  /** Bytes of a CSV: 1,000,000 rows (R63) of real customer data fit. */
  readonly textBytes: number;
  readonly zipEntries: number;
  /** Bytes inflated out of one workbook, all entries together. */
  readonly inflatedBytes: number;
  /** Inflated to compressed, per entry, once more than `ratioFreeBytes` have come out. */
  readonly ratio: number;
  readonly ratioFreeBytes: number;
  /** Cells of a sheet (R61). */
  readonly cells: number;
  /** Characters of a cell, which is also what spreadsheet programs hold. */
  readonly cellCharacters: number;
  /** Nested XML elements. */
  readonly depth: number;
  readonly columns: number;
}

export const TABLE_LIMITS: TableLimits = {
  workbookBytes: 25 * MB,
  textBytes: 256 * MB,
  zipEntries: 1_000,
  inflatedBytes: 256 * MB,
  ratio: 100,
  ratioFreeBytes: MB,
  cells: 1_000_000,
  cellCharacters: 32_767,
  depth: 64,
  columns: 2_000,
};

/** What is being read: for messages, and the limits that hold. */
export interface ReadContext {
  readonly name: string;
  readonly limits: TableLimits;
}

/** A refused file: the code says which kind of trouble, `reason` (a message key) says which exactly. */
export function fileRefusal(
  code: ErrorCode,
  name: string,
  reason: string,
  params: MessageParams = {},
  cause?: unknown,
) {
  return new AppError(code, {
    params: { ...params, file: name },
    fields: [{ path: 'file', message: reason, params: { ...params, file: name } }],
    ...(cause === undefined ? {} : { cause }),
  });
}

export function megabytes(bytes: number): number {
  return Math.round((bytes / MB) * 10) / 10;
}
