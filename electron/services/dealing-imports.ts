import { createHash } from 'node:crypto';
import type { OutputOf } from '../../shared/contract/contract.ts';
import type { DealingKind } from '../../shared/domain/forms/dealing-forms.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { requireKnownHeading } from '../exchange/column-mapping.ts';
import { type DealingCandidate, dealingReader, proposeDealingMapping } from '../exchange/dealing-table.ts';
import { sourceFromBytes } from '../exchange/import-client.ts';
import { insertImport, setImportCounts } from '../store/archive-records.ts';
import type { CustomerRow } from '../store/customers.ts';
import type { CommandContext, HandlersOf, JobContext } from './context.ts';
import { Judge, type Wanted } from './dealing-candidates.ts';
import { stampOf } from './dealing-record.ts';
import { breathe, recountAll } from './dealing-recount.ts';
import type { ReadTable } from './imports.ts';
import { todayOf } from './today.ts';

/** Orders, deliveries, receipts and returns from CSV and XLSX: tried, brought in as one act, and taken back as one (wish 27). */

type Report = OutputOf<'dealings.import'>;
type RefusedRow = Report['refused'][number];
const LISTED = 1_000;
const PREVIEW_ROWS = 20;

interface Judged {
  readonly wanted: readonly Wanted[];
  readonly refused: readonly RefusedRow[];
  readonly rows: number;
  readonly unrecognised: readonly string[];
}

async function judge(
  context: JobContext,
  read: ReadTable,
  kind: DealingKind,
  given: readonly (string | null)[] | undefined,
): Promise<Judged> {
  const { table } = read;
  const mapping = given ?? proposeDealingMapping(table.headings, kind).mapping;
  requireKnownHeading(mapping, read.file);
  const readRow = dealingReader(table.headings, mapping, kind);
  const judging = new Judge(context.sql, kind, todayOf(context.clock));
  for (const problem of table.refused)
    judging.refuse(problem.row, problem.field, problem.value, problem.message, { ...problem.params });
  const candidates: DealingCandidate[] = [];
  for (const [index, row] of table.rows.entries()) {
    const result = readRow(row);
    if ('candidate' in result) candidates.push(result.candidate);
    else
      for (const problem of result.refused)
        judging.refuse(problem.row, problem.field, problem.value, problem.message, { ...problem.params });
    await breathe(context, index, table.rows.length, 'checkingRows');
  }
  const wanted = judging.records(candidates);
  return {
    wanted,
    refused: judging.refused.sort((a, b) => a.row - b.row),
    rows: new Set([...table.rows.map(({ row }) => row), ...table.refused.map(({ row }) => row)]).size,
    unrecognised: table.headings.filter((heading, index) => heading.trim() !== '' && (mapping[index] ?? null) === null),
  };
}

function reportOf(judged: Judged, more: Partial<Report>): Report {
  const count = (outcome: Wanted['outcome']) =>
    judged.wanted.reduce((sum, record) => sum + (record.outcome === outcome ? record.rows.length : 0), 0);
  return {
    rows: judged.rows,
    imported: count('imported'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    refused: judged.refused.slice(0, LISTED),
    refusedTotal: new Set(judged.refused.map(({ row }) => row)).size,
    dryRun: false,
    unrecognised: [...judged.unrecognised],
    importId: null,
    firstNumber: null,
    lastNumber: null,
    ...more,
  };
}

async function applyRows(context: CommandContext, read: ReadTable, kind: DealingKind, judged: Judged): Promise<Report> {
  const { sql } = context;
  const stamp = stampOf(context);
  const report = reportOf(judged, {});
  const importId = insertImport(sql, {
    at: stamp.at,
    by: stamp.by,
    file: read.file,
    sha256: read.sha256,
    imported: 0,
    updated: 0,
    refused: report.refusedTotal,
    taken_back_at: null,
    kind,
  });
  const touched = new Map<number, CustomerRow>();
  for (const [index, record] of judged.wanted.entries()) {
    if (record.outcome !== 'unchanged') {
      record.write(sql, importId, stamp);
      touched.set(record.customer.id, record.customer);
    }
    await breathe(context, index, judged.wanted.length, 'writing');
  }
  await recountAll(context, kind, touched.values());
  const { imported, updated, unchanged, refusedTotal: refused } = report;
  setImportCounts(sql, importId, { imported, updated, refused });
  context.note({
    object: `import:${importId}`,
    data: { kind, imported, updated, unchanged, refused, sha256: read.sha256 },
  });
  return { ...report, importId };
}

export const dealingImportHandlers: HandlersOf<'dealings.readTable' | 'dealings.import'> = {
  'dealings.readTable': {
    phase: 'query',
    async run(context, { upload, kind, encoding, sheet }) {
      const { name, bytes } = context.shelf.upload(upload);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      context.note({ object: `file:${sha256.slice(0, 16)}`, data: { bytes: bytes.length } });
      const table = await context.importer.read(
        sourceFromBytes(name, bytes),
        { encoding, sheet },
        { signal: context.signal, onProgress: context.progress },
      );
      const proposed = proposeDealingMapping(table.headings, kind);
      const id = context.random.uuid();
      context.tables.clear();
      context.tables.set(id, { file: name, sha256, table });
      return {
        table: id,
        kind: proposed.kind,
        headings: [...table.headings],
        mapping: [...proposed.mapping],
        unrecognised: [...proposed.unrecognised],
        sheets: [...table.sheets],
        rows: table.rows.length + table.refused.length,
        preview: table.rows.slice(0, PREVIEW_ROWS).map((row) => [...row.cells]),
      };
    },
  },
  'dealings.import': {
    phase: 'job',
    async run(context, { table, kind, mapping, dryRun, acceptValid }) {
      const read = context.tables.get(table);
      if (read === undefined) throw new AppError('NOT_FOUND', { params: { what: 'table', number: '' } });
      const judged = await judge(context, read, kind, mapping);
      if (dryRun) return reportOf(judged, { dryRun: true });
      if (judged.refused.length > 0 && !acceptValid) throw importRefused(judged.refused, judged.rows);
      return context.transaction((change) => applyRows(change, read, kind, judged));
    },
  },
};

function importRefused(refused: readonly RefusedRow[], rows: number): AppError {
  return new AppError('IMPORT_REFUSED', {
    params: { refused: new Set(refused.map(({ row }) => row)).size, rows, row: refused[0]?.row ?? 0 },
    fields: refused.slice(0, 50).map((row) => ({
      path: `rows.${row.row}.${row.field}`,
      message: row.message,
      params: { ...row.params, value: row.value },
    })),
    hint: 'hint.mendRowsOrAcceptValid',
  });
}
