import { hash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { segmentsApart } from '../../electron/audit/segments-apart.ts';
import { verifyLog } from '../../electron/audit/verify.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { writerOf } from '../../electron/store/sql.ts';
import { openVault, PRODUCTION_KDF, vaultPaths } from '../../electron/vault/vault.ts';
import type { InputOf } from '../../shared/contract/contract.ts';
import { ANALYSES } from '../../shared/domain/analysis.ts';
import { customerListFields } from '../../shared/domain/lists/customer-list.ts';
import type { BenchDesk } from './bench-desk.ts';
import { type Figure, longestAtMost, median, p95AtMost, timed } from './bench-measure.ts';
import { type Login, openSealed, type PlainArchive } from './bench-plain.ts';

/** Bars of the scale issue that only show in an archive of very many cards: lists in every order, analyses, the chain of the log, a backup. */

const LIST_MS = 100;
const ANALYSIS_MS = 500;
const RUNS = 3;
/** Fields of the form by which the list is sorted as well; of each type one. */
const FORM_FIELDS = ['industry', 'annualTurnover', 'foundedOn', 'employees', 'legalRepresentative'] as const;
const RECORD_LISTS = ['papers', 'visits', 'loans', 'orders', 'dossiers'] as const;

/** Slowest of several questions, each asked `RUNS` times; the name of the slowest stands with it. */
export async function each(
  what: string,
  questions: Readonly<Record<string, () => Promise<unknown>>>,
  baseline?: Figure['baseline'],
  /** Done before each question, outside its time. */
  before: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Figure> {
  const samples: number[] = [];
  let slowest = { name: '', took: 0 };
  for (const [name, ask] of Object.entries(questions)) {
    const own: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      await before();
      own.push(await timed(ask));
    }
    samples.push(...own);
    if (median(own) > slowest.took) slowest = { name, took: median(own) };
  }
  return {
    name: what,
    note: `slowest: ${slowest.name}, ${slowest.took.toFixed(0)} ms`,
    unit: 'ms',
    samples,
    baseline,
    target: p95AtMost(LIST_MS, 'ms'),
  };
}

/** A list of records as it is asked for. */
type Wanted = Pick<InputOf<'lists.rows'>, 'text' | 'filter' | 'sort'> & {
  readonly list: (typeof RECORD_LISTS)[number];
};

/** Any list: first rows by any column, its end, filtered; beside them the first hundred rows by an index on plain SQLite. */
export async function listsOfEveryOrder(desk: BenchDesk, plain: PlainArchive, cards: number): Promise<Figure[]> {
  const fields = [...customerListFields('keeper').values()];
  const columns = fields.filter(({ section }) => section === 'control').map(({ key }) => key);
  const formFields = FORM_FIELDS.filter((key) => fields.some((field) => field.key === key));
  const baseline = {
    name: 'first rows along an index, plain SQLite',
    samples: [] as number[],
  };
  for (let run = 0; run < RUNS * 10; run += 1)
    baseline.samples.push(
      await timed(() => plain.connection.prepare('SELECT * FROM customer ORDER BY name, id LIMIT 100').all()),
    );
  const list = (input: Parameters<typeof desk.call<'customers.list'>>[1]) => () =>
    desk.call('customers.list', { limit: 100, count: 'enough', ...input });
  const questions = (keys: readonly string[], input: object) =>
    Object.fromEntries(
      keys.flatMap((sort) =>
        [false, true].map((descending) => [`${sort}${descending ? ' ↓' : ''}`, list({ sort, descending, ...input })]),
      ),
    );
  const end = Math.max(0, cards - 100);
  const filters = {
    'only incomplete, by name': list({ show: 'incomplete', sort: 'name' }),
    'only due for review, by name': list({ show: 'stale', sort: 'name' }),
    'one kind and tier, by region': list({ kind: 'enterprise', tier: 'key', sort: 'region' }),
    'region is, by name': list({ sort: 'name', filter: [{ field: 'region', is: 'is', values: ['eastChina'] }] }),
    'industry is, by name': list({ sort: 'name', filter: [{ field: 'industry', is: 'is', values: ['construction'] }] }),
    'updated since, by number': list({
      filter: [{ field: 'updatedAt', is: 'atLeast', values: [`${new Date().getFullYear()}-06-01`] }],
    }),
    'name contains, by number': list({ filter: [{ field: 'name', is: 'contains', values: ['新'] }] }),
    'name contains what most have': list({ filter: [{ field: 'name', is: 'contains', values: ['公司'] }] }),
    'region is not, by a field of the form': list({
      sort: 'industry',
      filter: [{ field: 'region', is: 'isNot', values: ['eastChina'] }],
    }),
  };
  const records = (input: object) =>
    Object.fromEntries(
      RECORD_LISTS.map((name) => [name, () => desk.call('lists.rows', { list: name, limit: 100, ...input })]),
    );
  const totals = await Promise.all(
    RECORD_LISTS.map(async (name) => (await desk.call('lists.rows', { list: name, limit: 1 })).total),
  );
  const ask = (name: (typeof RECORD_LISTS)[number], input: object) => () =>
    desk.call('lists.rows', { list: name, limit: 100, count: 'enough', ...input });
  // An entry in the log: what was found out about lists is forgotten.
  const forget = () => desk.call('search.find', { text: '永' });
  const is = (field: string, ...values: string[]) => ({ field, is: 'is' as const, values });
  const usual: Record<string, () => Promise<unknown>> = {};
  for (const [at, name] of RECORD_LISTS.entries())
    for (const key of (await desk.call('lists.fields', { list: name })).fields
      .filter((field) => field.usual)
      .map((field) => field.key)) {
      usual[`${name} by ${key}`] = ask(name, { sort: key });
      usual[`${name} by ${key}, end`] = ask(name, { sort: key, offset: Math.max(0, (totals[at] ?? 0) - 100) });
    }
  const narrowed = {
    'papers: class is': ask('papers', { filter: [is('class', '2')] }),
    'papers: type is': ask('papers', { filter: [is('type', 'packingList')] }),
    'papers: lent': ask('papers', { filter: [is('state', 'lent')] }),
    'papers: not in place': ask('papers', { filter: [{ field: 'state', is: 'isNot', values: ['inPlace'] }] }),
    'papers: since, by date': ask('papers', {
      sort: 'date',
      filter: [{ field: 'date', is: 'atLeast', values: [`${new Date().getFullYear()}-06-01`] }],
    }),
    'papers: customer contains': ask('papers', { filter: [{ field: 'customer', is: 'contains', values: ['永昌'] }] }),
    'papers: typed text': ask('papers', { text: '永昌' }),
    'papers: typed number': ask('papers', { text: 'L0001' }),
    'papers: by class in groups': ask('papers', { group: 'class' }),
    'visits: purpose is': ask('visits', { filter: [is('purpose', 'complaint')] }),
    'orders: open': ask('orders', { filter: [is('state', 'open')] }),
    'orders: amount at least': ask('orders', { filter: [{ field: 'amount', is: 'atLeast', values: [100_000] }] }),
    'loans: typed text': ask('loans', { text: '永昌' }),
    'papers: by place in groups of a class': ask('papers', { group: 'class', sort: 'place' }),
  };
  const looked = {
    'papers: title contains': { list: 'papers', filter: [{ field: 'title', is: 'contains', values: ['報'] }] },
    'papers: title contains what many have': {
      list: 'papers',
      filter: [{ field: 'title', is: 'contains', values: ['合同'] }],
    },
    'papers: tier is': { list: 'papers', filter: [is('tier', 'key')] },
    'papers: two conditions, by place': {
      list: 'papers',
      sort: 'place',
      filter: [is('region', 'eastChina'), is('type', 'contract')],
    },
    'papers: note contains': { list: 'papers', filter: [{ field: 'note', is: 'contains', values: ['a'] }] },
    'visits: content contains': { list: 'visits', filter: [{ field: 'content', is: 'contains', values: ['價'] }] },
    'visits: content contains what none has': {
      list: 'visits',
      filter: [{ field: 'content', is: 'contains', values: ['龘龘'] }],
    },
    'visits: typed text': { list: 'visits', text: '永昌' },
    'loans: overdue': { list: 'loans', filter: [is('state', 'overdue')] },
    'dossiers: papers of a class at least': {
      list: 'dossiers',
      filter: [{ field: 'class2', is: 'atLeast', values: [3] }],
    },
  } satisfies Readonly<Record<string, Wanted>>;
  const parts = (part: (wanted: Wanted) => () => Promise<unknown>) =>
    Object.fromEntries(Object.entries(looked).map(([name, wanted]) => [name, part(wanted)]));
  const counted =
    ({ list: name, text, filter }: Wanted) =>
    () =>
      desk.call('lists.totals', { list: name, text, filter, fields: [] });
  const ends = new Map<Wanted, number>();
  for (const wanted of Object.values(looked)) ends.set(wanted, (await counted(wanted)()).total);
  return [
    await each('list of cards: first rows by each of its columns', questions(columns, { offset: 0 }), baseline),
    await each('– its end, by each of its columns', questions(columns, { offset: end })),
    await each('– a page in its middle, by each of its columns', questions(columns, { offset: Math.floor(cards / 2) })),
    await each('– first rows by fields of the form', questions(formFields, { offset: 0 })),
    await each('– filtered', filters),
    await each('lists of papers, visits, loans, orders, dossiers: first rows', records({})),
    await each(
      '– their end',
      Object.fromEntries(
        RECORD_LISTS.map((name, at) => [
          name,
          () => desk.call('lists.rows', { list: name, limit: 100, offset: Math.max(0, (totals[at] ?? 0) - 100) }),
        ]),
      ),
    ),
    await each('– papers and visits by another column', {
      'papers by title': () => desk.call('lists.rows', { list: 'papers', sort: 'title', limit: 100 }),
      'papers by date': () => desk.call('lists.rows', { list: 'papers', sort: 'date', descending: true, limit: 100 }),
      'visits by customer': () => desk.call('lists.rows', { list: 'visits', sort: 'customer', limit: 100 }),
    }),
    await each('– papers, visits, loans, orders, dossiers by every usual column, and their end', usual),
    await each('– papers, visits, loans, orders filtered and searched', narrowed, undefined, forget),
    await each(
      '– the same where rows are looked through in pieces: first rows',
      parts(({ list: name, ...wanted }) => ask(name, wanted)),
      undefined,
      forget,
    ),
    await each('–– their number, in pieces', parts(counted), undefined, forget),
    await each(
      '–– their end, once they are counted',
      parts((wanted) => ask(wanted.list, { ...wanted, offset: Math.max(0, (ends.get(wanted) ?? 0) - 100) })),
    ),
  ];
}

/** The four analyses of five years as they open; beside them the same sums by bare SQL over the order lines. */
export async function analyses(desk: BenchDesk, plain: PlainArchive, year: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  const baseline: number[] = [];
  for (let run = 0; run < RUNS; run += 1)
    baseline.push(
      await timed(() =>
        plain.connection
          .prepare(
            `SELECT c.region, substr(l.date, 1, 4) AS year, l.currency, sum(l.amount) FROM order_line AS l JOIN customer AS c ON c.id = l.customer_id
             WHERE l.counted = 1 AND l.date >= ? GROUP BY 1, 2, 3`,
          )
          .all(`${year - 4}-01-01`),
      ),
    );
  for (const analysis of ANALYSES) {
    const samples: number[] = [];
    for (let run = 0; run < RUNS; run += 1)
      samples.push(
        await timed(() => desk.call('analysis.compose', { analysis, from: `${year}-01`, to: `${year}-12` })),
      );
    figures.push({
      name: `analysis of five years: ${analysis}`,
      unit: 'ms',
      samples,
      baseline: { name: 'bare SQL over the order lines by region', samples: baseline },
      target: longestAtMost(ANALYSIS_MS, 'ms'),
    });
  }
  return figures;
}

/** Walks the chain of the log as unlocking does, on the encrypted database, on as many threads; no process may have it open. Beside it SHA-256 of the same bytes. */
export async function chainOfLog(login: Login): Promise<Figure> {
  const vault = await openVault({ ...login, clock: systemClock, random: systemRandom, kdf: PRODUCTION_KDF });
  const { database } = vaultPaths(login.directory);
  const connection = await openSealed(login);
  try {
    const reader = writerOf(connection as Parameters<typeof writerOf>[0]);
    const samples: number[] = [];
    const baseline: number[] = [];
    for (let run = 0; run < 2; run += 1) {
      const begun = performance.now();
      const { ok, entries } = await verifyLog(reader, {
        publicKeyOf: () => undefined,
        signatures: false,
        segmentsOf: (stretch) => segmentsApart(database, vault.databaseKey, stretch),
      });
      if (!ok) throw new Error('The log of the benchmark does not verify');
      samples.push(entries / ((performance.now() - begun) / 1000));
      const began = performance.now();
      for (const row of reader.iterate<{ bytes: Buffer }>('SELECT bytes FROM audit_log ORDER BY seq'))
        hash('sha256', row.bytes, 'binary');
      baseline.push(entries / ((performance.now() - began) / 1000));
    }
    return {
      name: 'full verify of the chain of the log: entries a second',
      unit: '/s',
      samples,
      baseline: { name: 'reading them and SHA-256 of each', samples: baseline },
      target: { text: '≥ 300,000 /s', met: (figure) => median(figure.samples) >= 300_000 },
    };
  } finally {
    connection.close();
    vault.close();
  }
}

/** A full backup into the working folder, read back by the program as it always does, beside VACUUM INTO on plain SQLite. */
export async function backup(
  desk: BenchDesk,
  plain: PlainArchive,
  folder: string,
  plainPath: string,
  say: (line: string) => void,
): Promise<Figure[]> {
  // The copy and the backup of it stand side by side for a while.
  const needed = 2.1 * statSync(plainPath).size;
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < needed) {
    say(`  backup not measured: it takes ${(needed / 1e9).toFixed(0)} GB of room`);
    return [];
  }
  const place = mkdtempSync(join(folder, 'backup-'));
  try {
    let bytes = 0;
    const took = await timed(async () => {
      ({ bytes } = await desk.call('archive.backup', { file: place, extent: 'full' }));
    });
    for (const name of readdirSync(place)) rmSync(join(place, name), { recursive: true });
    const copy = join(place, 'plain.db');
    const alone = await timed(() => plain.connection.prepare('VACUUM INTO ?').run(copy));
    const rate = (amount: number, ms: number) => amount / 1e6 / (ms / 1000);
    return [
      {
        name: 'full backup, written, read back and checked: megabytes a second',
        unit: 'MB/s',
        samples: [rate(bytes, took)],
        baseline: { name: 'VACUUM INTO on plain SQLite', samples: [rate(statSync(copy).size, alone)] },
        target: { text: '≥ 60 MB/s', met: ({ samples }) => median(samples) >= 60 },
      },
    ];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
