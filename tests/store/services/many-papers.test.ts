import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paperChanges } from '../../../shared/domain/many-papers.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
const codes: string[] = [];
beforeAll(async () => {
  desk = await openTestArchive();
  const { number } = await desk.dispatch('customers.create', { kind: 'individual', values: { name: '陳美玲' } });
  for (const title of ['走訪調查報告', '身份證明', '往來信函'])
    codes.push((await desk.dispatch('dossiers.addPaper', { customer: number, type: 'background', title })).code);
});
afterAll(() => desk.close());

const paper = async (at: number) => (await desk.dispatch('dossiers.paper', { code: codes[at] ?? '' })).paper;
const changes = (was: string, becomes: string, of: readonly string[] = codes) =>
  of.map((code) => ({ code, was, becomes }));

describe('several papers corrected at once (151)', () => {
  it('one field of each changes and nothing else; one entry names them all, each trail says it; the same the other way takes it back', async () => {
    const before = await paper(0);
    const { papers } = await desk.dispatch('dossiers.changeMany', {
      field: 'place',
      changes: changes('', '2 號櫃 3 層'),
      reason: '搬櫃',
    });
    expect(papers).toBe(3);
    expect(await paper(0)).toEqual({ ...before, place: '2 號櫃 3 層', revision: before.revision + 1 });
    const { entries, total } = await desk.dispatch('audit.list', { type: 'paper.changeMany', outcome: 'ok' });
    expect([total, JSON.parse(entries[0]?.data ?? '{}')]).toEqual([1, { field: 'place', papers: codes }]);
    // Found in the log by any of them.
    const ofLast = await desk.dispatch('audit.list', { object: `paper:${codes[2]}`, type: 'paper.changeMany' });
    expect([ofLast.total, ofLast.entries[0]?.seq]).toEqual([1, entries[0]?.seq]);
    // Found at the new place, not at the old.
    const { nodes } = await desk.dispatch('places.tree', {});
    expect(nodes.find(({ path }) => path === '2 號櫃 3 層')?.papers ?? 3).toBe(3);
    await desk.dispatch('dossiers.changeMany', { field: 'place', changes: changes('2 號櫃 3 層', ''), reason: '取回' });
    expect((await paper(2)).place).toBe('');
  });

  it('all or none: somebody else was there, a level that there is not, or a paper that there is not', async () => {
    const [first = '', second = ''] = codes;
    await desk.dispatch('dossiers.changeMany', {
      field: 'security',
      changes: changes((await paper(0)).security, 'coreTradeSecret', [first]),
      reason: '升密',
    });
    const refusal = async (field: 'security' | 'place', given: ReturnType<typeof changes>) => {
      const answer = await desk.answer('dossiers.changeMany', { field, changes: given, reason: '改' });
      return answer.ok ? 'ok' : answer.error.code;
    };
    const level = (await paper(1)).security;
    expect(await refusal('security', changes(level, 'public', [second, first]))).toBe('CONFLICT');
    expect(await refusal('security', changes(level, 'top secret', [second]))).toBe('INPUT_INVALID');
    expect(await refusal('place', changes('', '1 號櫃', [second, 'A-99999']))).toBe('NOT_FOUND');
    expect(await paper(1)).toMatchObject({ security: level, place: '' });
  });

  it('the preview leaves out what says so already, and what is bound or destroyed', () => {
    const listed = (code: string, state: string, value: string) => ({ code, title: code, state, value });
    const papers = [listed('a', 'inPlace', 'x'), listed('b', 'lent', 'y'), listed('c', 'bound', 'x')];
    expect(paperChanges(papers, 'y')).toEqual({
      changes: [{ code: 'a', title: 'a', was: 'x', becomes: 'y' }],
      unchanged: 1,
      fixed: ['c'],
    });
  });
});
