import { z } from 'zod';
import { RELIABILITIES, REPORT_CHANNELS, REPORT_CLASSES, REPORT_KINDS, REPORT_SUBJECTS } from '../domain/visit.ts';
import { agreementStanding, agreementStatement } from './agreements.ts';
import { cardWords } from './card-words.ts';
import { day, done, fieldValue, fieldValues, instant, longText, page, shortText, year } from './common.ts';
import { customerNumber } from './customers.ts';
import { operation } from './operation.ts';
import { dailyReportState, factProposal, reportNumber } from './visits.ts';

const DESK = ['keeper', 'supervisor'] as const;
const kind = z.enum(REPORT_KINDS);
const month = z.string().regex(/^\d{4}-\d{2}$/);

export const informationRow = z.strictObject({
  number: reportNumber,
  kind,
  customer: customerNumber.nullable(),
  customerName: cardWords,
  reporterId: z.int(),
  reporter: z.string(),
  reportedAt: instant,
  channel: z.enum(REPORT_CHANNELS),
  subject: z.enum(REPORT_SUBJECTS),
  /** Month of a periodic report, else empty. */
  period: z.string(),
  facts: z.string(),
  reliability: z.enum(RELIABILITIES).nullable(),
  state: z.enum(['waiting', 'acknowledged', 'closed']),
  /** Past the time by which it must have been acknowledged. */
  late: z.boolean(),
  acknowledgeBy: instant.nullable(),
  acknowledger: z.string(),
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: z.string(),
});
export const informationReport = informationRow.extend({
  values: fieldValues,
  acknowledgement: z.string(),
  handling: z.string(),
  closedOn: day.nullable(),
  outcome: z.string(),
  recordedAt: instant,
  recordedBy: z.string(),
  openFacts: z.int(),
  /** People whom it is still to be passed on to. */
  toTell: z.int(),
  revision: z.int(),
});
export type InformationReport = z.infer<typeof informationReport>;

export const reportProcedure = z.strictObject({
  kind,
  reporter: shortText,
  channels: z.array(z.enum(REPORT_CHANNELS)).min(1).max(3),
  acknowledgeHours: z.int().min(1).max(2_000).nullable(),
  acknowledger: shortText,
});

export const proposedFact = z.strictObject({
  id: z.int(),
  customer: customerNumber,
  customerName: cardWords,
  customerKind: z.enum(['enterprise', 'individual']),
  source: z.strictObject({ kind: z.enum(['visit', 'information']), number: reportNumber }),
  field: z.string(),
  mode: z.enum(['set', 'add']),
  value: fieldValue,
  /** What stands on the card now. */
  present: fieldValue,
  note: z.string(),
  state: z.enum(['open', 'accepted', 'refused']),
  proposedAt: instant,
  proposedBy: z.string(),
  decidedAt: instant.nullable(),
  decidedBy: z.string(),
  reason: z.string(),
});

