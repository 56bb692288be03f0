import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PRACTICE_KEEPER } from '../../electron/services/practice/practice-people.ts';
import { recountClassSumsSql } from '../../electron/store/migrations/0580-class-sums.ts';
import { ANALYSES, groupsOf } from '../../shared/domain/analysis.ts';
import { type BenchDesk, openDesk } from './bench-desk.ts';
import { addHistory, NUMBERS, openOldCards } from './bench-history.ts';
import { below, type Figure, median, timed } from './bench-measure.ts';
import {
  type Connection,
  type Login,
  openBare,
  openPlain,
  openSealed,
  type PlainArchive,
  plainCopy,
} from './bench-plain.ts';

/**
 * The bars of the cards' issue: opening a card with five years of history, the four analyses over very many order lines, an import of
 * very many rows. Customers beyond the practice archive's and the lines are written by SQL into the store itself.
 */

export const RECORD_PARTS = ['analyses', 'history', 'import'] as const;
export type RecordPart = (typeof RECORD_PARTS)[number];

/** Cards that the practice generator makes; the others are written like them. */
const MODEL_CARDS = 200;
const LINES_OF_AN_ORDER = 5;
const PRODUCTS = 400;
const RUNS = 5;
const HISTORY_YEARS = 5;
const MEGABYTES = 300;

export interface RecordSizes {
  readonly customers: number;
  readonly lines: number;
  readonly rows: number;
}

interface RecordsToMeasure {
  /** Worked in and left as it was. */
  readonly folder: string;
  /** File of the archive process. */
  readonly entry: string;
  readonly sizes: RecordSizes;
  readonly parts: readonly RecordPart[];
  /** The filled archive is kept there for the next run. */
  readonly archives?: string | undefined;
}

export async function measureRecords(
  { folder, entry, sizes, parts, archives }: RecordsToMeasure,
  say: (line: string) => void,
): Promise<Figure[]> {
  const { customers, lines, rows } = sizes;
  const kept = archives === undefined ? undefined : join(archives, `records-${customers}-${lines}`);
  const directory = join(folder, 'archive-records');
  const plainPath = join(folder, 'plain-records.db');
  const login = { directory, login: PRACTICE_KEEPER.login, secret: PRACTICE_KEEPER.secret };
  const year = new Date().getFullYear();
  const figures: Figure[] = [];
  let desk = openDesk(entry);
  let plain: PlainArchive | undefined;
  try {
    const make = async (): Promise<void> => {
      await desk.call('archive.practice', { directory, customers: MODEL_CARDS, seed: 2026, scans: false, year });
      await desk.close();
    };
    if (parts.includes('import')) {
      await make();
      say(`importing ${rows.toLocaleString('en')} rows …`);
      figures.push(...(await importVery(entry, login, rows)));
      rmSync(directory, { recursive: true });
      desk = openDesk(entry);
    }
    if (parts.includes('analyses') || parts.includes('history')) {
      if (kept !== undefined && existsSync(kept)) cpSync(kept, directory, { recursive: true });
      else {
        await make();
        say(`writing ${customers.toLocaleString('en')} customers and ${lines.toLocaleString('en')} order lines …`);
        const sealed = await openSealed(login);
        addCustomers(sealed, customers);
        addOrders(sealed, lines, year);
        addHistory(sealed, year, HISTORY_YEARS);
        sealed.close();
        if (kept !== undefined) cpSync(directory, kept, { recursive: true });
      }
      await plainCopy(login, plainPath);
      plain = openPlain(plainPath);
      desk = openDesk(entry);
      await desk.call('archive.unlock', login);
      if (parts.includes('history')) figures.push(...(await openOldCards(desk, plain, HISTORY_YEARS)));
      if (parts.includes('analyses')) figures.push(...(await compose(desk, plain, { customers, lines }, year)));
    }
  } finally {
    plain?.close();
    await desk.close();
    for (const path of [directory, plainPath, `${plainPath}-wal`, `${plainPath}-shm`])
      rmSync(path, { recursive: true, force: true });
  }
  return figures;
}

/** Fields by which analyses group, and what credit analysis adds up. */
const COMPOSED = [
  'region',
  'country',
  'salesArea',
  'customerGrade',
  'customerNature',
  'industry',
  'creditGrade',
  'settlementMethod',
  'legalForm',
  'responsibleSalesperson',
  'creditLimit',
  'creditLimit.currency',
];

