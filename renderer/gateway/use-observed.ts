import {
  type DefaultError,
  notifyManager,
  QueriesObserver,
  type QueryKey,
  QueryObserver,
  type QueryObserverOptions,
  type QueryObserverResult,
  useQueryClient,
} from '@tanstack/react-query';
import { startTransition, useEffect, useMemo, useState } from 'react';

type Options<Data> = QueryObserverOptions<Data, DefaultError, Data, Data, QueryKey>;
type Result<Data> = QueryObserverResult<Data, DefaultError>;

/** What is drawn, and for which question. */
interface Drawn<Shown> {
  readonly asked: string;
  readonly shown: Shown;
}

/**
 * `useQuery` of TanStack Query, but for one thing: there, a new answer is drawn at once and whole (`useSyncExternalStore` knows no
 * transitions), and a long list holds the window up. Here it is a transition: drawn in slices, after what somebody types meanwhile.
 */
export function useObserved<Data>(options: Options<Data>): Result<Data> {
  const client = useQueryClient();
  const defaulted = client.defaultQueryOptions(options);
  defaulted._optimisticResults = 'optimistic';
  const asked = `${defaulted.queryHash} ${defaulted.enabled !== false}`;
  const [observer] = useState(() => {
    const made = new QueryObserver(client, defaulted);
    // Told of in any case: what is drawn is kept here, and a part that is not looked at today is looked at once another answer is in.
    for (const part of ['data', 'error', 'status'] as const) made.trackProp(part);
    return made;
  });
  const fresh = observer.getOptimisticResult(defaulted);
  const [drawn, setDrawn] = useState<Drawn<Result<Data>>>({ asked, shown: fresh });
  useEffect(() => {
    const later = notifyManager.batchCalls(() => {
      const next = { asked: askedOf(observer.options), shown: observer.getCurrentResult() };
      startTransition(() => setDrawn((now) => (now.shown === next.shown && now.asked === next.asked ? now : next)));
    });
    const stop = observer.subscribe(later);
    // What has come between drawing and listening.
    observer.updateResult();
    later();
    return stop;
  }, [observer]);
  useEffect(() => {
    observer.setOptions(defaulted);
  }, [observer, defaulted]);
  return observer.trackResult(drawn.asked === asked ? drawn.shown : fresh);
}

const askedOf = (options: { queryHash?: string | undefined; enabled?: unknown }): string =>
  `${options.queryHash} ${options.enabled !== false}`;

/** `useQueries`, with the same difference. `options` keeps its identity while the questions are the same. */
export function useAllObserved<Data>(options: readonly Options<Data>[]): readonly Result<Data>[] {
  const client = useQueryClient();
  const defaulted = useMemo(
    () =>
      options.map((one) => {
        const whole = client.defaultQueryOptions(one);
        whole._optimisticResults = 'optimistic';
        return whole;
      }),
    [client, options],
  );
  const asked = defaulted.map(askedOf).join('\n');
  const [observer] = useState(() => new QueriesObserver<Result<Data>[]>(client, defaulted as never));
  const [, combined, tracked] = observer.getOptimisticResult(defaulted as never, undefined);
  const [drawn, setDrawn] = useState<Drawn<readonly Result<Data>[]> | null>(null);
  useEffect(() => {
    const later = notifyManager.batchCalls(() =>
      startTransition(() =>
        setDrawn({
          asked: observer
            .getObservers()
            .map(({ options: one }) => askedOf(one))
            .join('\n'),
          shown: observer.getCurrentResult() as readonly Result<Data>[],
        }),
      ),
    );
    const stop = observer.subscribe(later);
    later();
    return stop;
  }, [observer]);
  useEffect(() => {
    observer.setQueries(defaulted as never);
  }, [observer, defaulted]);
  const fresh = combined(tracked());
  return drawn !== null && drawn.asked === asked ? drawn.shown : fresh;
}
