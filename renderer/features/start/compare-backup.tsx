import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import styles from './compare-backup.module.css';

/** What the backup has against what is there: counts, last entries, and what going back would lose (R56). */
export function CompareBackup({ found }: { readonly found: OutputOf<'backups.compare'> }) {
  const { t, has } = useText();
  const formats = useFormats();
  const { backup, present, lost } = found;
  const rows = [
    ...backup.counts.map(({ key, count }) => ({
      key,
      backup: count,
      present: present?.counts.find((one) => one.key === key)?.count ?? null,
    })),
    { key: 'log', backup: backup.logSize, present: present?.logSize ?? null },
  ];
  const entry = (one: (typeof backup.lastEntries)[number] | undefined) =>
    one === undefined
      ? '—'
      : `${formats.instant(one.at)} ${has(`audit.type.${one.type}`) ? t(`audit.type.${one.type}`) : one.type} ${one.object}`;
  const risky = ['older', 'forked', 'otherArchive'].includes(found.standing);
  return (
    <div className={styles.compare}>
      <p className={risky ? styles.risky : styles.fine} role="status">
        {t(`backups.standing.${found.standing}`)}
      </p>
      {lost.entries > 0 && (
        <p className={styles.risky}>
          {t('backups.lost', {
            entries: formats.number(lost.entries),
            from: lost.from === null ? '' : formats.instant(lost.from),
            to: lost.to === null ? '' : formats.instant(lost.to),
          })}
        </p>
      )}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" aria-label={t('backups.what')} />
            <th scope="col">{t('backups.inBackup')}</th>
            <th scope="col">{t('backups.present')}</th>
            <th scope="col">{t('backups.difference')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('backups.at')}</th>
            <td>{formats.instant(found.made)}</td>
            <td>{present?.lastAt == null ? '—' : formats.instant(present.lastAt)}</td>
            <td />
          </tr>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{t(`backups.count.${row.key}`)}</th>
              <td>{formats.number(row.backup)}</td>
              <td>{row.present === null ? '—' : formats.number(row.present)}</td>
              <td className={row.present !== null && row.backup < row.present ? styles.risky : undefined}>
                {row.present === null || row.backup === row.present
                  ? ''
                  : `${row.backup > row.present ? '+' : '−'}${formats.number(Math.abs(row.backup - row.present))}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 className={styles.head}>{t('backups.lastEntries')}</h3>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('backups.inBackup')}</th>
            <th scope="col">{t('backups.present')}</th>
          </tr>
        </thead>
        <tbody>
          {backup.lastEntries.map((one, index) => (
            <tr key={one.seq}>
              <td>{entry(one)}</td>
              <td>{entry(present?.lastEntries[index])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
