import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerCondition, CustomerFilter } from '../../electron/store/customer-list-filters.ts';
import {
  countCustomers,
  customerGroups,
  customerSums,
  listCustomers,
  pageOfCustomers,
} from '../../electron/store/customer-lists.ts';
import { namesQuery } from '../../electron/store/search-names.ts';
import type { Reader } from '../../electron/store/sql.ts';
import { customerListFields } from '../../shared/domain/lists/customer-list.ts';
import { explainedReader } from '../support/explained-reader.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';

/** How SQLite goes about what the list of cards asks: with a hundred thousand cards none of it may read every row. */

let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
});
afterAll(() => desk.close());

/** The steps of every statement that `ask` runs. */
function plan(ask: (sql: Reader) => unknown): string[] {
  const { reader, statements } = explainedReader(desk.archive.database.reader);
  ask(reader);
  const steps = statements.flatMap((one) => one.steps);
  expect(steps).not.toEqual([]);
  return steps;
}

const FILTERS: readonly Pick<CustomerFilter, 'show' | 'kind' | 'tier'>[] = [
  { show: 'all' },
  { show: 'all', kind: 'enterprise', tier: 'key' },
  { show: 'incomplete' },
  { show: 'stale', kind: 'individual' },
  { show: 'sealed' },
];
/** Every column that the list has of its own. */
const SORTS = [...customerListFields('keeper').values()]
  .filter(({ section }) => section === 'control')
  .map(({ key }) => key);
const today = '2026-01-05';

describe('the list of cards', () => {
  for (const sort of SORTS)
    for (const descending of [false, true])
      for (const filter of FILTERS)
        it(`${sort}${descending ? ' downwards' : ''}, ${Object.values(filter).join(' ')}: goes along the index of the order alone`, () => {
          const steps = plan((sql) =>
            listCustomers(sql, { ...filter, today }, { sort, descending, offset: 500, limit: 100 }),
          );
          const place = steps.slice(0, steps.indexOf('SCAN page'));
          expect(place.filter((step) => /customer/.test(step) && !/COVERING INDEX/.test(step))).toEqual([]);
          expect(place.filter((step) => /TEMP B-TREE/.test(step))).toEqual([]);
          expect(steps).toContain('SEARCH customer USING INTEGER PRIMARY KEY (rowid=?)');
        });

  for (const filter of [...FILTERS, { show: 'late' } as const])
    it(`${Object.values(filter).join(' ')}: nothing is counted, the number is kept`, () => {
      const steps = plan((sql) => countCustomers(sql, { ...filter, today }));
      expect(steps.filter((step) => !/^(?:SCAN|SEARCH) card_count/.test(step))).toEqual([]);
    });

  for (const show of ['incomplete', 'stale', 'late', 'sealed'] as const)
    it(`${show}, few of many: begins with those that fit`, () => {
      const order = { sort: 'name', descending: false, offset: 0, limit: 100, total: 10 };
      const steps = plan((sql) => listCustomers(sql, { show, today }, order));
      expect(steps.filter((step) => /^SCAN customer/.test(step))).toEqual([]);
    });

  it('narrowed to found cards reads those alone', () => {
    const filter: CustomerFilter = { show: 'all', today, ids: [1, 2, 3] };
    expect(
      plan((sql) => listCustomers(sql, filter, { sort: 'name', descending: false, offset: 0, limit: 100 })).filter(
        (step) => /^SCAN customer/.test(step),
      ),
    ).toEqual([]);
    expect(plan((sql) => countCustomers(sql, filter)).filter((step) => /^SCAN customer/.test(step))).toEqual([]);
  });
});

describe('the list of cards by any field', () => {
  const conditions = [
    { field: 'industry', type: 'option', is: 'is', values: ['machinery'] },
    { field: 'contacts.name', type: 'text', is: 'containsNot', values: ['王'] },
    { field: 'missingPapers', type: 'number', is: 'atLeast', values: [1] },
  ] as const;
  const filter: CustomerFilter = { show: 'all', today, conditions };
  /** Cards are read in the index of everything short or of a column's order, values in the range of their field; a row with its form only for the page. */
  const READS =
    /^(?:(?:SCAN|SEARCH) customer USING COVERING INDEX customer_listed|SEARCH (?:card_value|sorted|grouped|amount|currency) USING (?:PRIMARY KEY|COVERING INDEX card_value_ordered))/;
  const readsOf = (steps: readonly string[]) =>
    steps.filter((step) => /^(?:SCAN|SEARCH) (?!wanted|json_each)/.test(step));

  it('74 · filtered, sorted and grouped', () => {
    const steps = plan((sql) =>
      listCustomers(sql, filter, { sort: 'employees', descending: true, group: 'region', offset: 0, limit: 100 }),
    );
    expect(
      readsOf(steps).filter(
        (step) => !READS.test(step) && step !== 'SEARCH customer USING INTEGER PRIMARY KEY (rowid=?)',
      ),
    ).toEqual([]);
  });
  for (const [what, ask] of Object.entries<(sql: Reader) => unknown>({
    counted: (sql) => countCustomers(sql, filter),
    'in groups': (sql) => customerGroups(sql, filter, 'legalForm', 100),
    summed: (sql) => customerSums(sql, filter, 'annualTurnover'),
    'summed over a column': (sql) => customerSums(sql, filter, 'papers'),
  }))
    it(what, () => {
      const steps = readsOf(plan(ask));
      expect(steps.filter((step) => !READS.test(step) && !/COVERING INDEX customer_/.test(step))).toEqual([]);
    });
});

