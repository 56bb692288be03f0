import type { OutputOf } from '../../shared/contract/contract.ts';
import { parseNumber } from '../../shared/domain/numbering.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type ColumnMapping, checkMapping, proposeMapping, requireKnownHeading } from '../exchange/column-mapping.ts';
import { type CustomerCandidate, candidateReader, type ExistingCards } from '../exchange/customer-table.ts';
import { freeMemory } from '../platform/memory.ts';
import {
  type CustomerRow,
  findCustomer,
  findCustomerByCode,
  findCustomerByFoldedName,
  numberIsTaken,
} from '../store/customers.ts';
import { insertImport, listImports, setImportCounts } from '../store/import-runs.ts';
import { indexingMany, indexWaiting } from '../store/search-index.ts';
import type { Reader } from '../store/sql.ts';
import type { CommandContext, HandlersOf, JobContext } from './context.ts';
import { comparedColumns } from './customer-record.ts';
import { changeCard, createCards, type NewCard } from './customers.ts';
import {
  type ApplyInput,
  changeOf,
  type Difference,
  differencesOf,
  isChange,
  keepFormer,
  type Left,
  leftOf,
} from './import-changes.ts';
import { takeBack, touchedSince } from './import-take-back.ts';
import { cardForms } from './own-forms.ts';
import { readSettings } from './settings.ts';
import {
  breathe,
  corrected,
  importRefused,
  LISTED,
  letOthersIn,
  type ReadTable,
  type RefusedRow,
  readTable,
  readUploadedTable,
  recallMapping,
  refusedRow,
  rememberMapping,
  rowsRefused,
  tableFacts,
  unrecognisedOf,
} from './table-imports.ts';

/** Customers from CSV and XLSX (4a): read in a process of its own, tried, then brought in as one act that can be taken back. */

type Report = OutputOf<'imports.apply'>;
/** From so many rows on the search index is written in runs. */
const MANY_ROWS = 2_000;
/** So many new cards are written together. Of more, more would outlive the space for new objects. */
const CARDS_AT_ONCE = 16;

/** With what it is compared by, worked out once. */
interface ComparedCandidate extends CustomerCandidate {
  readonly compared: ReturnType<typeof comparedColumns>;
}

/** What lived for a run of the index is taken for lasting by the runtime: it is freed now and then, a tenth of a second each time. */
const ROWS_BETWEEN_FREEING = 12_000;

/** The card a row is about: by its number, its code, or its name in any spelling. */
function matchOf(sql: Reader, candidate: ComparedCandidate): CustomerRow | undefined {
  const byNumber = candidate.number === undefined ? undefined : findCustomer(sql, candidate.number);
  if (byNumber !== undefined || candidate.number !== undefined) return byNumber;
  const { code, folded_name: folded } = candidate.compared;
  return (
    (code === '' ? undefined : findCustomerByCode(sql, candidate.kind, code)) ??
    (folded === '' ? undefined : findCustomerByFoldedName(sql, candidate.kind, folded))
  );
}

const existingCards = (sql: Reader): ExistingCards => ({
  kindOf: (number) => findCustomer(sql, number)?.kind,
  hasCode(kind, values) {
    const { code } = comparedColumns(kind, values);
    return code !== '' && findCustomerByCode(sql, kind, code) !== undefined;
  },
});

const keyOf = ({ kind, number, compared: { code, folded_name: folded } }: ComparedCandidate) =>
  number ?? (code === '' ? `${kind}|${folded}` : `${kind}|${code}`);

interface Judged {
  /** How many rows can be taken, and each of them: read again when it is its turn, so that never all are in memory beside the table. */
  readonly good: number;
  candidate(index: number): ComparedCandidate;
  readonly refused: readonly RefusedRow[];
  readonly rows: number;
  readonly unrecognised: readonly string[];
}

