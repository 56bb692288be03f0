import { renameSync, rmSync } from 'node:fs';
import { keepKeys } from '../../electron/services/customer-keys.ts';
import {
  comparedColumns,
  indexedCustomer,
  phoneForComparison,
  type StoredValues,
} from '../../electron/services/customer-record.ts';
import { indexedPaper } from '../../electron/services/paper-record.ts';
import { readSettings } from '../../electron/services/settings.ts';
import type { CustomerRow } from '../../electron/store/customers.ts';
import { recountSql } from '../../electron/store/migrations/0500-kept-counts.ts';
import { recountClassSumsSql } from '../../electron/store/migrations/0580-class-sums.ts';
import { recountPapersSql } from '../../electron/store/migrations/0630-papers-to-bind.ts';
import { recountTodaySql } from '../../electron/store/migrations/0650-today-counts.ts';
import { recountDossiersSql } from '../../electron/store/migrations/0700-dossier-counts.ts';
import { passNumber } from '../../electron/store/number-sequence.ts';
import { indexingMany, indexMadeRecord, mergeSearchIndex } from '../../electron/store/search-index.ts';
import { indexReadings, indexText, readingsOfName } from '../../electron/store/search-text.ts';
import { type Writer, writerOf } from '../../electron/store/sql.ts';
import { vaultPaths } from '../../electron/vault/vault.ts';
import { type CardKind, nameField, STANDARD_FORMS } from '../../shared/domain/form-fields.ts';
import { formatNumber } from '../../shared/domain/numbering.ts';
import { appendEntries } from './bench-fill-log.ts';
import { addHistory } from './bench-history.ts';
import { type Connection, type Login, openForFilling, openSealedAt, plainCopy } from './bench-plain.ts';
import { addLoans } from './bench-today.ts';

/**
 * A very large archive, made quickly: a practice archive is multiplied row by row inside its own database, by SQL, on an unencrypted copy that
 * is encrypted when it is full (and is the baseline afterwards). Names, phones, codes and numbers of the copies are their own; keys, values for lists
 * and the search index are written by the program's own functions or shifted like the rows they belong to; entries of the log are chained and signed.
 */

/** How many rows of each kind the archive gets. */
export interface Counts {
  readonly cards: number;
  readonly papers: number;
  readonly visits: number;
  readonly entries: number;
  readonly loans: number;
}

/** In proportion as the issue asks for, but for the log: each of its entries is signed, which takes longer than all else. */
export const countsFor = (cards: number, given: Partial<Counts> = {}): Counts => ({
  papers: cards * 5,
  visits: cards * 2,
  entries: cards * 2,
  loans: Math.round(cards / 5),
  ...given,
  cards,
});

/** Cards of the practice archive that is multiplied. */
export const MODEL_CARDS = 5_000;
/** Years behind a few cards. */
export const HISTORY_YEARS = 30;
/** Memory for pages and for the search index while filling. */
const FILLING = { pages: 'cache_size=-1500000', index: 268_435_456 } as const;

/** Tables whose rows belong to a card, in the order in which they refer to each other; each is shifted by its own number of rows. */
const SHIFTED = [
  'customer_class',
  'customer_change',
  'customer_order',
  'order_line',
  'delivery',
  'receipt',
  'returned_goods',
  'receivable',
  'customer_balance',
  'credit_standing',
  'waiver',
  'customer_competitor',
  'customer_project',
  'customer_sales',
] as const;
/** Their rows come several times for each card. */
const REPEATED = ['paper', 'paper_act', 'visit'] as const;
/** Columns that refer to a card or an order without saying so in the schema. */
const UNDECLARED: Readonly<Record<string, string>> = {
  'customer_class.customer_id': 'customer',
  'customer_sales.customer_id': 'customer',
  'customer_balance.customer_id': 'customer',
  'credit_standing.customer_id': 'customer',
};
/** What belongs to the one-off records of the model stays theirs. */
const CLEARED: Readonly<Record<string, string>> = {
  'visit.report_id': 'NULL',
  'visit.import_id': 'NULL',
  'customer_order.import_id': 'NULL',
  'paper.volume_id': 'NULL',
};

