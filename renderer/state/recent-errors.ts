import { createSessionStore } from './reset-registry.ts';

/** A call that failed in this window: which and why, never with what. */
export interface RecentError {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly operation: string;
  readonly code: string;
}

interface RecentErrors {
  readonly errors: readonly RecentError[];
  add(error: RecentError): void;
}

const KEPT = 50;

/** For the diagnosis view (feature 160). */
export const useRecentErrors = createSessionStore<RecentErrors>((set) => ({
  errors: [],
  add: (error) => set(({ errors }) => ({ errors: [error, ...errors].slice(0, KEPT) })),
}));
