import { useArchiveQuery } from '../gateway/use-archive.ts';
import { useSessionEnding } from '../gateway/use-session-ending.ts';
import { useText } from '../i18n/use-text.ts';
import { useDialogs } from '../state/dialogs.ts';
import { useNavigate } from '../state/navigation.ts';
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
      <UrgentReports />
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

/** Urgent reports stay on top of every screen until somebody named has acknowledged them (V3). */
function UrgentReports() {
  const { t } = useText();
  const role = useSession((state) => state.session?.user?.role);
  const { go } = useNavigate();
  const waiting = useArchiveQuery(
    'information.list',
    { kind: 'urgent', state: 'waiting', limit: 1 },
    { enabled: role === 'keeper' || role === 'supervisor' },
  ).data;
  const [first] = waiting?.reports ?? [];
  if (waiting === undefined || first === undefined) return null;
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
