import {
  acknowledgeBy,
  DEFAULT_PROCEDURES,
  lastPeriodDue,
  passOnBy,
} from '../../../shared/domain/information-reports.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../../shared/domain/numbering.ts';
import { REPORT_CLASSES, type ReportKind } from '../../../shared/domain/visit.ts';
import { addDays, instantAt } from '../../../shared/util/days.ts';
import {
  type InformationRow,
  insertInformation,
  saveProcedure,
  setReportClass,
} from '../../store/information-reports.ts';
import { takeSequence } from '../../store/number-sequence.ts';
import { savePassing } from '../../store/report-passings.ts';
import type { Writer } from '../../store/sql.ts';
import { offsetOn } from '../today.ts';
import { type Draw, drawFrom } from './draw.ts';
import { VISIT_WORDS } from './vocabulary/visit-vocabulary.ts';
import type { ReportFrame, VisitedCustomer } from './write-visits.ts';

/** Information reports (V3): urgent ones, two of them unacknowledged; routine ones; periodic ones, some missing. */

/** Days ago of the urgent reports; the first two wait for somebody to take note of them. */
const URGENT_DAYS_AGO = [1, 2, 20, 46];
const ROUTINE = 14;
/** One customer in so many is reported on periodically. */
const CLASSED_EVERY = 9;

type Content = Pick<InformationRow, 'kind' | 'channel' | 'subject' | 'period'> & {
  readonly values: Readonly<Record<string, unknown>>;
  readonly daysAgo: number;
  readonly isSettled: boolean;
};

function write(sql: Writer, frame: ReportFrame, draw: Draw, customer: VisitedCustomer, content: Content): void {
  const { today } = frame.world.calendar;
  const day = addDays(today, -content.daysAgo);
  const time = `${String(draw.between(9, 16)).padStart(2, '0')}:${draw.pick(['05', '20', '50'])}`;
  const reportedAt = [instantAt(day, time, offsetOn(day)), frame.now].sort()[0] ?? frame.now;
  const by = acknowledgeBy(reportedAt, DEFAULT_PROCEDURES[content.kind].acknowledgeHours);
  const isAcknowledged = content.isSettled && by !== null;
  const isClosed = content.isSettled && content.daysAgo > 15;
  const year = Number(day.slice(0, 4));
  const id = insertInformation(sql, {
    number: formatNumber(DEFAULT_PATTERNS.information, takeSequence(sql, `information-${year}`), year),
    kind: content.kind,
    customer_id: customer.id,
    reporter_id:
      frame.salespeople.find((person) => person.name === customer.salesperson)?.id ?? frame.salespeople[0]?.id ?? 1,
    reported_at: reportedAt,
    channel: content.channel,
    subject: content.subject,
    period: content.period,
    acknowledge_by: by,
    acknowledged_at: isAcknowledged ? new Date(Date.parse(reportedAt) + 3_600_000).toISOString() : null,
    acknowledged_by: isAcknowledged ? frame.supervisor : '',
    acknowledgement: isAcknowledged ? draw.pick(VISIT_WORDS.instructions) : '',
    handling: content.isSettled ? draw.pick(VISIT_WORDS.measuresTaken) : '',
    closed_on: isClosed ? addDays(day, draw.between(3, 12)) : null,
    outcome: isClosed ? draw.pick(VISIT_WORDS.outcomes) : '',
    recorded_at: reportedAt,
    recorded_by: frame.keeper,
    revision: 1,
    field_values: JSON.stringify(content.values),
  });
  passOn(sql, frame, draw, { id, content, day, reportedAt });
}

