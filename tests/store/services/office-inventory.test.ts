import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atOneGo } from '../../../electron/services/in-turns.ts';
import { officeInventory } from '../../../electron/services/office-inventory.ts';
import { openLoanLines, scanFingerprints } from '../../../electron/store/office.ts';
import { papersByPlace } from '../../../electron/store/places.ts';
import type { Reader } from '../../../electron/store/sql.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

/** M3: the inventory is worked out in pieces; it says what one look at everything says. */

const PLACES = ['', '１號櫃（左）', '𠀀室 1 號櫃', 'A 室 1 號櫃', 'A 室 1 號櫃', 'A 室 2 號櫃', '銀行保管箱'];
const HELD = "state NOT IN ('removed', 'superseded')";

let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
  const { id } = await desk.dispatch('staff.save', { name: '何小姐' });
  const { number: customer } = await desk.dispatch('customers.create', {
    kind: 'enterprise',
    values: { registeredName: '永順貿易股份有限公司' },
  });
  await desk.dispatch('customers.create', { kind: 'individual', values: { name: '陳美玲' } });
  const codes: string[] = [];
  for (const [index, place] of PLACES.entries()) {
    const paper = {
      customer,
      type: 'background',
      title: `走訪調查報告 ${index}`,
      place,
      pages: index + 1,
      security: 'internal',
    } as const;
    codes.push((await desk.dispatch('dossiers.addPaper', { ...paper, original: index > 3 })).code);
  }
  for (const code of codes.slice(0, 4))
    await desk.dispatch('loans.lend', { code, borrowerId: id, purpose: '準備拜訪' });
  const { database } = desk.archive;
  database.begin();
  database.writer.run("UPDATE paper SET state = 'removed' WHERE code = ?", codes[4] ?? '');
  database.writer.run("UPDATE paper SET state = 'bound' WHERE code = ?", codes[5] ?? '');
  for (const [index, due] of ['2099-03-01', '2099-02-01', '2099-03-01', '2099-01-01'].entries())
    database.writer.run('UPDATE loan SET due = ? WHERE id = ?', due, index + 1);
  for (const [index, scan] of ['c', 'a', 'd', 'b', 'e'].entries())
    database.writer.run(
      `INSERT INTO attachment (id, purpose, name, media_type, pages, size, sha256_plain, sha256_cipher, key, added_at, added_by)
       VALUES (?, ?, '', 'application/pdf', 1, 1, ?, '', '', '', '')`,
      scan,
      scan === 'd' ? 'form' : 'scan',
      `fingerprint ${index}`,
    );
  database.commit();
});
afterAll(() => desk.close());

const places = (sql: Reader) =>
  sql.all<{ place: string; papers: number; pages: number }>(
    `SELECT place, count(*) AS papers, sum(pages) AS pages FROM paper WHERE ${HELD} GROUP BY place ORDER BY place`,
  );
const loans = (sql: Reader) =>
  sql.all<{ number: string }>(
    `SELECT loan.number, paper.code, paper.title, staff.name AS borrower, loan.due FROM loan
     JOIN paper ON paper.id = loan.paper_id JOIN staff ON staff.id = loan.borrower_id
     WHERE loan.returned_at IS NULL ORDER BY loan.due, loan.number`,
  );
const scans = (sql: Reader) =>
  sql
    .all<{ sha256: string }>("SELECT sha256_plain AS sha256 FROM attachment WHERE purpose = 'scan' ORDER BY id")
    .map(({ sha256 }) => sha256);

describe('the inventory of the office', () => {
  it('holds what one look at everything finds, in the same order and under the same fingerprint', async () => {
    const { archive, surroundings } = desk;
    const sql = archive.database.reader;
    const inventory = await officeInventory({
      archive,
      sql,
      clock: surroundings.clock,
      signal: new AbortController().signal,
    });
    const section = (key: string) => inventory.sections.find((one) => one.key === key);
    const count = (text: string) => sql.get<{ n: number }>(text)?.n;
    expect(section('enterprises')?.count).toBe(1);
    expect(section('individuals')?.count).toBe(1);
    expect(section('papers')?.count).toBe(count(`SELECT count(*) AS n FROM paper WHERE ${HELD}`));
    expect(section('originals')?.count).toBe(count(`SELECT sum(original) AS n FROM paper WHERE ${HELD}`));
    expect(section('pages')?.count).toBe(count(`SELECT sum(pages) AS n FROM paper WHERE ${HELD}`));
    expect(section('places')?.items).toEqual(
      places(sql).map(({ place, papers, pages }) => ({ number: place, title: '', detail: `${papers} / ${pages}` })),
    );
    expect(section('openLoans')?.items.map(({ number }) => number)).toEqual(loans(sql).map(({ number }) => number));
    expect(section('scans')).toMatchObject({
      count: 4,
      items: [{ title: createHash('sha256').update(scans(sql).join('\n')).digest('hex') }],
    });
  });

  it('is the same however much is looked at together', () => {
    const sql = desk.archive.database.reader;
    for (const atOnce of [1, 2, 5, 1_000]) {
      expect([...scanFingerprints(sql, atOnce)].flat()).toEqual(scans(sql));
      expect(atOneGo(openLoanLines(sql, atOnce))).toEqual(loans(sql));
      const held = atOneGo(papersByPlace(sql, ['inPlace', 'lent', 'bound'], atOnce));
      const found = new Map(held.map(({ place, papers, pages }) => [place, { place, papers, pages }]));
      expect(found).toEqual(new Map(places(sql).map((row) => [row.place, row])));
    }
  });

  it('is given up when nobody waits for it any more', async () => {
    const given = new AbortController();
    given.abort();
    const { archive, surroundings } = desk;
    await desk.dispatch('customers.create', { kind: 'individual', values: { name: '李先生' } });
    const asked = { archive, sql: archive.database.reader, clock: surroundings.clock, signal: given.signal };
    await expect(officeInventory(asked)).rejects.toThrow();
  });
});
