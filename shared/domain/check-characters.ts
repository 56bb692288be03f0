import type { CheckName } from './forms/field.ts';

/**
 * Check characters of registration numbers (forms-and-standards §1.10). A failure is a warning, never a
 * refusal: the keeper must be able to record what the paper says.
 */

/** A source of randomness for the generators: 0 ≤ x < 1. */
export type RandomNumber = () => number;

export type CheckOutcome = 'valid' | 'shape' | 'check';

const CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const IDENTITY_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const IDENTITY_CHECKS = '10X98765432';
const TAIWAN_WEIGHTS = [1, 2, 1, 2, 1, 2, 4, 1];

/** Full-width and lower-case forms, blanks and hyphens made one, as a code is compared. */
export function normaliseCode(text: string): string {
  return text.normalize('NFKC').toUpperCase().replace(/[\s-]/gu, '');
}

/** The 18th character of 統一社會信用代碼 for the first 17, or undefined if one of them is not in the alphabet. */
export function unifiedSocialCreditCodeCheck(first17: string): string | undefined {
  if (first17.length !== 17) return undefined;
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    const value = CODE_ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return CODE_ALPHABET[(31 - (sum % 31)) % 31];
}

/** `shape`: not 18 characters of the alphabet · `check`: the last character does not fit. The first character is not judged. */
export function checkUnifiedSocialCreditCode(text: string): CheckOutcome {
  const code = normaliseCode(text);
  const expected = unifiedSocialCreditCodeCheck(code.slice(0, 17));
  if (code.length !== 18 || expected === undefined || !CODE_ALPHABET.includes(code.charAt(17))) return 'shape';
  return code.charAt(17) === expected ? 'valid' : 'check';
}

/** 統一編號 by the rule of 2023: divisible by 5; with 7 as seventh digit the sum may be one short. */
export function checkTaiwanBusinessNumber(text: string): CheckOutcome {
  const code = normaliseCode(text);
  if (!/^\d{8}$/.test(code)) return 'shape';
  const sum = taiwanSum(code);
  return sum % 5 === 0 || (code.charAt(6) === '7' && (sum + 1) % 5 === 0) ? 'valid' : 'check';
}

function taiwanSum(code: string): number {
  return TAIWAN_WEIGHTS.reduce((sum, weight, index) => {
    const product = Number(code.charAt(index)) * weight;
    return sum + Math.floor(product / 10) + (product % 10);
  }, 0);
}

/** 居民身份證號: 18 characters, a real date of birth, the check character. */
export function checkResidentIdentityNumber(text: string): CheckOutcome {
  const code = normaliseCode(text);
  if (!/^[1-9]\d{16}[\dX]$/.test(code) || !isBirthDate(code.slice(6, 14))) return 'shape';
  return code.charAt(17) === identityCheck(code.slice(0, 17)) ? 'valid' : 'check';
}

function identityCheck(first17: string): string {
  const sum = IDENTITY_WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17.charAt(index)), 0);
  return IDENTITY_CHECKS.charAt(sum % 11);
}

function isBirthDate(digits: string): boolean {
  const [year, month, day] = [Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6))];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1800 && year <= 2999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Judges a number by the rule's name (field definitions carry it as `check`). */
export function checkCharacters(check: CheckName, text: string): CheckOutcome {
  if (check === 'unifiedSocialCreditCode') return checkUnifiedSocialCreditCode(text);
  return check === 'taiwanBusinessNumber' ? checkTaiwanBusinessNumber(text) : checkResidentIdentityNumber(text);
}

/** 組織機構代碼: characters 9–17 of the unified code (§1.2), or undefined if the code has not the right shape. */
export function organisationCodeOf(unifiedCode: string): string | undefined {
  return checkUnifiedSocialCreditCode(unifiedCode) === 'shape' ? undefined : normaliseCode(unifiedCode).slice(8, 17);
}

/** A valid unified code, registered by the market authority (`91`) in `division` (six digits; default drawn at random). */
export function makeUnifiedSocialCreditCode(random: RandomNumber, division?: string): string {
  const place =
    division ?? pick(random, ['110105', '310115', '440305', '330106', '320505', '350203', '370202', '510107']);
  let first17 = `91${place}`;
  while (first17.length < 17) first17 += CODE_ALPHABET.charAt(below(random, first17.length === 8 ? 31 : 10));
  return first17 + (unifiedSocialCreditCodeCheck(first17) ?? '');
}

/** A valid 統一編號. */
export function makeTaiwanBusinessNumber(random: RandomNumber): string {
  let first7 = String(1 + below(random, 9));
  while (first7.length < 7) first7 += String(below(random, 10));
  // The last digit has weight 1: exactly one residue of 5 fits, so one of 0–4 and one of 5–9.
  const missing = (5 - (taiwanSum(`${first7}0`) % 5)) % 5;
  return first7 + String(missing + (random() < 0.5 ? 0 : 5));
}

/** A valid 居民身份證號; odd sequence numbers are men, even ones women. */
export function makeResidentIdentityNumber(
  random: RandomNumber,
  person: { division?: string; bornOn?: string; sex?: 'male' | 'female' } = {},
): string {
  const division =
    person.division ?? pick(random, ['110105', '310115', '440305', '330106', '320505', '350203', '370202', '510107']);
  const two = (value: number) => String(value).padStart(2, '0');
  const born =
    person.bornOn?.replaceAll('-', '') ??
    `${1950 + below(random, 55)}${two(1 + below(random, 12))}${two(1 + below(random, 28))}`;
  const parity = person.sex === undefined ? below(random, 2) : person.sex === 'male' ? 1 : 0;
  const sequence = String(2 * below(random, 500) + parity).padStart(3, '0');
  const first17 = division + born + sequence;
  return first17 + identityCheck(first17);
}

function below(random: RandomNumber, bound: number): number {
  return Math.min(bound - 1, Math.floor(random() * bound));
}

function pick(random: RandomNumber, values: readonly string[]): string {
  return values[below(random, values.length)] ?? '';
}
