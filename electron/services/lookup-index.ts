import { AppError } from '../../shared/errors/app-error.ts';
import type { PrintCommon, TableReportForm } from '../print/print-data.ts';
import { type IndexedCustomer, indexedCustomers } from '../store/customer-index.ts';
import { foldForSearch, readingsOfName } from '../store/search-text.ts';
import type { Reader } from '../store/sql.ts';
import { filledText, recordText } from './record-texts.ts';
import { readSettings } from './settings.ts';
import { todayOf } from './today.ts';

/**
 * The printed index for a day without the machine: by which letters a customer is found, the number, where the binder stands and under
 * which codes. An index leads to the cabinet and says nothing of what is in it: no contact, no title, no level.
 */

/** So many lines take 12 seconds and 700 MB to set; beyond it the index is printed by letters. */
const MOST_LINES = 5_000;
const LETTERS = /^([a-z]{1,3})(?:\s*[-–—]\s*([a-z]{1,3}))?$/i;
const LONGEST_INITIALS = 10;

/** Initials in pinyin, capital letters; of a name without any its own letters and digits. */
export function initialsOf(name: string): string {
  const [first = ''] = readingsOfName(name).initials;
  const letters = first === '' ? foldForSearch(name).replace(/[^\p{L}\p{N}]/gu, '') : first;
  return letters.slice(0, LONGEST_INITIALS).toUpperCase();
}

function codesOf(fonds: string, row: IndexedCustomer): string {
  const classes = row.classes.split(',').filter((one) => one !== '');
  return classes.length === 0 ? '' : `${fonds === '' ? '' : `${fonds}-`}KH·${classes.join('/')}·${row.number}`;
}

/** @param letters `A`, `A-F`, `SA-SM`, or empty for the whole index. Throws INPUT_INVALID at `number`. */
export function lookupIndexForm(
  { sql, clock }: { readonly sql: Reader; readonly clock: Parameters<typeof todayOf>[0] },
  base: PrintCommon,
  letters: string,
): TableReportForm {
  const { language } = base;
  const text = (key: string) => recordText(language, key);
  const asked = LETTERS.exec(letters.trim());
  if (letters.trim() !== '' && asked === null)
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'number', message: 'validation.indexLetters' }] });
  const from = (asked?.[1] ?? '').toUpperCase();
  const to = (asked?.[2] ?? asked?.[1] ?? '').toUpperCase();
  const { fonds } = readSettings(sql);
  const lines = indexedCustomers(sql)
    .map((row) => ({ row, initials: initialsOf(row.name) }))
    .filter(
      ({ initials }) =>
        asked === null || (initials.slice(0, from.length) >= from && initials.slice(0, to.length) <= to),
    )
    .sort((a, b) =>
      a.initials === b.initials ? compare(a.row.number, b.row.number) : compare(a.initials, b.initials),
    );
  if (lines.length > MOST_LINES)
    throw new AppError('INPUT_INVALID', {
      fields: [
        { path: 'number', message: 'validation.indexTooLong', params: { count: lines.length, most: MOST_LINES } },
      ],
    });
  return {
    ...base,
    title: text('kit.print.lookupIndex'),
    particulars: [
      { label: text('lookupIndex.day'), value: todayOf(clock) },
      { label: text('lookupIndex.letters'), value: asked === null ? text('lookupIndex.all') : letters.trim() },
    ],
    columns: [
      { label: text('lookupIndex.initials'), share: 1 },
      { label: text('lookupIndex.name'), share: 2.6 },
      { label: text('lookupIndex.number'), share: 0.9 },
      { label: text('lookupIndex.place'), share: 1.7 },
      { label: text('lookupIndex.codes'), share: 1.8 },
      { label: text('lookupIndex.papers'), share: 0.6, align: 'end' },
      { label: text('lookupIndex.out'), share: 0.6, align: 'end' },
    ],
    rows: lines.map(({ row, initials }) => [
      initials,
      row.name,
      row.number,
      row.places.split('\n').filter(Boolean).join('、'),
      codesOf(fonds, row),
      row.papers === 0 ? '' : String(row.papers),
      row.out === 0 ? '' : String(row.out),
    ]),
    closing: filledText(language, 'lookupIndex.closing', { count: lines.length }),
    landscape: true,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
