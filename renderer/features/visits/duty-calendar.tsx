import { IconChevronLeft, IconChevronRight, IconPrinter, IconUsers } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { addDays, addMonths, weekdayOf } from '../../../shared/util/days.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button, IconButton } from '../../ui/actions/button.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { BriefStatistics } from './brief-statistics.tsx';
import { DayDialog, DutyDialog, ExcuseDialog } from './duty-dialogs.tsx';
import styles from './visits.module.css';

type Calendar = OutputOf<'dailyReports.calendar'>;
type Person = Calendar['people'][number];

const MARKS: Readonly<Record<string, string>> = {
  handedIn: '●',
  late: '◐',
  missing: '✕',
  open: '○',
  excused: '◇',
  off: '',
  none: '',
};

/** Missing and late reports per salesperson and day (V1): a month at a glance. Enter opens the day, X excuses, the day's head sets holidays. */
export function DutyCalendar() {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const { today } = useToday();
  const place = usePlace();
  const { go, replace } = useNavigate();
  const month = (place.params?.['month'] ?? place.params?.['day'] ?? today).slice(0, 7);
  const from = `${month}-01`;
  const to = addDays(addMonths(from, 1), -1);
  const calendar = useArchiveQuery('dailyReports.calendar', { from, to }, { keepPrevious: true });
  const [dialog, setDialog] = useState<
    | { readonly kind: 'duty' }
    | { readonly kind: 'day'; readonly day: Calendar['days'][number] }
    | { readonly kind: 'excuse'; readonly person: Person; readonly day: string }
    | null
  >(null);
  const step = (months: number): void => replace({ params: { month: addMonths(from, months).slice(0, 7) } });
  useShortcut('pageup', () => step(-1), { labelKey: 'visits.monthBefore' });
  useShortcut('pagedown', () => step(1), { labelKey: 'visits.monthAfter' });

  const open = (person: Person, day: string): void =>
    go({ screen: 'visits', tab: 'entry', params: { staff: String(person.staffId), day } });
  const onKeyDown = (event: KeyboardEvent): void => {
    const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-row]') : null;
    if (cell === null) return;
    const row = Number(cell.dataset['row']);
    const column = Number(cell.dataset['column']);
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const move = moves[event.key];
    const person = calendar.data?.people[row];
    const day = person?.days[column];
    if (move !== undefined) {
      event.preventDefault();
      document.querySelector<HTMLElement>(`[data-row="${row + move[0]}"][data-column="${column + move[1]}"]`)?.focus();
    } else if (event.key === 'x' && person !== undefined && day !== undefined) {
      event.preventDefault();
      setDialog({ kind: 'excuse', person, day: day.day });
    }
  };
  const { data } = calendar;
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        <IconButton icon={IconChevronLeft} label={t('visits.monthBefore')} keys="pageup" onClick={() => step(-1)} />
        <strong>{formats.day(month)}</strong>
        <IconButton icon={IconChevronRight} label={t('visits.monthAfter')} keys="pagedown" onClick={() => step(1)} />
        <span className={styles.spacer} />
        <Button icon={IconUsers} onClick={() => setDialog({ kind: 'duty' })}>
          {t('visits.duty')}
        </Button>
        <Button icon={IconPrinter} onClick={() => print({ form: 'reportCalendar', number: month })}>
          {t('visits.printCalendar')}
        </Button>
      </div>
      {calendar.error !== null && <ErrorState error={calendar.error} onRetry={() => void calendar.refetch()} />}
      {calendar.isPending && <LoadingSkeleton shape="rows" />}
      {data !== undefined && data.people.length === 0 && (
        <EmptyState
          icon={IconUsers}
          title={t('visits.nobodyOnDuty')}
          actions={
            <Button kind="primary" onClick={() => setDialog({ kind: 'duty' })}>
              {t('visits.duty')}
            </Button>
          }
        >
          {t('visits.nobodyOnDutyText')}
        </EmptyState>
      )}
      {data !== undefined && data.people.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className={styles.scroll} tabIndex={0} aria-label={t('visits.tab.calendar')}>
          <table className={styles.calendar} onKeyDown={onKeyDown}>
            <thead>
              <tr>
                <th scope="col" className={styles.person}>
                  {t('visits.salesperson')}
                </th>
                {data.days.map((day) => (
                  <th key={day.day} scope="col">
                    <button
                      type="button"
                      className={styles.dayHead}
                      data-free={!day.working || undefined}
                      data-named={day.name !== '' || undefined}
                      title={`${t('visits.setDay', { day: day.day })} ${day.name}`.trim()}
                      onClick={() => setDialog({ kind: 'day', day })}
                    >
                      <span>{Number(day.day.slice(8))}</span>
                      <span>{t(`visits.weekday.${weekdayOf(day.day)}`)}</span>
                    </button>
                  </th>
                ))}
                {(['due', 'handedIn', 'late', 'missing'] as const).map((key) => (
                  <th key={key} scope="col" className={styles.sum}>
                    {t(`visits.sum.${key}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.people.map((person, row) => (
                <tr key={person.staffId}>
                  <th scope="row" className={styles.person} title={person.department}>
                    {person.staff}
                  </th>
                  {person.days.map((day, column) => (
                    <td key={day.day}>
                      <button
                        type="button"
                        className={styles.day}
                        data-row={row}
                        data-column={column}
                        data-state={day.state}
                        tabIndex={row === 0 && column === 0 ? 0 : -1}
                        aria-label={t('visits.dayOf', {
                          staff: person.staff,
                          day: day.day,
                          state: t(`dutyState.${day.state}`),
                        })}
                        title={`${day.day} ${t(`dutyState.${day.state}`)}${day.number === null ? '' : ` ${day.number} · ${t('visits.visitCount', { count: day.visits })}`}`}
                        onClick={() => open(person, day.day)}
                      >
                        {MARKS[day.state] ?? ''}
                      </button>
                    </td>
                  ))}
                  <td className={styles.sum}>{person.due}</td>
                  <td className={styles.sum}>{person.handedIn}</td>
                  <td className={styles.sum}>{person.late}</td>
                  <td className={`${styles.sum} ${person.missing > 0 ? styles.bad : ''}`}>{person.missing}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={styles.key}>
            {(['handedIn', 'late', 'missing', 'open', 'excused'] as const).map((state) => (
              <span key={state}>
                {MARKS[state]} {t(`dutyState.${state}`)}
              </span>
            ))}
            <span>{t('visits.calendarKeys')}</span>
          </p>
          <BriefStatistics from={from} to={to} />
        </section>
      )}
      {dialog?.kind === 'duty' && <DutyDialog from={from} to={to} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'day' && <DayDialog day={dialog.day} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'excuse' && (
        <ExcuseDialog
          staffId={dialog.person.staffId}
          staff={dialog.person.staff}
          day={dialog.day}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}
