import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyPng } from '../../builders/scan-files.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';
import { readPdf } from '../../unit/print/read-pdf.ts';

/** The archive year (Y1, Y2) from the cleaning list to the fixed volumes. */

let desk: TestArchive;
let customer = '';
let licence = '';
let contract = '';
const YEAR = 2025;
const clock = { now: () => new Date(Date.UTC(2026, 0, 5, 2)), monotonicMs: () => 0 };

async function file(type: string, title: string, more: Record<string, unknown> = {}) {
  return (await desk.dispatch('dossiers.addPaper', { customer, type, title, date: '2025-04-01', ...more })).code;
}
async function attach(code: string, bytes: Buffer) {
  const { upload } = await desk.dispatch('uploads.begin', { name: 'a.png', size: bytes.length });
  await desk.dispatch('uploads.append', { upload, data: bytes.toString('base64') });
  return await desk.dispatch('scans.attach', { upload, code });
}
const job = () => desk.dispatch('archiveYears.get', { year: YEAR });
const findings = async (state: 'open' | 'explained' | 'settled' | 'all' = 'all') =>
  (await desk.dispatch('archiveYears.findings', { year: YEAR, state, limit: 500 })).findings;
const errorOf = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : `${answer.error.code} ${answer.error.hint ?? ''}`.trim();
};

beforeAll(async () => {
  desk = await openTestArchive({ clock });
  customer = (
    await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '臺北永順貿易股份有限公司' },
    })
  ).number;
  licence = await file('businessLicence', '營業執照', { original: true, documentNumber: '統編-1' });
  await attach(licence, tinyPng('first'));
  await file('powerOfAttorney', '法人委託書', { validUntil: '2025-12-31' });
  contract = await file('contract', '供貨合同', { documentNumber: 'HT-1', pages: 3 });
  await file('contract', '供貨合同（重複）', { documentNumber: 'HT-1', pages: 3 });
});
afterAll(() => desk.close());