const PHONES = ['telephone', 'mobile', 'officePhone', 'homePhone'] as const;
const CODES = [
  'unifiedSocialCreditCode',
  'taiwanBusinessNumber',
  'taxNumber',
  'organisationCode',
  'identityDocumentNumber',
] as const;

interface Filling {
  readonly connection: Connection;
  readonly sql: Writer;
  readonly counts: Counts;
  readonly models: number;
  readonly copies: number;
  /** First id of a copy's rows, less one: of each table. */
  readonly stride: (table: string) => number;
}

/** Multiplies the practice archive at `login.directory` (no process has it open) and leaves a plain copy of it at `plainPath`. */
export async function multiply(
  login: Login,
  plainPath: string,
  counts: Counts,
  say: (line: string) => void,
): Promise<void> {
  await plainCopy(login, plainPath);
  const connection: Connection = openForFilling(plainPath);
  connection.pragma(FILLING.pages);
  const number = (query: string): number => Number((connection.prepare(query).get() as { n: number }).n);
  const strides = new Map<string, number>();
  const filling: Filling = {
    connection,
    sql: writerOf(connection as Parameters<typeof writerOf>[0]),
    counts,
    models: number('SELECT count(*) AS n FROM customer'),
    copies: Math.ceil(counts.cards / number('SELECT count(*) AS n FROM customer')),
    stride(table) {
      const known = strides.get(table) ?? number(`SELECT coalesce(max(id), 0) AS n FROM ${table}`);
      strides.set(table, known);
      return known;
    },
  };
  for (const table of ['customer', ...SHIFTED, ...REPEATED]) if (hasId(connection, table)) filling.stride(table);
  const begun = performance.now();
  const step = async (what: string, work: () => unknown): Promise<void> => {
    const from = performance.now();
    connection.exec('BEGIN');
    await work();
    connection.exec('COMMIT');
    say(`  ${what}: ${((performance.now() - from) / 1000).toFixed(0)} s`);
  };
  const indices = withoutIndices(connection);
  await step('cards', () => multiplyCards(filling));
  await step('values of cards', () => multiplyValues(filling));
  await step('dealings', () => {
    for (const table of SHIFTED) for (let copy = 1; copy < filling.copies; copy += 1) shift(filling, table, copy, 0);
    multiplySums(filling);
  });
  await step('papers and visits', () => repeat(filling));
  await step('indices', () => connection.exec(indices));
  await step('loans', () => addLoans(connection, counts.loans));
  // No rows for scans: binding, backup and the weekly reading open the file behind each.
  await step('history', () => addHistory(connection, new Date().getFullYear(), HISTORY_YEARS));
  await step('search index', () => fillSearchIndex(filling));
  await step('log', () => appendEntries(login, connection, counts.entries, counts.cards));
  await step('counts', () =>
    connection.exec(`${recountSql}${recountTodaySql}${recountPapersSql}${recountClassSumsSql}${recountDossiersSql}`),
  );
  connection.exec('PRAGMA analysis_limit=1000; ANALYZE;');
  connection.close();
  await encryptAs(login, plainPath);
  say(`  all of it: ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

const columnsOf = (connection: Connection, table: string): string[] =>
  (connection.prepare('SELECT name FROM pragma_table_info(?)').all(table) as { name: string }[]).map(
    ({ name }) => name,
  );

const hasId = (connection: Connection, table: string): boolean => columnsOf(connection, table).includes('id');

/** Takes away what would be kept up row by row. Answers the SQL that makes it again. */
function withoutIndices(connection: Connection): string {
  const tables = ['customer', ...SHIFTED, ...REPEATED].map((table) => `'${table}'`).join(', ');
  const items = connection
    .prepare(
      `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND type IN ('index', 'trigger') AND tbl_name IN (${tables})`,
    )
    .all() as { type: string; name: string; sql: string }[];
  for (const { type, name } of items) connection.exec(`DROP ${type} ${name}`);
  return items.map(({ sql }) => `${sql};`).join('\n');
}

/** Another phone or code of the same length: its last digits go on. */
function another(text: string, copy: number): string {
  const digits = /\d{4}(?=\D*$)/.exec(text);
  if (digits === null) return text;
  const next = String((Number(digits[0]) + copy * 97) % 10_000).padStart(4, '0');
  return `${text.slice(0, digits.index)}${next}${text.slice(digits.index + 4)}`;
}

/** A model card with the texts that its copies have in another form. */
interface Model {
  readonly row: CustomerRow;
  readonly kind: CardKind;
  /** Phones and codes by their field. */
  readonly varied: readonly (readonly [key: string, value: string])[];
  readonly letters: readonly string[];
}

function multiplyCards({ connection, sql, counts, copies, stride }: Filling): void {
  const settings = readSettings(sql);
  const patterns = { enterprise: settings.enterprisePattern, individual: settings.individualPattern };
  const year = new Date().getFullYear();
  const models = sql.all<CustomerRow>('SELECT * FROM customer ORDER BY id').map((row): Model => {
    const values = JSON.parse(row.field_values) as StoredValues;
    const varied = [...PHONES, ...CODES].flatMap((key) => {
      const value = values[key];
      return typeof value === 'string' && value !== '' ? [[key, value] as const] : [];
    });
    return { row, kind: row.kind as CardKind, varied, letters: [...row.name] };
  });
  const beginnings = { enterprise: [] as string[], individual: [] as string[] };
  const given = { enterprise: 0, individual: 0 };
  for (const { kind, letters } of models) {
    given[kind] += 1;
    beginnings[kind].push(letters.slice(0, 2).join(''));
  }
  const columns = columnsOf(connection, 'customer');
  const own = ['id', 'number', 'name', 'folded_name', 'phone', 'code', 'field_values'];
  // What is the model's own stays in the database: only what differs is handed over.
  const insert = connection.prepare(
    `INSERT INTO customer (${columns.join(', ')}) SELECT ${columns.map((name) => (own.includes(name) ? `:${name}` : name)).join(', ')}
     FROM customer WHERE id = :model`,
  );
  const register = connection.prepare(
    'INSERT INTO customer_number (number, kind, sequence, assigned_at, assigned_by) VALUES (?, ?, ?, ?, ?)',
  );
  const quoted = (key: string, value: string) => `"${key}":${JSON.stringify(value)}`;
  for (let copy = 1; copy < copies; copy += 1)
    for (const [at, { row, kind, varied, letters }] of models.entries()) {
      if (copy * models.length + at >= counts.cards) break;
      // The beginning of another card's name of the same kind: pairs of characters that names have, in combinations of their own.
      const others = beginnings[kind];
      const name = (others[(at + copy * 37) % others.length] ?? '') + letters.slice(2).join('');
      const field = nameField(kind);
      const values: Record<string, string> = { [field]: name };
      let form = row.field_values.replace(quoted(field, row.name), () => quoted(field, name));
      for (const [key, value] of varied) {
        const other = another(value, copy);
        values[key] = other;
        form = form.replace(quoted(key, value), () => quoted(key, other));
      }
      given[kind] += 1;
      const number = formatNumber(patterns[kind], given[kind], year);
      const id = copy * stride('customer') + row.id;
      const phone = phoneForComparison(PHONES.map((key) => values[key] ?? '').find((value) => value !== '') ?? '');
      const { code, folded_name } = comparedColumns(kind, values);
      insert.run({ model: row.id, id, number, name, folded_name, phone, code, field_values: form });
      register.run(number, kind, given[kind], row.created_at, row.created_by);
      keepKeys(sql, id, kind, { before: null, after: values, forms: STANDARD_FORMS });
    }
  for (const kind of ['enterprise', 'individual'] as const) passNumber(sql, kind, given[kind]);
}

/** Field by field in the order of the table, so that its pages are filled one after another; what copies have of their own comes from their forms. */
function multiplyValues({ connection, copies, counts, stride }: Filling): void {
  connection.exec('CREATE TEMP TABLE model_value AS SELECT * FROM card_value ORDER BY field, customer_id, ordinal');
  connection.exec('CREATE INDEX temp.model_value_field ON model_value (field, customer_id, ordinal, value)');
  connection.exec('DELETE FROM card_value');
  const fields = connection.prepare('SELECT DISTINCT field FROM temp.model_value ORDER BY field').all() as {
    field: string;
  }[];
  const shifted = connection.prepare(
    `INSERT INTO card_value (field, customer_id, ordinal, value) SELECT field, customer_id + :shift, ordinal, value
     FROM temp.model_value WHERE field = :field AND customer_id <= :last`,
  );
  const own = connection.prepare(
    `INSERT INTO card_value (field, customer_id, ordinal, value) SELECT field, customer_id + :shift, ordinal, customer.field_values ->> ('$.' || field)
     FROM temp.model_value CROSS JOIN customer ON customer.id = customer_id + :shift WHERE field = :field AND customer_id <= :last`,
  );
  const names = new Set<string>([...PHONES, ...CODES, nameField('enterprise'), nameField('individual')]);
  for (const { field } of fields)
    for (let copy = 0; copy < copies; copy += 1) {
      const last = counts.cards - copy * stride('customer');
      (names.has(field) ? own : shifted).run({ field, shift: copy * stride('customer'), last });
    }
  connection.exec('DROP TABLE temp.model_value');
}

/** The rows of a table for one copy of the model's cards; `round` counts further rows for the same cards. */
function shift({ connection, copies, counts, stride }: Filling, table: string, copy: number, round: number): void {
  const references = new Map(
    (connection.pragma(`foreign_key_list(${table})`) as { from: string; table: string }[]).map((key) => [
      key.from,
      key.table,
    ]),
  );
  const moved = new Set<string>(['customer', ...SHIFTED, ...REPEATED]);
  const place = (of: string): number => (REPEATED.some((name) => name === of) ? round * copies + copy : copy);
  const expressions: Readonly<Record<string, string>> = {
    ...CLEARED,
    'receivable.source_id': `source_id + ${copy} * iif(source = 'order', ${stride('customer_order')}, ${stride('delivery')})`,
    'paper.sequence': 'sequence + :round * 100',
    // The code names the card, and the paper by its place among the loose ones.
    'paper.code': `substr(code, 1, instr(code, '·')) || class || '·' || (SELECT number FROM customer WHERE id = customer_id + :shift) || '·L' || printf('%04d', sequence + :round * 100)`,
    'paper.document_number': "iif(document_number = '', '', document_number || '/' || :round || '-' || :shift)",
    'paper.export_order_id': round === 0 ? `export_order_id + ${copy * stride('customer_order')}` : 'NULL',
    'paper.date': "date(date, '-' || :round || ' years')",
    'visit.visited_at': "strftime('%Y-%m-%dT%H:%M:%fZ', visited_at, '-' || (:round * 97) || ' days')",
    'visit.day': "date(day, '-' || (:round * 97) || ' days')",
  };
  const columns = columnsOf(connection, table);
  const select = columns.map((column) => {
    const given = expressions[`${table}.${column}`];
    if (given !== undefined) return given;
    if (column === 'id') return `id + ${place(table) * stride(table)}`;
    const target = references.get(column) ?? UNDECLARED[`${table}.${column}`];
    return target !== undefined && moved.has(target) ? `${column} + ${place(target) * stride(target)}` : column;
  });
  const owner = columns.includes('customer_id')
    ? 'customer_id'
    : table === 'paper_act'
      ? '(SELECT customer_id FROM paper WHERE paper.id = paper_id)'
      : '0';
  const first = columns.includes('id') ? `id <= ${stride(table)} AND ` : `customer_id <= ${stride('customer')} AND `;
  connection
    .prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${select.join(', ')} FROM ${table} AS model
       WHERE ${first}${owner} <= :last AND :round >= 0 AND :shift >= 0`,
    )
    .run({ round, shift: copy * stride('customer'), last: counts.cards - copy * stride('customer') });
}

