import { readTable } from '../../../electron/exchange/tables/read-table.ts';
import { TABLE_LIMITS, type TableLimits } from '../../../electron/exchange/tables/table-limits.ts';
import type { RefusedCell, TableHead, TableOptions, TableRow } from '../../../electron/exchange/tables/table-types.ts';
import { AppError } from '../../../shared/errors/app-error.ts';

/** Reads a table in this process, all of it. */
export async function readAll(
  bytes: Buffer,
  options: TableOptions & { name?: string; limits?: Partial<TableLimits> } = {},
) {
  const { name = 'customers.xlsx', limits, ...rest } = options;
  let head: TableHead | undefined;
  const rows: TableRow[] = [];
  const refused: RefusedCell[] = [];
  for await (const event of readTable(bytes, name, rest, { ...TABLE_LIMITS, ...limits })) {
    if (event.type === 'head') head = event.head;
    if (event.type === 'rows') {
      rows.push(...event.rows);
      refused.push(...event.refused);
    }
  }
  if (head === undefined) throw new Error('no head came');
  return { ...head, rows, refused };
}

/** The error that reading ends with: its code and its exact reason. */
export async function refusal(read: Promise<unknown>) {
  try {
    await read;
  } catch (thrown) {
    if (thrown instanceof AppError)
      return { code: thrown.code, reason: thrown.fields[0]?.message, params: thrown.params };
    throw thrown;
  }
  throw new Error('nothing was refused');
}
