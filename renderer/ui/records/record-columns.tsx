import type { ReactNode } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { ListField } from '../../../shared/domain/lists/list-query.ts';
import type { Formats } from '../../i18n/format.ts';
import type { Texts } from '../../i18n/use-text.ts';
import type { Column } from '../table/columns.ts';
import { listFieldLabel, listValueText } from '../table/list-words.ts';
import { DateText } from '../text/date-text.tsx';

export type RecordRow = OutputOf<'lists.rows'>['rows'][number];

/** How a field stands in a column of its list, where the plain value is not enough. */
export interface RecordCell {
  readonly header?: string;
  readonly width?: number;
  readonly grow?: boolean;
  readonly cell?: (row: RecordRow) => ReactNode;
}
export type RecordCells = Readonly<Record<string, RecordCell>>;

/** The text of a value, empty for none. */
export const textAt = (row: RecordRow, field: string): string => String(row.values[field] ?? '');
/** The number of a value, 0 for none. */
export const numberAt = (row: RecordRow, field: string): number => Number(row.values[field] ?? 0);

const LONG = new Set([
  'title',
  'customer',
  'customers',
  'content',
  'facts',
  'description',
  'project',
  'nextStep',
  'reason',
  'note',
  'file',
  'object',
]);
const WIDTHS: Readonly<Record<ListField['type'], number>> = { text: 112, option: 96, number: 88, date: 108, flag: 72 };
const MONEY_WIDTH = 150;
const LONG_WIDTH = 180;
const INSTANT_WIDTH = 140;

/** A value as a list shows it and a spreadsheet takes it. */
export function recordText(field: ListField, row: RecordRow, t: Texts['t'], formats: Formats): string {
  const value = row.values[field.key] ?? null;
  if (value === null || value === '') return '';
  if (field.money === true && typeof value === 'number')
    return formats.money(value.toFixed(2), String(row.values[`${field.key}.currency`] ?? ''));
  if (field.type === 'date' && String(value).includes('T')) return formats.instant(String(value));
  if (field.type === 'flag' && value === 0) return '';
  return listValueText(field, value, t, formats);
}

/** Columns of a list of records in the chosen order. */
export function recordColumns(
  shown: readonly string[],
  fields: ReadonlyMap<string, ListField>,
  cells: RecordCells,
  t: Texts['t'],
  formats: Formats,
): readonly Column<RecordRow>[] {
  const wanted = shown.filter((key) => cells[key]?.grow === true);
  const growing = wanted.length > 0 ? wanted : shown.filter((key) => LONG.has(key)).slice(0, 1);
  return shown.flatMap((key): Column<RecordRow>[] => {
    const field = fields.get(key);
    if (field === undefined) return [];
    const own = cells[key] ?? {};
    const text = (row: RecordRow): string => recordText(field, row, t, formats);
    const plain = (row: RecordRow): ReactNode => {
      if (field.type === 'date') {
        const value = textAt(row, key);
        return value === '' ? '' : <DateText value={value} withTime={value.includes('T')} />;
      }
      const shownText = text(row);
      return LONG.has(key) ? <span title={shownText}>{shownText}</span> : shownText;
    };
    const usual =
      field.money === true
        ? MONEY_WIDTH
        : LONG.has(key)
          ? LONG_WIDTH
          : field.type === 'date' && /(^at|At)$/.test(key)
            ? INSTANT_WIDTH
            : WIDTHS[field.type];
    return [
      {
        id: key,
        header: own.header ?? listFieldLabel(field, t),
        width: own.width ?? usual,
        sortKey: key,
        ...(growing.includes(key) ? { grow: true } : {}),
        ...(field.type === 'number' ? { align: 'end' as const } : {}),
        cell: own.cell ?? plain,
        text,
      },
    ];
  });
}