/** What products sold is the sum over all copies. */
function multiplySums({ connection, copies }: Filling): void {
  const sums = columnsOf(connection, 'product_sales').filter((name) => /^m\d\d$|^quantity$|^lines$/.test(name));
  connection.exec(`UPDATE product_sales SET ${sums.map((name) => `${name} = ${name} * ${copies}`).join(', ')}`);
}

/** Papers with their acts, and visits, as often as it takes to come to their number. */
function repeat(filling: Filling): void {
  const { connection, copies, counts } = filling;
  const have = (table: string) =>
    (connection.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n * copies;
  for (const [tables, wanted] of [
    [['paper', 'paper_act'], counts.papers],
    [['visit'], counts.visits],
  ] as const) {
    const rounds = Math.max(1, Math.round(wanted / Math.max(1, have(tables[0]))));
    for (const table of tables)
      for (let round = 0; round < rounds; round += 1)
        for (let copy = round === 0 ? 1 : 0; copy < copies; copy += 1) shift(filling, table, copy, round);
    if (tables[0] === 'paper') connection.exec(`UPDATE customer SET papers = papers * ${rounds}`);
  }
}

const REMEMBERED = 400_000;

/** Remembers what was made of a text: most of a copy's texts are its model's. */
function remembering<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = make(text);
    if (known.size < REMEMBERED) known.set(text, made);
    return made;
  };
}