/** Customers like the ones that are there, under numbers and names of their own. */
function addCustomers(sealed: Connection, wanted: number): void {
  const present = (sealed.prepare('SELECT count(*) AS n FROM customer').get() as { n: number }).n;
  const columns = (sealed.prepare('SELECT name FROM pragma_table_info(?)').all('customer') as { name: string }[])
    .map(({ name }) => name)
    .filter((name) => name !== 'id');
  const own: Readonly<Record<string, string>> = {
    number: "'B' || printf('%07d', ? * 1000 + model.id)",
    name: "model.name || ' ' || ?",
  };
  const select = columns.map((name) => own[name] ?? `model.${name}`).join(', ');
  const insert = sealed.prepare(
    `INSERT INTO customer (id, ${columns.join(', ')}) SELECT ? * 1000 + model.id, ${select} FROM customer AS model WHERE model.id <= ?`,
  );
  const values = sealed.prepare(
    `INSERT INTO card_value (field, customer_id, ordinal, value) SELECT field, ? * 1000 + customer_id, ordinal, value
     FROM card_value WHERE customer_id <= ? AND field IN (${COMPOSED.map((field) => `'${field}'`).join(', ')})`,
  );
  const classes = copied(sealed, 'customer_class', 'customer_id');
  sealed.exec('BEGIN');
  for (let copy = 1; copy * present < wanted; copy += 1) {
    insert.run(copy, copy, copy, 1000);
    values.run(copy, 1000);
    classes.run(copy, 1000);
  }
  sealed.exec('COMMIT');
}

/** The rows of a table for a copy of the customers up to an id, like theirs. */
function copied(sealed: Connection, table: string, id: string) {
  const columns = (sealed.prepare('SELECT name FROM pragma_table_info(?)').all(table) as { name: string }[])
    .map(({ name }) => name)
    .filter((name) => name !== id);
  return sealed.prepare(
    `INSERT INTO ${table} (${id}, ${columns.join(', ')}) SELECT ? * 1000 + ${id}, ${columns.join(', ')} FROM ${table} WHERE ${id} <= ?`,
  );
}

/** Orders over five years with as many lines in all; a fifth of their customers owes something. */
function addOrders(sealed: Connection, lines: number, year: number): void {
  const orders = Math.ceil(lines / LINES_OF_AN_ORDER);
  const first = (sealed.prepare('SELECT coalesce(max(id), 0) + 1 AS id FROM customer_order').get() as { id: number })
    .id;
  sealed.exec(`BEGIN;
    CREATE TEMP TABLE turn AS SELECT row_number() OVER (ORDER BY id) - 1 AS place, id FROM customer;
    CREATE UNIQUE INDEX temp.turn_place ON turn (place);
    INSERT INTO product (name, product_group) SELECT '量測產品 ' || i, '產品組 ' || (i % 24) FROM ${NUMBERS(PRODUCTS)};
    INSERT INTO customer_order (id, customer_id, order_number, date, description, export, currency, amount, recorded_at, recorded_by)
      SELECT ${first} + i, turn.id, 'BM-' || i, date('${year}-12-28', '-' || (i * 7919 % 1780) || ' days'), '', 0, 'TWD', 500000, '', 'bench'
      FROM ${NUMBERS(orders)} JOIN turn ON turn.place = i % (SELECT count(*) FROM turn);
    INSERT INTO order_line (order_id, line, customer_id, date, currency, counted, product_id, quantity, unit, amount)
      SELECT o.id, k.i + 1, o.customer_id, o.date, o.currency, 1, (SELECT min(id) FROM product WHERE name LIKE '量測產品%') + (o.id * 31 + k.i * 7) % ${PRODUCTS},
        1000 * (1 + (o.id + k.i) % 50), '件', 10000 + (o.id * 7919 + k.i * 104729) % 900000
      FROM customer_order AS o CROSS JOIN ${NUMBERS(LINES_OF_AN_ORDER)} AS k WHERE o.order_number LIKE 'BM-%' LIMIT ${lines};
    DROP TABLE turn;
    ${recountClassSumsSql}
    COMMIT;
    ANALYZE;`);
}

/** The four analyses as they open: a year, the year before, five years. Beside them the bare SQL over the lines, without summaries. */
async function compose(
  desk: BenchDesk,
  plain: PlainArchive,
  { customers, lines }: { readonly customers: number; readonly lines: number },
  year: number,
): Promise<Figure[]> {
  const group = {
    sales: 'l.customer_id',
    product: 'p.product_group',
    region: 'c.region',
    credit: 'c.credit_grade',
  } as const;
  const figures: Figure[] = [];
  for (const analysis of ANALYSES) {
    const samples: number[] = [];
    const baseline: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const asked = { analysis, from: `${year}-01`, to: `${year}-12` };
      samples.push((await timed(() => desk.call('analysis.compose', asked))) / 1000);
      baseline.push(
        (await timed(() =>
          plain.connection
            .prepare(
              `SELECT ${group[analysis]} AS value, substr(l.date, 1, 4) AS year, l.currency, sum(l.amount) FROM order_line AS l
               JOIN customer AS c ON c.id = l.customer_id JOIN product AS p ON p.id = l.product_id
               WHERE l.counted = 1 AND l.date >= ? GROUP BY 1, 2, 3`,
            )
            .all(`${year - 4}-01-01`),
        )) / 1000,
      );
    }
    figures.push({
      name: `analysis: ${analysis} by ${groupsOf(analysis)[0]} (${customers.toLocaleString('en')} customers, ${lines.toLocaleString('en')} order lines)`,
      unit: 's',
      samples,
      baseline: { name: 'bare SQL over the lines on plain SQLite', samples: baseline },
      target: below(1, 's'),
    });
  }
  return figures;
}

