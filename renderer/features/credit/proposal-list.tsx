import type { Icon } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { arraySource } from '../../ui/table/row-source.ts';
import styles from './list.module.css';

/** What every proposal about a card says of the card. */
interface Proposal {
  readonly customer: string;
  readonly customerName: string;
}

/** A column of plain text, in a list of proposals. */
export function plainColumn<Row>(
  id: string,
  header: string,
  width: number,
  text: (row: Row) => string,
  more: Partial<Column<Row>> = {},
): Column<Row> {
  return { id, header, width, cell: text, text, ...more };
}

interface ProposalListProps<Row extends Proposal> {
  readonly id: string;
  readonly label: string;
  readonly icon: Icon;
  readonly list: {
    readonly data?: { readonly rows: readonly Row[] } | undefined;
    readonly error: AppError | null;
    refetch(): unknown;
  };
  /** Before the customer's number and name, and after them. */
  readonly before?: readonly Column<Row>[];
  readonly after: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  /** Undefined: this reader may only look. */
  readonly onDecide: ((row: Row, accept: boolean) => void) | undefined;
  readonly tab?: 'credit';
  readonly error: AppError | null;
  /** What makes the proposals anew. */
  readonly act: ReactNode;
}

/** Proposals about cards, accepted or dismissed one by one (G1, K2); Enter opens the card. */
export function ProposalList<Row extends Proposal>({
  id,
  label,
  icon,
  list,
  before,
  after,
  rowKey,
  onDecide,
  tab,
  error,
  act,
}: ProposalListProps<Row>) {
  const { t } = useText();
  const { go } = useNavigate();
  const columns = useMemo(
    (): readonly Column<Row>[] => [
      ...(before ?? []),
      plainColumn('number', t('creditPaper.number'), 100, (row) => row.customer),
      plainColumn('name', t('creditPaper.customer'), 240, (row) => row.customerName, { grow: true }),
      ...after,
      {
        id: 'act',
        header: '',
        width: 170,
        cell: (row) =>
          onDecide !== undefined && (
            <span className={styles.cellActions}>
              <Button size="small" kind="link" onClick={() => onDecide(row, true)}>
                {t('credit.accept')}
              </Button>
              <Button size="small" kind="link" onClick={() => onDecide(row, false)}>
                {t('credit.dismiss')}
              </Button>
            </span>
          ),
        text: () => '',
      },
    ],
    [t, before, after, onDecide],
  );
  return (
    <div className={styles.list}>
      <div className={styles.bar}>
        <ErrorNote error={error} showFields />
        <span className={styles.spacer} />
        {act}
      </div>
      <div className={styles.table}>
        <DataTable
          id={id}
          label={label}
          columns={columns}
          source={{ ...arraySource(list.data?.rows), error: list.error, refetch: () => void list.refetch() }}
          rowKey={rowKey}
          onOpen={(row) => go({ screen: 'cards', number: row.customer, ...(tab === undefined ? {} : { tab }) })}
          empty={<EmptyState icon={icon} title={t('credit.emptyProposals')} />}
        />
      </div>
    </div>
  );
}
