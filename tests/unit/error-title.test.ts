import { expect, test } from 'vitest';
import { errorLines } from '../../electron/hosts/cli/describe-error.ts';
import { loadTexts } from '../../electron/hosts/message-texts.ts';
import { AppError } from '../../shared/errors/app-error.ts';

const said = (error: AppError) => errorLines(error, loadTexts('en')).join(' ');

test('what does not agree is named, a backup says what it lacks', () => {
  const integrity = (params: Record<string, string>, hint?: string) =>
    new AppError('INTEGRITY', { params, ...(hint === undefined ? {} : { hint }) });
  expect(said(integrity({ record: 'END', reason: 'backup' }, 'hint.otherBackup'))).toBe(
    'This backup is damaged, not complete, or no backup (END). Use another backup, such as the one on the other medium. Nothing was changed.',
  );
  expect(said(integrity({ record: 'a.backup.age', reason: 'chain' }))).toContain(
    'missing or is another one: a.backup.age',
  );
  expect(said(integrity({ record: 'KH·1·E000034·L0001', reason: 'changed' }))).toContain('KH·1·E000034·L0001');
  expect(said(integrity({ kind: 'fork' }))).toContain('does not agree');
});

test('what was not found is named as it was asked for, an internal id is not', () => {
  const missing = (number: string | number) => new AppError('NOT_FOUND', { params: { what: 'customer', number } });
  expect(said(missing('E999999'))).toContain('E999999');
  expect(said(missing(17))).not.toContain('17');
});
