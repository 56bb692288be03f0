import { z } from 'zod';
import { instant, shortText } from './common.ts';
import { operation } from './operation.ts';

const stretch = { from: instant, to: instant, forms: z.array(z.string()) };

/** Days without the machine: what was done by hand is keyed in under its numbers, and the silence of the log is explained. */
export const outageOperations = {
  'outages.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor', 'auditor'],
    audit: { type: 'outage.list', when: 'never' },
    summary:
      'Times in which the log is silent although forms were filled in by hand: those still to be explained, and the explanations in the log.',
    input: z.strictObject({}),
    output: z.strictObject({
      /** From the last entry before to the first after, with the forms keyed in for that time. */
      gaps: z.array(z.strictObject(stretch)),
      explained: z.array(z.strictObject({ ...stretch, seq: z.int(), at: instant, by: z.string(), reason: z.string() })),
    }),
  }),
  'outages.explain': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['loans', 'duties'],
    audit: { type: 'outage.explain', when: 'always' },
    summary:
      'Says in the log why it is silent from one time to another, with the numbers of the forms that were filled in by hand meanwhile. Refused where the log is not silent.',
    input: z.strictObject({ from: instant, to: instant, reason: shortText.min(1) }),
    output: z.strictObject(stretch),
  }),
};
