import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recountDossiersSql, restageLoansSql } from '../../electron/store/migrations/0700-dossier-counts.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';
import { addRecordsOfAllKinds } from '../support/records-of-all-kinds.ts';

/** What the lists of dossiers and loans are ordered by is kept as papers and loans change: it equals the recount. */

let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
});
afterAll(() => desk.close());

const row = fc.record({
  at: fc.nat(),
  customer: fc.nat(),
  class: fc.integer({ min: 1, max: 5 }),
  state: fc.constantFrom('inPlace', 'removed', 'superseded', 'lent'),
  date: fc.constantFrom(null, '', '2024-05-06', '2026-02-01', '2027-01-01'),
});
const act = fc.record({
  what: fc.constantFrom('add', 'change', 'move', 'remove', 'return', 'sign', 'putBack', 'takeForm', 'card', 'cardEnds'),
  row,
});

describe('counts of a dossier and stages of loans', () => {
  it('equal the recount, whatever happens to papers, loans and their forms', () => {
    const { database } = desk.archive;
    const sql = database.writer;
    const kept = () => ({
      dossiers: sql.all('SELECT * FROM dossier_count ORDER BY customer_id'),
      loans: sql.all('SELECT id, stage FROM loan ORDER BY id'),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        database.begin();
        try {
          addRecordsOfAllKinds(sql);
          // Which papers are lent or originals is another rule.
          sql.run('UPDATE paper SET original = 0');
          const of = (table: string, at: number) => {
            const ids = sql.all<{ id: number }>(`SELECT id FROM ${table} ORDER BY id`);
            return ids[at % Math.max(1, ids.length)]?.id ?? 0;
          };
          for (const [
            step,
            {
              what,
              row: { at, customer, ...paper },
            },
          ] of acts.entries()) {
            const values = { ...paper, id: of('paper', at), customer: of('customer', customer), code: `N${step}` };
            if (what === 'add')
              sql.run(
                `INSERT INTO paper (code, customer_id, class, type, sequence, title, date, year, pages, medium, security, retention, state, added_at, added_by)
                 SELECT :code, :customer, :class, type, sequence, title, :date, year, pages, medium, security, retention, :state, added_at, added_by FROM paper WHERE id = :id`,
                values,
              );
            else if (what === 'change')
              sql.run('UPDATE paper SET class = :class, state = :state, date = :date WHERE id = :id', values);
            else if (what === 'move') sql.run('UPDATE paper SET customer_id = :customer WHERE id = :id', values);
            else if (what === 'remove') {
              sql.run('DELETE FROM loan WHERE paper_id = ?', values.id);
              sql.run('DELETE FROM attachment WHERE paper_id = ?', values.id);
              sql.run('DELETE FROM paper WHERE id = ?', values.id);
            } else if (what === 'sign')
              sql.run("UPDATE loan_form SET signed_at = '2026-01-02' WHERE id = ?", of('loan_form', at));
            else if (what === 'putBack')
              sql.run("UPDATE loan_form SET put_back_at = '2026-01-02' WHERE id = ?", of('loan_form', at));
            else if (what === 'takeForm') sql.run('UPDATE loan SET form_id = NULL WHERE id = ?', of('loan', at));
            else if (what === 'return')
              sql.run(
                `UPDATE loan SET returned_at = '2026-01-03' WHERE id = ? AND form_id NOT IN (SELECT id FROM loan_form WHERE signed_at IS NULL AND put_back_at IS NULL)`,
                of('loan', at),
              );
            else if (what === 'card')
              sql.run(
                `INSERT INTO customer (number, kind, tier, status, completeness, review_due, region, name, created_at, created_by, updated_at, updated_by, reviewed_on, field_values)
                 SELECT ?, kind, tier, status, completeness, review_due, region, name, created_at, created_by, updated_at, updated_by, reviewed_on, field_values FROM customer LIMIT 1`,
                `N${step}`,
              );
            else
              sql.run(
                `DELETE FROM customer WHERE id = (SELECT max(id) FROM customer WHERE id NOT IN (SELECT customer_id FROM paper UNION SELECT customer_id FROM visit UNION SELECT customer_id FROM customer_order))`,
              );
          }
          const found = kept();
          sql.run("UPDATE loan SET stage = ''");
          for (const statement of `${recountDossiersSql}${restageLoansSql}`
            .split(';')
            .filter((text) => text.trim() !== ''))
            sql.run(statement);
          expect(found).toEqual(kept());
        } finally {
          database.rollback();
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