describe('the list of cards narrowed by a condition on one of its columns', () => {
  const narrowed = (condition: CustomerCondition): CustomerFilter => ({ show: 'all', today, conditions: [condition] });
  const page = { sort: 'name', descending: false, offset: 0, limit: 100 };
  const SOUGHT: Readonly<Record<string, readonly [CustomerCondition, RegExp]>> = {
    'one of some values': [
      { field: 'region', type: 'option', is: 'is', values: ['eastChina', 'northTaiwan'] },
      /^SEARCH customer USING COVERING INDEX customer_region \(region=\?\)/,
    ],
    'since a day': [
      { field: 'updatedAt', type: 'date', is: 'atLeast', values: ['2026-06-01'] },
      /^SEARCH customer USING COVERING INDEX customer_updated \(updated_at[<>]\?\)/,
    ],
    'at most a number': [
      { field: 'completeness', type: 'number', is: 'atMost', values: [50] },
      /^SEARCH customer USING COVERING INDEX customer_completeness \(completeness[<>]\?\)/,
    ],
    'a number that begins so': [
      { field: 'number', type: 'text', is: 'startsWith', values: ['000'] },
      /^SEARCH customer USING COVERING INDEX customer_by_number \(number>\? AND number<\?\)/,
    ],
    'a part of a name': [
      { field: 'name', type: 'text', is: 'contains', values: ['新竹'], inIndex: namesQuery('新竹') },
      /^SCAN search_index VIRTUAL TABLE/,
    ],
  };
  for (const [what, [condition, first]] of Object.entries(SOUGHT))
    it(`${what}: counted and listed along the index of the condition, no other card is looked at`, () => {
      for (const ask of [
        (sql: Reader) => countCustomers(sql, narrowed(condition)),
        (sql: Reader) => pageOfCustomers(sql, narrowed(condition), page),
      ]) {
        const steps = plan(ask);
        expect(steps).toContainEqual(expect.stringMatching(first));
        expect(steps.filter((step) => /^SCAN customer/.test(step))).toEqual([]);
      }
    });

  it('not one of some values: what is counted is its opposite', () => {
    const condition = { field: 'region', type: 'option', is: 'isNot', values: ['eastChina'] } as const;
    const steps = plan((sql) => countCustomers(sql, narrowed(condition)));
    expect(steps.filter((step) => /^SCAN customer/.test(step))).toEqual([]);
  });

  it('most cards fit: they are asked one after the other, and no set of all of them is made', () => {
    const condition = { field: 'updatedAt', type: 'date', is: 'atLeast', values: ['2026-06-01'] } as const;
    // 900,000 of a million.
    const steps = plan((sql) =>
      listCustomers({ ...sql, get: <T>() => ({ cards: 1_000_000, missing: 0 }) as T }, narrowed(condition), {
        ...page,
        total: 900_000,
      }),
    );
    expect(steps.filter((step) => /LIST SUBQUERY/.test(step))).toEqual([]);
  });
});

describe('the list of cards by a short field of the form', () => {
  const order = { sort: 'industry', descending: true, limit: 100 };
  const WHOLE = { show: 'all', today } as const;
  const VALUES = /^(?:SCAN|SEARCH) card_value USING COVERING INDEX card_value_ordered/;
  for (const [what, offset] of [
    ['its first rows', 0],
    ['a page in its middle', 400_000],
    ['its end', 999_900],
  ] as const)
    it(`${what}: walked along the index of the values, nothing is sorted, nor all cards looked at`, () => {
      const all = plan((sql) => listCustomers(sql, WHOLE, { ...order, offset, total: 1_000_000 }));
      const steps = all.slice(
        0,
        all.findIndex((step) => /wanted/.test(step)),
      );
      expect(steps.filter((step) => /TEMP B-TREE/.test(step))).toEqual([]);
      if (offset < 500_000) expect(steps).toContainEqual(expect.stringMatching(VALUES));
      const read = steps.filter((step) => /^(?:SCAN|SEARCH) (?!CONSTANT|json_each|customer USING)/.test(step));
      expect(
        read.filter((step) => !VALUES.test(step) && !/card_value (?:EXISTS )?USING PRIMARY KEY/.test(step)),
      ).toEqual([]);
    });

  it('narrowed by a value of one: counted along that index', () => {
    const conditions = [{ field: 'industry', type: 'option', is: 'is', values: ['machinery'] }] as const;
    const steps = plan((sql) => countCustomers(sql, { ...WHOLE, conditions }));
    expect(steps).toContain('SEARCH card_value USING COVERING INDEX card_value_ordered (field=? AND value=?)');
    expect(steps.filter((step) => /^SCAN customer/.test(step))).toEqual([]);
  });
});