const COLUMNS = ['客戶名稱', '統一社會信用代碼', '電話', '地區', '經營地址', '法定代表人', '主要產品', '網站'];
const TOWNS = [
  '臺北市中山區',
  '新北市板橋區',
  '臺中市西屯區',
  '高雄市前鎮區',
  '廣州市天河區',
  '上海市浦東新區',
  '重慶市渝北區',
];
const NAMES = '永順宏達大同建發華泰豐盛新竹東方光明遠景長榮信義和平中興國際正大';

/** A table of customers that nobody has yet: names of eight characters, a code, an address, texts. */
function tableOfCustomers(rows: number): Buffer {
  const letters = [...NAMES];
  const some = (seed: number, count: number) =>
    Array.from(
      { length: count },
      (_, at) => letters[(seed * (at + 3) + at * at * 7 + (seed >> (at + 1))) % letters.length],
    ).join('');
  const lines = Array.from({ length: rows }, (_, row) =>
    [
      `${some(row, 5)}${some(row >> 3, 3)}${row}有限公司`,
      `91${String(row).padStart(16, '0')}`,
      `02-${String(20_000_000 + row)}`,
      '北臺灣',
      `${TOWNS[row % TOWNS.length]}${some(row, 2)}路${1 + (row % 300)}號`,
      some(row * 3, 3),
      `${some(row, 4)}、${some(row + 9, 4)}`,
      `www.example-${row}.com`,
    ].join(','),
  );
  return Buffer.from([COLUMNS.join(','), ...lines].join('\r\n'));
}

async function importVery(entry: string, login: Login, rows: number): Promise<Figure[]> {
  const file = tableOfCustomers(rows);
  const desk = openDesk(entry);
  await desk.call('archive.unlock', login);
  let imported = 0;
  // Unlocking takes more for a moment than all that follows.
  desk.forgetHighest();
  const unlocked = desk.memory()?.now ?? 0;
  const before = desk.processorTime();
  const took = await timed(async () => {
    const upload = await desk.upload('customers.csv', file, 'table');
    const { table } = await desk.call('imports.read', { upload, kind: 'enterprise' });
    ({ imported } = await desk.call('imports.apply', { table, kind: 'enterprise', acceptValid: true }));
  });
  const memory = desk.memory();
  const processorTime = desk.processorTime();
  await desk.close();
  // The baseline writes the same texts as one row each, with an index on the name, durably.
  const sealed = await openSealed(login);
  const stored = sealed.prepare('SELECT number, name, field_values FROM customer').all() as { number: string }[];
  sealed.close();
  const plainFile = `${login.directory}-plain-rows.db`;
  const plain = openBare(plainFile);
  const baseline = await timed(() => {
    plain.exec(
      'CREATE TABLE row (id INTEGER PRIMARY KEY, number TEXT, name TEXT, field_values TEXT); CREATE INDEX row_name ON row (name)',
    );
    const insert = plain.prepare('INSERT INTO row (number, name, field_values) VALUES (:number, :name, :field_values)');
    plain.exec('BEGIN');
    for (const row of stored) insert.run(row);
    plain.exec('COMMIT');
  });
  plain.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${plainFile}${suffix}`, { force: true });
  return [
    {
      name: `import ${imported.toLocaleString('en')} rows from CSV (upload, read, judge, write)`,
      unit: 's',
      samples: [took / 1000],
      baseline: { name: 'their texts as rows in plain SQLite', samples: [baseline / 1000] },
      target: below(15, 's'),
    },
    ...(before === undefined || processorTime === undefined
      ? []
      : [
          {
            name: '– of it processor time of the archive process',
            unit: 's' as const,
            samples: [processorTime - before],
          },
        ]),
    ...(memory === undefined
      ? []
      : [
          {
            name: '– memory of the archive process, highest, more than once it was unlocked',
            unit: 'MB' as const,
            samples: [memory.highest - unlocked],
            target: { text: `< ${MEGABYTES} MB`, met: ({ samples }: Figure) => median(samples) < MEGABYTES },
          },
        ]),
  ];
}
