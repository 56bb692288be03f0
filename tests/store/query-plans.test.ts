import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DUTY_SOURCES } from '../../electron/services/duties/sources.ts';
import { atOneGo } from '../../electron/services/in-turns.ts';
import {
  cardsByClass,
  limitsByClass,
  overdueByClass,
  owedByClass,
  salesByClass,
  salesByCustomer,
} from '../../electron/store/analysis.ts';
import { keptByIds, keptByKey, keptMarks, keptOfCustomers, keptRange } from '../../electron/store/archive-years.ts';
import { listReviews } from '../../electron/store/card-reviews.ts';
import { classChanges, customersToClass, listProposals } from '../../electron/store/classification.ts';
import {
  changesAfter,
  customersBehind,
  dossiersOf,
  firstWithScan,
  loosePapersOf,
  numbersElsewhere,
  numbersOfChanged,
  numbersOfExpired,
  rememberedChanges,
  scansOfPapers,
} from '../../electron/store/cleaning.ts';
import { assessmentsOf, listAssessments, listStandings } from '../../electron/store/credit.ts';
import { dueInstalments, listApplications } from '../../electron/store/credit-papers.ts';
import { recentlyChangedCustomers } from '../../electron/store/customer-lists.ts';
import { mergedInto } from '../../electron/store/customer-merges.ts';
import { customersWithKey, customerTitle, listChanges } from '../../electron/store/customers.ts';
import { balancesOf, deliveryTable, receiptTable, receivablesOf, returnTable } from '../../electron/store/dealings.ts';
import { deskCounts } from '../../electron/store/desk-counts.ts';
import { countDuty, type DutyFrame, dutyDays, listDuty } from '../../electron/store/duties.ts';
import { largestCustomers } from '../../electron/store/largest-customers.ts';
import { countLoans, listLoans } from '../../electron/store/loans.ts';
import { openLoanLines } from '../../electron/store/office.ts';
import { dealingTotals, findOrderByNumber, linesOfOrder, listOrders } from '../../electron/store/orders.ts';
import {
  exportOrdersOf,
  filedPapersOf,
  findPaper,
  listDossiers,
  notedActsOfVolume,
  papersOfCustomer,
  papersPerClass,
  papersToBind,
  waiversOf,
} from '../../electron/store/papers.ts';
import {
  countReadyPapers,
  customerFurtherOn,
  loosePapers,
  papersToPlan,
  papersToPlanAsFiled,
  yearsOfPapers,
} from '../../electron/store/papers-to-bind.ts';
import type { Reader } from '../../electron/store/sql.ts';
import { explainedReader } from '../support/explained-reader.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';

/** How SQLite goes about what lists and look-ups ask: with a hundred thousand cards none of them may read every row. */

let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
});
afterAll(() => desk.close());

/** The steps of every statement that `ask` runs. */
function plan(ask: (sql: Reader) => unknown): string[] {
  const { reader, statements } = explainedReader(desk.archive.database.reader);
  ask(reader);
  const steps = statements.flatMap((one) => one.steps);
  expect(steps).not.toEqual([]);
  return steps;
}

const SCANS_ROWS =
  /^SCAN (?:customer|paper|loan|visit|customer_change|attachment|customer_order|order_line|delivery|receipt|returned_goods|receivable|customer_balance|customer_sales|credit_assessment|credit_application|repayment_plan|tier_proposal)(?! USING (?:COVERING )?INDEX)/;
/** Every column that the list has of its own. */
const today = '2026-01-05';

