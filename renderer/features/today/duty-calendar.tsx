import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { gridRange, monthOf } from '../../../shared/domain/month-grid.ts';
import { addMonths, isDay, weekdayOf } from '../../../shared/util/days.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { Button, IconButton } from '../../ui/actions/button.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import styles from './calendar.module.css';
import { DutyList } from './duty-list.tsx';
import { MonthGridView } from './month-grid-view.tsx';
import todayStyles from './today.module.css';

type CalendarDay = OutputOf<'duties.calendar'>['days'][number];

/** Entries that a day of the large calendar names; the rest is a number. */
const NAMED = 3;

/** What falls on the days of a month. */
export function useDutyDays(month: string): {
  readonly byDay: ReadonlyMap<string, CalendarDay['duties']>;
  readonly error: ReturnType<typeof useArchiveQuery<'duties.calendar'>>['error'];
  readonly refetch: () => void;
} {
  const answer = useArchiveQuery('duties.calendar', gridRange(month), { keepPrevious: true });
  const byDay = useMemo(
    () => new Map((answer.data?.days ?? []).map(({ day, duties }) => [day, duties])),
    [answer.data],
  );
  return { byDay, error: answer.error, refetch: () => void answer.refetch() };
}

/** Days off by the archive's own calendar, and what a holiday is called. */
function useDaysOff(month: string): { isOff(day: string): boolean; nameOf(day: string): string } {
  const { data } = useArchiveQuery('workingDays.get', { year: Number(month.slice(0, 4)) }, { keepPrevious: true });
  return useMemo(() => {
    const exceptions = new Map((data?.exceptions ?? []).map((one) => [one.day, one]));
    const weekend = data?.weekend ?? [0, 6];
    return {
      isOff: (day) => {
        const exception = exceptions.get(day);
        return exception === undefined ? weekend.includes(weekdayOf(day)) : !exception.working;
      },
      nameOf: (day) => exceptions.get(day)?.name ?? '',
    };
  }, [data]);
}

const total = (duties: CalendarDay['duties'] | undefined): number =>
  (duties ?? []).reduce((sum, { count }) => sum + count, 0);

/** The small month beside the list: a mark on each day that has something; a day leads to the calendar. */
export function SmallMonth({ today }: { readonly today: string }) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const { byDay } = useDutyDays(monthOf(today));
  const off = useDaysOff(monthOf(today));
  const openDay = (day: string): void => go({ screen: 'today', tab: 'calendar', params: { day } });
  return (
    <section className={todayStyles.part} aria-label={t('today.calendar')}>
      <header className={todayStyles.sideHead}>
        <h2 className={todayStyles.partTitle}>{formats.month(today)}</h2>
        <Button kind="link" onClick={() => openDay(today)}>
          {t('today.calendar')}
        </Button>
      </header>
      <MonthGridView
        label={formats.month(today)}
        day={today}
        today={today}
        size="small"
        onDay={openDay}
        isOff={off.isOff}
        content={(day) => {
          const count = total(byDay.get(day));
          return (
            <span className={styles.mark} data-late={day < today || undefined} data-some={count > 0 || undefined} />
          );
        }}
        said={(day) => {
          const count = total(byDay.get(day));
          return count === 0 ? '' : t('today.dayCount', { count });
        }}
      />
    </section>
  );
}

/** The month on the wall: what falls on each day, and beside it the chosen day with its work. */
export function DutyCalendar({ today }: { readonly today: string }) {
  const { t } = useText();
  const formats = useFormats();
  const place = usePlace();
  const { replace } = useNavigate();
  const side = useRef<HTMLElement>(null);
  const asked = place.params?.['day'] ?? today;
  const day = isDay(asked) ? asked : today;
  const month = monthOf(day);
  const { byDay, error, refetch } = useDutyDays(month);
  const off = useDaysOff(month);
  const chosen = useArchiveQuery('duties.day', { day }, { keepPrevious: true });
  const choose = (next: string): void => replace({ params: { day: next } });
  if (error !== null) return <ErrorState error={error} onRetry={refetch} />;
  return (
    <div className={styles.split}>
      <section className={styles.wall} aria-label={formats.month(month)}>
        <header className={styles.wallHead}>
          <IconButton
            icon={IconChevronLeft}
            label={t('today.previousMonth')}
            keys="pageup"
            onClick={() => choose(addMonths(day, -1))}
          />
          <h2 className={styles.wallTitle}>{formats.month(month)}</h2>
          <IconButton
            icon={IconChevronRight}
            label={t('today.nextMonth')}
            keys="pagedown"
            onClick={() => choose(addMonths(day, 1))}
          />
          <Button size="small" kind="quiet" keys="t" onClick={() => choose(today)}>
            {t('today.toToday')}
          </Button>
        </header>
        <MonthGridView
          label={formats.month(month)}
          day={day}
          today={today}
          size="large"
          onDay={choose}
          onOpen={() => side.current?.querySelector<HTMLElement>('[data-duty-stop]')?.focus()}
          content={(each) => (
            <DayEntries duties={byDay.get(each) ?? []} late={each < today} holiday={off.nameOf(each)} />
          )}
          said={(each) =>
            [
              off.nameOf(each),
              ...(byDay.get(each) ?? []).map(({ key, count }) => `${t(`duty.${key}`)} ${formats.number(count)}`),
            ]
              .filter((part) => part !== '')
              .join(t('form.listSeparator'))
          }
          isOff={off.isOff}
        />
      </section>
      <section ref={side} className={styles.side} aria-label={formats.longDay(day)}>
        <h2 className={todayStyles.partTitle}>
          {formats.longDay(day)} {formats.weekday(day, 'long')}
        </h2>
        {chosen.data !== undefined &&
          (chosen.data.duties.length === 0 ? (
            <p className={todayStyles.calm}>{t('today.nothingThatDay')}</p>
          ) : (
            <DutyList label={formats.longDay(day)} duties={chosen.data.duties} today={today} plain />
          ))}
      </section>
    </div>
  );
}

interface DayEntriesProps {
  readonly duties: CalendarDay['duties'];
  readonly late: boolean;
  readonly holiday: string;
}

function DayEntries({ duties, late, holiday }: DayEntriesProps) {
  const { t } = useText();
  const formats = useFormats();
  const shown = duties.length > NAMED ? duties.slice(0, NAMED - 1) : duties;
  const rest = total(duties) - total(shown);
  return (
    <span className={styles.entries}>
      {holiday !== '' && <span className={styles.holiday}>{holiday}</span>}
      {shown.map(({ key, count }) => (
        <span key={key} className={styles.entry} data-late={late || undefined}>
          <span className={styles.entryName}>{t(`duty.${key}`)}</span>
          {count > 1 && <span className={styles.entryCount}>{formats.number(count)}</span>}
        </span>
      ))}
      {rest > 0 && <span className={styles.rest}>{t('today.andMore', { count: formats.number(rest) })}</span>}
    </span>
  );
}
