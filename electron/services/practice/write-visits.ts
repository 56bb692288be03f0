import { DEFAULT_PATTERNS, formatNumber } from '../../../shared/domain/numbering.ts';
import type { VisitResult } from '../../../shared/domain/visit.ts';
import { isWorkingDay, type WorkCalendar } from '../../../shared/domain/working-days.ts';
import { addDays, daysFromTo, instantAt, weekdayOf } from '../../../shared/util/days.ts';
import { insertDailyReport, setCalendarDay, setDuty, setExcuse } from '../../store/daily-reports.ts';
import { insertBrief, saveCompetitor } from '../../store/intelligence.ts';
import { takeSequence } from '../../store/number-sequence.ts';
import { insertFact } from '../../store/proposed-facts.ts';
import type { Writer } from '../../store/sql.ts';
import { insertVisit, looseVisits, updateVisit } from '../../store/visits.ts';
import { nameForComparison } from '../customer-record.ts';
import { offsetOn } from '../today.ts';
import { type Draw, drawFrom } from './draw.ts';
import { filled, type PracticeWorld } from './enterprise-values.ts';
import { drawPerson } from './people.ts';
import { SENTENCES } from './vocabulary/trade-vocabulary.ts';
import { VISIT_WORDS } from './vocabulary/visit-vocabulary.ts';

/** Daily reports of the last months, some late, some missing; facts that wait; who owes reports; competitors' pages. */

export interface ReportFrame {
  readonly world: PracticeWorld;
  readonly keeper: string;
  readonly supervisor: string;
  readonly salespeople: readonly { readonly id: number; readonly name: string }[];
  readonly now: string;
  readonly hour: string;
}

/** A customer as visits need it. */
export interface VisitedCustomer {
  readonly id: number;
  readonly number: string;
  readonly kind: 'enterprise' | 'individual';
  readonly visited_at: string | null;
  readonly updated_at: string;
  readonly salesperson: string | null;
  readonly contact: string;
  readonly products: string | null;
}

/** Days back from today that have reports. */
const REPORTED_DAYS = 100;
/** Customers of a large archive that are visited. */
const VISITED = 600;
const MS_PER_HOUR = 3_600_000;

export function visitedCustomers(sql: Writer): VisitedCustomer[] {
  return sql.all<VisitedCustomer>(
    `SELECT id, number, kind, visited_at, updated_at, contact, field_values ->> 'responsibleSalesperson' AS salesperson,
       field_values ->> 'mainProducts' AS products FROM customer WHERE status = 'active' ORDER BY id LIMIT ?`,
    VISITED,
  );
}

/** Never after now: an archive may be made early in the day. */
const past = (instant: string, now: string) => (instant < now ? instant : now);
const later = (instant: string, hours: number) => new Date(Date.parse(instant) + hours * MS_PER_HOUR).toISOString();

/** Holidays of the years that the reports touch, and one make-up working Saturday. */
export function writeWorkCalendar(sql: Writer, today: string): WorkCalendar {
  const exceptions = new Map<string, boolean>();
  const set = (day: string, working: boolean, name: string) => {
    exceptions.set(day, working);
    setCalendarDay(sql, { day, working: working ? 1 : 0, name });
  };
  const thisYear = Number(today.slice(0, 4));
  for (const year of [thisYear - 1, thisYear, thisYear + 1])
    for (const [day, name] of VISIT_WORDS.holidays) set(`${year}-${day}`, false, name);
  const monthAgo = addDays(today, -30);
  set(addDays(monthAgo, 6 - weekdayOf(monthAgo)), true, VISIT_WORDS.makeUpDay);
  return { weekend: [0, 6], exceptions };
}

/** Who owes reports, and the reports of every working day. Answers how many reports and visits were written. */
export function writeDailyReports(
  sql: Writer,
  frame: ReportFrame,
  customers: readonly VisitedCustomer[],
): { reports: number; visits: number } {
  const { world, salespeople } = frame;
  const { today } = world.calendar;
  const calendar = writeWorkCalendar(sql, today);
  const from = addDays(today, -REPORTED_DAYS);
  const newest = new Map<number, string>();
  let reports = 0;
  let visits = 0;
  for (const [position, person] of salespeople.entries()) {
    setDuty(sql, person.id, from, null);
    const own = customers.filter((customer) => customer.salesperson === person.name);
    const pool = own.length < 4 ? customers : own;
    const draw = drawFrom(world.seed, 81, position);
    const away = daysFromTo(addDays(from, draw.between(10, 80)), addDays(from, 82));
    for (const day of daysFromTo(from, addDays(today, -1))) {
      if (!isWorkingDay(calendar, day) || pool.length === 0) continue;
      if (away.slice(0, 2).includes(day)) {
        setExcuse(sql, {
          staffId: person.id,
          day,
          reason: draw.pick(VISIT_WORDS.excuses),
          at: frame.now,
          by: frame.keeper,
        });
        continue;
      }
      // One in twenty is missing, of the last days a few more.
      if (draw.chance(day >= addDays(today, -4) ? 0.16 : 0.045)) continue;
      const written = writeReport(sql, frame, { draw, person, day, pool, newest });
      reports += 1;
      visits += written;
    }
  }
  fillInCards(sql, frame, customers, newest);
  return { reports, visits };
}

