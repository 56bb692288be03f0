import type { OutputOf } from '../../shared/contract/contract.ts';
import type { FieldValue } from '../../shared/domain/form-fields.ts';
import { isFilled } from '../../shared/domain/forms/field.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { BRIEF_VALID_DAYS } from '../../shared/domain/visit-brief.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { daysBetween } from '../../shared/util/days.ts';
import type { CustomerRow } from '../store/customers.ts';
import { informationOfCustomer } from '../store/information-reports.ts';
import { insertBrief, lastBrief } from '../store/intelligence.ts';
import { countHeld } from '../store/orders-over-limit.ts';
import { listFacts } from '../store/proposed-facts.ts';
import type { Reader } from '../store/sql.ts';
import { briefStatistics, visitsOfCustomer } from '../store/visits.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { cardFor } from './customer-record.ts';
import { getCustomer } from './customers.ts';
import { inTurns } from './in-turns.ts';
import { shownInformationRow } from './information.ts';
import { itemsOf } from './intelligence-record.ts';
import { requireMayRead } from './named-readers.ts';
import { rememberedWhileUnchanged } from './remembered.ts';
import { todayOf } from './today.ts';
import { requireStaff } from './visits.ts';

type Brief = OutputOf<'briefs.get'>;
type Matter = Brief['matters'][number];

const LAST_VISITS = 4;
const CONTACTS = 4;
const LISTED = 3;

/** What a visitor needs of the card, in the order of the sheet; of either form what it has. */
const FACT_FIELDS = [
  'legalRepresentative',
  'businessAddress',
  'registeredAddress',
  'postalAddress',
  'telephone',
  'mobile',
  'officePhone',
  'employer',
  'mainProducts',
  'productPreference',
  'seasons',
  'managementPolicy',
  'transportMethod',
  'specialRequests',
  'remarks',
] as const;
const CREDIT_FIELDS = [
  'creditGrade',
  'creditLimit',
  'creditLimitValidUntil',
  'settlementMethod',
  'creditPeriodDays',
  'balanceOwed',
  'overdueAmount',
  'paymentHabit',
  'lastOrderOn',
] as const;
const CONTACT_PARTS = ['name', 'department', 'position', 'purchaseRoles', 'influence', 'attitude', 'mobile', 'phone'];
const OPEN_STAGES = new Set(['signed', 'cancelled']);

const picked = (values: Record<string, FieldValue | undefined>, keys: readonly string[]) =>
  keys.flatMap((field) => {
    const value = values[field];
    return isFilled(value) ? [{ field, value: value as Brief['facts'][number]['value'] }] : [];
  });

/** What is open about a customer, worst first. Other areas that keep open matters add theirs here. */
function mattersOf(sql: Reader, customer: CustomerRow, today: string, now: string): Matter[] {
  const matters: Matter[] = [];
  const add = (kind: string, urgent: boolean, params: Matter['params'] = {}) => matters.push({ kind, urgent, params });
  const held = countHeld(sql, customer.id);
  if (held > 0) add('ordersHeld', true, { count: held });
  for (const row of informationOfCustomer(sql, customer.id, 20)) {
    const report = shownInformationRow(row, now);
    if (report.state === 'closed' || report.kind === 'periodic') continue;
    const params = { number: report.number, subject: report.subject, facts: report.facts.slice(0, 120) };
    if (report.state === 'waiting') add('reportWaiting', true, params);
    else add('reportOpen', report.kind === 'urgent', params);
  }
  const facts = listFacts(sql, { state: 'open', customerId: customer.id }, 0, 1).total;
  if (facts > 0) add('openFacts', false, { count: facts });
  if (customer.review_due < today)
    add('reviewDue', false, { day: customer.review_due, days: daysBetween(customer.review_due, today) });
  if (customer.late === 1) add('cardLate', false);
  if (customer.completeness < 100) add('incomplete', false, { percent: customer.completeness });
  if (customer.missing_papers > 0) add('missingPapers', false, { count: customer.missing_papers });
  const [last] = visitsOfCustomer(sql, customer.id, BRIEF_VALID_DAYS, 0, 1).rows;
  const promised = last === undefined ? undefined : (JSON.parse(last.details) as Record<string, unknown>);
  if (typeof promised?.['nextVisitOn'] === 'string' || typeof promised?.['nextVisitNote'] === 'string')
    add('promised', typeof promised['nextVisitOn'] === 'string' && promised['nextVisitOn'] < today, {
      day: String(promised['nextVisitOn'] ?? ''),
      note: String(promised['nextVisitNote'] ?? ''),
    });
  return matters.sort((a, b) => Number(b.urgent) - Number(a.urgent));
}