async function judge(
  context: JobContext,
  read: ReadTable,
  mapping: ColumnMapping | undefined,
  kind: CustomerRow['kind'] | undefined,
  corrections: ApplyInput['corrections'],
): Promise<Judged> {
  const { table } = read;
  const forms = cardForms(context.sql);
  const proposed = proposeMapping(table.headings, kind, forms);
  const recalled = mapping === undefined ? recalledMapping(context.sql, table.headings, kind) : undefined;
  const used = mapping ?? recalled?.mapping ?? proposed.mapping;
  requireKnownHeading(used, read.file);
  const options = {
    mapping: used,
    kind: recalled?.card ?? proposed.kind,
    kindIsFixed: kind !== undefined,
    forms,
    existing: existingCards(context.sql),
  };
  const readRow = candidateReader(table.headings, options);
  const rows = corrected(table.rows, corrections);
  const problems = table.refused.map(refusedRow);
  const refusedBefore = new Set(problems.map(({ row }) => row));
  const good: number[] = [];
  for (const [index, row] of rows.entries()) {
    const result = readRow(row);
    const problem = 'candidate' in result ? numberProblem(context, result.candidate) : undefined;
    if ('refused' in result) problems.push(...result.refused.map(refusedRow));
    else if (problem !== undefined) problems.push(problem);
    else if (!refusedBefore.has(row.row)) good.push(index);
    await breathe(context, index, table.rows.length, 'checkingRows');
  }
  const readAgain = candidateReader(table.headings, { ...options, judged: true });
  return {
    good: good.length,
    candidate(index) {
      const row = rows[good[index] ?? -1];
      const result = row === undefined ? undefined : readAgain(row);
      if (result === undefined || 'refused' in result) throw new AppError('INTERNAL');
      const { candidate } = result;
      return { ...candidate, compared: comparedColumns(candidate.kind, candidate.values) };
    },
    refused: problems.sort((a, b) => a.row - b.row),
    rows: good.length + rowsRefused(problems),
    unrecognised: unrecognisedOf(table.headings, used),
  };
}

/** A number from elsewhere is kept when it follows the pattern and nobody ever had it (C1). */
function numberProblem({ sql }: JobContext, candidate: CustomerCandidate): RefusedRow | undefined {
  const { number, kind, row } = candidate;
  if (number === undefined || findCustomer(sql, number) !== undefined) return undefined;
  const settings = readSettings(sql);
  const pattern = kind === 'enterprise' ? settings.enterprisePattern : settings.individualPattern;
  if (parseNumber(pattern, number) === undefined)
    return { row, field: 'control.number', value: number, message: 'validation.numberPattern', params: { pattern } };
  if (numberIsTaken(sql, number))
    return { row, field: 'control.number', value: number, message: 'validation.numberVoid' };
  return undefined;
}

function reportOf(
  judged: Judged,
  counts: { imported: number; updated: number; unchanged: number },
  more: Partial<Report>,
): Report {
  return {
    rows: judged.rows,
    ...counts,
    refused: judged.refused.slice(0, LISTED),
    refusedTotal: rowsRefused(judged.refused),
    differences: [],
    differencesTotal: 0,
    dryRun: false,
    unrecognised: [...judged.unrecognised],
    importId: null,
    firstNumber: null,
    lastNumber: null,
    ...more,
  };
}

async function tryRows(context: JobContext, judged: Judged, left: Left): Promise<Report> {
  const differences: Difference[] = [];
  let differencesTotal = 0;
  const counts = { imported: 0, updated: 0, unchanged: 0 };
  const seen = new Set<string>();
  for (let index = 0; index < judged.good; index += 1) {
    const candidate = judged.candidate(index);
    const row = matchOf(context.sql, candidate);
    const key = keyOf(candidate);
    if (row !== undefined) {
      counts[isChange(changeOf(row, candidate, left)) ? 'updated' : 'unchanged'] += 1;
      const found = differencesOf(row, candidate);
      differencesTotal += found.length;
      if (differences.length < LISTED) differences.push(...found.slice(0, LISTED - differences.length));
    } else if (seen.has(key)) counts.updated += 1;
    else counts.imported += 1;
    seen.add(key);
    await breathe(context, index, judged.good, 'checkingRows');
  }
  return reportOf(judged, counts, { dryRun: true, differences, differencesTotal });
}

