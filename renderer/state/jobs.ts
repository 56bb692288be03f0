import type { Progress } from '../../shared/contract/messages.ts';
import { createSessionStore } from './reset-registry.ts';

/** Long work as the screen shows it. */
export interface JobView {
  readonly id: string;
  /** Message key of what is being done. */
  readonly titleKey: string;
  /** `phase.<name>`; empty before the first report. */
  readonly phase: string;
  readonly done: number;
  /** 0: unknown. */
  readonly total: number;
  /** `performance.now()` when the present phase began. */
  readonly phaseStartedAt: number;
  /** Seconds left by the pace of this phase; null while unknown. */
  readonly secondsLeft: number | null;
  cancel(): void;
}

interface Jobs {
  readonly jobs: Readonly<Record<string, JobView>>;
  begin(job: { id: string; titleKey: string; cancel(): void }): void;
  report(id: string, progress: Progress): void;
  end(id: string): void;
}

const STEADY_AFTER_SECONDS = 1;

/** Seconds left by the pace so far; null while there is too little to go by. */
export function secondsLeft(done: number, total: number, elapsedSeconds: number): number | null {
  if (total <= 0 || done <= 0 || elapsedSeconds < STEADY_AFTER_SECONDS) return null;
  return Math.max(0, Math.ceil((elapsedSeconds / done) * (total - done)));
}

/** Long work under way, shown where it was started and in the status line. */
export const useJobs = createSessionStore<Jobs>((set) => ({
  jobs: {},
  begin: ({ id, titleKey, cancel }) =>
    set(({ jobs }) => ({
      jobs: {
        ...jobs,
        [id]: {
          id,
          titleKey,
          phase: '',
          done: 0,
          total: 0,
          phaseStartedAt: performance.now(),
          secondsLeft: null,
          cancel,
        },
      },
    })),
  report: (id, progress) =>
    set(({ jobs }) => {
      const job = jobs[id];
      if (job === undefined) return {};
      const now = performance.now();
      const phaseStartedAt = job.phase === progress.phase ? job.phaseStartedAt : now;
      const left = secondsLeft(progress.done, progress.total, (now - phaseStartedAt) / 1000);
      return { jobs: { ...jobs, [id]: { ...job, ...progress, phaseStartedAt, secondsLeft: left } } };
    }),
  end: (id) =>
    set(({ jobs }) => {
      const { [id]: _ended, ...others } = jobs;
      return { jobs: others };
    }),
}));
