import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { OutputOf } from '../../shared/contract/contract.ts';
import { isFilled } from '../../shared/domain/forms/field.ts';
import { parseNumber } from '../../shared/domain/numbering.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type ColumnMapping, proposeMapping, requireKnownHeading } from '../exchange/column-mapping.ts';
import { type CustomerCandidate, candidateReader } from '../exchange/customer-table.ts';
import { sourceFromBytes } from '../exchange/import-client.ts';
import type { RefusedCell, Table } from '../exchange/tables/table-types.ts';
import {
  customersOfImport,
  deleteUntouchedCustomer,
  findImport,
  insertImport,
  listImports,
  markImportTakenBack,
  setImportCounts,
} from '../store/archive-records.ts';
import {
  type CustomerRow,
  findCustomer,
  findCustomerByCode,
  findCustomerByFoldedName,
  findCustomerById,
  numberIsTaken,
  voidNumber,
} from '../store/customers.ts';
import { removeFromIndex } from '../store/search-index.ts';
import type { Reader } from '../store/sql.ts';
import type { CommandContext, HandlersOf, JobContext } from './context.ts';
import { keepKeys } from './customer-keys.ts';
import { derivedColumns, type StoredValues, valuesOf } from './customer-record.ts';
import { changeCard, createCard } from './customers.ts';
import { takeBackDealings } from './dealing-take-back.ts';
import { cardForms } from './own-forms.ts';
import { readSettings } from './settings.ts';

/** Customers from CSV and XLSX (4a): read in a process of its own, tried, then brought in as one act that can be taken back. */

export interface ReadTable {
  readonly file: string;
  readonly sha256: string;
  readonly table: Table;
}

type Report = OutputOf<'imports.apply'>;
type RefusedRow = Report['refused'][number];

/** Refused rows that one answer lists; the count says how many there are. */
const LISTED = 1_000;
const PREVIEW_ROWS = 20;
/** Rows between two turns of the event loop: about ten milliseconds of work. */
const ROWS_PER_TURN = 20;

function readTable(context: JobContext | { tables: Map<string, ReadTable> }, id: string): ReadTable {
  const table = context.tables.get(id);
  if (table === undefined) throw new AppError('NOT_FOUND', { params: { what: 'table', number: '' } });
  return table;
}

/** The card a row is about: by its number, its code, or its name in any spelling. */
function matchOf(sql: Reader, candidate: CustomerCandidate): CustomerRow | undefined {
  const byNumber = candidate.number === undefined ? undefined : findCustomer(sql, candidate.number);
  if (byNumber !== undefined || candidate.number !== undefined) return byNumber;
  const { code, folded_name: folded } = derivedColumns(candidate.kind, { ...candidate.values });
  return (
    (code === '' ? undefined : findCustomerByCode(sql, candidate.kind, code)) ??
    (folded === '' ? undefined : findCustomerByFoldedName(sql, candidate.kind, folded))
  );
}

const keyOf = (candidate: CustomerCandidate) => {
  const { code, folded_name: folded } = derivedColumns(candidate.kind, { ...candidate.values });
  return candidate.number ?? (code === '' ? `${candidate.kind}|${folded}` : `${candidate.kind}|${code}`);
};

/** Values of the row that the card does not have yet. A file never empties a field. */
function differences(row: CustomerRow, candidate: CustomerCandidate): StoredValues {
  const present = valuesOf(row);
  return Object.fromEntries(
    Object.entries(candidate.values).filter(
      ([key, value]) => isFilled(value) && JSON.stringify(present[key]) !== JSON.stringify(value),
    ),
  );
}

const refusedRow = (cell: RefusedCell): RefusedRow => ({
  row: cell.row,
  field: cell.field,
  value: cell.value,
  message: cell.message,
  ...(cell.params === undefined ? {} : { params: { ...cell.params } }),
});

interface Judged {
  readonly candidates: readonly CustomerCandidate[];
  readonly refused: readonly RefusedRow[];
  readonly rows: number;
  readonly unrecognised: readonly string[];
}