/** Index texts as the program makes them; a copy's name is read in its two parts, the borrowed beginning and the rest. */
function remembered(): Parameters<typeof indexMadeRecord>[2] {
  const part = remembering((text) => readingsOfName(text, true));
  const joined = (heads: readonly string[], tails: readonly string[]) =>
    indexReadings(
      [
        ...new Set([...tails.map((tail) => (heads[0] ?? '') + tail), ...heads.map((head) => head + (tails[0] ?? ''))]),
      ].slice(0, 12),
    );
  return {
    text: remembering(indexText),
    readings(name) {
      const letters = [...name];
      const head = part(letters.slice(0, 2).join(''));
      const tail = part(letters.slice(2).join(''));
      return { full: joined(head.full, tail.full), initials: joined(head.initials, tail.initials) };
    },
  };
}

async function fillSearchIndex({ connection, sql, stride }: Filling): Promise<void> {
  const making = remembered();
  const cards = connection.prepare(
    'SELECT id, number, kind, name, field_values FROM customer WHERE id > ? ORDER BY id LIMIT 5000',
  );
  const papers = connection.prepare(
    `SELECT paper.id, paper.code, title, paper.document_number, paper.responsible, paper.place, customer_order.order_number AS export_order, customer.number AS customer_number
     FROM paper CROSS JOIN customer ON customer.id = paper.customer_id LEFT JOIN customer_order ON customer_order.id = export_order_id
     WHERE paper.id > ? ORDER BY paper.id LIMIT 5000`,
  );
  await indexingMany(sql, () => {
    sql.run(`INSERT INTO search_index (search_index, rank) VALUES ('hashsize', ${FILLING.index})`);
    for (let last = stride('customer'); ; ) {
      const rows = cards.all(last) as (CustomerRow & { id: number })[];
      for (const row of rows)
        indexMadeRecord(sql, indexedCustomer(row.id, row, JSON.parse(row.field_values) as StoredValues), making);
      if (rows.length === 0) break;
      last = rows.at(-1)?.id ?? last;
    }
    for (let last = stride('paper'); ; ) {
      const rows = papers.all(last) as Parameters<typeof indexedPaper>[0][];
      for (const row of rows) indexMadeRecord(sql, indexedPaper(row), making);
      if (rows.length === 0) break;
      last = rows.at(-1)?.id ?? last;
    }
  });
  while (mergeSearchIndex(sql));
}

/** Puts an encrypted copy of the plain database in the place of the archive's own. */
async function encryptAs(login: Login, plainPath: string): Promise<void> {
  const { database } = vaultPaths(login.directory);
  const former = `${database}.model`;
  renameSync(database, former);
  const sealed = await openSealedAt(login, former);
  // What is written by VACUUM INTO has the key of the connection's own database. A new key for a plain copy would take all of it into memory.
  sealed.exec(`ATTACH '${plainPath.replaceAll("'", "''")}' AS plain KEY ''`);
  sealed.exec(`VACUUM plain INTO '${database.replaceAll("'", "''")}'`);
  sealed.close();
  for (const end of ['', '-wal', '-shm']) rmSync(`${former}${end}`, { force: true });
}
