import type { ArchiveYear } from '../../../shared/contract/archive-years.ts';

/** The steps as they stand side by side; a closed year shows its last. */
export const YEAR_STEPS = ['clean', 'arrange', 'bind', 'print'] as const;
export type YearStep = (typeof YEAR_STEPS)[number];

/** The step that is shown: the one asked for, else the one where the work goes on. */
export function shownStep(asked: string | undefined, step: ArchiveYear['step']): YearStep {
  return YEAR_STEPS.find((one) => one === asked) ?? (step === 'closed' ? 'print' : step);
}

/** Whether a step is behind the one where the work goes on. */
export function isBehind(step: YearStep, present: ArchiveYear['step']): boolean {
  return present === 'closed' || YEAR_STEPS.indexOf(step) < YEAR_STEPS.indexOf(present);
}

/** Paper weights that offices buy, g/m²; the thickness of a sheet follows. */
export const PAPER_WEIGHTS = [60, 70, 80, 90, 100, 120] as const;
