import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OutputOf } from '../../shared/contract/contract.ts';
import { DOCUMENT_TYPES } from '../../shared/domain/document-types.ts';
import { type ExportSetRow, exportPapersOf, exportSetIds, exportSetsByIds } from '../store/gaps.ts';
import { waiversOf } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import type { QueryContext } from './context.ts';
import { rememberedWhileUnchanged } from './remembered.ts';

/** Export orders against their four documents (D4). */

type ShownSet = OutputOf<'gaps.exportSets'>['sets'][number];
export interface ExportSet {
  readonly id: number;
  readonly customerId: number;
  readonly set: ShownSet;
}

const SETS_AT_ONCE = 200;

/** The four documents of an export order, in the order of the binder. */
export const EXPORT_TYPES = DOCUMENT_TYPES.filter((type) => type.perExportOrder).map((type) => type.key);

/** Export orders with what is there of each of the four documents. */
function shownSets(sql: Reader, rows: readonly ExportSetRow[]): ExportSet[] {
  const customers = [...new Set(rows.map((row) => row.customer_id))];
  const keyOf = (customer: number, type: string, order: string) => JSON.stringify([customer, type, order]);
  const filed = new Map<string, string>();
  for (const { customer_id, type, order_number, code } of exportPapersOf(sql, customers, EXPORT_TYPES)) {
    const key = keyOf(customer_id, type, order_number);
    if (!filed.has(key)) filed.set(key, code);
  }
  const waived = new Map(
    waiversOf(sql, customers).map((row) => [keyOf(row.customer_id, row.type, row.export_order), row.reason]),
  );
  return rows.map((row) => {
    const cells = EXPORT_TYPES.map((type): ShownSet['cells'][number] => {
      const key = keyOf(row.customer_id, type, row.order_number);
      const code = filed.get(key);
      if (code !== undefined) return { state: 'filed', detail: code };
      const reason = waived.get(key);
      return reason === undefined ? { state: 'missing', detail: '' } : { state: 'waived', detail: reason };
    });
    return {
      id: row.id,
      customerId: row.customer_id,
      set: {
        number: row.number,
        name: row.name,
        orderNumber: row.order_number,
        date: row.date,
        cells,
        missing: cells.filter((cell) => cell.state === 'missing').length,
      },
    };
  });
}

/** These export orders, in the order of their ids given. */
export const setsByIds = (sql: Reader, ids: readonly number[]): ExportSet[] =>
  shownSets(sql, exportSetsByIds(sql, ids));

/** All of them, newest first, some at a time; of one customer or of all. */
export function* exportSetPieces(sql: Reader, customerId?: number): Generator<readonly ExportSet[]> {
  const ids = exportSetIds(sql, customerId);
  for (let at = 0; at < ids.length; at += SETS_AT_ONCE) yield setsByIds(sql, ids.slice(at, at + SETS_AT_ONCE));
}

/** Ids of the export orders of all customers, newest first, and of those that lack a document; kept until something changes. */
export function exportSetsNow({ sql, archive, signal }: Pick<QueryContext, 'sql' | 'archive' | 'signal'>) {
  return rememberedWhileUnchanged(archive).find(['exportSetsNow'], async () => {
    const all: number[] = [];
    const incomplete: number[] = [];
    for (const piece of exportSetPieces(sql)) {
      for (const { id, set } of piece) {
        all.push(id);
        if (set.missing > 0) incomplete.push(id);
      }
      await nextTurn();
      signal.throwIfAborted();
    }
    return { all, incomplete };
  });
}
