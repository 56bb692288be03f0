import { Converter } from 'opencc-js/t2cn';
import { pinyin } from 'pinyin-pro';

/**
 * Text as the search index sees it. FTS5's own tokenizers cannot find two Chinese characters inside a name, so
 * text is cut here: Chinese into overlapping pairs, everything else into overlapping triples, each run closed by
 * its shorter tail. A phrase of such pieces is then exactly "contains", and a prefix finds one character.
 */

const toSimplified = Converter({ from: 't', to: 'cn' });
const foldedCharacters = new Map<string, string>();
const readings = new Map<string, readonly string[]>();

/** Characters that somebody made for a rare name (造字) stand in the private use areas. */
const HAN_SCRIPT = /\p{Script=Han}|[〇々]|\p{Co}/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}\p{M}\p{Co}]/u;
/** A hyphen or a blank inside a number or a code does not end it: 02-2345 is found by 022345. */
const INSIDE_NUMBER = /[-\s().·‧・/]/u;

/** What a character is to the index; worked out once for each: a hundred thousand cards share a few thousand characters. */
const HAN = 1;
const OTHER_PIECE = 2;
const JOINT = 3;
const BREAK = 4;
/** Han characters end before this code point. */
const REMEMBERED = 0x40000;
const kinds = new Uint8Array(REMEMBERED);

function kindOf(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  const known = kinds[codePoint] ?? 0;
  if (known !== 0) return known;
  const piece = LETTER_OR_DIGIT.test(character);
  const kind = piece ? (HAN_SCRIPT.test(character) ? HAN : OTHER_PIECE) : INSIDE_NUMBER.test(character) ? JOINT : BREAK;
  if (codePoint < REMEMBERED) kinds[codePoint] = kind;
  return kind;
}

const isHan = (character: string) => kindOf(character) === HAN;

/** One character, Traditional to Simplified: character by character, so that both sides of a search fold alike. */
function foldCharacter(character: string): string {
  let folded = foldedCharacters.get(character);
  if (folded === undefined) {
    folded = toSimplified(character);
    foldedCharacters.set(character, folded);
  }
  return folded;
}

const ASCII = /^\p{ASCII}*$/u;

/** NFKC, lower case, Traditional folded to Simplified (後 → 后, 係 and 繫 → 系). */
export function foldForSearch(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let folded = '';
  for (const character of text.normalize('NFKC').toLowerCase())
    folded += isHan(character) ? foldCharacter(character) : character;
  return folded;
}

interface Run {
  readonly han: boolean;
  readonly characters: readonly string[];
  /** Nothing but the change of script parts it from the run before. */
  readonly joined: boolean;
}

function runsOf(folded: string): Run[] {
  const runs: { han: boolean; joined: boolean; characters: string[] }[] = [];
  let current: (typeof runs)[number] | undefined;
  for (const character of folded) {
    const kind = kindOf(character);
    if (kind === JOINT || kind === BREAK) {
      if (kind === BREAK || current?.han !== false) current = undefined;
      continue;
    }
    const han = kind === HAN;
    if (current === undefined || current.han !== han) {
      current = { han, joined: current !== undefined, characters: [] };
      runs.push(current);
    }
    current.characters.push(character);
  }
  return runs;
}

/** The overlapping pieces of a run, one blank between: pairs of Chinese, triples of everything else. */
function piecesOf({ han, characters }: Pick<Run, 'han' | 'characters'>): string {
  let pieces = '';
  for (let at = 0; at < characters.length; at += 1) {
    if (at > 0) pieces += ' ';
    pieces += characters[at];
    if (at + 1 < characters.length) pieces += characters[at + 1];
    if (!han && at + 2 < characters.length) pieces += characters[at + 2];
  }
  return pieces;
}

/** Letters that may be a reading or initials. */
const LATIN_WORD = /^[a-z]{2,}$/;

const BETWEEN_WORDS = /[\s,，、;；]+/u;

/** Index text of one field. Runs are kept apart, so that no phrase reaches from one into the next. */
export function indexText(text: string): string {
  const runs = runsOf(foldForSearch(text));
  const plain = text.normalize('NFKC');
  // "ABC 123" is found whole ("abc123") and by its words.
  if (BETWEEN_WORDS.test(plain))
    for (const word of plain.split(BETWEEN_WORDS))
      for (const run of runsOf(foldForSearch(word))) if (!run.han) runs.push(run);
  return runs.map(piecesOf).join(' zzzzbreak ');
}

/** FTS5 phrase for "contains this run". */
function phraseOf(run: Run): string {
  const length = run.han ? 2 : 3;
  const pieces: string[] = [];
  for (let at = 0; at + length <= run.characters.length; at += 1)
    pieces.push(run.characters.slice(at, at + length).join(''));
  if (pieces.length === 0) return `"${run.characters.join('')}"*`;
  return `"${pieces.join(' ')}"`;
}

