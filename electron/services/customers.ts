import type { ArchiveSettings } from '../../shared/contract/archive.ts';
import { limitWithoutApproval } from '../../shared/domain/credit/application.ts';
import { completeness, emptyCard } from '../../shared/domain/form-fields.ts';
import type { Completeness } from '../../shared/domain/forms/card-completeness.ts';
import { isFilled } from '../../shared/domain/forms/field.ts';
import { formatNumber, parseNumber } from '../../shared/domain/numbering.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { addMonths } from '../../shared/util/days.ts';
import { type FillingRow, insertFilling } from '../store/card-fillings.ts';
import { mergedInto, survivingNumber } from '../store/customer-merges.ts';
import {
  type CustomerRow,
  findCustomer,
  insertChange,
  insertCustomers,
  type NewCustomerRow,
  numberGaps,
  numberIsTaken,
  registerNumbers,
  updateCustomer,
} from '../store/customers.ts';
import { type SequencesOfMany, sequencesOfMany } from '../store/number-sequence.ts';
import { indexNewRecord, indexRecord } from '../store/search-index.ts';
import { readingsOfName } from '../store/search-text.ts';
import type { Reader, Writer } from '../store/sql.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { recountStanding } from './credit-facts.ts';
import { addKeys, keepKeys, similarCards } from './customer-keys.ts';
import {
  cardFor,
  checkValues,
  confirmationsOf,
  derivedColumns,
  indexedCustomer,
  isLate,
  packConfirmation,
  packConfirmations,
  type StoredValues,
  valuesOf,
} from './customer-record.ts';
import { recordIntelligence } from './intelligence-record.ts';
import { cardForms } from './own-forms.ts';
import { missingWithoutPapers, recountDossier } from './paper-record.ts';
import { readSettings } from './settings.ts';
import { todayOf } from './today.ts';
import { raiseWatchFlags } from './watch-flags.ts';

/** Most records that a search text may narrow a list to. */
export const LARGEST_NARROWING = 5_000;

export function getCustomer(sql: Reader, number: string): CustomerRow {
  const wanted = number.trim();
  const found = findCustomer(sql, wanted.toUpperCase()) ?? findCustomer(sql, wanted);
  // C1: the number of a merged card leads to the card that goes on.
  const onward = found === undefined ? survivingNumber(sql, wanted.toUpperCase()) : undefined;
  const row = onward === undefined ? found : findCustomer(sql, onward);
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'customer', number } });
  return row;
}

export interface NewCard {
  readonly kind: CustomerRow['kind'];
  readonly values: StoredValues;
  readonly tier?: CustomerRow['tier'] | undefined;
  readonly status?: CustomerRow['status'] | undefined;
  readonly visitedAt?: string | null | undefined;
  readonly evidence?: string | undefined;
  readonly importId?: number;
  /** A number given elsewhere that follows the pattern and is free; otherwise the next one. */
  readonly number?: string | null | undefined;
  /** The values were judged already, cell by cell; nobody reads warnings of many cards. */
  readonly judged?: boolean;
}

/** What writing a card tells of it. */
interface WrittenCard {
  readonly row: CustomerRow;
  readonly warnings: ReturnType<typeof checkValues>;
  /** C5. */
  readonly complete: Completeness;
}

/** C5 as an answer. */
export const completenessAnswer = ({ percent, missing }: Completeness) => ({ percent, missing: [...missing] });

/** Writes a new card with its number, first history and index entry (C1, C6). */
export function createCard(context: CommandContext, card: NewCard): WrittenCard {
  const [written] = createCards(context, [card]);
  if (written === undefined) throw new AppError('INTERNAL');
  return written;
}

