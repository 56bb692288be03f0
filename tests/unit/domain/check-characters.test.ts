import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkCharacters,
  checkResidentIdentityNumber,
  checkTaiwanBusinessNumber,
  checkUnifiedSocialCreditCode,
  makeResidentIdentityNumber,
  makeTaiwanBusinessNumber,
  makeUnifiedSocialCreditCode,
  organisationCodeOf,
} from '../../../shared/domain/check-characters.ts';

const random = fc
  .infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }))
  .map((stream) => () => stream.next().value as number);
const replaced = (code: string, at: number, by: string) => code.slice(0, at) + by + code.slice(at + 1);

test('published numbers are valid', () => {
  // The example of GB 32100 and the registered numbers of large companies.
  for (const code of ['91350100M000100Y43', '914403001922038216', '91110000802100433B', '91310000132260250X'])
    expect([code, checkUnifiedSocialCreditCode(code)]).toEqual([code, 'valid']);
  for (const code of ['22099131', '04595257', '84149961'])
    expect([code, checkTaiwanBusinessNumber(code)]).toEqual([code, 'valid']);
  expect(checkResidentIdentityNumber('11010519491231002X')).toBe('valid');
});

test('what the generators make is valid', () => {
  fc.assert(
    fc.property(random, (next) => {
      expect(checkUnifiedSocialCreditCode(makeUnifiedSocialCreditCode(next))).toBe('valid');
      expect(checkTaiwanBusinessNumber(makeTaiwanBusinessNumber(next))).toBe('valid');
      expect(checkResidentIdentityNumber(makeResidentIdentityNumber(next))).toBe('valid');
    }),
  );
});

test('the same random numbers make the same code', () => {
  const seeded = () => {
    let state = 1;
    return () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
  };
  expect(makeUnifiedSocialCreditCode(seeded())).toBe(makeUnifiedSocialCreditCode(seeded()));
});

test('one wrong character of a unified code or identity number is always noticed', () => {
  fc.assert(
    fc.property(random, fc.nat(16), fc.nat(9), (next, at, digit) => {
      const code = makeUnifiedSocialCreditCode(next);
      if (code[at] !== String(digit))
        expect(checkUnifiedSocialCreditCode(replaced(code, at, String(digit)))).not.toBe('valid');
      const identity = makeResidentIdentityNumber(next);
      if (identity[at] !== String(digit))
        expect(checkResidentIdentityNumber(replaced(identity, at, String(digit)))).not.toBe('valid');
    }),
  );
});

test('case, width, blanks and hyphens do not matter; wrong shapes are told apart', () => {
  expect(checkUnifiedSocialCreditCode(' ９１350100m000100y43 ')).toBe('valid');
  expect(checkUnifiedSocialCreditCode('91350100I000100Y43')).toBe('shape');
  expect(checkTaiwanBusinessNumber('2209-9131')).toBe('valid');
  expect(checkTaiwanBusinessNumber('22099132')).toBe('check');
  expect(checkResidentIdentityNumber('110105194913310020')).toBe('shape');
});

test('the identity number carries the person asked for', () => {
  const number = makeResidentIdentityNumber(() => 0.5, { division: '440305', bornOn: '1980-02-29', sex: 'female' });
  expect(number.slice(0, 14)).toBe('44030519800229');
  expect(Number(number[16]) % 2).toBe(0);
});

test('the organisation code is characters 9 to 17', () => {
  expect(organisationCodeOf('91350100M000100Y43')).toBe('M000100Y4');
  expect(organisationCodeOf('nothing')).toBeUndefined();
});

test('any text gets an answer', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'unifiedSocialCreditCode' as const,
        'taiwanBusinessNumber' as const,
        'residentIdentityNumber' as const,
      ),
      (text, rule) => {
        expect(['valid', 'shape', 'check']).toContain(checkCharacters(rule, text));
      },
    ),
  );
});
