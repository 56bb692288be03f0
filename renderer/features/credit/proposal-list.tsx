import type { Icon } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import type { RecordCells, RecordRow } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './list.module.css';

interface ProposalListProps {
  readonly list: 'assessments' | 'tierProposals';
  readonly id: string;
  readonly label: string;
  readonly icon: Icon;
  readonly usual: readonly string[];
  readonly cells: RecordCells;
  /** Undefined: this reader may only look. Memoised. */
  readonly onDecide: ((row: RecordRow, accept: boolean) => void) | undefined;
  readonly tab?: 'credit';
  readonly error: AppError | null;
  /** What makes the proposals anew. */
  readonly act: ReactNode;
}

const PROPOSED: readonly Condition[] = [{ field: 'state', is: 'is', values: ['proposed'] }];

/** Proposals about cards, accepted or dismissed one by one (G1, K2); Enter opens the card. */
export function ProposalList({ list, id, label, icon, usual, cells, onDecide, tab, error, act }: ProposalListProps) {
  const { t } = useText();
  const { go } = useNavigate();
  const decide = useMemo(
    () =>
      onDecide === undefined
        ? undefined
        : (row: RecordRow) => (
            <span className={styles.cellActions}>
              <Button size="small" kind="link" onClick={() => onDecide(row, true)}>
                {t('credit.accept')}
              </Button>
              <Button size="small" kind="link" onClick={() => onDecide(row, false)}>
                {t('credit.dismiss')}
              </Button>
            </span>
          ),
    [t, onDecide],
  );
  return (
    <div className={styles.list}>
      <div className={styles.bar}>
        <ErrorNote error={error} showFields />
        <span className={styles.spacer} />
        {act}
      </div>
      <div className={styles.table}>
        <RecordList
          list={list}
          id={id}
          label={label}
          scope={PROPOSED}
          usual={usual}
          cells={cells}
          onOpen={({ customer }) =>
            customer !== null && go({ screen: 'cards', number: customer, ...(tab === undefined ? {} : { tab }) })
          }
          act={decide}
          empty={<EmptyState icon={icon} title={t('credit.emptyProposals')} />}
        />
      </div>
    </div>
  );
}
