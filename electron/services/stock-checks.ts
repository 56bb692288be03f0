import type { StockCheck } from '../../shared/contract/stock-checks.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../shared/domain/numbering.ts';
import { type StockFindings, stockFindings } from '../../shared/domain/stock-check.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { PrintCommon, TableReportForm } from '../print/print-data.ts';
import { findCustomer } from '../store/customers.ts';
import { takeSequence } from '../store/number-sequence.ts';
import { findPaper, insertPaperAct, type PaperView, papersOfCustomer, updatePaper } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import {
  findStockCheck,
  insertStockCheck,
  listStockChecks,
  papersAtPlace,
  placesToCheck,
  type StockCheckRow,
} from '../store/stock-checks.ts';
import type { HandlersOf } from './context.ts';
import { cleanNumber } from './loan-record.ts';
import { getPaper, reindexPaper } from './paper-record.ts';
import { recordText } from './record-texts.ts';
import { dayOf, todayOf } from './today.ts';

/** Stock checks of places: scanned codes beside the catalogue (C10). */

type Stocked = PaperView & { readonly customer: string; readonly inPlace: boolean };
const stocked = (row: PaperView): Stocked => ({
  ...row,
  customer: row.customer_number,
  inPlace: row.state === 'inPlace',
});

/** A paper by its code, or by a binder's label all papers of the customer that stand at the place, else all that stand loose. */
function papersMeant(sql: Reader, typed: string, place: string): Stocked[] {
  const clean = cleanNumber(typed);
  const paper = findPaper(sql, clean) ?? findPaper(sql, typed.trim());
  if (paper !== undefined) return [stocked(paper)];
  const customer = findCustomer(sql, clean);
  if (customer === undefined) return [];
  const loose = papersOfCustomer(sql, customer.id).filter((row) => row.state === 'inPlace');
  const here = loose.filter((row) => row.place === place);
  return (here.length > 0 ? here : loose).map(stocked);
}

function compare(sql: Reader, place: string, scanned: readonly string[]): StockFindings<Stocked> {
  return stockFindings(
    place,
    papersAtPlace(sql, place).map(stocked),
    scanned.map((typed) => ({ typed, papers: papersMeant(sql, typed, place) })),
  );
}

const shownPaper = (row: Stocked) => ({
  code: row.code,
  title: row.title,
  customer: row.customer,
  customerName: row.customer_name,
  place: row.place,
  state: row.state,
});

const codesOf = (text: string): string[] => JSON.parse(text) as string[];

function shownCheck(row: StockCheckRow): StockCheck {
  return {
    number: row.number,
    place: row.place,
    at: row.at,
    by: row.by,
    here: row.here,
    elsewhere: codesOf(row.elsewhere).length,
    missing: codesOf(row.missing).length,
    unknown: codesOf(row.unknown).length,
    moved: codesOf(row.moved).length,
    note: row.note,
  };
}

/** The report of a check: everything that is not where the catalogue said. @throws AppError NOT_FOUND */
export function stockCheckForm(sql: Reader, base: PrintCommon, number: string): TableReportForm {
  const row = findStockCheck(sql, cleanNumber(number));
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'stockCheck', number } });
  const text = (key: string) => recordText(base.language, key);
  const moved = new Set(codesOf(row.moved));
  const lines = (['missing', 'elsewhere', 'unknown'] as const).flatMap((finding) =>
    codesOf(row[finding]).map((code) => {
      const paper = finding === 'unknown' ? undefined : findPaper(sql, code);
      return [
        text(`stock.${finding}`),
        code,
        paper?.title ?? '',
        paper === undefined ? '' : `${paper.customer_number} ${paper.customer_name}`,
        moved.has(code) ? text('stock.movedHere') : '',
      ];
    }),
  );
  const counts = shownCheck(row);
  return {
    ...base,
    title: text('kit.print.stockCheck'),
    particulars: [
      { label: text('stock.number'), value: row.number },
      { label: text('stock.place'), value: row.place },
      { label: text('stock.day'), value: dayOf(new Date(row.at)) },
      { label: text('stock.by'), value: row.by },
      ...(['here', 'elsewhere', 'missing', 'unknown'] as const).map((key) => ({
        label: text(`stock.${key}`),
        value: String(counts[key]),
      })),
      ...(row.note === '' ? [] : [{ label: text('stock.note'), value: row.note }]),
    ],
    columns: [
      { label: text('stock.finding'), share: 0.9 },
      { label: text('stock.code'), share: 1.7 },
      { label: text('stock.title'), share: 2 },
      { label: text('stock.customer'), share: 1.8 },
      { label: text('stock.done'), share: 1 },
    ],
    rows: lines,
  };
}

export const stockCheckHandlers: HandlersOf<
  'stockChecks.places' | 'stockChecks.compare' | 'stockChecks.close' | 'stockChecks.list'
> = {
  'stockChecks.places': { phase: 'query', run: ({ sql }) => ({ places: placesToCheck(sql) }) },
  'stockChecks.compare': {
    phase: 'query',
    run({ sql }, { place, scanned }) {
      const { here, elsewhere, missing, unknown } = compare(sql, place, scanned);
      return {
        here: here.map(shownPaper),
        elsewhere: elsewhere.map(shownPaper),
        missing: missing.map(shownPaper),
        unknown: [...unknown],
      };
    },
  },
  'stockChecks.close': {
    phase: 'command',
    run(context, { place, scanned, moveHere, note }) {
      const { sql, clock, actor } = context;
      context.note({ object: `place:${place}` });
      const { here, elsewhere, missing, unknown } = compare(sql, place, scanned);
      const at = clock.now().toISOString();
      const year = Number(todayOf(clock).slice(0, 4));
      const number = formatNumber(DEFAULT_PATTERNS.stockCheck, takeSequence(sql, `stockCheck-${year}`), year);
      const moved = moveHere.map((code) => {
        const row = getPaper(sql, code);
        // Only what was scanned here, and what stands loose in a cabinet: what is lent or bound is settled where that is done.
        const wasScanned = elsewhere.some((paper) => paper.code === row.code);
        if (!wasScanned || row.state !== 'inPlace')
          throw new AppError('CONFLICT', { params: { what: 'paper', number: row.code }, hint: 'hint.notMovable' });
        const { code: own, revision } = row;
        updatePaper(sql, { ...row, place, revision: revision + 1 });
        insertPaperAct(sql, {
          paper_id: row.id,
          at,
          by: actor.displayName,
          act: 'changed',
          reason: number,
          detail: 'place',
        });
        reindexPaper(sql, { ...row, place });
        return own;
      });
      insertStockCheck(sql, {
        number,
        place,
        at,
        by: actor.displayName,
        here: here.length,
        elsewhere: JSON.stringify(elsewhere.map(({ code }) => code)),
        missing: JSON.stringify(missing.map(({ code }) => code)),
        unknown: JSON.stringify(unknown),
        moved: JSON.stringify(moved),
        note,
      });
      context.note({
        object: `stockCheck:${number}`,
        data: {
          here: here.length,
          elsewhere: elsewhere.length,
          missing: missing.map(({ code }) => code),
          unknown: unknown.length,
          moved,
        },
      });
      const row = findStockCheck(sql, number);
      if (row === undefined) throw new AppError('INTERNAL');
      return shownCheck(row);
    },
  },
  'stockChecks.list': {
    phase: 'query',
    run({ sql }, { offset, limit }) {
      const { rows, total } = listStockChecks(sql, offset, limit);
      return { checks: rows.map(shownCheck), total };
    },
  },
};