describe('what else is asked often', () => {
  it('what a card is called: read from an index alone', () => {
    expect(plan((sql) => customerTitle(sql, 1))).toEqual([
      'SEARCH customer USING COVERING INDEX customer_title (id=?)',
    ]);
  });

  const QUESTIONS: Readonly<Record<string, (sql: Reader) => unknown>> = {
    'cards changed last': (sql) => recentlyChangedCustomers(sql, 8),
    'counts of the desk': (sql) => deskCounts(sql),
    'counts of loans': (sql) => countLoans(sql, today, '2026-01-08'),
    'history of a card': (sql) => listChanges(sql, 1, {}, 0, 50),
    'similar cards': (sql) => customersWithKey(sql, 'phone', '2', 10),
    'cards to answer': (sql) => listReviews(sql, 'toAnswer', 0, 50),
    'merges into a card': (sql) => mergedInto(sql, 1),
    'a paper by its code': (sql) => findPaper(sql, 'KH·1·2025-E000001·001'),
    'papers of a customer': (sql) => papersOfCustomer(sql, 1),
    'papers of a year and class': (sql) => papersToBind(sql, 2025, 1),
    'papers to plan, customer by customer': (sql) => [
      customerFurtherOn(sql, 'E', 200),
      papersToPlan(sql, 2025, 1, { after: 'E', upTo: 'F' }),
      papersToPlan(sql, 2025, 1, { after: 'E', upTo: undefined }),
    ],
    'papers to plan, as filed': (sql) => papersToPlanAsFiled(sql, 2025, 1, 0, 500),
    'papers to plan, counted': (sql) => countReadyPapers(sql, 2025, 1, 0, 500),
    'dossiers of a year to clean': (sql) => [
      customersBehind(sql, 'E', 'F', 200),
      customersBehind(sql, 'E', undefined, 200),
      dossiersOf(sql, [1, 2]),
      loosePapersOf(sql, 2025, [1, 2]),
      filedPapersOf(sql, [1, 2]),
      exportOrdersOf(sql, [1, 2]),
      waiversOf(sql, [1, 2]),
    ],
    'papers that are the same': (sql) => [
      numbersElsewhere(sql, [1, 2]),
      scansOfPapers(sql, [1, 2]),
      firstWithScan(sql, 2025, 'a'),
    ],
    'what has changed of dossiers': (sql) => [
      rememberedChanges(sql),
      changesAfter(sql, 1, 200),
      numbersOfChanged(sql, { customers: [1], documents: ['HT-1'], scans: ['a'] }),
      numbersOfExpired(sql, '2026-01-01', '2026-01-02'),
    ],
    'what is kept of a year': (sql) => [
      keptRange(sql, 2025),
      keptMarks(sql, 2025, 1, 9, 100),
      keptByKey(sql, 2025, ['a']),
      keptByIds(sql, [1, 2]),
      keptOfCustomers(sql, 2025, 1, ['E000001']),
    ],
    'noted acts of a volume': (sql) => notedActsOfVolume(sql, 2025, 1, [1, 2]),
    'papers by class': (sql) => papersPerClass(sql, [1, 2, 3]),
    dossiers: (sql) => listDossiers(sql, { onlyMissing: false }, 500, 100),
    'dossiers with gaps': (sql) => listDossiers(sql, { onlyMissing: true }, 500, 100),
    'sales of customers': (sql) => salesByCustomer(sql, { year: 2026, first: 1, last: 6 }, [1, 2]),
    'who bought most': (sql) => largestCustomers(sql, [{ year: 2026, first: 1, last: 6 }], 30, (minor) => minor),
    'overdue loans': (sql) => listLoans(sql, { state: 'overdue', today, text: '' }, 0, 8),
    'orders of a customer': (sql) => listOrders(sql, { customerId: 1 }, 0, 100),
    'orders of all': (sql) => listOrders(sql, { from: '2026-01-01' }, 500, 100),
    'sums of a customer’s orders': (sql) => atOneGo(dealingTotals(sql, 'customer_order', { customerId: 1 }, {})),
    'an order by its number': (sql) => findOrderByNumber(sql, 1, 'DD-1'),
    'lines of an order': (sql) => linesOfOrder(sql, 1),
    'deliveries of a customer': (sql) => deliveryTable.list(sql, { customerId: 1 }, { direction: 'out' }, 0, 100),
    'deliveries of all': (sql) => deliveryTable.list(sql, {}, {}, 500, 100),
    'receipts of a customer': (sql) => receiptTable.list(sql, { customerId: 1 }, {}, 0, 100),
    'returns of a customer': (sql) => returnTable.list(sql, { customerId: 1 }, {}, 0, 100),
    'how far limits are used': (sql) => listStandings(sql, undefined, 500, 100).rows,
    'limits used up': (sql) => listStandings(sql, 'block', 0, 100).rows,
    'score sheets of a customer': (sql) => assessmentsOf(sql, 1),
    'proposed grades': (sql) => listAssessments(sql, 'proposed', 0, 100).rows,
    'approval forms of a customer': (sql) => listApplications(sql, { customerId: 1 }, 0, 100).rows,
    'instalments due': (sql) => dueInstalments(sql, '2026-02-01', 0, 100).rows,
    'proposed tiers': (sql) => listProposals(sql, 0, 100).rows,
    'classes of a customer': (sql) => classChanges(sql, 1, ['tier', 'customerGrade']),
    'what a customer owes': (sql) => [...balancesOf(sql, 1), ...receivablesOf(sql, 1)],
    'open loans': (sql) => listLoans(sql, { state: 'open', today, text: '' }, 0, 50),
  };
  for (const [name, ask] of Object.entries(QUESTIONS))
    it(`${name}: no table is read from end to end`, () => {
      expect(plan(ask).filter((step) => SCANS_ROWS.test(step))).toEqual([]);
    });
});

describe('loans that are out', () => {
  const QUESTIONS: Readonly<Record<string, (sql: Reader) => unknown>> = {
    counted: (sql) => countLoans(sql, today, '2026-01-08'),
    listed: (sql) => listLoans(sql, { state: 'open', today, text: '' }, 0, 50),
    'listed where they are late': (sql) => listLoans(sql, { state: 'overdue', today, text: '' }, 0, 50),
    'of the whole office, in pieces': (sql) => atOneGo(openLoanLines(sql)),
  };
  for (const [name, ask] of Object.entries(QUESTIONS))
    it(`${name}: stand along the index of their due days, nothing is sorted`, () => {
      const steps = plan(ask);
      expect(steps).toContainEqual(
        expect.stringMatching(/^(?:SCAN|SEARCH) loan USING (?:COVERING )?INDEX loan_open_due/),
      );
      expect(steps).not.toContainEqual(expect.stringMatching(/^USE TEMP B-TREE/));
    });
});

