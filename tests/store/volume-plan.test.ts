import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBinderOrder } from '../../electron/services/dossiers.ts';
import {
  isCarried,
  type PlannedBinding,
  planVolumes,
  samePlan,
  yearArrangement,
} from '../../electron/services/volume-plan.ts';
import { carriesOfYear, saveArchiveYear } from '../../electron/store/archive-years.ts';
import { exportOrders, papersToBind } from '../../electron/store/papers.ts';
import { loosePapers, yearsOfPapers } from '../../electron/store/papers-to-bind.ts';
import { ARRANGEMENTS, type Arrangement } from '../../shared/domain/archive-year.ts';
import { DOCUMENT_TYPES } from '../../shared/domain/document-types.ts';
import { DOSSIER_CLASSES } from '../../shared/domain/dossier-classes.ts';
import { longestCode } from '../../shared/domain/retention.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';
import { arrangedAtOnce } from '../support/volumes-at-once.ts';

/** A year planned piece by piece has the volumes that all its papers at once would give, and what is kept count of equals the recount. */

let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
});
afterAll(() => desk.close());

const YEAR = 2025;
const TYPES = DOCUMENT_TYPES.map(({ key, class: dossierClass }) => ({ type: key, class: dossierClass }));
const paper = fc.record({
  customer: fc.nat({ max: 11 }),
  of: fc.constantFrom(...TYPES),
  year: fc.constantFrom(YEAR, YEAR, YEAR, YEAR + 1),
  pages: fc.constantFrom<number[]>(0, 1, 30, 250, 700),
  date: fc.constantFrom(null, '2025-01-01', '2025-06', '2025-12-31'),
  number: fc.constantFrom('', 'HT-2', 'HT-10'),
  state: fc.constantFrom('inPlace', 'inPlace', 'inPlace', 'lent', 'superseded', 'removed'),
  bound: fc.constantFrom(false, false, false, true),
  order: fc.constantFrom(null, 0, 1),
  until: fc.constantFrom(null, '2025-12-31', '2027-01-01', 'indefinite'),
  retention: fc.constantFrom('D10', 'D30', 'Y'),
  change: fc.constantFrom(null, 'removed', 'moved', 'deleted', 'bound'),
});
type Paper = typeof paper extends fc.Arbitrary<infer T> ? T : never;

/** Files what was drawn, looks, and takes it back. */
async function during(papers: readonly Paper[], arrangement: Arrangement | undefined, look: () => Promise<void>) {
  const { database } = desk.archive;
  const sql = database.writer;
  database.begin();
  try {
    const last = Math.max(0, ...papers.map(({ customer }) => customer));
    for (let at = 0; at <= last; at += 1) {
      // Numbers in another order than ids.
      sql.run(
        `INSERT INTO customer (id, number, kind, tier, status, completeness, review_due, name, created_at, created_by, updated_at, updated_by, reviewed_on, field_values)
         VALUES (?, ?, 'enterprise', 'key', 'active', 1, '', '', '', '', '', '', '', '{}')`,
        at + 1,
        `E${String((at * 7_919) % 100_003).padStart(6, '0')}`,
      );
      for (const [order, date] of [
        ['A', '2025-03-01'],
        ['B', '2025-02-01'],
      ] as const)
        sql.run(
          'INSERT INTO customer_order (customer_id, order_number, date, export) VALUES (?, ?, ?, ?)',
          at + 1,
          order,
          date,
          order === 'A' || at % 2 === 0 ? 1 : 0,
        );
    }
    const volume = Number(
      sql.run(
        `INSERT INTO volume (year, class, number, code, title, retention, papers, customers, pages, sheets, spine_millimetres, sha256, fingerprint, attachment_id, audit_head, missing_glyphs, bound_at, bound_by)
         VALUES (2024, 1, 1, 'V', '', 'Y', 0, 0, 0, 0, 10, '', '', 'none', '', '[]', '', '')`,
      ).lastInsertRowid,
    );
    for (const [at, drawn] of papers.entries()) {
      const order = drawn.order === null ? undefined : exportOrders(sql, drawn.customer + 1)[drawn.order];
      sql.run(
        `INSERT INTO paper (id, code, customer_id, class, type, sequence, title, document_number, responsible, date, year, pages, original, copies, medium, security, retention,
           place, note, export_order_id, valid_until, extra, state, volume_id, added_at, added_by, revision)
         VALUES (?, ?, ?, ?, ?, ?, '', ?, '', ?, ?, ?, 1, 1, 'paper', 'public', ?, '', '', ?, ?, '{}', ?, ?, '', '', ?)`,
        at + 1,
        `P${at}`,
        drawn.customer + 1,
        drawn.of.class,
        drawn.of.type,
        papers.length - at,
        drawn.number,
        drawn.date,
        drawn.year,
        drawn.pages,
        drawn.retention,
        order?.id ?? null,
        drawn.until,
        drawn.bound ? 'bound' : drawn.state,
        drawn.bound ? volume : null,
        1 + (at % 3),
      );
      if (drawn.change === 'removed') sql.run("UPDATE paper SET state = 'removed' WHERE id = ?", at + 1);
      if (drawn.change === 'moved') sql.run('UPDATE paper SET year = year + 1 WHERE id = ?', at + 1);
      if (drawn.change === 'bound')
        sql.run("UPDATE paper SET state = 'bound', volume_id = ? WHERE id = ?", volume, at + 1);
      if (drawn.change === 'deleted') sql.run('DELETE FROM paper WHERE id = ?', at + 1);
    }
    if (arrangement !== undefined)
      saveArchiveYear(sql, {
        year: YEAR,
        opened_at: '',
        opened_by: '',
        arrangement,
        max_millimetres: 20,
        sheet_micrometres: 100,
        double_sided: 1,
        checked_by: '',
        arranged_at: null,
        closed_at: null,
        closed_by: '',
        closing_note: '',
      });
    await look();
  } finally {
    database.rollback();
  }
}

