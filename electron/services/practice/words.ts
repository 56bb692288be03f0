import { Converter } from 'opencc-js/t2cn';
import { PAPERS } from './vocabulary/paper-vocabulary.ts';
import { PEOPLE } from './vocabulary/people-vocabulary.ts';
import { PLACES } from './vocabulary/places-vocabulary.ts';
import { HANDWRITING, SCANS } from './vocabulary/scan-vocabulary.ts';
import { SENTENCES, TRADES } from './vocabulary/trade-vocabulary.ts';

/** How a customer is written: Traditional or Simplified characters. */
export type Script = 'hant' | 'hans';

const HANT = {
  people: PEOPLE,
  places: PLACES,
  papers: PAPERS,
  trades: TRADES,
  sentences: SENTENCES,
  scans: SCANS,
  handwriting: HANDWRITING,
} as const;
export type Words = typeof HANT;

const simplified = Converter({ from: 't', to: 'cn' });

function convert<T>(value: T): T {
  if (typeof value === 'string') return simplified(value) as T;
  if (Array.isArray(value)) return value.map((entry) => convert(entry) as unknown) as T;
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, convert(entry)])) as T;
  return value;
}

const known: Partial<Record<Script, Words>> = { hant: HANT };

/** The whole vocabulary in one script. Simplified is made once: converting each card would cost more than writing it. */
export function wordsOf(script: Script): Words {
  known[script] ??= convert(HANT);
  return known[script];
}
