import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atOneGo } from '../../../electron/services/in-turns.ts';
import { competitorTotals, customersInMatrix, entriesOfCompetitor } from '../../../electron/store/intelligence.ts';
import { dealingTotals } from '../../../electron/store/orders.ts';
import type { Reader } from '../../../electron/store/sql.ts';
import { briefStatistics, visitsFitting, visitsMentioning } from '../../../electron/store/visits.ts';
import type { InputOf } from '../../../shared/contract/contract.ts';
import { BRIEF_VALID_DAYS } from '../../../shared/domain/visit-brief.ts';
import { handClock } from '../../builders/vault-builder.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

/** What all customers and visits are gone through for is the same as what one statement says of them, however many are read together. */

const PIECES = [1, 7, 100_000];

let desk: TestArchive;
let sql: Reader;
let names: string[];
beforeAll(async () => {
  desk = await openTestArchive({ start: 'empty', clock: handClock('2026-11-23T04:00:00.000Z') });
  await desk.dispatch('archive.practice', { directory: desk.directory, customers: 120, seed: 11, scans: false });
  sql = desk.archive.database.reader;
  names = (await desk.dispatch('competitors.list', {})).competitors.map(({ name }) => name);
  const [first = '', , third = ''] = names;
  await desk.dispatch('competitors.save', { name: `${first} (合併)`, aliases: [first, third], profile: {} });
});
afterAll(() => desk.close());

describe('competitors (X1)', () => {
  it('are counted under the name that gathers their spellings', async () => {
    const gathered = `coalesce((SELECT competitor.folded_name FROM competitor_alias JOIN competitor ON competitor.id = competitor_id
      WHERE competitor_alias.folded_name = entry.folded_name), entry.folded_name)`;
    const expected = sql.all(
      `SELECT ${gathered} AS gathered, coalesce((SELECT name FROM competitor WHERE folded_name = ${gathered}), max(entry.name)) AS name,
         count(DISTINCT entry.customer_id) AS customers, count(DISTINCT CASE WHEN customer.tier = 'key' THEN customer.id END) AS key_customers,
         sum(entry.satisfaction = 'satisfied') AS satisfied, sum(entry.satisfaction = 'acceptable') AS acceptable,
         sum(entry.satisfaction = 'dissatisfied') AS dissatisfied, avg(entry.share) AS average_share, max(entry.observed_on) AS observed_on
       FROM customer_competitor AS entry JOIN customer ON customer.id = entry.customer_id
       GROUP BY gathered ORDER BY customers DESC, name`,
    );
    expect(expected.length).toBeGreaterThan(2);
    for (const customers of PIECES) expect(atOneGo(competitorTotals(sql, customers)), `${customers}`).toEqual(expected);
    const { competitors } = await desk.dispatch('competitors.list', {});
    expect(competitors.map(({ name }) => name)).toContain(`${names[0]} (合併)`);
    expect(competitors).toHaveLength(names.length - 1);
    const { rows } = await desk.dispatch('lists.rows', { list: 'competitorTotals', limit: 50 });
    expect(rows.map(({ key }) => key).sort()).toEqual(competitors.map(({ name }) => name).sort());
  });

  it('say of whom they are met at, what was seen last first', () => {
    const folded = sql
      .all<{ name: string }>('SELECT DISTINCT folded_name AS name FROM customer_competitor')
      .slice(0, 2);
    const spellings = folded.map(({ name }) => name);
    const expected = sql.all(
      `SELECT customer.number AS customer_number, customer.name AS customer_name, customer.tier, entry.name, entry.item
       FROM customer_competitor AS entry JOIN customer ON customer.id = entry.customer_id
       WHERE entry.folded_name IN (SELECT value FROM json_each(?))
       ORDER BY entry.observed_on DESC, customer.number, entry.position LIMIT 500`,
      JSON.stringify(spellings),
    );
    expect(expected.length).toBeGreaterThan(10);
    for (const customers of PIECES)
      expect(atOneGo(entriesOfCompetitor(sql, spellings, customers)), `${customers}`).toEqual(expected);
  });

  it('stand in the matrix with their customers, key ones first', async () => {
    const expected = sql.all<{ id: number; number: string }>(
      `SELECT id, number FROM customer WHERE id IN (SELECT customer_id FROM customer_competitor)
       ORDER BY CASE tier WHEN 'key' THEN 0 WHEN 'special' THEN 1 ELSE 2 END, number`,
    );
    for (const customers of PIECES)
      expect(atOneGo(customersInMatrix(sql, customers)), `${customers}`).toEqual(expected.map(({ id }) => id));
    const matrix = await desk.dispatch('competitors.matrix', { columns: 3, offset: 5, limit: 20 });
    expect(matrix.rows.map(({ customer }) => customer)).toEqual(expected.slice(5, 25).map(({ number }) => number));
    expect(matrix.total).toBe(expected.length);
  });

  it('are counted anew when a card has changed', async () => {
    const [before] = (await desk.dispatch('competitors.list', { text: '合併' })).competitors;
    const { number } = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '新客戶有限公司', competitors: [{ competitorName: names[0] ?? '' }] },
    });
    const [after] = (await desk.dispatch('competitors.list', { text: '合併' })).competitors;
    expect(after?.customers).toBe((before?.customers ?? 0) + 1);
    const { rows, total } = await desk.dispatch('competitors.matrix', { limit: 200 });
    expect(rows.map(({ customer }) => customer)).toContain(number);
    expect(total).toBe(rows.length);
  });
});

