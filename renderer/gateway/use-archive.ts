import { keepPreviousData, type UseMutationResult, type UseQueryResult, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { InputOf, OperationName, OutputOf } from '../../shared/contract/contract.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { type JobView, useJobs } from '../state/jobs.ts';
import { archive } from './archive.ts';
import { queryClient } from './query-client.ts';
import { useObserved } from './use-observed.ts';

export interface ArchiveQueryOptions {
  /** False: not asked yet. */
  readonly enabled?: boolean;
  /** Show the former answer while the next one is fetched (lists while typing). */
  readonly keepPrevious?: boolean;
  /** Milliseconds after which an answer may be asked for again on mounting; default: never, change events decide. */
  readonly staleTime?: number;
}

/** The key under which an answer is cached: the name first, so that change events find it. */
export function archiveQueryKey<N extends OperationName>(name: N, input: InputOf<N>): readonly [N, InputOf<N>] {
  return [name, input];
}

/** Asks the archive and follows its changes. */
export function useArchiveQuery<N extends OperationName>(
  name: N,
  input: InputOf<N>,
  options: ArchiveQueryOptions = {},
): UseQueryResult<OutputOf<N>, AppError> {
  return useObserved<OutputOf<N>>({
    queryKey: archiveQueryKey(name, input),
    queryFn: () => archive.call(name, input),
    ...(options.enabled === undefined ? {} : { enabled: options.enabled }),
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
  });
}

/** Asks now for what will be drawn only behind another answer: the questions go out together, not one after the other. */
export function askAhead<N extends OperationName>(name: N, input: InputOf<N>): void {
  void queryClient.prefetchQuery({ queryKey: archiveQueryKey(name, input), queryFn: () => archive.call(name, input) });
}

/** An answer that may have to be worked out first. */
export type LongQuery<N extends OperationName> = UseQueryResult<OutputOf<N>, AppError> & {
  /** What is to be shown meanwhile, with cancel; null until the archive says that it takes long. */
  readonly job: JobView | null;
};

/**
 * Like `useArchiveQuery`, for such an answer. `titleKey` names the work; it goes on in the status line when its screen is left.
 */
export function useLongArchiveQuery<N extends OperationName>(
  name: N,
  input: InputOf<N>,
  titleKey: string,
  options: Pick<ArchiveQueryOptions, 'enabled' | 'keepPrevious'> = {},
): LongQuery<N> {
  const [callId, setCallId] = useState<string | null>(null);
  const job = useJobs((state) => (callId === null ? null : (state.jobs[callId] ?? null)));
  const query = useObserved<OutputOf<N>>({
    queryKey: archiveQueryKey(name, input),
    queryFn: async () => {
      const { begin, report, end } = useJobs.getState();
      let told = false;
      const running = archive.callWithProgress(name, input, (progress) => {
        if (!told) begin({ id: running.callId, titleKey, cancel: running.cancel });
        told = true;
        setCallId(running.callId);
        report(running.callId, progress);
      });
      try {
        return await running.result;
      } finally {
        end(running.callId);
      }
    },
    ...(options.enabled === undefined ? {} : { enabled: options.enabled }),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
  });
  return { ...query, job };
}

/** A command as a mutation: `mutateAsync(input)`; errors are `AppError`. What became stale follows from change events. */
export function useArchiveCommand<N extends OperationName>(
  name: N,
): UseMutationResult<OutputOf<N>, AppError, InputOf<N>> {
  return useMutation<OutputOf<N>, AppError, InputOf<N>>({
    mutationKey: [name],
    mutationFn: (input) => archive.call(name, input),
  });
}
