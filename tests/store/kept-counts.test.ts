import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storedRecords } from '../../electron/services/listed-records.ts';
import type { CustomerFilter } from '../../electron/store/customer-list-filters.ts';
import { countCustomers, listCustomers } from '../../electron/store/customer-lists.ts';
import { deskCounts } from '../../electron/store/desk-counts.ts';
import type { RecordFilter } from '../../electron/store/record-lists/record-lists.ts';
import { countScope } from '../../electron/store/revisions.ts';
import { customerListFields } from '../../shared/domain/lists/customer-list.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';

/** What is kept count of equals the recount after whatever happens to the rows, and a list reached from its end is the list. */

let desk: TestArchive;
const listed = (filter: RecordFilter) =>
  storedRecords(desk.archive.database.writer, filter, () => Promise.resolve(), {
    find: (_what, find) => find(),
    has: () => false,
  });
beforeAll(async () => {
  desk = await openTestArchive();
});
afterAll(() => desk.close());

const DAYS = ['2026-01-01', '2026-02-01', '2027-01-01'] as const;
const TODAY = '2026-01-15';
const card = fc.record({
  kind: fc.constantFrom('enterprise', 'individual'),
  tier: fc.constantFrom('key', 'special', 'general'),
  status: fc.constantFrom('inPreparation', 'active', 'suspended', 'sealed'),
  completeness: fc.constantFrom(40, 99, 100),
  late: fc.constantFrom(0, 1),
  missing_papers: fc.nat({ max: 4 }),
  review_due: fc.constantFrom(...DAYS),
  region: fc.constantFrom('', '北臺灣', '華東'),
  name: fc.constantFrom('甲', '乙', '丙', 'Fox'),
});
type Card = typeof card extends fc.Arbitrary<infer T> ? T : never;
const act = fc.oneof(
  { weight: 4, arbitrary: card.map((row) => ({ act: 'add' as const, row })) },
  { weight: 3, arbitrary: fc.tuple(fc.nat(), card).map(([at, row]) => ({ act: 'change' as const, at, row })) },
  { weight: 1, arbitrary: fc.nat().map((at) => ({ act: 'remove' as const, at })) },
);
const FILTERS: readonly CustomerFilter[] = (['all', 'incomplete', 'stale', 'late', 'sealed'] as const).flatMap(
  (show) => [
    { show, today: TODAY },
    { show, today: TODAY, kind: 'enterprise' },
    { show, today: TODAY, kind: 'individual', tier: 'key' },
  ],
);

/** Does to the archive's cards what was drawn, looks, and takes it back. */
function during(acts: readonly (typeof act extends fc.Arbitrary<infer T> ? T : never)[], look: () => void): void {
  const { database } = desk.archive;
  const sql = database.writer;
  database.begin();
  try {
    const ids: number[] = [];
    let number = 0;
    const columns = (row: Card) => ({ ...row, at: '2026-01-01T00:00:00.000Z' });
    for (const step of acts) {
      if (step.act === 'add') {
        number += 1;
        const { lastInsertRowid } = sql.run(
          `INSERT INTO customer (number, kind, tier, status, completeness, late, missing_papers, review_due, region, name, created_at, created_by, updated_at,
             updated_by, reviewed_on, field_values) VALUES ('K' || ${number}, :kind, :tier, :status, :completeness, :late, :missing_papers, :review_due, :region, :name,
             :at, '', :at, '', '', '{}')`,
          columns(step.row),
        );
        ids.push(Number(lastInsertRowid));
      } else if (ids.length > 0) {
        const id = ids[step.at % ids.length] ?? 0;
        if (step.act === 'change')
          sql.run(
            `UPDATE customer SET kind = :kind, tier = :tier, status = :status, completeness = :completeness, late = :late, missing_papers = :missing_papers,
               review_due = :review_due, region = :region, name = :name, updated_at = :at WHERE id = ${id}`,
            columns(step.row),
          );
        else {
          sql.run('DELETE FROM customer WHERE id = ?', id);
          ids.splice(ids.indexOf(id), 1);
        }
      }
    }
    look();
  } finally {
    database.rollback();
  }
}

