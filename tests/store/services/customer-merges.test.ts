import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardFields, type FieldValue } from '../../../shared/domain/form-fields.ts';
import { chosenTogether, mergedValues, mergeProposals } from '../../../shared/domain/merging.ts';
import { partialCard } from '../../builders/card-values.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
});
afterAll(() => desk.close());

const create = async (registeredName: string, values: Record<string, unknown> = {}) =>
  (await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName, ...values } as never }))
    .number;
const get = (number: string) => desk.dispatch('customers.get', { number });
const paper = (number: string, title: string) =>
  desk.dispatch('dossiers.addPaper', { customer: number, type: 'visitReport', title, pages: 2 });
const papersOf = async (number: string) =>
  (await desk.dispatch('dossiers.get', { number })).classes.flatMap((one) => one.papers.map((p) => p.code));

async function merge(survivor: string, merged: string, choices: Record<string, 'survivor' | 'merged' | 'both'> = {}) {
  const [left, right] = [await get(survivor), await get(merged)];
  return desk.dispatch('customers.merge', {
    survivor,
    survivorRevision: left.revision,
    merged,
    mergedRevision: right.revision,
    choices,
    reason: '同一客戶',
  });
}

/** Everything of the archive but its log, the merges themselves and what a merge and its undoing add to the history. */
function wholeArchive(): unknown {
  const { reader } = desk.archive.database;
  const tables = reader
    .all<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_index%' AND name NOT LIKE 'audit%' ORDER BY name",
    )
    .map(({ name }) => name)
    .filter(
      (name) =>
        ![
          'customer_merge',
          'customer_merge_row',
          'customer_change',
          'customer',
          'archive_info',
          'watch_flag',
          'dossier_change',
        ].includes(name),
    );
  const rows = tables.map((name) => [
    name,
    reader
      .all<Record<string, unknown>>(`SELECT * FROM "${name}"`)
      .map((row) => JSON.stringify(row))
      .sort(),
  ]);
  const cards = reader
    .all<Record<string, unknown>>('SELECT * FROM customer ORDER BY id')
    .map(({ updated_at: _at, updated_by: _by, revision: _revision, ...row }) => row);
  return [rows.filter(([, all]) => all?.length !== 0), cards];
}

