import { startTransition, useEffect, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** What is being drawn behind the screen in sight, by its turn. */
const behind = new Map<number, () => void>();
let lastTurn = 0;
let tellTurn: ((turn: number) => void) | undefined;

/**
 * Draws a change in slices behind what is in sight, which stays usable until the other is ready. A key pressed meanwhile belongs to what was
 * asked for, so it first brings that in sight: `update` may run a second time, and must then set the same states to the same values.
 */
export function drawBehind(update: () => void): void {
  lastTurn += 1;
  const turn = lastTurn;
  if (tellTurn !== undefined) behind.set(turn, update);
  startTransition(() => {
    update();
    tellTurn?.(turn);
  });
}

/** Brings in sight what is being drawn behind. */
function bringInSight(event: KeyboardEvent): void {
  // A key held down moves on from row to row: each would hold the window up for a whole screen.
  if (behind.size === 0 || event.repeat) return;
  const updates = [...behind.values()];
  behind.clear();
  flushSync(() => {
    for (const update of updates) update();
  });
}

/** Once in the application: learns when a change that was drawn behind is in sight, since that is drawn in the same turn. */
export function DrawnBehind() {
  const [turn, setTurn] = useState(0);
  useLayoutEffect(() => {
    for (const drawn of behind.keys()) if (drawn <= turn) behind.delete(drawn);
  }, [turn]);
  useEffect(() => {
    tellTurn = setTurn;
    window.addEventListener('keydown', bringInSight, { capture: true });
    return () => {
      tellTurn = undefined;
      behind.clear();
      window.removeEventListener('keydown', bringInSight, { capture: true });
    };
  }, []);
  return null;
}
