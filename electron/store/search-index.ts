import {
  type IndexTexts,
  indexTexts,
  type Making,
  manyTexts,
  ONE,
  type RecordTexts,
  type TextMaker,
} from './index-texts.ts';
import { hasSurestHits, likeQuery, searchQuery } from './search-text.ts';
import type { Reader, Writer } from './sql.ts';

/** Kinds of records in the index. The number is part of the row id: never reuse one. */
const KINDS = { customer: 0, paper: 1, loan: 2, staff: 3, copy: 4 } as const;
export type IndexedKind = keyof typeof KINDS;
const KIND_NAMES = Object.keys(KINDS) as IndexedKind[];
const KIND_FACTOR = 8;

/** Part of migration 0010. Contentless: the index holds no readable copy, and it lies in the encrypted database. */
export const searchIndexSql = `
CREATE VIRTUAL TABLE search_index USING fts5 (name, body, pinyin, initials, content='', contentless_delete=1, tokenize='ascii', prefix='1 2');
`;

export interface IndexedRecord extends RecordTexts {
  readonly kind: IndexedKind;
  readonly id: number;
}

const rowIdOf = (kind: IndexedKind, id: number) => id * KIND_FACTOR + KINDS[kind];

const INSERT = 'INSERT INTO search_index (rowid, name, body, pinyin, initials) VALUES (?, ?, ?, ?, ?)';
const REPLACE = INSERT.replace('INSERT', 'INSERT OR REPLACE');

/** Puts a record into the index, in place of what was there. Called in the transaction that changes the record. */
export function indexRecord(sql: Writer, record: IndexedRecord): void {
  const waiting = gatherings.get(sql)?.waiting;
  const id = rowIdOf(record.kind, record.id);
  if (waiting === undefined) write(sql, { record, isNew: false }, indexTexts(record, ONE));
  else waiting.set(id, { record, isNew: waiting.get(id)?.isNew ?? false });
}

/** The same for a record that was never in the index: nothing of it is looked for first, which counts in bulk. */
export function indexNewRecord(sql: Writer, record: IndexedRecord): void {
  const waiting = gatherings.get(sql)?.waiting;
  if (waiting === undefined) write(sql, { record, isNew: true }, indexTexts(record, ONE));
  else waiting.set(rowIdOf(record.kind, record.id), { record, isNew: true });
}

interface WaitingRecord {
  readonly record: IndexedRecord;
  readonly isNew: boolean;
}

function write(sql: Writer, { record, isNew }: WaitingRecord, texts: IndexTexts): void {
  sql.run(isNew ? INSERT : REPLACE, rowIdOf(record.kind, record.id), ...texts);
}

/**
 * Memory in which FTS5 gathers entries before it writes them out: its own default, and what an import of many records takes. When it merges parts of
 * the index is the index's own matter (migration 770).
 */
const GATHERING = { usual: 1_048_576, many: 16_777_216 } as const;
/** So many make one part of the index. */
const RECORDS_OF_A_RUN = 4_000;
/** About two milliseconds of work. */
const RECORDS_OF_A_TURN = 32;
/** So many pieces of texts lie ready at most: what lies longer is taken for lasting by the runtime. */
const PIECES_AHEAD = 24;

/** Records that are written at once, with their texts, or with those to come. */
interface Piece {
  readonly records: readonly WaitingRecord[];
  texts?: Promise<readonly IndexTexts[] | undefined> | undefined;
}
interface Gathering {
  /** Records that wait for their run, by row id. */
  waiting: Map<number, WaitingRecord>;
  /** The run before, whose texts are being made. */
  begun: readonly Piece[];
  readonly maker: TextMaker | undefined;
  readonly turn: () => Promise<void>;
}
/** By the connection whose transaction they belong to. */
const gatherings = new WeakMap<Writer, Gathering>();

/**
 * For very many records in one transaction: they go into the index in runs (`indexWaiting`), found by nobody until then. Between two cards FTS5
 * would write out what it has gathered at every statement of any table that takes a savepoint of its own (several rows, RETURNING), which
 * costs more than all else that is written of a card.
 * @param beside where others wait meanwhile: how they are let in, and who makes texts
 */
export async function indexingMany<T>(
  sql: Writer,
  work: () => T | Promise<T>,
  beside?: { readonly turn: () => Promise<void>; readonly maker: TextMaker },
): Promise<T> {
  const { turn = async () => undefined, maker } = beside ?? {};
  gatherings.set(sql, { waiting: new Map(), begun: [], maker, turn });
  try {
    gather(sql, 'many');
    const answer = await work();
    await writeBegun(sql);
    await writeBegun(sql);
    gather(sql, 'usual');
    return answer;
  } finally {
    // Thrown: the transaction takes back what was written.
    gatherings.delete(sql);
    maker?.close();
  }
}

/** Writes a run when enough records wait. Nothing else may be written in the transaction until it has ended. */
export async function indexWaiting(sql: Writer): Promise<void> {
  if ((gatherings.get(sql)?.waiting.size ?? 0) >= RECORDS_OF_A_RUN) await writeBegun(sql);
}

function gather(sql: Writer, how: keyof typeof GATHERING): void {
  // A bound number would be a real one, which FTS5 refuses.
  sql.run(`INSERT INTO search_index (search_index, rank) VALUES ('hashsize', ${GATHERING[how]})`);
}