describe('two cards become one (C1, C6)', () => {
  it('papers, visits, loans, history and remarks move; the number stays in the book and leads to the card that goes on', async () => {
    const survivor = await create('甲電子有限公司', { telephone: '02-1111-2222', fax: '02-1' });
    const merged = await create('甲電子有限責任公司', { telephone: '02-3333-4444', email: 'a@b.tw', shortName: '甲' });
    await desk.dispatch('customers.update', { number: merged, revision: 1, values: { shortName: '甲電' } });
    const own = await paper(survivor, '自己的');
    const other = await paper(merged, '帶來的');
    const { id: staffId } = await desk.dispatch('staff.save', { name: '林業務', number: 'S1' } as never);
    await desk.dispatch('visits.record', {
      number: merged,
      visitedAt: '2026-01-05T02:00:00.000Z',
      staffId,
      method: 'onSite',
      purpose: 'followUp',
      content: '談訂單',
      result: 'toFollowUp',
    } as never);

    const preview = await desk.dispatch('customers.mergePreview', { survivor, merged });
    expect(preview.fields.find((field) => field.key === 'telephone')).toMatchObject({ differs: true });
    expect(preview.fields.find((field) => field.key === 'email')).toMatchObject({ differs: false, proposal: 'merged' });
    expect(preview.moves.find((one) => one.table === 'paper')?.rows).toBe(1);

    await merge(survivor, merged, { telephone: 'merged', registeredName: 'survivor' });
    const card = await get(merged);
    expect(card.number).toBe(survivor);
    expect(card.values).toMatchObject({
      registeredName: '甲電子有限公司',
      telephone: '02-3333-4444',
      fax: '02-1',
      email: 'a@b.tw',
      shortName: '甲電',
    });
    expect(card.mergedFrom).toMatchObject([{ number: merged, name: '甲電子有限責任公司' }]);
    expect((await papersOf(survivor)).sort()).toEqual([own.code, other.code].sort());
    expect((await desk.dispatch('visits.list', { number: survivor })).total).toBe(1);
    const { changes } = await desk.dispatch('customers.history', { number: survivor, limit: 100 });
    expect(changes).toContainEqual(expect.objectContaining({ field: 'shortName', to: '甲電', origin: merged }));
    expect(changes).toContainEqual(expect.objectContaining({ field: 'telephone', to: '02-3333-4444', origin: '' }));
    // Found under the number and the name it had.
    for (const text of [merged, '甲電子有限責任公司'])
      expect((await desk.dispatch('search.find', { text, kinds: ['customer'] })).hits.map((hit) => hit.number)).toEqual(
        [survivor],
      );
    expect((await desk.dispatch('customers.list', { limit: 500 })).rows.some((row) => row.number === merged)).toBe(
      false,
    );
    expect((await desk.dispatch('customers.numberGaps', {})).gaps).toEqual([]);
    // Nobody gets the number again.
    expect(await create('乙公司')).not.toBe(merged);
  });

  it('undoing is an act of its own and puts everything back; after a change it is refused', async () => {
    const survivor = await create('丙公司', { country: 'cn', competitors: [{ competitorName: '丁牌' }] });
    const merged = await create('丙股份有限公司', { competitors: [{ competitorName: '戊牌' }], customerGrade: 'a' });
    const { code } = await paper(merged, '丙的背景');
    const before = wholeArchive();
    const first = await merge(survivor, merged, { competitors: 'both', registeredName: 'merged' });
    expect((await get(survivor)).values['competitors']).toHaveLength(2);
    const undone = await desk.dispatch('customers.undoMerge', { mergeId: first.mergeId, reason: '並非同一家' });
    expect(undone.number).toBe(merged);
    expect(wholeArchive()).toEqual(before);
    expect(await papersOf(merged)).toEqual([code]);
    expect((await get(survivor)).values['registeredName']).toBe('丙公司');
    expect((await get(merged)).mergedFrom).toEqual([]);
    const [record] = (await desk.dispatch('customers.merges', { number: survivor })).merges;
    expect(record).toMatchObject({ merged, undoneBy: '王小明', undoReason: '並非同一家', mayUndo: false });

    const second = await merge(survivor, merged);
    expect((await desk.dispatch('customers.merges', { number: merged })).merges[0]?.mayUndo).toBe(true);
    await paper(survivor, '後來的');
    const answer = await desk.answer('customers.undoMerge', { mergeId: second.mergeId, reason: '反悔' });
    expect(answer.ok ? '' : answer.error.code).toBe('CONFLICT');
    expect((await desk.dispatch('customers.merges', { number: survivor })).merges[0]?.mayUndo).toBe(false);
  });

  it('what there may be only one of stays the survivor’s, and what referred to the other refers to it', async () => {
    const survivor = await create('己公司', { directExport: true });
    const merged = await create('己有限公司', { directExport: true });
    for (const number of [survivor, merged])
      await desk.dispatch('dossiers.addExportOrder', { number, orderNumber: 'PO-1', date: '2026-01-05' } as never);
    const before = wholeArchive();
    const { mergeId } = await merge(survivor, merged);
    const orders = desk.archive.database.reader.all<{ order_number: string }>(
      'SELECT order_number FROM customer_order',
    );
    expect(orders.filter((order) => order.order_number === 'PO-1')).toHaveLength(1);
    await desk.dispatch('customers.undoMerge', { mergeId, reason: '試' });
    expect(wholeArchive()).toEqual(before);
  });

  it('a card is not merged with itself or with one of the other kind, nor on an old revision', async () => {
    const one = await create('庚公司');
    const person = (await desk.dispatch('customers.create', { kind: 'individual', values: { name: '庚一' } })).number;
    const input = { survivor: one, survivorRevision: 1, mergedRevision: 1, reason: '試' };
    for (const [merged, message] of [
      [one, 'validation.mergeWithItself'],
      [person, 'validation.mergeOfTwoKinds'],
    ]) {
      const answer = await desk.answer('customers.merge', { ...input, merged });
      expect(answer.ok ? '' : answer.error.fields?.[0]?.message).toBe(message);
    }
    const late = await desk.answer('customers.merge', { ...input, survivorRevision: 7, merged: await create('庚') });
    expect(late.ok ? '' : late.error.code).toBe('CONFLICT');
  });

  it('every table that refers to a customer can be moved: rows have a number, or are copied whole', () => {
    const tables = desk.archive.database.reader.all<{ name: string; wr: number }>(
      `SELECT m.name, l.wr FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f JOIN pragma_table_list l ON l.name = m.name
       WHERE m.type = 'table' AND f."table" = 'customer'`,
    );
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['paper', 'visit', 'customer_change', 'card_remark']),
    );
  });

  it('a credit limit goes with its approval and its end: the proposal is taken as it stands, and one choice moves all three', async () => {
    const limit = (amount: string, creditLimitApproval: string, creditLimitValidUntil: string) => ({
      creditLimit: { amount, currency: 'CNY' },
      creditLimitApproval,
      creditLimitValidUntil,
    });
    const survivor = await create('額度一公司', limit('1900000', 'XE-1', '2027-12-31'));
    const merged = await create('額度二公司', limit('2650000', 'XE-2', '2028-06-30'));
    // The approval of the survivor was confirmed last, the limit of the other: no pair that nobody approved.
    await desk.dispatch('customers.update', {
      number: merged,
      revision: (await get(merged)).revision,
      confirmed: ['creditLimit'],
    });
    await desk.dispatch('customers.update', {
      number: survivor,
      revision: (await get(survivor)).revision,
      confirmed: ['creditLimitApproval', 'creditLimitValidUntil'],
    });
    const { fields } = await desk.dispatch('customers.mergePreview', { survivor, merged });
    const proposed = Object.fromEntries(fields.map((field) => [field.key, field.proposal]));
    await merge(survivor, merged, proposed);
    const { values } = await get(survivor);
    expect(values).toMatchObject(limit('2650000', 'XE-2', '2028-06-30'));
    expect(chosenTogether(cardFields('enterprise'), 'creditLimitValidUntil', 'survivor')).toEqual({
      creditLimit: 'survivor',
      creditLimitApproval: 'survivor',
      creditLimitValidUntil: 'survivor',
    });
    expect(chosenTogether(cardFields('enterprise'), 'telephone', 'merged')).toEqual({ telephone: 'merged' });
  });
});