describe('Y1 the job of a year', () => {
  it('finds what has to be settled, and refuses to bind while anything is open', async () => {
    expect((await desk.dispatch('archiveYears.list', {})).due).toBe(YEAR);
    const opened = await desk.dispatch('archiveYears.open', { year: YEAR });
    expect(opened).toMatchObject({ step: 'clean', loose: 4, carried: 1, bound: 0 });
    const kinds = new Set((await findings()).map((one) => one.kind));
    expect([...kinds].sort()).toEqual(['duplicate', 'missingPaper']);
    expect(await errorOf('binding.bind', { year: YEAR })).toBe('CONFLICT hint.yearNotClean');
    expect((await desk.dispatch('volumes.list', {})).total).toBe(0);
  });

  it('what is settled disappears from the open ones and is kept as settled; the rest is explained with a reason', async () => {
    const [double] = (await findings('open')).filter((one) => one.kind === 'duplicate');
    await desk.dispatch('dossiers.takeOut', { code: double?.subject ?? '', as: 'removed', reason: '重複' });
    expect((await findings('settled')).map((one) => one.kind)).toEqual(['duplicate']);
    const { explained } = await desk.dispatch('archiveYears.explain', {
      year: YEAR,
      kind: 'missingPaper',
      reason: '客戶未曾提供',
    });
    expect(explained).toBeGreaterThan(0);
    expect(await findings('open')).toEqual([]);
    const [first] = await findings('explained');
    await desk.dispatch('archiveYears.reopen', { year: YEAR, keys: [first?.key ?? ''] });
    expect(await findings('open')).toHaveLength(1);
    expect((await job()).step).toBe('clean');
    await desk.dispatch('archiveYears.explain', { year: YEAR, keys: [first?.key ?? ''], reason: '另函索取' });
    expect((await job()).step).toBe('arrange');
    expect(await errorOf('archiveYears.explain', { year: YEAR, keys: ['none'], reason: 'x' })).toBe('NOT_FOUND');
  });

  it('the arrangement decides the volumes that are proposed', async () => {
    const arranged = await desk.dispatch('archiveYears.arrange', {
      year: YEAR,
      arrangement: 'running',
      maxMillimetres: 10,
      checkedBy: '張主管',
      accept: true,
    });
    expect(arranged).toMatchObject({ step: 'bind', arrangement: 'running', maxMillimetres: 10 });
    expect(await errorOf('archiveYears.arrange', { year: YEAR, maxMillimetres: 11 })).toBe('INPUT_INVALID');
    const { volumes } = await desk.dispatch('binding.plan', { year: YEAR });
    expect(volumes.map((volume) => [volume.class, volume.papers, volume.spineMillimetres])).toEqual([
      [1, 2, 10],
      [2, 1, 10],
    ]);
  });

  it('binds; what stays valid goes on in the current dossier under its number, and the volume keeps a copy with its scan', async () => {
    const { volumes } = await desk.dispatch('binding.bind', { year: YEAR });
    expect(volumes).toHaveLength(2);
    const { paper: live } = await desk.dispatch('dossiers.paper', { code: licence });
    expect(live).toMatchObject({ code: licence, state: 'inPlace', original: true, volume: null });
    expect(live.scans).toHaveLength(1);
    const { paper: copy } = await desk.dispatch('dossiers.paper', { code: `KH·1·2025-${customer}·001-0001` });
    expect(copy).toMatchObject({ state: 'bound', original: false, title: '營業執照' });
    expect(copy.scans.map((scan) => scan.sha256)).toEqual(live.scans.map((scan) => scan.sha256));
    const { trail } = await desk.dispatch('dossiers.paper', { code: licence });
    expect(trail[0]).toMatchObject({ act: 'carried', detail: `KH·1·2025·001 · ${copy.code}` });
    const dossier = await desk.dispatch('dossiers.get', { number: customer });
    const shown = dossier.classes[0]?.papers.find((one) => one.code === copy.code);
    expect(shown?.scans).toHaveLength(1);
    // The old licence in a volume does not fill the gap of one taken out.
    await desk.dispatch('dossiers.takeOut', { code: licence, as: 'removed', reason: '送換發' });
    const after = await desk.dispatch('dossiers.get', { number: customer });
    expect(after.classes[0]?.missing.map((gap) => gap.type)).toContain('businessLicence');
    await desk.dispatch('dossiers.putBack', { code: licence, reason: '取回' });
    // A correction of it belongs to the year that it was carried into, not to the bound one.
    const { paper: now } = await desk.dispatch('dossiers.paper', { code: licence });
    await desk.dispatch('dossiers.changePaper', { code: licence, revision: now.revision, reason: '補', note: '正本' });
    expect((await desk.dispatch('binding.plan', { year: YEAR })).volumes).toEqual([]);
    expect((await desk.dispatch('binding.plan', { year: YEAR + 1 })).volumes).toHaveLength(1);
    // D6: what was bound is still found by its loose number.
    expect((await desk.dispatch('dossiers.paper', { code: contract })).paper.state).toBe('bound');
  });

  it('a new scan of the paper that goes on leaves the fixed volume as it was', async () => {
    await attach(licence, tinyPng('second'));
    expect((await desk.dispatch('audit.verify', { deep: true })).checks.find((one) => one.name === 'volumes')?.ok).toBe(
      true,
    );
  });

  it('the notes sheet says what was found, why it was left, what is carried forward and who checks', async () => {
    const { volumes } = await desk.dispatch('volumes.list', { year: YEAR });
    const first = volumes.find((volume) => volume.class === 1);
    const { document, pages } = await desk.dispatch('volumes.open', { id: first?.id ?? 0 });
    const pdf = await readPdf((await desk.surroundings.shelf.get(document)).bytes);
    const notes = (await pdf.text(pages - 1)).replaceAll(/\s/g, '');
    for (const words of ['另函索取', '客戶未曾提供', '移入2026年度現行卷宗', '張主管']) expect(notes).toContain(words);
  });

  it('a reprint is byte for byte the same PDF', async () => {
    const { volumes } = await desk.dispatch('volumes.list', { year: YEAR });
    for (const volume of volumes) {
      const bytes = await Promise.all(
        [1, 2].map(async () => {
          const { document } = await desk.dispatch('volumes.open', { id: volume.id });
          return (await desk.surroundings.shelf.get(document)).bytes;
        }),
      );
      for (const one of bytes) expect(createHash('sha256').update(one).digest('hex')).toBe(volume.sha256);
    }
  });

  it('Y2 a later correction is a line of the notes sheet; the volume stays, and no line can be changed', async () => {
    const { volumes } = await desk.dispatch('volumes.list', { year: YEAR });
    const volume = volumes.find((one) => one.class === 2);
    const id = volume?.id ?? 0;
    const paper = `KH·2·2025-${customer}·001-0001`;
    const line = { kind: 'correction', text: '題名應為「供貨合同書」', reason: '核對原件' } as const;
    const first = await desk.dispatch('volumes.supplement', { id, ...line, paper });
    const late = await file('contract', '補充協議', { date: '2025-11-01' });
    await desk.dispatch('volumes.supplement', { ...line, id, kind: 'addition', added: late, text: '補入補充協議' });
    expect(await errorOf('volumes.supplement', { ...line, id, paper: licence })).toBe('INPUT_INVALID');
    expect(first).toMatchObject({ number: 1, paper, by: '王小明' });
    const notes = await desk.dispatch('volumes.notes', { id });
    expect(notes.supplements.map((one) => [one.number, one.kind, one.added])).toEqual([
      [1, 'correction', ''],
      [2, 'addition', late],
    ]);
    expect((await desk.dispatch('volumes.list', { year: YEAR })).volumes.find((one) => one.id === id)).toMatchObject({
      sha256: volume?.sha256,
      supplements: 2,
    });
    expect((await desk.dispatch('dossiers.paper', { code: paper })).trail[0]?.act).toBe('supplemented');
    const form = await desk.dispatch('print.form', { form: 'notesSheet', number: volume?.code ?? '' });
    const text = (await (await readPdf((await desk.surroundings.shelf.get(form.document)).bytes)).text(1)).replaceAll(
      /\s/g,
      '',
    );
    for (const words of ['題名應為「供貨合同書」', '補入補充協議', late]) expect(text).toContain(words);
    const checked = async () =>
      (await desk.dispatch('audit.verify', {})).checks.find((check) => check.name === 'supplements');
    expect(await checked()).toMatchObject({ ok: true });
    const { database } = desk.archive;
    database.begin();
    expect(() => database.writer.run("UPDATE volume_supplement SET text = '改過' WHERE number = 1")).toThrow(/fixed/);
    database.rollback();
    await desk.dispatch('dossiers.takeOut', { code: late, as: 'removed', reason: '已增補入卷' });
  });

  it('ends; afterwards nothing of it can be changed', async () => {
    expect((await job()).step).toBe('print');
    const closed = await desk.dispatch('archiveYears.close', { year: YEAR });
    expect(closed).toMatchObject({ step: 'closed', closedBy: '王小明' });
    expect(await errorOf('archiveYears.arrange', { year: YEAR, arrangement: 'customers' })).toBe(
      'CONFLICT hint.yearClosed',
    );
    expect((await desk.dispatch('archiveYears.list', {})).years.find((one) => one.year === YEAR)?.state).toBe('closed');
  });
});
