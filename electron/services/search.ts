import { paperView } from '../../shared/domain/masks.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { mergedInto } from '../store/customer-merges.ts';
import { customerTitle, findCustomerById } from '../store/customers.ts';
import { findIssuedCopyById } from '../store/issued-copies.ts';
import { findLoanById } from '../store/loans.ts';
import { findPaperById, paperTitle } from '../store/papers.ts';
import { recordsBeginning, type TypedBeginning } from '../store/records-beginning.ts';
import { textOfPaper } from '../store/scan-readings.ts';
import { type FoundRecord, findInIndex, type IndexedKind } from '../store/search-index.ts';
import { foldForSearch, matchOf, type SearchedWord } from '../store/search-text.ts';
import type { Reader } from '../store/sql.ts';
import { findStaff } from '../store/staff.ts';
import type { HandlersOf } from './context.ts';
import { nameForComparison, seesEverything } from './customer-record.ts';
import { closedTo } from './named-readers.ts';
import { cardForms } from './own-forms.ts';
import { type Described, describeCustomer, type Hit, HOW_RANK, matchesOf, searchedWords } from './search-matches.ts';
import { todayOf } from './today.ts';

/** Candidates that are put in order at a time, beside those that begin with what was typed; more are counted only. */
const CANDIDATES = 40;
/** So many hits are found and counted. Where something is hidden from the reader all of them are looked at: what may be seen is counted. */
const COUNTED = 300;
/** If so many candidates are not called what was typed, the others are not looked at by name first. */
const LOOKED_AT_BY_NAME = 8;
/** Of many whose name or number says nothing, so many more than are shown are read: the best of them are shown. */
const READ_BESIDE = 10;

/** What a record shows in a list of hits, and the texts that may have matched: only those the reader's role may see. */
function describeRecord(
  sql: Reader,
  role: Role,
  today: string,
  record: FoundRecord,
  words: readonly SearchedWord[],
): Described | undefined {
  if (record.kind === 'customer') {
    const row = findCustomerById(sql, record.id);
    return row === undefined ? undefined : describeCustomer(role, row, cardForms(sql), mergedInto(sql, row.id));
  }
  if (record.kind === 'paper') {
    const row = findPaperById(sql, record.id);
    if (row === undefined || paperView(role, row.security) === 'nothing') return undefined;
    if (paperView(role, row.security) === 'entry')
      return {
        number: row.code,
        title: row.title,
        subtitle: `${row.customer_number} ${row.customer_name}`,
        fields: [
          { field: 'code', text: row.code },
          { field: 'customer', text: row.customer_number },
        ],
      };
    const described: Described = {
      number: row.code,
      title: row.title,
      subtitle: `${row.customer_number} ${row.customer_name}`,
      fields: [
        { field: 'code', text: row.code },
        { field: 'documentNumber', text: row.document_number },
        { field: 'responsible', text: row.responsible },
        { field: 'place', text: row.place },
        { field: 'exportOrder', text: row.export_order ?? '' },
        { field: 'customer', text: row.customer_number },
      ],
    };
    // What its scans say is long: read only for words that stand nowhere else.
    if (matchesOf(described, words).length > 0) return described;
    return { ...described, fields: [...described.fields, { field: 'scanText', text: textOfPaper(sql, row.id) }] };
  }
  if (record.kind === 'loan') {
    const row = findLoanById(sql, record.id);
    if (row === undefined) return undefined;
    return {
      number: row.number,
      title: `${row.borrower} · ${row.title}`,
      subtitle: row.code,
      fields: [
        { field: 'number', text: row.number },
        { field: 'code', text: row.code },
        { field: 'borrower', text: row.borrower },
      ],
    };
  }
  if (record.kind === 'copy') {
    const row = findIssuedCopyById(sql, record.id);
    if (row === undefined) return undefined;
    return {
      number: row.number,
      title: `${row.staff_name} · ${row.purpose}`,
      subtitle: row.request_number,
      fields: [
        { field: 'number', text: row.number },
        { field: 'number', text: row.request_number },
        { field: 'recipient', text: row.staff_name },
      ],
    };
  }
  const row = findStaff(sql, record.id, today);
  if (row === undefined) return undefined;
  return {
    number: String(row.id),
    title: row.name,
    subtitle: [row.department, row.position].filter((text) => text !== '').join(' · '),
    fields: [
      { field: 'number', text: row.number },
      { field: 'phone', text: row.phone },
    ],
  };
}

/** The card to which a customer or a paper belongs. */
const customerOf = (sql: Reader, { kind, id }: FoundRecord): number | undefined =>
  kind === 'customer' ? id : kind === 'paper' ? findPaperById(sql, id)?.customer_id : undefined;

/** A candidate by what it is called; the rest of it is read when that is not enough, or when it is shown. */
interface Named {
  readonly record: FoundRecord;
  readonly number: string;
  readonly title: string;
}

function namedOf(sql: Reader, record: FoundRecord): Named | undefined {
  const named =
    record.kind === 'customer'
      ? customerTitle(sql, record.id)
      : record.kind === 'paper'
        ? paperTitle(sql, record.id)
        : undefined;
  return named === undefined ? undefined : { record, ...named };
}

const KIND_RANK: Readonly<Record<IndexedKind, number>> = { customer: 0, paper: 0.2, loan: 0.3, staff: 0.1, copy: 0.3 };
const CALLED = new Set(['name', 'number', 'code']);

