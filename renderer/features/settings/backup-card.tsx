import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { CardFromBackup } from '../../ui/backups/card-from-backup.tsx';
import styles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';

/** One card taken out of a backup, without restoring the rest (R49). A damaged paper is put back where fixity found it. */
export function BackupCard() {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title={t('backups.card')}>
      <div className={styles.form}>
        <p className={styles.lead}>{t('backups.cardText')}</p>
        <div className={styles.tabs}>
          <Button onClick={() => setOpen(true)}>{t('backups.cardOpen')}</Button>
        </div>
      </div>
      {isOpen && <CardFromBackup onClose={() => setOpen(false)} />}
    </Section>
  );
}