/** Whoever sells nearby is told: of what is settled in the words of the report, of what is new not yet. */
function passOn(
  sql: Writer,
  frame: ReportFrame,
  draw: Draw,
  report: { readonly id: number; readonly content: Content; readonly day: string; readonly reportedAt: string },
): void {
  const { content, day } = report;
  if (content.kind === 'periodic' || frame.salespeople.length === 0) return;
  const told = content.isSettled || (content.kind === 'routine' && draw.chance(0.6));
  savePassing(sql, {
    report_id: report.id,
    staff_id: draw.pick(frame.salespeople).id,
    why: 'rule',
    pass_by: passOnBy(content.kind, day),
    state: told ? 'passed' : 'waiting',
    passed_at: told
      ? ([new Date(Date.parse(report.reportedAt) + 5_400_000).toISOString(), frame.now].sort()[0] ?? null)
      : null,
    channel: told ? draw.pick(['oral', 'telephone', 'written'] as const) : '',
    words: told ? String(content.values['facts'] ?? '') : '',
    decided_by: told ? frame.keeper : '',
  });
}

const reportValues = (draw: Draw, facts: string, kind: ReportKind) => ({
  facts,
  factSource: draw.pick(['業務員親見', '對方採購經理', '同業轉告', '展會所聞']),
  reliability: draw.pick(['high', 'high', 'medium', 'low']),
  ...(kind === 'urgent'
    ? {
        amountAtRisk: { amount: String(draw.between(8, 90) * 10_000), currency: 'TWD' },
        measuresTaken: draw.pick(VISIT_WORDS.measuresTaken),
        measuresAsked: draw.pick(VISIT_WORDS.measuresAsked),
      }
    : {}),
  recipients: draw.pick(VISIT_WORDS.recipients),
});

/** Oldest first, so that numbers rise with time. Answers how many were written. */
export function writeInformationReports(
  sql: Writer,
  frame: ReportFrame,
  customers: readonly VisitedCustomer[],
): number {
  for (const [kind, reporter, acknowledger] of VISIT_WORDS.procedures) {
    const { channels, acknowledgeHours } = DEFAULT_PROCEDURES[kind];
    saveProcedure(sql, {
      kind,
      reporter,
      channels: JSON.stringify(channels),
      acknowledge_hours: acknowledgeHours,
      acknowledger,
    });
  }
  if (customers.length === 0) return 0;
  const draw = drawFrom(frame.world.seed, 83);
  const { today } = frame.world.calendar;
  const contents: { customer: VisitedCustomer; content: Content }[] = [];
  for (const [at, daysAgo] of URGENT_DAYS_AGO.entries()) {
    const told = VISIT_WORDS.urgent[at % VISIT_WORDS.urgent.length];
    if (told === undefined) continue;
    const [subject, channel, facts] = told;
    contents.push({
      customer: draw.pick(customers),
      content: {
        kind: 'urgent',
        subject,
        channel,
        period: '',
        values: reportValues(draw, facts, 'urgent'),
        daysAgo,
        isSettled: at > 1,
      },
    });
  }
  for (let at = 0; at < ROUTINE; at += 1) {
    const [subject, channel, facts] = draw.pick(VISIT_WORDS.routine);
    const daysAgo = draw.between(1, 120);
    contents.push({
      customer: draw.pick(customers),
      content: {
        kind: 'routine',
        subject,
        channel,
        period: '',
        values: reportValues(draw, facts, 'routine'),
        daysAgo,
        isSettled: daysAgo > 30,
      },
    });
  }
  for (const [at, customer] of customers.filter((_, position) => position % CLASSED_EVERY === 4).entries()) {
    const reportClass = REPORT_CLASSES[at % REPORT_CLASSES.length] ?? 'second';
    setReportClass(sql, customer.id, reportClass);
    if (draw.chance(0.3)) continue;
    const period = lastPeriodDue(reportClass, today);
    contents.push({
      customer,
      content: {
        kind: 'periodic',
        subject: 'other',
        channel: 'written',
        period,
        values: {
          period,
          facts: '本期往來正常，無重大變動。',
          paymentAttitude: draw.pick(VISIT_WORDS.payment),
          operatingState: draw.pick(VISIT_WORDS.operating),
          financialState: draw.pick(VISIT_WORDS.financial),
          proposedClass: reportClass,
        },
        daysAgo: draw.between(1, 4),
        isSettled: draw.chance(0.7),
      },
    });
  }
  for (const { customer, content } of contents.sort((a, b) => b.content.daysAgo - a.content.daysAgo))
    write(sql, frame, draw, customer, content);
  return contents.length;
}
