import { IconMailForward, IconPrinter } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { DateText } from '../../ui/text/date-text.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { NextInQueue } from './counter-answers.tsx';
import styles from './loans.module.css';
import { showLetters } from './show-letters.ts';

type Due = OutputOf<'loans.notices'>['due'][number];

/** Most letters of one press. */
const MOST = 500;

/** Who has to be told today (B2): recalled, overdue by steps, due soon; whose turn has come. Told once, it leaves the list. */
export function NoticeList({ mayAct, onOpen }: { readonly mayAct: boolean; readonly onOpen: (code: string) => void }) {
  const { t } = useText();
  const remind = useArchiveCommand('loans.remind');
  const input = useMemo(() => ({}), []);
  const source = useArchivePages('loans.notices', input, (answer) => ({ rows: answer.due, total: answer.total }));
  const all = useArchiveQuery('loans.notices', { limit: MOST }).data;
  const turns = all?.turns ?? [];
  const send = (letter: boolean): void => {
    const loanNumbers = all?.due.map((row) => row.loan.loanNumber) ?? [];
    if (loanNumbers.length === 0) return;
    remind.mutateAsync({ loanNumbers, method: t(letter ? 'loans.method.letter' : 'loans.method.phone'), letter }).then(
      (answer) => {
        showLetters(answer, t('loans.remindNotice'));
        toast(t('loans.noticesGiven', { count: answer.loans.length }));
      },
      () => undefined,
    );
  };
  const columns = useMemo<readonly Column<Due>[]>(
    () => [
      {
        id: 'kind',
        header: t('loans.column.notice'),
        width: 110,
        cell: (row) => (
          <Tag tone={row.kind === 'overdue' ? 'seal' : 'amber'}>
            {row.step > 0 ? t('loans.noticeStep', { step: row.step }) : t(`noticeKind.${row.kind}`)}
          </Tag>
        ),
        text: (row) => (row.step > 0 ? t('loans.noticeStep', { step: row.step }) : t(`noticeKind.${row.kind}`)),
      },
      {
        id: 'borrower',
        header: t('loans.borrower'),
        width: 92,
        cell: (row) => row.loan.borrower,
        text: (row) => row.loan.borrower,
      },
      {
        id: 'title',
        header: t('loans.column.title'),
        width: 150,
        grow: true,
        cell: (row) => row.loan.title,
        text: (row) => row.loan.title,
      },
      {
        id: 'due',
        header: t('loans.due'),
        width: 104,
        cell: (row) => <DateText value={row.loan.due} />,
        text: (row) => row.loan.due,
      },
      {
        id: 'late',
        header: t('loans.column.late'),
        width: 80,
        cell: (row) => (row.loan.daysOverdue > 0 ? row.loan.daysOverdue : '—'),
        text: (row) => String(row.loan.daysOverdue),
      },
    ],
    [t],
  );
  return (
    <div className={styles.stack}>
      {mayAct && (all?.due.length ?? 0) > 0 && (
        <div className={styles.bar}>
          <Button kind="primary" icon={IconPrinter} busy={remind.isPending} onClick={() => send(true)}>
            {t('loans.printAll', { count: all?.due.length ?? 0 })}
          </Button>
          <Button icon={IconMailForward} busy={remind.isPending} onClick={() => send(false)}>
            {t('loans.noteAll')}
          </Button>
          <ErrorNote error={remind.error} />
        </div>
      )}
      {mayAct && turns.length > 0 && (
        <div className={styles.turns}>
          {turns.slice(0, 3).map((request) => (
            <NextInQueue key={request.id} request={request} />
          ))}
        </div>
      )}
      <div className={styles.table}>
        <DataTable
          id="loans-notices"
          label={t('loans.tab.notices')}
          columns={columns}
          source={source}
          rowKey={(row) => row.loan.loanNumber}
          onOpen={(row) => mayAct && onOpen(row.loan.loanNumber)}
          empty={
            <EmptyState icon={IconMailForward} title={t('loans.empty.notices')}>
              {t('loans.emptyText.notices')}
            </EmptyState>
          }
        />
      </div>
    </div>
  );
}
