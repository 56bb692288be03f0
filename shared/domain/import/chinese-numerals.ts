/** Digits and steps as they are written on licences and cheques, in both scripts. */
const DIGITS: Readonly<Record<string, number>> = Object.fromEntries(
  ['零〇○', '一壹弌', '二貳贰兩两', '三參叁叄', '四肆', '五伍', '六陸陆', '七柒', '八捌', '九玖'].flatMap(
    (characters, digit) => [...characters].map((character) => [character, digit]),
  ),
);
const STEPS: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1_000, 仟: 1_000 };
/** What stands before these is counted in them. */
const GROUPS: Readonly<Record<string, number>> = { 萬: 1e4, 万: 1e4, 億: 1e8, 亿: 1e8 };

/**
 * A whole number written in Chinese numerals: `伍佰萬`, `三千五百`, `十二`, `一億零五十萬`. Undefined for anything else, and for what is
 * said in more than one meaning (`三百五`). Below 10^15.
 */
export function readChineseNumeral(text: string): number | undefined {
  let total = 0;
  let lastGroup = Number.POSITIVE_INFINITY;
  let part = '';
  for (const character of text) {
    const unit = GROUPS[character];
    if (unit === undefined) {
      part += character;
      continue;
    }
    const counted = readBelowGroup(part, lastGroup < Number.POSITIVE_INFINITY);
    if (counted === undefined || counted === 0 || unit >= lastGroup) return undefined;
    total += counted * unit;
    lastGroup = unit;
    part = '';
  }
  if (part === '') return total === 0 || total >= 1e15 ? undefined : total;
  const rest = readBelowGroup(part, lastGroup < Number.POSITIVE_INFINITY);
  return rest === undefined || total + rest >= 1e15 ? undefined : total + rest;
}

/** `三千五百零二`: below 10,000. `follows`: something larger stands before it, so that a bare digit needs its zero. */
function readBelowGroup(text: string, follows: boolean): number | undefined {
  let sum = 0;
  let digit: number | undefined;
  let isFilled = !follows;
  let lastStep = Number.POSITIVE_INFINITY;
  for (const character of text) {
    const [own, step] = [DIGITS[character], STEPS[character]];
    if (own === 0) {
      if (digit !== undefined) return undefined;
      isFilled = true;
    } else if (own !== undefined) {
      // Two digits side by side are a number read out, not a quantity.
      if (digit !== undefined) return undefined;
      digit = own;
    } else if (step !== undefined) {
      if (step >= lastStep || (digit === undefined && step !== 10)) return undefined;
      sum += (digit ?? 1) * step;
      digit = undefined;
      lastStep = step;
      isFilled = step === 10;
    } else return undefined;
  }
  if (digit === undefined) return text === '' ? undefined : sum;
  return isFilled ? sum + digit : undefined;
}
