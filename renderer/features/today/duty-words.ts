import type { Duty } from '../../../shared/contract/duties.ts';
import type { Standing } from '../../../shared/domain/duties.ts';
import type { Tone } from '../../ui/text/tag.tsx';

/** How urgent a line looks: only what is past its day is red. */
export function toneOf(standing: Standing): Tone {
  return standing === 'overdue' ? 'seal' : standing === 'today' ? 'amber' : 'plain';
}

export const PARTS = ['now', 'soon', 'open'] as const;
export type Part = (typeof PARTS)[number];

/** The three parts of the list: to be done now, coming, when there is time. */
export function partOf(duty: Pick<Duty, 'standing'>): Part {
  if (duty.standing === 'overdue' || duty.standing === 'today') return 'now';
  return duty.standing === 'open' ? 'open' : 'soon';
}
