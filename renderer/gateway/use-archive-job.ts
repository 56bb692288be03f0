import { useCallback, useEffect, useRef, useState } from 'react';
import type { InputOf, OperationName, OutputOf } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type JobView, useJobs } from '../state/jobs.ts';
import { archive } from './archive.ts';

export interface ArchiveJob<N extends OperationName> {
  /** Starts the work; rejects with `AppError`. `titleKey` names it in the status line when it goes to the background. */
  run(input: InputOf<N>): Promise<OutputOf<N>>;
  cancel(): void;
  /** What is to be shown while it runs, else null. */
  readonly job: JobView | null;
  readonly error: AppError | null;
  clearError(): void;
}

/** Long work with phase, count, time left and cancel. The job lives on in the status line when its screen is left. */
export function useArchiveJob<N extends OperationName>(name: N, titleKey: string): ArchiveJob<N> {
  const [callId, setCallId] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const mounted = useRef(true);
  const job = useJobs((state) => (callId === null ? null : (state.jobs[callId] ?? null)));

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const run = useCallback(
    async (input: InputOf<N>): Promise<OutputOf<N>> => {
      setError(null);
      const { begin, report, end } = useJobs.getState();
      let id = '';
      const running = archive.callWithProgress(name, input, (progress) => report(id, progress));
      id = running.callId;
      begin({ id, titleKey, cancel: running.cancel });
      setCallId(id);
      try {
        return await running.result;
      } catch (thrown) {
        const appError = AppError.from(thrown);
        if (mounted.current && appError.code !== 'CANCELLED') setError(appError);
        throw appError;
      } finally {
        end(id);
        if (mounted.current) setCallId(null);
      }
    },
    [name, titleKey],
  );

  const cancel = useCallback(() => {
    if (callId !== null) useJobs.getState().jobs[callId]?.cancel();
  }, [callId]);
  return { run, cancel, job, error, clearError: useCallback(() => setError(null), []) };
}
