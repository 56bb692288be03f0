import { Checkbox, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ArchiveSettings } from '../../../shared/contract/archive.ts';
import type { LoanPeriod } from '../../../shared/domain/due-dates.ts';
import { SECURITY_LEVELS, type SecurityLevel } from '../../../shared/domain/security-levels.ts';
import { isDay } from '../../../shared/util/days.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { toast } from '../../ui/dialog/toasts.tsx';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import styles from './lending-settings.module.css';
import { SettingsForm } from './settings-form.tsx';

type Lending = ArchiveSettings['lending'];
const KINDS = ['calendarDays', 'workingDays', 'premisesOnly'] as const;

/** How the company lends (B1, B2): periods and approvals by level, renewals, reminders, days off. */
export function LendingSettings() {
  const settings = useArchiveQuery('settings.get', {});
  if (settings.error !== null) return <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />;
  if (settings.data === undefined) return <LoadingSkeleton shape="form" />;
  return <Form key={JSON.stringify(settings.data.lending)} saved={settings.data.lending} />;
}

/** Days as they are typed, one after the other; undefined when one of them is none. */
function typedDays(text: string): string[] | undefined {
  const days = text.split(/[\s,、;]+/u).filter((day) => day !== '');
  return days.every(isDay) ? [...new Set(days)].sort() : undefined;
}

/** `1, 7, 14` → rising whole numbers; undefined when it is not that. */
function typedSteps(text: string): number[] | undefined {
  const steps = text
    .split(/[\s,、;]+/u)
    .filter((step) => step !== '')
    .map(Number);
  const rising = steps.every((step, index) => Number.isInteger(step) && step > (steps[index - 1] ?? 0) && step <= 366);
  return rising && steps.length > 0 && steps.length <= 6 ? steps : undefined;
}

