import type { Tone } from '../text/tag.tsx';

/** How a result looks: colour only underlines its word. */
export const RESULT_TONE: Readonly<Record<string, Tone>> = {
  closed: 'moss',
  interested: 'lake',
  toFollowUp: 'amber',
  declined: 'seal',
};

/** Where an information report stands. */
export const INFORMATION_TONE: Readonly<Record<string, Tone>> = {
  waiting: 'seal',
  acknowledged: 'lake',
  closed: 'plain',
};
