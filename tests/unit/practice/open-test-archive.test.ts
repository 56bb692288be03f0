import { expect, onTestFinished, test } from 'vitest';
import { openTestArchive } from '../../support/open-test-archive.ts';

test('a test archive answers operations like the archive process, without one', async () => {
  const opened = await openTestArchive();
  onTestFinished(() => opened.close());
  expect(await opened.dispatch('session.current', {})).toMatchObject({ kind: 'desk', user: { login: 'keeper' } });
  const { number } = await opened.dispatch('customers.create', {
    kind: 'enterprise',
    values: { registeredName: '高雄市前鎮區永昇水產行' },
  });
  expect(number).toBe('E000001');
  expect(await opened.answer('customers.get', { number: 'E000099' })).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND' },
  });
});
