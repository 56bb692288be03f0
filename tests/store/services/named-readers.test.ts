import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

const SECRET = 'an own secret for the tests';
const NAME = '限閱精密工業';

describe('L1 a card that only named people may read', () => {
  let desk: TestArchive;
  let number = '';
  let code = '';
  let named = 0;
  let other = 0;
  beforeAll(async () => {
    desk = await openTestArchive();
    for (const login of ['named', 'other'])
      await desk.dispatch('users.add', {
        ownSecret: TEST_KEEPER.secret,
        login,
        displayName: login,
        role: 'executive',
        secret: SECRET,
      });
    named = (await desk.dispatch('staff.save', { name: '甲副總', department: '總經理室' })).id;
    other = (await desk.dispatch('staff.save', { name: '乙副總', department: '總經理室' })).id;
    for (const [login, staffId] of [
      ['named', named],
      ['other', other],
    ] as const)
      await desk.dispatch('staff.save', { id: staffId, name: login === 'named' ? '甲副總' : '乙副總', login });
    number = (await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: NAME } })).number;
    code = (
      await desk.dispatch('dossiers.addPaper', {
        customer: number,
        type: 'contract',
        title: '合同',
        date: '2026-01-05',
        security: 'internal',
      })
    ).code;
    await desk.dispatch('readers.limit', { number, readers: [named], reason: '併購洽談' });
  });
  afterAll(() => desk.close());

  const refused = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
    const answer = await desk.answer(name, input);
    return answer.ok ? 'ok' : `${answer.error.code} ${answer.error.hint ?? ''}`;
  };
  const seenBy = async (login: string) => {
    await desk.dispatch('lookup.handOver', {});
    await desk.dispatch('lookup.signIn', { login, secret: SECRET, purpose: '核對合同內容' });
    const found = await desk.dispatch('search.find', { text: '限閱精密' });
    const byCode = await desk.dispatch('search.find', { text: code });
    const answers = [
      await refused('customers.get', { number }),
      await refused('dossiers.get', { number }),
      await refused('visits.list', { number }),
      await refused('dossiers.paper', { code }),
    ];
    await desk.dispatch('lookup.backToDesk', { secret: TEST_KEEPER.secret });
    return {
      found: [found.hits.length, found.total, byCode.hits.length, byCode.total],
      answers: [...new Set(answers)],
    };
  };

  it('is found and read by whoever is named, and by nobody else: no hit, no count, no card, no paper', async () => {
    expect(await seenBy('named')).toEqual({ found: [1, 1, 1, 1], answers: ['ok'] });
    expect(await seenBy('other')).toEqual({ found: [0, 0, 0, 0], answers: ['ROLE_REFUSED hint.namedReaders'] });
    // The keeper sees who wanted which card.
    const attempts = (await desk.dispatch('lookup.register', {})).refused;
    expect(attempts.map(({ login, purpose }) => `${login} ${purpose}`)).toContain(`other ${number}`);
  });

  it('is lent to, read in the room by and issued to those alone', async () => {
    const loan = { code, borrowerId: other, purpose: '洽談' };
    expect(await refused('loans.lend', loan)).toBe('BORROWER_BLOCKED loanRefusal.notNamed');
    const binder = await desk.dispatch('loans.proposal', { code: number, borrowerId: other });
    expect([binder.binder?.goes, binder.binder?.stays[0]?.reasons]).toEqual([[], ['notNamed']]);
    const reading = { code, staffId: other, basis: 'executive', purpose: '核對' };
    expect(await refused('readings.begin', reading)).toBe('BORROWER_BLOCKED loanRefusal.notNamed');
    const wanted = {
      recipientId: other,
      recipientRole: 'salesperson',
      purpose: '拜訪',
      customers: [number],
      papers: [],
    };
    expect(await refused('copies.request', wanted)).toBe('ISSUE_REFUSED issueRefusal.notNamed');
    expect(await refused('loans.lend', { ...loan, borrowerId: named })).toBe('ok');
  });

  it('reports about it are passed on to those alone, whatever the rules say; a brief is taken by those alone', async () => {
    await desk.dispatch('reportRouting.save', { subject: 'competitorMove', staffIds: [named, other] });
    const reporter = (await desk.dispatch('staff.save', { name: '丙業務' })).id;
    const report = await desk.dispatch('information.record', {
      kind: 'routine',
      customer: number,
      reporterId: reporter,
      reportedAt: new Date(Date.now() - 60_000).toISOString(),
      channel: 'telephone',
      subject: 'competitorMove',
      values: { facts: '對手來訪' },
    });
    const told = async () =>
      (await desk.dispatch('information.recipients', { number: report.number })).passings.map(({ staff }) => staff);
    expect(await told()).toEqual(['甲副總']);
    const blocked = 'ISSUE_REFUSED hint.notNamed';
    expect(await refused('information.addRecipient', { number: report.number, staffId: other })).toBe(blocked);
    const passOn = { number: report.number, channel: 'oral' };
    expect(await refused('information.passOn', { ...passOn, staffIds: [named, other] })).toBe(blocked);
    expect(await refused('information.passOn', { ...passOn, staffIds: [named] })).toBe('ok');
    expect(await told()).toEqual(['甲副總']);
    expect(await refused('briefs.take', { number, staffId: other, how: 'screen' })).toBe(blocked);
    expect(await refused('briefs.take', { number, staffId: named, how: 'screen' })).toBe('ok');
  });

  it('is not merged into a card that others may read; the limit is in the log with its reason, and is lifted', async () => {
    const into = await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '另一家' } });
    const merge = { survivor: into.number, merged: number, choices: {}, reason: '同一家' };
    expect(await refused('customers.merge', merge)).toContain('INPUT_INVALID');
    expect((await desk.dispatch('readers.list', {})).cards).toMatchObject([
      { number, readers: [{ name: '甲副總' }], reason: '併購洽談' },
    ]);
    const [entry] = (await desk.dispatch('audit.list', { type: 'reader.limit', limit: 1 })).entries;
    expect([entry?.obj, entry?.why, JSON.parse(entry?.data ?? '{}')]).toEqual([
      `customer:${number}`,
      '併購洽談',
      { readers: [`staff:${named}`] },
    ]);
    await desk.dispatch('readers.limit', { number, readers: [], reason: '洽談結束' });
    expect((await seenBy('other')).answers).toEqual(['ok']);
  });
});
