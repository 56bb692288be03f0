/** Which secrets may be chosen (R07): length, and not a common one. No composition rule, no expiry. */
import { AppError, type FieldError } from '../../shared/errors/app-error.ts';
import { COMMON_WORDS, KEYBOARD_WALKS } from './common-secrets.ts';

export const MINIMUM_SECRET_LENGTH = 15;
export const MAXIMUM_SECRET_LENGTH = 1_024;
const WALK_LENGTH = 4;
const MAXIMUM_WORDS = 3;

/** A further list of refused secrets, e.g. one the institution keeps. Gets the folded form of the secret. */
export type SecretBlocklist = (folded: string) => boolean;

/** What a secret is checked against besides the common ones. */
export interface SecretContext {
  /** Words that belong to this vault: its name, the login, the person's name. */
  readonly vaultWords?: readonly string[];
  readonly isBlocked?: SecretBlocklist;
}

/** NFKC, lower case, without spaces and punctuation: what is compared with the lists, never what is hashed. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '');
}

/** True if the whole string is one unit repeated that would be too short by itself, or is made of three characters. */
function isRepetition(text: string): boolean {
  const characters = [...text];
  for (let unit = 1; unit < MINIMUM_SECRET_LENGTH && unit <= characters.length / 2; unit += 1)
    if (characters.every((character, index) => character === characters[index % unit])) return true;
  return new Set(characters).size <= 3;
}

function walkLengthAt(text: string, start: number): number {
  let longest = 0;
  for (const row of KEYBOARD_WALKS)
    for (const walk of [row, [...row].reverse().join('')])
      for (let length = text.length - start; length >= WALK_LENGTH && length > longest; length -= 1)
        if (walk.includes(text.slice(start, start + length))) longest = length;
  return longest;
}

/** Fewest common pieces the folded secret can be cut into, or Infinity. Digits up to 8 in a row (years, days) cost nothing. */
function commonPieces(text: string, words: readonly string[]): number {
  const fewest: number[] = new Array(text.length + 1).fill(Number.POSITIVE_INFINITY);
  fewest[0] = 0;
  for (let at = 0; at < text.length; at += 1) {
    const here = fewest[at] ?? Number.POSITIVE_INFINITY;
    if (here === Number.POSITIVE_INFINITY) continue;
    const reach = (length: number, cost: number) => {
      fewest[at + length] = Math.min(fewest[at + length] ?? Number.POSITIVE_INFINITY, here + cost);
    };
    const digits = /^\d{1,8}/.exec(text.slice(at))?.[0].length ?? 0;
    for (let length = 1; length <= digits; length += 1) reach(length, 0);
    for (const word of words) if (word !== '' && text.startsWith(word, at)) reach(word.length, 1);
    const walk = walkLengthAt(text, at);
    if (walk > 0) reach(walk, 1);
  }
  return fewest[text.length] ?? Number.POSITIVE_INFINITY;
}

/**
 * Checks a secret somebody wants to use from now on (R07).
 * @returns what is wrong with it as a message, or `undefined`; never any part of the secret
 */
export function secretProblem(secret: string, path: string, context: SecretContext = {}): FieldError | undefined {
  const normalised = secret.normalize('NFKC');
  const length = [...normalised].length;
  if (!secret.isWellFormed()) return { path, message: 'validation.secretNotText' };
  if (length < MINIMUM_SECRET_LENGTH)
    return { path, message: 'validation.secretTooShort', params: { minimum: MINIMUM_SECRET_LENGTH } };
  if (length > MAXIMUM_SECRET_LENGTH)
    return { path, message: 'validation.secretTooLong', params: { maximum: MAXIMUM_SECRET_LENGTH } };
  const folded = fold(normalised);
  const words = [...COMMON_WORDS, ...(context.vaultWords ?? []).map(fold)];
  const isCommon =
    isRepetition(folded) ||
    commonPieces(folded.slice(0, 128), words) <= MAXIMUM_WORDS ||
    context.isBlocked?.(folded) === true;
  return isCommon ? { path, message: 'validation.secretCommon' } : undefined;
}

/** @throws AppError INPUT_INVALID naming `path` if the secret may not be chosen (R07) */
export function requireGoodSecret(secret: string, path: string, context: SecretContext = {}): void {
  const problem = secretProblem(secret, path, context);
  if (problem !== undefined) throw new AppError('INPUT_INVALID', { fields: [problem] });
}
