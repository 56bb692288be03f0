import { IconListCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { optionLabelKey } from '../../../shared/domain/forms/option-sets.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { arraySource } from '../../ui/table/row-source.ts';
import styles from './list.module.css';

type Row = OutputOf<'tierProposals.list'>['rows'][number];

/** Tiers that the figures of the last year call for, accepted one by one (K2). */
export function TierProposals({ mayChange }: { readonly mayChange: boolean }) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const list = useArchiveQuery('tierProposals.list', { limit: 500 });
  const decide = useArchiveCommand('tierProposals.decide');
  const propose = useArchiveCommand('tierRules.propose');
  const { mutate } = decide;
  const run = (): void => {
    propose.mutateAsync({}).then(
      (counts) => toast(t('credit.tiersProposed', counts)),
      () => undefined,
    );
  };
  const columns = useMemo((): readonly Column<Row>[] => {
    const plain = (
      id: string,
      header: string,
      width: number,
      text: (row: Row) => string,
      more: Partial<Column<Row>> = {},
    ): Column<Row> => ({ id, header, width, cell: text, text, ...more });
    return [
      plain('number', t('creditPaper.number'), 100, (row) => row.customer),
      plain('name', t('creditPaper.customer'), 240, (row) => row.customerName, { grow: true }),
      plain('from', t('credit.col.from'), 80, (row) => t(optionLabelKey('tier', row.from))),
      plain('to', t('credit.col.to'), 80, (row) => t(optionLabelKey('tier', row.to))),
      plain('sales', t('credit.col.sales'), 140, (row) => formats.number(Math.round(row.figures.salesLastYear)), {
        align: 'end',
      }),
      plain('share', t('credit.col.share'), 80, (row) => formats.percent(row.figures.share), { align: 'end' }),
      plain('cumulative', t('credit.col.cumulative'), 90, (row) => formats.percent(row.figures.cumulativeShare), {
        align: 'end',
      }),
      plain('orders', t('credit.col.orders'), 70, (row) => formats.number(row.figures.ordersLastYear), {
        align: 'end',
      }),
      {
        id: 'act',
        header: '',
        width: 170,
        cell: (row) =>
          mayChange && (
            <span className={styles.cellActions}>
              <Button size="small" kind="link" onClick={() => mutate({ id: row.id, accept: true })}>
                {t('credit.accept')}
              </Button>
              <Button
                size="small"
                kind="link"
                onClick={() => mutate({ id: row.id, accept: false, reason: t('credit.notTaken') })}
              >
                {t('credit.dismiss')}
              </Button>
            </span>
          ),
        text: () => '',
      },
    ];
  }, [t, formats, mayChange, mutate]);
  return (
    <div className={styles.list}>
      <div className={styles.bar}>
        <ErrorNote error={decide.error ?? propose.error} showFields />
        <span className={styles.spacer} />
        {mayChange && (
          <Button icon={IconListCheck} busy={propose.isPending} onClick={run}>
            {t('credit.proposeTiers')}
          </Button>
        )}
      </div>
      <div className={styles.table}>
        <DataTable
          id="tier-proposals"
          label={t('credit.tab.tiers')}
          columns={columns}
          source={{ ...arraySource(list.data?.rows), error: list.error, refetch: () => void list.refetch() }}
          rowKey={(row) => String(row.id)}
          onOpen={(row) => go({ screen: 'cards', number: row.customer })}
          empty={<EmptyState icon={IconListCheck} title={t('credit.emptyProposals')} />}
        />
      </div>
    </div>
  );
}