const context = () => ({ sql: desk.archive.database.writer, signal: new AbortController().signal });
const shown = ({ papers, ...rest }: PlannedBinding) => ({
  ...rest,
  ids: [...papers.ids],
  revisions: [...papers.revisions],
  carried: [...papers.carried],
});

/** The plan from every paper of the year at once, as plainly as it can be said. */
function planAtOnce() {
  const { sql } = context();
  const { arrangement, binding } = yearArrangement(sql, YEAR);
  const decided = carriesOfYear(sql, YEAR);
  return DOSSIER_CLASSES.flatMap((dossierClass) => {
    const ready = papersToBind(sql, YEAR, dossierClass).filter(({ state }) => state !== 'lent');
    const byCustomer = [...Map.groupBy(ready, (one) => one.customer_id)].flatMap(([id, own]) =>
      inBinderOrder(own, exportOrders(sql, id)),
    );
    const ordered = arrangement === 'running' ? ready.toSorted((a, b) => a.id - b.id) : byCustomer;
    const papers = ordered.map((row) => ({ ...row, customer: row.customer_number, pages: Math.max(1, row.pages) }));
    return arrangedAtOnce(papers, arrangement, binding, dossierClass === 1 ? 1 : 0).map((volume) => ({
      year: YEAR,
      class: dossierClass,
      volume: volume.volume,
      ids: volume.papers.map(({ id }) => id),
      revisions: volume.papers.map(({ revision }) => revision),
      carried: volume.papers.map((one) => (isCarried(one, YEAR, decided) ? 1 : 0)),
      customers: new Set(volume.papers.map(({ customer }) => customer)).size,
      pages: volume.pages,
      sheets: volume.sheets,
      spineMillimetres: volume.spineMm ?? 50,
      retention: longestCode(volume.papers.map(({ retention }) => retention)),
    }));
  });
}

describe('the plan of a year', () => {
  it('piece by piece is the plan of all its papers at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(paper, { maxLength: 60 }),
        fc.constantFrom(undefined, ...ARRANGEMENTS),
        async (papers, arrangement) => {
          await during(papers, arrangement, async () => {
            const planned = await planVolumes(context(), YEAR);
            expect(planned.map(shown)).toEqual(planAtOnce());
            for (const dossierClass of DOSSIER_CLASSES)
              expect((await planVolumes(context(), YEAR, dossierClass)).map(shown)).toEqual(
                planned.filter((volume) => volume.class === dossierClass).map(shown),
              );
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(['customers', 'running'] as const)(
    'of more customers and papers than one piece holds is whole: %s',
    async (arrangement) => {
      const [contract] = TYPES.filter(({ type }) => type === 'contract');
      const [template] = fc.sample(paper, { seed: 1, numRuns: 1 });
      if (contract === undefined || template === undefined) throw new Error('nothing drawn');
      const papers = Array.from({ length: 1_300 }, (_, at) => ({
        ...template,
        customer: (at * 31) % 650,
        of: contract,
        year: YEAR,
        pages: 1 + (at % 40),
        state: 'inPlace' as const,
        bound: false,
        change: null,
      }));
      await during(papers, arrangement, async () => {
        const planned = await planVolumes(context(), YEAR);
        expect(planned.map(shown)).toEqual(planAtOnce());
        expect(planned.reduce((sum, { papers: { ids } }) => sum + ids.length, 0)).toBe(1_300);
      });
    },
  );

  it('a paper that changes, comes or goes makes it another plan', async () => {
    const papers = fc
      .sample(paper, { seed: 3, numRuns: 20 })
      .map((one) => ({ ...one, year: YEAR, state: 'inPlace' as const, bound: false, change: null }));
    await during(papers, undefined, async () => {
      const before = await planVolumes(context(), YEAR);
      expect(samePlan(await planVolumes(context(), YEAR), before)).toBe(true);
      const { sql } = context();
      const sameAfter = async (change: string, back: string) => {
        sql.run(change);
        const same = samePlan(await planVolumes(context(), YEAR), before);
        sql.run(back);
        return same;
      };
      expect(
        await sameAfter('UPDATE paper SET revision = 9 WHERE id = 4', 'UPDATE paper SET revision = 1 WHERE id = 4'),
      ).toBe(false);
      expect(
        await sameAfter(
          "UPDATE paper SET state = 'removed' WHERE id = 4",
          "UPDATE paper SET state = 'inPlace' WHERE id = 4",
        ),
      ).toBe(false);
      expect(samePlan(await planVolumes(context(), YEAR), before)).toBe(true);
    });
  });
});

it('papers of each year and loose ones: kept counts equal the recount', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(paper, { maxLength: 40 }), async (papers) => {
      await during(papers, undefined, async () => {
        const { sql } = context();
        expect(yearsOfPapers(sql)).toEqual(
          sql.all(
            "SELECT year, count(*) AS papers, count(volume_id) AS bound FROM paper WHERE state <> 'removed' GROUP BY year ORDER BY year DESC",
          ),
        );
        const loose = DOSSIER_CLASSES.flatMap((dossierClass) => papersToBind(sql, YEAR, dossierClass));
        const ready = loose.filter(({ state }) => state !== 'lent');
        expect(loosePapers(sql, YEAR)).toEqual({ ready: ready.length, lent: loose.length - ready.length });
        expect(sql.all('SELECT * FROM paper_count WHERE papers < 1')).toEqual([]);
      });
    }),
    { numRuns: 60 },
  );
});
