import { isHeld } from '../../../shared/domain/issued-copies.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { CopyStateTag, LoanStateTag } from '../../ui/custody/state-tags.tsx';
import styles from './people.module.css';

const SHOWN = 100;

/** What a person has borrowed and been given, what is still out first (B2, I2); breaches are counted. */
export function StaffCustody({ staffId }: { readonly staffId: number }) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const record = useArchiveQuery('borrowers.get', { borrowerId: staffId }).data;
  const loans = useArchiveQuery('loans.list', { borrowerId: staffId, state: 'all', limit: SHOWN }).data;
  const copies = useArchiveQuery('copies.list', { recipientId: staffId, state: 'all', limit: SHOWN }).data;
  if (record === undefined || loans === undefined || copies === undefined) return null;
  const rows = [
    ...loans.loans.map((loan) => ({
      screen: 'loans',
      number: loan.loanNumber,
      title: loan.title,
      from: loan.lentAt,
      to: loan.returnedAt ?? loan.due,
      isOut: loan.state !== 'returned',
      tag: <LoanStateTag loan={loan} />,
    })),
    ...copies.copies.map((copy) => ({
      screen: 'copies',
      number: copy.copyNumber,
      title: copy.purpose,
      from: copy.madeAt,
      to: copy.closedAt ?? copy.recoverBy,
      isOut: isHeld(copy.state) || copy.state === 'made',
      tag: <CopyStateTag copy={copy} />,
    })),
  ].sort((a, b) => Number(b.isOut) - Number(a.isOut) || (a.from < b.from ? 1 : -1));
  const more = loans.total + copies.total - rows.length;
  return (
    <section className={styles.custody} aria-label={t('people.custody')}>
      <h3>{t('people.custody')}</h3>
      <p>
        {t('loans.borrowerRecord', {
          loans: record.loans,
          open: record.open,
          late: record.returnedLate,
          breaches: record.breaches.filter((one) => one.state !== 'void').length,
        })}
      </p>
      <ul>
        {rows.map((row) => (
          <li key={row.number}>
            <span>
              <Button kind="link" onClick={() => go({ screen: row.screen, number: row.number })}>
                {row.number}
              </Button>{' '}
              {row.title}
              <small>
                {formats.day(row.from)} – {formats.day(row.to)}
              </small>
            </span>
            {row.tag}
          </li>
        ))}
      </ul>
      {more > 0 && <p>{t('cards.custody.newest', { count: SHOWN })}</p>}
    </section>
  );
}
