import { AppError } from '../../shared/errors/app-error.ts';
import type { PrintCommon, TableReportForm } from '../print/print-data.ts';
import { numberRegister } from '../store/number-register.ts';
import type { Reader } from '../store/sql.ts';
import { filledText, recordText } from './record-texts.ts';

/** 客戶資料記錄簿 (C11, 簿式) and register of numbers (§1.9): every number that was given, also void and merged ones. */

const KINDS = { E: 'enterprise', P: 'individual' } as const;

/** @param asked `E`, `P`, or empty for both kinds. @throws AppError INPUT_INVALID at `number` */
export function registerBookForm(sql: Reader, base: PrintCommon, asked: string): TableReportForm {
  const { language } = base;
  const text = (key: string) => recordText(language, key);
  const letter = asked.trim().toUpperCase();
  if (letter !== '' && !(letter in KINDS))
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'number', message: 'validation.registerBook' }] });
  const kind = letter === '' ? undefined : KINDS[letter as keyof typeof KINDS];
  const rows = numberRegister(sql, kind);
  const option = (set: string, value: string | null) =>
    value === null || value === '' ? '' : text(`option.${set}.${value}`);
  const note = (row: (typeof rows)[number]) =>
    row.merged_into !== null
      ? filledText(language, 'registerBook.merged', { number: row.merged_into })
      : row.voided_at !== null
        ? filledText(language, 'registerBook.voided', { reason: row.void_reason ?? '' })
        : '';
  return {
    ...base,
    title: text('kit.print.registerBook'),
    particulars: [
      {
        label: text('registerBook.kinds'),
        value: kind === undefined ? text('registerBook.all') : option('cardKind', kind),
      },
    ],
    columns: [
      { label: text('registerBook.number'), share: 0.8 },
      { label: text('registerBook.name'), share: 2.4 },
      { label: text('registerBook.kind'), share: 0.6 },
      { label: text('registerBook.tier'), share: 0.6 },
      { label: text('registerBook.region'), share: 0.9 },
      { label: text('registerBook.contact'), share: 0.9 },
      { label: text('registerBook.assignedOn'), share: 0.9 },
      { label: text('registerBook.assignedBy'), share: 0.8 },
      { label: text('registerBook.note'), share: 1.6 },
    ],
    rows: rows.map((row) => [
      row.number,
      row.name ?? '',
      option('cardKind', row.kind),
      option('tier', row.tier),
      row.region === null || row.region === '' ? '' : textOrSelf(text, `option.region.${row.region}`, row.region),
      row.contact ?? '',
      row.assigned_at.slice(0, 10),
      row.assigned_by,
      note(row),
    ]),
    closing: filledText(language, 'registerBook.closing', { count: rows.length }),
    landscape: true,
  };
}

/** Words of a value; one that was typed freely stands as it is. */
function textOrSelf(text: (key: string) => string, key: string, value: string): string {
  const words = text(key);
  return words === key ? value : words;
}