describe('kept counts', () => {
  it('of cards equal the recount, after whatever was added, changed and removed', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        during(acts, () => {
          const sql = desk.archive.database.writer;
          for (const filter of FILTERS) {
            const { kind, tier, show } = filter;
            const conditions = [
              kind === undefined ? '1' : `kind = '${kind}'`,
              tier === undefined ? '1' : `tier = '${tier}'`,
              show === 'sealed' ? "status = 'sealed'" : "status <> 'sealed'",
              {
                all: '1',
                sealed: '1',
                incomplete: 'completeness < 100',
                late: 'late = 1',
                stale: `review_due < '${TODAY}'`,
              }[show],
            ];
            const recount = sql.get<{ n: number }>(
              `SELECT count(*) AS n FROM customer WHERE ${conditions.join(' AND ')}`,
            );
            expect(countCustomers(sql, filter)).toBe(recount?.n);
          }
          const whole = sql.get<{ n: number; missing: number }>(
            'SELECT count(*) AS n, coalesce(sum(missing_papers), 0) AS missing FROM customer',
          );
          for (const [dueBy, today] of [
            [null, TODAY],
            [TODAY, TODAY],
            [DAYS[1], DAYS[1]],
          ] as const) {
            const scope = { kinds: ['enterprise', 'individual'], tiers: ['key', 'general'], dueBy };
            const taken = sql.get<{ cards: number; stale: number }>(
              `SELECT count(*) AS cards, coalesce(sum(review_due < '${today}'), 0) AS stale FROM customer
               WHERE status <> 'sealed' AND tier <> 'special' AND review_due <= '${dueBy ?? '9999'}'`,
            );
            expect(countScope(sql, scope, today)).toEqual(taken);
          }
          expect(deskCounts(sql)).toMatchObject({ customers: whole?.n, missingPapers: whole?.missing });
          expect(sql.all('SELECT * FROM card_count WHERE cards < 1')).toEqual([]);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('of tables that whole lists show equal the recount', async () => {
    const { database } = desk.archive;
    const sql = database.writer;
    database.begin();
    try {
      const staff = Number(sql.run("INSERT INTO staff (name) VALUES ('王')").lastInsertRowid);
      const add = (day: string) =>
        sql.run(
          `INSERT INTO visit (customer_id, staff_id, visited_at, method, purpose, content, result, recorded_at, recorded_by, day)
           VALUES (0, ${staff}, ?, '', '', '', '', '', '', '')`,
          day,
        );
      sql.run(
        `INSERT INTO customer (id, number, kind, tier, status, completeness, review_due, name, created_at, created_by, updated_at, updated_by, reviewed_on, field_values)
         VALUES (0, 'K0', 'enterprise', 'key', 'active', 1, '', '', '', '', '', '', '', '{}')`,
      );
      for (let day = 10; day < 31; day += 1) add(`2026-01-${day}`);
      sql.run("DELETE FROM visit WHERE visited_at = '2026-01-17'");
      const filter = { list: 'visits', today: TODAY, conditions: [] } as const;
      expect(await listed(filter).count()).toBe(20);
      const order = { sort: 'visitedAt', descending: true };
      const all = await listed(filter).ids(order, 0, 100);
      expect(all).toHaveLength(20);
      // From its end on, over the end, and where there is nothing any more.
      for (const [offset, limit] of [
        [0, 5],
        [9, 3],
        [11, 5],
        [17, 100],
        [19, 1],
        [20, 5],
        [40, 5],
      ] as const)
        expect(await listed(filter).ids(order, offset, limit)).toEqual(all.slice(offset, offset + limit));
    } finally {
      database.rollback();
    }
  });

  it('visits in the order of a column of their cards: all of them, customers of one name apart, from either end', async () => {
    const { database } = desk.archive;
    const sql = database.writer;
    database.begin();
    try {
      const staff = Number(sql.run("INSERT INTO staff (name) VALUES ('王')").lastInsertRowid);
      const cards = ['乙', '甲', '乙', '丙', ''].map((name, at) => {
        sql.run(
          `INSERT INTO customer (id, number, kind, tier, status, completeness, review_due, name, created_at, created_by, updated_at, updated_by, reviewed_on, field_values)
           VALUES (?, 'K' || ?, 'enterprise', 'key', 'active', 1, '', ?, '', '', '', '', '', '{}')`,
          at + 1,
          at + 1,
          name,
        );
        return { id: at + 1, name };
      });
      const visits = Array.from({ length: 40 }, (_, at) => {
        const card = cards[(at * 7) % 4] ?? { id: 1, name: '' };
        const { lastInsertRowid } = sql.run(
          `INSERT INTO visit (customer_id, staff_id, visited_at, method, purpose, content, result, recorded_at, recorded_by, day)
           VALUES (?, ${staff}, ?, '', '', '', '', '', '', '')`,
          card.id,
          `2026-01-${10 + ((at * 13) % 20)}`,
        );
        return { id: Number(lastInsertRowid), card };
      });
      const byCard = (a: (typeof visits)[number], b: (typeof visits)[number]) =>
        Buffer.compare(Buffer.from(a.card.name), Buffer.from(b.card.name)) || a.card.id - b.card.id || a.id - b.id;
      const wanted = visits.toSorted(byCard).map(({ id }) => id);
      const filter = { list: 'visits', today: TODAY, conditions: [] } as const;
      for (const descending of [false, true]) {
        const all = descending ? wanted.toReversed() : wanted;
        for (const [offset, limit] of [
          [0, 100],
          [3, 9],
          [31, 9],
        ] as const)
          expect(await listed(filter).ids({ sort: 'customer', descending }, offset, limit)).toEqual(
            all.slice(offset, offset + limit),
          );
      }
      // Narrowed, it is sorted: in the same order.
      const narrowed = { ...filter, found: { text: '', customers: cards.map(({ id }) => id) } };
      expect(await listed(narrowed).ids({ sort: 'customer', descending: false }, 0, 100)).toEqual(wanted);
    } finally {
      database.rollback();
    }
  });

  it('a page of the list of cards, wherever it begins and however it is found, is that part of the whole list', () => {
    const sorts = [...customerListFields('keeper').values()]
      .filter(({ section }) => section === 'control')
      .map(({ key }) => key);
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 40 }),
        fc.constantFrom(...sorts),
        fc.boolean(),
        fc.constantFrom(...FILTERS),
        fc.nat({ max: 30 }),
        (acts, sort, descending, filter, offset) => {
          during(acts, () => {
            const sql = desk.archive.database.writer;
            const total = countCustomers(sql, filter);
            const page = (from: number, limit: number, known?: number) =>
              listCustomers(sql, filter, { sort, descending, offset: from, limit, total: known }).map(({ id }) => id);
            const whole = page(0, 1_000);
            expect(whole).toHaveLength(total);
            expect(page(offset, 7, total)).toEqual(whole.slice(offset, offset + 7));
          });
        },
      ),
      { numRuns: 150 },
    );
  });
});
