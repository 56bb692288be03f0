import { cardFields, completeness, type FieldValue } from '../../shared/domain/form-fields.ts';
import { type MergeChoice, mergedValues, mergeProposals } from '../../shared/domain/merging.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { writeReviewState } from '../store/card-reviews.ts';
import {
  clearChangeOrigin,
  findMerge,
  fingerprintOf,
  holdingsOf,
  insertMerge,
  leadNumberTo,
  listMerges,
  type MergeRow,
  markMergeUndone,
  mergedInto,
  moveBack,
  movedRows,
  moveHoldings,
  putBack,
  setChangeOrigin,
  setFingerprint,
  survivingNumber,
  takeOut,
} from '../store/customer-merges.ts';
import { type CustomerRow, findCustomer, findCustomerById, updateCustomer } from '../store/customers.ts';
import { namedReadersOf } from '../store/named-readers.ts';
import { indexRecord, removeFromIndex } from '../store/search-index.ts';
import type { Reader, Writer } from '../store/sql.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { keepKeys } from './customer-keys.ts';
import {
  cardFor,
  confirmationsOf,
  indexedCustomer,
  packConfirmations,
  type StoredValues,
  valuesOf,
} from './customer-record.ts';
import { changeCard } from './customers.ts';
import { recountBalances } from './dealing-record.ts';
import { recordIntelligence } from './intelligence-record.ts';
import { cardForms } from './own-forms.ts';
import { recountDossier } from './paper-record.ts';
import { todayOf } from './today.ts';

/** Two cards of one customer become one, with a full trail (C1, C6): nothing of either is lost, and it can be taken back. */

function cardToMerge(sql: Reader, number: string, revision: number | undefined): CustomerRow {
  const row = findCustomer(sql, number.trim().toUpperCase()) ?? findCustomer(sql, number.trim());
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'customer', number } });
  if (revision !== undefined && row.revision !== revision)
    throw new AppError('CONFLICT', {
      params: { what: 'customer', number: row.number, by: row.updated_by, revision: row.revision },
    });
  return row;
}

function refuseUnlike(sql: Reader, survivor: CustomerRow, merged: CustomerRow): void {
  const message =
    survivor.id === merged.id
      ? 'mergeWithItself'
      : survivor.kind !== merged.kind
        ? 'mergeOfTwoKinds'
        : // Its papers would be open to whoever may read the other card.
          namedReadersOf(sql, merged.id).length > 0
          ? 'mergeOfNamedReaders'
          : undefined;
  if (message !== undefined)
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'merged', message: `validation.${message}` }] });
}

/** Index entry and keys of a card as it stands, with the numbers and names that lead to it. */
function reindex(sql: Writer, row: CustomerRow): void {
  const forms = cardForms(sql);
  const also = mergedInto(sql, row.id).flatMap(({ number, name }) => [number, name]);
  indexRecord(sql, indexedCustomer(row.id, row, valuesOf(row), forms, also));
}

