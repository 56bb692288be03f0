import type { Duty, DutyLine } from '../../../shared/contract/duties.ts';
import type { Standing } from '../../../shared/domain/duties.ts';
import { daysBetween } from '../../../shared/util/days.ts';
import type { Formats } from '../../i18n/format.ts';
import type { Texts } from '../../i18n/use-text.ts';
import type { Tone } from '../../ui/text/tag.tsx';

/** How urgent a line looks: only what is past its day is red. */
export function toneOf(standing: Standing): Tone {
  return standing === 'overdue' ? 'seal' : standing === 'today' ? 'amber' : 'plain';
}

/** When, seen from today: 逾期 3 天, 今天, 明天, 週五, a date. Empty without a day. */
export function dayWords(line: Pick<DutyLine, 'day' | 'standing'>, today: string, t: Texts['t'], formats: Formats) {
  if (line.day === null) return '';
  const days = daysBetween(today, line.day);
  if (days < 0) return t('today.daysOverdue', { count: -days });
  if (days === 0) return t('today.dueToday');
  if (days === 1) return t('today.dueTomorrow');
  return days < 7 ? t('today.dueInDays', { count: days }) : formats.day(line.day);
}

/** What is said of a line besides its title; days in it as the window writes them. */
export function noteOf(line: DutyLine, { t, has }: Texts, formats: Formats): string {
  if (line.note === '' || !has(line.note)) return '';
  const params = Object.fromEntries(
    Object.entries(line.params).map(([name, value]) => [
      name,
      typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
        ? formats.day(value)
        : typeof value === 'number' && name !== 'count'
          ? formats.number(value)
          : value,
    ]),
  );
  return t(line.note, params);
}

export const PARTS = ['now', 'soon', 'open'] as const;
export type Part = (typeof PARTS)[number];

/** The three parts of the list: to be done now, coming, when there is time. */
export function partOf(duty: Pick<Duty, 'standing'>): Part {
  if (duty.standing === 'overdue' || duty.standing === 'today') return 'now';
  return duty.standing === 'open' ? 'open' : 'soon';
}
