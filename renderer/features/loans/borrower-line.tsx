import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import styles from './loans.module.css';

/** What is known of a borrower, in one line; and why they may not borrow (B3). */
export function BorrowerLine({
  borrowerId,
  refusals,
}: {
  readonly borrowerId: number;
  readonly refusals: readonly string[];
}) {
  const { t, has } = useText();
  const record = useArchiveQuery('borrowers.get', { borrowerId }).data;
  return (
    <>
      {record !== undefined && (
        <p className={styles.soft}>
          {t('loans.borrowerRecord', {
            loans: record.loans,
            open: record.open,
            late: record.returnedLate,
            breaches: record.breaches.filter((one) => one.state !== 'void').length,
          })}
        </p>
      )}
      {refusals.length > 0 && (
        <ul className={styles.refusals} role="alert">
          {refusals.map((reason) => (
            <li key={reason}>{has(`loanRefusal.${reason}`) ? t(`loanRefusal.${reason}`) : reason}</li>
          ))}
        </ul>
      )}
    </>
  );
}