function Form({ saved }: { readonly saved: Lending }) {
  const { t } = useText();
  const role = useActingRole();
  const mayChange = role === 'keeper' || role === 'supervisor';
  const update = useArchiveCommand('settings.update');
  const [values, setValues] = useState(saved);
  const [steps, setSteps] = useState(saved.reminderDays.join(', '));
  const [holidays, setHolidays] = useState(saved.holidays.join(' '));
  const [makeUp, setMakeUp] = useState(saved.makeUpDays.join(' '));
  const wrong = {
    steps: typedSteps(steps) === undefined,
    holidays: typedDays(holidays) === undefined,
    makeUp: typedDays(makeUp) === undefined,
  };
  const set = (change: Partial<Lending>) => setValues((before) => ({ ...before, ...change }));
  const setPeriod = (level: SecurityLevel, period: LoanPeriod) =>
    set({ periods: { ...values.periods, [level]: period } });
  const save = (): void => {
    const reminderDays = typedSteps(steps);
    const off = typedDays(holidays);
    const worked = typedDays(makeUp);
    if (!mayChange || reminderDays === undefined || off === undefined || worked === undefined) return;
    update.mutateAsync({ lending: { ...values, reminderDays, holidays: off, makeUpDays: worked } }).then(
      () => toast(t('settings.saved')),
      () => undefined,
    );
  };
  const giveBack = (): void => {
    setValues(saved);
    setSteps(saved.reminderDays.join(', '));
    setHolidays(saved.holidays.join(' '));
    setMakeUp(saved.makeUpDays.join(' '));
  };
  const dirty =
    JSON.stringify(values) !== JSON.stringify(saved) ||
    steps !== saved.reminderDays.join(', ') ||
    holidays !== saved.holidays.join(' ') ||
    makeUp !== saved.makeUpDays.join(' ');
  const number = (key: 'maxRenewals' | 'soonDays' | 'holdDays', min: number, max: number) => (
    <NumberInput
      label={t(`settings.lending.${key}`)}
      description={t(`settings.lending.${key}.help`)}
      min={min}
      max={max}
      disabled={!mayChange}
      value={values[key]}
      onChange={(next) => typeof next === 'number' && set({ [key]: next })}
    />
  );
  return (
    <SettingsForm
      mayChange={mayChange}
      dirty={dirty}
      wrong={Object.values(wrong).includes(true)}
      busy={update.isPending}
      error={update.error}
      onSave={save}
      onGiveBack={giveBack}
    >
      <Section title={t('settings.lending.periods')} note={t('settings.lending.periods.help')}>
        <div className={styles.levels}>
          {SECURITY_LEVELS.map((level) => {
            const period = values.periods[level];
            return (
              <fieldset key={level} className={styles.level} disabled={!mayChange}>
                <legend>{t(`option.securityLevel.${level}`)}</legend>
                <Select
                  aria-label={t('settings.lending.kind', { level: t(`option.securityLevel.${level}`) })}
                  allowDeselect={false}
                  data={KINDS.map((kind) => ({ value: kind, label: t(`settings.lending.kind.${kind}`) }))}
                  value={period.kind}
                  onChange={(next) =>
                    setPeriod(
                      level,
                      next === 'premisesOnly'
                        ? { kind: next }
                        : {
                            kind: next === 'workingDays' ? next : 'calendarDays',
                            days: period.kind === 'premisesOnly' ? 5 : period.days,
                          },
                    )
                  }
                />
                <NumberInput
                  aria-label={t('settings.lending.days', { level: t(`option.securityLevel.${level}`) })}
                  min={1}
                  max={250}
                  disabled={!mayChange || period.kind === 'premisesOnly'}
                  value={period.kind === 'premisesOnly' ? '' : period.days}
                  onChange={(next) =>
                    typeof next === 'number' &&
                    period.kind !== 'premisesOnly' &&
                    setPeriod(level, { ...period, days: next })
                  }
                />
                <Checkbox
                  label={t('settings.lending.approval')}
                  disabled={!mayChange || period.kind === 'premisesOnly'}
                  checked={values.approval.includes(level)}
                  onChange={(event) =>
                    set({
                      approval: event.currentTarget.checked
                        ? [...values.approval, level]
                        : values.approval.filter((one) => one !== level),
                    })
                  }
                />
                <Checkbox
                  label={t('settings.lending.secondApproval')}
                  disabled={!mayChange || period.kind === 'premisesOnly' || !values.approval.includes(level)}
                  checked={values.approval.includes(level) && values.secondApproval.includes(level)}
                  onChange={(event) =>
                    set({
                      secondApproval: event.currentTarget.checked
                        ? [...values.secondApproval, level]
                        : values.secondApproval.filter((one) => one !== level),
                    })
                  }
                />
              </fieldset>
            );
          })}
        </div>
      </Section>
      <Section title={t('settings.lending.rules')}>
        <div className={styles.rules}>
          {number('maxRenewals', 0, 12)}
          {number('soonDays', 0, 60)}
          {number('holdDays', 1, 60)}
          <TextInput
            label={t('settings.lending.reminderDays')}
            description={t('settings.lending.reminderDays.help')}
            disabled={!mayChange}
            value={steps}
            error={wrong.steps ? t('settings.lending.reminderDays.wrong') : null}
            onChange={(event) => setSteps(event.currentTarget.value)}
          />
          <Switch
            label={t('settings.lending.blockOnOverdue')}
            description={t('settings.lending.blockOnOverdue.help')}
            disabled={!mayChange}
            checked={values.blockOnOverdue}
            onChange={(event) => set({ blockOnOverdue: event.currentTarget.checked })}
          />
        </div>
      </Section>
      <Section title={t('settings.lending.calendar')} note={t('settings.lending.calendar.help')}>
        <div className={styles.rules}>
          <Textarea
            label={t('settings.lending.holidays')}
            autosize
            minRows={2}
            disabled={!mayChange}
            value={holidays}
            error={wrong.holidays ? t('validation.date') : null}
            onChange={(event) => setHolidays(event.currentTarget.value)}
          />
          <Textarea
            label={t('settings.lending.makeUpDays')}
            autosize
            minRows={2}
            disabled={!mayChange}
            value={makeUp}
            error={wrong.makeUp ? t('validation.date') : null}
            onChange={(event) => setMakeUp(event.currentTarget.value)}
          />
        </div>
      </Section>
    </SettingsForm>
  );
}
