import { IconListCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { optionLabelKey } from '../../../shared/domain/forms/option-sets.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { ProposalList, plainColumn } from './proposal-list.tsx';

type Row = OutputOf<'tierProposals.list'>['rows'][number];

/** Tiers that the figures of the last year call for, accepted one by one (K2). */
export function TierProposals({ mayChange }: { readonly mayChange: boolean }) {
  const { t } = useText();
  const formats = useFormats();
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
  const after = useMemo(() => {
    const figure = (id: string, header: string, width: number, text: (figures: Row['figures']) => string) =>
      plainColumn<Row>(id, header, width, ({ figures }) => text(figures), { align: 'end' });
    return [
      plainColumn<Row>('from', t('credit.col.from'), 80, (row) => t(optionLabelKey('tier', row.from))),
      plainColumn<Row>('to', t('credit.col.to'), 80, (row) => t(optionLabelKey('tier', row.to))),
      figure('sales', t('credit.col.sales'), 140, (figures) => formats.number(Math.round(figures.salesLastYear))),
      figure('share', t('credit.col.share'), 80, (figures) => formats.percent(figures.share)),
      figure('cumulative', t('credit.col.cumulative'), 90, (figures) => formats.percent(figures.cumulativeShare)),
      figure('orders', t('credit.col.orders'), 70, (figures) => formats.number(figures.ordersLastYear)),
    ];
  }, [t, formats]);
  const onDecide = useMemo(
    () =>
      mayChange
        ? ({ id }: Row, accept: boolean) =>
            mutate(accept ? { id, accept } : { id, accept, reason: t('credit.notTaken') })
        : undefined,
    [mayChange, mutate, t],
  );
  return (
    <ProposalList
      id="tier-proposals"
      label={t('credit.tab.tiers')}
      icon={IconListCheck}
      list={list}
      after={after}
      rowKey={(row) => String(row.id)}
      onDecide={onDecide}
      error={decide.error ?? propose.error}
      act={
        mayChange && (
          <Button icon={IconListCheck} busy={propose.isPending} onClick={run}>
            {t('credit.proposeTiers')}
          </Button>
        )
      }
    />
  );
}