/** New cards of a table on their way: they are written several at once. */
interface NewCards {
  readonly waiting: number;
  /** Whether a row may be about a card that still waits. */
  mayHave(candidate: ComparedCandidate): boolean;
  add(candidate: ComparedCandidate, card: NewCard): void;
  write(): void;
}

function newCards(context: CommandContext, tell: (created: readonly CustomerRow[]) => void): NewCards {
  let waiting: NewCard[] = [];
  let someGetNumbers = false;
  const marks = new Set<string>();
  const marksOf = ({ kind, number = '', compared: { code, folded_name: folded } }: ComparedCandidate): string[] =>
    [`number ${number}`, `code ${kind} ${code}`, `name ${kind} ${folded}`].filter((mark) => !mark.endsWith(' '));
  const write = () => {
    if (waiting.length === 0) return;
    tell(createCards(context, waiting).map(({ row }) => row));
    waiting = [];
    someGetNumbers = false;
    marks.clear();
  };
  return {
    get waiting() {
      return waiting.length;
    },
    mayHave: (candidate) =>
      (candidate.number !== undefined && someGetNumbers) || marksOf(candidate).some((mark) => marks.has(mark)),
    add(candidate, card) {
      waiting.push(card);
      if (candidate.number === undefined) someGetNumbers = true;
      for (const mark of marksOf(candidate)) marks.add(mark);
      if (waiting.length >= CARDS_AT_ONCE) write();
    },
    write,
  };
}

async function applyRows(context: CommandContext, read: ReadTable, judged: Judged, left: Left): Promise<Report> {
  const { sql, clock, actor } = context;
  const counts = { imported: 0, updated: 0, unchanged: 0 };
  const refusedTotal = rowsRefused(judged.refused);
  const evidence = read.file;
  const importId = insertImport(sql, {
    at: clock.now().toISOString(),
    by: actor.displayName,
    file: read.file,
    sha256: read.sha256,
    imported: 0,
    updated: 0,
    refused: refusedTotal,
    taken_back_at: null,
    kind: 'customers',
  });
  let firstNumber: string | null = null;
  let lastNumber: string | null = null;
  const cards = newCards(context, (created) => {
    counts.imported += created.length;
    firstNumber ??= created[0]?.number ?? null;
    lastNumber = created.at(-1)?.number ?? lastNumber;
  });
  for (let index = 0; index < judged.good; index += 1) {
    const candidate = judged.candidate(index);
    if (cards.mayHave(candidate)) cards.write();
    const row = matchOf(sql, candidate);
    if (row === undefined) {
      cards.add(candidate, {
        kind: candidate.kind,
        values: { ...candidate.values },
        tier: candidate.tier,
        number: candidate.number,
        evidence,
        importId,
        judged: true,
      });
    } else {
      const change = changeOf(row, candidate, left);
      if (!isChange(change)) counts.unchanged += 1;
      else {
        const { row: next } = changeCard(context, row, { ...change, evidence, fromTable: true });
        // What it was before: the import can be taken back as a whole.
        keepFormer(sql, importId, next.revision, row, change);
        counts.updated += 1;
      }
    }
    await breathe(context, index, judged.good, 'writing');
    if (cards.waiting === 0) await indexWaiting(sql);
    if (index % ROWS_BETWEEN_FREEING === ROWS_BETWEEN_FREEING - 1) freeMemory();
  }
  cards.write();
  setImportCounts(sql, importId, { imported: counts.imported, updated: counts.updated, refused: refusedTotal });
  context.note({ object: `import:${importId}`, data: { ...counts, refused: refusedTotal, sha256: read.sha256 } });
  return reportOf(judged, counts, { importId, firstNumber, lastNumber });
}

