import { IconScale } from '@tabler/icons-react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../states/empty-state.tsx';
import { ErrorState } from '../states/error-state.tsx';
import { LoadingSkeleton } from '../states/loading-skeleton.tsx';
import { Tag } from '../text/tag.tsx';
import styles from './dealings.module.css';
import { useMoney } from './use-money.ts';

const FIGURES = ['ordered', 'received', 'returned', 'receivable', 'overdue', 'undelivered', 'prepaid'] as const;

/** What a customer owes, by currency, and the open items by the day they fall due (D3). */
export function BalanceView({ number }: { readonly number: string }) {
  const { t } = useText();
  const formats = useFormats();
  const money = useMoney();
  const balance = useArchiveQuery('dealings.balance', { number });
  if (balance.error !== null) return <ErrorState error={balance.error} onRetry={() => void balance.refetch()} />;
  if (balance.data === undefined) return <LoadingSkeleton shape="rows" count={6} />;
  const { balances, open } = balance.data;
  if (balances.length === 0)
    return (
      <EmptyState icon={IconScale} title={t('dealings.empty.balance')}>
        {t('dealings.emptyText')}
      </EmptyState>
    );
  return (
    <>
      {balances.map((row) => (
        <dl key={row.currency} className={styles.grid}>
          {FIGURES.map((key) => (
            <div key={key}>
              <dt>{t(`dealings.balance.${key}`)}</dt>
              <dd>{money(row[key], row.currency)}</dd>
            </div>
          ))}
        </dl>
      ))}
      <table className={styles.table} aria-label={t('dealings.open')}>
        <thead>
          <tr>
            {(['due', 'document', 'amount', 'open', 'late'] as const).map((key) => (
              <th key={key} scope="col" className={key === 'amount' || key === 'open' ? styles.end : undefined}>
                {t(`dealings.open.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {open.map((item) => (
            <tr key={`${item.source}-${item.number}-${item.due}-${item.amount}`}>
              <td className={styles.nowrap}>{formats.day(item.due)}</td>
              <td>{item.number}</td>
              <td className={styles.end}>{money(item.amount, item.currency)}</td>
              <td className={styles.end}>{money(item.open, item.currency)}</td>
              <td>
                {item.daysOverdue > 0 && <Tag tone="seal">{t('dealings.daysLate', { count: item.daysOverdue })}</Tag>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {open.length === 0 && <p className={styles.soft}>{t('dealings.nothingOpen')}</p>}
    </>
  );
}
