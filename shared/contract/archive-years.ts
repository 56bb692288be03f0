import { z } from 'zod';
import { ARRANGEMENTS, CLEANING_KINDS } from '../domain/archive-year.ts';
import { SPINE_WIDTHS_MM } from '../domain/binding.ts';
import { cardWords } from './card-words.ts';
import { day, dossierClass, instant, longText, page, shortText, year } from './common.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;

const arrangement = {
  arrangement: z.enum(ARRANGEMENTS),
  /** Widest spine that the volumes of the year may have. */
  maxMillimetres: z.int().refine((value) => SPINE_WIDTHS_MM.some((width) => width === value)),
  /** Thickness of a sheet, in thousandths of a millimetre. */
  sheetMicrometres: z.int().min(30).max(1_000),
  doubleSided: z.boolean(),
  /** Who checks (檢查人): stands on the notes sheet. */
  checkedBy: shortText,
};

/** `clean` 清理 · `arrange` 擬卷 · `bind` 裝訂 · `print` 列印 · `closed` 已結束: where the work goes on. */
export const yearStep = z.enum(['clean', 'arrange', 'bind', 'print', 'closed']);

export const archiveYear = z.strictObject({
  year,
  /** Null while nobody has opened the job. */
  openedAt: instant.nullable(),
  openedBy: z.string(),
  step: yearStep,
  ...arrangement,
  arrangedAt: instant.nullable(),
  closedAt: instant.nullable(),
  closedBy: z.string(),
  closingNote: z.string(),
  papers: z.int(),
  bound: z.int(),
  /** Loose papers that would be bound now, and those that go on in the current dossier. */
  loose: z.int(),
  lent: z.int(),
  carried: z.int(),
  findings: z.strictObject({ open: z.int(), explained: z.int(), settled: z.int() }),
  kinds: z.array(z.strictObject({ kind: z.enum(CLEANING_KINDS), open: z.int(), explained: z.int(), settled: z.int() })),
});
export type ArchiveYear = z.infer<typeof archiveYear>;

export const yearFinding = z.strictObject({
  key: z.string(),
  kind: z.enum(CLEANING_KINDS),
  class: dossierClass,
  subject: z.string(),
  customer: z.string(),
  title: cardWords,
  detail: z.string(),
  state: z.enum(['open', 'explained', 'settled']),
  reason: z.string(),
  at: instant.nullable(),
  by: z.string(),
});

const keys = z.array(z.string().min(1).max(200)).max(500);

/** The archive year (Y1) as one job that can be left and taken up again. */
export const archiveYearOperations = {
  'archiveYears.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'archiveYear.list', when: 'never' },
    summary: 'The years that hold papers, how many of them are bound, and whether their job is open or closed.',
    input: z.strictObject({}),
    output: z.strictObject({
      years: z.array(
        z.strictObject({
          year,
          papers: z.int(),
          bound: z.int(),
          state: z.enum(['untouched', 'open', 'closed']),
        }),
      ),
      /** The year that is due: the eldest past one with papers that are not bound. */
      due: year.nullable(),
    }),
  }),
  'archiveYears.get': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'archiveYear.view', when: 'never' },
    summary: 'The job of a year: where it stands, its arrangement, and its findings by kind (Y1).',
    input: z.strictObject({ year }),
    output: archiveYear,
  }),
  'archiveYears.findings': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'archiveYear.findings', when: 'never' },
    summary: 'The cleaning list of a year: what is open, explained or settled.',
    input: z.strictObject({
      year,
      kind: z.enum(CLEANING_KINDS).optional(),
      class: dossierClass.optional(),
      state: z.enum(['open', 'explained', 'settled', 'all']).default('all'),
      ...page,
    }),
    output: z.strictObject({ findings: z.array(yearFinding), total: z.int() }),
  }),
  'archiveYears.open': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['volumes'],
    audit: { type: 'archiveYear.open', when: 'always' },
    summary: 'Opens the job of a year and keeps what its cleaning finds.',
    input: z.strictObject({ year }),
    output: archiveYear,
  }),
  'archiveYears.explain': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['volumes'],
    audit: { type: 'archiveYear.explain', when: 'always' },
    summary:
      'Says why findings stay as they are: those named, or all open ones of a kind and class. The reason is printed on the notes sheet.',
    input: z.strictObject({
      year,
      keys: keys.default([]),
      kind: z.enum(CLEANING_KINDS).optional(),
      class: dossierClass.optional(),
      reason: shortText.min(1),
    }),
    output: z.strictObject({ explained: z.int() }),
  }),
  'archiveYears.reopen': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['volumes'],
    audit: { type: 'archiveYear.reopen', when: 'always' },
    summary: 'Takes explanations back: the findings are open again.',
    input: z.strictObject({ year, keys: keys.min(1) }),
    output: z.strictObject({ reopened: z.int() }),
  }),
  'archiveYears.arrange': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['volumes'],
    audit: { type: 'archiveYear.arrange', when: 'always' },
    summary: 'Decides how the volumes of a year are arranged and how thick they may grow.',
    input: z.strictObject({
      year,
      arrangement: arrangement.arrangement.optional(),
      maxMillimetres: arrangement.maxMillimetres.optional(),
      sheetMicrometres: arrangement.sheetMicrometres.optional(),
      doubleSided: arrangement.doubleSided.optional(),
      checkedBy: arrangement.checkedBy.optional(),
      /** The proposal has been looked at and is accepted. */
      accept: z.boolean().default(false),
    }),
    output: archiveYear,
  }),
  'archiveYears.lasting': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'archiveYear.lasting', when: 'never' },
    summary: 'Basic papers of a year, and whether each is carried forward or bound (Y1).',
    input: z.strictObject({ year, ...page }),
    output: z.strictObject({
      papers: z.array(
        z.strictObject({
          code: z.string(),
          customer: z.string(),
          customerName: cardWords,
          type: z.string(),
          title: cardWords,
          validUntil: day.nullable(),
          carried: z.boolean(),
          /** Why the keeper decided otherwise than the rule; empty: by the rule. */
          reason: z.string(),
        }),
      ),
      total: z.int(),
      carried: z.int(),
    }),
  }),
  'archiveYears.carry': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['volumes'],
    audit: { type: 'archiveYear.carry', when: 'always' },
    summary: 'Decides otherwise than the rule whether a basic paper is carried forward or bound, with the reason.',
    input: z.strictObject({ year, code: z.string().min(1).max(60), carry: z.boolean(), reason: shortText.min(1) }),
    output: z.strictObject({ code: z.string(), carry: z.boolean() }),
  }),
  'archiveYears.close': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['volumes'],
    audit: { type: 'archiveYear.close', when: 'always' },
    summary: 'Ends the job of a year; papers that are still out need a note.',
    input: z.strictObject({ year, note: longText.default('') }),
    output: archiveYear,
  }),
};
