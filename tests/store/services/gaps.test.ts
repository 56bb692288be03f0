import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

/** What is missing over all customers (D4, D7). */

const clock = { day: Date.UTC(2026, 0, 5, 2), now: () => new Date(clock.day), monotonicMs: () => 0 };
let desk: TestArchive;
let exporter = '';
const errorOf = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : (answer.error.fields[0]?.message ?? answer.error.code);
};
beforeAll(async () => {
  desk = await openTestArchive({ clock });
  exporter = (
    await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '永順貿易股份有限公司', directExport: true, responsibleSalesperson: '李業務' },
    })
  ).number;
  for (const orderNumber of ['PO-1', 'PO-2'])
    await desk.dispatch('dossiers.addExportOrder', { number: exporter, orderNumber, date: '2025-11-01' });
});
afterAll(() => desk.close());

describe('D4 export orders against their four documents', () => {
  it('each cell is filed with its paper, not applicable with its reason, or missing', async () => {
    const before = await desk.dispatch('gaps.exportSets', {});
    expect(before.types).toHaveLength(4);
    expect(before.incomplete).toBe(2);
    const { code } = await desk.dispatch('dossiers.addPaper', {
      customer: exporter,
      type: 'packingList',
      title: '發貨碼單',
      exportOrder: 'PO-1',
      date: '2025-11-02',
    });
    for (const type of before.types.slice(1))
      await desk.dispatch('dossiers.waive', {
        number: exporter,
        type,
        exportOrder: 'PO-1',
        state: 'notApplicable',
        reason: '樣品出口免檢',
      });
    const { sets, incomplete } = await desk.dispatch('gaps.exportSets', {});
    expect(incomplete).toBe(1);
    const first = sets.find((set) => set.orderNumber === 'PO-1');
    expect(first?.cells[0]).toEqual({ state: 'filed', detail: code });
    expect(first?.cells[1]).toEqual({ state: 'waived', detail: '樣品出口免檢' });
    expect(first?.missing).toBe(0);
    expect(
      (await desk.dispatch('gaps.exportSets', { onlyIncomplete: true })).sets.map((set) => set.orderNumber),
    ).toEqual(['PO-2']);
  });
});

describe('D7 the ledger', () => {
  it('says what, why, since when and who owes it; what is promised and past is late', async () => {
    const { lines, never } = await desk.dispatch('gaps.ledger', { number: exporter });
    const gap = lines.find((line) => line.type === 'packingList');
    expect(gap).toMatchObject({ exportOrder: 'PO-2', reason: 'neverFiled', since: '2025-11-01', owedBy: '李業務' });
    expect(never).toBe(3);
    const claim = { number: exporter, type: 'packingList', exportOrder: 'PO-2', owedBy: '永順船務部' };
    expect(await errorOf('gaps.claim', { ...claim, dueOn: '2026-01-01' })).toBe('validation.dueBeforeAsked');
    expect(await errorOf('gaps.claim', { ...claim, exportOrder: 'PO-1' })).toBe('validation.notMissing');
    await desk.dispatch('gaps.claim', { ...claim, dueOn: '2026-01-10', note: '來電催' });
    expect((await desk.dispatch('gaps.ledger', { state: 'late' })).total).toBe(0);
    clock.day = Date.UTC(2026, 0, 12, 2);
    const late = await desk.dispatch('gaps.ledger', { state: 'late' });
    expect(late.lines.map((line) => [line.owedBy, line.dueOn, line.askedOn, line.note])).toEqual([
      ['永順船務部', '2026-01-10', '2026-01-05', '來電催'],
    ]);
  });

  it('what will never come says why and who said so; merged into the licence is one of them', async () => {
    await desk.dispatch('dossiers.waive', {
      number: exporter,
      type: 'taxRegistration',
      state: 'mergedIntoLicence',
      reason: '三證合一',
    });
    const { lines } = await desk.dispatch('gaps.ledger', { state: 'never' });
    expect(lines.find((line) => line.type === 'taxRegistration')?.never).toMatchObject({
      state: 'mergedIntoLicence',
      reason: '三證合一',
      by: '王小明',
    });
    expect((await desk.dispatch('gaps.ledger', {})).lines.map((line) => line.type)).not.toContain('taxRegistration');
  });

  it('since: a paper taken out is missing from that day, an expired one from its last', async () => {
    const file = (validUntil: string | null) =>
      desk.dispatch('dossiers.addPaper', { customer: exporter, type: 'businessLicence', title: '執照', validUntil });
    await file('2025-12-31');
    const since = async () =>
      (await desk.dispatch('gaps.ledger', { number: exporter })).lines.find((line) => line.type === 'businessLicence');
    expect(await since()).toMatchObject({ reason: 'expired', since: '2025-12-31' });
  });

  it('both are printed', async () => {
    for (const form of ['missingLedger', 'exportSets'] as const)
      expect(await desk.dispatch('print.form', { form })).toMatchObject({ pages: 1, missingGlyphs: [] });
  });
});
