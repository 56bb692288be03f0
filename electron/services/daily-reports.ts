import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import type { CardValues } from '../../shared/domain/form-fields.ts';
import { validateFields } from '../../shared/domain/forms/validate-card.ts';
import { dailyReportFields } from '../../shared/domain/forms/visit-forms.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../shared/domain/numbering.ts';
import { BRIEF_VALID_DAYS } from '../../shared/domain/visit-brief.ts';
import { isWorkingDay } from '../../shared/domain/working-days.ts';
import { AppError, type FieldError } from '../../shared/errors/app-error.ts';
import type { CustomerRow } from '../store/customers.ts';
import {
  type DailyReportRow,
  type DailyReportView,
  dailyReportOf,
  insertDailyReport,
  insertReportVersion,
  listDailyReports,
  reportVersions,
  updateDailyReport,
} from '../store/daily-reports.ts';
import { takeSequence } from '../store/number-sequence.ts';
import { decidedFactsOfVisit } from '../store/proposed-facts.ts';
import type { Reader } from '../store/sql.ts';
import { deleteVisit, findVisit, insertVisit, looseVisits, updateVisit, visitsOfReport } from '../store/visits.ts';
import { sha256Hex } from '../vault/hash.ts';
import { agreementStandingOf, consumeAgreement } from './agreements.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { getCustomer } from './customers.ts';
import { dueOn, getReport, reportRowOf, reportState, shownReport, shownReportRow } from './daily-report-record.ts';
import { factProblems, proposeFacts } from './facts.ts';
import { dayOf, todayOf } from './today.ts';
import { noteVisit, requireStaff, shownVisit, visitProblems } from './visits.ts';
import { workCalendar } from './work-calendar.ts';

type Save = ParsedInputOf<'dailyReports.save'>;
type Line = Save['lines'][number];

/** Everything that must be right before a line is written, with the path of the place that is not. */
function problemsOf(sql: Reader, input: Save, customers: readonly CustomerRow[], now: string): FieldError[] {
  const problems: FieldError[] = validateFields(dailyReportFields, input.values as CardValues).errors.map((error) => ({
    ...error,
    path: `values.${error.path}`,
  }));
  if (input.handedInAt !== null && input.handedInAt > now)
    problems.push({ path: 'handedInAt', message: 'validation.inFuture' });
  for (const [index, line] of input.lines.entries()) {
    const path = `lines.${index}.`;
    const customer = customers[index];
    problems.push(...visitProblems({ ...line, details: line.details as CardValues }, now, path));
    if (dayOf(new Date(line.visitedAt)) !== input.day)
      problems.push({ path: `${path}visitedAt`, message: 'validation.visitDay', params: { day: input.day } });
    if (customer === undefined) continue;
    for (const [at, fact] of line.facts.entries())
      problems.push(...factProblems(sql, customer.kind, fact, `${path}facts.${at}`));
    const before = line.id === undefined ? undefined : findVisit(sql, line.id);
    if (
      line.id !== undefined &&
      (before === undefined || before.staff_id !== input.staffId || before.day !== input.day)
    )
      problems.push({ path: `${path}id`, message: 'validation.visitUnknown' });
  }
  return problems;
}

function customersOf(sql: Reader, lines: readonly Line[]): CustomerRow[] {
  return lines.map((line, index) => {
    try {
      return getCustomer(sql, line.customer);
    } catch (thrown) {
      if (AppError.from(thrown).code !== 'NOT_FOUND') throw thrown;
      throw new AppError('INPUT_INVALID', {
        fields: [
          {
            path: `lines.${index}.customer`,
            message: 'validation.customerUnknown',
            params: { value: line.customer, row: index + 1 },
          },
        ],
      });
    }
  });
}

