import { expect, test, vi } from 'vitest';

vi.stubGlobal('navigator', { userAgent: '' });
const { formatsOf, toRocDay } = await import('../../../renderer/i18n/format.ts');

test('lists write days as 2026-11-23, by the ROC calendar as 115-11-23', () => {
  expect(formatsOf('zh-Hant', false).day('2026-11-23')).toBe('2026-11-23');
  expect(formatsOf('zh-Hant', true).day('2026-11-23')).toBe('115-11-23');
  expect(formatsOf('zh-Hant', true).day('2026-11')).toBe('115-11');
  expect(toRocDay('1911-05-01')).toBe('1911-05-01');
});

test('sentences write days in long form', () => {
  expect(formatsOf('zh-Hant', false).longDay('2026-11-23')).toBe('2026年11月23日');
  expect(formatsOf('zh-Hant', true).longDay('2026-11-23')).toContain('115');
  expect(formatsOf('en', false).longDay('2026-11-23')).toMatch(/November/);
});

test('money keeps its decimals as they stand', () => {
  const { money } = formatsOf('zh-Hant', false);
  expect(money('1234567.50', 'CNY')).toBe('CNY 1,234,567.50');
  expect(money('-1234', 'TWD')).toBe('TWD -1,234');
  expect(money('12345678901234567.1234', 'USD')).toBe('USD 12,345,678,901,234,567.1234');
});

test('an empty date is empty text', () => {
  expect(formatsOf('en', false).day(null)).toBe('');
  expect(formatsOf('en', false).instant('')).toBe('');
});
