import { z } from 'zod';
import { VISIT_COLUMNS } from '../domain/import/visit-rows.ts';
import { REPORTS_OF_A_SIGNATURE, VISIT_METHODS, VISIT_PURPOSES, VISIT_RESULTS } from '../domain/visit.ts';
import { agreementStanding, agreementStatement } from './agreements.ts';
import { cardWords } from './card-words.ts';
import { day, fieldIssue, fieldValue, fieldValues, instant, longText, page, shortText } from './common.ts';
import { customerNumber } from './customers.ts';
import { corrections, importReport } from './imports.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor'] as const;
const READERS = ['keeper', 'supervisor', 'accountManager', 'businessManager', 'customerService', 'executive'] as const;

export const reportNumber = z.string().min(1).max(40);
const method = z.enum(VISIT_METHODS);
const purpose = z.enum(VISIT_PURPOSES);
const result = z.enum(VISIT_RESULTS);
const mapping = z.array(z.enum(VISIT_COLUMNS).nullable()).max(2_000);

/** A fact noticed on a visit, proposed for the customer's card (V2): `set` a field, or `add` one entry to a list. */
export const factProposal = z.strictObject({
  field: z.string().min(1).max(60),
  mode: z.enum(['set', 'add']).default('set'),
  value: fieldValue,
  note: shortText.default(''),
  /** Accepted in the same step (V2): the card changes now, pointing to the report. */
  accept: z.boolean().default(false),
});

export const visit = z.strictObject({
  id: z.int(),
  customer: customerNumber,
  customerName: cardWords,
  staffId: z.int(),
  staff: z.string(),
  day,
  visitedAt: instant,
  endedAt: instant.nullable(),
  method: z.string(),
  purpose: z.string(),
  content: z.string(),
  result: z.string(),
  /** The rest of the form's line: person met, orders, collected, opinion … */
  details: fieldValues,
  /** The daily report it is a line of; null while it stands alone. */
  report: reportNumber.nullable(),
  /** C8: a brief was taken before it. */
  briefed: z.boolean(),
  recordedAt: instant,
});
export type Visit = z.infer<typeof visit>;

const line = z.strictObject({
  /** Of a visit that is recorded already. */
  id: z.int().optional(),
  customer: customerNumber,
  visitedAt: instant,
  endedAt: instant.nullable().default(null),
  method,
  purpose,
  content: z.string().min(1).max(20_000),
  result,
  details: fieldValues.default({}),
  facts: z.array(factProposal).max(40).default([]),
});

export const dailyReportState = z.enum(['handedIn', 'late', 'open', 'missing', 'excused', 'off', 'none']);

export const dailyReportRow = z.strictObject({
  number: reportNumber,
  staffId: z.int(),
  staff: z.string(),
  department: z.string(),
  day,
  dueAt: instant,
  handedInAt: instant.nullable(),
  state: dailyReportState,
  visits: z.int(),
  openFacts: z.int(),
  reviewedAt: instant.nullable(),
  reviewedBy: z.string(),
  revision: z.int(),
});

export const dailyReport = dailyReportRow.extend({
  values: fieldValues,
  receivedBy: z.string(),
  reviewComment: z.string(),
  recordedAt: instant,
  recordedBy: z.string(),
  lines: z.array(visit),
});
export type DailyReport = z.infer<typeof dailyReport>;

