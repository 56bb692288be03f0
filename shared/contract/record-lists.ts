import { z } from 'zod';
import { LIST_FIELD_TYPES } from '../domain/lists/list-query.ts';
import { RECORD_LIST_NAMES } from '../domain/lists/record-lists.ts';
import { page } from './common.ts';
import { listFieldKey, listFilter, listGroup, listSum } from './lists.ts';
import { operation } from './operation.ts';

/** The auditor reads the lists that name no customer (`mayReadList`). */
const DESK = ['keeper', 'supervisor', 'auditor'] as const;

export const recordListName = z.enum(RECORD_LIST_NAMES);

/** Which records a list shows. All of it must hold. */
export const recordQuery = {
  list: recordListName,
  /** Any part of what the list is searched by, or of the customer's name, number, pinyin or initials. */
  text: z.string().max(200).default(''),
  filter: listFilter,
};

/** One line of a list: what it is called, its customer, and the values of the fields that were asked for. Amounts in whole units. */
export const recordRow = z.strictObject({
  key: z.string(),
  customer: z.string().nullable(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});

/** Every list of the desk but the list of cards: one way to filter, sort, group, count and read them. */
export const recordListOperations = {
  'lists.fields': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'list.fields', when: 'never' },
    summary: 'The fields of a list: by what it is filtered, sorted and grouped, and what can stand in its columns.',
    input: z.strictObject({ list: recordListName }),
    output: z.strictObject({
      fields: z.array(
        z.strictObject({
          key: listFieldKey,
          type: z.enum(LIST_FIELD_TYPES),
          options: z.array(z.string()),
          usual: z.boolean(),
        }),
      ),
    }),
  }),
  'lists.rows': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'list.rows', when: 'never' },
    summary:
      'A list in pages (papers, loans, visits, orders …): filtered by any field, sorted, grouped, with chosen columns.',
    input: z.strictObject({
      ...recordQuery,
      /** Default: the order of the list itself. */
      sort: listFieldKey.optional(),
      descending: z.boolean().optional(),
      /** Rows of one group stand together. */
      group: listFieldKey.optional(),
      /** Default: the usual columns of the list. */
      columns: z.array(listFieldKey).max(60).default([]),
      /** `enough`: of many narrowed ones the first rows come before they are counted. */
      count: z.enum(['exact', 'enough']).default('exact'),
      ...page,
    }),
    output: z.strictObject({
      rows: z.array(recordRow),
      total: z.int(),
      /** There are more than `total`; `lists.totals` says how many. */
      more: z.boolean(),
    }),
  }),
  'lists.groups': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'list.groups', when: 'never' },
    summary: 'How many records of a list have which value of a field; dates by day.',
    input: z.strictObject({ ...recordQuery, group: listFieldKey }),
    output: z.strictObject({ groups: z.array(listGroup), total: z.int(), complete: z.boolean() }),
  }),
  'lists.totals': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'list.totals', when: 'never' },
    summary: 'How many records a list has and the sums of numeric fields; amounts by currency.',
    input: z.strictObject({ ...recordQuery, fields: z.array(listFieldKey).max(20) }),
    output: z.strictObject({
      total: z.int(),
      sums: z.array(listSum),
      /** The typed text was found more often than a list shows: what is listed was found first, so many of each kind; null: all. */
      firstOnly: z.int().nullable(),
    }),
  }),
};
