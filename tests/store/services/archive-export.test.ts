import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { SaxesParser } from 'saxes';
import { extract } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

const SUPERVISOR_SECRET = 'another long secret of the supervisor';
const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n',
);

describe('the whole archive, readable without this program', () => {
  let desk: TestArchive;
  let folder: string;
  let bag: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dossier-bag-'));
    bag = join(folder, 'bag');
    desk = await openTestArchive();
    const { number } = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '=甲公司', contacts: [{ name: '王經理' }] },
    });
    const paper = await desk.dispatch('dossiers.addPaper', {
      customer: number,
      type: 'businessLicence',
      title: '營業執照',
      date: '2025-01-01',
      pages: 1,
    });
    const { upload } = await desk.dispatch('uploads.begin', {
      name: '執照/../掃描.pdf',
      size: PDF.length,
      purpose: 'scan',
    });
    await desk.dispatch('uploads.append', { upload, data: PDF.toString('base64') });
    await desk.dispatch('scans.attach', { upload, code: paper.code });
    await desk.dispatch('audit.checkpoint', {});
    // Columns of bytes: what a medium holds after a backup, the picture of a scan's first page.
    const medium = mkdtempSync(join(tmpdir(), 'dossier-medium-'));
    await desk.dispatch('archive.backup', { file: medium });
    rmSync(medium, { recursive: true });
    const { database } = desk.archive;
    database.begin();
    database.writer.run(
      "INSERT INTO scan_reading (attachment_id, read_at, languages, pages, first_page) SELECT id, '2026-01-01', '', '[]', x'00ff' FROM attachment LIMIT 1",
    );
    database.commit();
  });
  afterAll(async () => {
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const exportBag = (directory: string, secret: string = TEST_KEEPER.secret) =>
    desk.answer('archive.exportBag', { directory, secret });
  const codeOf = async (answer: ReturnType<typeof exportBag>) => {
    const given = await answer;
    return given.ok ? 'ok' : given.error.code;
  };
  const read = (path: string) => readFileSync(join(bag, 'data', path), 'utf8');

  it('R25 the own secret is asked for again; a wrong one writes nothing', async () => {
    expect(await codeOf(exportBag(bag, 'not the secret of the keeper'))).toBe('SECRET_WRONG');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('RFC 8493: every payload file is in the manifest, every tag file in the tag manifest, and the count is right', async () => {
    const made = await desk.dispatch('archive.exportBag', { directory: bag, secret: TEST_KEEPER.secret });
    expect(readdirSync(folder)).toEqual(['bag']);
    const hash = (path: string) =>
      createHash('sha256')
        .update(readFileSync(join(bag, path)))
        .digest('hex');
    const listed = (manifest: string) =>
      readFileSync(join(bag, manifest), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => line.split('  ') as [string, string]);
    const payload = readdirSync(join(bag, 'data'), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    expect(listed('manifest-sha256.txt')).toHaveLength(payload.length);
    for (const [sum, path] of [...listed('manifest-sha256.txt'), ...listed('tagmanifest-sha256.txt')])
      expect(hash(path)).toBe(sum);
    expect(readFileSync(join(bag, 'bagit.txt'), 'utf8')).toBe(
      'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
    );
    expect(readFileSync(join(bag, 'bag-info.txt'), 'utf8')).toContain(`Payload-Oxum: ${made.bytes}.${made.files}`);
    expect(made).toMatchObject({ customers: 1, papers: 1, sha256: hash('tagmanifest-sha256.txt') });
  });

  it('ISAD(G): the catalogue is EAD3 by fonds, file, class and item, with every paper that is in a dossier', () => {
    const levels: string[] = [];
    const parser = new SaxesParser({ xmlns: true });
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', ({ local, attributes }) => {
      if (local === 'archdesc' || local === 'c') levels.push(String(attributes['level']?.value));
    });
    const aid = read('catalogue/ead3.xml');
    parser.write(aid).close();
    expect(levels).toEqual(['fonds', 'file', 'otherlevel', 'item']);
    expect(aid).toContain('<unitid>E000001</unitid><unittitle>=甲公司</unittitle>');
  });

  it('RFC 8493: a validator of somebody else takes the bag, and refuses one with a changed byte', (test) => {
    const bagit = (directory: string) => spawnSync('bagit.py', ['--validate', directory], { encoding: 'utf8' });
    if (bagit('--help').error !== undefined)
      test.skip('no independent validator here: bagit.py of bagit-python (Library of Congress) is not on the PATH');
    expect(bagit(bag)).toMatchObject({ status: 0, stderr: expect.stringContaining(`${bag} is valid`) });
    const changed = join(folder, 'changed');
    cpSync(bag, changed, { recursive: true });
    // The same number of bytes, so that only the checksum tells.
    const cards = join(changed, 'data/cards/enterprise.csv');
    writeFileSync(cards, readFileSync(cards, 'utf8').replace('甲公司', '乙公司'));
    expect(bagit(changed)).toMatchObject({ status: 1, stderr: expect.stringContaining('enterprise.csv') });
    rmSync(changed, { recursive: true });
  });

  it('holds cards in words, the scan as it was filed, and no key', () => {
    expect(read('cards/enterprise.csv')).toContain('"\'=甲公司"');
    const [listedScan = ''] = read('tables/papers-files.csv').trimEnd().split('\r\n').slice(1);
    const path = /^"([^"]+)"/u.exec(listedScan)?.[1] ?? '';
    expect(path).toMatch(/^papers\/E000001\/[^/]+\/[^/]+\.pdf$/u);
    expect(readFileSync(join(bag, 'data', path))).toEqual(PDF);
    const everything = readdirSync(bag, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => readFileSync(join(one.parentPath, one.name), 'latin1'))
      .join('');
    expect(everything).not.toContain('AGE-SECRET-KEY');
    expect(everything).not.toContain(TEST_KEEPER.secret);
    for (const language of ['zh-Hant', 'zh-Hans', 'en'])
      expect(read(`README.${language}.txt`)).toContain('customer_change');
    // Wish 16: whoever finds it can count again.
    expect(read('README.en.txt')).toMatch(/- customer \([1-9]\d*\): /);
  });

  it('R40 a program of its own proves the log, with the checkpoints that lie beside it', () => {
    const notes = readdirSync(join(bag, 'data/log/checkpoints')).flatMap((name) => [
      '--checkpoint',
      join(bag, 'data/log/checkpoints', name),
    ]);
    const said = execFileSync(
      process.execPath,
      [
        join(bag, 'data/log/verify-log.mjs'),
        join(bag, 'data/log/log.txt'),
        join(bag, 'data/log/keys.json'),
        ...notes,
        '--json',
      ],
      { encoding: 'utf8' },
    );
    expect(JSON.parse(said)).toMatchObject({ ok: true, entries: read('log/log.txt').trimEnd().split('\n').length });
  });

  it('R40 200 forged logs: none is proved', () => {
    const lines = read('log/log.txt').trimEnd().split('\n');
    const forged = join(folder, 'forged');
    mkdirSync(forged);
    const keys = join(bag, 'data/log/keys.json');
    const [note = ''] = readdirSync(join(bag, 'data/log/checkpoints')).toReversed();
    // What came after the last checkpoint nobody vouches for; it is where a cut stays unseen.
    const seen = Number(readFileSync(join(bag, 'data/log/checkpoints', note), 'utf8').split('\n')[1]);
    const forgeries = Array.from({ length: 200 }, (_, round) => forge(lines, round, seen));
    for (const [round, text] of forgeries.entries()) writeFileSync(join(forged, `${round}.txt`), text);
    // One process for all of them; the program runs anew at each import.
    const script = `import { pathToFileURL } from 'node:url';
      const program = pathToFileURL(${JSON.stringify(join(bag, 'data/log/verify-log.mjs'))}).href;
      const note = ${JSON.stringify(join(bag, 'data/log/checkpoints', note))};
      const write = process.stdout.write.bind(process.stdout);
      process.stdout.write = () => true;
      const proved = [];
      for (let round = 0; round < 200; round += 1) {
        process.argv = ['', '', ${JSON.stringify(forged)} + '/' + round + '.txt', ${JSON.stringify(keys)}, '--checkpoint', note];
        process.exitCode = undefined;
        await import(program + '?' + round);
        if (process.exitCode !== 3) proved.push([round, process.exitCode]);
      }
      process.exitCode = 0;
      write(JSON.stringify(proved));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(JSON.parse(stdout)).toEqual([]);
  });

  it('says that the folder is not empty, and leaves it as it is', async () => {
    expect(await codeOf(exportBag(bag))).toBe('INPUT_INVALID');
    expect(readdirSync(folder)).toContain('bag');
  });

  it('R71 with a supervisor in the archive nobody carries it away alone; the agreement holds once and for this folder', async () => {
    await desk.dispatch('users.add', {
      ownSecret: TEST_KEEPER.secret,
      login: 'supervisor',
      displayName: '李主管',
      role: 'supervisor',
      secret: SUPERVISOR_SECRET,
    });
    const second = join(folder, 'second');
    expect(await codeOf(exportBag(second))).toBe('SECOND_PERSON_MISSING');
    const { approval, statement } = await desk.dispatch('archive.exportStatement', { directory: second });
    expect(approval).toBe('supervisor');
    await desk.dispatch('agreements.give', { statement, login: 'supervisor', secret: SUPERVISOR_SECRET });
    expect(await codeOf(exportBag(join(folder, 'elsewhere')))).toBe('SECOND_PERSON_MISSING');
    expect(await codeOf(exportBag(second))).toBe('ok');
    rmSync(second, { recursive: true });
    expect(await codeOf(exportBag(second))).toBe('SECOND_PERSON_MISSING');
    const { entries } = await desk.dispatch('audit.list', { type: 'archive.export', limit: 20 });
    expect(entries.map((entry) => entry.outcome)).toEqual([
      'refused',
      'ok',
      'refused',
      'refused',
      'failed',
      'ok',
      'failed',
    ]);
  });

  it('R70 R71 sealed for somebody it is one file that only they open; who agreed to that has agreed to nothing in plain', async () => {
    const identity = await generateX25519Identity();
    const directory = join(folder, 'third');
    const sealed = { directory, sealedFor: '分館' };
    const { statement } = await desk.dispatch('archive.exportStatement', sealed);
    await desk.dispatch('agreements.give', { statement, login: 'supervisor', secret: SUPERVISOR_SECRET });
    expect(await codeOf(exportBag(directory))).toBe('SECOND_PERSON_MISSING');
    const seal = { recipient: await identityToRecipient(identity) };
    const made = await desk.dispatch('archive.exportBag', { ...sealed, secret: TEST_KEEPER.secret, seal });
    expect(made.directory).toBe(`${directory}.tar.age`);
    expect(readdirSync(folder).filter((name) => name.includes('third'))).toEqual(['third.tar.age']);
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const inside = new Map<string, Buffer>();
    const untar = extract();
    untar.end(Buffer.from(await decrypter.decrypt(readFileSync(made.directory))));
    for await (const entry of untar) {
      const pieces: Buffer[] = [];
      for await (const piece of entry) pieces.push(piece as Buffer);
      inside.set(entry.header.name, Buffer.concat(pieces));
    }
    const text = (name: string) => String(inside.get(`third/${name}`));
    const sums = text('manifest-sha256.txt').trimEnd().split('\n');
    expect(sums.length).toBe(made.files);
    for (const sum of sums) {
      const [sha256 = '', name = ''] = sum.split('  ');
      const bytes = inside.get(`third/${name}`) ?? Buffer.alloc(0);
      expect(createHash('sha256').update(bytes).digest('hex'), name).toBe(sha256);
    }
    expect(text('bag-info.txt')).not.toContain('Internal-Sender-Description');
    expect(readFileSync(join(bag, 'bag-info.txt'), 'utf8')).toMatch(/Internal-Sender-Description: 未加密匯出 · /u);
  });
});

/** One forgery a round: lines changed, left out, doubled, exchanged, cut off or slipped in. */
function forge(lines: readonly string[], round: number, seen: number): string {
  const copy = [...lines];
  const at = round % seen;
  const line = copy[at] ?? '';
  switch (round % 8) {
    case 0: {
      const place = line.length - 1 - (round % Math.min(120, line.length - 1));
      copy[at] = `${line.slice(0, place)}${line[place] === '7' ? '8' : '7'}${line.slice(place + 1)}`;
      break;
    }
    case 1:
      copy.splice(at, 1);
      break;
    case 2:
      copy.splice(at, 0, line);
      break;
    case 3:
      copy.splice(at, 2, copy[at + 1] ?? '', line);
      break;
    case 4:
      // Fewer entries than the checkpoint saw.
      copy.length = Math.max(1, seen - 1 - (round % 3));
      break;
    case 5:
      copy[at] = line.replace(/"role":"keeper"|"outcome":"ok"/u, (found) => found.replace(/"[^"]+"$/u, '"auditor"'));
      if (copy[at] === line) copy[at] = `${line} `;
      break;
    case 6:
      copy[at] = line.replace(
        /^(\d+) ([0-9a-f]{64})/u,
        (_all, number: string, chain: string) => `${number} ${[...chain].reverse().join('')}`,
      );
      break;
    default:
      copy[at] = line.replace('"v":1', '"v": 1');
  }
  return `${copy.join('\n')}\n`;
}
