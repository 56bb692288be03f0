import type { BenchDesk } from './bench-desk.ts';
import { type Figure, p95AtMost, timed } from './bench-measure.ts';
import type { Connection, PlainArchive } from './bench-plain.ts';

/** Cards with many years behind them: written by SQL, and opened with everything that the window asks of a card. */

const HISTORY_CARDS = 20;
/** Each of them is opened so often, in turn. */
const OPENINGS = 3;
/** In a year: a visit a week, a change of a field every five days, an order every ten; and seventeen papers, five hundred in thirty years. */
const OF_A_YEAR = { visits: 52, changes: 73, orders: 36, papers: 17 } as const;

/** The numbers from 0 to before `count`, as a table with the column `i`. */
export const NUMBERS = (count: number): string =>
  `(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1}) SELECT i FROM n)`;

/** The cards with years behind them. */
const oldCards = (connection: Connection) =>
  connection
    .prepare("SELECT id, number FROM customer WHERE kind = 'enterprise' AND id <= 1000 ORDER BY id LIMIT ?")
    .all(HISTORY_CARDS) as { id: number; number: string }[];

/** Writes so many years before the end of `year` for a few cards, and their papers, in the caller's transaction. */
export function addHistory(connection: Connection, year: number, years: number): void {
  const day = (step: number) => `date('${year}-11-01', '-' || (i * ${step}) || ' days')`;
  for (const { id } of oldCards(connection)) {
    const insert = (sql: string) => connection.prepare(sql).run({ id });
    insert(
      `INSERT INTO customer_change (customer_id, revision, at, by, field, from_value, to_value, evidence, audit_sequence)
       SELECT :id, i + 2, ${day(5)} || 'T03:00:00.000Z', 'bench', iif(i % 3 = 0, 'telephone', iif(i % 3 = 1, 'mainProducts', 'employees')),
         '"舊"', '"新"', '訪問', 1 FROM ${NUMBERS(OF_A_YEAR.changes * years)}`,
    );
    insert(
      `INSERT INTO visit (customer_id, staff_id, day, visited_at, method, purpose, content, result, recorded_at, recorded_by)
       SELECT :id, (SELECT min(id) FROM staff), ${day(7)}, ${day(7)} || 'T02:00:00.000Z', 'onSite', 'followUp', '例行訪問，了解近期需求與庫存。',
         'toFollowUp', ${day(7)} || 'T03:00:00.000Z', 'bench' FROM ${NUMBERS(OF_A_YEAR.visits * years)}`,
    );
    insert(
      `INSERT INTO customer_order (customer_id, order_number, date, description, export, currency, amount, recorded_at, recorded_by)
       SELECT :id, 'BH-' || i, ${day(10)}, '歷年訂單', 0, 'TWD', 250000, '', 'bench' FROM ${NUMBERS(OF_A_YEAR.orders * years)}`,
    );
    insert(
      `INSERT INTO paper (code, customer_id, class, type, sequence, title, document_number, date, year, pages, medium, security, retention, state, added_at, added_by)
       SELECT 'KH·2·' || (SELECT number FROM customer WHERE id = :id) || '·L' || (50000 + i), :id, 2, 'contract', 50000 + i, '歷年銷售合同 ' || i, 'BH-' || :id || '-' || i,
         ${day(20)}, CAST(substr(${day(20)}, 1, 4) AS INTEGER), 3, 'paper', 'internal', 'D30', 'inPlace', ${day(20)} || 'T02:00:00.000Z', 'bench'
       FROM ${NUMBERS(OF_A_YEAR.papers * years)}`,
    );
    insert('UPDATE customer SET papers = (SELECT count(*) FROM paper WHERE customer_id = :id) WHERE id = :id');
  }
}

/** Everything that the window asks of a card and behind its tabs. */
const ASKED_OF_A_CARD = {
  'the card': (desk, number) => desk.call('customers.get', { number }),
  'its history': (desk, number) => desk.call('customers.history', { number, limit: 50 }),
  'its relations': (desk, number) => desk.call('customers.related', { number }),
  'its reviews': (desk, number) => desk.call('reviews.ofCard', { number }),
  'its visits': (desk, number) => desk.call('visits.list', { number, limit: 50 }),
  'its information reports': (desk, number) => desk.call('information.list', { customer: number, limit: 50 }),
  'its loans': (desk, number) => desk.call('loans.list', { customer: number, state: 'all', limit: 50 }),
  'its copies': (desk, number) => desk.call('copies.list', { customer: number, state: 'all', limit: 50 }),
  'its orders': (desk, number) => desk.call('orders.list', { number, limit: 50 }),
  'its credit standing': (desk, number) => desk.call('credit.standing', { number }),
  'its dossier': (desk, number) => desk.call('dossiers.get', { number }),
} as const satisfies Record<string, (desk: BenchDesk, number: string) => Promise<unknown>>;

/** Numbers of the cards that `addHistory` wrote for. */
export const oldCardNumbers = (connection: Connection): string[] => oldCards(connection).map(({ number }) => number);

/** The rows of a card that a window shows, by bare SQL. */
export function bareCard(connection: Connection, number: string): void {
  const { id } = connection.prepare('SELECT * FROM customer WHERE number = ?').get(number) as { id: number };
  connection.prepare('SELECT * FROM customer_change WHERE customer_id = ? ORDER BY id DESC LIMIT 50').all(id);
  connection.prepare('SELECT * FROM visit WHERE customer_id = ? ORDER BY visited_at DESC LIMIT 50').all(id);
  connection.prepare('SELECT * FROM customer_order WHERE customer_id = ? ORDER BY date DESC LIMIT 50').all(id);
  connection.prepare('SELECT * FROM paper WHERE customer_id = ? ORDER BY class, sequence').all(id);
}

/** Opens the cards that `addHistory` wrote for, all that the window asks of one at once. */
export async function openOldCards(desk: BenchDesk, plain: PlainArchive, years: number): Promise<Figure[]> {
  const samples: number[] = [];
  const baseline: number[] = [];
  const { connection } = plain;
  const numbers = oldCardNumbers(connection);
  const questions = Object.entries(ASKED_OF_A_CARD);
  for (const number of Array.from({ length: OPENINGS }, () => numbers).flat()) {
    samples.push(await timed(() => Promise.all(questions.map(([, ask]) => ask(desk, number)))));
    baseline.push(await timed(() => bareCard(connection, number)));
  }
  const parts: Figure[] = [{ name: '– the first one after unlocking', unit: 'ms', samples: samples.slice(0, 1) }];
  for (const [name, ask] of questions) {
    const alone: number[] = [];
    for (const number of numbers) alone.push(await timed(() => ask(desk, number)));
    parts.push({ name: `– ${name}, asked alone`, unit: 'ms', samples: alone });
  }
  const placed: number[] = [];
  for (const number of numbers.slice(0, 5))
    placed.push(await timed(() => desk.call('classification.history', { number })));
  parts.push({ name: 'its place among all customers by sales (command line only)', unit: 'ms', samples: placed });
  const of = (kind: keyof typeof OF_A_YEAR) => (OF_A_YEAR[kind] * years).toLocaleString('en');
  return [
    {
      name: `open a card with ${years} years of history (${of('papers')} papers, ${of('changes')} changes, ${of('visits')} visits, ${of('orders')} orders)`,
      unit: 'ms',
      samples,
      baseline: { name: 'card, changes, visits, orders, papers on plain SQLite', samples: baseline },
      target: p95AtMost(100, 'ms'),
    },
    ...parts,
  ];
}
