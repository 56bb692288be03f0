import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputOf } from '../../../shared/contract/contract.ts';
import { addDays, instantAt } from '../../../shared/util/days.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
let first = '';
let second = '';
let salesperson = 0;
const SECRET = 'supervisor secret for the tests';

/** A Wednesday well in the past, so that its hour has gone. */
const DAY = '2026-03-04';
const offset = () => -new Date(`${DAY}T12:00:00`).getTimezoneOffset();
const at = (time: string, day = DAY) => instantAt(day, time, offset());

beforeAll(async () => {
  desk = await openTestArchive();
  const create = async (registeredName: string, values: object = {}) =>
    (await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName, ...values } })).number;
  first = await create('宏昌精密有限公司', { legalRepresentative: '王建國' });
  second = await create('永順貿易有限公司');
  salesperson = (await desk.dispatch('staff.save', { number: 'S-1', name: '李業務', department: '業務部' })).id;
  await desk.dispatch('reportingDuty.set', { staffId: salesperson, from: '2026-03-02' });
});
afterAll(() => desk.close());

const code = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : `${answer.error.code} ${answer.error.fields.map((field) => field.path).join()}`.trim();
};
type Line = InputOf<'dailyReports.save'>['lines'][number];
const line = (customer: string, time: string, more: Partial<Line> = {}): Line => ({
  customer,
  visitedAt: at(time),
  method: 'onSite',
  purpose: 'followUp',
  content: '談下季訂單',
  result: 'toFollowUp',
  ...more,
});

