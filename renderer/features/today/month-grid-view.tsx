// biome-ignore-all lint/a11y/useSemanticElements: a calendar is an ARIA grid with one tab stop.
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { monthGrid, monthOf } from '../../../shared/domain/month-grid.ts';
import { addDays, addMonths, weekdayOf } from '../../../shared/util/days.ts';
import { useFormats } from '../../i18n/format.ts';
import { isComposing } from '../../state/ime.ts';
import styles from './calendar.module.css';

interface MonthGridViewProps {
  readonly label: string;
  /** The chosen day; its month is shown. */
  readonly day: string;
  readonly today: string;
  readonly size: 'small' | 'large';
  readonly onDay: (day: string) => void;
  /** Enter or a double click. */
  readonly onOpen?: (day: string) => void;
  /** What stands in a day. */
  readonly content: (day: string) => ReactNode;
  /** What a screen reader says of a day besides its date. */
  readonly said: (day: string) => string;
  readonly isOff?: (day: string) => boolean;
}

/** Where a key leads from a day; undefined when it is not a moving key. */
export function dayAfterKey(key: string, day: string, today: string): string | undefined {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1);
    case 'ArrowRight':
      return addDays(day, 1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'PageUp':
      return addMonths(day, -1);
    case 'PageDown':
      return addMonths(day, 1);
    case 'Home':
      return addDays(day, -((weekdayOf(day) + 6) % 7));
    case 'End':
      return addDays(day, (7 - weekdayOf(day)) % 7);
    case 't':
      return today;
    default:
      return undefined;
  }
}

/** A month in whole weeks from Monday. One tab stop: arrows move by day and week, Page Up/Down by month, T is today. */
export function MonthGridView(props: MonthGridViewProps) {
  const { label, day, today, size, onDay, onOpen, content, said, isOff } = props;
  const formats = useFormats();
  const grid = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const weeks = monthGrid(monthOf(day));
  // After a key the focus follows to the new day, also into another month.
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();
  }, [day]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event) || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = dayAfterKey(event.key, day, today);
    if (next === undefined) return;
    event.preventDefault();
    moved.current = true;
    onDay(next);
  };
  return (
    <div ref={grid} role="grid" tabIndex={-1} aria-label={label} className={styles[size]} onKeyDown={onKeyDown}>
      <div role="row" tabIndex={-1} className={styles.week}>
        {(weeks[0] ?? []).map((head) => (
          <span key={head} role="columnheader" tabIndex={-1} className={styles.weekday}>
            {formats.weekday(head, size === 'large' ? 'short' : 'narrow')}
          </span>
        ))}
      </div>
      {weeks.map((week) => (
        <div key={week[0]} role="row" tabIndex={-1} className={styles.week}>
          {week.map((each) => {
            const outside = monthOf(each) !== monthOf(day);
            const weekend = [0, 6].includes(weekdayOf(each));
            return (
              <div key={each} role="gridcell" tabIndex={-1} aria-selected={each === day} className={styles.cell}>
                <button
                  type="button"
                  data-day={each}
                  tabIndex={each === day ? 0 : -1}
                  className={styles.day}
                  data-outside={outside || undefined}
                  data-off={(isOff?.(each) ?? weekend) || undefined}
                  data-chosen={each === day || undefined}
                  aria-current={each === today ? 'date' : undefined}
                  onClick={() => {
                    onDay(each);
                    if (size === 'small') onOpen?.(each);
                  }}
                  onDoubleClick={() => onOpen?.(each)}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter' && onOpen !== undefined) {
                      event.preventDefault();
                      onOpen(each);
                    }
                  }}
                >
                  <span className="visually-hidden">{`${formats.longDay(each)} ${said(each)}`.trim()}</span>
                  <span className={styles.number} aria-hidden>
                    {Number(each.slice(8, 10))}
                  </span>
                  <span className={styles.content} aria-hidden>
                    {content(each)}
                  </span>
                </button>
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
