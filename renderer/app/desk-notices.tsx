import { useArchiveCommand, useArchiveQuery } from '../gateway/use-archive.ts';
import { useSessionEnding } from '../gateway/use-session-ending.ts';
import { useFormats } from '../i18n/format.ts';
import { useText } from '../i18n/use-text.ts';
import { useDialogs } from '../state/dialogs.ts';
import { useNavigate, usePlace } from '../state/navigation.ts';
import { useSession } from '../state/session.ts';
import { Button } from '../ui/actions/button.tsx';
import styles from './desk-frame.module.css';

/** Above everything: the stripe of a practice archive, and what must not be overlooked. */
export function DeskNotices() {
  const { t } = useText();
  const session = useSession((state) => state.session);
  const open = useDialogs((state) => state.open);
  const secondsLeft = useSessionEnding();
  return (
    <div className={styles.notices}>
      {session?.archive?.practice === true && <div className={styles.practiceStripe} aria-hidden />}
      {secondsLeft !== null && (
        <div className={styles.notice} role="alert">
          {t('app.sessionEnding', { seconds: secondsLeft })}
        </div>
      )}
      {session?.logDoubt && (
        <div className={styles.notice} role="alert">
          {t(`logDoubt.${session.logDoubt.kind}`, { ...session.logDoubt })}
        </div>
      )}
      {session?.lookingInto && <LookNotice made={session.lookingInto.made} />}
      {session !== null && session.damaged > 0 && <DamageNotice count={session.damaged} />}
      {session?.archive?.practice === false && <BackupNotice />}
      {!session?.lookingInto && <UrgentReports />}
      {session?.recoveryKeyUnconfirmed === true && session.user?.role === 'keeper' && (
        <div className={styles.notice}>
          <span>{t('app.recoveryUnconfirmed')}</span>
          <Button size="small" onClick={() => open('confirmRecoveryKey')}>
            {t('app.recoveryConfirm')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** While something is damaged nothing can be changed: everybody sees why, and where it is put right (R49). */
function DamageNotice({ count }: { readonly count: number }) {
  const { t } = useText();
  const { go } = useNavigate();
  return (
    <div className={styles.notice} role="alert">
      <span>{t('fixity.notice', { count })}</span>
      <Button size="small" onClick={() => go({ screen: 'audit', tab: 'verify' })}>
        {t('fixity.show')}
      </Button>
    </div>
  );
}

/** What is on the screen is a backup's: said on every screen, with the way back. */
function LookNotice({ made }: { readonly made: string }) {
  const { t } = useText();
  const formats = useFormats();
  const close = useArchiveCommand('backups.closeLook');
  return (
    <div className={styles.notice} role="status">
      <span>{t('backups.lookNotice', { made: formats.instant(made) })}</span>
      <Button size="small" onClick={() => close.mutate({})}>
        {t('backups.lookClose')}
      </Button>
    </div>
  );
}

/** R59: a day of work without a backup shows, and a week shows louder. */
function BackupNotice() {
  const { t } = useText();
  const { go } = useNavigate();
  const role = useSession((state) => state.session?.user?.role);
  const kind = useSession((state) => state.session?.kind);
  const status = useArchiveQuery(
    'backups.status',
    { limit: 1 },
    { enabled: kind === 'desk' && (role === 'keeper' || role === 'supervisor') },
  ).data;
  if (status === undefined || status.alarm === 'none') return null;
  return (
    <div className={styles.notice} role={status.alarm === 'week' ? 'alert' : 'status'}>
      <span>{t(`backups.alarm.${status.alarm}`)}</span>
      <Button size="small" onClick={() => go({ screen: 'settings', tab: 'backup' })}>
        {t('backups.now')}
      </Button>
    </div>
  );
}

/** Urgent reports stay on top of every screen until somebody named has acknowledged them (V3). */
function UrgentReports() {
  const { t } = useText();
  const role = useSession((state) => state.session?.user?.role);
  const { go } = useNavigate();
  const { screen, tab } = usePlace();
  const waiting = useArchiveQuery(
    'information.list',
    { kind: 'urgent', state: 'waiting', limit: 1 },
    { enabled: role === 'keeper' || role === 'supervisor' },
  ).data;
  const [first] = waiting?.reports ?? [];
  // The first screen has them on top of its list already.
  if (waiting === undefined || first === undefined || (screen === 'today' && tab !== 'calendar')) return null;
  return (
    <div className={styles.notice} role="status">
      <span>
        {t(first.late ? 'app.urgentLate' : 'app.urgentWaiting', {
          count: waiting.total,
          customer: first.customerName,
          subject: t(`option.reportSubject.${first.subject}`),
        })}
      </span>
      <Button
        size="small"
        onClick={() =>
          go({
            screen: 'visits',
            tab: 'information',
            number: first.number,
            params: { state: 'waiting', kind: 'urgent' },
          })
        }
      >
        {t('app.urgentShow')}
      </Button>
    </div>
  );
}
