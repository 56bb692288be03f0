import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import type { CardValues, FieldValue } from '../../shared/domain/form-fields.ts';
import { visitDetailFields } from '../../shared/domain/forms/visit-forms.ts';
import {
  asVisitMapping,
  parseTimeCell,
  proposeVisitMapping,
  readVisitCells,
  type VisitColumn,
} from '../../shared/domain/import/visit-rows.ts';
import { instantAt } from '../../shared/util/days.ts';
import { requireKnownHeading } from '../exchange/column-mapping.ts';
import { dailyReportOf } from '../store/daily-reports.ts';
import { insertImport } from '../store/import-runs.ts';
import type { Reader } from '../store/sql.ts';
import { listStaff } from '../store/staff.ts';
import { findSameVisit } from '../store/visits.ts';
import type { CommandContext, HandlersOf, JobContext } from './context.ts';
import { getReport, inputOf, shownReport } from './daily-report-record.ts';
import { saveReport } from './daily-reports.ts';
import { namedCustomer } from './named-customer.ts';
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
  refusedRow,
  rememberMapping,
  rowsRefused,
  tableFacts,
  unrecognisedOf,
} from './table-imports.ts';
import { offsetOn, todayOf } from './today.ts';
import { keepFormerReport } from './visit-take-back.ts';
import { visitProblems } from './visits.ts';

/** Visits from CSV and XLSX (V1): tried row by row, then brought in as the daily reports they belong to. */

type Report = OutputOf<'visits.importTable'>;
type Line = ParsedInputOf<'dailyReports.save'>['lines'][number];

interface JudgedRow {
  readonly row: number;
  readonly staffId: number;
  readonly day: string;
  readonly line: Line;
  readonly summary: string;
  readonly handedInAt: string | null;
  /** The same visit is recorded already. */
  readonly known: boolean;
}

interface Judge {
  readonly sql: Reader;
  readonly now: string;
  readonly staff: ReadonlyMap<string, number | 'ambiguous'>;
  readonly fallback: { readonly staffId?: number | undefined; readonly day?: string | undefined };
  readonly headings: readonly string[];
  readonly mapping: readonly (VisitColumn | null)[];
}

/** Staff by name and by number; two of one name are told apart by the number. */
function staffDirectory(sql: Reader, today: string): ReadonlyMap<string, number | 'ambiguous'> {
  const directory = new Map<string, number | 'ambiguous'>();
  for (const person of listStaff(sql, today, true))
    for (const key of [person.name, person.number].filter((one) => one !== ''))
      directory.set(key, directory.has(key) ? 'ambiguous' : person.id);
  return directory;
}

const text = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');

