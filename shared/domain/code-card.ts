/**
 * A card of one-time codes (代碼卡): the second factor at this one offline machine. Something that a person has, besides the secret that
 * they know: no telephone, no clock, no network. Codes are used in the order of the card, each once; a code that was seen is good for
 * nothing any more.
 */
export const CODES_ON_A_CARD = 60;

/** With so few left the desk asks for a new card. */
export const FEW_CODES = 5;

/** Digits and letters that nobody takes for another on paper: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BYTES = 5;
export const RANDOM_BYTES_FOR_A_CARD = CODES_ON_A_CARD * BYTES;

/** The codes of a card from fresh random bytes: eight signs each, in two groups. */
export function codesFrom(random: Uint8Array): readonly string[] {
  return Array.from({ length: CODES_ON_A_CARD }, (_, index) => {
    const bits = random
      .subarray(index * BYTES, (index + 1) * BYTES)
      .reduce((all, byte) => all * 256n + BigInt(byte), 0n);
    const signs = Array.from({ length: 8 }, (__, at) => ALPHABET[Number((bits >> BigInt(35 - at * 5)) & 31n)]).join('');
    return `${signs.slice(0, 4)}-${signs.slice(4)}`;
  });
}

/** A code as it is typed: full width, small letters, blanks; O for 0, I and L for 1. */
export function cleanCode(typed: string): string {
  const signs = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/gu, '')
    .replace(/O/gu, '0')
    .replace(/[IL]/gu, '1');
  return `${signs.slice(0, 4)}-${signs.slice(4)}`;
}