function writeReport(context: CommandContext, input: Save, former: DailyReportView | undefined): DailyReportRow {
  const { sql, clock, actor } = context;
  const at = clock.now().toISOString();
  const year = Number(input.day.slice(0, 4));
  const written = {
    staff_id: input.staffId,
    day: input.day,
    handed_in_at: input.handedInAt,
    received_by: input.handedInAt === null ? '' : former?.received_by || actor.displayName,
    updated_at: at,
    updated_by: actor.displayName,
    field_values: JSON.stringify(input.values),
  };
  if (former === undefined) {
    const row = {
      ...written,
      number: formatNumber(DEFAULT_PATTERNS.dailyReport, takeSequence(sql, `dailyReport-${year}`), year),
      due_at: dueOn(sql, input.day),
      reviewed_at: null,
      reviewed_by: '',
      review_comment: '',
      recorded_at: at,
      recorded_by: actor.displayName,
      revision: 1,
    };
    return { ...row, id: insertDailyReport(sql, row) };
  }
  insertReportVersion(sql, {
    reportId: former.id,
    revision: former.revision,
    at: former.updated_at,
    by: former.updated_by,
    content: JSON.stringify(shownReport(sql, former, at)),
    auditSequence: context.auditSequence,
  });
  const row = {
    ...reportRowOf(former),
    ...written,
    // What the supervisor signed was another text.
    reviewed_at: null,
    reviewed_by: '',
    revision: former.revision + 1,
  };
  updateDailyReport(sql, row);
  return row;
}

/** Writes the lines: those with an id stay the visits they are, the others are new; what is no longer there is taken out. */
function writeLines(
  context: CommandContext,
  input: Save,
  report: DailyReportRow,
  customers: readonly CustomerRow[],
  importId: number | null,
): number {
  const { sql, clock, actor } = context;
  const kept = new Set(input.lines.flatMap((line) => line.id ?? []));
  for (const gone of visitsOfReport(sql, report.id, BRIEF_VALID_DAYS).filter((visit) => !kept.has(visit.id))) {
    if (decidedFactsOfVisit(sql, gone.id) > 0)
      throw new AppError('CONFLICT', {
        params: { what: 'visitWithFacts', number: gone.customer_number },
        hint: 'hint.visitWithFacts',
      });
    deleteVisit(sql, gone.id);
  }
  let waiting = 0;
  for (const [index, line] of input.lines.entries()) {
    const customer = customers[index];
    if (customer === undefined) continue;
    const former = line.id === undefined ? undefined : findVisit(sql, line.id);
    const row = {
      customer_id: customer.id,
      staff_id: input.staffId,
      visited_at: line.visitedAt,
      ended_at: line.endedAt,
      method: line.method,
      purpose: line.purpose,
      content: line.content,
      result: line.result,
      details: JSON.stringify(line.details),
      report_id: report.id,
      line: index + 1,
      day: input.day,
      recorded_at: former?.recorded_at ?? clock.now().toISOString(),
      recorded_by: former?.recorded_by ?? actor.displayName,
    };
    if (former !== undefined) updateVisit(sql, { ...row, id: former.id });
    const visitId = former?.id ?? insertVisit(sql, row, importId);
    // The card may have been changed by a fact of a line above.
    noteVisit(sql, getCustomer(sql, customer.number), line.visitedAt);
    const source = { kind: 'visit', number: report.number, visitId } as const;
    waiting += proposeFacts(context, customer, source, line.facts);
  }
  return waiting;
}

/**
 * Saves a report with its lines; the caller's transaction holds it all.
 * @param importId the import that brings the new lines
 */
export function saveReport(
  context: CommandContext,
  input: Save,
  importId: number | null = null,
): OutputOf<'dailyReports.save'> {
  const { sql, clock } = context;
  const now = clock.now().toISOString();
  requireStaff(sql, input.staffId, todayOf(clock));
  const former = dailyReportOf(sql, input.staffId, input.day);
  if (former !== undefined && former.revision !== input.revision)
    throw new AppError('CONFLICT', {
      params: { what: 'dailyReport', number: former.number, by: former.updated_by, revision: former.revision },
    });
  const customers = customersOf(sql, input.lines);
  const problems = problemsOf(sql, input, customers, now);
  if (problems.length > 0) throw new AppError('INPUT_INVALID', { fields: problems });
  const report = writeReport(context, input, former);
  const openFacts = writeLines(context, input, report, customers, importId);
  const { warnings } = validateFields(dailyReportFields, input.values as CardValues);
  return {
    number: report.number,
    revision: report.revision,
    state: reportState(sql, input.staffId, input.day, report, now),
    warnings: warnings.map(({ path, message, params }) => ({
      path: `values.${path}`,
      message,
      ...(params === undefined ? {} : { params: { ...params } }),
    })),
    openFacts,
  };
}

