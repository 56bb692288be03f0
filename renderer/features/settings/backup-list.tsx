import { IconPrinter } from '@tabler/icons-react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Section } from '../../ui/frame/page.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import styles from './backup.module.css';

/** The media and the backups that were made, the newest first. */
export function BackupList({ status }: { readonly status: OutputOf<'backups.status'> }) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  if (status.runs.length === 0) return null;
  const places = new Map(status.media.map((medium) => [medium.id, medium.place]));
  return (
    <Section
      title={t('backups.made')}
      note={t('backups.madeNote', { count: status.media.length })}
      tools={
        <Button size="small" icon={IconPrinter} onClick={() => print({ form: 'backupSheet', number: '' })}>
          {t('kit.print.backupSheet')}
        </Button>
      }
    >
      <ul className={styles.media}>
        {status.media.map((medium) => (
          <li key={medium.id} className={styles.medium}>
            <span className={styles.place}>{medium.place}</span>
            <span className={styles.soft}>
              {t('backups.mediumLast', { at: formats.instant(medium.lastAt), count: medium.backups })}
            </span>
            {medium.next && <Tag tone="amber">{t('backups.mediumNext')}</Tag>}
          </li>
        ))}
      </ul>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('backups.at')}</th>
            <th scope="col">{t('backups.extent')}</th>
            <th scope="col">{t('backups.file')}</th>
            <th scope="col" className={styles.number}>
              {t('settings.size')}
            </th>
            <th scope="col">{t('backups.tried')}</th>
          </tr>
        </thead>
        <tbody>
          {status.runs.map((run) => (
            <tr key={run.sha256}>
              <td>{formats.instant(run.at)}</td>
              <td>{t(`backups.extent.${run.extent}`)}</td>
              <td className={styles.file} title={places.get(run.medium) ?? ''}>
                {run.file}
              </td>
              <td className={styles.number}>{formats.bytes(run.bytes)}</td>
              <td>{run.triedAt === null ? '—' : formats.instant(run.triedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
