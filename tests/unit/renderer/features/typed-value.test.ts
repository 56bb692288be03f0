import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseTypedDate,
  parseTypedMinute,
  parseTypedMoney,
  parseTypedNumber,
  toLocalMinute,
} from '../../../../renderer/ui/fields/typed-value.ts';
import { groupDigits } from '../../../../shared/util/group-digits.ts';

describe('what people type for a day', () => {
  test.each([
    ['2026-1-5', '2026-01-05'],
    ['2026/01/05', '2026-01-05'],
    ['２０２６．１．５', '2026-01-05'],
    ['20260105', '2026-01-05'],
    ['2026年1月5日', '2026-01-05'],
    ['民國115年1月5日', '2026-01-05'],
    ['', null],
    ['2026-02-30', undefined],
    ['2026-13-01', undefined],
    ['去年', undefined],
    ['2026', undefined],
    ['1-5', undefined],
  ])('%s', (typed, day) => expect(parseTypedDate(typed)).toBe(day));

  test('years and months where the form allows them, 長期 where it does', () => {
    expect(parseTypedDate('2026', { partial: true })).toBe('2026');
    expect(parseTypedDate('2026年3月', { partial: true })).toBe('2026-03');
    expect(parseTypedDate('長期', { indefinite: true })).toBe('indefinite');
    expect(parseTypedDate('長期')).toBeUndefined();
  });
});

describe('what people type for figures', () => {
  test('grouping, full-width digits, percent', () => {
    expect(parseTypedNumber('１，２３４', true)).toBe(1234);
    expect(parseTypedNumber('12.5%', false)).toBe(12.5);
    expect(parseTypedNumber('12.5', true)).toBeUndefined();
    expect(parseTypedNumber('abc', false)).toBeUndefined();
    expect(parseTypedNumber('', true)).toBeNull();
  });

  test('萬 and 億 multiply without losing a digit', () => {
    expect(parseTypedMoney('500萬', 'CNY')).toEqual({ amount: '5000000', currency: 'CNY' });
    expect(parseTypedMoney('1.23456億', 'TWD')).toEqual({ amount: '123456000', currency: 'TWD' });
    expect(parseTypedMoney('0.5萬', 'CNY')).toEqual({ amount: '5000', currency: 'CNY' });
    expect(parseTypedMoney('12,345.60', 'USD')).toEqual({ amount: '12345.60', currency: 'USD' });
    expect(parseTypedMoney('很多', 'CNY')).toBeUndefined();
  });

  test('an amount that is shown in groups is read back the same', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (amount) => {
        const text = amount.toString();
        expect(parseTypedMoney(groupDigits(text), 'CNY')).toEqual({ amount: text, currency: 'CNY' });
      }),
    );
  });
});

describe('a day and a time', () => {
  test('is shown as it is read', () => {
    const instant = parseTypedMinute('2026-1-5 14:05', '2026-11-23');
    expect(typeof instant).toBe('string');
    expect(toLocalMinute(instant as string)).toBe('2026-01-05 14:05');
    expect(parseTypedMinute('20260105 1405', '2026-11-23')).toBe(instant);
  });

  test('a time alone is today; a day alone is not enough', () => {
    expect(toLocalMinute(parseTypedMinute('9:30', '2026-11-23') as string)).toBe('2026-11-23 09:30');
    expect(parseTypedMinute('2026-01-05', '2026-11-23')).toBeUndefined();
    expect(parseTypedMinute('25:00', '2026-11-23')).toBeUndefined();
    expect(parseTypedMinute(' ', '2026-11-23')).toBeNull();
  });
});
