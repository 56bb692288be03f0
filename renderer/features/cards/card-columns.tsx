import type { Json } from '../../../shared/contract/common.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { fieldAt } from '../../../shared/domain/form-fields.ts';
import { optionLabelKey, optionsOf } from '../../../shared/domain/forms/option-sets.ts';
import type { ListField } from '../../../shared/domain/lists/list-query.ts';
import type { Formats } from '../../i18n/format.ts';
import type { Texts } from '../../i18n/use-text.ts';
import type { FieldKit } from '../../ui/fields/use-field-kit.ts';
import { valueText } from '../../ui/fields/value-text.ts';
import type { Column } from '../../ui/table/columns.ts';
import { listFieldLabel, listValueText } from '../../ui/table/list-words.ts';
import { CompletenessRing } from '../../ui/text/completeness-ring.tsx';
import { DateText } from '../../ui/text/date-text.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './screen.module.css';

export type CustomerRow = OutputOf<'customers.list'>['rows'][number];

/** A region or a grade in words; free words stand as they are. */
function word(t: Texts['t'], set: 'region' | 'creditGrade', value: string): string {
  return optionsOf(set).includes(value) ? t(optionLabelKey(set, value)) : value;
}

/** Fields shown until somebody chooses others. */
export const USUAL_COLUMNS: readonly string[] = [
  'number',
  'name',
  'region',
  'tier',
  'creditGrade',
  'contact',
  'phone',
  'completeness',
  'reviewDue',
  'late',
  'papers',
];

/** Columns of the list of cards in the chosen order; what has no column of its own comes from the form's definition. */
export function chosenColumns(
  chosen: readonly string[],
  fields: ReadonlyMap<string, ListField>,
  kit: FieldKit,
  own: readonly Column<CustomerRow>[],
): readonly Column<CustomerRow>[] {
  return chosen.flatMap((key): Column<CustomerRow>[] => {
    const known = own.find((column) => column.id === key);
    if (known !== undefined) return [known];
    const field = fields.get(key);
    if (field === undefined) return [];
    const text = (row: CustomerRow): string => moreText(field, row, kit);
    return [
      {
        id: key,
        header: listFieldLabel(field, kit.t),
        width: field.type === 'number' || field.type === 'date' ? 112 : 148,
        ...(field.type === 'number' ? { align: 'end' as const } : {}),
        sortKey: key,
        cell: text,
        text,
      },
    ];
  });
}

/** Fields that a row must bring along for the chosen columns. */
export function askedColumns(chosen: readonly string[], own: readonly Column<CustomerRow>[]): string[] {
  return chosen.filter((key) => !own.some((column) => column.id === key));
}

function moreText(field: ListField, row: CustomerRow, kit: FieldKit): string {
  const value = row.more[field.key] ?? null;
  if (value === null) return '';
  const definition = fieldAt(row.kind, field.key, kit.forms);
  const one = (entry: Json): string =>
    definition === undefined
      ? typeof entry === 'object'
        ? ''
        : listValueText(field, entry, kit.t, kit.formats)
      : valueText(definition, entry, kit);
  return Array.isArray(value) && definition?.type !== 'multiEnum'
    ? value.map(one).join(kit.t('form.listSeparator'))
    : one(value);
}

/** The columns that cards draw themselves; `narrow` beside an open card. */
export function cardColumns(
  { t }: Texts,
  formats: Formats,
  today: string,
  narrow: boolean,
): readonly Column<CustomerRow>[] {
  const number: Column<CustomerRow> = {
    id: 'number',
    header: t('field.control.number'),
    width: narrow ? 100 : 104,
    sortKey: 'number',
    cell: (row) => <span className={styles.rowNumber}>{row.number}</span>,
    text: (row) => row.number,
  };
  const name: Column<CustomerRow> = {
    id: 'name',
    header: t('cards.column.name'),
    width: narrow ? 144 : 240,
    grow: true,
    sortKey: 'name',
    cell: (row) => row.name,
    text: (row) => row.name,
  };
  const completeness: Column<CustomerRow> = {
    id: 'completeness',
    header: t('field.control.completeness'),
    width: narrow ? 88 : 88,
    sortKey: 'completeness',
    cell: (row) => <CompletenessRing percent={row.completeness} />,
    text: (row) => String(row.completeness),
  };
  if (narrow) return [number, name, completeness];
  return [
    number,
    name,
    {
      id: 'region',
      header: t('cards.column.region'),
      width: 92,
      sortKey: 'region',
      cell: (row) => word(t, 'region', row.region),
      text: (row) => word(t, 'region', row.region),
    },
    {
      id: 'tier',
      header: t('field.control.tier'),
      width: 76,
      sortKey: 'tier',
      cell: (row) => (
        <span data-tier={row.tier} className={styles.tier}>
          {t(`option.tier.${row.tier}`)}
        </span>
      ),
      text: (row) => t(`option.tier.${row.tier}`),
    },
    {
      id: 'creditGrade',
      header: t('cards.column.grade'),
      width: 68,
      sortKey: 'creditGrade',
      cell: (row) => row.creditGrade.toUpperCase(),
      text: (row) => word(t, 'creditGrade', row.creditGrade),
    },
    {
      id: 'contact',
      header: t('cards.column.contact'),
      width: 104,
      sortKey: 'contact',
      cell: (row) => row.contact,
      text: (row) => row.contact,
    },
    { id: 'phone', header: t('cards.column.phone'), width: 132, cell: (row) => row.phone, text: (row) => row.phone },
    completeness,
    {
      id: 'reviewDue',
      header: t('cards.column.reviewDue'),
      width: 108,
      sortKey: 'reviewDue',
      cell: (row) =>
        row.reviewDue < today ? (
          <span className={styles.overdue} title={t('cards.dates.stale')}>
            <DateText value={row.reviewDue} />
            <span className="visually-hidden"> {t('cards.dates.stale')}</span>
          </span>
        ) : (
          <DateText value={row.reviewDue} />
        ),
      text: (row) => formats.day(row.reviewDue),
    },
    {
      id: 'late',
      header: t('cards.column.late'),
      width: 84,
      sortKey: 'late',
      cell: (row) => (row.late ? <Tag tone="amber">{t('cards.lateMark')}</Tag> : null),
      text: (row) => (row.late ? t('cards.lateMark') : ''),
    },
    {
      id: 'papers',
      header: t('cards.column.papers'),
      width: 72,
      align: 'end',
      sortKey: 'papers',
      cell: (row) => formats.number(row.papers),
      text: (row) => String(row.papers),
    },
  ];
}
