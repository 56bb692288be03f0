import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

/**
 * Whatever is asked in whatever order (B2, L3): one item is with one borrower, nobody has an original, what is out has a named holder,
 * and a paper's state says where it is.
 */
let desk: TestArchive;
const codes: string[] = [];
const staff: number[] = [];
beforeAll(async () => {
  desk = await openTestArchive();
  const { number } = await desk.dispatch('customers.create', {
    kind: 'enterprise',
    values: { registeredName: '甲公司' },
  });
  for (let at = 0; at < 4; at += 1)
    codes.push(
      (
        await desk.dispatch('dossiers.addPaper', {
          customer: number,
          type: 'contract',
          title: `合同${at}`,
          date: '2026-01-05',
          pages: 2,
          security: 'internal',
          original: at === 3,
        })
      ).code,
    );
  for (const name of ['甲', '乙', '丙']) staff.push((await desk.dispatch('staff.save', { name })).id);
});
afterAll(() => desk.close());

const paperAt = fc.nat(3);
const who = fc.nat(2);
const step = fc.oneof(
  fc.record({ act: fc.constant('lend' as const), paper: paperAt, who }),
  fc.record({ act: fc.constant('lendSome' as const), paper: paperAt, other: paperAt, who }),
  fc.record({ act: fc.constant('binder' as const), who }),
  fc.record({ act: fc.constant('return' as const), paper: paperAt, pages: fc.constantFrom(2, 2, 2, 1) }),
  fc.record({ act: fc.constant('undo' as const), paper: paperAt }),
  fc.record({ act: fc.constant('request' as const), paper: paperAt, who }),
  fc.record({ act: fc.constant('markOriginal' as const), paper: paperAt, original: fc.boolean() }),
  fc.record({ act: fc.constant('takeOut' as const), paper: paperAt }),
  fc.record({ act: fc.constant('putBack' as const), paper: paperAt }),
  fc.record({ act: fc.constant('read' as const), paper: paperAt, who }),
  fc.record({ act: fc.constant('settle' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function run(one: Step): Promise<void> {
  const code = 'paper' in one ? (codes[one.paper] ?? '') : '';
  const borrowerId = 'who' in one ? (staff[one.who] ?? 0) : 0;
  const lending = { borrowerId, purpose: '看' };
  const { database } = desk.archive;
  const loanOf = (open: boolean) =>
    database.reader.get<{ number: string }>(
      `SELECT loan.number FROM loan JOIN paper ON paper.id = paper_id WHERE code = ? AND returned_at IS ${open ? '' : 'NOT '}NULL ORDER BY loan.id DESC`,
      code,
    )?.number ?? '-';
  const paper = async () => (await desk.dispatch('dossiers.paper', { code })).paper;
  switch (one.act) {
    case 'lend':
      return void (await desk.answer('loans.lend', { code, ...lending }));
    case 'lendSome':
      return void (await desk.answer('loans.lend', { papers: [{ code }, { code: codes[one.other] }], ...lending }));
    case 'binder':
      return void (await desk.answer('loans.lend', { binder: { customer: 'E000001' }, ...lending }));
    case 'return':
      return void (await desk.answer('loans.return', {
        loanNumber: loanOf(true),
        pagesIn: one.pages,
        conditionIn: one.pages === 2 ? 'intact' : 'pagesMissing',
      }));
    case 'undo':
      return void (await desk.answer('loans.undoReturn', { loanNumber: loanOf(false) }));
    case 'request':
      return void (await desk.answer('requests.add', { code, ...lending }));
    case 'markOriginal': {
      const { revision } = await paper();
      return void (await desk.answer('dossiers.changePaper', {
        code,
        revision,
        reason: '更正',
        original: one.original,
      }));
    }
    case 'takeOut':
      return void (await desk.answer('dossiers.takeOut', { code, as: 'removed', reason: '送換發' }));
    case 'putBack':
      return void (await desk.answer('dossiers.putBack', { code, reason: '放回' }));
    case 'read': {
      const begun = await desk.answer('readings.begin', {
        code,
        staffId: borrowerId,
        basis: 'executive',
        purpose: '看',
      });
      if (begun.ok) await desk.dispatch('readings.end', { id: (begun.output as { id: number }).id, pagesIn: 2 });
      return;
    }
    case 'settle':
      for (const { number } of (await desk.dispatch('breaches.list', { state: 'open' })).breaches)
        await desk.dispatch('breaches.close', { number, as: 'void', outcome: '誤立' });
  }
}

function invariants(): void {
  const { reader } = desk.archive.database;
  const out = reader.all<{ code: string; original: number; state: string; borrower: string | null; n: number }>(
    `SELECT paper.code, paper.original, paper.state, staff.name AS borrower, count(*) AS n FROM loan
     JOIN paper ON paper.id = loan.paper_id LEFT JOIN staff ON staff.id = loan.borrower_id WHERE loan.returned_at IS NULL GROUP BY paper.id`,
  );
  for (const one of out) {
    expect(one, 'one item, one borrower').toMatchObject({ n: 1, state: 'lent' });
    expect(one.original, 'an original is with nobody').toBe(0);
    expect(one.borrower ?? '', 'what is out has a named holder').not.toBe('');
  }
  const lent = reader.all<{ code: string }>("SELECT code FROM paper WHERE state = 'lent'").map(({ code }) => code);
  expect(lent.sort()).toEqual(out.map(({ code }) => code).sort());
}

it('one item, one borrower, no original with anybody, whatever the order of acts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
      for (const one of steps) {
        await run(one);
        invariants();
      }
    }),
    { numRuns: 25 },
  );
  // It was no idle run: things were lent, came back, and originals were refused.
  const entries = desk.archive.audit.list({ limit: 500, type: 'loan.lend' }).entries;
  expect(entries.some((entry) => entry.outcome === 'ok')).toBe(true);
  expect(entries.some((entry) => entry.outcome === 'refused')).toBe(true);
}, 120_000);
