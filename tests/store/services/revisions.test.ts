import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, addMonths } from '../../../shared/util/days.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

let today = '2026-03-02';
const clock = { now: () => new Date(`${today}T04:00:00.000Z`), monotonicMs: () => performance.now() };

let desk: TestArchive;
const numbers: string[] = [];
let campaign = '';
beforeAll(async () => {
  desk = await openTestArchive({ clock });
  for (const [name, tier] of [
    ['甲公司', 'general'],
    ['乙公司', 'key'],
    ['丙公司', 'special'],
    ['丁公司', 'general'],
  ] as const) {
    const { number } = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: name, legalRepresentative: '王一', telephone: '02-2345-6789' },
      tier,
    });
    numbers.push(number);
  }
});
afterAll(() => desk.close());

const [A, B, C, D] = [0, 1, 2, 3];
const number = (at: number) => numbers[at] ?? '';
const reason = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : (answer.error.fields[0]?.message.replace('validation.revision.', '') ?? answer.error.code);
};
const asked = (more: object = {}) => ({ askedOn: today, source: 'telephone' as const, asked: '王經理', ...more });
const card = (at: number) => desk.dispatch('customers.get', { number: number(at) });

describe('a revision campaign (M2)', () => {
  it('is due its months after the archive was begun, and is said on the first screen', async () => {
    expect((await desk.dispatch('revisions.list', {})).nextDue).toBe(addMonths(today, 2));
    today = addDays(addMonths(today, 2), 1);
    const { duties } = await desk.dispatch('duties.today', {});
    expect(duties.find(({ key }) => key === 'revision')?.lines[0]).toMatchObject({
      standing: 'overdue',
      note: 'duty.revision.note.first',
    });
    expect(duties.find(({ key }) => key === 'staleCards')?.count).toBe(4);
  });

  it('freezes its scope in the order of the work; stale cards no longer nag one by one', async () => {
    expect(await desk.dispatch('revisions.proposal', {})).toEqual({ cards: 4, stale: 4, dueOn: addMonths(today, 1) });
    expect(await reason('revisions.start', { scope: { dueBy: '2020-01-01' } })).toBe('empty');
    const started = await desk.dispatch('revisions.start', { title: '春季核查' });
    campaign = started.number;
    expect(started).toMatchObject({ number: 'HC-2026-01', state: 'open', counts: { total: 4, open: 4 } });
    expect(await reason('revisions.start', {})).toBe('running');
    await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '後來的公司' } });
    const { rows, total } = await desk.dispatch('revisions.rows', { campaign });
    expect(total).toBe(4);
    expect(rows.map((row) => row.number)).toEqual([number(B), number(C), number(A), number(D)]);
    const { duties } = await desk.dispatch('duties.today', {});
    expect(duties.find(({ key }) => key === 'staleCards')).toBeUndefined();
  });

  it('confirms only on somebody who was reached; the facts then carry today and who said so (C6), the review moves', async () => {
    const settle = { campaign, number: number(B), outcome: 'confirmed' };
    expect(await reason('revisions.settle', settle)).toBe('inquiryNeeded');
    expect(await reason('revisions.settle', { ...settle, inquiry: asked({ reached: false }) })).toBe('reachedNeeded');
    expect(await reason('revisions.settle', { ...settle, inquiry: asked({ askedOn: addDays(today, 1) }) })).toBe(
      'askedLater',
    );
    today = addDays(today, 3);
    const answer = await desk.dispatch('revisions.settle', {
      campaign,
      number: number(B),
      outcome: 'confirmed',
      inquiry: asked({ answer: '都沒有變' }),
    });
    expect(answer).toMatchObject({ row: { outcome: 'confirmed' }, next: number(C), counts: { open: 3, confirmed: 1 } });
    const { confirmations, reviewDue, reviewedOn } = await card(B);
    expect(confirmations['telephone']).toMatchObject({
      by: '王小明',
      evidence: `HC-2026-01 電話 王經理 ${today}`,
    });
    expect(confirmations['telephone']?.at.slice(0, 10)).toBe(today);
    expect([reviewedOn, reviewDue]).toEqual([today, addMonths(today, 2)]);
  });

  it('is corrected only when the card has changed; a new person in charge raises a flag by itself (M1)', async () => {
    const settle = { campaign, number: number(C), outcome: 'corrected' as const, inquiry: asked() };
    expect(await reason('revisions.settle', settle)).toBe('notChanged');
    // What a refused act would have written is not there.
    expect((await desk.dispatch('revisions.card', { campaign, number: number(C) })).inquiries).toEqual([]);
    const { revision } = await card(C);
    await desk.dispatch('customers.update', {
      number: number(C),
      revision,
      values: { legalRepresentative: '陳新', telephone: '02-8888-8888' },
    });
    expect((await desk.dispatch('revisions.rows', { campaign })).rows[1]).toMatchObject({ changed: 2, watch: 1 });
    await desk.dispatch('revisions.settle', settle);
    const { duties } = await desk.dispatch('duties.today', {});
    expect(duties.find(({ key }) => key === 'watchedChanges')?.lines).toMatchObject([
      { title: '丙公司', note: 'duty.watchedChanges.note.personInCharge', place: { screen: 'revision', tab: 'watch' } },
    ]);
    const [flag] = (await desk.dispatch('watch.list', {})).flags;
    expect(flag).toMatchObject({ kind: 'personInCharge', fields: ['legalRepresentative'], number: number(C) });
    await desk.dispatch('watch.settle', { id: flag?.id ?? 0, note: '已換新委託書' });
    expect((await desk.dispatch('watch.list', {})).total).toBe(0);
    expect((await desk.dispatch('watch.list', { open: false })).flags[0]?.note).toBe('已換新委託書');
    expect(await reason('watch.settle', { id: flag?.id ?? 0, note: '再一次' })).toBe('CONFLICT');
  });

  it('is flagged as not reachable only after an attempt; its facts keep their dates', async () => {
    const settle = { campaign, number: number(A), outcome: 'flagged', flag: 'notReachable' };
    expect(await reason('revisions.settle', settle)).toBe('attemptNeeded');
    await desk.dispatch('revisions.inquire', { campaign, number: number(A), inquiry: asked({ reached: false }) });
    const before = await card(A);
    expect(await reason('revisions.settle', settle)).toBe('ok');
    expect((await card(A)).confirmations).toEqual(before.confirmations);
    expect(await reason('revisions.settle', settle)).toBe('settledAlready');
    const { counts } = (await desk.dispatch('revisions.list', {})).campaigns[0] ?? {};
    expect(counts).toEqual({ total: 4, open: 1, confirmed: 1, corrected: 1, flagged: 1, notReachable: 1 });
  });

  it('an undo gives the facts their former dates; not once the card has changed again', async () => {
    const former = await card(D);
    await desk.dispatch('revisions.settle', { campaign, number: number(D), outcome: 'confirmed', inquiry: asked() });
    expect((await card(D)).reviewDue).not.toBe(former.reviewDue);
    const undone = await desk.dispatch('revisions.undo', { campaign, number: number(D) });
    expect(undone.counts.open).toBe(1);
    const { confirmations, reviewDue, updatedAt } = await card(D);
    expect({ confirmations, reviewDue, updatedAt }).toEqual({
      confirmations: former.confirmations,
      reviewDue: former.reviewDue,
      updatedAt: former.updatedAt,
    });
    await desk.dispatch('revisions.settle', { campaign, number: number(D), outcome: 'confirmed', inquiry: asked() });
    const { revision } = await card(D);
    await desk.dispatch('customers.update', { number: number(D), revision, values: { telephone: '02-1111-2222' } });
    expect(await reason('revisions.undo', { campaign, number: number(D) })).toBe('changedSince');
  });

  it('pauses with a reason and goes on; meanwhile nothing is settled and nothing nags', async () => {
    await desk.dispatch('revisions.undo', { campaign, number: number(B) });
    expect(await reason('revisions.close', { campaign, secret: TEST_KEEPER.secret })).toBe('openRows');
    const paused = await desk.dispatch('revisions.pause', { campaign, reason: '盤點' });
    expect(paused).toMatchObject({ state: 'paused', pauses: [{ reason: '盤點', to: null }] });
    expect(
      await reason('revisions.settle', { campaign, number: number(B), outcome: 'confirmed', inquiry: asked() }),
    ).toBe('paused');
    today = addDays(paused.dueOn, 3);
    expect((await desk.dispatch('duties.today', {})).duties.find(({ key }) => key === 'revision')).toBeUndefined();
    const dueOn = addDays(today, 10);
    expect(await desk.dispatch('revisions.resume', { campaign, dueOn })).toMatchObject({ state: 'open', dueOn });
    expect(await reason('revisions.resume', { campaign })).toBe('notPaused');
  });

  it('is not closed with open rows; without a supervisor the own fresh secret signs', async () => {
    await desk.dispatch('revisions.settle', { campaign, number: number(B), outcome: 'confirmed', inquiry: asked() });
    expect((await desk.dispatch('revisions.signOff', { campaign })).ownSecret).toBe(true);
    expect(await reason('revisions.close', { campaign })).toBe('FRESH_SECRET_NEEDED');
    expect(await reason('revisions.close', { campaign, secret: 'wrong secret' })).toBe('SECRET_WRONG');
    const closed = await desk.dispatch('revisions.close', { campaign, secret: TEST_KEEPER.secret, remark: '完成' });
    expect(closed).toMatchObject({ state: 'closed', signedBy: '王小明', signedRole: 'keeper', remark: '完成' });
    expect(await reason('revisions.pause', { campaign, reason: '再停' })).toBe('over');
    expect((await desk.dispatch('revisions.list', {})).nextDue).toBe(addMonths('2026-05-03', 2));
  });

  it('with a supervisor the sign-off is theirs, for exactly what was settled', async () => {
    await desk.dispatch('users.add', {
      ownSecret: TEST_KEEPER.secret,
      login: 'supervisor',
      displayName: '主管',
      role: 'supervisor',
      secret: '一枝紅杏出牆來春色滿園關不住矣',
    });
    const second = (await desk.dispatch('revisions.start', { scope: { tiers: ['key', 'special'] } })).number;
    const settle = (at: number, more: object) =>
      desk.dispatch('revisions.settle', { campaign: second, number: number(at), outcome: 'confirmed', ...more });
    await settle(B, { inquiry: asked() });
    await settle(C, { outcome: 'flagged', flag: 'doubtful' });
    const { statement, ownSecret } = await desk.dispatch('revisions.signOff', { campaign: second });
    expect(ownSecret).toBe(false);
    expect(await reason('revisions.close', { campaign: second, secret: TEST_KEEPER.secret })).toBe(
      'SECOND_PERSON_MISSING',
    );
    const give = (of: typeof statement) =>
      desk.dispatch('agreements.give', {
        statement: of,
        login: 'supervisor',
        secret: '一枝紅杏出牆來春色滿園關不住矣',
      });
    await give(statement);
    // Settled otherwise after the sign-off: it no longer covers what is there.
    await desk.dispatch('revisions.undo', { campaign: second, number: number(C) });
    await settle(C, { outcome: 'flagged', flag: 'ceased' });
    expect(await reason('revisions.close', { campaign: second })).toBe('SECOND_PERSON_MISSING');
    await give((await desk.dispatch('revisions.signOff', { campaign: second })).statement);
    expect(await desk.dispatch('revisions.close', { campaign: second })).toMatchObject({
      state: 'closed',
      signedBy: '主管',
      signedRole: 'supervisor',
    });
    const compared = await desk.dispatch('revisions.compare', { campaign: second });
    expect(compared).toMatchObject({
      current: { counts: { total: 2, flagged: 1 } },
      previous: { number: 'HC-2026-01', counts: { total: 4 } },
      added: 0,
      gone: 2,
      flaggedAgainTotal: 0,
    });
    const first = await desk.dispatch('revisions.compare', { campaign: 'hc-2026-01' });
    expect(first.previous).toBeNull();
    expect(first.corrected.map(({ field }) => field).sort()).toEqual(['legalRepresentative', 'telephone']);
  });

  it('a campaign that was started by mistake is given up while nothing is settled; its number stays', async () => {
    const third = (await desk.dispatch('revisions.start', {})).number;
    expect(await desk.dispatch('revisions.discard', { campaign: third, reason: '範圍不對' })).toMatchObject({
      state: 'discarded',
    });
    expect((await desk.dispatch('revisions.start', {})).number).toBe('HC-2026-04');
    expect(await reason('revisions.discard', { campaign: third, reason: '再一次' })).toBe('over');
  });
});
