import { monthsIn, type Period } from '../../../shared/domain/analysis.ts';
import { addMonths } from '../../../shared/util/days.ts';

export type Preset = 'year' | 'quarter' | 'month';
export const PRESETS: readonly Preset[] = ['year', 'quarter', 'month'];

const moved = (month: string, by: number): string => addMonths(`${month}-01`, by).slice(0, 7);

/** The year, quarter or month in which a month lies. */
export function periodAround(month: string, preset: Preset): Period {
  const year = month.slice(0, 4);
  if (preset === 'year') return { from: `${year}-01`, to: `${year}-12` };
  if (preset === 'month') return { from: month, to: month };
  const first = Math.floor((Number(month.slice(5, 7)) - 1) / 3) * 3 + 1;
  const from = `${year}-${String(first).padStart(2, '0')}`;
  return { from, to: moved(from, 2) };
}

/** Which preset a period is; undefined for one of another length. */
export function presetOf(period: Period): Preset | undefined {
  return PRESETS.find((preset) => {
    const around = periodAround(period.from, preset);
    return around.from === period.from && around.to === period.to;
  });
}

/** The period of the same length next to this one. */
export function nextPeriod(period: Period, direction: -1 | 1): Period {
  const by = monthsIn(period) * direction;
  return { from: moved(period.from, by), to: moved(period.to, by) };
}

export function periodText({ from, to }: Period): string {
  if (from.endsWith('-01') && to === `${from.slice(0, 4)}-12`) return from.slice(0, 4);
  return from === to ? from : `${from} – ${to}`;
}
