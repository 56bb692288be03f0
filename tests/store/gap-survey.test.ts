import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GAP_STATES, type GapScope, GapSurvey, isInScope } from '../../electron/services/gap-survey.ts';
import { recountDossier } from '../../electron/services/paper-record.ts';
import { todayOf } from '../../electron/services/today.ts';
import { findCustomerById } from '../../electron/store/customers.ts';
import { exportOrders } from '../../electron/store/papers.ts';
import type { Writer } from '../../electron/store/sql.ts';
import { ledgerAtOnce } from '../support/ledger-at-once.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';

/** The ledger counted a few customers at a time, and kept up to date as dossiers change, is the ledger of all at once. */

let today = Date.UTC(2026, 0, 5, 2);
const clock = { now: () => new Date(today), monotonicMs: () => 0 };
let desk: TestArchive;
let survey: GapSurvey;
beforeAll(async () => {
  desk = await openTestArchive({ clock });
  survey = new GapSurvey(2);
  for (let at = 0; at < 6; at += 1) perform({ do: 'newCard' });
});
afterAll(() => desk.close());

const which = fc.nat({ max: 30 });
const type = fc.constantFrom('businessLicence', 'taxRegistration', 'packingList', 'contract');
const act = fc.oneof(
  fc.record({ do: fc.constant('newCard' as const) }),
  fc.record({ do: fc.constant('removeCard' as const), at: which }),
  fc.record({ do: fc.constant('export' as const), at: which }),
  fc.record({ do: fc.constant('order' as const), at: which }),
  fc.record({
    do: fc.constant('file' as const),
    at: which,
    type,
    until: fc.constantFrom(null, '2026-01-06', '2026-01-08'),
    order: fc.boolean(),
  }),
  fc.record({ do: fc.constant('takeOut' as const), at: which }),
  fc.record({ do: fc.constant('waive' as const), at: which, type }),
  fc.record({ do: fc.constant('takeBack' as const), at: which }),
  fc.record({
    do: fc.constant('claim' as const),
    at: which,
    type,
    due: fc.constantFrom(null, '2026-01-03', '2026-01-06', '2026-01-09'),
  }),
  fc.record({
    do: fc.constant('status' as const),
    at: which,
    status: fc.constantFrom('active', 'sealed', 'suspended'),
  }),
  fc.record({ do: fc.constant('recount' as const), at: which }),
  fc.record({ do: fc.constant('number' as const), at: which }),
  fc.record({ do: fc.constant('nextDay' as const) }),
  fc.record({ do: fc.constant('forget' as const) }),
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function change(sql: Writer, one: Act): void {
  const customers = sql.all<{ id: number }>('SELECT id FROM customer ORDER BY id').map(({ id }) => id);
  const highest = customers.at(-1) ?? 0;
  const customerOf = (at: number) => customers[at % customers.length] ?? 0;
  const numberOf = (id: number) => `E${String((id * 7_919) % 100_003).padStart(6, '0')}`;
  switch (one.do) {
    case 'newCard':
      // Numbers in another order than ids.
      sql.run(
        `INSERT INTO customer (id, number, kind, tier, status, completeness, review_due, name, created_at, created_by, updated_at, updated_by, reviewed_on, field_values, missing_papers)
         VALUES (?, ?, 'enterprise', 'key', 'active', 1, '', ?, '2025-01-01T00:00:00.000Z', '', '', '', '', '{}', 3)`,
        highest + 1,
        numberOf(highest + 1),
        `客戶 ${highest + 1}`,
      );
      return;
    case 'removeCard': {
      const id = customerOf(one.at);
      if (customers.length < 3) return;
      for (const table of ['paper', 'waiver', 'gap_claim', 'customer_order'])
        sql.run(`DELETE FROM ${table} WHERE customer_id = ?`, id);
      sql.run('DELETE FROM customer WHERE id = ?', id);
      return;
    }
    case 'export':
      sql.run('UPDATE customer SET direct_export = 1 - direct_export WHERE id = ?', customerOf(one.at));
      return;
    case 'order':
      sql.run(
        "INSERT OR IGNORE INTO customer_order (customer_id, order_number, date, export) VALUES (?, ?, '2025-11-01', 1)",
        customerOf(one.at),
        `PO-${(sql.get<{ n: number }>('SELECT count(*) AS n FROM customer_order')?.n ?? 0) + one.at}-${highest}`,
      );
      return;
    case 'file': {
      const next = (sql.get<{ id: number | null }>('SELECT max(id) AS id FROM paper')?.id ?? 0) + 1;
      const order = one.order ? exportOrders(sql, customerOf(one.at))[0]?.id : undefined;
      sql.run(
        `INSERT INTO paper (id, code, customer_id, class, type, sequence, title, document_number, responsible, date, year, pages, original, copies, medium, security, retention,
           place, note, export_order_id, valid_until, extra, state, added_at, added_by, revision)
         VALUES (?, ?, ?, 1, ?, ?, '', '', '', '2025-03-01', 2025, 1, 0, 1, 'paper', 'public', 'D10', '', '', ?, ?, '{}', 'inPlace', '2025-12-01T00:00:00.000Z', '', 1)`,
        next,
        `P${next}`,
        customerOf(one.at),
        one.type,
        next,
        order ?? null,
        one.until,
      );
      return;
    }
    case 'takeOut':
      sql.run(
        "UPDATE paper SET state = 'removed' WHERE id = (SELECT id FROM paper ORDER BY id LIMIT 1 OFFSET ?)",
        one.at,
      );
      return;
    case 'waive':
      sql.run(
        `INSERT INTO waiver (customer_id, type, export_order, state, reason, at, by) VALUES (?, ?, '', 'notApplicable', '免', '2026-01-01T00:00:00.000Z', '')
         ON CONFLICT DO NOTHING`,
        customerOf(one.at),
        one.type,
      );
      return;
    case 'takeBack':
      sql.run('DELETE FROM waiver WHERE customer_id = ?', customerOf(one.at));
      return;
    case 'claim':
      sql.run(
        `INSERT INTO gap_claim (customer_id, type, export_order, owed_by, asked_on, due_on, note, at, by) VALUES (?, ?, '', '李', '2026-01-01', ?, '', '', '')
         ON CONFLICT (customer_id, type, export_order) DO UPDATE SET due_on = excluded.due_on`,
        customerOf(one.at),
        one.type,
        one.due,
      );
      return;
    case 'status':
      sql.run('UPDATE customer SET status = ? WHERE id = ?', one.status, customerOf(one.at));
      return;
    case 'recount':
      recount(sql, customerOf(one.at));
      return;
    case 'number':
      sql.run(
        'UPDATE OR IGNORE customer SET number = ? WHERE id = ?',
        numberOf(highest + one.at + 500),
        customerOf(one.at),
      );
      return;
    case 'nextDay':
      today += 86_400_000;
      return;
    case 'forget':
      // As when more has changed than is remembered.
      sql.run('DELETE FROM dossier_change WHERE id < (SELECT max(id) FROM dossier_change)');
      return;
  }
}

function recount(sql: Writer, id: number): void {
  const customer = findCustomerById(sql, id);
  if (customer !== undefined) recountDossier(sql, customer, todayOf(clock));
}

/** A change of a dossier counts again what it lacks; the day and what somebody promised do not. */
const RECOUNTED = ['newCard', 'export', 'order', 'file', 'takeOut', 'waive', 'takeBack'];
function perform(one: Act): void {
  const { database } = desk.archive;
  database.begin();
  change(database.writer, one);
  if (RECOUNTED.includes(one.do))
    for (const { id } of database.writer.all<{ id: number }>(
      'SELECT id FROM customer WHERE id IN (SELECT customer_id FROM dossier_change) OR id = (SELECT max(id) FROM customer)',
    ))
      recount(database.writer, id);
  database.commit();
}

const SCOPES: readonly GapScope[] = [
  { states: GAP_STATES },
  ...GAP_STATES.map((state) => ({ states: [state] })),
  { states: ['open', 'late'], class: 1 },
];

/** Takes in what has changed, and holds every page of every choice to the whole ledger. */
async function compare(): Promise<void> {
  const { archive } = desk;
  await survey.refresh({ archive, clock, signal: new AbortController().signal, progress: () => undefined });
  expect(survey.isFresh({ archive, clock })).toBe(true);
  const sql = archive.database.reader;
  const whole = ledgerAtOnce(sql, todayOf(clock));
  for (const scope of SCOPES) {
    const expected = whole.filter((line) => isInScope(line, scope));
    expect(survey.count(scope)).toBe(expected.length);
    const shown = [];
    for (let at = 0; at < expected.length; at += 3) shown.push(...survey.page(sql, scope, at, 3));
    expect(shown).toEqual(expected);
  }
}

it('D7: a promise that has passed overnight is late, a new card and a removed one count', async () => {
  const due = new Date(today + 86_400_000).toISOString().slice(0, 10);
  const sql = desk.archive.database.writer;
  sql.run(
    `INSERT INTO gap_claim (customer_id, type, export_order, owed_by, asked_on, due_on, note, at, by)
     VALUES (2, 'businessLicence', '', '李', '2026-01-01', ?, '', '', '')`,
    due,
  );
  await compare();
  expect(survey.count({ states: ['late'] })).toBe(0);
  for (const one of ['nextDay', 'nextDay', 'newCard'] as const) perform({ do: one });
  await compare();
  expect(survey.count({ states: ['late'] })).toBe(1);
  perform({ do: 'removeCard', at: 1 });
  await compare();
  expect(survey.count({ states: ['late'] })).toBe(0);
});

it('D7: after any changes, every page of every choice is what stands in the whole ledger', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(act, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 }),
      async (steps) => {
        for (const acts of steps) {
          for (const one of acts) perform(one);
          await compare();
        }
      },
    ),
    { numRuns: 40, endOnFailure: true },
  );
});