/** The same for several cards, written together; numbers are given in their order. */
export function createCards(context: CommandContext, cards: readonly NewCard[]): WrittenCard[] {
  const { sql, clock, actor } = context;
  const settings = readSettings(sql);
  const forms = cardForms(sql);
  const at = clock.now().toISOString();
  const today = todayOf(clock);
  const judged = cards.map((card) => {
    const values = dropEmpty({ ...(emptyCard(card.kind) as StoredValues), ...card.values });
    return { card, values, warnings: card.judged === true ? [] : checkValues(card.kind, values, forms) };
  });
  const numbers = assignNumbers(sql, cards, settings, Number(today.slice(0, 4)));
  registerNumbers(
    sql,
    numbers.map((number, index) => ({ ...number, kind: cards[index]?.kind ?? '', at, by: actor.login })),
  );
  const prepared = judged.map(({ card, values, warnings }, index) => {
    const complete = completeness(card.kind, values, forms);
    const derived = derivedColumns(card.kind, values, forms, complete);
    const visitedAt = card.visitedAt ?? null;
    const row: NewCustomerRow = {
      number: numbers[index]?.number ?? '',
      kind: card.kind,
      status: card.status ?? 'active',
      tier: card.tier ?? 'general',
      ...derived,
      confirmations: packConfirmation(Object.keys(values), {
        at,
        by: actor.displayName,
        evidence: card.evidence ?? '',
      }),
      papers: 0,
      missing_papers: missingWithoutPapers({ kind: card.kind, ...derived }, values),
      late: isLate(visitedAt, at, settings.latenessHours) ? 1 : 0,
      visited_at: visitedAt,
      created_at: at,
      created_by: actor.displayName,
      updated_at: at,
      updated_by: actor.displayName,
      reviewed_on: today,
      review_due: addMonths(today, settings.revisionMonths),
      revision: 1,
      import_id: card.importId ?? null,
    };
    return { row, values, warnings, complete };
  });
  const ids = insertCustomers(sql, prepared);
  const written = prepared.map((card, index) => ({ ...card, row: { ...card.row, id: ids[index] ?? 0 } }));
  addKeys(
    sql,
    written.map(({ row: { id, kind }, values }) => ({ id, kind, values })),
    forms,
  );
  for (const { row, values } of written) {
    const { id, visited_at: visitedAt } = row;
    indexNewRecord(sql, indexedCustomer(id, row, values, forms));
    if ('creditLimit' in values) recountStanding(sql, row, today);
    if (visitedAt !== null) insertFilling(sql, fillingOf(id, visitedAt, at, actor.displayName, settings.latenessHours));
    if ('competitors' in values || 'projects' in values) recordIntelligence(sql, id, values);
  }
  return written.map(({ row, warnings, complete }) => ({ row, warnings, complete }));
}

interface GivenNumber {
  readonly number: string;
  readonly sequence: number;
}

function assignNumbers(
  sql: Writer,
  cards: readonly NewCard[],
  settings: Pick<ArchiveSettings, 'enterprisePattern' | 'individualPattern'>,
  year: number,
): GivenNumber[] {
  const given = new Set<string>();
  const isTaken = (number: string) => given.has(number) || numberIsTaken(sql, number);
  const sequences = sequencesOfMany(sql);
  const numbers = cards.map(({ kind, number }) => {
    const pattern = kind === 'enterprise' ? settings.enterprisePattern : settings.individualPattern;
    const assigned = assignNumber(sequences, kind, number ?? null, { pattern, year, isTaken });
    given.add(assigned.number);
    return assigned;
  });
  sequences.write();
  return numbers;
}

function assignNumber(
  sequences: SequencesOfMany,
  kind: NewCard['kind'],
  wanted: string | null,
  {
    pattern,
    year,
    isTaken,
  }: { readonly pattern: string; readonly year: number; readonly isTaken: (number: string) => boolean },
): GivenNumber {
  if (wanted !== null) {
    const parsed = parseNumber(pattern, wanted);
    if (parsed === undefined || isTaken(wanted))
      throw new AppError('CONFLICT', { params: { what: 'customer', number: wanted } });
    sequences.pass(kind, parsed.sequence);
    return { number: wanted, sequence: parsed.sequence };
  }
  for (;;) {
    const sequence = sequences.take(kind);
    const number = formatNumber(pattern, sequence, year);
    // A changed pattern can meet a number given under the old one.
    if (!isTaken(number)) return { number, sequence };
  }
}

