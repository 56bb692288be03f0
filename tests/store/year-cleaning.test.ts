import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { atOneGo } from '../../electron/services/in-turns.ts';
import { missingOf } from '../../electron/services/paper-record.ts';
import { endingBy } from '../../electron/services/retention.ts';
import { dayOf, todayOf } from '../../electron/services/today.ts';
import { isCarried } from '../../electron/services/volume-plan.ts';
import { standingPage } from '../../electron/services/year-cleaning.ts';
import { YearSurvey } from '../../electron/services/year-survey.ts';
import { carriesOfYear } from '../../electron/store/archive-years.ts';
import { findCustomerById } from '../../electron/store/customers.ts';
import { exportOrders, papersToBind } from '../../electron/store/papers.ts';
import type { Reader, Writer } from '../../electron/store/sql.ts';
import type { OutputOf } from '../../shared/contract/contract.ts';
import { CLEANING_KINDS, type KeptFinding, staysValid } from '../../shared/domain/archive-year.ts';
import { DOCUMENT_TYPES, type DocumentTypeKey } from '../../shared/domain/document-types.ts';
import { DOSSIER_CLASSES, dossierClassOf } from '../../shared/domain/dossier-classes.ts';
import { cleaningAtOnce, standingAtOnce } from '../support/cleaning-at-once.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';

/** A year cleaned dossier by dossier, and kept up to date as it changes, stands as all its papers at once say it does. */

const YEAR = 2025;
let today = Date.UTC(2026, 0, 5, 2);
let desk: TestArchive;
let scans = 0;
beforeAll(async () => {
  desk = await openTestArchive({ clock: { now: () => new Date(today), monotonicMs: () => 0 } });
  for (let at = 0; at < 6; at += 1) await perform({ do: 'newCard' });
  for (const customer of [0, 3]) {
    await perform({ do: 'export', customer });
    await perform({ do: 'order', customer, next: false });
  }
});
afterAll(() => desk.close());

/** What of the archive the cleaning looks at, from the rows of the whole year. */
function atOnce(sql: Reader) {
  const day = todayOf({ now: () => new Date(today), monotonicMs: () => 0 });
  const loose = DOSSIER_CLASSES.flatMap((dossierClass) => papersToBind(sql, YEAR, dossierClass));
  const elsewhere = new Map<number, string>();
  for (const { id, code } of sql.all<{ id: number; code: string }>(
    `SELECT paper.id, other.code FROM paper JOIN paper AS other ON other.document_number = paper.document_number
       AND other.document_number <> '' AND other.type = paper.type AND other.customer_id <> paper.customer_id AND other.state <> 'removed'
     WHERE paper.document_number <> '' ORDER BY paper.id, other.id`,
  ))
    if (!elsewhere.has(id)) elsewhere.set(id, code);
  const scans = Map.groupBy(
    sql.all<{ paper_id: number; sha256_plain: string }>(
      'SELECT paper_id, sha256_plain FROM attachment WHERE retired_in IS NULL AND paper_id IS NOT NULL ORDER BY added_at, id',
    ),
    (row) => row.paper_id,
  );
  const dossiers = [...new Set(loose.map((paper) => paper.customer_id))].flatMap((id) => {
    const customer = findCustomerById(sql, id);
    if (customer === undefined) return [];
    const later = new Set(
      exportOrders(sql, id)
        .filter((order) => Number(order.date.slice(0, 4)) > YEAR)
        .map((order) => order.order_number),
    );
    const gaps = missingOf(sql, customer, day).filter(
      (gap) => gap.exportOrder === undefined || !later.has(gap.exportOrder),
    );
    return [{ customer: customer.number, name: customer.name, gaps }];
  });
  const live = cleaningAtOnce({
    papers: loose
      .filter((paper) => paper.state !== 'superseded')
      .map((paper) => ({
        id: paper.id,
        code: paper.code,
        customer: paper.customer_number,
        class: dossierClassOf(paper.class) ?? 1,
        type: paper.type as DocumentTypeKey,
        title: paper.title,
        date: paper.date,
        documentNumber: paper.document_number,
        pages: paper.pages,
        filedOn: dayOf(new Date(paper.added_at)),
        directExport: findCustomerById(sql, paper.customer_id)?.direct_export === 1,
        lentTo: paper.state === 'lent' ? `${paper.loan_borrower ?? ''} ${paper.loan_due ?? ''}`.trim() : null,
        scans: (scans.get(paper.id) ?? []).map((row) => row.sha256_plain),
        numberElsewhere: elsewhere.get(paper.id) ?? null,
      })),
    dossiers,
    due: atOneGo(endingBy(sql, day, day))
      .filter(({ thing }) => thing.volume_id !== null && thing.listed === null)
      .map(({ thing, span }) => ({
        code: thing.code,
        class: dossierClassOf(thing.class) ?? 1,
        title: thing.title,
        endedOn: span.endsOn ?? '',
      })),
  });
  const kept = sql.all<KeptFinding>(
    'SELECT key, kind, class, subject, customer, title, detail, reason, at, by FROM year_finding WHERE year = ? ORDER BY id',
    YEAR,
  );
  const decided = carriesOfYear(sql, YEAR);
  const basic = papersToBind(sql, YEAR, 1);
  return {
    standing: standingAtOnce(live, kept),
    carried: basic.filter((paper) => paper.state !== 'lent' && isCarried(paper, YEAR, decided)).length,
    lasting: basic
      .filter(
        (paper) =>
          decided.has(paper.id) ||
          staysValid(
            {
              type: paper.type as DocumentTypeKey,
              validUntil: paper.valid_until,
              superseded: paper.state === 'superseded',
            },
            YEAR,
          ),
      )
      .map((paper) => [paper.code, isCarried(paper, YEAR, decided), decided.get(paper.id)?.reason ?? '']),
  };
}

