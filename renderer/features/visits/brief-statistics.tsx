import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './briefs.module.css';

/** "Was the card looked at first?" answered with a number (C8): visits of a time that a brief was taken before, per salesperson. */
export function BriefStatistics({ from, to }: { readonly from: string; readonly to: string }) {
  const { t } = useText();
  const formats = useFormats();
  const { data, error } = useArchiveQuery('briefs.statistics', { from, to }, { keepPrevious: true });
  if (error !== null) return <ErrorNote error={error} />;
  if (data === undefined || data.visits === 0) return null;
  const share = (part: number, whole: number): string =>
    formats.percent(whole === 0 ? 0 : Math.round((part / whole) * 100));
  return (
    <section className={styles.briefs} aria-labelledby="brief-statistics">
      <h2 id="brief-statistics">
        {t('visits.briefs.title')}{' '}
        <span className={styles.total}>
          {t('visits.briefs.total', {
            briefed: formats.number(data.briefed),
            visits: formats.number(data.visits),
            share: share(data.briefed, data.visits),
          })}
        </span>
      </h2>
      <table className={styles.briefTable}>
        <thead>
          <tr>
            <th scope="col">{t('visits.salesperson')}</th>
            <th scope="col" className={styles.sum}>
              {t('visits.briefs.visits')}
            </th>
            <th scope="col" className={styles.sum}>
              {t('visits.briefs.briefed')}
            </th>
            <th scope="col">{t('visits.briefs.share')}</th>
            <th scope="col" className={styles.sum}>
              {t('visits.briefs.saidRead')}
            </th>
            <th scope="col" className={styles.sum}>
              {t('visits.briefs.saidFilled')}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.people.map((person) => (
            <tr key={person.staffId}>
              <th scope="row">{person.staff}</th>
              <td className={styles.sum}>{formats.number(person.visits)}</td>
              <td className={styles.sum}>{formats.number(person.briefed)}</td>
              <td>
                <span className={styles.share}>
                  <span
                    className={styles.shareBar}
                    aria-hidden
                    style={{ inlineSize: `${person.visits === 0 ? 0 : (person.briefed / person.visits) * 100}%` }}
                  />
                </span>
                {share(person.briefed, person.visits)}
              </td>
              <td className={styles.sum}>{formats.number(person.saidRead)}</td>
              <td className={styles.sum}>{formats.number(person.saidFilled)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
