import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { missingOf } from '../../electron/services/paper-record.ts';
import { findCustomer } from '../../electron/store/customers.ts';
import { type ArchiveOperationName, archiveContract } from '../../shared/contract/contract.ts';
import type { Operation } from '../../shared/contract/operation.ts';
import { completeness } from '../../shared/domain/form-fields.ts';
import { ROLES } from '../../shared/domain/roles.ts';
import { handClock } from '../builders/vault-builder.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';
import { inputFor, type JsonSchema } from '../support/sample-input.ts';

const TODAY = '2026-11-23';
const clock = () => handClock(`${TODAY}T04:00:00.000Z`);

async function practise(customers: number, seed: number, scans: boolean) {
  const opened = await openTestArchive({ start: 'empty', clock: clock() });
  const answer = await opened.dispatch('archive.practice', { directory: opened.directory, customers, seed, scans });
  return { opened, answer };
}

async function numbersOf(opened: TestArchive): Promise<string[]> {
  const { rows } = await opened.dispatch('customers.list', { show: 'all', limit: 500 });
  const sealed = await opened.dispatch('customers.list', { show: 'sealed', limit: 500 });
  return [...rows, ...sealed.rows].map((row) => row.number).sort();
}

/** All that a person sees of the archive, without the ids and keys of sealed files. */
async function contentOf(opened: TestArchive): Promise<unknown> {
  const content: unknown[] = [await opened.dispatch('loans.list', { state: 'all', limit: 200 })];
  for (const number of await numbersOf(opened)) {
    const dossier = await opened.dispatch('dossiers.get', { number });
    const papers = dossier.classes.flatMap(({ papers, missing }) => [
      ...papers.map(({ scans, ...paper }) => ({
        ...paper,
        scans: scans.map((scan) => [scan.name, scan.size, scan.sha256]),
      })),
      ...missing,
    ]);
    content.push(
      await opened.dispatch('customers.get', { number }),
      await opened.dispatch('customers.history', { number, limit: 100 }),
      await opened.dispatch('visits.list', { number, limit: 100 }),
      papers,
      dossier.exportOrders,
      dossier.waivers,
    );
  }
  return content;
}

