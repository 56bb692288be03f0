import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { tinyPdf } from '../../builders/scan-files.ts';
import { type HandClock, handClock } from '../../builders/vault-builder.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';
import { upload } from '../../support/running-archive.ts';

vi.setConfig({ testTimeout: 180_000 });

const hasPdftotext = spawnSync('pdftotext', ['-v']).error === undefined;
/** Everything that means something to the typesetter. */
const MARKUP = '#import "x" *粗* _斜_ $x^2$ \\n @ref <label> `code` ~ [方] 甲/*乙*/ //丙';

let clock: HandClock;
let folder: string;
let desk: TestArchive;
let number = '';
beforeAll(async () => {
  clock = handClock('2026-01-05T08:30:15.000Z');
  folder = mkdtempSync(join(tmpdir(), 'dossier-print-'));
  desk = await openTestArchive({ clock, directory: join(folder, 'archive') });
  const values = { registeredName: MARKUP, shortName: '#read("/etc/passwd")' };
  number = (await desk.dispatch('customers.create', { kind: 'enterprise', values })).number;
  const { code } = await desk.dispatch('dossiers.addPaper', {
    customer: number,
    type: 'contract',
    title: `合約 ${MARKUP}`,
    date: '2025-05-01',
  });
  const scan = await upload({ call: desk.dispatch }, 'a.pdf', tinyPdf('scan', 2), 'scan');
  await desk.dispatch('scans.attach', { upload: scan, code });
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

async function bytesOf(document: string): Promise<Buffer> {
  const { data, total } = await desk.dispatch('documents.read', { document, offset: 0, length: 1_500_000 });
  const bytes = Buffer.from(data, 'base64');
  expect(bytes.length).toBe(total);
  return bytes;
}

/** The text of each page without blanks. */
function pagesOf(pdf: Buffer): string[] {
  const file = join(folder, 'read.pdf');
  writeFileSync(file, pdf);
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  rmSync(file);
  return text
    .split('\f')
    .slice(0, -1)
    .map((page) => page.replaceAll(/[\s\u200b]/g, ''));
}

const lastEntry = (type: string) => desk.archive.audit.list({ limit: 1, type }).entries[0];

describe.runIf(hasPdftotext)('R69 what is printed', () => {
  it('R69 each page of a form says who, when in UTC, and under which entry of the log', async () => {
    for (const form of ['card', 'catalogue', 'dossierLabel'] as const) {
      const next = desk.archive.audit.size();
      const { document, pages } = await desk.dispatch('print.form', {
        form,
        number: form === 'catalogue' ? `${number}#2` : number,
      });
      expect(lastEntry('print')).toMatchObject({ seq: next, outcome: 'ok', actor: 'keeper' });
      const texts = pagesOf(await bytesOf(document));
      expect(texts).toHaveLength(pages);
      for (const text of texts)
        expect(text).toContain(`列印：${TEST_KEEPER.displayName}2026-01-0508:30:15UTC日誌第${next}號`);
    }
  });

  it('R69 so does each page of a bound volume, scanned ones included', async () => {
    const next = desk.archive.audit.size();
    const out = join(folder, 'bound');
    const { volumes } = await desk.dispatch('binding.bind', {
      year: 2025,
      directory: out,
      explanation: '缺件另函索取',
    });
    expect(lastEntry('binding')?.seq).toBe(next);
    const texts = pagesOf(readFileSync(volumes[0]?.file ?? ''));
    expect(texts).toHaveLength(volumes[0]?.pages ?? 0);
    for (const text of texts) expect(text).toContain(`2026-01-0508:30:15UTC日誌第${next}號`);
    expect(texts.join('')).toContain('本件第2頁，共2頁');
    expect(texts.join('')).toContain(`合約${MARKUP}`.replaceAll(' ', ''));
  });

  it('R69 values are printed as they are, whatever they mean to the typesetter', async () => {
    const { document, missingGlyphs } = await desk.dispatch('print.form', { form: 'card', number });
    const text = pagesOf(await bytesOf(document)).join('');
    expect(text).toContain(MARKUP.replaceAll(' ', ''));
    expect(text).toContain('#read("/etc/passwd")');
    expect(missingGlyphs).toEqual([]);
  });

  it('R69, R70 a document is released only after its entry, in plain or sealed, and leaves nothing beside itself', async () => {
    const { document } = await desk.dispatch('print.form', { form: 'card', number });
    writeFileSync(join(folder, 'a file'), '');
    const answer = await desk.answer('documents.save', { document, file: join(folder, 'a file', 'card.pdf') });
    // No folder can be made there: nothing is released, and the attempt is in the log.
    expect(answer.ok).toBe(false);
    expect(lastEntry('document')?.obj).toContain('card');
    const beside = join(folder, 'card.pdf');
    await desk.dispatch('documents.save', { document, file: beside });
    expect(readdirSync(folder).sort()).toEqual(['a file', 'archive', 'bound', 'card.pdf']);
    expect(lastEntry('document')?.data).toContain('"plain":1');
    const passphrase = 'a passphrase that both know';
    const asked = { document, file: join(folder, 'sent.pdf'), sealedFor: '王審計', seal: { passphrase } };
    const { file } = await desk.dispatch('documents.save', asked);
    expect(file).toBe(join(folder, 'sent.pdf.age'));
    expect(readFileSync(file).subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    expect(lastEntry('document')?.data).toContain('王審計');
    expect(lastEntry('document')?.data).not.toContain('plain');
  });
});
