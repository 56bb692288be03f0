import type { OutputOf } from '../../shared/contract/contract.ts';
import type { CardForms } from '../../shared/domain/form-fields.ts';
import { visibleValues } from '../../shared/domain/masks.ts';
import type { Role } from '../../shared/domain/roles.ts';
import type { CustomerRow } from '../store/customers.ts';
import { type MatchHow, matchOf, type SearchedWord, searchedWord } from '../store/search-text.ts';
import { listedFor, searchedTexts, searchedValues, valuesOf } from './customer-record.ts';

/** Where the words of a search stand in a record, of what its reader may see. */

export type Hit = OutputOf<'search.find'>['hits'][number];
interface Field {
  readonly field: string;
  readonly text: string;
}
/** What a record shows in a list of hits, and the texts that may have matched. */
export interface Described {
  readonly number: string;
  readonly title: string;
  readonly subtitle: string;
  readonly fields: readonly Field[];
}

export const HOW_RANK: Readonly<Record<MatchHow, number>> = { exact: 0, part: 1, folded: 2, initials: 3, pinyin: 4 };

/** The words of a typed text. */
export function searchedWords(text: string): SearchedWord[] {
  return text
    .normalize('NFKC')
    .trim()
    .split(/\s+/u)
    .map(searchedWord)
    .filter(({ condensed }) => condensed !== '');
}

/** A card as it is searched: only the fields that the role may see (rule R). */
export function describeCustomer(
  role: Role,
  row: CustomerRow,
  forms: CardForms,
  /** Cards that were merged into it. */
  merged: readonly { readonly number: string; readonly name: string }[] = [],
): Described {
  const values = valuesOf(row);
  const { region, contact } = listedFor(role, row, values, forms);
  return {
    number: row.number,
    title: row.name,
    subtitle: [region, contact].filter((text) => text !== '').join(' · '),
    fields: [
      { field: 'number', text: row.number },
      ...merged.flatMap(({ number, name }) => [
        { field: 'mergedNumber', text: number },
        { field: 'mergedName', text: name },
      ]),
      ...searchedTexts(row.kind, visibleValues(role, row.kind, searchedValues(row.kind, values, forms), forms), forms),
    ],
  };
}

/** Fields in which every word of the search was found; empty if one was not. */
export function matchesOf(described: Described, words: readonly SearchedWord[]): Hit['matched'] {
  const fields: readonly (Field & { readonly isName: boolean })[] = [
    { field: 'name', text: described.title, isName: true },
    ...described.fields.map((entry) => ({ ...entry, isName: false })),
  ];
  const matched: Hit['matched'] = [];
  for (const word of words) {
    const found = fields.flatMap(({ field, text, isName }) => {
      const how = text === '' ? undefined : matchOf(text, word, isName);
      return how === undefined ? [] : [{ field, how }];
    });
    // A word that is found only where this reader may not look is not found.
    if (found.length === 0) return [];
    const best = found.sort((a, b) => HOW_RANK[a.how] - HOW_RANK[b.how]);
    for (const match of best.slice(0, 3))
      if (!matched.some((known) => known.field === match.field)) matched.push(match);
  }
  return matched;
}