function readingsOf(character: string): readonly string[] {
  let known = readings.get(character);
  if (known === undefined) {
    const all = pinyin(character, { toneType: 'none', multiple: true, type: 'array', v: true });
    known = [...new Set(all.map((reading) => reading.toLowerCase()).filter((reading) => /^[a-z]+$/.test(reading)))];
    readings.set(character, known);
  }
  return known;
}

/** Names of so many characters may be a person's: the first is then read as a surname as well (單 is shan, 曾 zeng). */
const LONGEST_PERSON = 4;

/** Readings of each character of a run, the one it has in its word first. */
function readingsOfRun(characters: readonly string[]): (readonly string[])[] {
  const whole = characters.join('');
  const inWords = pinyin(whole, { toneType: 'none', type: 'array', v: true });
  const asPerson =
    characters.length > LONGEST_PERSON
      ? []
      : pinyin(whole, { toneType: 'none', type: 'array', v: true, surname: 'head' });
  return characters.map((character, at) => {
    const own = readingsOf(character);
    if (own.length === 0) return [''];
    const known = (reading: string | undefined) => (reading !== undefined && own.includes(reading) ? [reading] : []);
    const sameLength = inWords.length === characters.length;
    const first = sameLength ? known(inWords[at]) : [];
    const surname = at === 0 && asPerson.length === characters.length ? known(asPerson[0]) : [];
    return [...new Set([...first, ...surname, ...own])];
  });
}

const MOST_VARIANTS = 12;

/**
 * Readings of a name in pinyin and their initials. Folded to Simplified first (readings of Traditional characters
 * are often wrong). The reading in its words comes first (重慶 is chongqing), of a person also that of the surname; then each other
 * reading of a character, and two of them at once, at most twelve of the whole name. `once`: of very many, none of which is asked for again.
 */
export function readingsOfName(
  name: string,
  once = false,
): {
  readonly full: readonly string[];
  readonly initials: readonly string[];
} {
  const variants = once ? readName(name) : syllablesOfName(name);
  return {
    full: [...new Set(variants.map((variant) => variant.join('')))],
    initials: [...new Set(variants.map((variant) => variant.map((reading) => reading.slice(0, 1)).join('')))],
  };
}

const REMEMBERED_NAMES = 4_000;
const syllablesOfNames = new Map<string, string[][]>();

/**
 * Readings of a name, syllable by syllable; none when nothing of it is read in pinyin. Those of the names met last are kept: a name
 * that is being typed, or on a card that is being saved, is read again and again.
 */
function syllablesOfName(name: string): string[][] {
  const known = syllablesOfNames.get(name);
  if (known !== undefined) return known;
  const variants = readName(name);
  if (syllablesOfNames.size >= REMEMBERED_NAMES)
    for (const [oldest] of syllablesOfNames) {
      syllablesOfNames.delete(oldest);
      break;
    }
  syllablesOfNames.set(name, variants);
  return variants;
}

function readName(name: string): string[][] {
  const perCharacter: (readonly string[])[] = [];
  const folded = foldForSearch(name);
  for (const run of runsOf(folded.replace(/[^\p{L}\p{N}\p{Co}]/gu, ' ')))
    if (run.han) perCharacter.push(...readingsOfRun(run.characters));
    else for (const character of run.characters) if (/[a-z0-9]/.test(character)) perCharacter.push([character]);
  if (!perCharacter.some((options) => options.some((reading) => reading.length > 1))) return [];
  const usual = perCharacter.map((options) => options[0] ?? '');
  const variants = [usual];
  const others = perCharacter.flatMap((options, at) => options.slice(1).map((reading) => ({ at, reading })));
  const add = (...changes: readonly { at: number; reading: string }[]) => {
    if (variants.length >= MOST_VARIANTS) return;
    variants.push(usual.map((reading, index) => changes.find((change) => change.at === index)?.reading ?? reading));
  };
  for (const one of others) add(one);
  for (const [index, one] of others.entries())
    for (const other of others.slice(index + 1)) if (other.at !== one.at) add(one, other);
  return variants;
}

/** Index text of readings: triples, as for any Latin text. */
export function indexReadings(variants: readonly string[]): string {
  return variants.map((variant) => piecesOf({ han: false, characters: [...variant] })).join(' zzzzbreak ');
}

/**
 * Where one script ends and another begins ("Pa德"): the end of one run stands right before the beginning of the next, with the break
 * between them. What only has both somewhere would be looked at in vain.
 */
