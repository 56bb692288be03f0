import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
let number = '';
beforeAll(async () => {
  desk = await openTestArchive();
  const values = {
    registeredName: '廣州永順電子有限公司',
    shortName: '永順',
    unifiedSocialCreditCode: '91440101231245152Y',
    telephone: '020-8366-1234',
    contacts: [{ name: '陳一', position: '經理', mobile: '13800138000' }],
  };
  ({ number } = await desk.dispatch('customers.create', { kind: 'enterprise', values }));
  for (const other of ['廣州永順貿易有限公司', '北京大華電子有限公司', '永順精密電子科技有限公司'])
    await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: other } });
});
afterAll(() => desk.close());

const similar = async (values: Record<string, string>, except?: string) =>
  (
    await desk.dispatch('customers.similar', {
      kind: 'enterprise',
      values,
      ...(except === undefined ? {} : { except }),
    })
  ).similar;

describe('doubles while a card is typed (C1)', () => {
  it.each([
    [{ unifiedSocialCreditCode: ' 9144 0101-231245152y' }, 'code', 'unifiedSocialCreditCode', 'same'],
    [{ organisationCode: '23124515-2' }, 'code', 'organisationCode', 'same'],
    [{ telephone: '+86 20 83661234' }, 'phone', 'telephone', 'same'],
    [{ fax: '13800138000' }, 'phone', 'fax', 'same'],
    [{ registeredName: '广州永顺电子有限公司' }, 'name', 'registeredName', 'script'],
    [{ registeredName: '廣州永順電子有限責任公司' }, 'name', 'registeredName', 'legalForm'],
    [{ registeredName: '永順電子' }, 'name', 'registeredName', 'place'],
  ])('%j is found by %s', async (values, because, field, how) => {
    expect(await similar(values)).toEqual([{ number, name: '廣州永順電子有限公司', because, field, how }]);
    expect(await similar(values, number)).toEqual([]);
  });

  it('one other character in a long name is a slip; another trade or a short name is another company', async () => {
    expect(await similar({ registeredName: '永順精蜜電子科技有限公司' })).toMatchObject([{ how: 'similar' }]);
    expect(await similar({ registeredName: '永順物流有限公司' })).toEqual([]);
    expect(await similar({ registeredName: '大華' })).toEqual([]);
  });

  it('the code says more than the phone; a value given up is no key any more', async () => {
    const both = { unifiedSocialCreditCode: '91440101231245152Y', telephone: '02083661234' };
    expect(await similar(both)).toMatchObject([{ because: 'code' }]);
    const { revision } = await desk.dispatch('customers.get', { number });
    await desk.dispatch('customers.update', { number, revision, values: { telephone: '020-1111-2222' } });
    expect(await similar({ telephone: '02083661234' })).toEqual([]);
    expect(await similar({ telephone: '02011112222' })).toMatchObject([{ number, because: 'phone' }]);
  });
});
