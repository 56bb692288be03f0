import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputOf } from '../../../shared/contract/contract.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
let customer = '';
const people: Record<string, number> = {};

beforeAll(async () => {
  desk = await openTestArchive();
  for (const [number, name, department] of [
    ['S-1', '李業務', '業務部'],
    ['S-2', '陳業務', '業務部'],
    ['S-3', '吳市場', '市場部'],
    ['S-4', '鄭財務', '財務部'],
  ] as const)
    people[name] = (await desk.dispatch('staff.save', { number, name, department })).id;
  ({ number: customer } = await desk.dispatch('customers.create', {
    kind: 'enterprise',
    values: { registeredName: '宏昌精密有限公司', responsibleSalesperson: String(people['李業務']) },
  }));
});
afterAll(() => desk.close());

const id = (name: string): number => people[name] ?? 0;
const record = (more: Partial<InputOf<'information.record'>>) =>
  desk.dispatch('information.record', {
    kind: 'routine',
    customer,
    reporterId: id('陳業務'),
    reportedAt: new Date(Date.now() - 60_000).toISOString(),
    channel: 'telephone',
    subject: 'competitorMove',
    values: { facts: '東海降價一成' },
    ...more,
  });
const told = async (number: string) =>
  (await desk.dispatch('information.recipients', { number })).passings.map(({ staff, why, state }) => [
    staff,
    why,
    state,
  ]);
const duties = async () => (await desk.dispatch('duties.list', { duty: 'reportsToPassOn' })).total;

describe('information is passed on to those who sell (V3, 24)', () => {
  it('the salesperson of the customer and whom the rules name are told, the reporter is not', async () => {
    await desk.dispatch('reportRouting.save', { subject: 'competitorMove', staffIds: [id('吳市場'), id('陳業務')] });
    const { number, toTell } = await record({});
    expect(toTell).toBe(2);
    expect(await told(number)).toEqual([
      ['李業務', 'responsible', 'waiting'],
      ['吳市場', 'rule', 'waiting'],
    ]);
    expect(await told((await record({ subject: 'complaint', reporterId: id('李業務') })).number)).toEqual([]);
  });

  it('what waits is a thing to do until each has been told, or is left out with the reason', async () => {
    const { number } = await record({ kind: 'urgent', subject: 'paymentRefused', values: { facts: '本月不付' } });
    const before = await duties();
    await desk.dispatch('information.addRecipient', { number, staffId: id('鄭財務') });
    expect(await duties()).toBe(before + 1);
    await desk.dispatch('information.passOn', {
      number,
      staffIds: [id('李業務')],
      channel: 'telephone',
      words: '先停止出貨',
    });
    expect(
      await desk.answer('information.passOn', { number, staffIds: [id('李業務')], channel: 'oral' }),
    ).toMatchObject({
      error: { code: 'CONFLICT' },
    });
    const { toTell } = await desk.dispatch('information.dropRecipient', {
      number,
      staffId: id('鄭財務'),
      reason: '當面已知',
    });
    expect(toTell).toBe(0);
    expect(await duties()).toBe(before - 1);
    const [row] = (
      await desk.dispatch('lists.rows', {
        list: 'passings',
        filter: [{ field: 'number', is: 'contains', values: [number] }],
        sort: 'toldTo',
        columns: ['toldTo', 'state', 'words', 'passedAt'],
      })
    ).rows.filter(({ values }) => values['state'] === 'passed');
    expect(row).toMatchObject({ customer, values: { toldTo: '李業務', words: '先停止出貨' } });
    expect(
      (
        await desk.dispatch('lists.rows', {
          list: 'information',
          filter: [{ field: 'passing', is: 'is', values: ['waiting'] }],
          sort: 'number',
          columns: ['number'],
        })
      ).rows.map(({ key }) => key),
    ).not.toContain(number);
  });
});