describe('the plan of a year', () => {
  it('reads what is ready of its customers alone, in the order of their numbers; counting looks into no row', () => {
    expect(plan((sql) => papersToPlan(sql, 2025, 1, { after: 'E', upTo: 'F' }))).toEqual([
      expect.stringMatching(/^SEARCH customer USING COVERING INDEX \S+ \(number>\? AND number<\?\)$/),
      'SEARCH paper USING INDEX paper_to_bind (year=? AND class=? AND customer_id=? AND state=? AND volume_id=?)',
      'SEARCH customer_order USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
    ]);
    const counting = plan((sql) => countReadyPapers(sql, 2025, 1, 0, 500));
    expect(counting).toContain(
      'SEARCH paper USING COVERING INDEX paper_to_bind (year=? AND class=? AND customer_id>?)',
    );
    expect(counting.filter((step) => /TEMP B-TREE/.test(step))).toEqual([]);
  });
  it('how many papers a year has is kept: none is counted', () => {
    expect(plan((sql) => [yearsOfPapers(sql), loosePapers(sql, 2025)])).toEqual([
      'SCAN paper_count',
      'SEARCH paper_count USING PRIMARY KEY (year=?)',
    ]);
  });
});

describe('analyses by a class of the customers', () => {
  const ANALYSED: Record<string, (sql: Reader) => unknown> = {
    sales: (sql) => salesByClass(sql, 'industry', [{ year: 2026, first: 1, last: 12 }]),
    owed: (sql) => owedByClass(sql, 'creditGrade'),
    overdue: (sql) => overdueByClass(sql, 'tier', today),
    limits: (sql) => limitsByClass(sql, 'creditGrade'),
    cards: (sql) => cardsByClass(sql, 'region', 100),
  };
  for (const [name, ask] of Object.entries(ANALYSED))
    it(`${name}: the sums of the class are read, and what waits to be added`, () => {
      const steps = plan(ask).filter((step) => /^(?:SCAN|SEARCH) (?!each|class_figure|\d+ CONSTANT)/.test(step));
      expect(steps).toEqual([
        expect.stringMatching(/^SEARCH class_sum USING PRIMARY KEY \(what=\? AND class=\?/),
        'SCAN class_pending',
        'SEARCH customer_class USING INTEGER PRIMARY KEY (rowid=?)',
      ]);
    });
});

describe('what reads every customer reads the short index alone', () => {
  const WHOLE: Record<string, (sql: Reader) => unknown> = {
    'figures of all for the tiers': (sql) => [...customersToClass(sql)],
  };
  for (const [name, ask] of Object.entries(WHOLE))
    it(`${name}: the whole forms beside it are not read`, () => {
      const steps = plan(ask).filter((step) => /^(?:SCAN|SEARCH) customer /.test(step));
      expect(steps).toHaveLength(1);
      expect(steps[0]).toContain('USING COVERING INDEX customer_listed');
    });
});

describe('what is to be done (M1)', () => {
  const SORTS_EVERYTHING = /USE TEMP B-TREE FOR ORDER BY$/;
  for (const source of DUTY_SOURCES) {
    if (source.kind === 'computed') continue;
    const { key, query } = source;
    const frame: DutyFrame = {
      duty: key,
      today,
      from: null,
      to: '2026-02-05',
      params: { lateness: '+24 hours', earlier: '-24 hours', campaign: 0 },
    };
    it(`${key}: counted, listed and put on the calendar along an index`, () => {
      const open = new RegExp(`^S(?:CAN|EARCH) ${query.from} USING (?:COVERING )?INDEX ${query.index ?? '\\w+'}`);
      const counted = plan((sql) => countDuty(sql, query, frame));
      expect(
        counted.some((step) => (query.kept === undefined ? open : /^S(?:CAN|EARCH) (?:card|row)_count/).test(step)),
      ).toBe(true);
      const list = plan((sql) => listDuty(sql, query, frame, 0, 4));
      expect(list.some((step) => open.test(step))).toBe(true);
      // Days worked out from a setting are sorted; their index holds only what is open.
      if (
        ![
          'urgentReports',
          'otherReports',
          'ordersOverLimit',
          'proposedFacts',
          'watchedChanges',
          'cardsSentBack',
          'remarks',
        ].includes(key)
      )
        expect(list.filter((step) => SORTS_EVERYTHING.test(step))).toEqual([]);
      for (const ask of [
        (sql: Reader) => countDuty(sql, query, frame),
        (sql: Reader) => listDuty(sql, query, frame, 0, 4),
        ...(query.day === null ? [] : [(sql: Reader) => dutyDays(sql, query, { ...frame, from: '2026-01-01' })]),
      ])
        expect(plan(ask).filter((step) => SCANS_ROWS.test(step))).toEqual([]);
    });
  }
});
