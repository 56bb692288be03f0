import type { OutputOf } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { findCustomerById, updateCustomer, voidNumber } from '../store/customers.ts';
import {
  customersOfImport,
  deleteUntouchedCustomer,
  findImport,
  formersOfImport,
  type ImportRow,
  markImportTakenBack,
  type TouchedRecord,
  touchedCards,
  touchedDealings,
} from '../store/import-runs.ts';
import { removeFromIndex } from '../store/search-index.ts';
import type { Reader } from '../store/sql.ts';
import { touchedVisits } from '../store/visit-imports.ts';
import type { CommandContext } from './context.ts';
import { keepKeys } from './customer-keys.ts';
import { valuesOf } from './customer-record.ts';
import { changeCard } from './customers.ts';
import { dealingTable, takeBackDealings } from './dealing-take-back.ts';
import type { FormerCard } from './import-changes.ts';
import { cardForms } from './own-forms.ts';
import { breathe } from './table-imports.ts';
import { takeBackVisits } from './visit-take-back.ts';

/** A whole import taken back: what it brought goes, what it changed is as it was; until something was done with any of it (wish 27). */

/** Records named when an import cannot be taken back. */
const NAMED = 10;

/** What was done since with the records of an import, the first `limit` of them. */
export function touchedSince(
  sql: Reader,
  { id, kind }: Pick<ImportRow, 'id' | 'kind'>,
  limit: number,
): TouchedRecord[] {
  if (kind === 'customers') return touchedCards(sql, id, limit);
  return kind === 'visits' ? touchedVisits(sql, id, limit) : touchedDealings(sql, dealingTable(kind), id, limit);
}

/**
 * Takes a whole import back.
 * @throws AppError NOT_FOUND for an import that never was, CONFLICT for one that is taken back already,
 *   IMPORT_TOUCHED naming the records that something was done with since
 */
export async function takeBack(context: CommandContext, importId: number): Promise<OutputOf<'imports.takeBack'>> {
  const { sql, clock } = context;
  const run = findImport(sql, importId);
  context.note({ object: `import:${importId}` });
  if (run === undefined) throw new AppError('NOT_FOUND', { params: { what: 'import', number: importId } });
  if (run.taken_back_at !== null) throw new AppError('CONFLICT', { params: { what: 'import', number: importId } });
  const touched = touchedSince(sql, run, NAMED);
  if (touched.length > 0)
    throw new AppError('IMPORT_TOUCHED', {
      params: { file: run.file, number: touched[0]?.number ?? '' },
      fields: touched.map(({ number, name, why }) => ({
        path: number,
        message: `validation.import.${why}`,
        params: { number, name },
      })),
    });
  const at = clock.now().toISOString();
  const answer =
    run.kind === 'customers'
      ? await takeBackCards(context, importId, at)
      : run.kind === 'visits'
        ? { cards: 0, records: await takeBackVisits(context, run) }
        : { cards: 0, records: await takeBackDealings(context, importId, run.kind) };
  markImportTakenBack(sql, importId, at);
  context.note({ data: { ...answer } });
  return answer;
}

async function takeBackCards(context: CommandContext, importId: number, at: string) {
  const { sql } = context;
  const cards = customersOfImport(sql, importId);
  const forms = cardForms(sql);
  const changed = await putBackCards(context, importId);
  for (const [index, { id, number }] of cards.entries()) {
    const row = findCustomerById(sql, id);
    removeFromIndex(sql, 'customer', id);
    if (row !== undefined) keepKeys(sql, id, row.kind, { before: valuesOf(row), after: null, forms });
    deleteUntouchedCustomer(sql, id);
    voidNumber(sql, number, at, `import ${importId}`);
    await breathe(context, index, cards.length, 'writing');
  }
  return { cards: cards.length + changed, records: cards.length + changed };
}

/** Gives changed cards back what they were; how many. A card that came with the import goes with it. */
async function putBackCards(context: CommandContext, importId: number): Promise<number> {
  const { sql } = context;
  const formers = formersOfImport(sql, 'customer', importId);
  let changed = 0;
  for (const [index, { record_id, former }] of formers.entries()) {
    const row = findCustomerById(sql, record_id);
    if (row === undefined || row.import_id === importId) continue;
    const before = JSON.parse(former) as FormerCard;
    const evidence = `import:${importId}`;
    const { values, tier } = before;
    const { row: next } = changeCard(context, row, { values, tier, evidence, fromTable: true });
    // Facts are as old again as they were.
    updateCustomer(sql, { ...next, confirmations: before.confirmations }, next);
    changed += 1;
    await breathe(context, index, formers.length, 'writing');
  }
  return changed;
}
