import type { OutputOf } from '../../shared/contract/contract.ts';
import type { InformationReport } from '../../shared/contract/reporting.ts';
import type { CardValues } from '../../shared/domain/form-fields.ts';
import { validateFields } from '../../shared/domain/forms/validate-card.ts';
import { informationFields } from '../../shared/domain/forms/visit-forms.ts';
import {
  acknowledgeBy,
  DEFAULT_PROCEDURES,
  informationState,
  isAcknowledgedLate,
  lastPeriodDue,
} from '../../shared/domain/information-reports.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../shared/domain/numbering.ts';
import {
  RELIABILITIES,
  REPORT_CHANNELS,
  REPORT_CLASSES,
  REPORT_KINDS,
  type ReportClass,
  type ReportKind,
} from '../../shared/domain/visit.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  findInformation,
  type InformationRow,
  type InformationView,
  insertInformation,
  listInformation,
  listProcedures,
  periodicDue,
  saveProcedure,
  setReportClass,
  updateInformation,
} from '../store/information-reports.ts';
import { takeSequence } from '../store/number-sequence.ts';
import type { Reader, Writer } from '../store/sql.ts';
import { agreementStandingOf, consumeAgreement } from './agreements.ts';
import type { HandlersOf } from './context.ts';
import { getCustomer } from './customers.ts';
import { factProblems, proposeFacts } from './facts.ts';
import { askToPassOn } from './report-recipients.ts';
import { readSettings } from './settings.ts';
import { dayOf, todayOf } from './today.ts';
import { foundBy, requireStaff } from './visits.ts';

type Row = OutputOf<'information.list'>['reports'][number];
type Procedure = OutputOf<'procedures.list'>['procedures'][number];

/** The procedures in force; words that nobody has written are empty, screens and forms have the usual ones (V3). */
export function proceduresOf(sql: Reader): readonly Procedure[] {
  const saved = new Map(listProcedures(sql).map((row) => [row.kind, row]));
  return REPORT_KINDS.map((kind) => {
    const row = saved.get(kind);
    if (row === undefined)
      return {
        ...DEFAULT_PROCEDURES[kind],
        channels: [...DEFAULT_PROCEDURES[kind].channels],
        reporter: '',
        acknowledger: '',
      };
    const channels = JSON.parse(row.channels) as string[];
    return {
      kind,
      reporter: row.reporter,
      channels: REPORT_CHANNELS.filter((channel) => channels.includes(channel)),
      acknowledgeHours: row.acknowledge_hours,
      acknowledger: row.acknowledger,
    };
  });
}

export function procedureOf(sql: Reader, kind: ReportKind): Procedure {
  const found = proceduresOf(sql).find((procedure) => procedure.kind === kind);
  if (found === undefined) throw new AppError('INTERNAL');
  return found;
}

function standing(row: InformationRow) {
  return { acknowledgeBy: row.acknowledge_by, acknowledgedAt: row.acknowledged_at, closedOn: row.closed_on };
}

export function shownInformationRow(row: InformationView, now: string): Row {
  const values = JSON.parse(row.field_values) as Record<string, unknown>;
  return {
    number: row.number,
    kind: row.kind,
    customer: row.customer_number,
    customerName: row.customer_name ?? '',
    reporterId: row.reporter_id,
    reporter: row.reporter,
    reportedAt: row.reported_at,
    channel: row.channel,
    subject: row.subject,
    period: row.period,
    facts: typeof values['facts'] === 'string' ? values['facts'] : '',
    reliability: RELIABILITIES.find((value) => value === values['reliability']) ?? null,
    state: informationState(standing(row)),
    late: isAcknowledgedLate(standing(row), now),
    acknowledgeBy: row.acknowledge_by,
    acknowledger: row.acknowledger ?? '',
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
  };
}

export function shownInformation(row: InformationView, now: string): InformationReport {
  return {
    ...shownInformationRow(row, now),
    values: JSON.parse(row.field_values) as InformationReport['values'],
    acknowledgement: row.acknowledgement,
    handling: row.handling,
    closedOn: row.closed_on,
    outcome: row.outcome,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    openFacts: row.open_facts,
    toTell: row.to_tell,
    revision: row.revision,
  };
}

