import { z } from 'zod';
import { cardWords } from './card-words.ts';
import { instant, longText, nothing, page, shortText } from './common.ts';
import { customerNumber } from './customers.ts';
import { paperState, referenceCode } from './dossiers.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor'] as const;
const place = shortText.min(1);
/** What was scanned or typed: a paper's code, or a customer's number for the whole binder. */
const scanned = z.array(z.string().min(1).max(60)).max(5_000);

const stockPaper = z.strictObject({
  code: referenceCode,
  title: cardWords,
  customer: customerNumber,
  customerName: cardWords,
  place: z.string(),
  state: paperState,
});
const findings = {
  here: z.array(stockPaper),
  elsewhere: z.array(stockPaper),
  missing: z.array(stockPaper),
  unknown: z.array(z.string()),
};

export const stockCheck = z.strictObject({
  number: z.string(),
  place: z.string(),
  at: instant,
  by: z.string(),
  here: z.int(),
  elsewhere: z.int(),
  missing: z.int(),
  unknown: z.int(),
  moved: z.int(),
  note: z.string(),
});
export type StockCheck = z.infer<typeof stockCheck>;

/** Stock check of a place: is everything where the catalogue says (C10, D6)? */
export const stockCheckOperations = {
  'stockChecks.places': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'stock.places', when: 'never' },
    summary: 'Places with how many papers stand there, and when each was checked last.',
    input: nothing,
    output: z.strictObject({
      places: z.array(z.strictObject({ place: z.string(), papers: z.int(), lastCheck: instant.nullable() })),
    }),
  }),
  'stockChecks.compare': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'stock.compare', when: 'never' },
    summary: 'Compares what was scanned at a place with the catalogue: here, elsewhere, missing, unknown.',
    input: z.strictObject({ place, scanned }),
    output: z.strictObject(findings),
  }),
  'stockChecks.close': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dossiers'],
    audit: { type: 'stock.close', when: 'always' },
    summary:
      'Ends the check of a place: what was found is kept, and the papers named stand here from now on by the catalogue.',
    input: z.strictObject({
      place,
      scanned,
      moveHere: z.array(referenceCode).max(5_000).default([]),
      note: longText.default(''),
    }),
    output: stockCheck,
  }),
  'stockChecks.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'stock.list', when: 'never' },
    summary: 'Stock checks, newest first.',
    input: z.strictObject({ ...page }),
    output: z.strictObject({ checks: z.array(stockCheck), total: z.int() }),
  }),
};
