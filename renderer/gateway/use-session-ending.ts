import { useEffect, useState } from 'react';
import { onArchiveEvent } from './events.ts';

const SIGNS = ['pointerdown', 'pointermove', 'keydown'] as const;

/** Seconds until idleness ends the session, from the archive's warning until somebody moves; null while nothing is near. */
export function useSessionEnding(): number | null {
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null);
  useEffect(() => {
    const stop = onArchiveEvent((event) => {
      if (event.type === 'sessionEnding') setSecondsLeft(event.secondsLeft);
    });
    const calm = () => setSecondsLeft(null);
    for (const sign of SIGNS) window.addEventListener(sign, calm);
    return () => {
      stop();
      for (const sign of SIGNS) window.removeEventListener(sign, calm);
    };
  }, []);
  return secondsLeft;
}
