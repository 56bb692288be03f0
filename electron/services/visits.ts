import type { Visit } from '../../shared/contract/visits.ts';
import type { CardValues } from '../../shared/domain/form-fields.ts';
import { validateFields } from '../../shared/domain/forms/validate-card.ts';
import { visitDetailFields } from '../../shared/domain/forms/visit-forms.ts';
import { BRIEF_VALID_DAYS } from '../../shared/domain/visit-brief.ts';
import { AppError, type FieldError } from '../../shared/errors/app-error.ts';
import { type CustomerRow, updateCustomer } from '../store/customers.ts';
import { dailyReportOf } from '../store/daily-reports.ts';
import { findInIndex } from '../store/search-index.ts';
import type { Reader, Writer } from '../store/sql.ts';
import { findStaff } from '../store/staff.ts';
import {
  insertVisit,
  listVisits,
  type VisitView,
  visitsByIds,
  visitsFitting,
  visitsOfCustomer,
  visitsOfReport,
} from '../store/visits.ts';
import type { HandlersOf } from './context.ts';
import { getCustomer, LARGEST_NARROWING } from './customers.ts';
import { inTurns } from './in-turns.ts';
import { KEPT_AT_LEAST } from './pieced-records.ts';
import { rememberedWhileUnchanged } from './remembered.ts';
import { dayOf, todayOf } from './today.ts';

export function shownVisit(row: VisitView): Visit {
  return {
    id: row.id,
    customer: row.customer_number,
    customerName: row.customer_name,
    staffId: row.staff_id,
    staff: row.staff_name,
    day: row.day,
    visitedAt: row.visited_at,
    endedAt: row.ended_at,
    method: row.method,
    purpose: row.purpose,
    content: row.content,
    result: row.result,
    details: JSON.parse(row.details) as Visit['details'],
    report: row.report_number,
    briefed: row.briefed === 1,
    recordedAt: row.recorded_at,
  };
}

/** C4: the card knows the newest visit; filling the card in afterwards is measured against it. */
export function noteVisit(sql: Writer, customer: CustomerRow, visitedAt: string): void {
  if (customer.visited_at === null || customer.visited_at < visitedAt)
    updateCustomer(sql, { ...customer, visited_at: visitedAt }, customer);
}

/** What is wrong with the times and details of a visit; `path` stands before the paths of the errors. */
export function visitProblems(
  visit: { readonly visitedAt: string; readonly endedAt: string | null; readonly details: CardValues },
  now: string,
  path: string,
): FieldError[] {
  const problems: FieldError[] = validateFields(visitDetailFields, visit.details).errors.map((error) => ({
    ...error,
    path: `${path}details.${error.path}`,
  }));
  if (visit.endedAt !== null && visit.endedAt < visit.visitedAt)
    problems.push({ path: `${path}endedAt`, message: 'validation.timeOrder' });
  if (visit.visitedAt > now) problems.push({ path: `${path}visitedAt`, message: 'validation.inFuture' });
  return problems;
}

export function requireStaff(
  sql: Reader,
  staffId: number,
  today: string,
): { readonly id: number; readonly name: string } {
  const staff = findStaff(sql, staffId, today);
  if (staff === undefined) throw new AppError('NOT_FOUND', { params: { what: 'staff', number: staffId } });
  return staff;
}

/** Records that match a text by the name or number of their customer, and the text itself for what was said. */
export function foundBy(sql: Reader, typed: string): { customers: readonly number[]; text: string } | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  return { customers: findInIndex(sql, text, LARGEST_NARROWING, ['customer']).map(({ id }) => id), text };
}

/** Single visits and the comprehensive archive of all of them (V2). */
export const visitHandlers: HandlersOf<'visits.list' | 'visits.record' | 'visits.register'> = {
  'visits.list': {
    phase: 'query',
    run(context, { number, offset, limit }) {
      const customer = getCustomer(context.sql, number);
      context.note({ object: `customer:${customer.number}` });
      const { rows, total } = visitsOfCustomer(context.sql, customer.id, BRIEF_VALID_DAYS, offset, limit);
      return { total, visits: rows.map(shownVisit) };
    },
  },
  'visits.record': {
    phase: 'command',
    run(context, input) {
      const { sql, clock, actor } = context;
      const customer = getCustomer(sql, input.number);
      requireStaff(sql, input.staffId, todayOf(clock));
      context.note({ object: `customer:${customer.number}` });
      const at = clock.now().toISOString();
      const details = input.details as CardValues;
      const problems = visitProblems({ ...input, details }, at, '');
      if (problems.length > 0) throw new AppError('INPUT_INVALID', { fields: problems });
      const day = dayOf(new Date(input.visitedAt));
      // V2: the visit belongs to its day's report from the beginning when there is one.
      const report = dailyReportOf(sql, input.staffId, day);
      const id = insertVisit(sql, {
        customer_id: customer.id,
        staff_id: input.staffId,
        visited_at: input.visitedAt,
        method: input.method,
        purpose: input.purpose,
        content: input.content,
        result: input.result,
        recorded_at: at,
        recorded_by: actor.displayName,
        report_id: report?.id ?? null,
        line: report === undefined ? 0 : visitsOfReport(sql, report.id, BRIEF_VALID_DAYS).length + 1,
        day,
        ended_at: input.endedAt,
        details: JSON.stringify(details),
      });
      noteVisit(sql, customer, input.visitedAt);
      return { id, report: report?.number ?? null };
    },
  },
  'visits.register': {
    phase: 'query',
    async run({ sql, archive, signal }, { text, offset, limit, ...filter }) {
      const { staffId, from, to, purpose, result } = filter;
      const found = foundBy(sql, text);
      if (found === undefined && purpose === undefined && result === undefined) {
        const { rows, total } = listVisits(sql, { staffId, from, to }, BRIEF_VALID_DAYS, offset, limit);
        return { total, visits: rows.map(shownVisit) };
      }
      let most = KEPT_AT_LEAST;
      while (most < offset + limit) most *= 2;
      const { ids, total } = await rememberedWhileUnchanged(archive).find(['visits', filter, text, most], () =>
        inTurns(visitsFitting(sql, { ...filter, found }, most), signal),
      );
      return { total, visits: visitsByIds(sql, ids.slice(offset, offset + limit), BRIEF_VALID_DAYS).map(shownVisit) };
    },
  },
};