/** The brief of a customer with what this role may see (C8). */
export function briefOf(sql: Reader, role: Role, customer: CustomerRow, today: string, now: string): Brief {
  const { values } = cardFor(role, customer);
  const own = values as Record<string, FieldValue | undefined>;
  const items = (key: string) => itemsOf(own[key]) as readonly Record<string, FieldValue>[];
  const taken = lastBrief(sql, customer.id);
  return {
    number: customer.number,
    name: customer.name,
    kind: customer.kind,
    tier: customer.tier,
    completeness: customer.completeness,
    updatedAt: customer.updated_at,
    late: customer.late === 1,
    facts: picked(own, FACT_FIELDS),
    contacts: items('contacts')
      .slice(0, CONTACTS)
      .map(
        (contact) =>
          Object.fromEntries(
            CONTACT_PARTS.flatMap((part) => (isFilled(contact[part]) ? [[part, contact[part]]] : [])),
          ) as Brief['contacts'][number],
      ),
    matters: mattersOf(sql, customer, today, now),
    visits: visitsOfCustomer(sql, customer.id, BRIEF_VALID_DAYS, 0, LAST_VISITS).rows.map((visit) => ({
      day: visit.day,
      staff: visit.staff_name,
      purpose: visit.purpose,
      result: visit.result,
      content: visit.content,
      nextVisitNote: String((JSON.parse(visit.details) as Record<string, unknown>)['nextVisitNote'] ?? ''),
    })),
    credit: picked(own, CREDIT_FIELDS),
    competitors: items('competitors').slice(0, LISTED) as Brief['competitors'],
    projects: items('projects')
      .filter((project) => !OPEN_STAGES.has(String(project['stage'] ?? '')))
      .slice(0, LISTED) as Brief['projects'],
    lastTaken: taken === undefined ? null : { at: taken.at, by: taken.by },
  };
}

/** C8: the brief was taken; the visit that follows counts as prepared. */
export function takeBrief(
  context: CommandContext,
  customer: CustomerRow,
  staffId: number,
  how: 'screen' | 'printed',
): string {
  const { sql, clock, actor } = context;
  requireStaff(sql, staffId, todayOf(clock));
  requireMayRead(sql, customer.id, staffId);
  const at = clock.now().toISOString();
  insertBrief(sql, { customerId: customer.id, staffId, at, by: actor.displayName, how });
  return at;
}

export const briefHandlers: HandlersOf<'briefs.get' | 'briefs.take' | 'briefs.statistics'> = {
  'briefs.get': {
    phase: 'query',
    run(context, { number }) {
      const { sql, clock, actor } = context;
      const customer = getCustomer(sql, number);
      context.note({ object: `customer:${customer.number}` });
      return briefOf(sql, actor.role, customer, todayOf(clock), clock.now().toISOString());
    },
  },
  'briefs.take': {
    phase: 'command',
    run(context, { number, staffId, how }) {
      const customer = getCustomer(context.sql, number);
      context.note({ object: `customer:${customer.number}`, data: { staff: `staff:${staffId}`, how } });
      return { takenAt: takeBrief(context, customer, staffId, how) };
    },
  },
  'briefs.statistics': {
    phase: 'query',
    async run({ sql, archive, signal }, { from, to }) {
      if (to < from) throw new AppError('INPUT_INVALID', { fields: [{ path: 'to', message: 'validation.dayOrder' }] });
      const counted = await rememberedWhileUnchanged(archive).find(['briefStatistics', from, to], () =>
        inTurns(briefStatistics(sql, from, to, BRIEF_VALID_DAYS), signal),
      );
      const people = counted.map((row) => ({
        staffId: row.staff_id,
        staff: row.staff_name,
        visits: row.visits,
        briefed: row.briefed,
        saidRead: row.said_read,
        saidFilled: row.said_filled,
      }));
      const sum = (key: 'visits' | 'briefed' | 'saidRead' | 'saidFilled') =>
        people.reduce((total, person) => total + person[key], 0);
      return {
        people,
        visits: sum('visits'),
        briefed: sum('briefed'),
        saidRead: sum('saidRead'),
        saidFilled: sum('saidFilled'),
      };
    },
  },
};
