import { z } from 'zod';
import { cardWords } from './card-words.ts';
import { day, done, dossierClass, instant, page, shortText } from './common.ts';
import { customerNumber } from './customers.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;
const orderNumber = z.string().max(60);

export const ledgerLine = z.strictObject({
  number: customerNumber,
  name: cardWords,
  class: dossierClass,
  type: z.string(),
  exportOrder: orderNumber.nullable(),
  /** Why it is missing; `never`: it will not come, for the reason given. */
  reason: z.enum(['neverFiled', 'takenOut', 'superseded', 'expired', 'never']),
  since: day.nullable(),
  owedBy: z.string(),
  askedOn: day.nullable(),
  dueOn: day.nullable(),
  isLate: z.boolean(),
  note: z.string(),
  never: z
    .strictObject({
      state: z.enum(['mergedIntoLicence', 'notApplicable']),
      reason: z.string(),
      by: z.string(),
      at: instant,
    })
    .nullable(),
});

/** Missing papers over all customers (D4, D7): the ledger, and export orders against their four documents. */
export const gapOperations = {
  'gaps.ledger': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'gap.ledger', when: 'never' },
    summary: 'What is missing, who owes it, since when and by when, or why it will never come; of one customer or all.',
    input: z.strictObject({
      number: customerNumber.optional(),
      class: dossierClass.optional(),
      /** `open`: may still come · `late`: promised for a day that is past · `never`: merged into the licence or not applicable. */
      state: z.enum(['open', 'late', 'never', 'all']).default('open'),
      ...page,
    }),
    output: z.strictObject({
      lines: z.array(ledgerLine),
      total: z.int(),
      open: z.int(),
      late: z.int(),
      never: z.int(),
    }),
  }),
  'gaps.claim': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dossiers'],
    audit: { type: 'gap.claim', when: 'always' },
    summary: 'Notes who owes a missing paper, when it was asked for and by when it is promised.',
    input: z.strictObject({
      number: customerNumber,
      type: z.string().max(60),
      exportOrder: orderNumber.nullable().default(null),
      owedBy: shortText.min(1),
      /** Default: today. */
      askedOn: day.optional(),
      dueOn: day.nullable().default(null),
      note: shortText.default(''),
    }),
    output: done,
  }),
  'gaps.exportSets': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'gap.exportSets', when: 'never' },
    summary:
      'Every order of direct-export customers against its four documents: filed, not applicable, or missing (D4).',
    input: z.strictObject({ number: customerNumber.optional(), onlyIncomplete: z.boolean().default(false), ...page }),
    output: z.strictObject({
      types: z.array(z.string()),
      sets: z.array(
        z.strictObject({
          number: customerNumber,
          name: cardWords,
          orderNumber,
          date: day,
          /** In the order of `types`. */
          cells: z.array(
            z.strictObject({
              state: z.enum(['filed', 'waived', 'missing']),
              /** Code of the paper, or the reason why there need be none. */
              detail: z.string(),
            }),
          ),
          missing: z.int(),
        }),
      ),
      total: z.int(),
      incomplete: z.int(),
    }),
  }),
};
