import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differencesSince } from '../../../shared/domain/card-history.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
});
afterAll(() => desk.close());

describe('a card over time (C4, C6)', () => {
  it('name, legal form, representative and salesperson are dated events once they have changed; a first entry and other fields are none', async () => {
    const { number } = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '乙公司', legalForm: 'limitedLiability' },
    });
    const evidence = '換發營業執照';
    await desk.dispatch('customers.update', {
      number,
      revision: 1,
      values: { legalForm: 'jointStock', legalRepresentative: '林大同', telephone: '02-1' },
      evidence,
    });
    await desk.dispatch('customers.update', {
      number,
      revision: 2,
      values: { legalRepresentative: '陳接任', telephone: '02-2' },
    });
    const { changes, total } = await desk.dispatch('customers.milestones', { number });
    expect(changes).toMatchObject([
      { field: 'legalRepresentative', from: '林大同', to: '陳接任' },
      { field: 'legalForm', from: 'limitedLiability', to: 'jointStock', evidence },
    ]);
    expect(total).toBe(2);
    // R33: former names and people are seen, so that is in the log.
    expect((await desk.dispatch('audit.list', {})).entries[0]).toMatchObject({
      type: 'card.history',
      obj: `customer:${number}`,
      outcome: 'ok',
    });
  });

  it('what it said before stands beside what it says now, and a former value is put back as a new change', async () => {
    const { number } = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '甲公司', telephone: '02-1111-1111', fax: '02-9' },
    });
    const then = new Date().toISOString();
    await new Promise((done) => setTimeout(done, 5));
    await desk.dispatch('customers.update', { number, revision: 1, values: { telephone: '02-2222-2222' } });
    await desk.dispatch('customers.update', {
      number,
      revision: 2,
      values: { telephone: '02-3333-3333', email: 'a@b.tw' },
    });
    expect((await desk.dispatch('customers.compare', { number, at: then })).differences).toEqual(
      expect.arrayContaining([
        { field: 'telephone', former: '02-1111-1111', present: '02-3333-3333' },
        { field: 'email', former: null, present: 'a@b.tw' },
      ]),
    );
    const { changes } = await desk.dispatch('customers.history', { number, field: 'telephone' });
    const first = changes.at(-1);
    const restored = await desk.dispatch('customers.restore', {
      number,
      revision: 3,
      field: 'telephone',
      auditSequence: first?.auditSequence ?? -1,
    });
    expect(restored.revision).toBe(4);
    expect((await desk.dispatch('customers.get', { number })).values).toMatchObject({
      telephone: '02-1111-1111',
      email: 'a@b.tw',
      fax: '02-9',
    });
    const after = await desk.dispatch('customers.history', { number, field: 'telephone' });
    expect(after.total).toBe(3);
    expect(after.changes[0]).toMatchObject({ from: '02-3333-3333', to: '02-1111-1111' });
    const late = await desk.answer('customers.restore', { number, revision: 3, field: 'telephone', auditSequence: 0 });
    expect(late.ok ? '' : late.error.code).toBe('CONFLICT');
  });

  it('C4: visits of a period with how soon their cards were filled in; those that wait are told', async () => {
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    const { id: staffId } = await desk.dispatch('staff.save', { name: '林業務', number: 'S1' });
    const visit = async (name: string, hours: number) => {
      const { number } = await desk.dispatch('customers.create', { kind: 'individual', values: { name } });
      const visited = { staffId, method: 'onSite', purpose: 'followUp', content: '談', result: 'toFollowUp' } as const;
      await desk.dispatch('visits.record', { number, visitedAt: hoursAgo(hours), ...visited });
      return number;
    };
    const soon = await visit('乙', 2);
    await desk.dispatch('customers.update', {
      number: soon,
      revision: 1,
      values: { salutation: '先生' },
      visitedAt: hoursAgo(2),
    });
    await desk.dispatch('customers.create', { kind: 'individual', values: { name: '丙' }, visitedAt: hoursAgo(50) });
    const day = (at: string) => at.slice(0, 10);
    const period = { from: day(hoursAgo(96)), to: day(hoursAgo(-24)) };
    const { visits, salespeople } = await desk.dispatch('customers.lateness', period);
    expect(visits.map(({ name, state }) => [name, state])).toEqual(
      expect.arrayContaining([
        ['乙', 'onTime'],
        ['丙', 'late'],
      ]),
    );
    expect(salespeople.reduce((sum, one) => sum + one.visits, 0)).toBe(visits.length);
  });

  it('13 a company knows the cards that name it, and they know what it is called', async () => {
    const { number } = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '母公司' },
    });
    const branch = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '子公司', parentCompany: number },
    });
    await desk.dispatch('customers.create', { kind: 'individual', values: { name: '丁', employer: number } });
    const { related } = await desk.dispatch('customers.related', { number });
    expect(related.map(({ name }) => name).sort()).toEqual(['丁', '子公司']);
    expect((await desk.dispatch('customers.related', { number: branch.number })).named).toEqual([
      { field: 'parentCompany', number, name: '母公司' },
    ]);
  });

  it('a card as it was, with its changes made again, is the card as it is', () => {
    const step = fc.record({ field: fc.constantFrom('a', 'b', 'c'), to: fc.option(fc.string(), { nil: null }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.nat(20), (steps, from) => {
        const states: Record<string, string | null>[] = [{ a: null, b: null, c: null }];
        const changes = steps.map(({ field, to }, index) => {
          const before = states[index] ?? {};
          states.push({ ...before, [field]: to });
          return { at: String(index + 1).padStart(3, '0'), field, from: before[field] ?? null, to };
        });
        const at = Math.min(from, steps.length);
        const now = states.at(-1) ?? {};
        const differences = differencesSince(
          [...changes].reverse(),
          (field) => now[field] ?? null,
          String(at).padStart(3, '0'),
        );
        const then = { ...now, ...Object.fromEntries(differences.map((one) => [one.field, one.former])) };
        expect(then).toEqual(states[at]);
      }),
    );
  });
});
