import { useSessionEnding } from '../gateway/use-session-ending.ts';
import { useText } from '../i18n/use-text.ts';
import { useDialogs } from '../state/dialogs.ts';
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
