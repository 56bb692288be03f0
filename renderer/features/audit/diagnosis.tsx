import { copyText } from '../../gateway/copying.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useRecentErrors } from '../../state/recent-errors.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import styles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';

/** How the program is: what a technician asks for, and nothing from any record (feature 160). */
export function Diagnosis() {
  const { t } = useText();
  const formats = useFormats();
  const host = useArchiveQuery('host.info', {}).data;
  const overview = useArchiveQuery('desk.overview', {}).data;
  const session = useArchiveQuery('session.current', {}).data;
  const errors = useRecentErrors((state) => state.errors);
  const facts: readonly (readonly [string, string])[] = [
    ['diagnosis.version', host?.version ?? ''],
    ['diagnosis.host', host?.host ?? ''],
    ['diagnosis.browser', navigator.userAgent],
    ['diagnosis.language', host?.locale ?? ''],
    ['diagnosis.dataFolder', host?.dataFolder ?? ''],
    ['diagnosis.archiveFolder', session?.archive?.directory ?? ''],
    ['diagnosis.archiveId', session?.archive?.vaultId ?? ''],
    ['diagnosis.logEntries', String(overview?.audit.entries ?? '')],
    ['diagnosis.logHead', overview?.audit.head ?? ''],
    ['diagnosis.unanchored', String(overview?.audit.unanchored ?? '')],
    ['diagnosis.lastBackup', overview?.lastBackup ?? ''],
    ['diagnosis.lastVerified', overview?.lastVerified ?? ''],
  ];
  const asText = () =>
    [
      ...facts.map(([label, value]) => `${t(label)}: ${value}`),
      '',
      ...errors.map((error) => `${new Date(error.at).toISOString()} ${error.operation} ${error.code}`),
    ].join('\n');
  return (
    <div className={styles.narrow}>
      <Section
        title={t('diagnosis.title')}
        note={t('diagnosis.note')}
        tools={
          <Button size="small" onClick={() => void copyText(asText()).then(() => toast(t('kit.copied')))}>
            {t('kit.copy')}
          </Button>
        }
      >
        <dl className={styles.facts}>
          {facts.map(([label, value]) => (
            <div key={label} style={{ display: 'contents' }}>
              <dt>{t(label)}</dt>
              <dd>{value === '' ? '—' : value}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title={t('diagnosis.errors')}>
        {errors.length === 0 ? (
          <p className={styles.lead}>{t('diagnosis.noErrors')}</p>
        ) : (
          <dl className={styles.facts}>
            {errors.map((error) => (
              <div key={`${error.at} ${error.operation}`} style={{ display: 'contents' }}>
                <dt>{formats.instant(new Date(error.at).toISOString())}</dt>
                <dd>
                  {t(`error.${error.code}`)} <span className={styles.mono}>{error.operation}</span>
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Section>
    </div>
  );
}
