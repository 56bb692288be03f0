import { z } from 'zod';
import { PAPER_FIELDS_AT_ONCE, PAPERS_AT_ONCE } from '../domain/many-papers.ts';
import { shortText } from './common.ts';
import { referenceCode } from './dossiers.ts';
import { operation } from './operation.ts';

/** Several catalogue entries corrected in one act (151). */
export const manyPapersOperations = {
  'dossiers.changeMany': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dossiers'],
    audit: { type: 'paper.changeMany', when: 'always' },
    summary:
      'Corrects one field of several catalogue entries, each from what it was seen to say; only this field is touched, all or none. The same with both sides exchanged takes it back.',
    input: z.strictObject({
      field: z.enum(PAPER_FIELDS_AT_ONCE),
      changes: z
        .array(z.strictObject({ code: referenceCode, was: shortText, becomes: shortText }))
        .min(1)
        .max(PAPERS_AT_ONCE),
      reason: shortText.min(1),
    }),
    output: z.strictObject({ papers: z.int() }),
  }),
} as const;