describe('daily visit reports (V1, V2)', () => {
  it('one report a day with several visits: in the comprehensive archive and with each customer; the number is given once', async () => {
    const saved = await desk.dispatch('dailyReports.save', {
      staffId: salesperson,
      day: DAY,
      values: { summary: '兩家均有意向' },
      lines: [line(first, '09:00', { details: { personMet: '王建國', cardRead: true } }), line(second, '14:00')],
      handedInAt: at('17:30'),
    });
    expect(saved).toMatchObject({ number: 'RB-2026-0001', revision: 1, state: 'handedIn' });
    const { visits } = await desk.dispatch('visits.list', { number: first });
    expect(visits).toMatchObject([{ report: 'RB-2026-0001', staff: '李業務', details: { personMet: '王建國' } }]);
    const register = await desk.dispatch('visits.register', { from: DAY, to: DAY });
    expect(register.visits.map((visit) => visit.customer)).toEqual([second, first]);
    expect((await desk.dispatch('visits.register', { text: 'hc' })).visits.map((visit) => visit.customer)).toEqual([
      first,
    ]);
    expect((await desk.dispatch('customers.get', { number: first })).visitedAt).toBe(at('09:00'));
  });

  it('the same day again is a conflict; on its revision it is corrected, and what it said before is kept', async () => {
    const again = {
      staffId: salesperson,
      day: DAY,
      values: {},
      lines: [line(first, '10:00')],
      handedInAt: at('18:20'),
    };
    expect(await code('dailyReports.save', again)).toBe('CONFLICT');
    const { report } = await desk.dispatch('dailyReports.open', { staffId: salesperson, day: DAY });
    const [kept] = report?.lines ?? [];
    const corrected = await desk.dispatch('dailyReports.save', {
      ...again,
      revision: 1,
      values: { summary: '改正' },
      lines: [{ ...line(first, '09:05'), id: kept?.id ?? 0 }],
    });
    expect(corrected).toMatchObject({ number: 'RB-2026-0001', revision: 2, state: 'late' });
    expect((await desk.dispatch('visits.list', { number: second })).total).toBe(0);
    const { versions } = await desk.dispatch('dailyReports.versions', { number: 'RB-2026-0001' });
    expect(versions).toMatchObject([{ revision: 1, content: { values: { summary: '兩家均有意向' } } }]);
  });

  it('names the line and the field that is wrong, and writes nothing', async () => {
    const before = (await desk.dispatch('visits.register', {})).total;
    const wrong = (lines: Line[]) => code('dailyReports.save', { staffId: salesperson, day: addDays(DAY, 1), lines });
    expect(await wrong([line(first, '09:00', { visitedAt: at('09:00') })])).toBe('INPUT_INVALID lines.0.visitedAt');
    const next = { visitedAt: at('09:00', addDays(DAY, 1)) };
    expect(await wrong([line(first, '', next), line('E999999', '', next)])).toBe('INPUT_INVALID lines.1.customer');
    expect(await wrong([line(first, '', { ...next, endedAt: at('08:00', addDays(DAY, 1)) })])).toBe(
      'INPUT_INVALID lines.0.endedAt',
    );
    expect(await wrong([line(first, '', { ...next, details: { collected: '很多' } })])).toBe(
      'INPUT_INVALID lines.0.details.collected',
    );
    expect((await desk.dispatch('visits.register', {})).total).toBe(before);
    const { visits } = await desk.dispatch('visits.list', { number: first });
    expect(visits).toHaveLength(1);
  });

  it("a visit recorded on the card alone is taken in by its day's report", async () => {
    const day = addDays(DAY, 2);
    await desk.dispatch('visits.record', { ...bare(second, at('11:00', day)), staffId: salesperson });
    const opened = await desk.dispatch('dailyReports.open', { staffId: salesperson, day });
    expect(opened).toMatchObject({ report: null, state: 'missing', working: true });
    const [loose] = opened.loose;
    await desk.dispatch('dailyReports.save', {
      staffId: salesperson,
      day,
      lines: [{ ...line(second, ''), id: loose?.id ?? 0, visitedAt: at('11:00', day) }],
      handedInAt: at('17:00', day),
    });
    expect((await desk.dispatch('visits.list', { number: second })).visits).toMatchObject([{ report: 'RB-2026-0002' }]);
    const late = await desk.dispatch('visits.record', { ...bare(second, at('15:00', day)), staffId: salesperson });
    expect(late.report).toBe('RB-2026-0002');
  });

  it('missing and late reports per salesperson; holidays, make-up days and leave', async () => {
    const ask = async () => {
      const { people } = await desk.dispatch('dailyReports.calendar', { from: '2026-03-01', to: '2026-03-08' });
      return people[0];
    };
    expect((await ask())?.days.map((day) => day.state)).toEqual([
      'none',
      'missing',
      'missing',
      'late',
      'missing',
      'handedIn',
      'off',
      'off',
    ]);
    await desk.dispatch('workingDays.set', { days: ['2026-03-02'], working: false, name: '調休' });
    await desk.dispatch('workingDays.set', { days: ['2026-03-07'], working: true, name: '補班' });
    await desk.dispatch('reportingDuty.excuse', {
      staffId: salesperson,
      from: '2026-03-03',
      to: '2026-03-03',
      reason: '病假',
    });
    const person = await ask();
    expect(person?.days.map((day) => day.state)).toEqual([
      'none',
      'off',
      'excused',
      'late',
      'missing',
      'handedIn',
      'missing',
      'off',
    ]);
    expect(person).toMatchObject({ due: 4, handedIn: 2, late: 1, missing: 2, excused: 1 });
  });

  it("a supervisor's signature on exactly these reports; a correction asks for it again", async () => {
    await desk.dispatch('users.add', {
      ownSecret: TEST_KEEPER.secret,
      login: 'boss',
      displayName: '周主管',
      role: 'supervisor',
      secret: SECRET,
    });
    const numbers = ['RB-2026-0001', 'RB-2026-0002'];
    expect(await code('dailyReports.review', { numbers, comment: '請跟進' })).toBe('SECOND_PERSON_MISSING');
    const { statement } = await desk.dispatch('dailyReports.reviewStatement', { numbers, comment: '請跟進' });
    await desk.dispatch('agreements.give', { statement, login: 'boss', secret: SECRET });
    expect(await desk.dispatch('dailyReports.review', { numbers, comment: '請跟進' })).toEqual({
      reviewedBy: '周主管',
      reports: 2,
    });
    const { reports } = await desk.dispatch('dailyReports.list', { show: 'unreviewed' });
    expect(reports).toEqual([]);
    expect((await desk.dispatch('dailyReports.get', { number: 'rb-2026-0001' })).reviewComment).toBe('請跟進');
  });
});