describe('visits', () => {
  it('that mention a competitor are found, the newest first', () => {
    const mentioned = (limit: number) =>
      sql.all<{ id: number }>(
        `SELECT id FROM visit WHERE day >= '2025-11-22' AND instr(coalesce(details ->> 'competitorInfo', ''), ?) > 0
         ORDER BY day DESC, staff_id DESC, visited_at DESC, id DESC LIMIT ?`,
        names[1] ?? '',
        limit,
      );
    expect(mentioned(1_000).length).toBeGreaterThan(1);
    for (const visits of PIECES)
      for (const limit of [1, 1_000]) {
        const found = atOneGo(visitsMentioning(sql, [names[1] ?? ''], '2025-11-22', limit, visits));
        expect(found.map(({ id }) => ({ id }))).toEqual(mentioned(limit));
      }
  });

  it('are found by what they say, by purpose and result, and by person', async () => {
    const found = { customers: [3, 5, 8], text: '樣' };
    const expected = sql.all<{ id: number }>(
      `SELECT id FROM visit WHERE (customer_id IN (3, 5, 8) OR instr(content, '樣') > 0)
       ORDER BY day DESC, staff_id DESC, visited_at DESC, id DESC`,
    );
    expect(expected.length).toBeGreaterThan(3);
    for (const visits of PIECES) {
      const { ids, total } = atOneGo(visitsFitting(sql, { found }, 3, visits));
      expect(ids, `${visits}`).toEqual(expected.slice(0, 3).map(({ id }) => id));
      expect(total, `${visits}`).toBe(expected.length);
    }
    const all = await desk.dispatch('visits.register', { from: '2026-01-01', to: '2026-11-01', limit: 200 });
    const { staffId = 0, purpose = '', result = '' } = all.visits[2] ?? {};
    const alike = all.visits.filter((one) => one.purpose === purpose && one.result === result);
    const asked = { from: '2026-01-01', to: '2026-11-01', purpose, result, limit: 200 } as InputOf<'visits.register'>;
    const answer = await desk.dispatch('visits.register', asked);
    expect(answer.visits.slice(0, alike.length)).toEqual(alike);
    const own = await desk.dispatch('visits.register', { ...asked, staffId, offset: 1 });
    expect(own.total).toBe(own.visits.length + 1);
    expect(own.visits).toEqual(answer.visits.filter((one) => one.staffId === staffId).slice(1));
  });

  it('are counted by person with the briefs that were taken before them (C8)', () => {
    const expected = sql.all(
      `SELECT visit.staff_id, staff.name AS staff_name, count(*) AS visits,
         sum(EXISTS (SELECT 1 FROM visit_brief WHERE visit_brief.customer_id = visit.customer_id AND visit_brief.staff_id = visit.staff_id
           AND visit_brief.taken_at <= visit.visited_at
           AND visit_brief.taken_at >= strftime('%Y-%m-%dT%H:%M:%fZ', visit.visited_at, ?))) AS briefed,
         sum(coalesce(visit.details ->> 'cardRead', 0)) AS said_read, sum(coalesce(visit.details ->> 'cardFilled', 0)) AS said_filled
       FROM visit JOIN staff ON staff.id = visit.staff_id WHERE visit.day >= '2026-01-01' AND visit.day <= '2026-11-01'
       GROUP BY visit.staff_id ORDER BY visits DESC, staff.name`,
      `-${BRIEF_VALID_DAYS} days`,
    );
    expect(expected.length).toBeGreaterThan(1);
    for (const visits of PIECES)
      expect(atOneGo(briefStatistics(sql, '2026-01-01', '2026-11-01', BRIEF_VALID_DAYS, visits)), `${visits}`).toEqual(
        expected,
      );
  });
});

describe('orders (D2)', () => {
  it('are summed up by currency, of some days and of a state', async () => {
    const customer = (await desk.dispatch('customers.list', { limit: 1 })).rows[0]?.number ?? '';
    for (const [at, currency] of ['USD', 'CNY', 'USD', 'EUR', 'CNY'].entries())
      await desk.dispatch('orders.save', {
        customer,
        orderNumber: `P-${at}`,
        date: `2026-0${at + 1}-15`,
        state: at === 3 ? 'completed' : 'open',
        currency,
        amount: 1_000 + at,
      });
    const filters = [
      {},
      { from: '2026-02-01', to: '2026-05-31' },
      { to: '2026-03-15', state: 'open' },
      { from: '2026-04-15', to: '2026-04-15' },
      { from: '2027-01-01' },
    ] as const;
    for (const filter of filters) {
      const { from = '', to = '9', state = '%' } = filter as { from?: string; to?: string; state?: string };
      const expected = sql.all<{ records: number }>(
        `SELECT currency, sum(amount) AS amount, count(*) AS records FROM customer_order
         WHERE date >= ? AND date <= ? AND state LIKE ? GROUP BY currency ORDER BY currency`,
        from,
        to,
        state,
      );
      for (const rows of PIECES)
        expect(
          atOneGo(
            dealingTotals(sql, 'customer_order', filter, { state: 'state' in filter ? filter.state : undefined }, rows),
          ),
          `${JSON.stringify(filter)} ${rows}`,
        ).toEqual(expected);
      const answer = await desk.dispatch('orders.list', { ...filter, limit: 10 });
      expect(answer.totals).toEqual(expected);
      expect(answer.total).toBe(expected.reduce((sum, { records }) => sum + records, 0));
    }
  });
});
