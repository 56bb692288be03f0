import { IconListCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { numberAt, type RecordCells, type RecordRow } from '../../ui/records/record-columns.tsx';
import { ProposalList } from './proposal-list.tsx';

const USUAL = [
  'customerNumber',
  'customer',
  'fromTier',
  'toTier',
  'salesLastYear',
  'salesShare',
  'cumulativeShare',
  'ordersLastYear',
];

/** Tiers that the figures of the last year call for, accepted one by one (K2). */
export function TierProposals({ mayChange }: { readonly mayChange: boolean }) {
  const { t } = useText();
  const formats = useFormats();
  const decide = useArchiveCommand('tierProposals.decide');
  const propose = useArchiveCommand('tierRules.propose');
  const { mutate } = decide;
  const run = (): void => {
    propose.mutateAsync({}).then(
      (counts) => toast(t('credit.tiersProposed', counts)),
      () => undefined,
    );
  };
  const cells = useMemo<RecordCells>(
    () => ({
      fromTier: { width: 80 },
      toTier: { width: 80 },
      salesLastYear: { width: 140, cell: (row) => formats.number(Math.round(numberAt(row, 'salesLastYear'))) },
      salesShare: { width: 112, cell: (row) => formats.percent(numberAt(row, 'salesShare')) },
      ordersLastYear: { width: 104 },
      cumulativeShare: { width: 112, cell: (row) => formats.percent(numberAt(row, 'cumulativeShare')) },
    }),
    [formats],
  );
  const onDecide = useMemo(
    () =>
      mayChange
        ? ({ key }: RecordRow, accept: boolean) =>
            mutate({ id: Number(key), accept, ...(accept ? {} : { reason: t('credit.notTaken') }) })
        : undefined,
    [mayChange, mutate, t],
  );
  return (
    <ProposalList
      id="tier-proposals"
      label={t('credit.tab.tiers')}
      icon={IconListCheck}
      list="tierProposals"
      usual={USUAL}
      cells={cells}
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