interface DayToWrite {
  readonly draw: Draw;
  readonly person: ReportFrame['salespeople'][number];
  readonly day: string;
  readonly pool: readonly VisitedCustomer[];
  readonly newest: Map<number, string>;
}

function writeReport(sql: Writer, frame: ReportFrame, { draw, person, day, pool, newest }: DayToWrite): number {
  const { today } = frame.world.calendar;
  const offset = offsetOn(day);
  const year = Number(day.slice(0, 4));
  const dueAt = instantAt(day, frame.hour, offset);
  const isLate = draw.chance(0.09);
  const handedInAt = isLate
    ? past(later(dueAt, draw.between(1, 30) / 2), frame.now)
    : instantAt(day, `${draw.between(15, 17)}:${draw.pick(['05', '20', '40', '55'])}`, offset);
  const loose = looseVisits(sql, person.id, day, 0);
  const count = draw.between(1, 4);
  const isReviewed = day < addDays(today, -6) && draw.chance(0.95);
  const number = formatNumber(DEFAULT_PATTERNS.dailyReport, takeSequence(sql, `dailyReport-${year}`), year);
  const reviewedAt = isReviewed ? later(handedInAt, draw.between(12, 60)) : null;
  const recordedAt = past(later(handedInAt, 0.5), frame.now);
  const reportId = insertDailyReport(sql, {
    number,
    staff_id: person.id,
    day,
    due_at: dueAt,
    handed_in_at: handedInAt,
    received_by: frame.keeper,
    reviewed_at: reviewedAt,
    reviewed_by: isReviewed ? frame.supervisor : '',
    review_comment: isReviewed ? draw.pick(VISIT_WORDS.reviewComments) : '',
    recorded_at: recordedAt,
    recorded_by: frame.keeper,
    updated_at: recordedAt,
    updated_by: frame.keeper,
    revision: 1,
    field_values: JSON.stringify(headOf(draw, count + loose.length)),
  });
  for (const [at, { customer_number, customer_name, staff_name, report_number, briefed, ...visit }] of loose.entries())
    updateVisit(sql, { ...visit, report_id: reportId, line: at + 1 });
  for (const [at, customer] of draw.some(pool, count).entries()) {
    const visitedAt = instantAt(
      day,
      `${String(9 + at * 2).padStart(2, '0')}:${draw.pick(['00', '10', '30', '40'])}`,
      offset,
    );
    const visitId = writeVisit(sql, frame, {
      draw,
      person,
      day,
      customer,
      visitedAt,
      reportId,
      line: loose.length + at + 1,
    });
    if ((newest.get(customer.id) ?? '') < visitedAt) newest.set(customer.id, visitedAt);
    if (draw.chance(0.05)) writeFact(sql, frame, { draw, customer, number, visitId, day });
  }
  return loose.length + count;
}

function headOf(draw: Draw, count: number) {
  const texts = {
    weather: draw.pick(VISIT_WORDS.weather),
    target: draw.pick(VISIT_WORDS.targets),
    summary: draw.pick(VISIT_WORDS.summaries).replace('{count}', String(count)),
    problems: draw.pick(VISIT_WORDS.problems),
    suggestions: draw.pick(VISIT_WORDS.suggestions),
    nextDayPlan: draw.pick(VISIT_WORDS.plans),
  };
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
}

interface VisitToWrite {
  readonly draw: Draw;
  readonly person: ReportFrame['salespeople'][number];
  readonly day: string;
  readonly customer: VisitedCustomer;
  readonly visitedAt: string;
  readonly reportId: number;
  readonly line: number;
}

