import { z } from 'zod';
import { day, done, nothing } from './common.ts';
import { currency } from './dealings.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;

/** Exchange rates: amounts in several currencies are added up in the base currency, where a rate is known. */
export const rateOperations = {
  'rates.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'rate.list', when: 'never' },
    summary: 'The base currency and the exchange rates by which other currencies are added to it.',
    input: nothing,
    output: z.strictObject({
      base: currency,
      rates: z.array(z.strictObject({ currency, from: day, rate: z.string() })),
    }),
  }),
  'rates.save': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dealings', 'settings'],
    audit: { type: 'rate.save', when: 'always' },
    summary: 'Sets an exchange rate from a day on, or the base currency.',
    input: z.strictObject({
      base: currency.optional(),
      /** Units of the base currency for one unit, to six decimal places: `7.1832`. Empty strikes the rate out. */
      rate: z.strictObject({ currency, from: day, rate: z.string().regex(/^(\d{1,9}(\.\d{1,6})?)?$/) }).optional(),
    }),
    output: done,
  }),
};
