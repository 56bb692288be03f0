import { IconDoorExit } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import styles from './room.module.css';

const HURRY_SECONDS = 120;

/** The clock of the room: the time now, and what is left by the window's monotonic clock. At nought the lookup ends. */
function useRoomClock(onEnd: () => void): { readonly now: Date; readonly secondsLeft: number } {
  const lookup = useSession((state) => state.session?.lookup);
  const [clock, setClock] = useState({ now: new Date(), secondsLeft: lookup?.secondsLeft ?? 0 });
  useEffect(() => {
    if (lookup === null || lookup === undefined) return undefined;
    const end = performance.now() + lookup.secondsLeft * 1_000;
    const tick = () => {
      const secondsLeft = Math.max(0, Math.ceil((end - performance.now()) / 1_000));
      setClock({ now: new Date(), secondsLeft });
      if (secondsLeft > 0) return;
      clearInterval(timer);
      onEnd();
    };
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [lookup, onEnd]);
  return clock;
}

/** Always in sight: who, for what, the time, what is left, and the way out. */
export function RoomBar({ onEnd }: { readonly onEnd: () => void }) {
  const { t } = useText();
  const formats = useFormats();
  const session = useSession((state) => state.session);
  const { now, secondsLeft } = useRoomClock(onEnd);
  const lookup = session?.lookup;
  const user = session?.user;
  if (lookup === null || lookup === undefined || user === null || user === undefined) return null;
  return (
    <header className={styles.bar}>
      <div className={styles.who}>
        <strong>{user.displayName}</strong>
        <span>{t(`role.${user.role}`)}</span>
      </div>
      <div className={styles.purpose}>
        <span className={styles.label}>{t('lookup.purpose')}</span>
        {lookup.purpose}
      </div>
      <dl className={styles.left}>
        <div>
          <dt>{t('lookup.recordsLeft')}</dt>
          <dd>{formats.number(lookup.recordsLeft)}</dd>
        </div>
        <div>
          <dt>{t('lookup.searchesLeft')}</dt>
          <dd>{formats.number(lookup.searchesLeft)}</dd>
        </div>
        <div>
          <dt>{t('lookup.timeLeft')}</dt>
          <dd className={secondsLeft < HURRY_SECONDS ? styles.hurry : undefined}>{formats.duration(secondsLeft)}</dd>
        </div>
        <div>
          <dt>{t('lookup.now')}</dt>
          <dd>{formats.time(now)}</dd>
        </div>
      </dl>
      <Button icon={IconDoorExit} keys="mod+l" size="large" onClick={onEnd}>
        {t('lookup.end')}
      </Button>
    </header>
  );
}