describe('a practice archive', () => {
  let opened: TestArchive;
  let answer: Awaited<ReturnType<typeof practise>>['answer'];
  beforeAll(async () => {
    ({ opened, answer } = await practise(300, 11, false));
  });
  afterAll(() => opened.close());

  it('has the customers asked for, papers, and a user of every role whose secret opens what the role may open', async () => {
    expect(answer.customers).toBe(300);
    expect(answer.papers).toBeGreaterThan(2_000);
    expect(new Set(answer.users.map((user) => user.role))).toEqual(new Set(ROLES));
    expect((await numbersOf(opened)).length).toBe(300);
    expect((await opened.dispatch('customers.numberGaps', {})).gaps).toEqual([]);
    const { users } = await opened.dispatch('users.list', {});
    expect(users.length).toBe(7);
    await opened.dispatch('lookup.handOver', {});
    const business = answer.users.find((user) => user.role === 'businessManager');
    await opened.dispatch('lookup.signIn', {
      login: business?.login ?? '',
      secret: business?.secret ?? '',
      purpose: '核對年度合約條款',
    });
    await opened.dispatch('lookup.end', {});
    await opened.dispatch('lookup.backToDesk', { secret: answer.users[0]?.secret ?? '' });
  });

  it('C5, D7 counts and percentages on lists are what the rules say', async () => {
    const { reader } = opened.archive.database;
    for (const number of await numbersOf(opened)) {
      const row = findCustomer(reader, number);
      if (row === undefined) throw new Error(number);
      expect(row.completeness).toBe(completeness(row.kind, JSON.parse(row.field_values)).percent);
      expect(row.missing_papers).toBe(missingOf(reader, row, TODAY).length);
      const dossier = await opened.dispatch('dossiers.get', { number });
      expect(row.papers).toBe(dossier.classes.reduce((sum, { papers }) => sum + papers.length, 0));
    }
  });

  it('D4 has direct-export customers with complete sets and with gaps', async () => {
    const { lines } = await opened.dispatch('gaps.ledger', { class: 4, limit: 500 });
    const gaps = lines.filter((row) => row.exportOrder !== null);
    expect(gaps.length).toBeGreaterThan(5);
    const orders =
      opened.archive.database.reader.get<{ n: number }>('SELECT count(*) AS n FROM customer_order WHERE export = 1')
        ?.n ?? 0;
    expect(orders).toBeGreaterThan(new Set(gaps.map((row) => row.exportOrder)).size);
  });

  it('has loans returned, out, due soon and overdue, none of an original (B, L3)', async () => {
    const { counts } = await opened.dispatch('desk.overview', {});
    expect(counts.loansOverdue).toBeGreaterThan(3);
    expect(counts.loansDueSoon).toBeGreaterThan(3);
    expect(counts.loansOut).toBeGreaterThan(counts.loansOverdue + counts.loansDueSoon);
    const returned = await opened.dispatch('loans.list', { state: 'returned', limit: 200 });
    expect(returned.total).toBeGreaterThan(20);
    const lent = opened.archive.database.reader.all<{ original: number; state: string }>(
      'SELECT original, state FROM paper WHERE id IN (SELECT paper_id FROM loan WHERE returned_at IS NULL)',
    );
    for (const paper of lent) expect(paper).toEqual({ original: 0, state: 'lent' });
    const { lookups } = await opened.dispatch('lookup.register', {});
    expect(lookups.length).toBeGreaterThan(0);
  });

  it('shows stale and late cards, former values, leavers', async () => {
    const { counts } = await opened.dispatch('desk.overview', {});
    expect(counts.staleCards).toBeGreaterThan(10);
    expect(counts.lateCards).toBeGreaterThan(3);
    const changed = opened.archive.database.reader.all<{ audit_sequence: number }>(
      'SELECT audit_sequence FROM customer_change',
    );
    expect(changed.length).toBeGreaterThan(20);
    for (const { audit_sequence } of changed)
      expect(opened.archive.audit.entry(audit_sequence)?.type).toBe('practice.fill');
    const { staff } = await opened.dispatch('staff.list', { text: '', includeInactive: true });
    expect(staff.filter((person) => !person.active).every((person) => person.openLoans === 0)).toBe(true);
    expect(staff.filter((person) => !person.active).length).toBe(4);
  });

  it('has months of daily reports, some late or missing, excused days, and facts that wait (V1, V2)', async () => {
    const calendar = await opened.dispatch('dailyReports.calendar', { from: '2026-09-01', to: '2026-11-22' });
    expect(calendar.people.length).toBeGreaterThan(5);
    for (const key of ['handedIn', 'late', 'missing', 'excused'] as const)
      expect(
        calendar.people.reduce((sum, person) => sum + person[key], 0),
        key,
      ).toBeGreaterThan(0);
    expect(calendar.days.filter((day) => day.name !== '').map((day) => day.working)).toEqual(
      expect.arrayContaining([true, false]),
    );
    const { reports, total } = await opened.dispatch('dailyReports.list', {});
    expect(total).toBeGreaterThan(300);
    expect(new Set(reports.map((report) => `${report.staffId} ${report.day}`)).size).toBe(reports.length);
    const sundays = reports.filter((report) => new Date(`${report.day}T12:00:00`).getDay() === 0);
    expect(sundays).toEqual([]);
    expect((await opened.dispatch('facts.list', {})).total).toBeGreaterThan(0);
  });

  it('has urgent reports that nobody has acknowledged, periodic ones due, competitors and projects (V3, X)', async () => {
    const { reports } = await opened.dispatch('information.list', { limit: 200 });
    expect(reports.slice(0, 2).map((report) => [report.kind, report.state])).toEqual([
      ['urgent', 'waiting'],
      ['urgent', 'waiting'],
    ]);
    expect(new Set(reports.map((report) => report.kind))).toEqual(new Set(['urgent', 'routine', 'periodic']));
    expect((await opened.dispatch('periodicReports.due', {})).total).toBeGreaterThan(0);
    const { competitors } = await opened.dispatch('competitors.list', {});
    const [first] = competitors;
    const page = await opened.dispatch('competitors.get', { name: first?.name ?? '' });
    expect(page.entries.length).toBeGreaterThanOrEqual(first?.customers ?? 1);
    expect((await opened.dispatch('projects.list', { show: 'stalled' })).total).toBeGreaterThan(0);
    const { visits, briefed } = await opened.dispatch('briefs.statistics', { from: '2026-09-01', to: '2026-11-22' });
    expect(briefed).toBeGreaterThan(0);
    expect(briefed).toBeLessThan(visits);
  });

  it('R an auditor is answered by number: no name of a customer, no title of a paper, and none is found by them', async () => {
    const { reader } = opened.archive.database;
    const words = reader
      .all<{ word: string }>('SELECT name AS word FROM customer UNION SELECT title FROM paper')
      .map(({ word }) => word)
      // What is shorter may be part of anything.
      .filter((word) => word.length > 3);
    expect(words.length).toBeGreaterThan(500);
    const first = (table: string, column = 'number') =>
      reader.get<Record<string, unknown>>(`SELECT ${column} AS value FROM ${table} ORDER BY id LIMIT 1`)?.['value'];
    const [loan] = (await opened.dispatch('loans.list', { state: 'all', limit: 1 })).loans;
    const named: Record<string, string> = {
      'breaches.get': 'breach',
      'creditApplications.statement': 'credit_application',
      'orders.get': 'customer',
    };
    const known = {
      loanNumber: loan?.formNumber,
      requestNumber: first('copy_request'),
      copyNumber: first('issued_copy'),
      roundNumber: first('recovery_round'),
      from: '2026-01',
      to: '2026-11',
    };
    const { session } = opened.surroundings;
    session.actor = { ...opened.archive.deskActor, role: 'auditor' };
    const leaks: string[] = [];
    const answered: string[] = [];
    for (const [name, operation] of Object.entries(archiveContract) as [ArchiveOperationName, Operation][]) {
      if (!operation.roles.includes('auditor') || operation.kind !== 'query') continue;
      const number = first(named[name] ?? 'customer');
      const { properties = {} } = z.toJSONSchema(operation.input, { unrepresentable: 'any', io: 'input' });
      // Every choice of every list of choices, and what is found by the name of the customer of a loan.
      const usual = inputFor(operation.input, { ...known, number }) as object;
      const variants = Object.entries(properties as Record<string, JsonSchema>).flatMap(([key, part]) =>
        (key === 'text' ? [''] : (part.enum ?? [])).map((value) => ({ ...usual, [key]: value })),
      );
      for (const input of [usual, ...variants]) {
        const answer = await opened.answer(name, input);
        if (!answer.ok) continue;
        answered.push(name);
        const said = JSON.stringify(answer.output);
        const word = words.find((one) => said.includes(one));
        if (word !== undefined) leaks.push(`${name}: ${word}`);
      }
    }
    for (const name of ['loans.list', 'copies.list', 'holdings.list'] as const)
      for (const text of [loan?.customerName, loan?.title])
        expect((await opened.dispatch(name, { text })).total, name).toBe(0);
    session.actor = opened.archive.deskActor;
    expect(leaks).toEqual([]);
    expect(new Set(answered).size).toBeGreaterThan(60);
    expect((await opened.dispatch('loans.list', { text: loan?.customerName, state: 'all' })).total).toBeGreaterThan(0);
  });

  it('is found by name, pinyin and number', async () => {
    const [row] = (await opened.dispatch('customers.list', { show: 'all', limit: 1 })).rows;
    const { hits } = await opened.dispatch('search.find', { text: row?.name ?? '' });
    expect(hits.some((hit) => hit.number === row?.number)).toBe(true);
  });
});

