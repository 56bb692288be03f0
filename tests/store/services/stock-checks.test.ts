import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';
import { readPdf } from '../../unit/print/read-pdf.ts';

let desk: TestArchive;
let [customer, other] = ['', ''];
let [here, stays, wrong, out, original] = ['', '', '', '', ''];
beforeAll(async () => {
  desk = await openTestArchive();
  const card = async (registeredName: string) =>
    (await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName } })).number;
  customer = await card('甲公司');
  other = await card('乙公司');
  const file = async (title: string, of: string, place: string, more: object = {}) =>
    (
      await desk.dispatch('dossiers.addPaper', {
        customer: of,
        type: 'contract',
        title,
        date: '2025-05-01',
        pages: 3,
        security: 'internal',
        place,
        ...more,
      })
    ).code;
  here = await file('甲約', customer, '一號櫃');
  stays = await file('甲附約', customer, '一號櫃');
  original = await file('甲約正本', customer, '一號櫃', { original: true });
  wrong = await file('乙約', other, '二號櫃');
  out = await file('乙附約', other, '一號櫃');
  const { id } = await desk.dispatch('staff.save', { name: '李業務', department: '業務部' });
  await desk.dispatch('loans.lend', { code: out, borrowerId: id, purpose: '核對' });
});
afterAll(() => desk.close());

it('here, elsewhere, missing, unknown; what is lent is not missed', async () => {
  const { places } = await desk.dispatch('stockChecks.places', {});
  expect(places).toEqual([
    { place: '一號櫃', papers: 3, lastCheck: null },
    { place: '二號櫃', papers: 1, lastCheck: null },
  ]);
  const found = await desk.dispatch('stockChecks.compare', {
    place: '一號櫃',
    scanned: [here.toLowerCase(), wrong, out, 'X-9'],
  });
  const codes = (papers: readonly { code: string }[]) => papers.map(({ code }) => code);
  expect(codes(found.here)).toEqual([here]);
  expect(codes(found.elsewhere)).toEqual([wrong, out]);
  expect(codes(found.missing)).toEqual([stays, original]);
  expect(found.unknown).toEqual(['X-9']);
  // The label of a binder stands for everything of the customer that is at the place.
  const binder = await desk.dispatch('stockChecks.compare', { place: '一號櫃', scanned: [customer] });
  expect(codes(binder.here)).toEqual([here, stays, original]);
  expect(binder.missing).toEqual([]);
});

it('the end of a check puts wrong places right, keeps what was found, and prints it', async () => {
  const scanned = [here, wrong, out, 'X-9'];
  const lent = await desk.answer('stockChecks.close', { place: '一號櫃', scanned, moveHere: [out] });
  expect(lent.ok ? 'ok' : lent.error.code).toBe('CONFLICT');
  const unseen = await desk.answer('stockChecks.close', { place: '一號櫃', scanned: [here], moveHere: [wrong] });
  expect(unseen.ok ? 'ok' : unseen.error.code).toBe('CONFLICT');
  const check = await desk.dispatch('stockChecks.close', { place: '一號櫃', scanned, moveHere: [wrong], note: '月底' });
  expect(check).toMatchObject({ number: 'QD-2026-0001', here: 1, elsewhere: 2, missing: 2, unknown: 1, moved: 1 });
  const { paper, trail } = await desk.dispatch('dossiers.paper', { code: wrong });
  expect(paper.place).toBe('一號櫃');
  expect(trail[0]).toMatchObject({ act: 'changed', reason: 'QD-2026-0001' });
  expect((await desk.dispatch('stockChecks.list', {})).checks).toEqual([check]);
  const { document } = await desk.dispatch('print.form', { form: 'stockCheck', number: check.number });
  const pdf = await readPdf((await desk.surroundings.shelf.get(document)).bytes);
  const text = await pdf.text(1);
  for (const said of ['甲附約', '乙約', 'X-9', '已改記此處', '月底']) expect(text).toContain(said);
  const { entries } = await desk.dispatch('audit.list', { type: 'stock.close', outcome: 'ok' });
  expect(JSON.parse(entries[0]?.data ?? '')).toMatchObject({ missing: [stays, original], moved: [wrong] });
});

it('a cabinet is moved with everything in it, what is lent included; where it stood, when and why is kept and printed', async () => {
  const placeOf = async (code: string) => (await desk.dispatch('dossiers.paper', { code })).paper.place;
  const before = (await desk.dispatch('places.tree', {})).nodes;
  expect(before.map(({ path, papers, out: lent }) => [path, papers, lent])).toEqual([['一號櫃', 5, 1]]);
  const moved = await desk.dispatch('places.move', { from: '一號櫃', to: '檔案室/三號櫃', reason: '換櫃' });
  expect(moved).toEqual({ papers: 5, places: 1 });
  expect([await placeOf(here), await placeOf(out)]).toEqual(['檔案室/三號櫃', '檔案室/三號櫃']);
  expect((await desk.dispatch('search.find', { text: '三號櫃' })).total).toBe(5);
  const { trail } = await desk.dispatch('dossiers.paper', { code: here });
  expect(trail[0]).toMatchObject({ act: 'relocated', reason: '換櫃', detail: '一號櫃 → 檔案室/三號櫃' });
  const { moves } = await desk.dispatch('places.moves', { place: '檔案室' });
  expect(moves).toMatchObject([{ from: '一號櫃', to: '檔案室/三號櫃', papers: 5, reason: '換櫃' }]);
  expect((await desk.answer('places.move', { from: '九號櫃', to: '倉庫', reason: 'x' })).ok).toBe(false);
  const { document } = await desk.dispatch('print.form', { form: 'placeHoldings', number: '' });
  const sheet = await readPdf((await desk.surroundings.shelf.get(document)).bytes);
  expect(await sheet.text(1)).toContain('三號櫃');
});
