import { IconReceipt } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { DealingKind } from '../../../shared/domain/forms/dealing-forms.ts';
import { optionLabelKey } from '../../../shared/domain/forms/option-sets.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { type Formats, useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../actions/button.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { ErrorState } from '../states/error-state.tsx';
import { LoadingSkeleton } from '../states/loading-skeleton.tsx';
import { Tag } from '../text/tag.tsx';
import type { DealingRecord } from './dealing-values.ts';
import styles from './dealings.module.css';
import { useMoney } from './use-money.ts';

const SHOWN = 300;

interface Column<Row> {
  readonly key: string;
  readonly end?: true;
  /** Stands on one line: days, numbers, single words. */
  readonly short?: true;
  readonly cell: (row: Row) => ReactNode;
}
interface Words {
  readonly t: (key: string, values?: Record<string, string | number>) => string;
  readonly formats: Formats;
  readonly money: (minor: number, currency: string) => string;
}

type OrderRow = OutputOf<'orders.list'>['rows'][number];
type DeliveryRow = OutputOf<'deliveries.list'>['rows'][number];
type ReceiptRow = OutputOf<'receipts.list'>['rows'][number];
type ReturnRow = OutputOf<'returns.list'>['rows'][number];

const goods = (row: { readonly quantity: number; readonly unit: string }, { formats }: Words) =>
  row.quantity === 0 ? '' : `${formats.number(row.quantity)} ${row.unit}`;

const orderColumns = (words: Words): readonly Column<OrderRow>[] => [
  { key: 'date', cell: (row) => words.formats.day(row.date) },
  { key: 'orderNumber', cell: (row) => row.orderNumber },
  { key: 'kind', cell: (row) => words.t(optionLabelKey('orderKind', row.kind)) },
  { key: 'description', cell: (row) => row.description || words.t('dealings.lineCount', { count: row.lines }) },
  { key: 'amount', end: true, cell: (row) => words.money(row.amount, row.currency) },
  { key: 'paid', end: true, cell: (row) => (row.paid === 0 ? '' : words.money(row.paid, row.currency)) },
  { key: 'paymentDue', short: true, cell: (row) => words.formats.day(row.paymentDue) },
  {
    key: 'state',
    short: true,
    cell: (row) =>
      row.overLimit === 'held' ? (
        <Tag tone="seal">{words.t('dealings.overLimit.held')}</Tag>
      ) : (
        words.t(optionLabelKey('orderState', row.state))
      ),
  },
];
const deliveryColumns = (words: Words): readonly Column<DeliveryRow>[] => [
  { key: 'date', cell: (row) => words.formats.day(row.date) },
  { key: 'number', cell: (row) => row.number },
  { key: 'direction', cell: (row) => words.t(optionLabelKey('goodsDirection', row.direction)) },
  { key: 'orderNumber', cell: (row) => row.orderNumber },
  { key: 'product', cell: (row) => row.product },
  { key: 'quantity', end: true, cell: (row) => goods(row, words) },
  { key: 'amount', end: true, cell: (row) => (row.amount === 0 ? '' : words.money(row.amount, row.currency)) },
];
const receiptColumns = (words: Words): readonly Column<ReceiptRow>[] => [
  { key: 'date', cell: (row) => words.formats.day(row.date) },
  { key: 'number', cell: (row) => row.number },
  { key: 'orderNumber', cell: (row) => row.orderNumber },
  { key: 'means', cell: (row) => words.t(optionLabelKey('paymentMeans', row.means)) },
  { key: 'amount', end: true, cell: (row) => words.money(row.amount, row.currency) },
  { key: 'note', cell: (row) => row.note },
];
const returnColumns = (words: Words): readonly Column<ReturnRow>[] => [
  { key: 'date', cell: (row) => words.formats.day(row.date) },
  { key: 'number', cell: (row) => row.number },
  { key: 'kind', cell: (row) => words.t(optionLabelKey('returnKind', row.kind)) },
  { key: 'orderNumber', cell: (row) => row.orderNumber },
  { key: 'product', cell: (row) => row.product },
  { key: 'amount', end: true, cell: (row) => words.money(row.amount, row.currency) },
  { key: 'decision', cell: (row) => words.t(optionLabelKey('returnDecision', row.decision)) },
  {
    key: 'responsible',
    cell: (row) => (row.responsible === '' ? '' : words.t(optionLabelKey('responsibleSide', row.responsible))),
  },
];

interface RegisterProps {
  readonly kind: DealingKind;
  readonly number: string;
  readonly onOpen: ((record: DealingRecord) => void) | null;
}

/** One register of a customer, newest first, with its sums by currency. */
export function Register(props: RegisterProps) {
  const { t } = useText();
  const formats = useFormats();
  const money = useMoney();
  const words: Words = { t, formats, money };
  const { kind } = props;
  if (kind === 'orders') return <List {...props} operation="orders.list" columns={orderColumns(words)} />;
  if (kind === 'deliveries') return <List {...props} operation="deliveries.list" columns={deliveryColumns(words)} />;
  if (kind === 'receipts') return <List {...props} operation="receipts.list" columns={receiptColumns(words)} />;
  return <List {...props} operation="returns.list" columns={returnColumns(words)} />;
}

function List<Row extends DealingRecord>({
  kind,
  number,
  operation,
  columns,
  onOpen,
}: RegisterProps & {
  readonly operation: 'orders.list' | 'deliveries.list' | 'receipts.list' | 'returns.list';
  readonly columns: readonly Column<Row>[];
}) {
  const { t } = useText();
  const money = useMoney();
  const list = useArchiveQuery(operation, { number, limit: SHOWN });
  if (list.error !== null) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <LoadingSkeleton shape="rows" count={8} />;
  const { total, totals } = list.data;
  const rows = list.data.rows as unknown as readonly Row[];
  if (total === 0)
    return (
      <EmptyState icon={IconReceipt} title={t(`dealings.empty.${kind}`)}>
        {t('dealings.emptyText')}
      </EmptyState>
    );
  return (
    <>
      <div className={styles.totals}>
        <span>{t('dealings.count', { count: total })}</span>
        {totals.map((sum) => (
          <span key={sum.currency}>{money(sum.amount, sum.currency)}</span>
        ))}
        {total > rows.length && <span>{t('dealings.firstShown', { shown: rows.length })}</span>}
      </div>
      <table className={styles.table} aria-label={t(`dealings.view.${kind}`)}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.end ? styles.end : undefined}>
                {t(column.key === 'paid' ? 'dealings.paid' : `field.${kind}.${column.key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={onOpen === null ? undefined : styles.row} onDoubleClick={() => onOpen?.(row)}>
              {columns.map((column, index) => (
                <td
                  key={column.key}
                  className={column.end ? styles.end : index < 2 || column.short ? styles.nowrap : undefined}
                >
                  {index === 1 && onOpen !== null ? (
                    <Button kind="link" onClick={() => onOpen(row)}>
                      {column.cell(row)}
                    </Button>
                  ) : (
                    column.cell(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
