/** R37: how far the wall clock may fall behind the highest time ever seen, and how far it may run ahead of the monotonic clock. */
export const BACKWARD_LIMIT_MS = 120_000;
export const FORWARD_LIMIT_MS = 24 * 3_600_000;

export interface ClockReadings {
  readonly now: Date;
  /** Highest time ever seen, from log and anchors (§9); undefined for a new archive. */
  readonly highWater: string | undefined;
  /** Wall clock when the program started, and milliseconds on the monotonic clock since then. */
  readonly startedAt: Date;
  readonly upMs: number;
}

/**
 * Is the clock to be doubted? `back`: it stands more than 120 s below a time already seen · `forward`: while the program ran it moved more than
 * 24 h further than time did. A jump between two runs cannot be told from the desk having been off.
 */
export function clockDoubt({ now, highWater, startedAt, upMs }: ClockReadings): 'back' | 'forward' | undefined {
  if (highWater !== undefined && Date.parse(highWater) - now.getTime() > BACKWARD_LIMIT_MS) return 'back';
  if (now.getTime() - startedAt.getTime() - upMs > FORWARD_LIMIT_MS) return 'forward';
  return undefined;
}