/** Visits and daily visit reports (V1, V2). */
export const visitOperations = {
  'visits.list': operation({
    kind: 'query',
    sessions: ['desk', 'lookup'],
    roles: READERS,
    audit: { type: 'visit.list', when: 'lookup' },
    summary: 'Visits to a customer, newest first (V2).',
    input: z.strictObject({ number: customerNumber, ...page }),
    output: z.strictObject({ visits: z.array(visit), total: z.int() }),
  }),
  'visits.record': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['visits', 'customers'],
    audit: { type: 'visit.record', when: 'always' },
    summary: "Records a visit in the customer's own archive (V2); the card then knows the visit's time (C4).",
    input: z.strictObject({
      number: customerNumber,
      visitedAt: instant,
      endedAt: instant.nullable().default(null),
      staffId: z.int(),
      method,
      purpose,
      content: z.string().min(1).max(20_000),
      result,
      details: fieldValues.default({}),
    }),
    output: z.strictObject({ id: z.int(), report: reportNumber.nullable() }),
  }),
  'visits.register': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'visit.register', when: 'never' },
    summary: 'The comprehensive archive (綜): visits of all customers by day and salesperson, newest day first (V2).',
    input: z.strictObject({
      from: day.optional(),
      to: day.optional(),
      staffId: z.int().optional(),
      purpose: purpose.optional(),
      result: result.optional(),
      /** Any part of a customer's name, pinyin, initials or number, or of what was said. */
      text: z.string().max(200).default(''),
      ...page,
    }),
    output: z.strictObject({ visits: z.array(visit), total: z.int() }),
  }),
  'dailyReports.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'dailyReport.list', when: 'never' },
    summary: 'Daily visit reports, newest day first.',
    input: z.strictObject({
      from: day.optional(),
      to: day.optional(),
      staffId: z.int().optional(),
      show: z.enum(['all', 'late', 'unreviewed', 'notHandedIn']).default('all'),
      ...page,
    }),
    output: z.strictObject({ reports: z.array(dailyReportRow), total: z.int() }),
  }),
  'dailyReports.get': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'dailyReport.view', when: 'never' },
    summary: 'One daily report with its visits.',
    input: z.strictObject({ number: reportNumber }),
    output: dailyReport,
  }),
  'dailyReports.open': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'dailyReport.open', when: 'never' },
    summary:
      "A salesperson's day as it is entered: its report if there is one, visits that stand alone, when it is due.",
    input: z.strictObject({ staffId: z.int(), day }),
    output: z.strictObject({
      report: dailyReport.nullable(),
      /** Recorded on cards and not yet in a report: the report takes them in. */
      loose: z.array(visit),
      dueAt: instant,
      state: dailyReportState,
      working: z.boolean(),
    }),
  }),
  'dailyReports.save': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['visits', 'customers'],
    audit: { type: 'dailyReport.save', when: 'always' },
    summary:
      "Writes a salesperson's report of a day with all its visits (V1); facts noticed are proposed for the cards or accepted at once (V2).",
    input: z.strictObject({
      staffId: z.int(),
      day,
      /** Of the report being corrected; left out for a new one. */
      revision: z.int().optional(),
      values: fieldValues.default({}),
      lines: z.array(line).max(60),
      /** When it was handed in; null while it is still being filled in. */
      handedInAt: instant.nullable().default(null),
    }),
    output: z.strictObject({
      number: reportNumber,
      revision: z.int(),
      state: dailyReportState,
      warnings: z.array(fieldIssue),
      /** Facts that wait to be accepted one by one. */
      openFacts: z.int(),
    }),
  }),
  'dailyReports.reviewStatement': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'dailyReport.reviewStatement', when: 'never' },
    summary: 'What the supervisor signs when reviewing a pile of daily reports (主管審閱), and whether somebody has.',
    input: z.strictObject({
      numbers: z.array(reportNumber).min(1).max(REPORTS_OF_A_SIGNATURE),
      comment: longText.default(''),
    }),
    output: agreementStanding.extend({ statement: agreementStatement }),
  }),
  'dailyReports.review': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: DESK,
    changes: ['visits', 'agreements'],
    audit: { type: 'dailyReport.review', when: 'always' },
    summary:
      "The supervisor's comment and signature on daily reports (主管審閱); at the keeper's desk by an agreement to exactly these reports.",
    input: z.strictObject({
      numbers: z.array(reportNumber).min(1).max(REPORTS_OF_A_SIGNATURE),
      comment: longText.default(''),
    }),
    output: z.strictObject({ reviewedBy: z.string(), reports: z.int() }),
  }),
  'dailyReports.versions': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'dailyReport.versions', when: 'never' },
    summary: 'What a corrected report said before, newest first.',
    input: z.strictObject({ number: reportNumber }),
    output: z.strictObject({
      versions: z.array(z.strictObject({ revision: z.int(), at: instant, by: z.string(), content: fieldValue })),
    }),
  }),
  'visits.readTable': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'visit.readTable', when: 'always' },
    summary:
      'Reads a handed-over CSV or XLSX of visits in a process of its own and says what each column is taken for.',
    input: z.strictObject({
      upload: z.string().max(60),
      encoding: z.string().max(40).optional(),
      sheet: z.string().max(100).optional(),
    }),
    output: z.strictObject({
      table: z.string(),
      file: z.string(),
      sheets: z.array(z.string()),
      headings: z.array(z.string()),
      mapping,
      unrecognised: z.array(z.string()),
      rows: z.int(),
      preview: z.array(z.array(z.string())),
    }),
  }),
  'visits.importTable': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['visits', 'customers', 'imports'],
    audit: { type: 'visit.import', when: 'always' },
    summary:
      'Tries the rows of a table of visits (dry run) or brings them in as daily reports; the same table twice changes nothing, and the whole can be taken back.',
    input: z.strictObject({
      table: z.string().max(60),
      /** Of rows that name neither. */
      staffId: z.int().optional(),
      day: day.optional(),
      mapping: mapping.optional(),
      corrections,
      dryRun: z.boolean().default(false),
      acceptValid: z.boolean().default(false),
    }),
    output: importReport
      .pick({
        rows: true,
        imported: true,
        unchanged: true,
        refused: true,
        refusedTotal: true,
        dryRun: true,
        unrecognised: true,
        importId: true,
      })
      .extend({ reports: z.array(reportNumber) }),
  }),
};
