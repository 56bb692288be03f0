/** Time, passed in everywhere. Wall clock in milliseconds UTC; monotonic in milliseconds since the program started. */
export interface Clock {
  now(): Date;
  monotonicMs(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => Math.round(performance.now()),
};
