/** So long nobody has pressed, typed or scrolled: the next thing is not done within a second, and a stop of 50 ms is seen by nobody. */
const QUIET_MS = 1_000;

type Collect = (how: { readonly type: 'major'; readonly execution: 'async' }) => Promise<void>;

/**
 * Has the browser free what is no longer used whenever somebody has worked and rests: of a list that was scrolled or a card that was left remain
 * a hundred megabytes of layout, for which it sees no reason of its own. The host starts it with the permission (`WINDOW_SCRIPT_OPTIONS`);
 * without it nothing is done.
 */
export function freeWhileQuiet(): void {
  const { gc: collect } = globalThis as { readonly gc?: Collect };
  if (collect === undefined) return;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const worked = (): void => {
    clearTimeout(resting);
    resting = setTimeout(
      () => requestIdleCallback(() => void collect({ type: 'major', execution: 'async' })),
      QUIET_MS,
    );
  };
  for (const type of ['pointerdown', 'keydown', 'wheel'])
    addEventListener(type, worked, { capture: true, passive: true });
}
