import { useEffect } from 'react';
import { create } from 'zustand';
import { archive } from './archive.ts';

const TOUCH_EVERY_MS = 5_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'compositionupdate'] as const;

/** `performance.now()` of the last sign of life in this window. */
export const useLastActivity = create<{ readonly at: number }>()(() => ({ at: performance.now() }));

/** Tells the archive at most every five seconds that somebody is here, so that the idle lock waits (R23). */
export function useActivity(): void {
  useEffect(() => {
    let lastTouch = Number.NEGATIVE_INFINITY;
    const onSign = () => {
      const now = performance.now();
      if (now - useLastActivity.getState().at > 1_000) useLastActivity.setState({ at: now });
      if (now - lastTouch < TOUCH_EVERY_MS) return;
      lastTouch = now;
      archive.call('session.touch', {}).catch(() => undefined);
    };
    useLastActivity.setState({ at: performance.now() });
    for (const sign of SIGNS) window.addEventListener(sign, onSign, { passive: true });
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, onSign);
    };
  }, []);
}