const bare = (number: string, visitedAt: string) => ({
  number,
  visitedAt,
  method: 'telephone' as const,
  purpose: 'order' as const,
  content: '追加一批',
  result: 'closed' as const,
});

describe('facts from a report (V2)', () => {
  it('accepted in the same step or one by one, the card points to the report; a refusal needs its reason', async () => {
    const day = '2026-03-10';
    const saved = await desk.dispatch('dailyReports.save', {
      staffId: salesperson,
      day,
      lines: [
        {
          ...line(first, '', { visitedAt: at('09:00', day) }),
          facts: [
            { field: 'telephone', value: '021-5080 1111', accept: true },
            { field: 'legalRepresentative', value: '王小明' },
            { field: 'competitors', mode: 'add', value: { competitorName: '東海集團', satisfaction: 'satisfied' } },
          ],
        },
      ],
      handedInAt: at('17:00', day),
    });
    expect(saved.openFacts).toBe(2);
    const card = await desk.dispatch('customers.get', { number: first });
    expect(card.values).toMatchObject({ telephone: '021-5080 1111', legalRepresentative: '王建國' });
    expect(card.confirmations['telephone']?.evidence).toBe(saved.number);
    const { facts } = await desk.dispatch('facts.list', { customer: first });
    expect(facts.map((fact) => [fact.field, fact.present])).toEqual([
      ['legalRepresentative', '王建國'],
      ['competitors', null],
    ]);
    const [representative, competitor] = facts;
    expect(await code('facts.decide', { id: representative?.id, accept: false })).toBe('INPUT_INVALID reason');
    await desk.dispatch('facts.decide', { id: representative?.id ?? 0, accept: false, reason: '只是代理' });
    await desk.dispatch('facts.decide', { id: competitor?.id ?? 0, accept: true });
    expect(await code('facts.decide', { id: competitor?.id, accept: true })).toBe('CONFLICT');
    const after = await desk.dispatch('customers.get', { number: first });
    expect(after.values['competitors']).toEqual([{ competitorName: '東海集團', satisfaction: 'satisfied' }]);
    const { changes } = await desk.dispatch('customers.history', { number: first });
    expect(changes.map((change) => [change.field, change.evidence])).toEqual([
      ['competitors', saved.number],
      ['telephone', saved.number],
    ]);
    const { total } = await desk.dispatch('facts.list', { state: 'open' });
    expect(total).toBe(0);
  });

  it('a fact that the card could not hold is refused with its line', async () => {
    const wrong = (fact: object) =>
      code('dailyReports.save', {
        staffId: salesperson,
        day: '2026-03-11',
        lines: [{ ...line(first, '', { visitedAt: at('09:00', '2026-03-11') }), facts: [fact] }],
      });
    expect(await wrong({ field: 'nothing', value: 'x' })).toBe('INPUT_INVALID lines.0.facts.0.field');
    expect(await wrong({ field: 'foundedOn', value: '去年' })).toBe('INPUT_INVALID lines.0.facts.0.value');
    expect(await wrong({ field: 'competitors', value: '東海' })).toBe('INPUT_INVALID lines.0.facts.0.mode');
  });
});