type Shown = OutputOf<'archiveYears.findings'>;
const listed = async (filter: Record<string, unknown> = {}): Promise<Shown> => {
  const findings: Shown['findings'] = [];
  for (;;) {
    // An odd page: its edges fall between dossiers and kinds.
    const page = await desk.dispatch('archiveYears.findings', {
      year: YEAR,
      ...filter,
      offset: findings.length,
      limit: 7,
    });
    findings.push(...page.findings);
    if (findings.length >= page.total) return { findings, total: page.total };
  }
};

/** Compares everything that can be asked of the year with the year at once. */
async function compare(): Promise<void> {
  const { database } = desk.archive;
  const { standing, carried, lasting } = atOnce(database.reader);
  const shown = await listed();
  expect(shown.findings).toEqual(standing);
  const job = await desk.dispatch('archiveYears.get', { year: YEAR });
  const count = (of: typeof standing) => ({
    open: of.filter((one) => one.state === 'open').length,
    explained: of.filter((one) => one.state === 'explained').length,
    settled: of.filter((one) => one.state === 'settled').length,
  });
  expect(job.findings).toEqual(count(standing));
  expect(job.kinds).toEqual(
    CLEANING_KINDS.map((kind) => ({ kind, ...count(standing.filter((one) => one.kind === kind)) })).filter(
      (one) => one.open + one.explained + one.settled > 0,
    ),
  );
  expect(job.carried).toBe(carried);
  for (const state of ['open', 'explained', 'settled'] as const)
    for (const dossierClass of [undefined, 1, 4])
      expect((await listed({ state, class: dossierClass })).findings).toEqual(
        standing.filter((one) => one.state === state && (dossierClass === undefined || one.class === dossierClass)),
      );
  const { papers, total } = await desk.dispatch('archiveYears.lasting', { year: YEAR, offset: 0, limit: 500 });
  expect(papers.map((one) => [one.code, one.carried, one.reason])).toEqual(lasting);
  expect(total).toBe(lasting.length);
}

