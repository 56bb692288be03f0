import { daysBetween } from '../util/days.ts';
import type { Standing } from './duties.ts';

/** Words of a line of what is to be done (M1), the same in the window and on the command line. */
export interface DutyWords {
  readonly t: (key: string, params?: Readonly<Record<string, string | number>>) => string;
  readonly has: (key: string) => boolean;
  readonly formats: { day(value: string): string; number(value: number): string };
}

export interface DutyLineToSay {
  readonly day: string | null;
  readonly standing: Standing;
  readonly note: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** When, seen from today: 逾期 3 天, 今天, 明天, 3 天後, a date. Empty without a day. */
export function dayWords(
  line: Pick<DutyLineToSay, 'day'>,
  today: string,
  { t, formats }: Omit<DutyWords, 'has'>,
): string {
  if (line.day === null) return '';
  const days = daysBetween(today, line.day);
  if (days < 0) return t('today.daysOverdue', { count: -days });
  if (days === 0) return t('today.dueToday');
  if (days === 1) return t('today.dueTomorrow');
  return days < 7 ? t('today.dueInDays', { count: days }) : formats.day(line.day);
}

/** What is said of a line besides its title; days in it as they are written here. */
export function noteOf(line: Pick<DutyLineToSay, 'note' | 'params'>, { t, has, formats }: DutyWords): string {
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