describe('information reports (V3)', () => {
  it('an urgent one stays on top until a named person has acknowledged it; then it can be closed', async () => {
    const reportedAt = new Date(Date.now() - 5 * 3_600_000).toISOString();
    const urgent = await desk.dispatch('information.record', {
      kind: 'urgent',
      customer: second,
      reporterId: salesperson,
      reportedAt,
      channel: 'telephone',
      subject: 'paymentRefused',
      values: { facts: '對方財務表示本月不付', amountAtRisk: { amount: '120000', currency: 'TWD' } },
    });
    expect(urgent).toMatchObject({ number: expect.stringMatching(/^XB-\d{4}-0001$/), state: 'waiting', late: true });
    await desk.dispatch('information.record', {
      kind: 'routine',
      reporterId: salesperson,
      reportedAt: new Date(Date.now() - 60_000).toISOString(),
      channel: 'oral',
      subject: 'competitorMove',
      values: { facts: '東海降價一成' },
    });
    expect((await desk.dispatch('information.list', {})).reports[0]?.number).toBe(urgent.number);
    expect((await desk.dispatch('desk.overview', {})).counts.urgentReports).toBe(1);
    const { number } = urgent;
    const close = { number, closedOn: '2026-03-20', outcome: '已付清', handling: '上門催收' };
    expect(await code('information.close', close)).toBe('CONFLICT');
    const { statement } = await desk.dispatch('information.statement', { number, note: '停止發貨' });
    await desk.dispatch('agreements.give', { statement, login: 'boss', secret: SECRET });
    expect(await desk.dispatch('information.acknowledge', { number, note: '停止發貨' })).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: '周主管',
      acknowledgement: '停止發貨',
    });
    expect((await desk.dispatch('desk.overview', {})).counts.urgentReports).toBe(0);
    expect((await desk.dispatch('information.close', close)).state).toBe('closed');
  });

  it('§4.2: a class that is named is reported on by its months; a report of the period settles it', async () => {
    await desk.dispatch('settings.update', { periodicClass: 'none' });
    expect((await desk.dispatch('periodicReports.due', {})).total).toBe(0);
    await desk.dispatch('periodicReports.setClass', { customers: [first], class: 'third' });
    const { due } = await desk.dispatch('periodicReports.due', {});
    expect(due.map((row) => [row.customer, row.class])).toEqual([[first, 'third']]);
    await desk.dispatch('information.record', {
      kind: 'periodic',
      customer: first,
      reporterId: salesperson,
      reportedAt: new Date().toISOString(),
      channel: 'written',
      subject: 'other',
      values: { facts: '照常', period: due[0]?.period ?? '' },
    });
    expect((await desk.dispatch('periodicReports.due', {})).total).toBe(0);
  });
});