function merge(
  context: CommandContext,
  survivor: CustomerRow,
  merged: CustomerRow,
  choices: Readonly<Record<string, MergeChoice>>,
  reason: string,
): { row: CustomerRow; mergeId: number } {
  const { sql, clock, actor } = context;
  const forms = cardForms(sql);
  const at = clock.now().toISOString();
  const [left, right] = [valuesOf(survivor), valuesOf(merged)];
  const values = mergedValues(cardFields(survivor.kind, forms), left, right, choices) as StoredValues;
  const taken = [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (key) => JSON.stringify(left[key]) !== JSON.stringify(values[key]),
  );
  // Everything of the merged card goes over while the card is still there: references are kept whole at every step.
  setChangeOrigin(sql, merged.id, merged.number);
  const rows = moveHoldings(sql, merged.id, survivor.id);
  removeFromIndex(sql, 'customer', merged.id);
  keepKeys(sql, merged.id, merged.kind, { before: right, after: null, forms });
  takeOut(sql, merged.id);
  leadNumberTo(sql, merged.number, survivor.number);

  const change = Object.fromEntries(taken.map((key): [string, FieldValue] => [key, values[key] ?? null]));
  const later =
    [survivor.visited_at, merged.visited_at]
      .filter((one) => one !== null)
      .sort()
      .at(-1) ?? null;
  const { row: changed } = changeCard(context, survivor, {
    values: change,
    tier: choices['tier'] === 'merged' ? merged.tier : undefined,
    status: choices['status'] === 'merged' ? merged.status : undefined,
    evidence: `${merged.number} → ${survivor.number}`,
  });
  // Taking a value over confirms nothing: it stays as old as it was on its own card, and so does the card.
  const [ours, theirs] = [confirmationsOf(changed), confirmationsOf(merged)];
  for (const key of taken) {
    const known = theirs[key];
    if (choices[key] !== 'both' && known !== undefined) ours[key] = known;
  }
  const settled: CustomerRow = {
    ...changed,
    confirmations: packConfirmations(ours),
    visited_at: later,
    late: Math.max(survivor.late, merged.late),
  };
  updateCustomer(sql, settled, changed);
  recordIntelligence(sql, survivor.id, values);
  recountBalances(sql, survivor.id, todayOf(clock));
  recountDossier(sql, settled, todayOf(clock));
  writeReviewState(sql, survivor.id, at);
  const mergeId = insertMerge(
    sql,
    {
      survivor_id: survivor.id,
      merged_id: merged.id,
      merged_number: merged.number,
      merged_name: merged.name,
      merged_row: JSON.stringify(merged),
      survivor_row: JSON.stringify(survivor),
      fingerprint: '',
      reason,
      at,
      by: actor.displayName,
      audit_sequence: context.auditSequence,
    },
    rows,
  );
  const whole = findCustomerById(sql, survivor.id) ?? settled;
  reindex(sql, whole);
  setFingerprint(sql, mergeId, fingerprintOf(sql, survivor.id));
  context.note({ data: { rows: rows.length, fields: taken } });
  return { row: whole, mergeId };
}

function undo(context: CommandContext, found: MergeRow, reason: string): CustomerRow {
  const { sql, clock, actor } = context;
  const forms = cardForms(sql);
  const at = clock.now().toISOString();
  const present = findCustomerById(sql, found.survivor_id);
  if (present === undefined) throw new AppError('NOT_FOUND', { params: { what: 'customer', number: '' } });
  const survivor = JSON.parse(found.survivor_row) as CustomerRow;
  const merged = JSON.parse(found.merged_row) as CustomerRow;
  const mergedId = putBack(sql, merged);
  leadNumberTo(sql, merged.number, null);
  moveBack(sql, movedRows(sql, found.id), mergedId);
  clearChangeOrigin(sql, mergedId, merged.number);
  markMergeUndone(sql, found.id, { at, by: actor.displayName, reason });

  // The survivor has its values again, as a change of its own: history is added to, never taken away (C6).
  const before = valuesOf(survivor);
  const now = valuesOf(present);
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const values = Object.fromEntries(
    keys
      .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]))
      .map((key): [string, FieldValue] => [key, before[key] ?? null]),
  );
  const { row: changed } = changeCard(context, present, {
    values,
    tier: survivor.tier,
    status: survivor.status,
    evidence: `${merged.number} ← ${survivor.number}`,
  });
  const settled: CustomerRow = {
    ...changed,
    confirmations: survivor.confirmations,
    visited_at: survivor.visited_at,
    late: survivor.late,
  };
  updateCustomer(sql, settled, changed);
  recordIntelligence(sql, survivor.id, before);
  recountBalances(sql, survivor.id, todayOf(clock));
  recountDossier(sql, settled, todayOf(clock));
  writeReviewState(sql, survivor.id, at);
  reindex(sql, findCustomerById(sql, survivor.id) ?? settled);

  const back: CustomerRow = { ...merged, id: mergedId };
  keepKeys(sql, mergedId, back.kind, { before: null, after: valuesOf(back), forms });
  recountDossier(sql, back, todayOf(clock));
  writeReviewState(sql, mergedId, at);
  // What is told of competitors and projects stands in tables of its own.
  recordIntelligence(sql, mergedId, valuesOf(back));
  recountBalances(sql, mergedId, todayOf(clock));
  const restored = findCustomerById(sql, mergedId) ?? back;
  reindex(sql, restored);
  return restored;
}

