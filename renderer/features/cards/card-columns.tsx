import type { OutputOf } from '../../../shared/contract/contract.ts';
import { optionLabelKey, optionsOf } from '../../../shared/domain/forms/option-sets.ts';
import type { Formats } from '../../i18n/format.ts';
import type { Texts } from '../../i18n/use-text.ts';
import type { Column } from '../../ui/table/columns.ts';
import { CompletenessRing } from '../../ui/text/completeness-ring.tsx';
import { DateText } from '../../ui/text/date-text.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './screen.module.css';

export type CustomerRow = OutputOf<'customers.list'>['rows'][number];

/** A region or a grade in words; free words stand as they are. */
function word(t: Texts['t'], set: 'region' | 'creditGrade', value: string): string {
  return optionsOf(set).includes(value) ? t(optionLabelKey(set, value)) : value;
}

/** Columns of the list of cards; `narrow` beside an open card. */
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
      cell: (row) => row.creditGrade.toUpperCase(),
      text: (row) => word(t, 'creditGrade', row.creditGrade),
    },
    {
      id: 'contact',
      header: t('cards.column.contact'),
      width: 104,
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
