import { z } from 'zod';
import { DEALING_KINDS } from '../domain/forms/dealing-forms.ts';
import { cardWords } from './card-words.ts';
import { customerKind, dossierClass, fieldValue, instant, page } from './common.ts';
import { referenceCode } from './dossiers.ts';
import { operation } from './operation.ts';

/**
 * What may have been done with a record of an import since: `changed`: it was changed · `holds`: papers, visits, orders … were put to it ·
 * `merged`: it went into another card · of visits too: `signed`: the report was reviewed · `filled`: the card was filled in after the
 * visit · `briefed`: the card's brief was taken.
 */
export const TOUCHES = ['changed', 'holds', 'merged', 'signed', 'filled', 'briefed'] as const;
export type Touch = (typeof TOUCHES)[number];

const DESK = ['keeper', 'supervisor', 'auditor'] as const;

export const refusedRow = z.strictObject({
  row: z.int(),
  field: z.string(),
  value: z.string(),
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

export const importReport = z.strictObject({
  rows: z.int(),
  imported: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  refused: z.array(refusedRow),
  refusedTotal: z.int(),
  dryRun: z.boolean(),
  unrecognised: z.array(z.string()),
  importId: z.int().nullable(),
  firstNumber: z.string().nullable(),
  lastNumber: z.string().nullable(),
});

/** One value of a card that a row would change. */
export const importDifference = z.strictObject({
  row: z.int(),
  number: z.string(),
  name: z.string(),
  /** Key of the form, or `control.tier`. */
  field: z.string(),
  from: fieldValue,
  to: fieldValue,
});
const customerImportReport = importReport.extend({
  differences: z.array(importDifference),
  differencesTotal: z.int(),
});

const mapping = z.array(z.string().max(60).nullable()).max(2_000);
/** Cells put right before the rows are judged. `row`: of the file · `column`: from 0. */
export const corrections = z
  .array(z.strictObject({ row: z.int(), column: z.int().min(0).max(2_000), value: z.string().max(20_000) }))
  .max(5_000)
  .default([]);
const tableChoice = {
  kind: customerKind.optional(),
  encoding: z.string().max(40).optional(),
  sheet: z.string().max(100).optional(),
};

/** Customers and papers in from tables. */
export const importOperations = {
  'imports.read': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'import.read', when: 'always' },
    summary: 'Reads a handed-over CSV or XLSX in a process of its own and proposes which column is which field.',
    input: z.strictObject({ upload: z.string().max(60), ...tableChoice }),
    output: z.strictObject({
      table: z.string(),
      format: z.enum(['csv', 'xlsx']),
      encoding: z.string().nullable(),
      sheets: z.array(z.string()),
      headings: z.array(z.string()),
      mapping,
      kind: customerKind,
      unrecognised: z.array(z.string()),
      rows: z.int(),
      preview: z.array(z.array(z.string())),
      /** The mapping is the one that was used for a table with the same headings before. */
      remembered: z.boolean(),
    }),
  }),
  'imports.rows': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'import.read', when: 'never' },
    summary: 'Whole rows of the table that has been read, to put a refused cell right beside its neighbours.',
    input: z.strictObject({ table: z.string().max(60), rows: z.array(z.int()).min(1).max(200) }),
    output: z.strictObject({ rows: z.array(z.strictObject({ row: z.int(), cells: z.array(z.string()) })) }),
  }),
  'imports.apply': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['customers', 'imports'],
    audit: { type: 'import', when: 'always' },
    summary:
      'Tries the rows (dry run) or brings them in, all or nothing unless valid rows alone are accepted; the same file twice changes nothing.',
    input: z.strictObject({
      table: z.string().max(60),
      kind: customerKind.optional(),
      mapping: mapping.optional(),
      dryRun: z.boolean().default(false),
      acceptValid: z.boolean().default(false),
      corrections,
      /** Values of existing cards that stay as they are. */
      leave: z
        .array(z.strictObject({ row: z.int(), field: z.string().max(120) }))
        .max(20_000)
        .default([]),
      /** Existing cards stay as they are; only new ones come in. */
      leaveExisting: z.boolean().default(false),
      /** Fields of existing cards that no row changes. */
      leaveFields: z.array(z.string().max(120)).max(500).default([]),
    }),
    output: customerImportReport,
  }),
  'imports.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'import.list', when: 'never' },
    summary: 'Earlier imports.',
    input: z.strictObject({ ...page }),
    output: z.strictObject({
      imports: z.array(
        z.strictObject({
          id: z.int(),
          at: instant,
          by: z.string(),
          file: z.string(),
          imported: z.int(),
          updated: z.int(),
          refused: z.int(),
          /** What it brought in. */
          kind: z.enum(['customers', ...DEALING_KINDS, 'visits']),
          takenBackAt: instant.nullable(),
          mayTakeBack: z.boolean(),
          /** A record that something was done with since: why it may not be taken back. */
          touched: z.strictObject({ number: z.string(), name: cardWords, why: z.enum(TOUCHES) }).nullable(),
        }),
      ),
      total: z.int(),
    }),
  }),
  'imports.takeBack': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['customers', 'imports', 'dealings', 'dossiers', 'visits'],
    audit: { type: 'import.takeBack', when: 'always' },
    summary:
      'Takes a whole import back until something was done with one of its records, which is then named; numbers of new cards and daily reports stay void (C1), what it changed is as it was.',
    input: z.strictObject({ importId: z.int() }),
    output: z.strictObject({ cards: z.int(), records: z.int() }),
  }),
  'filing.scanNames': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'filing.read', when: 'never' },
    summary: 'Names of the scan files that a manifest asks for.',
    input: z.strictObject({
      upload: z.string().max(60),
      encoding: z.string().max(40).optional(),
      sheet: z.string().max(100).optional(),
    }),
    output: z.strictObject({ names: z.array(z.string()), rows: z.int() }),
  }),
  'filing.apply': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dossiers', 'scans', 'customers'],
    audit: { type: 'filing', when: 'always' },
    summary:
      'Files papers and their scans from a manifest (CSV or XLSX); all or nothing unless valid rows alone are accepted.',
    input: z.strictObject({
      upload: z.string().max(60),
      encoding: z.string().max(40).optional(),
      sheet: z.string().max(100).optional(),
      scans: z
        .array(z.strictObject({ name: z.string().max(400), upload: z.string().max(60) }))
        .max(5_000)
        .default([]),
      dryRun: z.boolean().default(false),
      acceptValid: z.boolean().default(false),
    }),
    output: z.strictObject({
      filed: z.int(),
      refused: z.array(refusedRow),
      dryRun: z.boolean(),
      papers: z.array(
        z.strictObject({ code: referenceCode, customer: z.string(), class: dossierClass, title: z.string() }),
      ),
    }),
  }),
};