function seamOf(before: Run, after: Run, last: boolean): string {
  return `NEAR("${piecesOf(before)}" ${last ? phraseOf(after) : `"${piecesOf(after)}"`}, 1)`;
}

/** Where a word may stand: also in a reading, if it could be one; or only where whoever has it is surely meant. */
type Breadth = 'anywhere' | 'surely';

/**
 * The FTS5 query for what was typed: every word must be found; a word of letters may also be a reading or initials. `surely` leaves out
 * the readings, in which letters often stand across two syllables ("gz" in guangzhou). Undefined when nothing searchable was typed.
 */
export function searchQuery(text: string, breadth: Breadth = 'anywhere'): string | undefined {
  const terms: string[] = [];
  for (const word of text.normalize('NFKC').trim().split(/\s+/u)) {
    const runs = runsOf(foldForSearch(word));
    const readable = LATIN_WORD.test(runs.flatMap(({ characters }) => characters).join(''));
    const columns = !readable ? '{name body} : ' : breadth === 'surely' ? '{name body initials} : ' : '';
    for (const [at, run] of runs.entries()) {
      const next = runs[at + 1];
      const seam = next?.joined === true ? seamOf(run, next, runs[at + 2]?.joined !== true) : undefined;
      // The seams on both sides say all of it.
      if (seam === undefined && run.joined) continue;
      terms.push(columns + (seam ?? phraseOf(run)));
    }
  }
  return terms.length === 0 ? undefined : terms.join(' AND ');
}

/** So few letters stand across two syllables in very many readings. */
const SHORT_WORD = /^[a-z]{2,3}$/;

/** True for a text whose surest hits are asked for first: letters that very many readings have by chance. */
export const hasSurestHits = (text: string): boolean => SHORT_WORD.test(foldForSearch(text.trim()));

/** So many pieces at the beginning of a name tell it apart; the words for its trade come after. */
const TELLING_PIECES = 2;
const MOST_PIECES = 8;

/** The FTS5 query for names that share two pieces with a folded name, one of them from its beginning. */
export function likeQuery(folded: string): string | undefined {
  const pieces = runsOf(folded).flatMap(({ han, characters }) => {
    const length = han ? 2 : 3;
    return characters.length <= length
      ? [characters.join('')]
      : characters.slice(length - 1).map((_, at) => characters.slice(at, at + length).join(''));
  });
  const own = [...new Set(pieces)].slice(0, MOST_PIECES);
  if (own.length === 0) return undefined;
  if (own.length === 1) return `name : "${own[0]}"`;
  const pairs = own
    .slice(0, TELLING_PIECES)
    .flatMap((first, at) => own.slice(at + 1).map((second) => `("${first}" AND "${second}")`));
  return `name : (${pairs.join(' OR ')})`;
}

export type MatchHow = 'exact' | 'part' | 'folded' | 'pinyin' | 'initials';

/** A typed word, made ready once to be looked for in many fields. */
export interface SearchedWord {
  readonly plain: string;
  /** Folded, letters and digits alone. */
  readonly condensed: string;
  readonly han: boolean;
  /** May be pinyin or initials. */
  readonly latin: boolean;
}

function condense(text: string): string {
  let condensed = '';
  for (const character of foldForSearch(text)) if (kindOf(character) <= OTHER_PIECE) condensed += character;
  return condensed;
}

const plainly = (text: string) => (ASCII.test(text) ? text : text.normalize('NFKC')).toLowerCase();

export function searchedWord(word: string): SearchedWord {
  const condensed = condense(word);
  return { plain: plainly(word), condensed, han: HAN_SCRIPT.test(word), latin: LATIN_WORD.test(condensed) };
}

/** How one field matches one typed word; undefined if it does not. Readings count for names only. */
export function matchOf(value: string, word: string | SearchedWord, isName: boolean): MatchHow | undefined {
  const { plain, condensed, han, latin } = typeof word === 'string' ? searchedWord(word) : word;
  const plainValue = plainly(value);
  if (plainValue === plain) return 'exact';
  if (plainValue.includes(plain)) return 'part';
  if (condensed !== '' && condense(value).includes(condensed)) return han ? 'folded' : 'part';
  if (!isName || !latin) return undefined;
  const variants = syllablesOfName(value);
  if (
    variants.some((variant) =>
      variant
        .map((reading) => reading.slice(0, 1))
        .join('')
        .includes(condensed),
    )
  )
    return 'initials';
  // Pinyin begins where a syllable begins: "gj" is no part of "chuang jin".
  const begins = (variant: readonly string[]) =>
    variant.some((_, at) => variant.slice(at).join('').startsWith(condensed));
  return variants.some(begins) ? 'pinyin' : undefined;
}
