import type { ReactNode } from 'react';
import { isHeld } from '../../../shared/domain/issued-copies.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { CopyStateTag, LoanStateTag } from '../../ui/custody/state-tags.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import styles from './custody-panel.module.css';
import { NamedReaders } from './named-readers.tsx';

const SHOWN = 200;

/** What has left the cabinet of this customer's papers: loans and issued copies, those still out first (B2, I2). */
export function CustodyPanel({ number }: { readonly number: string }) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const loans = useArchiveQuery('loans.list', { customer: number, state: 'all', limit: SHOWN });
  const copies = useArchiveQuery('copies.list', { customer: number, state: 'all', limit: SHOWN });
  const error = loans.error ?? copies.error;
  if (error !== null)
    return (
      <ErrorState
        error={error}
        onRetry={() => {
          void loans.refetch();
          void copies.refetch();
        }}
      />
    );
  if (loans.data === undefined || copies.data === undefined) return <LoadingSkeleton shape="form" />;
  const lent = outFirst(loans.data.loans, (loan) => loan.state !== 'returned');
  const issued = outFirst(copies.data.copies, (copy) => isHeld(copy.state) || copy.state === 'made');
  return (
    <div className={styles.panel}>
      <NamedReaders number={number} />
      <Section
        title={t('cards.custody.loans')}
        columns={[
          'loans.column.number',
          'loans.column.title',
          'loans.borrower',
          'cards.custody.lent',
          'cards.custody.back',
        ]}
        out={lent.out}
        shown={lent.rows.length}
        total={loans.data.total}
        none={t('cards.custody.noLoans')}
      >
        {lent.rows.map((loan) => (
          <tr key={loan.loanNumber}>
            <td className={styles.nowrap}>
              <Button kind="link" onClick={() => go({ screen: 'loans', number: loan.loanNumber })}>
                {loan.loanNumber}
              </Button>
            </td>
            <td>
              {loan.title} <span className={styles.soft}>{loan.code}</span>
            </td>
            <td className={styles.nowrap}>
              {loan.borrower} <span className={styles.soft}>{loan.department}</span>
            </td>
            <td className={styles.nowrap}>{formats.day(loan.lentAt)}</td>
            <td className={styles.nowrap}>{formats.day(loan.returnedAt ?? loan.due)}</td>
            <td className={styles.nowrap}>
              <LoanStateTag loan={loan} />
            </td>
          </tr>
        ))}
      </Section>
      <Section
        title={t('cards.custody.copies')}
        columns={[
          'copies.column.number',
          'copies.column.recipient',
          'copies.column.shows',
          'cards.custody.made',
          'cards.custody.recover',
        ]}
        out={issued.out}
        shown={issued.rows.length}
        total={copies.data.total}
        none={t('cards.custody.noCopies')}
      >
        {issued.rows.map((copy) => (
          <tr key={copy.copyNumber}>
            <td className={styles.nowrap}>
              <Button kind="link" onClick={() => go({ screen: 'copies', number: copy.copyNumber })}>
                {copy.copyNumber}
              </Button>
            </td>
            <td>
              {copy.recipient.name} <span className={styles.soft}>{copy.recipient.department}</span>
            </td>
            <td>{t(`copies.shows.${copy.recipient.role}`)}</td>
            <td className={styles.nowrap}>{formats.day(copy.madeAt)}</td>
            <td className={styles.nowrap}>{formats.day(copy.closedAt ?? copy.recoverBy)}</td>
            <td className={styles.nowrap}>
              <CopyStateTag copy={copy} />
            </td>
          </tr>
        ))}
      </Section>
    </div>
  );
}

/** The rows in their order, those that are out before the others. */
function outFirst<Row>(rows: readonly Row[], isOut: (row: Row) => boolean): { rows: readonly Row[]; out: number } {
  const out = rows.filter(isOut);
  return { rows: [...out, ...rows.filter((row) => !isOut(row))], out: out.length };
}

function Section({
  title,
  columns,
  out,
  shown,
  total,
  none,
  children,
}: {
  readonly title: string;
  readonly columns: readonly string[];
  readonly out: number;
  readonly shown: number;
  readonly total: number;
  readonly none: string;
  readonly children: ReactNode;
}) {
  const { t } = useText();
  return (
    <section aria-label={title}>
      <header className={styles.head}>
        <h3 className={styles.title}>{title}</h3>
        {total > 0 && <span className={styles.soft}>{t('cards.custody.count', { count: total, out })}</span>}
      </header>
      {total === 0 ? (
        <p className={styles.soft}>{none}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map((key) => (
                <th key={key} scope="col">
                  {t(key)}
                </th>
              ))}
              <th scope="col">{t('loans.column.state')}</th>
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      )}
      {shown < total && <p className={styles.soft}>{t('cards.custody.newest', { count: shown })}</p>}
    </section>
  );
}