const TYPES = DOCUMENT_TYPES.map(({ key, class: dossierClass }) => ({ type: key, class: dossierClass }));
const which = fc.nat({ max: 30 });
const number = fc.constantFrom('', '', 'HT-1', 'HT-2');
const date = fc.constantFrom(null, '2025-03-01', '2025-06', '2026-02-01');
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('file' as const),
      customer: which,
      of: fc.constantFrom(...TYPES),
      number,
      date,
      year: fc.constantFrom(YEAR, YEAR, YEAR, YEAR + 1),
      pages: fc.constantFrom<number[]>(0, 1, 3),
      until: fc.constantFrom(null, '2025-12-31', '2026-01-05', '2027-01-01'),
      order: fc.constantFrom(null, 0, 1),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('change' as const), at: which, number, date, pages: fc.nat({ max: 2 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('state' as const),
      at: which,
      state: fc.constantFrom('inPlace', 'lent', 'superseded', 'removed'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('bind' as const), at: which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refile' as const), at: which, customer: which }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('scan' as const), at: which, content: fc.constantFrom('a', 'b') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('retire' as const), at: which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('waive' as const), customer: which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('export' as const), customer: which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('order' as const), customer: which, next: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('carry' as const), at: which, carry: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('dueVolume' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('nextDay' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('newCard' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('open' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('explain' as const), kind: fc.constantFrom(...CLEANING_KINDS) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('explainOne' as const), at: which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const), at: which }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const ids = (sql: Reader, table: 'customer' | 'paper') =>
  sql.all<{ id: number }>(`SELECT id FROM ${table} ORDER BY id`).map(({ id }) => id);

function change(sql: Writer, one: Act): void {
  const customers = ids(sql, 'customer');
  const papers = ids(sql, 'paper');
  const customerOf = (at: number) => customers[at % customers.length] ?? 0;
  const paperOf = (at: number) => (papers.length === 0 ? 0 : (papers[at % papers.length] ?? 0));
  const next = (papers.at(-1) ?? 0) + 1;
  switch (one.do) {
    case 'newCard': {
      const at = (customers.at(-1) ?? 0) + 1;
      // Numbers in another order than ids.
      sql.run(
        `INSERT INTO customer (id, number, kind, tier, status, completeness, review_due, name, created_at, created_by, updated_at, updated_by, reviewed_on, field_values)
         VALUES (?, ?, 'enterprise', 'key', 'active', 1, '', ?, '', '', '', '', '', '{}')`,
        at,
        `E${String((at * 7_919) % 100_003).padStart(6, '0')}`,
        `客戶 ${at}`,
      );
      return;
    }
    case 'forget':
      // As when more has changed than is remembered.
      sql.run('DELETE FROM dossier_change WHERE id < (SELECT max(id) FROM dossier_change)');
      return;
    case 'file': {
      const order = one.order === null ? undefined : exportOrders(sql, customerOf(one.customer))[one.order];
      sql.run(
        `INSERT INTO paper (id, code, customer_id, class, type, sequence, title, document_number, responsible, date, year, pages, original, copies, medium, security, retention,
           place, note, export_order_id, valid_until, extra, state, added_at, added_by, revision)
         VALUES (?, ?, ?, ?, ?, ?, '', ?, '', ?, ?, ?, 0, 1, 'paper', 'public', 'D10', '', '', ?, ?, '{}', 'inPlace', '2025-12-01T00:00:00.000Z', '', 1)`,
        next,
        `P${next}`,
        customerOf(one.customer),
        one.of.class,
        one.of.type,
        (next * 37) % 101,
        one.number,
        one.date,
        one.year,
        one.pages,
        order?.id ?? null,
        one.until,
      );
      return;
    }
    case 'change':
      sql.run(
        'UPDATE paper SET document_number = ?, date = ?, pages = ? WHERE id = ? AND volume_id IS NULL',
        one.number,
        one.date,
        one.pages,
        paperOf(one.at),
      );
      return;
    case 'state':
      sql.run('UPDATE paper SET state = ? WHERE id = ? AND volume_id IS NULL', one.state, paperOf(one.at));
      return;
    case 'refile':
      sql.run(
        'UPDATE paper SET customer_id = ? WHERE id = ? AND volume_id IS NULL',
        customerOf(one.customer),
        paperOf(one.at),
      );
      return;
    case 'bind':
    case 'dueVolume': {
      const last = sql.get<{ n: number }>('SELECT count(*) AS n FROM volume')?.n ?? 0;
      const volume = Number(
        sql.run(
          `INSERT INTO volume (year, class, number, code, title, retention, papers, customers, pages, sheets, spine_millimetres, sha256, fingerprint, attachment_id, audit_head, missing_glyphs, bound_at, bound_by)
           VALUES (2014, 4, ?, ?, '', 'D10', 0, 0, 0, 0, 10, '', '', 'none', '', '[]', '', '')`,
          last + 1,
          `V${last + 1}`,
        ).lastInsertRowid,
      );
      if (one.do === 'bind')
        sql.run(
          "UPDATE paper SET state = 'bound', volume_id = ? WHERE id = ? AND volume_id IS NULL",
          volume,
          paperOf(one.at),
        );
      else
        sql.run(
          `INSERT INTO paper (id, code, customer_id, class, type, sequence, title, document_number, responsible, date, year, pages, original, copies, medium, security, retention,
             place, note, extra, state, volume_id, added_at, added_by, revision)
           VALUES (?, ?, ?, 4, 'goodsRegister', ?, '', '', '', '2014-01-01', 2014, 1, 0, 1, 'paper', 'public', 'D10', '', '', '{}', 'bound', ?, '2014-12-01T00:00:00.000Z', '', 1)`,
          next,
          `P${next}`,
          customers[0] ?? 0,
          next,
          volume,
        );
      return;
    }
    case 'scan':
      scans += 1;
      if (papers.length > 0)
        sql.run(
          `INSERT INTO attachment (id, purpose, paper_id, name, media_type, pages, size, sha256_plain, sha256_cipher, key, added_at, added_by)
           VALUES (?, 'scan', ?, '', '', 1, 1, ?, '', '', '', '')`,
          `scan-${scans}`,
          paperOf(one.at),
          one.content,
        );
      return;
    case 'retire':
      sql.run(
        'DELETE FROM attachment WHERE id = (SELECT id FROM attachment WHERE paper_id = ? LIMIT 1)',
        paperOf(one.at),
      );
      return;
    case 'waive':
      sql.run(
        `INSERT INTO waiver (customer_id, type, export_order, state, reason, at, by) VALUES (?, 'businessLicence', '', 'notApplicable', '無', '', '王')
         ON CONFLICT DO UPDATE SET reason = iif(reason = '', '無', '')`,
        customerOf(one.customer),
      );
      return;
    case 'export':
      sql.run('UPDATE customer SET direct_export = 1 - direct_export WHERE id = ?', customerOf(one.customer));
      return;
    case 'order':
      sql.run(
        `INSERT INTO customer_order (customer_id, order_number, date, export) VALUES (?, ?, ?, 1)
         ON CONFLICT (customer_id, order_number) DO UPDATE SET date = excluded.date`,
        customerOf(one.customer),
        one.next ? 'PO-2' : 'PO-1',
        one.next ? '2026-02-01' : '2025-02-01',
      );
      return;
    case 'carry':
      if (papers.length > 0)
        sql.run(
          `INSERT INTO year_carry (year, paper_id, carry, reason, at, by) VALUES (?, ?, ?, '另定', '', '') ON CONFLICT DO UPDATE SET carry = excluded.carry`,
          YEAR,
          paperOf(one.at),
          one.carry ? 1 : 0,
        );
      return;
  }
}

async function perform(one: Act): Promise<void> {
  const { database } = desk.archive;
  const { standing } = atOnce(database.reader);
  const keyOf = (state: string, at: number) => {
    const own = standing.filter((finding) => finding.state === state);
    return own.length === 0 ? undefined : own[at % own.length]?.key;
  };
  if (one.do === 'nextDay') today += 24 * 60 * 60 * 1000;
  else if (one.do === 'open') await desk.dispatch('archiveYears.open', { year: YEAR });
  else if (one.do === 'explain')
    await desk.dispatch('archiveYears.explain', { year: YEAR, kind: one.kind, reason: '客戶未曾提供' });
  else if (one.do === 'explainOne') {
    const key = keyOf('open', one.at);
    if (key !== undefined) await desk.dispatch('archiveYears.explain', { year: YEAR, keys: [key], reason: '另函索取' });
  } else if (one.do === 'reopen') {
    const key = keyOf('explained', one.at);
    if (key !== undefined) await desk.dispatch('archiveYears.reopen', { year: YEAR, keys: [key] });
  } else {
    database.begin();
    change(database.writer, one);
    database.commit();
    // What is due is looked for again when the log has grown, as it does with every act of the desk.
    if (one.do === 'dueVolume' || one.do === 'bind') await desk.dispatch('archiveYears.arrange', { year: YEAR - 1 });
  }
}

/** Acts after which what is kept is another: a survey that did not keep it itself begins anew. */
const KEEPING = ['open', 'explain', 'explainOne', 'reopen', 'bind', 'dueVolume'];

it('a change is taken in by every dossier that it concerns, each worked out by itself', async () => {
  const { archive } = desk;
  const clock = { now: () => new Date(today), monotonicMs: () => 0 };
  const context = { archive, clock, signal: new AbortController().signal, progress: () => undefined };
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 40 }), async (acts) => {
      let survey = new YearSurvey(YEAR, 1);
      for (const one of acts) {
        await perform(one);
        if (KEEPING.includes(one.do)) survey = new YearSurvey(YEAR, 1);
        await survey.refresh(context);
        const { findings } = standingPage(survey, archive.database.reader, {}, 0, 10_000);
        expect(findings).toEqual(atOnce(archive.database.reader).standing);
      }
    }),
    { numRuns: 20, endOnFailure: true },
  );
});

it('stands after every change as the whole year at once says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
      // The archive goes on from run to run: what was kept, bound and explained before is there.
      for (const [at, one] of acts.entries()) {
        await perform(one);
        if (at % 4 === 0) await compare();
      }
      await compare();
    }),
    { numRuns: 30, endOnFailure: true },
  );
});

it('of more dossiers than are worked out at once is whole, and a change among them is taken in', async () => {
  const papers = fc.sample(act, { seed: 5, numRuns: 2_000 }).filter((one) => one.do === 'file');
  const { database } = desk.archive;
  database.begin();
  for (let at = 0; at < 450; at += 1) change(database.writer, { do: 'newCard' });
  for (const [at, one] of papers.entries()) change(database.writer, { ...one, customer: at * 31 });
  database.commit();
  await compare();
  await desk.dispatch('archiveYears.open', { year: YEAR });
  await desk.dispatch('archiveYears.explain', { year: YEAR, kind: 'missingPaper', class: 1, reason: '客戶未曾提供' });
  await compare();
  for (const one of fc.sample(act, { seed: 6, numRuns: 40 })) await perform(one);
  await compare();
});