async function judge(
  context: JobContext,
  read: ReadTable,
  mapping: ColumnMapping | undefined,
  kind: CustomerRow['kind'] | undefined,
): Promise<Judged> {
  const { table } = read;
  const forms = cardForms(context.sql);
  const proposed = proposeMapping(table.headings, kind, forms);
  const used = mapping ?? proposed.mapping;
  requireKnownHeading(used, read.file);
  const readRow = candidateReader(table.headings, {
    mapping: used,
    kind: proposed.kind,
    kindIsFixed: kind !== undefined,
    forms,
  });
  const problems = table.refused.map(refusedRow);
  const good: CustomerCandidate[] = [];
  for (const [index, row] of table.rows.entries()) {
    const result = readRow(row);
    const problem = 'candidate' in result ? numberProblem(context, result.candidate) : undefined;
    if ('refused' in result) problems.push(...result.refused.map(refusedRow));
    else if (problem !== undefined) problems.push(problem);
    else good.push(result.candidate);
    await breathe(context, index, table.rows.length, 'checkingRows');
  }
  const refusedRows = new Set(problems.map((problem) => problem.row));
  return {
    candidates: good.filter((candidate) => !refusedRows.has(candidate.row)),
    refused: problems.sort((a, b) => a.row - b.row),
    rows: new Set([...good.map((candidate) => candidate.row), ...refusedRows]).size,
    unrecognised: table.headings.filter((heading, index) => heading.trim() !== '' && (used[index] ?? null) === null),
  };
}

/** A number from elsewhere is kept when it follows the pattern and nobody ever had it (C1). */
function numberProblem({ sql }: JobContext, candidate: CustomerCandidate): RefusedRow | undefined {
  const { number, kind, row } = candidate;
  if (number === undefined || findCustomer(sql, number) !== undefined) return undefined;
  const settings = readSettings(sql);
  const pattern = kind === 'enterprise' ? settings.enterprisePattern : settings.individualPattern;
  if (parseNumber(pattern, number) === undefined)
    return { row, field: 'control.number', value: number, message: 'validation.numberPattern', params: { pattern } };
  if (numberIsTaken(sql, number))
    return { row, field: 'control.number', value: number, message: 'validation.numberVoid' };
  return undefined;
}

function reportOf(
  judged: Judged,
  counts: { imported: number; updated: number; unchanged: number },
  more: Partial<Report>,
): Report {
  return {
    rows: judged.rows,
    ...counts,
    refused: judged.refused.slice(0, LISTED),
    refusedTotal: new Set(judged.refused.map((row) => row.row)).size,
    dryRun: false,
    unrecognised: [...judged.unrecognised],
    importId: null,
    firstNumber: null,
    lastNumber: null,
    ...more,
  };
}

async function tryRows(context: JobContext, judged: Judged): Promise<Report> {
  const counts = { imported: 0, updated: 0, unchanged: 0 };
  const seen = new Set<string>();
  for (const [index, candidate] of judged.candidates.entries()) {
    const row = matchOf(context.sql, candidate);
    const key = keyOf(candidate);
    if (row !== undefined) counts[Object.keys(differences(row, candidate)).length === 0 ? 'unchanged' : 'updated'] += 1;
    else if (seen.has(key)) counts.updated += 1;
    else counts.imported += 1;
    seen.add(key);
    await breathe(context, index, judged.candidates.length, 'checkingRows');
  }
  return reportOf(judged, counts, { dryRun: true });
}

async function breathe(
  context: JobContext | CommandContext,
  index: number,
  total: number,
  phase: string,
): Promise<void> {
  if (index % ROWS_PER_TURN !== 0) return;
  context.progress({ phase, done: index, total });
  await turn();
  context.signal.throwIfAborted();
}

async function applyRows(context: CommandContext, read: ReadTable, judged: Judged): Promise<Report> {
  const { sql, clock, actor } = context;
  const counts = { imported: 0, updated: 0, unchanged: 0 };
  const refusedTotal = new Set(judged.refused.map((row) => row.row)).size;
  const evidence = read.file;
  const importId = insertImport(sql, {
    at: clock.now().toISOString(),
    by: actor.displayName,
    file: read.file,
    sha256: read.sha256,
    imported: 0,
    updated: 0,
    refused: refusedTotal,
    taken_back_at: null,
    kind: 'customers',
  });
  let firstNumber: string | null = null;
  let lastNumber: string | null = null;
  for (const [index, candidate] of judged.candidates.entries()) {
    const row = matchOf(sql, candidate);
    if (row === undefined) {
      const { row: created } = createCard(context, {
        kind: candidate.kind,
        values: { ...candidate.values },
        tier: candidate.tier,
        number: candidate.number,
        evidence,
        importId,
      });
      counts.imported += 1;
      firstNumber ??= created.number;
      lastNumber = created.number;
    } else {
      const values = differences(row, candidate);
      const given = candidate.tier;
      const tier = given !== row.tier ? given : undefined;
      if (Object.keys(values).length === 0 && tier === undefined) counts.unchanged += 1;
      else {
        changeCard(context, row, { values, evidence, tier, fromTable: true });
        counts.updated += 1;
      }
    }
    await breathe(context, index, judged.candidates.length, 'writing');
  }
  setImportCounts(sql, importId, { imported: counts.imported, updated: counts.updated, refused: refusedTotal });
  context.note({ object: `import:${importId}`, data: { ...counts, refused: refusedTotal, sha256: read.sha256 } });
  return reportOf(judged, counts, { importId, firstNumber, lastNumber });
}

