import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldForSearch } from '../../../electron/store/search-text.ts';
import { comparablePhone, nameLikeness, nameParts } from '../../../shared/domain/name-likeness.ts';

const parts = (name: string) => nameParts(foldForSearch(name));
const likeness = (a: string, b: string) => nameLikeness(parts(a), parts(b));

describe('names that may be one customer (C1)', () => {
  test.each([
    ['廣州永順電子有限公司', '广州永顺电子有限公司', 'same'],
    ['廣州永順電子有限公司', '广州永顺电子有限责任公司', 'legalForm'],
    ['永順電子股份有限公司', '永順電子有限公司', 'legalForm'],
    ['永順電子', '廣州市番禺區永順電子有限公司', 'place'],
    ['台北市遠東紡織股份有限公司', '臺北遠東紡織有限公司', 'place'],
    ['永順精密電子科技有限公司', '永順精蜜電子科技有限公司', 'similar'],
    ['Yong Shun Electronics Co., Ltd.', 'YONG SHUN ELECTRONICS LIMITED', 'legalForm'],
    ['北京同仁堂藥店', '天津同仁堂藥店', undefined],
    ['永順電子有限公司', '永順貿易有限公司', undefined],
    ['大華', '大同', undefined],
    ['有限公司', '股份有限公司', undefined],
  ] as const)('%s · %s: %s', (a, b, expected) => {
    expect(likeness(a, b)).toBe(expected);
    expect(likeness(b, a)).toBe(expected);
  });

  const han = fc.string({
    unit: fc.constantFrom(...'永順華東電子科技貿易實業大同南北廣州台'),
    minLength: 2,
    maxLength: 9,
  });
  test('a name is like itself in either script and under any legal form, and likeness knows no order', () => {
    fc.assert(
      fc.property(han, han, fc.constantFrom('有限公司', '有限責任公司', '股份有限公司', '公司'), (a, b, form) => {
        expect(likeness(a, foldForSearch(a))).toBe('same');
        expect(['same', 'legalForm']).toContain(likeness(`${a}${form}`, `${a}有限公司`));
        expect(likeness(a, b)).toBe(likeness(b, a));
      }),
    );
  });
});

describe('phones as they are compared', () => {
  test.each([
    ['020-8366-1234', '+86 20 83661234'],
    ['(02) 2700-1234', '+886-2-2700-1234 #201'],
    ['０２０－８３６６１２３４', '0086 20 8366 1234'],
    ['02-2700-1234轉201', '0227001234'],
  ])('%s and %s are one', (a, b) => {
    expect(comparablePhone(a)).toBe(comparablePhone(b));
    expect(comparablePhone(a)).not.toBe('');
  });
  test('what is too short tells nobody apart', () => {
    expect(comparablePhone('110')).toBe('');
    expect(comparablePhone('無')).toBe('');
  });
});