/** Who owes reports and when (V1), information reports with their procedures (V3), facts proposed for cards (V2). */
export const reportingOperations = {
  'workingDays.get': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'workingDays.get', when: 'never' },
    summary: "A year's holidays and make-up working days, and which weekdays are free.",
    input: z.strictObject({ year }),
    output: z.strictObject({
      weekend: z.array(z.int()),
      exceptions: z.array(z.strictObject({ day, working: z.boolean(), name: z.string() })),
    }),
  }),
  'workingDays.set': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: DESK,
    changes: ['visits', 'settings'],
    audit: { type: 'workingDays.set', when: 'always' },
    summary: 'Makes days holidays or working days, or gives them back to their weekday.',
    input: z.strictObject({
      days: z.array(day).min(1).max(366),
      /** Null: as the weekday says. */
      working: z.boolean().nullable(),
      name: z.string().max(60).default(''),
    }),
    output: done,
  }),
  'dailyReports.calendar': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'dailyReport.calendar', when: 'never' },
    summary: 'Missing and late daily reports per salesperson and day (V1).',
    input: z.strictObject({ from: day, to: day }),
    output: z.strictObject({
      days: z.array(z.strictObject({ day, working: z.boolean(), name: z.string() })),
      people: z.array(
        z.strictObject({
          staffId: z.int(),
          staff: z.string(),
          department: z.string(),
          days: z.array(
            z.strictObject({ day, state: dailyReportState, number: reportNumber.nullable(), visits: z.int() }),
          ),
          due: z.int(),
          handedIn: z.int(),
          late: z.int(),
          missing: z.int(),
          excused: z.int(),
        }),
      ),
    }),
  }),
  'reportingDuty.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'reportingDuty.list', when: 'never' },
    summary: 'Who owes a daily report, since when and until when, and the days excused.',
    input: z.strictObject({ from: day, to: day }),
    output: z.strictObject({
      duties: z.array(
        z.strictObject({
          staffId: z.int(),
          staff: z.string(),
          department: z.string(),
          from: day,
          until: day.nullable(),
          excused: z.array(z.strictObject({ day, reason: z.string() })),
        }),
      ),
    }),
  }),
  'reportingDuty.set': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: DESK,
    changes: ['visits'],
    audit: { type: 'reportingDuty.set', when: 'always' },
    summary: 'Puts somebody under the duty to report daily, ends it, or takes it back altogether.',
    input: z.strictObject({ staffId: z.int(), from: day.nullable(), until: day.nullable().default(null) }),
    output: done,
  }),
  'reportingDuty.excuse': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: DESK,
    changes: ['visits'],
    audit: { type: 'reportingDuty.excuse', when: 'always' },
    summary: 'Excuses somebody from days (leave, illness, training) with the reason; an empty reason takes it back.',
    input: z.strictObject({ staffId: z.int(), from: day, to: day, reason: z.string().max(200) }),
    output: done,
  }),

  'information.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'information.list', when: 'never' },
    summary: 'Information reports (V3): what waits to be acknowledged first, then newest first.',
    input: z.strictObject({
      kind: kind.optional(),
      state: z.enum(['all', 'waiting', 'open', 'closed']).default('all'),
      customer: customerNumber.optional(),
      text: z.string().max(200).default(''),
      ...page,
    }),
    output: z.strictObject({ reports: z.array(informationRow), total: z.int() }),
  }),
  'information.get': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'information.view', when: 'never' },
    summary: 'One information report.',
    input: z.strictObject({ number: reportNumber }),
    output: informationReport,
  }),
  'information.record': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['visits', 'customers'],
    audit: { type: 'information.record', when: 'always' },
    summary:
      'Writes down a routine, urgent or periodic report (V3); an oral one is not in the dossier until this is done.',
    input: z.strictObject({
      kind,
      customer: customerNumber.optional(),
      reporterId: z.int(),
      reportedAt: instant,
      channel: z.enum(REPORT_CHANNELS),
      subject: z.enum(REPORT_SUBJECTS),
      values: fieldValues,
      facts: z.array(factProposal).max(40).default([]),
    }),
    output: informationReport,
  }),
  'information.statement': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'information.statement', when: 'never' },
    summary: 'What a named person takes note of when acknowledging a report, and whether somebody has.',
    input: z.strictObject({ number: reportNumber, note: longText.default('') }),
    output: agreementStanding.extend({ statement: agreementStatement }),
  }),
  'information.acknowledge': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: DESK,
    changes: ['visits', 'agreements'],
    audit: { type: 'information.acknowledge', when: 'always' },
    summary:
      "A named person has taken note of a report and says what is to be done (V3); at the keeper's desk by an agreement to exactly this.",
    input: z.strictObject({ number: reportNumber, note: longText.default('') }),
    output: informationReport,
  }),
  'information.close': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['visits'],
    audit: { type: 'information.close', when: 'always' },
    summary: 'How a reported matter was handled, and with an outcome its end.',
    input: z.strictObject({
      number: reportNumber,
      handling: longText.default(''),
      /** Null: it goes on. */
      closedOn: day.nullable().default(null),
      outcome: longText.default(''),
    }),
    output: informationReport,
  }),
  'procedures.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'procedure.list', when: 'never' },
    summary:
      'The procedure of each kind of information report: who reports, by what way, who must acknowledge until when (V3).',
    input: z.strictObject({}),
    output: z.strictObject({ procedures: z.array(reportProcedure) }),
  }),
  'procedures.save': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: DESK,
    changes: ['visits', 'settings'],
    audit: { type: 'procedure.save', when: 'always' },
    summary: 'Changes the procedure of a kind of report; reports already written keep the deadline they have.',
    input: reportProcedure,
    output: done,
  }),
  'periodicReports.due': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'periodicReport.due', when: 'never' },
    summary: 'Customers whose periodic report of the period that ended last is still missing (§4.2).',
    input: z.strictObject({ ...page }),
    output: z.strictObject({
      due: z.array(
        z.strictObject({
          customer: customerNumber,
          customerName: cardWords,
          class: z.enum(REPORT_CLASSES),
          period: month,
          salesperson: z.string(),
        }),
      ),
      total: z.int(),
    }),
  }),
  'periodicReports.setClass': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: DESK,
    changes: ['visits'],
    audit: { type: 'periodicReport.setClass', when: 'always' },
    summary:
      'Names the class of customers (甲 half-yearly, 乙 quarterly, 丙 monthly); null gives them back to the default.',
    input: z.strictObject({
      customers: z.array(customerNumber).min(1).max(500),
      class: z.enum(REPORT_CLASSES).nullable(),
    }),
    output: done,
  }),

  'facts.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'fact.list', when: 'never' },
    summary: 'Facts proposed for cards from reports, with what stands on the card now (V2).',
    input: z.strictObject({
      state: z.enum(['open', 'decided', 'all']).default('open'),
      customer: customerNumber.optional(),
      source: reportNumber.optional(),
      ...page,
    }),
    output: z.strictObject({ facts: z.array(proposedFact), total: z.int() }),
  }),
  'facts.decide': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['visits', 'customers'],
    audit: { type: 'fact.decide', when: 'always' },
    summary: 'Accepts one proposed fact for its card, pointing to the report, or refuses it with the reason (V2).',
    input: z.strictObject({
      id: z.int(),
      accept: z.boolean(),
      /** Another value than was proposed; only when accepting. */
      value: fieldValue.optional(),
      reason: shortText.default(''),
    }),
    output: proposedFact,
  }),
};