export function getInformation(sql: Reader, number: string): InformationView {
  const row = findInformation(sql, number.normalize('NFKC').trim().toUpperCase());
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'information', number } });
  return row;
}

/** Writes the columns that change; the next revision. */
function change(sql: Writer, row: InformationView, changes: Partial<InformationRow>): void {
  const {
    customer_number: _number,
    customer_name: _name,
    reporter: _reporter,
    acknowledger: _who,
    open_facts: _facts,
    to_tell: _toTell,
    ...columns
  } = row;
  updateInformation(sql, { ...columns, ...changes, revision: row.revision + 1 });
}

/** What a named person takes note of: the report's own words, and what is to be done. */
function acknowledgementStatement(row: InformationView, note: string) {
  const { facts } = JSON.parse(row.field_values) as { facts?: unknown };
  return {
    kind: 'reportAcknowledgement' as const,
    subject: `information:${row.number}`,
    purpose: row.number,
    lines: [
      { field: 'informationReport', value: `${row.number} ${dayOf(new Date(row.reported_at))} ${row.reporter}` },
      ...(row.customer_number === null
        ? []
        : [{ field: 'reportedCustomer', value: `${row.customer_number} ${row.customer_name ?? ''}` }]),
      { field: 'reportedFacts', value: (typeof facts === 'string' ? facts : '').slice(0, 2_000) },
      ...(note.trim() === '' ? [] : [{ field: 'instruction', value: note.slice(0, 2_000) }]),
    ],
  };
}

/** Information reports and their procedures (V3). */
export const informationHandlers: HandlersOf<
  | 'information.list'
  | 'information.get'
  | 'information.record'
  | 'information.statement'
  | 'information.acknowledge'
  | 'information.close'
  | 'procedures.list'
  | 'procedures.save'
  | 'periodicReports.due'
  | 'periodicReports.setClass'