function dropEmpty(values: StoredValues): StoredValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => isFilled(value)));
}

export interface CardChange {
  readonly values: StoredValues;
  readonly confirmed?: readonly string[];
  readonly reviewed?: boolean;
  readonly tier?: CustomerRow['tier'] | undefined;
  readonly status?: CustomerRow['status'] | undefined;
  readonly visitedAt?: string | null | undefined;
  readonly evidence?: string | undefined;
  /** Brought in by an import. */
  readonly fromTable?: boolean;
}

/** Changes a card: every former value goes into the history, every touched value is confirmed anew (C6). */
export function changeCard(
  context: CommandContext,
  row: CustomerRow,
  change: CardChange,
): WrittenCard & { readonly changed: string[] } {
  const { sql, clock, actor } = context;
  const settings = readSettings(sql);
  const forms = cardForms(sql);
  const before = valuesOf(row);
  const after = dropEmpty({ ...before, ...change.values });
  const warnings = checkValues(row.kind, after, forms);
  const limit = (values: StoredValues) => ({ limit: values['creditLimit'], approval: values['creditLimitApproval'] });
  // Wish 31: a limit is changed by an approval form; a table from elsewhere brings what was decided elsewhere.
  if (change.fromTable !== true && limitWithoutApproval(limit(before), limit(after)))
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: 'values.creditLimit', message: 'validation.credit.limitNeedsApproval' }],
    });
  const at = clock.now().toISOString();
  const today = todayOf(clock);
  const evidence = change.evidence ?? '';
  const revision = row.revision + 1;
  const confirmations = confirmationsOf(row);
  const confirmation = { at, by: actor.displayName, evidence };
  const history = (field: string, from: unknown, to: unknown) =>
    insertChange(sql, {
      customer_id: row.id,
      revision,
      at,
      by: actor.displayName,
      field,
      from_value: JSON.stringify(from ?? null),
      to_value: JSON.stringify(to ?? null),
      evidence,
      audit_sequence: context.auditSequence,
    });
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => before[key] !== after[key] && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  for (const key of changed) {
    history(key, before[key], after[key]);
    if (key in after) confirmations[key] = confirmation;
    else delete confirmations[key];
  }
  raiseWatchFlags(context, row, before, after);
  for (const key of change.confirmed ?? []) if (key in after) confirmations[key] = confirmation;
  for (const [key, to] of [
    ['tier', change.tier],
    ['status', change.status],
  ] as const)
    if (to !== undefined && to !== row[key]) {
      history(key, row[key], to);
      changed.push(key);
    }
  const visitedAt = change.visitedAt === undefined ? row.visited_at : change.visitedAt;
  const filling =
    visitedAt !== null && isFirstFilling(row, change, visitedAt)
      ? fillingOf(row.id, visitedAt, at, actor.displayName, settings.latenessHours)
      : undefined;
  if (filling !== undefined) insertFilling(sql, filling);
  const complete = completeness(row.kind, after, forms);
  const next: CustomerRow = {
    ...row,
    ...derivedColumns(row.kind, after, forms, complete),
    tier: change.tier ?? row.tier,
    status: change.status ?? row.status,
    confirmations: packConfirmations(confirmations),
    visited_at: visitedAt,
    late: visitedAt === null ? 0 : (filling?.late ?? row.late),
    updated_at: at,
    updated_by: actor.displayName,
    ...(change.reviewed === true ? { reviewed_on: today, review_due: addMonths(today, settings.revisionMonths) } : {}),
    revision,
  };
  updateCustomer(sql, next, row);
  // Direct export and a credit limit decide which papers must be there (D3, D4).
  if (changed.includes('directExport') || changed.includes('creditLimit')) recountDossier(sql, next, today);
  const also = mergedInto(sql, row.id).flatMap((merged) => [merged.number, merged.name]);
  indexRecord(sql, indexedCustomer(row.id, next, after, forms, also));
  keepKeys(sql, row.id, row.kind, { before, after, forms });
  if (changed.includes('creditLimit')) recountStanding(sql, next, today);
  if (changed.includes('competitors') || changed.includes('projects')) recordIntelligence(sql, row.id, after);
  return { row: next, warnings, complete, changed };
}

