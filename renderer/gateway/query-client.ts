import { QueryClient } from '@tanstack/react-query';
import type { Area } from '../../shared/contract/messages.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { onArchiveEvent } from './events.ts';
import { dependsOn } from './query-areas.ts';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: AppError;
  }
}

/** Answers of the archive, kept while the session lasts. The archive is on this machine: nothing is retried, change events say what is stale. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: false,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** Asks again, where it is on the screen, for what a change in these areas has made stale. */
export function refreshAnswers(areas: readonly Area[]): void {
  void queryClient.invalidateQueries({ predicate: (query) => dependsOn(String(query.queryKey[0]), areas) });
}

/**
 * Keeps the cache true to the archive; returns the function that ends it. A change of the session waits until it is known
 * who is here now (session-keeper.ts): the desk must not ask in the name of a reader, every refusal is an entry in the log.
 */
export function followChanges(): () => void {
  return onArchiveEvent((event) => {
    if (event.type === 'changed' && !event.areas.includes('session')) refreshAnswers(event.areas);
  });
}

/** Every answer is another one now: a backup was opened to look into it, or closed. */
export function renewAnswers(): void {
  void queryClient.resetQueries();
}

/** Forgets every answer at once: nothing of the archive may stay in the window after a lock (R24). */
export function forgetAnswers(): void {
  void queryClient.cancelQueries();
  queryClient.clear();
}