describe('practice archives', () => {
  it('of the same seed are the same, scans included, and prove whole', async () => {
    const [first, second] = [await practise(16, 5, true), await practise(16, 5, true)];
    try {
      expect(await contentOf(second.opened)).toEqual(await contentOf(first.opened));
      expect(second.answer.users).toEqual(first.answer.users);
      const proof = await first.opened.dispatch('audit.verify', { deep: true });
      expect(proof).toMatchObject({ ok: true, audit: { firstBad: null } });
      expect(proof.checks.find((check) => check.name === 'sealedFiles')).toMatchObject({ ok: true });
    } finally {
      await first.opened.close();
      await second.opened.close();
    }
  });

  it('leave nothing behind when they are cancelled', async () => {
    const opened = await openTestArchive({ start: 'empty', clock: clock() });
    const stop = new AbortController();
    const working = opened.answer(
      'archive.practice',
      { directory: opened.directory, customers: 5_000, seed: 1, scans: false },
      stop.signal,
    );
    while (!opened.progress.some((step) => step.phase === 'practiceCustomers'))
      await new Promise((resume) => setTimeout(resume, 5));
    stop.abort();
    expect(await working).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect(existsSync(opened.directory)).toBe(false);
    expect(opened.surroundings.session.kind).toBe('closed');
    await opened.close();
  });
});
