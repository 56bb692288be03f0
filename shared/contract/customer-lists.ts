import { z } from 'zod';
import { customerKind, day, fieldValues, instant, page } from './common.ts';
import { customerNumber, tier } from './customers.ts';
import { listFieldKey, listFilter, listGroup, listSum } from './lists.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor'] as const;

/** One line of the list of cards. */
export const customerRow = z.strictObject({
  number: customerNumber,
  kind: customerKind,
  name: z.string(),
  region: z.string(),
  tier,
  creditGrade: z.string(),
  phone: z.string(),
  contact: z.string(),
  completeness: z.int(),
  updatedAt: instant,
  reviewDue: day,
  late: z.boolean(),
  papers: z.int(),
  /** Values of the columns that were asked for beside these, by field; what the reader's role may not see is absent. */
  more: fieldValues,
});

/** Which cards a list shows. All of it must hold. */
export const customerQuery = {
  kind: customerKind.optional(),
  tier: tier.optional(),
  show: z.enum(['all', 'incomplete', 'stale', 'late', 'sealed']).default('all'),
  /** Any part of a name, pinyin, initials, number, phone. */
  text: z.string().max(200).default(''),
  /** Conditions on any field of the list's vocabulary. */
  filter: listFilter,
};

/** Cards that an act on many is about: these by number, or all that a list shows. */
export const customerSelection = z.union([
  z.strictObject({ numbers: z.array(customerNumber).min(1).max(5_000) }),
  z.strictObject({ query: z.strictObject(customerQuery) }),
]);

export const customerListOperations = {
  'customers.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'card.list', when: 'never' },
    summary: 'Cards in pages, filtered by any field, sorted, grouped, with chosen columns.',
    input: z.strictObject({
      ...customerQuery,
      sort: listFieldKey.default('number'),
      descending: z.boolean().default(false),
      /** Rows of one group stand together. */
      group: listFieldKey.optional(),
      columns: z.array(listFieldKey).max(60).default([]),
      /** `enough`: of many narrowed ones the first rows come before they are counted. */
      count: z.enum(['exact', 'enough']).default('exact'),
      ...page,
    }),
    output: z.strictObject({
      rows: z.array(customerRow),
      total: z.int(),
      /** There are more than `total`; `customers.totals` says how many. */
      more: z.boolean(),
    }),
  }),
  'customers.groups': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'card.groups', when: 'never' },
    summary: 'How many cards of a list have which value of a field.',
    input: z.strictObject({ ...customerQuery, group: listFieldKey }),
    output: z.strictObject({ groups: z.array(listGroup), total: z.int(), complete: z.boolean() }),
  }),
  'customers.totals': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'card.totals', when: 'never' },
    summary: 'How many cards a list has and the sums of numeric fields; amounts by currency.',
    input: z.strictObject({ ...customerQuery, fields: z.array(listFieldKey).max(20) }),
    output: z.strictObject({
      total: z.int(),
      sums: z.array(listSum),
      /** More cards contain the typed text than a list shows: those that are listed are the oldest, so many of them; null: all. */
      firstOnly: z.int().nullable(),
    }),
  }),
};