function writeVisit(sql: Writer, frame: ReportFrame, visit: VisitToWrite): number {
  const { draw, person, day, customer, visitedAt } = visit;
  const note = draw.pick(SENTENCES.visitNotes);
  const product = customer.products?.split('、')[0] ?? '產品';
  const briefed = draw.chance(0.6);
  if (briefed)
    insertBrief(sql, {
      customerId: customer.id,
      staffId: person.id,
      at: later(visitedAt, -draw.between(1, 30)),
      by: frame.keeper,
      how: draw.chance(0.5) ? 'printed' : 'screen',
    });
  const optional = {
    resultNote: draw.pick(VISIT_WORDS.resultNotes),
    opinion: draw.chance(0.3) ? draw.pick(VISIT_WORDS.opinions) : '',
    stock: draw.chance(0.25) ? draw.pick(VISIT_WORDS.stocks) : '',
    competitorInfo: draw.chance(0.18)
      ? draw.pick(VISIT_WORDS.competitorInfo).replace('{competitor}', draw.pick(SENTENCES.competitors))
      : '',
    nextVisitNote: draw.chance(0.4) ? draw.pick(VISIT_WORDS.nextNotes) : '',
  };
  const details = {
    ...(customer.contact === '' ? {} : { personMet: customer.contact }),
    ...Object.fromEntries(Object.entries(optional).filter(([, text]) => text !== '')),
    ...(optional.nextVisitNote === '' ? {} : { nextVisitOn: addDays(day, draw.between(7, 30)) }),
    ...(note.purpose === 'collection' && draw.chance(0.6)
      ? { collected: { amount: String(draw.between(5, 90) * 1_000), currency: 'TWD' } }
      : {}),
    ...(note.purpose === 'order' && draw.chance(0.6)
      ? { orders: [{ product, quantity: `${draw.between(2, 60)} 箱`, terms: 'monthly' }] }
      : {}),
    cardRead: briefed || draw.chance(0.5),
    cardFilled: draw.chance(0.85),
  };
  return insertVisit(sql, {
    customer_id: customer.id,
    staff_id: person.id,
    visited_at: visitedAt,
    ended_at: later(visitedAt, draw.pick([0.5, 0.75, 1, 1.5])),
    method: note.method,
    purpose: note.purpose,
    content: filled(note.text, product),
    result: draw.pick<VisitResult>(['closed', 'interested', 'toFollowUp', 'toFollowUp', 'declined', 'notMet']),
    recorded_at: later(visitedAt, draw.between(2, 9)),
    recorded_by: frame.keeper,
    report_id: visit.reportId,
    line: visit.line,
    day,
    details: JSON.stringify(details),
  });
}

/** A fact that was noticed: those of the last days wait, the older ones are decided. */
function writeFact(
  sql: Writer,
  frame: ReportFrame,
  fact: {
    readonly draw: Draw;
    readonly customer: VisitedCustomer;
    readonly number: string;
    readonly visitId: number;
    readonly day: string;
  },
): void {
  const { draw, customer, day } = fact;
  const isPerson = customer.kind === 'individual';
  const [field, mode, value] = draw.pick<readonly [string, 'set' | 'add', unknown]>([
    [isPerson ? 'mobile' : 'telephone', 'set', `0${draw.digits(1)}-${draw.digits(8)}`],
    isPerson
      ? ['occupation', 'set', '採購']
      : [
          'contacts',
          'add',
          { name: drawPerson(draw, 'hant').name, department: '採購部', position: '課長', purchaseRoles: ['buyer'] },
        ],
    [
      'competitors',
      'add',
      { competitorName: draw.pick(SENTENCES.competitors), satisfaction: 'acceptable', observedOn: day },
    ],
    isPerson ? ['position', 'set', '副經理'] : ['legalRepresentative', 'set', drawPerson(draw, 'hant').name],
  ]);
  const isOpen = day >= addDays(frame.world.calendar.today, -12);
  // What was accepted long ago stands on no card of the practice archive: older facts were refused.
  const at = later(instantAt(day, '17:30', offsetOn(day)), 0.5);
  insertFact(sql, {
    customer_id: customer.id,
    source_kind: 'visit',
    source_number: fact.number,
    visit_id: fact.visitId,
    field,
    mode,
    value: JSON.stringify(value),
    note: '',
    state: isOpen ? 'open' : 'refused',
    proposed_at: at,
    proposed_by: frame.keeper,
    decided_at: isOpen ? null : later(at, 20),
    decided_by: isOpen ? '' : frame.keeper,
    reason: isOpen ? '' : draw.pick(VISIT_WORDS.refusals),
  });
}

/** C4: most cards were filled in after their newest visit; one in twelve late, one in ten not yet. */
function fillInCards(
  sql: Writer,
  frame: ReportFrame,
  customers: readonly VisitedCustomer[],
  newest: ReadonlyMap<number, string>,
): void {
  for (const customer of customers) {
    const visitedAt = newest.get(customer.id);
    if (visitedAt === undefined || (customer.visited_at ?? '') >= visitedAt) continue;
    const draw = drawFrom(frame.world.seed, 82, customer.id);
    const hours = draw.chance(0.08) ? draw.between(30, 96) : draw.between(1, 20);
    const filledAt = later(visitedAt, hours);
    const isFilled = draw.chance(0.9) && filledAt < frame.now && filledAt > customer.updated_at;
    sql.run(
      'UPDATE customer SET visited_at = ?, updated_at = ?, late = ? WHERE id = ?',
      visitedAt,
      isFilled ? filledAt : customer.updated_at,
      isFilled && hours > 24 ? 1 : 0,
      customer.id,
    );
  }
}

/** Pages of competitors that cards name (X1). */
export function writeCompetitors(sql: Writer, frame: ReportFrame): void {
  for (const [name, profile] of Object.entries(VISIT_WORDS.competitors))
    saveCompetitor(sql, {
      folded_name: nameForComparison(name),
      name,
      profile: JSON.stringify(profile),
      updated_at: frame.now,
      updated_by: frame.keeper,
    });
}
