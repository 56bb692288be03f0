import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { useNewestBackup } from '../../ui/backups/newest-backup.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { RecoveryKeyField } from '../../ui/form/recovery-key-field.tsx';
import pageStyles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import styles from './audit.module.css';

type Damage = OutputOf<'fixity.status'>['damages'][number];

/** Everything read again, what is damaged, and how it is put right (R49). */
export function Fixity() {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const role = useActingRole();
  const status = useArchiveQuery('fixity.status', {}).data;
  const check = useArchiveJob('fixity.run', 'fixity.job');
  const [sound, setSound] = useState<number | null>(null);
  const [restoring, setRestoring] = useState<Damage | null>(null);
  const [accepting, setAccepting] = useState<Damage | null>(null);
  const mayRun = role === 'keeper' || role === 'supervisor';
  const run = async (restart: boolean) => {
    setSound(null);
    const { done, round, found } = await check.run({ restart });
    if (done && found.length === 0) setSound(round.files);
  };
  const note =
    status === undefined
      ? undefined
      : status.last?.endedAt
        ? t('fixity.last', { at: formats.instant(status.last.endedAt), day: formats.day(status.dueOn) })
        : t('fixity.never', { day: formats.day(status.dueOn) });
  return (
    <Section title={t('fixity.title')} note={note}>
      <div className={pageStyles.form}>
        <p className={pageStyles.lead}>{t('fixity.text')}</p>
        {check.job !== null ? (
          <JobProgress job={check.job} onBackground={() => go({ screen: 'today' })} />
        ) : (
          mayRun && (
            <>
              {status?.running != null && (
                <p className={styles.soft}>
                  {t('fixity.running', {
                    files: formats.number(status.running.files),
                    total: formats.number(status.total.files),
                  })}
                </p>
              )}
              <ErrorNote error={check.error} />
              <div className={pageStyles.tabs}>
                <Button onClick={() => void run(false).catch(() => undefined)}>
                  {t(status?.running == null ? 'fixity.now' : 'fixity.goOn')}
                </Button>
                {status?.running != null && (
                  <Button kind="quiet" onClick={() => void run(true).catch(() => undefined)}>
                    {t('fixity.restart')}
                  </Button>
                )}
              </div>
            </>
          )
        )}
        {sound !== null && (
          <p role="status">
            <IconCheck size={16} className={styles.good} aria-hidden />{' '}
            {t('fixity.sound', { files: formats.number(sound) })}
          </p>
        )}
      </div>
      {status !== undefined && status.damages.length > 0 && (
        <>
          <h3 className={styles.damageHead}>{t('fixity.damages', { count: status.damages.length })}</h3>
          <p className={pageStyles.lead}>{t('fixity.readOnly')}</p>
          <ul className={styles.checks}>
            {status.damages.map((damage) => (
              <li key={damage.id} className={styles.damage}>
                <IconAlertTriangle size={16} className={styles.bad} aria-hidden />
                <span>
                  <strong>{damage.subject}</strong> {damage.customer} {damage.name}
                  <br />
                  <span className={styles.soft}>
                    {t(`fixity.kind.${damage.kind}`)} · {t('fixity.foundAt', { at: formats.instant(damage.foundAt) })}
                    {damage.detail !== '' && ` · ${damage.detail}`}
                  </span>
                </span>
                {mayRun && damage.single ? (
                  <span className={pageStyles.tabs}>
                    <Button size="small" kind="primary" onClick={() => setRestoring(damage)}>
                      {t('fixity.restore')}
                    </Button>
                    <Button size="small" kind="quiet" onClick={() => setAccepting(damage)}>
                      {t('fixity.accept')}
                    </Button>
                  </span>
                ) : (
                  <span className={styles.soft}>{t('hint.restoreWhole')}</span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {status !== undefined && status.settled.length > 0 && (
        <details className={styles.settled}>
          <summary>{t('fixity.settled')}</summary>
          <ul className={styles.checks}>
            {status.settled.map((damage) => (
              <li key={damage.id} className={styles.soft}>
                {damage.subject} · {t(`fixity.settled.${damage.settled}`)} · {damage.settledBy}
                {damage.settledAt !== null && ` · ${formats.instant(damage.settledAt)}`}
                {damage.reason !== '' && ` · ${damage.reason}`}
              </li>
            ))}
          </ul>
        </details>
      )}
      {restoring !== null && <RestoreOne damage={restoring} onClose={() => setRestoring(null)} />}
      {accepting !== null && <AcceptOne damage={accepting} onClose={() => setAccepting(null)} />}
    </Section>
  );
}

function RestoreOne({ damage, onClose }: { readonly damage: Damage; readonly onClose: () => void }) {
  const { t } = useText();
  const proposed = useNewestBackup();
  const [file, setFile] = useState<string | null>(null);
  const [recoveryKey, setRecoveryKey] = useState('');
  const restore = useArchiveJob('fixity.restoreFile', 'fixity.restoreJob');
  const path = file ?? proposed;
  const run = async () => {
    const { restored } = await restore.run({ id: damage.id, file: path, recoveryKey: recoveryKey.trim() });
    setRecoveryKey('');
    toast(t('fixity.restored', { subject: restored.subject }));
    onClose();
  };
  return (
    <Dialog title={`${t('fixity.restore')} · ${damage.subject}`} onClose={onClose} mayClose={restore.job === null}>
      {restore.job !== null ? (
        <JobProgress job={restore.job} />
      ) : (
        <form
          noValidate
          className={pageStyles.form}
          onSubmit={(event) => {
            event.preventDefault();
            void run().catch(() => undefined);
          }}
        >
          <p className={pageStyles.lead}>{t('fixity.restoreText')}</p>
          <PathField kind="file" label={t('start.backupFile')} value={path} onChange={setFile} />
          <RecoveryKeyField value={recoveryKey} onChange={setRecoveryKey} />
          <ErrorNote error={restore.error} showFields />
          <div className={pageStyles.tabs}>
            <Button type="submit" kind="primary" disabled={path.trim() === '' || recoveryKey.trim() === ''}>
              {t('fixity.restoreNow')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function AcceptOne({ damage, onClose }: { readonly damage: Damage; readonly onClose: () => void }) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const accept = useArchiveCommand('fixity.accept');
  return (
    <Dialog title={`${t('fixity.accept')} · ${damage.subject}`} onClose={onClose}>
      <form
        noValidate
        className={pageStyles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void accept.mutateAsync({ id: damage.id, reason }).then(onClose, () => undefined);
        }}
      >
        <p className={pageStyles.lead}>{t('fixity.acceptText')}</p>
        <ReasonField value={reason} onChange={setReason} autoFocus />
        <ErrorNote error={accept.error} showFields />
        <div className={pageStyles.tabs}>
          <Button type="submit" kind="primary" disabled={reason.trim().length < 4} busy={accept.isPending}>
            {t('fixity.acceptNow')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
