import { z } from 'zod';
import { SUPPLEMENT_KINDS } from '../domain/supplements.ts';
import { day, instant, sha256, shortText } from './common.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;

export const supplement = z.strictObject({
  number: z.int(),
  kind: z.enum(SUPPLEMENT_KINDS),
  /** Code of the bound paper that it is about; empty: the volume as a whole. */
  paper: z.string(),
  /** Code of the paper that is added. */
  added: z.string(),
  text: z.string(),
  reason: z.string(),
  at: instant,
  by: z.string(),
  sha256,
});
export type Supplement = z.infer<typeof supplement>;

/** What is said of a fixed volume after it was closed (Y2): lines of its notes sheet, never changed. */
export const supplementOperations = {
  'volumes.notes': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'volume.notes', when: 'never' },
    summary: 'The notes sheet (備考表) of a fixed volume: what was noted at closing, and every supplement since.',
    input: z.strictObject({ id: z.int() }),
    output: z.strictObject({
      code: z.string(),
      title: z.string(),
      closing: z.array(z.strictObject({ date: day, text: z.string(), by: z.string() })),
      supplements: z.array(supplement),
    }),
  }),
  'volumes.supplement': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['volumes', 'dossiers'],
    audit: { type: 'volume.supplement', when: 'always' },
    summary:
      'Records a correction, an addition, a loss or a remark about a fixed volume or one of its papers; the volume itself stays as it is (Y2).',
    input: z.strictObject({
      id: z.int(),
      kind: z.enum(SUPPLEMENT_KINDS),
      paper: z.string().max(60).default(''),
      added: z.string().max(60).default(''),
      text: shortText.min(1),
      reason: shortText.min(1),
    }),
    output: supplement,
  }),
};