/** What a supervisor signs: these reports as they stand, by their content (主管審閱). */
function reviewStatement(sql: Reader, numbers: readonly string[], comment: string) {
  const reports = numbers.map((number) => getReport(sql, number));
  const early = reports.find((report) => report.handed_in_at === null);
  if (early !== undefined)
    throw new AppError('CONFLICT', {
      params: { what: 'reportNotHandedIn', number: early.number },
      hint: 'hint.reportNotHandedIn',
    });
  const first = reports[0]?.number ?? '';
  return {
    kind: 'dailyReportReview' as const,
    subject: `dailyReport:${first}${reports.length > 1 ? `+${reports.length - 1}` : ''}`,
    purpose: comment.trim() === '' ? first : comment,
    lines: reports.map((report) => ({
      field: 'dailyReport',
      value: `${report.number} ${report.day} ${report.staff_name} ${sha256Hex(report.field_values + JSON.stringify(visitsOfReport(sql, report.id, 0).map((visit) => [visit.customer_number, visit.visited_at, visit.content, visit.result, visit.details]))).slice(0, 12)}`,
    })),
  };
}

export const dailyReportHandlers: HandlersOf<
  | 'dailyReports.list'
  | 'dailyReports.get'
  | 'dailyReports.open'
  | 'dailyReports.save'
  | 'dailyReports.reviewStatement'
  | 'dailyReports.review'
  | 'dailyReports.versions'
> = {
  'dailyReports.list': {
    phase: 'query',
    run({ sql, clock }, { offset, limit, ...filter }) {
      const now = clock.now().toISOString();
      const { rows, total } = listDailyReports(sql, filter, offset, limit);
      return { reports: rows.map((row) => shownReportRow(sql, row, now)), total };
    },
  },
  'dailyReports.get': {
    phase: 'query',
    run: ({ sql, clock }, { number }) => shownReport(sql, getReport(sql, number), clock.now().toISOString()),
  },
  'dailyReports.open': {
    phase: 'query',
    run({ sql, clock }, { staffId, day }) {
      const now = clock.now().toISOString();
      requireStaff(sql, staffId, todayOf(clock));
      const report = dailyReportOf(sql, staffId, day);
      return {
        report: report === undefined ? null : shownReport(sql, report, now),
        loose: looseVisits(sql, staffId, day, BRIEF_VALID_DAYS).map(shownVisit),
        dueAt: report?.due_at ?? dueOn(sql, day),
        state: reportState(sql, staffId, day, report, now),
        working: isWorkingDay(workCalendar(sql, day, day), day),
      };
    },
  },
  'dailyReports.save': {
    phase: 'command',
    run(context, input) {
      context.note({ object: `staff:${input.staffId}`, data: { day: input.day, lines: input.lines.length } });
      const saved = saveReport(context, input);
      context.note({
        object: `dailyReport:${saved.number}`,
        data: { revision: saved.revision, facts: input.lines.flatMap((line) => line.facts).length },
      });
      return saved;
    },
  },
  'dailyReports.reviewStatement': {
    phase: 'query',
    run({ sql, clock }, { numbers, comment }) {
      const statement = reviewStatement(sql, numbers, comment);
      return { ...agreementStandingOf(sql, statement, clock.now()), statement };
    },
  },
  'dailyReports.review': {
    phase: 'command',
    run(context, { numbers, comment }) {
      const { sql, clock, actor } = context;
      const statement = reviewStatement(sql, numbers, comment);
      context.note({ object: statement.subject, data: { reports: numbers } });
      const reviewedBy =
        actor.role === 'supervisor' ? actor.displayName : consumeAgreement(context, statement, statement.subject).name;
      const now = clock.now().toISOString();
      for (const number of numbers) {
        const row = reportRowOf(getReport(sql, number));
        updateDailyReport(sql, { ...row, reviewed_at: now, reviewed_by: reviewedBy, review_comment: comment });
      }
      return { reviewedBy, reports: numbers.length };
    },
  },
  'dailyReports.versions': {
    phase: 'query',
    run({ sql }, { number }) {
      return {
        versions: reportVersions(sql, getReport(sql, number).id).map(({ content, ...version }) => ({
          ...version,
          content: JSON.parse(content),
        })),
      };
    },
  },
};
