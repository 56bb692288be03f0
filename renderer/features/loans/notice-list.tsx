import { IconMailForward, IconPrinter } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { numberAt, type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { NextInQueue } from './counter-answers.tsx';
import styles from './loans.module.css';
import { showLetters } from './show-letters.ts';

/** Most letters of one press. */
const MOST = 500;
/** What the tag of the notice says. */
const NEEDED = ['notice', 'step', 'daysOverdue'];

/** Who has to be told today (B2): recalled, overdue by steps, due soon; whose turn has come. Told once, it leaves the list. */
export function NoticeList({ mayAct, onOpen }: { readonly mayAct: boolean; readonly onOpen: (code: string) => void }) {
  const { t } = useText();
  const remind = useArchiveCommand('loans.remind');
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
  const cells = useMemo<RecordCells>(
    () => ({
      notice: {
        width: 110,
        cell: (row) => {
          const step = numberAt(row, 'step');
          return (
            <Tag tone={textAt(row, 'notice') === 'overdue' ? 'seal' : 'amber'}>
              {step > 0 ? t('loans.noticeStep', { step }) : t(`noticeKind.${textAt(row, 'notice')}`)}
            </Tag>
          );
        },
      },
      title: { grow: true },
      daysOverdue: { width: 80, cell: (row) => numberAt(row, 'daysOverdue') || '—' },
    }),
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
        <RecordList
          list="notices"
          id="loans-notices"
          label={t('loans.tab.notices')}
          cells={cells}
          needs={NEEDED}
          onOpen={(row) => mayAct && onOpen(row.key)}
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