/** The columns as they were assigned the last time a table had these headings, if the forms still have those fields. */
function recalledMapping(
  sql: Reader,
  headings: readonly string[],
  kind: CustomerRow['kind'] | undefined,
): { mapping: ColumnMapping; card: CustomerRow['kind'] } | undefined {
  const kept = recallMapping(sql, 'customers', headings, ({ mapping, card = 'enterprise' }) =>
    checkMapping(mapping, headings, card, cardForms(sql)),
  );
  const card = kept?.card;
  return card === undefined || kept === undefined || (kind !== undefined && kind !== card)
    ? undefined
    : { mapping: kept.mapping, card };
}

export const importHandlers: HandlersOf<
  'imports.read' | 'imports.rows' | 'imports.apply' | 'imports.list' | 'imports.takeBack'
> = {
  'imports.read': {
    phase: 'query',
    async run(context, { kind, ...given }) {
      const read = await readUploadedTable(context, given);
      const { headings, kind: format, encoding } = read.table;
      const proposed = proposeMapping(headings, kind, cardForms(context.sql));
      const recalled = recalledMapping(context.sql, headings, kind);
      return {
        ...tableFacts(read, recalled?.mapping ?? proposed.mapping),
        format,
        encoding: encoding ?? null,
        kind: recalled?.card ?? proposed.kind,
        remembered: recalled !== undefined,
      };
    },
  },
  'imports.rows': {
    phase: 'query',
    run({ tables }, { table, rows }) {
      const wanted = new Set(rows);
      const found = readTable(tables, table).table.rows.filter(({ row }) => wanted.has(row));
      return { rows: found.map(({ row, cells }) => ({ row, cells: [...cells] })) };
    },
  },
  'imports.apply': {
    phase: 'job',
    async run(context, { table, kind, mapping, dryRun, acceptValid, corrections, ...left }) {
      const leave = leftOf(left);
      const read = readTable(context.tables, table);
      const judged = await judge(context, read, mapping, kind, corrections);
      if (dryRun) return tryRows(context, judged, leave);
      // All or nothing unless valid rows alone are wanted: nothing is changed, and the report names every refused row.
      if (judged.refused.length > 0 && !acceptValid) throw importRefused(judged.refused, judged.rows);
      return context.transaction((change) => {
        const { headings } = read.table;
        if (mapping !== undefined) {
          const card = kind ?? proposeMapping(headings, kind, cardForms(change.sql)).kind;
          rememberMapping(change.sql, 'customers', headings, { mapping, card });
        }
        const apply = () => applyRows(change, read, judged, leave);
        if (judged.good < MANY_ROWS) return apply();
        const maker = change.importer.texts();
        // Whoever gives up does not wait for texts.
        change.signal.addEventListener('abort', maker.close, { once: true });
        return indexingMany(change.sql, apply, { turn: () => letOthersIn(change), maker });
      });
    },
  },
  'imports.list': {
    phase: 'query',
    run({ sql }, { offset, limit }) {
      const { rows, total } = listImports(sql, offset, limit);
      return {
        total,
        imports: rows.map((row) => {
          const touched = row.taken_back_at === null ? touchedSince(sql, row, 1) : [];
          return {
            id: row.id,
            at: row.at,
            by: row.by,
            file: row.file,
            imported: row.imported,
            updated: row.updated,
            refused: row.refused,
            takenBackAt: row.taken_back_at,
            kind: row.kind,
            mayTakeBack: row.taken_back_at === null && touched.length === 0 && row.imported + row.updated > 0,
            touched: touched[0] ?? null,
          };
        }),
      };
    },
  },
  'imports.takeBack': { phase: 'command', run: (context, { importId }) => takeBack(context, importId) },
};