describe('competitors, projects, brief (X1, X2, C8)', () => {
  it('a competitor is one under all its spellings; the matrix says who is where', async () => {
    const card = await desk.dispatch('customers.get', { number: second });
    await desk.dispatch('customers.update', {
      number: second,
      revision: card.revision,
      values: { competitors: [{ competitorName: '东海集团', shareOfPurchases: 40 }, { competitorName: '東海' }] },
    });
    const { competitors } = await desk.dispatch('competitors.list', {});
    expect(competitors.map((row) => [row.customers, row.averageShare])).toEqual([
      [2, 40],
      [1, null],
    ]);
    await desk.dispatch('competitors.save', { name: '東海集團', aliases: ['東海'], profile: { strengths: '價格' } });
    const page = await desk.dispatch('competitors.get', { name: '東海' });
    expect(page).toMatchObject({ name: '東海集團', profile: { strengths: '價格' } });
    expect(page.entries.map((entry) => entry.customer).sort()).toEqual([first, second, second]);
    const matrix = await desk.dispatch('competitors.matrix', {});
    expect(matrix.competitors).toEqual([{ name: '東海集團', customers: 2 }]);
    expect(matrix.rows.map((row) => [row.customer, row.cells[0]?.satisfaction])).toEqual([
      [first, 'satisfied'],
      [second, ''],
    ]);
  });

  it('a project without a next step is stalled; a step on the card is a change with its history', async () => {
    const card = await desk.dispatch('customers.get', { number: first });
    await desk.dispatch('customers.update', {
      number: first,
      revision: card.revision,
      values: { projects: [{ projectName: '新廠設備', stage: 'initiated' }] },
    });
    const stalled = await desk.dispatch('projects.list', { show: 'stalled' });
    expect(stalled.projects).toMatchObject([{ customer: first, name: '新廠設備', stalled: 'noStep' }]);
    const moved = await desk.dispatch('projects.advance', {
      customer: first,
      position: 0,
      name: '新廠設備',
      stage: 'tender',
      nextStep: '送樣',
      nextStepOn: '2999-01-01',
      evidence: '電話',
    });
    expect(moved).toMatchObject({ stage: 'tender', nextStep: '送樣', stalled: null });
    expect((await desk.dispatch('projects.list', { show: 'stalled' })).total).toBe(0);
    const { changes } = await desk.dispatch('customers.history', { number: first, field: 'projects' });
    expect(changes[0]?.evidence).toBe('電話');
    const stale = { customer: first, position: 0, name: '別的項目', stage: 'signed' };
    expect(await code('projects.advance', stale)).toBe('CONFLICT');
  });

  it('the brief holds what is open; taken before a visit it counts for it', async () => {
    const brief = await desk.dispatch('briefs.get', { number: first });
    expect(brief.projects).toMatchObject([{ projectName: '新廠設備' }]);
    expect(brief.competitors).toMatchObject([{ competitorName: '東海集團' }]);
    expect(brief.visits[0]?.staff).toBe('李業務');
    expect(brief.matters.map((matter) => matter.kind)).toContain('incomplete');
    await desk.dispatch('briefs.take', { number: first, staffId: salesperson, how: 'screen' });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const visitedAt = new Date().toISOString();
    await desk.dispatch('visits.record', {
      ...bare(first, visitedAt),
      staffId: salesperson,
      details: { cardRead: true },
    });
    const [visit] = (await desk.dispatch('visits.list', { number: first })).visits;
    expect(visit?.briefed).toBe(true);
    const { people } = await desk.dispatch('briefs.statistics', { from: '2026-01-01', to: '2999-12-31' });
    expect(people).toMatchObject([{ staff: '李業務', briefed: 1, saidRead: 1 }]);
  });
});

describe('on paper (V4, C8)', () => {
  it('the form for the road, blank and filled reports and the brief are one page each; a printed brief is taken', async () => {
    const print = async (form: InputOf<'print.form'>['form'], number: string) =>
      (await desk.dispatch('print.form', { form, number })).pages;
    expect(await print('visitForm', `FW-${first}`)).toBe(1);
    expect(await print('dailyReport', '')).toBe(1);
    expect(await print('dailyReport', 'RB-2026-0001')).toBe(1);
    for (const kind of ['routine', 'urgent', 'periodic']) expect(await print('informationReport', kind), kind).toBe(1);
    const before = (await desk.dispatch('briefs.get', { number: second })).lastTaken;
    expect(before).toBe(null);
    expect(await print('visitBrief', `${second}#${salesperson}`)).toBe(1);
    expect((await desk.dispatch('briefs.get', { number: second })).lastTaken?.by).toBe('李業務');
    for (const form of ['reportCalendar', 'visitRegister', 'competitorMatrix', 'projectList'] as const)
      expect(await print(form, form === 'competitorMatrix' ? '' : '2026-03'), form).toBeGreaterThan(0);
    expect(await code('print.form', { form: 'dailyReport', number: 'RB-2026-9999' })).toBe('NOT_FOUND');
  });
});

it('R36: entries of all this hold names of fields and numbers, never what was said', async () => {
  const { entries } = desk.archive.audit.list({ limit: 200 });
  const written = JSON.stringify(
    entries.filter((entry) => /^(visit|dailyReport|information|fact|project)/.test(entry.type)),
  );
  for (const secret of ['談下季訂單', '對方財務表示', '021-5080', '送樣']) expect(written).not.toContain(secret);
  expect((await desk.dispatch('audit.verify', { deep: false })).checks.filter((check) => !check.ok)).toEqual([]);
});
