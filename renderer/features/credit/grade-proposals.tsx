import { IconClipboardCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { numberAt, type RecordCells, type RecordRow } from '../../ui/records/record-columns.tsx';
import { ProposalList } from './proposal-list.tsx';

const USUAL = ['number', 'customerNumber', 'customer', 'score', 'gradeBefore', 'proposedGrade'];

/** Proposed credit grades, accepted one by one (G1). */
export function GradeProposals({ mayChange }: { readonly mayChange: boolean }) {
  const { t } = useText();
  const formats = useFormats();
  const decide = useArchiveCommand('credit.decide');
  const score = useArchiveJob('credit.propose', 'credit.scoring');
  const { mutate } = decide;
  const all = (): void => {
    score.run({}).then(
      ({ assessed, proposed }) => toast(t('credit.scoredAll', { assessed, proposed })),
      () => undefined,
    );
  };
  const cells = useMemo<RecordCells>(
    () => ({
      number: { width: 130, header: t('kit.print.scoreSheet') },
      proposedGrade: { width: 150 },
      score: { cell: (row) => formats.number(numberAt(row, 'score')) },
    }),
    [t, formats],
  );
  const onDecide = useMemo(
    () =>
      mayChange
        ? ({ key }: RecordRow, accept: boolean) =>
            mutate({ number: key, accept, ...(accept ? {} : { reason: t('credit.notTaken') }) })
        : undefined,
    [mayChange, mutate, t],
  );
  return (
    <ProposalList
      id="grade-proposals"
      label={t('credit.tab.grades')}
      icon={IconClipboardCheck}
      list="assessments"
      usual={USUAL}
      cells={cells}
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
