import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
});
afterAll(() => desk.close());

const create = (registeredName: string, values: Record<string, string> = {}) =>
  desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName, ...values } });

describe('cards', () => {
  it('C1: numbers rise by kind and are never given again', async () => {
    const first = await create('甲公司');
    const person = await desk.dispatch('customers.create', { kind: 'individual', values: { name: '陳一' } });
    const second = await create('乙公司');
    expect([first.number, second.number, person.number]).toEqual(['E000001', 'E000002', 'P000001']);
    expect((await desk.dispatch('customers.numberGaps', {})).gaps).toEqual([]);
  });

  it('C6: every former value is kept with who, when and on what evidence; untouched values stay', async () => {
    const { number } = await create('丙公司', { telephone: '02-1111-2222', shortName: '丙' });
    await desk.dispatch('customers.update', {
      number,
      revision: 1,
      values: { telephone: '02-3333-4444' },
      evidence: '電話確認',
    });
    const { changes } = await desk.dispatch('customers.history', { number });
    expect(changes).toMatchObject([
      { field: 'telephone', from: '02-1111-2222', to: '02-3333-4444', evidence: '電話確認', by: '王小明', revision: 2 },
    ]);
    const card = await desk.dispatch('customers.get', { number });
    expect(card.values).toMatchObject({ telephone: '02-3333-4444', shortName: '丙' });
    expect(card.confirmations['telephone']?.evidence).toBe('電話確認');
    expect(card.confirmations['shortName']?.evidence).toBe('');
  });

  it('a change made on an older revision is a conflict and changes nothing', async () => {
    const { number } = await create('丁公司');
    await desk.dispatch('customers.update', { number, revision: 1, values: { shortName: '一' } });
    const answer = await desk.answer('customers.update', { number, revision: 1, values: { shortName: '二' } });
    expect(answer.ok ? '' : answer.error.code).toBe('CONFLICT');
    expect((await desk.dispatch('customers.get', { number })).values['shortName']).toBe('一');
  });

  it('R33: each change is exactly one entry, and its number stands in the history', async () => {
    const before = desk.archive.audit.size();
    const { number } = await create('戊公司');
    await desk.dispatch('customers.update', { number, revision: 1, values: { shortName: '戊', fax: '02-2' } });
    expect(desk.archive.audit.size()).toBe(before + 2);
    const { changes } = await desk.dispatch('customers.history', { number });
    expect(changes.map((change) => change.auditSequence)).toEqual([before + 1, before + 1]);
  });

  it('a list shows the phone as it was written, and finds it however it is written', async () => {
    const { number } = await create('庚公司', { telephone: '+886 2 8765-4300' });
    const { rows } = await desk.dispatch('customers.list', { text: '庚公司' });
    expect(rows).toMatchObject([{ number, phone: '+886 2 8765-4300' }]);
    expect((await desk.dispatch('customers.list', { text: '87654300' })).rows).toMatchObject([{ number }]);
  });

  it('R36: the entry names fields, never values', async () => {
    await create('己公司', { telephone: '0987-654-321' });
    const [entry] = desk.archive.audit.list({ limit: 1 }).entries;
    expect(entry?.data).toContain('telephone');
    expect(JSON.stringify(entry)).not.toContain('654-321');
  });

  it('C4: a card filled in later than the limit after the visit is late', async () => {
    const longAgo = new Date(Date.now() - 3 * 86_400_000).toISOString();
    const { number } = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '庚公司' },
      visitedAt: longAgo,
    });
    expect((await desk.dispatch('customers.get', { number })).late).toBe(true);
    expect((await desk.dispatch('customers.list', { show: 'late' })).rows.map((row) => row.number)).toEqual([number]);
  });

  it('C4: a later correction makes no card late; the first filling in after a new visit decides', async () => {
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    const { number } = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '壬公司' },
      visitedAt: hoursAgo(3),
    });
    await desk.dispatch('customers.update', { number, revision: 1, values: { shortName: '壬' } });
    expect((await desk.dispatch('customers.get', { number })).late).toBe(false);
    await desk.dispatch('customers.update', { number, revision: 2, values: { fax: '02-1' }, visitedAt: hoursAgo(60) });
    expect((await desk.dispatch('customers.get', { number })).late).toBe(true);
    await desk.dispatch('customers.update', { number, revision: 3, values: { fax: '02-2' }, visitedAt: hoursAgo(1) });
    expect((await desk.dispatch('customers.get', { number })).late).toBe(false);
  });

  it('a wrong check character warns and never refuses', async () => {
    const made = await create('辛公司', { unifiedSocialCreditCode: '91440300708461136A' });
    expect(made.warnings.map((warning) => warning.path)).toContain('unifiedSocialCreditCode');
  });

  it('the same customer in other characters, or with the same phone, is pointed out', async () => {
    await create('臺灣精密機械股份有限公司', { telephone: '02-8765-4321' });
    const similar = async (values: Record<string, string>) =>
      (await desk.dispatch('customers.similar', { kind: 'enterprise', values })).similar.map((found) => found.because);
    expect(await similar({ registeredName: '台湾精密机械有限公司' })).toEqual(expect.arrayContaining([]));
    expect(await similar({ registeredName: '臺灣精密機械有限公司' })).toContain('name');
    expect(await similar({ registeredName: '別家', telephone: '(02) 8765 4321' })).toContain('phone');
  });
});

describe('search (4h)', () => {
  it('finds by any two characters, the other script, pinyin, initials, number and part of a phone', async () => {
    const { number } = await create('重慶長江後勤國際貿易有限公司', { telephone: '023-6677-8899' });
    const find = async (text: string) =>
      (await desk.dispatch('search.find', { text })).hits.map((hit) => [hit.number, hit.matched[0]?.how]);
    for (const [text, how] of [
      ['長江', 'part'],
      ['长江', 'folded'],
      ['后勤', 'folded'],
      ['chongqing', 'pinyin'],
      ['cqcj', 'initials'],
      ['zqcj', 'initials'],
      ['66778', 'part'],
      [number.toLowerCase(), 'exact'],
    ] as const)
      expect(await find(text), text).toContainEqual([number, how]);
    expect(await find('江長')).toEqual([]);
    // Pinyin begins where a syllable begins: "gq" lies inside "chong qing" only across the letters.
    expect(await find('gq')).toEqual([]);
    expect(await find('長江 8899')).toContainEqual([number, 'part']);
  });
});
