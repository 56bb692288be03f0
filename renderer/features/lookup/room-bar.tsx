import { IconDoorExit } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useSessionEnding } from '../../gateway/use-session-ending.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import styles from './room.module.css';

/** Seconds before the end at which the room says so, in words. */
const WARNINGS = [120, 30] as const;

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
  const idle = useSessionEnding();
  const lookup = session?.lookup;
  const user = session?.user;
  const granted = useGranted(lookup?.startedAt, lookup?.expiresAt);
  if (lookup === null || lookup === undefined || user === null || user === undefined) return null;
  const hurry = secondsLeft <= WARNINGS[0];
  const warned = WARNINGS.findLast((seconds) => secondsLeft <= seconds);
  return (
    <>
      <header className={styles.bar}>
        <div className={styles.who}>
          <strong>{user.displayName}</strong>
          <span>{t(`role.${user.role}`)}</span>
        </div>
        <div className={styles.purpose}>
          <span className={styles.label}>{t('lookup.purpose')}</span>
          <span className={styles.purposeText} title={lookup.purpose}>
            {lookup.purpose}
          </span>
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
          <div className={styles.clock}>
            <dt>{t('lookup.timeLeft')}</dt>
            <dd className={hurry ? styles.hurry : undefined}>
              <span role="timer">{formats.duration(secondsLeft)}</span>
            </dd>
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
      <div className={styles.sand} aria-hidden>
        <div
          className={hurry ? styles.sandHurry : styles.sandLeft}
          style={{ inlineSize: `${Math.min(100, (secondsLeft / granted) * 100)}%` }}
        />
      </div>
      {idle !== null && secondsLeft > idle ? (
        <p className={styles.warning} role="alert">
          {t('app.sessionEnding', { seconds: idle })}
        </p>
      ) : (
        warned !== undefined && (
          // Said once at two minutes and once at thirty seconds, not every second.
          <p key={warned} className={styles.warning} role="alert">
            {t('lookup.endsSoon', { time: formats.duration(warned) })}
          </p>
        )
      )}
    </>
  );
}

/** Seconds that were granted, for the line that runs down. */
function useGranted(startedAt: string | undefined, expiresAt: string | undefined): number {
  const granted = useRef(1);
  if (startedAt !== undefined && expiresAt !== undefined)
    granted.current = Math.max(1, (Date.parse(expiresAt) - Date.parse(startedAt)) / 1_000);
  return granted.current;
}
