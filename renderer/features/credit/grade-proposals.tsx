import { IconClipboardCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { ProposalList, plainColumn } from './proposal-list.tsx';

type Row = OutputOf<'credit.proposals'>['rows'][number];

/** Proposed credit grades, accepted one by one (G1). */
export function GradeProposals({ mayChange }: { readonly mayChange: boolean }) {
  const { t } = useText();
  const formats = useFormats();
  const list = useArchiveQuery('credit.proposals', { limit: 500 });
  const decide = useArchiveCommand('credit.decide');
  const score = useArchiveJob('credit.propose', 'credit.scoring');
  const { mutate } = decide;
  const all = (): void => {
    score.run({}).then(
      ({ assessed, proposed }) => toast(t('credit.scoredAll', { assessed, proposed })),
      () => undefined,
    );
  };
  const before = useMemo(() => [plainColumn<Row>('sheet', t('kit.print.scoreSheet'), 130, (row) => row.number)], [t]);
  const after = useMemo(
    () => [
      plainColumn<Row>('score', t('creditPaper.score'), 90, (row) => formats.number(row.score / 100), { align: 'end' }),
      plainColumn<Row>('from', t('credit.col.from'), 70, (row) => row.gradeBefore.toUpperCase() || '—'),
      plainColumn<Row>('to', t('credit.col.to'), 70, (row) => row.grade.toUpperCase()),
    ],
    [t, formats],
  );
  const onDecide = useMemo(
    () =>
      mayChange
        ? ({ number }: Row, accept: boolean) =>
            mutate(accept ? { number, accept } : { number, accept, reason: t('credit.notTaken') })
        : undefined,
    [mayChange, mutate, t],
  );
  return (
    <ProposalList
      id="grade-proposals"
      label={t('credit.tab.grades')}
      icon={IconClipboardCheck}
      list={list}
      before={before}
      after={after}
      rowKey={(row) => row.number}
      onDecide={onDecide}
      tab="credit"
      error={decide.error ?? score.error}
      act={
        mayChange && (
          <Button icon={IconClipboardCheck} busy={score.job !== null} onClick={all}>
            {t('credit.scoreAll')}
          </Button>
        )
      }
    />
  );
}