> = {
  'information.list': {
    phase: 'query',
    run({ sql, clock }, { customer, text, offset, limit, ...filter }) {
      const customerId = customer === undefined ? undefined : getCustomer(sql, customer).id;
      const { rows, total } = listInformation(sql, { ...filter, customerId, found: foundBy(sql, text) }, offset, limit);
      const now = clock.now().toISOString();
      return { reports: rows.map((row) => shownInformationRow(row, now)), total };
    },
  },
  'information.get': {
    phase: 'query',
    run: ({ sql, clock }, { number }) => shownInformation(getInformation(sql, number), clock.now().toISOString()),
  },
  'information.record': {
    phase: 'command',
    run(context, input) {
      const { sql, clock, actor } = context;
      const now = clock.now().toISOString();
      requireStaff(sql, input.reporterId, todayOf(clock));
      const customer = input.customer === undefined ? undefined : getCustomer(sql, input.customer);
      context.note({ object: customer === undefined ? 'information' : `customer:${customer.number}` });
      const problems = validateFields(informationFields(input.kind), input.values as CardValues).errors.map(
        (error) => ({
          ...error,
          path: `values.${error.path}`,
        }),
      );
      if (input.reportedAt > now) problems.push({ path: 'reportedAt', message: 'validation.inFuture' });
      // What is reported of a period, and what changes a card, is of somebody.
      if (customer === undefined && (input.kind === 'periodic' || input.facts.length > 0))
        problems.push({ path: 'customer', message: 'validation.required' });
      if (customer !== undefined)
        for (const [index, fact] of input.facts.entries())
          problems.push(...factProblems(context.sql, customer.kind, fact, `facts.${index}`));
      if (problems.length > 0) throw new AppError('INPUT_INVALID', { fields: problems });
      const year = Number(dayOf(new Date(input.reportedAt)).slice(0, 4));
      const number = formatNumber(DEFAULT_PATTERNS.information, takeSequence(sql, `information-${year}`), year);
      const { period } = input.values;
      insertInformation(sql, {
        number,
        kind: input.kind,
        customer_id: customer?.id ?? null,
        reporter_id: input.reporterId,
        reported_at: input.reportedAt,
        channel: input.channel,
        subject: input.subject,
        period: input.kind === 'periodic' && typeof period === 'string' ? period.slice(0, 7) : '',
        acknowledge_by: acknowledgeBy(input.reportedAt, procedureOf(sql, input.kind).acknowledgeHours),
        acknowledged_at: null,
        acknowledged_by: '',
        acknowledgement: '',
        handling: '',
        closed_on: null,
        outcome: '',
        recorded_at: now,
        recorded_by: actor.displayName,
        revision: 1,
        field_values: JSON.stringify(input.values),
      });
      if (customer !== undefined)
        proposeFacts(context, customer, { kind: 'information', number, visitId: null }, input.facts);
      askToPassOn(sql, getInformation(sql, number));
      context.note({ data: { report: number, kind: input.kind, facts: input.facts.length } });
      return shownInformation(getInformation(sql, number), now);
    },
  },
  'information.statement': {
    phase: 'query',
    run({ sql, clock }, { number, note }) {
      const statement = acknowledgementStatement(getInformation(sql, number), note);
      return { ...agreementStandingOf(sql, statement, clock.now()), statement };
    },
  },
  'information.acknowledge': {
    phase: 'command',
    run(context, { number, note }) {
      const { sql, clock, actor } = context;
      const row = getInformation(sql, number);
      context.note({ object: `information:${row.number}` });
      if (row.acknowledged_at !== null)
        throw new AppError('CONFLICT', {
          params: { what: 'acknowledged', number: row.number },
          hint: 'hint.acknowledged',
        });
      const acknowledgedBy =
        actor.role === 'supervisor'
          ? actor.displayName
          : consumeAgreement(context, acknowledgementStatement(row, note), `information:${row.number}`).name;
      const now = clock.now().toISOString();
      change(sql, row, { acknowledged_at: now, acknowledged_by: acknowledgedBy, acknowledgement: note });
      return shownInformation(getInformation(sql, number), now);
    },
  },
  'information.close': {
    phase: 'command',
    run(context, { number, handling, closedOn, outcome }) {
      const { sql, clock } = context;
      const row = getInformation(sql, number);
      context.note({ object: `information:${row.number}`, data: { closed: closedOn ?? '' } });
      if (closedOn !== null && informationState(standing(row)) === 'waiting')
        throw new AppError('CONFLICT', {
          params: { what: 'notAcknowledged', number: row.number },
          hint: 'hint.notAcknowledged',
        });
      if (closedOn !== null && outcome.trim() === '')
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'outcome', message: 'validation.required' }] });
      change(sql, row, { handling, closed_on: closedOn, outcome });
      return shownInformation(getInformation(sql, number), clock.now().toISOString());
    },
  },
  'procedures.list': { phase: 'query', run: ({ sql }) => ({ procedures: [...proceduresOf(sql)] }) },
  'procedures.save': {
    phase: 'command',
    run(context, { kind, reporter, channels, acknowledgeHours, acknowledger }) {
      context.note({ object: `procedure:${kind}`, data: { hours: acknowledgeHours ?? 'none' } });
      saveProcedure(context.sql, {
        kind,
        reporter,
        channels: JSON.stringify(channels),
        acknowledge_hours: acknowledgeHours,
        acknowledger,
      });
      return {};
    },
  },
  'periodicReports.due': {
    phase: 'query',
    run({ sql, clock }, { offset, limit }) {
      const today = todayOf(clock);
      const periods = Object.fromEntries(REPORT_CLASSES.map((one) => [one, lastPeriodDue(one, today)])) as Record<
        ReportClass,
        string
      >;
      const { periodicClass } = readSettings(sql);
      const { rows, total } = periodicDue(sql, periods, periodicClass === 'none' ? null : periodicClass, offset, limit);
      return {
        due: rows.map((row) => ({
          customer: row.number,
          customerName: row.name,
          class: row.class,
          period: periods[row.class],
          salesperson: String(row.salesperson),
        })),
        total,
      };
    },
  },
  'periodicReports.setClass': {
    phase: 'command',
    run(context, { customers, class: reportClass }) {
      context.note({ object: 'reportClass', data: { customers, class: reportClass ?? 'default' } });
      for (const number of customers) setReportClass(context.sql, getCustomer(context.sql, number).id, reportClass);
      return {};
    },
  },
};
