import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assertNever } from '../../../shared/util/assert-never.ts';
import {
  codePointLength,
  compareNatural,
  hasBidiControls,
  hasControlCharacters,
  hasInvisibleCharacters,
  isWellFormed,
  normaliseForComparison,
  normaliseForStorage,
  showHiddenCharacters,
  truncateCodePoints,
  truncateUtf8,
} from '../../../shared/util/text.ts';

const text = fc.string({ unit: 'binary', maxLength: 40 });

test('normalising twice changes nothing', () => {
  fc.assert(
    fc.property(text, (each) => {
      expect(normaliseForStorage(normaliseForStorage(each))).toBe(normaliseForStorage(each));
      expect(normaliseForComparison(normaliseForComparison(each))).toBe(normaliseForComparison(each));
    }),
  );
  expect(normaliseForStorage(' ｅ\u0301a\r\nb ')).toBe('ｅ\u0301a\nb');
  expect(normaliseForComparison('ＡＢＣ　 公司')).toBe('abc 公司');
});

test('a cut never splits a character and never exceeds the limit', () => {
  fc.assert(
    fc.property(text, fc.nat(20), (each, max) => {
      const cut = truncateCodePoints(each, max);
      expect(codePointLength(cut)).toBeLessThanOrEqual(max);
      if (isWellFormed(each)) expect(isWellFormed(cut)).toBe(true);
      const bytes = truncateUtf8(each, max);
      expect(each.startsWith(bytes)).toBe(true);
      if (isWellFormed(each)) expect(new TextEncoder().encode(bytes).length).toBeLessThanOrEqual(max);
    }),
  );
  expect(truncateCodePoints('𠮷野家股份有限公司', 4)).toBe('𠮷野家…');
});

test('R67 hidden characters are found and shown', () => {
  expect(hasControlCharacters('a\tb')).toBe(true);
  expect(hasControlCharacters('a\nb', true)).toBe(false);
  expect(hasControlCharacters('a\u0007b', true)).toBe(true);
  expect(hasBidiControls('a\u202eb')).toBe(true);
  expect(hasInvisibleCharacters('a\u200bb')).toBe(true);
  expect(hasInvisibleCharacters('葛\u{e0100}')).toBe(false);
  expect(hasInvisibleCharacters('客戶 檔案（全稱）')).toBe(false);
  expect(showHiddenCharacters('a\u202eb\n')).toBe('a⟦U+202E⟧b⟦U+000A⟧');
  fc.assert(
    fc.property(text, (each) => {
      const shown = showHiddenCharacters(each);
      expect(hasControlCharacters(shown) || hasInvisibleCharacters(shown)).toBe(false);
    }),
  );
});

test('numbers in document numbers are ordered by value, and the order is total', () => {
  const number = fc.string({ unit: fc.constantFrom(...'AB0129-'), maxLength: 6 });
  expect(['HT-10', 'HT-9', 'HT-100', 'HT-09'].sort(compareNatural)).toEqual(['HT-09', 'HT-9', 'HT-10', 'HT-100']);
  fc.assert(
    fc.property(number, number, number, (a, b, c) => {
      expect(Math.sign(compareNatural(a, b))).toBe(-Math.sign(compareNatural(b, a)) + 0);
      if (compareNatural(a, b) <= 0 && compareNatural(b, c) <= 0) expect(compareNatural(a, c)).toBeLessThanOrEqual(0);
      if (compareNatural(a, b) === 0) expect(a).toBe(b);
    }),
    { numRuns: 2000 },
  );
});

test('an impossible branch says so', () => {
  expect(() => assertNever('x' as never)).toThrow(TypeError);
});
