import { useArchiveQuery } from '../gateway/use-archive.ts';
import { useFormats } from '../i18n/format.ts';
import { useText } from '../i18n/use-text.ts';
import { useNavigate, usePlace } from '../state/navigation.ts';
import { useSession } from '../state/session.ts';
import styles from './desk-frame.module.css';
import { SCREENS } from './screens.ts';

const ICON_SIZE = 18;

/** The left rail: where one can go, with a number only where something waits. */
export function Rail() {
  const { t } = useText();
  const formats = useFormats();
  const place = usePlace();
  const session = useSession((state) => state.session);
  const { goToScreen } = useNavigate();
  const overview = useArchiveQuery('desk.overview', {}).data;
  return (
    <nav className={styles.rail} aria-label={t('app.rail')}>
      <div className={styles.archive}>
        <span className={styles.archiveName} title={session?.archive?.name}>
          {session?.archive?.name}
        </span>
        {session?.archive?.practice === true && <span className={styles.practiceMark}>{t('app.practiceNote')}</span>}
      </div>
      <ul className={styles.railList}>
        {SCREENS.filter((screen) => screen.inRail).map((screen) => {
          const waiting = overview?.waiting.find((one) => one.screen === screen.id);
          const Shape = screen.icon;
          return (
            <li key={screen.id} className={screen.startsGroup ? styles.railGroup : undefined}>
              <button
                type="button"
                data-screen={screen.id}
                className={styles.railItem}
                aria-current={place.screen === screen.id ? 'page' : undefined}
                onClick={() => goToScreen(screen.id)}
              >
                <Shape size={ICON_SIZE} stroke={1.5} aria-hidden />
                <span className={styles.railLabel}>{t(screen.labelKey)}</span>
                {waiting !== undefined && (
                  <span className={`${styles.count} ${styles.urgent}`}>
                    <span className="visually-hidden">{t('app.waiting')} </span>
                    {formats.number(waiting.count)}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