/** Why a merge cannot be taken back, or undefined. */
function undoProblem(sql: Reader, found: MergeRow): 'undone' | 'changed' | undefined {
  if (found.undone_at !== null) return 'undone';
  return fingerprintOf(sql, found.survivor_id) === found.fingerprint ? undefined : 'changed';
}

const MOST_KNOWN = 50;

export const customerMergeHandlers: HandlersOf<
  'customers.mergePreview' | 'customers.merge' | 'customers.merges' | 'customers.undoMerge'
> = {
  'customers.mergePreview': {
    phase: 'query',
    run(context, input) {
      const { sql, actor } = context;
      const survivor = cardToMerge(sql, input.survivor, undefined);
      const merged = cardToMerge(sql, input.merged, undefined);
      context.note({ object: `customer:${survivor.number}`, data: { merged: merged.number } });
      refuseUnlike(sql, survivor, merged);
      const forms = cardForms(sql);
      const [left, right] = [valuesOf(survivor), valuesOf(merged)];
      const known = [confirmationsOf(survivor), confirmationsOf(merged)] as const;
      return {
        survivor: cardFor(actor.role, survivor, forms),
        merged: cardFor(actor.role, merged, forms),
        fields: mergeProposals(cardFields(survivor.kind, forms), left, right, (key) => [
          known[0][key]?.at ?? '',
          known[1][key]?.at ?? '',
        ]),
        completeness: completeness(
          survivor.kind,
          mergedValues(cardFields(survivor.kind, forms), left, right, {}),
          forms,
        ).percent,
        moves: holdingsOf(sql, merged.id),
      };
    },
  },
  'customers.merge': {
    phase: 'command',
    run(context, input) {
      const { sql } = context;
      const survivor = cardToMerge(sql, input.survivor, input.survivorRevision);
      const merged = cardToMerge(sql, input.merged, input.mergedRevision);
      context.note({ object: `customer:${survivor.number}`, why: input.reason, data: { merged: merged.number } });
      refuseUnlike(sql, survivor, merged);
      const { row, mergeId } = merge(context, survivor, merged, input.choices, input.reason);
      return { number: row.number, revision: row.revision, mergeId };
    },
  },
  'customers.merges': {
    phase: 'query',
    run({ sql }, { number, offset, limit }) {
      const of = number === undefined ? null : (findCustomer(sql, survivingNumber(sql, number) ?? number)?.id ?? -1);
      const { rows, total } = listMerges(sql, of, offset, limit);
      return {
        total,
        merges: rows.map((row, index) => ({
          id: row.id,
          survivor: row.survivor_number,
          survivorName: row.survivor_name,
          merged: row.merged_number,
          mergedName: row.merged_name,
          reason: row.reason,
          at: row.at,
          by: row.by,
          undoneAt: row.undone_at,
          undoneBy: row.undone_by,
          undoReason: row.undo_reason,
          // Reading everything of a card is worth it for the newest alone.
          mayUndo: index < MOST_KNOWN && undoProblem(sql, row) === undefined,
        })),
      };
    },
  },
  'customers.undoMerge': {
    phase: 'command',
    run(context, { mergeId, reason }) {
      const { sql } = context;
      const found = findMerge(sql, mergeId);
      if (found === undefined) throw new AppError('NOT_FOUND', { params: { what: 'merge', number: mergeId } });
      context.note({ object: `customer:${found.merged_number}`, why: reason, data: { merge: mergeId } });
      const problem = undoProblem(sql, found);
      if (problem !== undefined)
        throw new AppError('CONFLICT', {
          params: { what: 'merge', number: found.merged_number },
          hint: problem === 'changed' ? 'hint.mergeChanged' : 'hint.mergeUndone',
        });
      return { number: undo(context, found, reason).number };
    },
  },
};