/** C4 is judged once a visit, at the first filling in after it; a later correction makes no card late. */
function isFirstFilling(row: CustomerRow, change: CardChange, visitedAt: string): boolean {
  const isFirstSince = row.visited_at !== null && row.updated_at < row.visited_at;
  return (change.visitedAt ?? null) !== null ? visitedAt !== row.visited_at || isFirstSince : isFirstSince;
}

function fillingOf(customerId: number, visitedAt: string, at: string, by: string, limitHours: number): FillingRow {
  const late = isLate(visitedAt, at, limitHours) ? 1 : 0;
  return {
    customer_id: customerId,
    visited_at: visitedAt,
    filled_at: at,
    filled_by: by,
    limit_hours: limitHours,
    late,
  };
}

export const customerHandlers: HandlersOf<
  'customers.get' | 'customers.create' | 'customers.update' | 'customers.similar' | 'customers.numberGaps'
> = {
  'customers.get': {
    phase: 'query',
    run(context, { number }) {
      const row = getCustomer(context.sql, number);
      context.note({ object: `customer:${row.number}` });
      const card = cardFor(context.actor.role, row, cardForms(context.sql));
      // Whoever opens a card may save it: how its name is read is remembered once the answer has gone.
      setImmediate(() => readingsOfName(row.name));
      return { ...card, mergedFrom: mergedInto(context.sql, row.id) };
    },
  },
  'customers.create': {
    phase: 'command',
    run(context, input) {
      const { row, warnings, complete } = createCard(context, { ...input, values: input.values as StoredValues });
      context.note({ object: `customer:${row.number}`, data: { fields: Object.keys(valuesOf(row)) } });
      return { number: row.number, revision: row.revision, warnings, completeness: completenessAnswer(complete) };
    },
  },
  'customers.update': {
    phase: 'command',
    run(context, input) {
      const row = getCustomer(context.sql, input.number);
      context.note({ object: `customer:${row.number}` });
      if (row.revision !== input.revision)
        throw new AppError('CONFLICT', {
          params: { what: 'customer', number: row.number, by: row.updated_by, revision: row.revision },
        });
      const {
        row: next,
        warnings,
        complete,
        changed,
      } = changeCard(context, row, { ...input, values: input.values as StoredValues });
      context.note({ data: { fields: changed, confirmed: input.confirmed } });
      return {
        number: next.number,
        revision: next.revision,
        warnings,
        completeness: completenessAnswer(complete),
      };
    },
  },
  'customers.similar': {
    phase: 'query',
    run({ sql }, { kind, values, except }) {
      const own = except === undefined ? undefined : findCustomer(sql, except)?.id;
      const forms = cardForms(sql);
      return { similar: similarCards(sql, kind, values as StoredValues, { except: own, forms }) };
    },
  },
  'customers.numberGaps': {
    phase: 'query',
    run({ sql, clock }) {
      const settings = readSettings(sql);
      const year = Number(todayOf(clock).slice(0, 4));
      const gaps = (['enterprise', 'individual'] as const).flatMap((kind) => {
        const pattern = kind === 'enterprise' ? settings.enterprisePattern : settings.individualPattern;
        return numberGaps(sql, kind).map(({ from, to }) => ({
          kind,
          from: formatNumber(pattern, from, year),
          to: formatNumber(pattern, to, year),
        }));
      });
      return { gaps };
    },
  },
};