const textsIn = (records: readonly WaitingRecord[]) => records.map(({ record: { name, body } }) => ({ name, body }));

/** Has the texts of what waits made, and writes the run before. */
async function writeBegun(sql: Writer): Promise<void> {
  const gathering = gatherings.get(sql);
  if (gathering === undefined) return;
  const { begun, waiting, maker, turn } = gathering;
  gathering.waiting = new Map();
  // In the order of their row ids: one that is lower than the one before makes FTS5 write out as well.
  const inOrder = [...waiting].sort(([a], [b]) => a - b).map(([, record]) => record);
  const pieces: Piece[] = [];
  for (let at = 0; at < inOrder.length; at += RECORDS_OF_A_TURN) {
    const records = inOrder.slice(at, at + RECORDS_OF_A_TURN);
    pieces.push({ records });
  }
  const ask = (piece: Piece) => {
    piece.texts = maker?.make(textsIn(piece.records));
  };
  for (const piece of pieces.slice(0, PIECES_AHEAD)) ask(piece);
  gathering.begun = pieces;
  for (const [at, { records, texts }] of begun.entries()) {
    const ahead = begun[at + PIECES_AHEAD];
    if (ahead !== undefined) ask(ahead);
    await turn();
    const made = (await texts) ?? manyTexts(textsIn(records));
    for (const [index, record] of records.entries()) {
      const own = made[index];
      if (own !== undefined) write(sql, record, own);
    }
  }
}

/** The same for the benchmark, which makes very many records out of few and knows most of their texts already. */
export function indexMadeRecord(sql: Writer, record: IndexedRecord, making: Making): void {
  sql.run(INSERT, rowIdOf(record.kind, record.id), ...indexTexts(record, making));
}

/** Not while very many are put in (`indexingMany`): it may wait for its run. */
export function removeFromIndex(sql: Writer, kind: IndexedKind, id: number): void {
  if (gatherings.has(sql)) throw new Error('Records wait for the index');
  sql.run('DELETE FROM search_index WHERE rowid = ?', rowIdOf(kind, id));
}

/** Pages of the index that one piece of merging may write: a few milliseconds. */
const MERGED_PAGES = 24;

/**
 * One piece of merging the parts of the index (FTS5 `merge`), in a transaction of its own: housekeeping that changes nothing that can be
 * found, for while nobody waits. False when there was nothing left to merge.
 */
export function mergeSearchIndex(sql: Writer): boolean {
  const written = () => sql.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0;
  const before = written();
  sql.run("INSERT INTO search_index (search_index, rank) VALUES ('merge', ?)", MERGED_PAGES);
  // The statement itself counts as one.
  return written() - before >= 2;
}

export interface FoundRecord {
  readonly kind: IndexedKind;
  readonly id: number;
}

function conditionOf(kinds: readonly IndexedKind[]): string {
  if (kinds.length === KIND_NAMES.length) return '';
  return ` AND (rowid % ${KIND_FACTOR}) IN (${kinds.map((kind) => KINDS[kind]).join(', ')})`;
}

/** Records that contain every typed word, at most `limit`: oldest first, but for a few letters those that surely mean them first. */
export function findInIndex(
  sql: Reader,
  text: string,
  limit: number,
  kinds: readonly IndexedKind[] = KIND_NAMES,
): FoundRecord[] {
  const found = new Set<number>();
  for (const breadth of hasSurestHits(text) ? (['surely', 'anywhere'] as const) : (['anywhere'] as const)) {
    const query = searchQuery(text, breadth);
    if (query === undefined || found.size >= limit) break;
    const sentence = `SELECT rowid FROM search_index WHERE search_index MATCH ?${conditionOf(kinds)} LIMIT ?`;
    for (const { rowid } of sql.all<{ rowid: number }>(sentence, query, limit)) found.add(rowid);
  }
  return [...found]
    .slice(0, limit)
    .map((rowid) => ({ kind: KIND_NAMES[rowid % KIND_FACTOR] ?? 'customer', id: Math.floor(rowid / KIND_FACTOR) }));
}

/** Ids of the records of a kind that a query, bound first, finds: `SELECT … AS id …`. */
export const recordsFoundSql = (kind: IndexedKind): string =>
  `SELECT rowid / ${KIND_FACTOR} AS id FROM search_index WHERE search_index MATCH ?${conditionOf([kind])}`;

/** The same in the order of their ids: after one of them, so many; bound behind the query. */
export const recordsFoundAfterSql = (kind: IndexedKind): string =>
  `${recordsFoundSql(kind)} AND rowid > ? * ${KIND_FACTOR} + ${KINDS[kind]} ORDER BY rowid LIMIT ?`;

/** Ids of customers whose names share enough with a folded name to be looked at, at most `limit`. */
export function findNamesLike(sql: Reader, folded: string, limit: number): number[] {
  const query = likeQuery(folded);
  if (query === undefined) return [];
  return sql
    .all<{ rowid: number }>(
      `SELECT rowid FROM search_index WHERE search_index MATCH ?${conditionOf(['customer'])} LIMIT ?`,
      query,
      limit,
    )
    .map(({ rowid }) => Math.floor(rowid / KIND_FACTOR));
}
