import { Checkbox } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import pageStyles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import styles from './audit.module.css';
import { Checkpoint } from './checkpoint.tsx';
import { Fixity } from './fixity.tsx';

/** Is everything still as it was written? Chain, database and, if asked, every sealed file (4g). */
export function VerifyArchive() {
  const { t, has } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const lastVerified = useArchiveQuery('desk.overview', {}).data?.lastVerified;
  const [deep, setDeep] = useState(false);
  const [result, setResult] = useState<OutputOf<'audit.verify'> | null>(null);
  const verify = useArchiveJob('audit.verify', 'audit.verifyJob');
  const run = async () => {
    setResult(null);
    setResult(await verify.run({ deep }));
  };
  return (
    <div className={pageStyles.narrow}>
      <Section
        title={t('audit.verify')}
        note={lastVerified ? t('audit.lastVerified', { at: formats.instant(lastVerified) }) : t('audit.neverVerified')}
      >
        <div className={pageStyles.form}>
          <p className={pageStyles.lead}>{t('audit.verifyText')}</p>
          {verify.job !== null ? (
            <JobProgress job={verify.job} onBackground={() => go({ screen: 'today' })} />
          ) : (
            <>
              <Checkbox
                label={t('audit.deep')}
                description={t('audit.deepHelp')}
                checked={deep}
                onChange={(event) => setDeep(event.currentTarget.checked)}
              />
              <ErrorNote error={verify.error} />
              <div className={pageStyles.tabs}>
                <Button kind="primary" onClick={() => void run().catch(() => undefined)}>
                  {t('audit.verifyNow')}
                </Button>
              </div>
            </>
          )}
        </div>
      </Section>
      {result !== null && (
        <Section title={t(result.ok ? 'audit.allGood' : 'audit.notGood')}>
          <ul className={styles.checks}>
            {result.checks.map((check) => (
              <li key={check.name} className={styles.check}>
                {check.ok ? (
                  <IconCheck size={16} className={styles.good} aria-label={t('audit.good')} />
                ) : (
                  <IconX size={16} className={styles.bad} aria-label={t('audit.bad')} />
                )}
                <span>{has(`audit.check.${check.name}`) ? t(`audit.check.${check.name}`) : check.name}</span>
                <span className={styles.soft}>{check.detail}</span>
              </li>
            ))}
          </ul>
          <dl className={pageStyles.facts}>
            <dt>{t('audit.entries')}</dt>
            <dd>{formats.number(result.audit.entries)}</dd>
            <dt>{t('audit.head')}</dt>
            <dd className={pageStyles.mono}>{result.audit.head}</dd>
            {result.audit.firstBad !== null && (
              <>
                <dt className={styles.bad}>{t('audit.firstBad')}</dt>
                <dd>{t('audit.firstBadText', { seq: result.audit.firstBad.seq, kind: result.audit.firstBad.kind })}</dd>
              </>
            )}
          </dl>
        </Section>
      )}
      <Fixity />
      <Checkpoint />
    </div>
  );
}
