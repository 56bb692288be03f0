import { IconClipboardCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
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

type Row = OutputOf<'credit.proposals'>['rows'][number];

/** Proposed credit grades, accepted one by one (G1). */
export function GradeProposals({ mayChange }: { readonly mayChange: boolean }) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
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
  const columns = useMemo((): readonly Column<Row>[] => {
    const plain = (
      id: string,
      header: string,
      width: number,
      text: (row: Row) => string,
      more: Partial<Column<Row>> = {},
    ): Column<Row> => ({ id, header, width, cell: text, text, ...more });
    return [
      plain('sheet', t('kit.print.scoreSheet'), 130, (row) => row.number),
      plain('number', t('creditPaper.number'), 100, (row) => row.customer),
      plain('name', t('creditPaper.customer'), 240, (row) => row.customerName, { grow: true }),
      plain('score', t('creditPaper.score'), 90, (row) => formats.number(row.score / 100), { align: 'end' }),
      plain('from', t('credit.col.from'), 70, (row) => row.gradeBefore.toUpperCase() || '—'),
      plain('to', t('credit.col.to'), 70, (row) => row.grade.toUpperCase()),
      {
        id: 'act',
        header: '',
        width: 170,
        cell: (row) =>
          mayChange && (
            <span className={styles.cellActions}>
              <Button size="small" kind="link" onClick={() => mutate({ number: row.number, accept: true })}>
                {t('credit.accept')}
              </Button>
              <Button
                size="small"
                kind="link"
                onClick={() => mutate({ number: row.number, accept: false, reason: t('credit.notTaken') })}
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
        <ErrorNote error={decide.error ?? score.error} showFields />
        <span className={styles.spacer} />
        {mayChange && (
          <Button icon={IconClipboardCheck} busy={score.job !== null} onClick={all}>
            {t('credit.scoreAll')}
          </Button>
        )}
      </div>
      <div className={styles.table}>
        <DataTable
          id="grade-proposals"
          label={t('credit.tab.grades')}
          columns={columns}
          source={{ ...arraySource(list.data?.rows), error: list.error, refetch: () => void list.refetch() }}
          rowKey={(row) => row.number}
          onOpen={(row) => go({ screen: 'cards', tab: 'credit', number: row.customer })}
          empty={<EmptyState icon={IconClipboardCheck} title={t('credit.emptyProposals')} />}
        />
      </div>
    </div>
  );
}