describe.each(['enterprise', 'individual'] as const)('values of a merged %s', (kind) => {
  const fields = cardFields(kind);
  it('each value comes from one of the two cards, nothing that only one had is lost, and both keeps every entry', () => {
    fc.assert(
      fc.property(partialCard(kind), partialCard(kind), (left, right) => {
        const proposals = mergeProposals(fields, left, right, () => ['', '']);
        const choices = Object.fromEntries(proposals.map(({ key, proposal }) => [key, proposal]));
        for (const values of [mergedValues(fields, left, right, {}), mergedValues(fields, left, right, choices)])
          for (const field of fields) {
            if (field.computed) continue;
            const [a, b, m] = [left[field.key], right[field.key], values[field.key]].map((v) =>
              JSON.stringify(v ?? null),
            );
            const empty = (v: FieldValue | undefined) =>
              v === undefined || v === null || v === '' || (Array.isArray(v) && v.length === 0);
            if (Array.isArray(values[field.key]) && choices[field.key] === 'both') continue;
            expect([a, b]).toContain(m);
            // What belongs to a limit goes with it.
            if (field.goesWith !== undefined) continue;
            if (empty(left[field.key]) !== empty(right[field.key])) expect(m).not.toBe('null');
          }
      }),
      { numRuns: 60 },
    );
  });
});
