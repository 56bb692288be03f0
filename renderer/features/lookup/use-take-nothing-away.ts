import { useEffect } from 'react';

const TAKING = ['copy', 'cut', 'contextmenu', 'dragstart', 'drop'] as const;
const TAKING_KEYS = new Set(['a', 'c', 'p', 's', 'x']);

/** While it is mounted nothing can be copied, dragged, saved or printed from the window (L2). Typing in fields stays free. */
export function useTakeNothingAway(): void {
  useEffect(() => {
    const refuse = (event: Event) => event.preventDefault();
    const refuseKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && TAKING_KEYS.has(event.key.toLowerCase())) event.preventDefault();
      if (event.key === 'PrintScreen') event.preventDefault();
    };
    for (const type of TAKING) document.addEventListener(type, refuse, { capture: true });
    document.addEventListener('keydown', refuseKey, { capture: true });
    document.documentElement.dataset.room = 'lookup';
    return () => {
      for (const type of TAKING) document.removeEventListener(type, refuse, { capture: true });
      document.removeEventListener('keydown', refuseKey, { capture: true });
      delete document.documentElement.dataset.room;
    };
  }, []);
}