export const importHandlers: HandlersOf<'imports.read' | 'imports.apply' | 'imports.list' | 'imports.takeBack'> = {
  'imports.read': {
    phase: 'query',
    async run(context, { upload, kind, encoding, sheet }) {
      const { name, bytes } = context.shelf.upload(upload);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      context.note({ object: `file:${sha256.slice(0, 16)}`, data: { bytes: bytes.length } });
      const table = await context.importer.read(
        sourceFromBytes(name, bytes),
        {
          ...(encoding === undefined ? {} : { encoding: encoding as never }),
          ...(sheet === undefined ? {} : { sheet }),
        },
        { signal: context.signal, onProgress: context.progress },
      );
      const proposed = proposeMapping(table.headings, kind, cardForms(context.sql));
      const id = context.random.uuid();
      context.tables.clear();
      context.tables.set(id, { file: name, sha256, table });
      return {
        table: id,
        format: table.kind,
        encoding: table.encoding ?? null,
        sheets: [...table.sheets],
        headings: [...table.headings],
        mapping: [...proposed.mapping],
        kind: proposed.kind,
        unrecognised: [...proposed.unrecognised],
        rows: table.rows.length + table.refused.length,
        preview: table.rows.slice(0, PREVIEW_ROWS).map((row) => [...row.cells]),
      };
    },
  },
  'imports.apply': {
    phase: 'job',
    async run(context, { table, kind, mapping, dryRun, acceptValid }) {
      const read = readTable(context, table);
      const judged = await judge(context, read, mapping, kind);
      if (dryRun) return tryRows(context, judged);
      // All or nothing unless valid rows alone are wanted: nothing is changed, and the report names every refused row.
      if (judged.refused.length > 0 && !acceptValid) {
        const [first] = judged.refused;
        throw new AppError('IMPORT_REFUSED', {
          params: {
            refused: new Set(judged.refused.map((row) => row.row)).size,
            rows: judged.rows,
            row: first?.row ?? 0,
          },
          fields: judged.refused.slice(0, 50).map((row) => ({
            path: `rows.${row.row}.${row.field}`,
            message: row.message,
            params: { ...row.params, value: row.value },
          })),
          hint: 'hint.mendRowsOrAcceptValid',
        });
      }
      return context.transaction((change) => applyRows(change, read, judged));
    },
  },
  'imports.list': {
    phase: 'query',
    run({ sql }, { offset, limit }) {
      const { rows, total } = listImports(sql, offset, limit);
      return {
        total,
        imports: rows.map((row) => ({
          id: row.id,
          at: row.at,
          by: row.by,
          file: row.file,
          imported: row.imported,
          updated: row.updated,
          refused: row.refused,
          takenBackAt: row.taken_back_at,
          kind: row.kind,
          mayTakeBack:
            row.taken_back_at === null &&
            row.changed === 0 &&
            (row.kind === 'customers' ? row.imported > 0 && row.updated === 0 : row.imported + row.updated > 0),
        })),
      };
    },
  },
  'imports.takeBack': {
    phase: 'command',
    async run(context, { importId }) {
      const { sql, clock } = context;
      const run = findImport(sql, importId);
      context.note({ object: `import:${importId}` });
      if (run === undefined) throw new AppError('NOT_FOUND', { params: { what: 'import', number: importId } });
      if (run.kind !== 'customers') {
        if (run.taken_back_at !== null)
          throw new AppError('CONFLICT', { params: { what: 'import', number: importId } });
        const records = await takeBackDealings(context, importId, run.kind);
        markImportTakenBack(sql, importId, clock.now().toISOString());
        context.note({ data: { records } });
        return { cards: 0, records };
      }
      const cards = customersOfImport(sql, importId);
      const touched = cards.find((card) => card.revision > 1 || card.papers > 0 || card.visits > 0);
      if (run.taken_back_at !== null || run.updated > 0 || touched !== undefined)
        throw new AppError('CONFLICT', { params: { what: 'import', number: touched?.number ?? String(importId) } });
      const at = clock.now().toISOString();
      for (const [index, card] of cards.entries()) {
        removeFromIndex(sql, 'customer', card.id);
        const row = findCustomerById(sql, card.id);
        if (row !== undefined)
          keepKeys(sql, card.id, row.kind, { before: valuesOf(row), after: null, forms: cardForms(sql) });
        deleteUntouchedCustomer(sql, card.id);
        voidNumber(sql, card.number, at, `import ${importId}`);
        await breathe(context, index, cards.length, 'writing');
      }
      markImportTakenBack(sql, importId, at);
      context.note({ data: { cards: cards.length } });
      return { cards: cards.length, records: cards.length };
    },
  },
};
