import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tinyPdf, tinyPng } from '../../builders/scan-files.ts';
import { KEEPER_SECRET, secretFor } from '../../builders/vault-builder.ts';
import { canary, patternsOf, STEMS, search } from '../../support/canaries.ts';
import { openTestArchive } from '../../support/open-test-archive.ts';
import { ARCHIVE_PROCESS, type RunningArchive, startArchive, upload } from '../../support/running-archive.ts';
import { scratchFolder } from '../../support/store-scratch.ts';

/** Hands out canaries, counted. */
function canaries() {
  let count = 0;
  return {
    next: () => canary(count++),
    get count() {
      return count;
    },
  };
}

/** Waves of calls, so that writing is never waiting for the channel. */
async function inWaves(total: number, act: (index: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < total; from += 25)
    await Promise.all(Array.from({ length: Math.min(25, total - from) }, (_, index) => act(from + index)));
}

/** Every way by which text or bytes come into an archive; more than 1,000 writes. */
async function writeEverywhere(archive: RunningArchive, next: () => string): Promise<void> {
  const numbers: string[] = [];
  await inWaves(400, async (index) => {
    const made = await archive.call(
      'customers.create',
      index % 2 === 0
        ? {
            kind: 'enterprise',
            values: { registeredName: next(), shortName: next(), legalRepresentative: next() },
            evidence: next(),
          }
        : { kind: 'individual', values: { name: next(), homeAddress: next() }, evidence: next() },
    );
    numbers[index] = made.number;
  });
  await inWaves(200, (index) =>
    archive.call('customers.update', {
      number: numbers[index] ?? '',
      revision: 1,
      values: index % 2 === 0 ? { shortName: next() } : { homeAddress: next() },
      evidence: next(),
    }),
  );
  const { id: staffId } = await archive.call('staff.save', { name: next(), department: next(), phone: next() });
  await inWaves(100, (index) =>
    archive.call('visits.record', {
      number: numbers[index] ?? '',
      visitedAt: '2026-01-05T08:00:00.000Z',
      staffId,
      method: 'telephone',
      purpose: 'order',
      content: next(),
      result: 'closed',
    }),
  );
  const codes: string[] = [];
  await inWaves(150, async (index) => {
    const paper = await archive.call('dossiers.addPaper', {
      customer: numbers[index * 2] ?? '',
      type: 'contract',
      security: 'internal',
      title: next(),
      documentNumber: next(),
      responsible: next(),
      place: next(),
      note: next(),
      date: '2025-05-01',
    });
    codes[index] = paper.code;
  });
  await inWaves(60, async (index) => {
    const pdf = index % 2 === 0;
    const bytes = pdf ? tinyPdf(next()) : tinyPng(next());
    const scan = await upload(archive, `${next()}.${pdf ? 'pdf' : 'png'}`, bytes, 'scan');
    await archive.call('scans.attach', { upload: scan, code: codes[index] ?? '' });
  });
  // A scan that is refused has been through the process all the same.
  const page = await upload(archive, `${next()}.html`, Buffer.from(`<p>${next()}</p>`), 'scan');
  await archive.answer('scans.attach', { upload: page, code: codes[0] });
  await inWaves(60, async (index) => {
    const loan = await archive.call('loans.lend', {
      code: codes[index] ?? '',
      borrowerId: staffId,
      purpose: next(),
      note: next(),
    });
    await archive.call('loans.extend', { loanNumber: loan.loanNumber, due: '2030-01-01', reason: next() });
    await archive.call('loans.return', { loanNumber: loan.loanNumber, pagesIn: 1, note: next() });
  });
  await archive.call('dossiers.waive', {
    number: numbers[0] ?? '',
    type: 'taxRegistration',
    state: 'notApplicable',
    reason: next(),
  });
  await archive.call('dossiers.takeOut', { code: codes[149] ?? '', as: 'removed', reason: next() });
  const rows = Array.from({ length: 60 }, () => `${next()},${next()}`);
  const table = await upload(archive, `${next()}.csv`, Buffer.from(`客戶名稱,電話\n${rows.join('\n')}\n`), 'table');
  const read = await archive.call('imports.read', { upload: table, kind: 'enterprise' });
  // Telephone numbers that are none: refused rows repeat what stood there, so that the report comes out as well.
  await archive.call('imports.apply', { table: read.table, dryRun: true });
  await archive.call('imports.apply', { table: read.table, acceptValid: true });
  for (let count = 0; count < 20; count += 1) await archive.call('search.find', { text: next() });
  await archive.call('customers.list', { text: next() });
  await archive.call('settings.update', { institution: next() });
  await archive.call('print.form', { form: 'card', number: numbers[0] ?? '' });
  await archive.call('binding.preview', { year: 2025, class: 2, volume: 1 });
  for (const name of ['customers.get', 'dossiers.get', 'dossiers.paper', 'no.such.operation'])
    await archive.answer(name, { number: next(), code: next() });
  await archive.call('users.add', {
    ownSecret: KEEPER_SECRET,
    login: 'manager',
    displayName: '張經理',
    role: 'businessManager',
    secret: secretFor('manager'),
  });
  await archive.call('lookup.handOver', {});
  await archive.answer('lookup.signIn', { login: 'manager', secret: next(), purpose: next() });
  await archive.call('lookup.signIn', { login: 'manager', secret: secretFor('manager'), purpose: next() });
  await archive.call('search.find', { text: next() });
  await archive.call('customers.get', { number: numbers[3] ?? '' });
  await archive.call('lookup.backToDesk', { secret: KEEPER_SECRET });
}

