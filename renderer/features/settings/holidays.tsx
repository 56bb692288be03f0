import { NumberInput, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { addDays } from '../../../shared/util/days.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button, IconButton } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import styles from './rules.module.css';

const MOST_DAYS = 366;

/** Days as they are typed or pasted: one in each line, or `2027-02-04 – 2027-02-10`. Undefined where a line is none. */
export function typedHolidays(text: string): string[] | undefined {
  const days: string[] = [];
  for (const line of text.split(/[\n,、;]+/u).map((one) => one.trim())) {
    if (line === '') continue;
    const [first, last = first] = line.split(/\s*(?:–|—|~|至|到|\.\.)\s*/u);
    const from = parseTypedDate(first ?? '');
    const to = parseTypedDate(last ?? '');
    if (typeof from !== 'string' || typeof to !== 'string' || to < from || from.length !== 10) return undefined;
    for (let day = from; day <= to; day = addDays(day, 1)) {
      days.push(day);
      if (days.length > MOST_DAYS) return undefined;
    }
  }
  return [...new Set(days)].sort();
}

/** V1, B2: holidays and make-up working days of a year. What is no holiday here is as its weekday says. */
export function Holidays() {
  const { t } = useText();
  const formats = useFormats();
  const { today } = useToday();
  const role = useActingRole();
  const mayChange = role === 'keeper' || role === 'supervisor';
  const [year, setYear] = useState(Number(today.slice(0, 4)));
  const calendar = useArchiveQuery('workingDays.get', { year }, { keepPrevious: true });
  const set = useArchiveCommand('workingDays.set');
  const [kind, setKind] = useState<'free' | 'working'>('free');
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  if (calendar.error !== null) return <ErrorState error={calendar.error} onRetry={() => void calendar.refetch()} />;
  if (calendar.data === undefined) return <LoadingSkeleton shape="form" count={3} />;
  const days = typedHolidays(text);
  const ready = days !== undefined && days.length > 0;
  const add = (): void => {
    if (!ready) return;
    set.mutateAsync({ days, working: kind === 'working', name: name.trim() }).then(
      () => {
        toast(t('settings.holidays.saved', { count: days.length }));
        setText('');
        setName('');
        setYear(Number(days[0]?.slice(0, 4) ?? year));
      },
      () => undefined,
    );
  };
  return (
    <Section
      title={t('settings.holidays')}
      note={t('settings.holidays.note')}
      tools={
        <NumberInput
          aria-label={t('settings.holidays.year')}
          w={96}
          min={1990}
          max={2199}
          allowDecimal={false}
          value={year}
          onChange={(value) => typeof value === 'number' && value >= 1990 && value <= 2199 && setYear(value)}
        />
      }
    >
      <ErrorNote error={set.error} showFields />
      <table className={styles.table}>
        <tbody>
          {calendar.data.exceptions.map((one) => (
            <tr key={one.day}>
              <td>{formats.day(one.day)}</td>
              <td className={styles.soft}>{formats.weekday(one.day, 'long')}</td>
              <td>
                <Tag tone={one.working ? 'lake' : 'amber'}>
                  {t(`visits.dayKind.${one.working ? 'working' : 'free'}`)}
                </Tag>
              </td>
              <td>{one.name}</td>
              <td className={styles.end}>
                {mayChange && (
                  <IconButton
                    icon={IconTrash}
                    label={t('settings.holidays.remove', { day: one.day })}
                    onClick={() => set.mutate({ days: [one.day], working: null })}
                  />
                )}
              </td>
            </tr>
          ))}
          {calendar.data.exceptions.length === 0 && (
            <tr>
              <td className={styles.soft}>{t('settings.holidays.none', { year })}</td>
            </tr>
          )}
        </tbody>
      </table>
      {mayChange && (
        <form
          className={styles.holidayForm}
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <SegmentedControl
            aria-label={t('visits.dayKind')}
            value={kind}
            onChange={(value) => setKind(value === 'working' ? 'working' : 'free')}
            data={(['free', 'working'] as const).map((value) => ({ value, label: t(`visits.dayKind.${value}`) }))}
          />
          <Textarea
            label={t('settings.holidays.days')}
            description={t('settings.holidays.daysHelp')}
            autosize
            minRows={2}
            maxRows={8}
            value={text}
            error={text !== '' && days === undefined ? t('validation.date') : null}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <div className={styles.line}>
            <TextInput
              label={t('visits.dayName')}
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" icon={IconPlus} disabled={!ready} busy={set.isPending}>
              {t('settings.holidays.add', { count: days?.length ?? 0 })}
            </Button>
          </div>
        </form>
      )}
    </Section>
  );
}
