import type { AnalysisOutput, AnalysisRow } from '../../../shared/contract/analysis.ts';
import { optionWords } from '../../../shared/domain/forms/option-sets.ts';
import { customerListFields } from '../../../shared/domain/lists/customer-list.ts';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { fromMinor } from '../../../shared/domain/money.ts';
import type { Formats } from '../../i18n/format.ts';
import type { Texts } from '../../i18n/use-text.ts';
import type { Column } from '../../ui/table/columns.ts';
import { listFieldLabel } from '../../ui/table/list-words.ts';
import styles from './analysis.module.css';

type Group = AnalysisOutput['group'];
type T = Texts['t'];

const FIELDS = customerListFields('keeper');

export function groupLabel(group: Group, t: T): string {
  const field = FIELDS.get(group);
  return field === undefined ? t(`analysis.group.${group}`) : listFieldLabel(field, t);
}

export function rowLabel(group: Group, row: AnalysisRow, t: T): string {
  if (row.rest) return t('analysis.rest');
  if (row.value === null) return t('list.group.empty');
  if (row.name !== '') return row.name;
  const field = FIELDS.get(group);
  if (field?.type === 'flag') return t(row.value === '1' ? 'list.yes' : 'list.no');
  return field === undefined ? row.value : optionWords(field, row.value, t);
}

/** Where a line leads: the card of a customer, or the list of the cards behind it. Null: what stands together has no list of its own. */
export function drillOf(
  group: Group,
  row: AnalysisRow,
): { readonly number: string } | { readonly filter: Condition[] } | null {
  if (row.rest) return null;
  if (group === 'customer') return row.value === null ? null : { number: row.value };
  if (group === 'product' || group === 'productGroup') {
    const field = group === 'product' ? 'boughtProduct' : 'boughtProductGroup';
    return row.value === null ? null : { filter: [{ field, is: 'is', values: [row.value] }] };
  }
  if (FIELDS.get(group)?.type === 'flag') return { filter: [{ field: group, is: 'is', values: [row.value === '1'] }] };
  return {
    filter: [
      row.value === null ? { field: group, is: 'empty', values: [] } : { field: group, is: 'is', values: [row.value] },
    ],
  };
}

/** An amount without its currency, in whole units. */
export function wholeAmount(minor: number, currency: string, formats: Formats): string {
  return formats.number(Math.round(Number(fromMinor(minor, currency))));
}

export function analysisColumns(output: AnalysisOutput, t: T, formats: Formats): readonly Column<AnalysisRow>[] {
  const money = (id: string, header: string, of: (row: AnalysisRow) => number | null): Column<AnalysisRow> => ({
    id,
    header,
    width: 116,
    align: 'end',
    cell: (row) => (of(row) === null ? '–' : wholeAmount(of(row) ?? 0, output.currency, formats)),
    text: (row) => (of(row) === null ? '' : fromMinor(of(row) ?? 0, output.currency)),
  });
  const isTotal = (row: AnalysisRow): boolean => row === output.total;
  return [
    {
      id: 'value',
      header: groupLabel(output.group, t),
      width: 160,
      grow: true,
      cell: (row) => (isTotal(row) ? <strong>{t('analysis.total')}</strong> : rowLabel(output.group, row, t)),
      text: (row) => (isTotal(row) ? t('analysis.total') : rowLabel(output.group, row, t)),
    },
    ...(output.total.customers === null
      ? []
      : [
          {
            id: 'customers',
            header: t('analysis.customers'),
            width: 84,
            align: 'end' as const,
            cell: (row: AnalysisRow) => formats.number(row.customers ?? 0),
            text: (row: AnalysisRow) => String(row.customers ?? 0),
          },
        ]),
    money('amount', `${t('analysis.amount')} ${output.currency}`, (row) => row.amount),
    {
      id: 'share',
      header: t('analysis.share'),
      width: 88,
      align: 'end',
      cell: (row) => formats.decimal(row.share, 2),
      text: (row) => String(row.share),
    },
    {
      id: 'cumulative',
      header: t('analysis.cumulative'),
      width: 88,
      align: 'end',
      cell: (row) => formats.decimal(row.cumulative, 2),
      text: (row) => String(row.cumulative),
    },
    money('former', t('analysis.former'), (row) => row.former),
    {
      id: 'change',
      header: t('analysis.change'),
      width: 96,
      align: 'end',
      cell: (row) =>
        row.change === null ? (
          '–'
        ) : (
          <span className={row.change < 0 ? styles.down : styles.up}>
            {row.change < 0 ? '▼' : '▲'} {formats.decimal(Math.abs(row.change), 1)}
          </span>
        ),
      text: (row) => (row.change === null ? '' : String(row.change)),
    },
    ...(output.analysis === 'credit'
      ? [
          money('owed', t('analysis.owed'), (row) => row.owed),
          money('overdue', t('analysis.overdue'), (row) => row.overdue),
          money('limit', t('analysis.limit'), (row) => row.limit),
        ]
      : []),
    ...output.years.map((year, index) => money(`y${index}`, String(year), (row) => row.series[index] ?? 0)),
  ];
}