test('R01 R05 R10 after 1,000 writes by every way and kill -9 no file shows a canary, a secret or the recovery key', async () => {
  const folder = scratchFolder();
  const dataFolder = join(folder, 'data');
  const tmp = join(folder, 'tmp');
  mkdirSync(tmp);
  const directory = join(dataFolder, 'vault');
  const words = canaries();
  const archive = startArchive({ entry: ARCHIVE_PROCESS, dataFolder, tmp });
  const { recoveryKey } = await archive.call('archive.create', {
    directory,
    name: '測試檔案',
    keeper: { login: 'keeper', displayName: '王小明', secret: KEEPER_SECRET },
  });
  await writeEverywhere(archive, words.next);
  const { audit } = await archive.call('desk.overview', {});
  expect(audit.entries).toBeGreaterThan(1_000);
  expect(words.count).toBeGreaterThan(2_000);
  // Killed with work under way: a write-ahead log and whatever else lies about stays as it is.
  for (let count = 0; count < 40; count += 1)
    void archive.answer('customers.create', { kind: 'individual', values: { name: words.next() } });
  await archive.call('customers.create', { kind: 'individual', values: { name: words.next() } });
  await archive.kill();

  const secrets = [KEEPER_SECRET, secretFor('manager'), recoveryKey, recoveryKey.replace('AGE-SECRET-KEY-', '')];
  const dead = search([folder], secrets);
  expect(dead.findings).toEqual([]);
  expect(dead.files).toBeGreaterThan(60);

  // Opened again, the log is folded in, a backup is made; killed once more.
  const again = startArchive({ entry: ARCHIVE_PROCESS, dataFolder, tmp });
  await again.call('archive.unlock', { directory, login: 'keeper', secret: KEEPER_SECRET });
  expect(await again.call('search.find', { text: STEMS[0] })).toMatchObject({ total: 300, many: true });
  const { checks } = await again.call('audit.verify', { deep: true });
  expect(checks.filter((check) => !check.ok)).toEqual([]);
  await again.call('archive.backup', { file: join(folder, 'a.backup.age') });
  await again.kill();
  expect(search([folder], secrets).findings).toEqual([]);
}, 120_000);

test('R36 the log itself holds none of what was written, but for purposes and reasons', async () => {
  const desk = await openTestArchive();
  try {
    const words = canaries();
    const { number } = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: words.next(), telephone: '02-8765-4321' },
      evidence: words.next(),
    });
    const bytes = Buffer.from(`客戶名稱,電話\n${words.next()},02-8765-4321\n`);
    const { upload: id } = await desk.dispatch('uploads.begin', {
      name: `${words.next()}.csv`,
      size: bytes.length,
      purpose: 'table',
    });
    await desk.dispatch('uploads.append', { upload: id, data: bytes.toString('base64') });
    const { table } = await desk.dispatch('imports.read', { upload: id });
    await desk.dispatch('imports.apply', { table });
    const paper = await desk.dispatch('dossiers.addPaper', { customer: number, type: 'contract', title: words.next() });
    await desk.dispatch('search.find', { text: words.next() });
    await desk.answer('customers.create', { kind: 'enterprise', values: { registeredName: 7, [words.next()]: 1 } });
    await desk.answer('loans.lend', { code: paper.code, borrowerId: 99, purpose: words.next() });
    const entries = Array.from({ length: desk.archive.audit.size() }, (_, seq) => desk.archive.audit.entry(seq));
    expect(entries.length).toBeGreaterThan(6);
    for (const stem of [...STEMS, '8765']) expect(JSON.stringify(entries)).not.toContain(stem);
  } finally {
    await desk.close();
  }
});

test('the search for canaries finds each of them in each way of writing', () => {
  const folder = scratchFolder();
  for (const [index, stem] of STEMS.entries())
    for (const shift of [0, 1, 2])
      for (const [how, bytes] of [
        ['plain', Buffer.from(`${'a'.repeat(shift)}${stem}b`)],
        ['wide', Buffer.from(`${'a'.repeat(shift)}${stem}b`, 'utf16le')],
        ['base64', Buffer.from(Buffer.from(`${'a'.repeat(shift)}${stem}bcd`).toString('base64'))],
      ] as const)
        writeFileSync(join(folder, `${index}-${shift}-${how}`), bytes);
  const { files, findings } = search([folder]);
  expect(findings.map(({ file }) => file).sort()).toHaveLength(files);
  expect(files).toBe(18);
  expect(patternsOf('canary')).toHaveLength(5);
  expect(readFileSync(join(folder, '0-0-plain')).includes(STEMS[0])).toBe(true);
});
