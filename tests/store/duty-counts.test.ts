import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countDuty, type DutyFrame, type DutyQuery, dutyDays, listDuty } from '../../electron/store/duties.ts';
import {
  creditBlocked,
  dossiersWithGaps,
  incompleteCards,
  staleCards,
  visitedNotFilledIn,
} from '../../electron/store/duty-queries.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';

/** What “today” knows of all cards without counting them equals the count, whatever is covered by a revision or put off (M1). */

let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
});
afterAll(() => desk.close());

const TODAY = '2026-11-15';
const at = fc
  .integer({ min: Date.UTC(2026, 9, 25), max: Date.UTC(2026, 10, 20) })
  .map((time) => new Date(time).toISOString());
const card = fc.record({
  status: fc.constantFrom('active', 'active', 'sealed'),
  completeness: fc.constantFrom(40, 100),
  missing_papers: fc.nat({ max: 2 }),
  review_due: fc.constantFrom('2026-10-01', TODAY, '2027-01-01'),
  visited_at: fc.option(at),
  updated_at: at,
  /** Marks that its limit has one after the other; `null`: taken away. */
  marks: fc.array(fc.constantFrom('none', 'warn', 'block', null), { maxLength: 3 }),
  covered: fc.boolean(),
  putOff: fc.boolean(),
});
type Card = typeof card extends fc.Arbitrary<infer T> ? T : never;

const QUERIES: Readonly<Record<string, DutyQuery>> = {
  staleCards,
  missingPapers: dossiersWithGaps,
  incompleteCards,
  creditBlocked,
  cardAfterVisit: visitedNotFilledIn,
};

/** Writes the cards, looks, and takes them back. */
function during(cards: readonly Card[], look: (campaign: number) => void): void {
  const { database } = desk.archive;
  const sql = database.writer;
  database.begin();
  try {
    const { lastInsertRowid: campaign } = sql.run(
      `INSERT INTO revision_campaign (title, number, scope, started_at, started_by, due_on) VALUES ('', 'R', '{}', '2026-11-01T00:00:00.000Z', '', '2026-12-01')`,
    );
    for (const [index, { marks, covered, putOff, ...row }] of cards.entries()) {
      const { lastInsertRowid: id } = sql.run(
        `INSERT INTO customer (number, kind, tier, status, completeness, missing_papers, review_due, name, visited_at, created_at, created_by, updated_at, updated_by, reviewed_on, field_values)
         VALUES ('K${index}', 'enterprise', 'key', :status, :completeness, :missing_papers, :review_due, '甲', :visited_at, :updated_at, '', :updated_at, '', '', '{}')`,
        row,
      );
      for (const mark of marks)
        if (mark === null) sql.run('DELETE FROM credit_standing WHERE customer_id = ?', id);
        else
          sql.run(
            `INSERT INTO credit_standing (customer_id, currency, credit_limit, exposure, per_mille, mark) VALUES (?, 'TWD', 1, 1, 1000, ?)
             ON CONFLICT (customer_id) DO UPDATE SET mark = excluded.mark`,
            id,
            mark,
          );
      if (covered)
        sql.run(
          `INSERT INTO revision_row (campaign_id, position, customer_id, tier, review_due, place, card_revision) VALUES (?, ?, ?, 'key', '', '', 1)`,
          campaign,
          index,
          id,
        );
      for (const duty of putOff ? Object.keys(QUERIES) : [])
        sql.run(
          `INSERT INTO duty_deferral (duty, record, until, reason, at, by) VALUES (?, ?, '2026-12-01', '', '', '')`,
          duty,
          id,
        );
    }
    look(Number(campaign));
  } finally {
    database.rollback();
  }
}

describe('duties over all cards', () => {
  const frames: readonly Pick<DutyFrame, 'from' | 'to'>[] = [
    { from: null, to: TODAY },
    { from: null, to: '2026-11-16' },
    { from: '2026-11-01', to: '2026-11-14' },
  ];
  it('are counted as if each card were looked at, with any revision under way and anything put off', () => {
    fc.assert(
      fc.property(fc.array(card, { maxLength: 25 }), fc.boolean(), (cards, running) => {
        during(cards, (campaign) => {
          const sql = desk.archive.database.writer;
          const params = { lateness: '+24 hours', earlier: '-24 hours', campaign: running ? campaign : 0 };
          for (const [duty, query] of Object.entries(QUERIES)) {
            const { kept: _kept, dayOf: _dayOf, ...plain } = query;
            for (const days of frames) {
              const frame: DutyFrame = { duty, today: TODAY, ...days, params };
              expect(countDuty(sql, query, frame), duty).toEqual(countDuty(sql, plain, frame));
              expect(dutyDays(sql, query, frame), duty).toEqual(dutyDays(sql, plain, frame));
              const records = (of: DutyQuery) =>
                listDuty(sql, of, frame, 0, 100).map(({ record, day }) => ({ record, day }));
              const byRecord = (rows: ReturnType<typeof records>) => rows.sort((a, b) => a.record - b.record);
              expect(byRecord(records(query)), duty).toEqual(byRecord(records(plain)));
              // The most pressing still come first.
              const shown = records(query).map(({ day }) => day ?? '');
              expect(shown).toEqual([...shown].sort());
            }
          }
        });
      }),
      { numRuns: 60 },
    );
  });
});
