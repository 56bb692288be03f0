/**
 * How alike two names of customers are, for the warning before a second number is given (C1). Names come in folded: one width, one
 * case, Simplified, letters and digits alone (search-text.ts); so 廣州永順電子有限公司 and 广州永顺电子有限责任公司 differ in their legal form only.
 */

const LEGAL_FORM =
  /(股份有限公司|有限责任公司|有限公司|股份公司|集团公司|总公司|分公司|公司|集团|companylimited|coltd|limited|ltd|incorporated|inc|corporation|corp|llc|gmbh|bv|sa|plc)$/u;

/** Where a name may begin: the place of registration, which people leave out or shorten. */
const PLACES =
  '北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|' +
  '广州|深圳|东莞|佛山|珠海|中山|惠州|汕头|厦门|福州|泉州|杭州|宁波|温州|绍兴|嘉兴|金华|义乌|苏州|无锡|南京|常州|南通|昆山|徐州|扬州|青岛|济南|烟台|潍坊|武汉|长沙|郑州|洛阳|成都|' +
  '西安|大连|沈阳|哈尔滨|长春|石家庄|太原|合肥|南昌|南宁|昆明|贵阳|兰州|海口|台北|新北|桃园|台中|台南|高雄|新竹|基隆|彰化|嘉义|屏东|宜兰|花莲|苗栗|云林|南投|台东';
const PLACE = new RegExp(
  `^(?:(?:${PLACES})(?:特别行政区|自治区|省|市|县)?|[^省市县区镇乡]{1,4}?(?:省|市|县|区|镇|乡))+(?=..)`,
  'u',
);

export interface NameParts {
  /** The whole name as it was folded. */
  readonly whole: string;
  /** Without the legal form. */
  readonly plain: string;
  /** Place at the beginning, empty if none. */
  readonly place: string;
  /** Without place and legal form: what tells one company from another. */
  readonly core: string;
}

/** A folded name in its parts. Nothing is ever cut down to less than two characters. */
export function nameParts(folded: string): NameParts {
  const whole = folded.replace(/[^\p{L}\p{N}]/gu, '');
  const cut = whole.replace(LEGAL_FORM, '');
  const plain = [...cut].length < 2 ? whole : cut;
  const place = PLACE.exec(plain)?.[0] ?? '';
  const core = [...plain.slice(place.length)].length < 2 ? plain : plain.slice(place.length);
  return { whole, plain, place: core === plain ? '' : place, core };
}

/** `same`: letter for letter after folding · `legalForm`: but for the legal form · `place`: but for the place, or one leaves it out · `similar`. */
export type Likeness = 'same' | 'legalForm' | 'place' | 'similar';

/** Of names as long as that a single other character is taken for a slip. */
const SLIP_FROM = 5;
const SHARED_PAIRS = 0.8;

/** How two names are alike, or undefined when they are two names. */
export function nameLikeness(left: NameParts, right: NameParts): Likeness | undefined {
  if (left.whole === '' || right.whole === '') return undefined;
  if (left.whole === right.whole) return 'same';
  if (left.plain === right.plain) return 'legalForm';
  // 北京同仁堂 and 天津同仁堂 are two; 同仁堂 alone may be either.
  const oneWithoutPlace = left.place === '' || right.place === '' || within(left.place, right.place);
  if (left.core === right.core) return oneWithoutPlace ? 'place' : undefined;
  if (!oneWithoutPlace) return undefined;
  const shortest = Math.min([...left.core].length, [...right.core].length);
  if (shortest >= SLIP_FROM && differInOne(left.core, right.core)) return 'similar';
  return shortest >= SLIP_FROM && sharedPairs(left.core, right.core) >= SHARED_PAIRS ? 'similar' : undefined;
}

const within = (a: string, b: string) => a.includes(b) || b.includes(a);

/** One character more, less or other. */
function differInOne(left: string, right: string): boolean {
  const [a, b] = [[...left], [...right]];
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return a.length - start - end <= 1 && b.length - start - end <= 1;
}

function pairsOf(text: string): string[] {
  const characters = [...text];
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}

/** Dice's share of the pairs of characters that both have, 0 to 1. */
function sharedPairs(left: string, right: string): number {
  const rest = pairsOf(left);
  const other = pairsOf(right);
  const total = rest.length + other.length;
  if (total === 0) return 0;
  let shared = 0;
  for (const pair of other) {
    const at = rest.indexOf(pair);
    if (at < 0) continue;
    rest.splice(at, 1);
    shared += 1;
  }
  return (2 * shared) / total;
}

/**
 * A phone number as it is compared: digits without extension, country code or leading zeros, so that +86 20 8366 1234,
 * 0086-20-83661234 and (020)83661234 are one. Empty for what is too short to tell anybody apart.
 */
export function comparablePhone(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase();
  const [main = ''] = plain.split(/(?:#|ext\.?|轉|转|分機|分机|x)\s*\d/u);
  const international = /^\s*(?:\+|00)/u.test(main);
  let digits = main.replace(/\D/gu, '').replace(/^00/u, '');
  if (international) digits = digits.replace(/^(86|886|852|853)/u, '');
  digits = digits.replace(/^0+/u, '');
  return digits.length < 6 ? '' : digits;
}