/** One row as a line of somebody's report of a day, or the reasons why it is none. */
function judgeRow(
  judge: Judge,
  row: { readonly row: number; readonly cells: readonly string[] },
): JudgedRow | RefusedRow[] {
  const { sql, headings, mapping, fallback } = judge;
  const refused: RefusedRow[] = [];
  const refuse = (column: VisitColumn, value: string, message: string, params?: RefusedRow['params']) =>
    refused.push({
      row: row.row,
      field: headings[mapping.indexOf(column)] ?? column,
      value: value.slice(0, 200),
      message,
      ...(params === undefined ? {} : { params }),
    });
  const { values, problems } = readVisitCells(mapping, row.cells, headings);
  for (const problem of problems)
    refuse(mapping[problem.column] ?? 'content', problem.value, problem.message, { ...problem.params });
  const named = text(values['customerNumber']) || text(values['customer']);
  const customer = named === '' ? 'unknown' : namedCustomer(sql, named, 'either');
  if (typeof customer === 'string')
    refuse(
      values['customerNumber'] === undefined ? 'customer' : 'customerNumber',
      named,
      named === '' ? 'validation.required' : `filing.customer.${customer}`,
    );
  const person = text(values['salesperson']);
  const staffId = person === '' ? fallback.staffId : judge.staff.get(person);
  if (typeof staffId !== 'number')
    refuse('salesperson', person, person === '' ? 'validation.required' : 'validation.staffUnknown');
  const day = text(values['day']) || (fallback.day ?? '');
  if (day === '' && !problems.some((problem) => mapping[problem.column] === 'day'))
    refuse('day', '', 'validation.required');
  const started = text(values['startedAt']);
  const timeUnread = problems.some(({ column }) => ['startedAt', 'time'].includes(mapping[column] ?? ''));
  if (started === '' && !timeUnread) refuse('startedAt', '', 'validation.required');
  const content = text(values['content']);
  if (content === '') refuse('content', '', 'validation.required');
  if (refused.length > 0 || typeof customer === 'string' || typeof staffId !== 'number') return refused;

  const offset = offsetOn(day);
  const ended = text(values['endedAt']);
  const details = Object.fromEntries(
    visitDetailFields.flatMap((field) => {
      const value = values[field.key as VisitColumn];
      return value === undefined ? [] : [[field.key, value]];
    }),
  ) as Line['details'];
  const line: Line = {
    customer: customer.number,
    visitedAt: instantAt(day, started, offset),
    endedAt: ended === '' ? null : instantAt(day, ended, offset),
    method: (values['method'] ?? 'onSite') as Line['method'],
    purpose: (values['purpose'] ?? 'other') as Line['purpose'],
    content,
    result: (values['result'] ?? 'toFollowUp') as Line['result'],
    details,
    facts: [],
  };
  for (const { path, message, params } of visitProblems({ ...line, details: details as CardValues }, judge.now, '')) {
    const column = path === 'visitedAt' ? 'startedAt' : path.replace(/^details\./u, '');
    refuse(
      column as VisitColumn,
      text(values[column as VisitColumn]),
      message,
      params === undefined ? undefined : { ...params },
    );
  }
  const handed = text(values['handedInAt']);
  const time = handed === '' ? undefined : parseTimeCell(handed);
  if (time !== undefined && !time.ok) refuse('handedInAt', handed, time.message, { ...time.params });
  if (refused.length > 0) return refused;
  return {
    row: row.row,
    staffId,
    day,
    line,
    summary: text(values['summary']),
    handedInAt: time?.ok === true ? instantAt(day, time.value, offset) : null,
    known: findSameVisit(sql, { customerId: customer.id, staffId, visitedAt: line.visitedAt }) !== undefined,
  };
}

interface Choice {
  readonly fallback: Judge['fallback'];
  readonly given: readonly (VisitColumn | null)[] | undefined;
  readonly corrections: readonly Correction[];
}

/** The columns as they were assigned the last time, if all of them are still columns; else by the headings. */
function usualMapping(sql: Reader, headings: readonly string[]): readonly (VisitColumn | null)[] {
  const kept = recallMapping(sql, 'visits', headings, ({ mapping }) => void asVisitMapping(mapping));
  return kept === undefined ? proposeVisitMapping(headings) : asVisitMapping(kept.mapping);
}

async function judgeTable(
  context: JobContext,
  read: ReadTable,
  { fallback, given, corrections }: Choice,
): Promise<{ good: JudgedRow[]; refused: RefusedRow[]; unrecognised: string[] }> {
  const { table } = read;
  const mapping = given ?? usualMapping(context.sql, table.headings);
  requireKnownHeading(mapping, read.file);
  const judge: Judge = {
    sql: context.sql,
    now: context.clock.now().toISOString(),
    staff: staffDirectory(context.sql, todayOf(context.clock)),
    fallback,
    headings: table.headings,
    mapping,
  };
  const refused: RefusedRow[] = table.refused.map(refusedRow);
  const good: JudgedRow[] = [];
  const seen = new Set<string>();
  for (const [index, row] of corrected(table.rows, corrections).entries()) {
    const judged = judgeRow(judge, row);
    if (Array.isArray(judged)) refused.push(...judged);
    else {
      // The same line twice in one file is one visit.
      const key = `${judged.staffId} ${judged.line.customer} ${judged.line.visitedAt}`;
      good.push(seen.has(key) ? { ...judged, known: true } : judged);
      seen.add(key);
    }
    await breathe(context, index, table.rows.length, 'checkingRows');
  }
  return {
    good,
    refused: refused.sort((a, b) => a.row - b.row),
    unrecognised: unrecognisedOf(table.headings, mapping),
  };
}