/** What begins with what was typed stands before what contains it, even in the other script. */
const NOT_AT_ITS_BEGINNING = 1.5;
/** With the letter that every number begins with, names are meant. */
const BY_ITS_NUMBER = 0.05;

function rankOf(best: number, { title, number }: Pick<Hit, 'title' | 'number'>, kind: IndexedKind, folded: string) {
  const begins = (text: string) => foldForSearch(text).startsWith(folded);
  const place = begins(title) ? 0 : begins(number) ? BY_ITS_NUMBER : NOT_AT_ITS_BEGINNING;
  return best + place + KIND_RANK[kind];
}

/** Rank of a candidate whose name or number has every word; undefined when other fields must be looked at. */
function rankByName(named: Named, words: readonly SearchedWord[], folded: string) {
  const { title, number, record } = named;
  let best = Number.POSITIVE_INFINITY;
  for (const word of words) {
    const ranks = [matchOf(title, word, true), matchOf(number, word, false)].flatMap((how) =>
      how === undefined ? [] : [HOW_RANK[how]],
    );
    if (ranks.length === 0) return undefined;
    best = Math.min(best, ...ranks);
  }
  return rankOf(best, named, record.kind, folded);
}

function hitOf(record: FoundRecord, described: Described, matched: Hit['matched']): Hit {
  const { number, title, subtitle } = described;
  return { kind: record.kind, number, title, subtitle, matched };
}

function beginningOf(text: string): TypedBeginning {
  const typed = text.trim();
  return { text: typed, number: typed.toUpperCase(), folded: nameForComparison(typed) };
}

interface Ranked {
  readonly rank: number;
  readonly number: string;
  hit(): Hit | undefined;
}

/** The one search (4h): any part, Traditional or Simplified, pinyin or initials, number, phone; best first. */
export const searchHandlers: HandlersOf<'search.find'> = {
  'search.find': {
    phase: 'query',
    run(context, { text, limit, kinds }) {
      const { sql, clock, actor, session } = context;
      const words = searchedWords(text);
      // In a lookup only what may be looked up is found: customers and papers (L2).
      const wanted =
        session.kind === 'lookup'
          ? (['customer', 'paper'] as const)
          : (kinds ?? (['customer', 'paper', 'loan', 'staff', 'copy'] as const));
      const closed = session.kind === 'lookup' ? closedTo(sql, actor) : new Set<number>();
      const today = todayOf(clock);
      const folded = foldForSearch(text.trim());
      const countable = seesEverything(actor.role) && closed.size === 0;
      const piece = countable ? Math.max(CANDIDATES, limit) : COUNTED;
      // One walk through the index for both: of what stands in few records it reads as much for the first as for all.
      const indexed = findInIndex(sql, text, COUNTED, wanted);
      const many = indexed.length >= piece;

      const lookAt = (record: FoundRecord): Hit | undefined => {
        const described = describeRecord(sql, actor.role, today, record, words);
        const matched = described === undefined ? [] : matchesOf(described, words);
        return described === undefined || matched.length === 0 ? undefined : hitOf(record, described, matched);
      };
      const ranked: Ranked[] = [];
      const seen = new Set<string>();
      const rank = (records: readonly FoundRecord[]): void => {
        const unnamed: FoundRecord[] = [];
        let byTheirNames = 0;
        for (const [at, record] of records.entries()) {
          const key = `${record.kind} ${record.id}`;
          if (seen.has(key) || (closed.size > 0 && closed.has(customerOf(sql, record) ?? 0))) continue;
          seen.add(key);
          // A phone stands in no name: whoever is looked at for it is read once, not also by name.
          const byNameFirst = at < LOOKED_AT_BY_NAME || byTheirNames > 0;
          const named = byNameFirst ? namedOf(sql, record) : undefined;
          const byName = named === undefined ? undefined : rankByName(named, words, folded);
          if (named === undefined || byName === undefined) unnamed.push(record);
          else {
            byTheirNames += 1;
            ranked.push({ rank: byName, number: named.number, hit: () => lookAt(record) });
          }
        }
        for (const record of unnamed) {
          // Names and numbers come first, so of many the others matter only where names leave room.
          if (countable && many && ranked.length >= limit + READ_BESIDE) break;
          const hit = lookAt(record);
          if (hit === undefined) continue;
          const best = Math.min(...hit.matched.map(({ how, field }) => HOW_RANK[how] + (CALLED.has(field) ? 0 : 5)));
          ranked.push({ rank: rankOf(best, hit, hit.kind, folded), number: hit.number, hit: () => hit });
        }
      };
      const isFull = () => countable && many && ranked.length >= limit;
      // Of many the index tells the oldest first: those that begin with what was typed are found wherever they stand, and stand before all others.
      const beginning = many ? recordsBeginning(sql, beginningOf(text), limit, wanted) : [];
      for (const found of beginning) {
        rank(found);
        if (isFull()) break;
      }
      // Letters that stand within a reading, but not where a syllable begins, are found and are no hit: then the next are looked at.
      for (let at = 0; at < indexed.length && !isFull(); at += piece) rank(indexed.slice(at, at + piece));
      const total = many && countable ? indexed.length : ranked.length;
      ranked.sort((a, b) => a.rank - b.rank || (a.number < b.number ? -1 : 1));
      context.note({ object: 'search', data: { hits: total, characters: [...text].length } });
      return {
        hits: ranked.slice(0, limit).flatMap((candidate) => candidate.hit() ?? []),
        // How often a text stands in what is hidden from this reader is not said either.
        total,
        many: countable && total >= COUNTED,
      };
    },
  },
};
