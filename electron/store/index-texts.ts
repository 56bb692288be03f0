import { indexReadings, indexText, readingsOfName } from './search-text.ts';

/** What the search index holds of a record: made of its texts alone. */

export interface RecordTexts {
  /** Found also by pinyin and initials. */
  readonly name: string;
  /** Everything else: numbers, phones, codes, titles, addresses. */
  readonly body: readonly string[];
}

/** The columns of the index: name, everything else, pinyin, initials. */
export type IndexTexts = readonly [name: string, body: string, pinyin: string, initials: string];

/** How texts and names are made ready for the index. */
export interface Making {
  text(text: string): string;
  readings(name: string): { readonly full: string; readonly initials: string };
}

const madeReady = (name: string, oneOfMany: boolean) => {
  const { full, initials } = readingsOfName(name, oneOfMany);
  return { full: indexReadings(full), initials: indexReadings(initials) };
};
export const ONE: Making = { text: indexText, readings: (name) => madeReady(name, false) };
const ONE_OF_MANY: Making = { text: indexText, readings: (name) => madeReady(name, true) };

export function indexTexts({ name, body }: RecordTexts, { text, readings }: Making): IndexTexts {
  const { full, initials } = readings(name);
  return [
    text(name),
    // A registered and a business address are often the same: once is enough to be found.
    [...new Set(body)]
      .filter((one) => one !== '')
      .map(text)
      .join(' zzzzbreak '),
    full,
    initials,
  ];
}

/** Makes the texts of very many records, somewhere. */
export interface TextMaker {
  /** Their texts, in their order; undefined when it cannot: they are made here then. */
  make(records: readonly RecordTexts[]): Promise<readonly IndexTexts[] | undefined>;
  close(): void;
}

/** Texts of records that nobody asks for again. */
export const manyTexts = (records: readonly RecordTexts[]): IndexTexts[] =>
  records.map((record) => indexTexts(record, ONE_OF_MANY));
