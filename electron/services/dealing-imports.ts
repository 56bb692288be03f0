import type { OutputOf } from '../../shared/contract/contract.ts';
import type { DealingKind } from '../../shared/domain/forms/dealing-forms.ts';
import { requireKnownHeading } from '../exchange/column-mapping.ts';
import { type DealingCandidate, dealingReader, proposeDealingMapping } from '../exchange/dealing-table.ts';
import type { CustomerRow } from '../store/customers.ts';
import { insertImport, setImportCounts } from '../store/import-runs.ts';
import type { Reader } from '../store/sql.ts';
import type { CommandContext, HandlersOf, JobContext } from './context.ts';
import { Judge, type Wanted } from './dealing-candidates.ts';
import { stampOf } from './dealing-record.ts';
import { recountAll } from './dealing-recount.ts';
import {
  breathe,
  type Correction,
  corrected,
  importRefused,
  LISTED,
  type ReadTable,
  type RefusedRow,
  readTable,
  readUploadedTable,
  recallMapping,
  rememberMapping,
  rowsRefused,
  tableFacts,
  unrecognisedOf,
} from './table-imports.ts';
import { todayOf } from './today.ts';

/** Orders, deliveries, receipts and returns from CSV and XLSX: tried, brought in as one act, and taken back as one (wish 27). */

type Report = OutputOf<'dealings.import'>;

/** The columns as they were assigned the last time, if every one of them is still a field; else by the headings. */
function usualMapping(sql: Reader, headings: readonly string[], kind: DealingKind): readonly (string | null)[] {
  const kept = recallMapping(sql, kind, headings, ({ mapping }) => void dealingReader(headings, mapping, kind));
  return kept?.mapping ?? proposeDealingMapping(headings, kind).mapping;
}

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
  corrections: readonly Correction[],
): Promise<Judged> {
  const { table } = read;
  const mapping = given ?? usualMapping(context.sql, table.headings, kind);
  requireKnownHeading(mapping, read.file);
  const readRow = dealingReader(table.headings, mapping, kind);
  const judging = new Judge(context.sql, kind, todayOf(context.clock));
  for (const problem of table.refused)
    judging.refuse(problem.row, problem.field, problem.value, problem.message, { ...problem.params });
  const candidates: DealingCandidate[] = [];
  for (const [index, row] of corrected(table.rows, corrections).entries()) {
    const result = readRow(row);
    if ('candidate' in result) candidates.push(result.candidate);
    else
      for (const problem of result.refused)
        judging.refuse(problem.row, problem.field, problem.value, problem.message, { ...problem.params });
    await breathe(context, index, table.rows.length, 'checkingRows');
  }
  const wanted = judging.records(candidates);
  // By the column of the table that it stands in, so that it is found, and put right, there.
  const columnOf = (field: string): string => table.headings[mapping.indexOf(field)] ?? field;
  return {
    wanted,
    refused: judging.refused.map((cell) => ({ ...cell, field: columnOf(cell.field) })).sort((a, b) => a.row - b.row),
    rows: new Set([...table.rows.map(({ row }) => row), ...table.refused.map(({ row }) => row)]).size,
    unrecognised: unrecognisedOf(table.headings, mapping),
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
    refusedTotal: rowsRefused(judged.refused),
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
    async run(context, { kind: wanted, ...given }) {
      const read = await readUploadedTable(context, given);
      const { kind } = proposeDealingMapping(read.table.headings, wanted);
      return { ...tableFacts(read, usualMapping(context.sql, read.table.headings, kind)), kind };
    },
  },
  'dealings.import': {
    phase: 'job',
    async run(context, { table, kind, mapping, corrections, dryRun, acceptValid }) {
      const read = readTable(context.tables, table);
      const judged = await judge(context, read, kind, mapping, corrections);
      if (dryRun) return reportOf(judged, { dryRun: true });
      if (judged.refused.length > 0 && !acceptValid) throw importRefused(judged.refused, judged.rows);
      return context.transaction((change) => {
        if (mapping !== undefined) rememberMapping(change.sql, kind, read.table.headings, { mapping });
        return applyRows(change, read, kind, judged);
      });
    },
  },
};
