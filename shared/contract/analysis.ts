import { z } from 'zod';
import { ANALYSES, ANALYSIS_GROUPS } from '../domain/analysis.ts';
import { cardWords } from './card-words.ts';
import { directory, secret, sha256 } from './common.ts';
import { exportMatter, exportSeal, RECORD_FORMATS, sealedFor } from './exports.ts';
import { operation } from './operation.ts';

const month = z.string().regex(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/);
const money = z.int();

export const analysisQuery = {
  analysis: z.enum(ANALYSES),
  /** Left out: the analysis' usual one. */
  group: z.enum(ANALYSIS_GROUPS).optional(),
  from: month,
  to: month,
};

/** One line of a composition. Amounts are in minor units of the base currency. */
export const analysisRow = z.strictObject({
  /** Value of the classification, the customer's number, the product; null: not filled in; for `rest` empty. */
  value: z.string().nullable(),
  /** What it is called where the value does not say so: the customer's name. */
  name: cardWords,
  /** Everything that is not listed by itself. */
  rest: z.boolean(),
  /** Cards in this class (without sealed ones); of a product null. */
  customers: z.int().nullable(),
  amount: money,
  share: z.number(),
  /** What this line and all larger ones make up, in percent (§4.3): how far sales hang on a few. */
  cumulative: z.number(),
  former: money,
  /** Against the period before, in percent; null where there was nothing. */
  change: z.number().nullable(),
  /** Amounts of the years of the series. */
  series: z.array(money),
  /** Owed now, past its day, and credit limits; of credit analysis, else null. */
  owed: money.nullable(),
  overdue: money.nullable(),
  limit: money.nullable(),
});
export type AnalysisRow = z.infer<typeof analysisRow>;

export const analysisOutput = z.strictObject({
  analysis: z.enum(ANALYSES),
  group: z.enum(ANALYSIS_GROUPS),
  from: month,
  to: month,
  formerFrom: month,
  formerTo: month,
  currency: z.string(),
  years: z.array(z.int()),
  rows: z.array(analysisRow),
  total: analysisRow,
  /** Sold in the period in currencies without a rate: not counted in. */
  unconverted: z.array(z.strictObject({ currency: z.string(), amount: money })),
});
export type AnalysisOutput = z.infer<typeof analysisOutput>;

const wantedTable = { ...analysisQuery, format: z.enum(RECORD_FORMATS), sealedFor };

/** Composition analysis (客戶構成分析, A1–A4). */
export const analysisOperations = {
  'analysis.compose': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor', 'auditor'],
    audit: { type: 'analysis', when: 'always' },
    summary:
      'Composition of sales, products, regions or credit for a period, with the period before and a five-year series (A1–A4).',
    input: z.strictObject(analysisQuery),
    output: analysisOutput,
  }),
  'exports.analysisStatement': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    audit: { type: 'export.analysisStatement', when: 'never' },
    summary: 'What a supervisor has to agree to before this analysis leaves as a table, and whether one has to (R71).',
    input: z.strictObject(wantedTable),
    output: exportMatter,
  }),
  'exports.analysis': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['audit', 'agreements'],
    audit: { type: 'analysis.table', when: 'always' },
    summary:
      'Writes the composition as CSV or XLSX. Asks for the own secret again and, once there is a supervisor, for that agreement.',
    input: z.strictObject({ ...wantedTable, file: directory, secret, seal: exportSeal }),
    output: z.strictObject({ file: directory, rows: z.int(), bytes: z.int(), sha256 }),
  }),
};