const idsOf = (lines: readonly Line[]): number[] => lines.flatMap(({ id }) => id ?? []);

/** Adds the new lines to each salesperson's day; what a report says already stays. */
async function writeRows(context: CommandContext, rows: readonly JudgedRow[], importId: number): Promise<string[]> {
  const { sql, clock } = context;
  const groups = Map.groupBy(
    rows.filter((row) => !row.known),
    (row) => `${row.staffId} ${row.day}`,
  );
  const numbers: string[] = [];
  for (const [index, group] of [...groups.values()].entries()) {
    const [first] = group;
    if (first === undefined) continue;
    const now = clock.now().toISOString();
    const existing = dailyReportOf(sql, first.staffId, first.day);
    const present = existing === undefined ? undefined : inputOf(shownReport(sql, existing, now));
    const values = { ...present?.values };
    const summary = group.find((row) => row.summary !== '')?.summary;
    if (values['summary'] === undefined && summary !== undefined) values['summary'] = summary;
    const lines = [...(present?.lines ?? []), ...group.map((row) => row.line)].sort((a, b) =>
      a.visitedAt < b.visitedAt ? -1 : 1,
    );
    const input = {
      staffId: first.staffId,
      day: first.day,
      revision: present?.revision,
      values,
      lines,
      // A sheet without the time reached the keeper now.
      handedInAt: present?.handedInAt ?? group.find((row) => row.handedInAt !== null)?.handedInAt ?? now,
    };
    const { number } = saveReport(context, input, importId);
    // What it was before: the import can be taken back as a whole.
    const former = existing === undefined ? undefined : { report: existing, lines: idsOf(present?.lines ?? []) };
    keepFormerReport(sql, importId, getReport(sql, number), former);
    numbers.push(number);
    await breathe(context, index, groups.size, 'writing');
  }
  return numbers;
}

export const visitImportHandlers: HandlersOf<'visits.readTable' | 'visits.importTable'> = {
  'visits.readTable': {
    phase: 'query',
    async run(context, given) {
      const read = await readUploadedTable(context, given);
      const mapping = usualMapping(context.sql, read.table.headings);
      return { ...tableFacts(read, mapping), mapping: [...mapping], file: read.file };
    },
  },
  'visits.importTable': {
    phase: 'job',
    async run(context, { table: id, staffId, day, mapping, corrections, dryRun, acceptValid }) {
      const read = readTable(context.tables, id);
      const { good, refused, unrecognised } = await judgeTable(context, read, {
        fallback: { staffId, day },
        given: mapping,
        corrections,
      });
      const refusedTotal = rowsRefused(refused);
      const fresh = good.filter((row) => !row.known).length;
      const report: Report = {
        rows: good.length + refusedTotal,
        imported: fresh,
        unchanged: good.length - fresh,
        refused: refused.slice(0, LISTED),
        refusedTotal,
        dryRun,
        unrecognised,
        importId: null,
        reports: [],
      };
      context.note({
        object: `file:${read.sha256.slice(0, 16)}`,
        data: { rows: report.rows, imported: dryRun ? 0 : fresh, refused: refusedTotal, dryRun: dryRun ? 1 : 0 },
      });
      if (dryRun) return report;
      if (refused.length > 0 && !acceptValid) throw importRefused(refused, report.rows);
      return context.transaction(async (change) => {
        if (mapping !== undefined) rememberMapping(change.sql, 'visits', read.table.headings, { mapping });
        const importId = insertImport(change.sql, {
          at: change.clock.now().toISOString(),
          by: change.actor.displayName,
          file: read.file,
          sha256: read.sha256,
          imported: fresh,
          updated: 0,
          refused: refusedTotal,
          taken_back_at: null,
          kind: 'visits',
        });
        const reports = await writeRows(change, good, importId);
        change.note({
          object: `import:${importId}`,
          data: { kind: 'visits', imported: fresh, refused: refusedTotal, sha256: read.sha256 },
        });
        return { ...report, importId, reports };
      });
    },
  },
};
