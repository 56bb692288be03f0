import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../../shared/domain/roles.ts';
import { secretFor } from '../../builders/vault-builder.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

const HOME_PHONE = '0287654321';
let desk: TestArchive;
let person = '';
let code = '';

const as = (role: Role) => {
  const { session } = desk.surroundings;
  session.actor = { ...desk.archive.deskActor, role };
};
const found = async (text: string) => (await desk.dispatch('search.find', { text })).hits.map(({ number }) => number);

beforeAll(async () => {
  desk = await openTestArchive();
  const made = await desk.dispatch('customers.create', {
    kind: 'individual',
    values: { name: '陳美玲', homePhone: HOME_PHONE, homeAddress: '臺北市大安區和平東路一段', employer: '恆昌貿易' },
  });
  person = made.number;
  await desk.dispatch('customers.update', {
    number: person,
    revision: made.revision,
    values: { homePhone: '0287650000', mobile: '0912345678' },
  });
  code = (
    await desk.dispatch('dossiers.addPaper', {
      customer: person,
      type: 'background',
      title: '走訪調查報告',
      security: 'coreTradeSecret',
      note: '內部評語',
      documentNumber: 'SECRET-77',
    })
  ).code;
});
afterAll(() => desk.close());

describe('R what a role may not see is hidden wherever it could come out', () => {
  it('the history of a card shows the old and new value to the keeper, and a mask to the supervisor', async () => {
    as('keeper');
    expect(JSON.stringify(await desk.dispatch('customers.history', { number: person }))).toContain(HOME_PHONE);
    as('supervisor');
    const masked = await desk.dispatch('customers.history', { number: person });
    expect(JSON.stringify(masked)).not.toMatch(/02876/);
    expect(masked.changes.find(({ field }) => field === 'mobile')?.to).toBe('0912345678');
  });

  it('the desk names the cards changed last to keeper and supervisor, and to an auditor none', async () => {
    const named = async (role: Role) => {
      as(role);
      const { recentlyChanged, counts } = await desk.dispatch('desk.overview', {});
      expect(counts.customers).toBe(1);
      return recentlyChanged.map(({ name }) => name);
    };
    expect(await named('keeper')).toEqual(['陳美玲']);
    expect(await named('supervisor')).toEqual(['陳美玲']);
    expect(await named('auditor')).toEqual([]);
  });

  it('a list shows no hidden number, and neither list nor search finds a card by it', async () => {
    as('keeper');
    expect(await found('0287650000')).toEqual([person]);
    as('supervisor');
    const { rows } = await desk.dispatch('customers.list', {});
    expect(rows.map(({ phone }) => phone)).toEqual(['0912345678']);
    for (const text of ['0287650000', '和平東路']) {
      expect(await found(text)).toEqual([]);
      expect((await desk.dispatch('search.find', { text })).total).toBe(0);
      expect((await desk.dispatch('customers.list', { text })).total).toBe(0);
    }
    expect((await desk.dispatch('customers.list', { text: '美玲' })).total).toBe(1);
    expect(await found('0912345678')).toEqual([person]);
  });

  it('a core trade secret is a line of the catalogue to a business manager, and no more', async () => {
    as('keeper');
    await desk.dispatch('users.add', {
      ownSecret: TEST_KEEPER.secret,
      login: 'manager',
      displayName: '林經理',
      role: 'businessManager',
      secret: secretFor('manager'),
    });
    await desk.dispatch('lookup.handOver', {});
    await desk.dispatch('lookup.signIn', { login: 'manager', secret: secretFor('manager'), purpose: '核對往來資料' });
    const texts = [
      await desk.answer('dossiers.paper', { code }),
      await desk.answer('dossiers.get', { number: person }),
      await desk.answer('search.find', { text: 'SECRET-77' }),
    ].map((answer) => JSON.stringify(answer));
    await desk.dispatch('lookup.backToDesk', { secret: TEST_KEEPER.secret });
    expect(texts[0]).toContain('走訪調查報告');
    expect(texts[0]).toContain('"withheld":true');
    for (const text of texts) expect(text).not.toMatch(/內部評語|SECRET-77/);
    expect((await desk.dispatch('dossiers.paper', { code })).paper.note).toBe('內部評語');
  });
});
