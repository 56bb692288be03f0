import { Checkbox, NumberInput, Radio, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ArchiveSettings } from '../../../shared/contract/archive.ts';
import { REPORT_CLASSES } from '../../../shared/domain/visit.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { toast } from '../../ui/dialog/toasts.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { PathField } from '../../ui/form/path-field.tsx';
import styles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import rules from './rules.module.css';
import { SettingsForm } from './settings-form.tsx';

type Key = keyof ArchiveSettings;
const TEXT_LIMITS = {
  institution: 400,
  fonds: 20,
  enterprisePattern: 40,
  individualPattern: 40,
  dailyReportHour: 5,
} as const;
const CHOICES = {
  printLanguage: {
    values: ['zh-Hant', 'zh-Hans', 'en'],
    labelKey: (value: string) => `settings.printLanguage.${value}`,
  },
  periodicClass: {
    values: [...REPORT_CLASSES, 'none'],
    labelKey: (value: string) => (value === 'none' ? 'settings.periodicClass.none' : `option.reportClass.${value}`),
  },
} as const;
const HOUR = /^([01]\d|2[0-3]):[0-5]\d$/;
const LANGUAGES = ['chi_tra', 'chi_sim', 'eng'] as const;
const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '0'] as const;
const NUMBERS = {
  latenessHours: { min: 1, max: 720, step: 1 },
  revisionMonths: { min: 1, max: 24, step: 1 },
  expiryNoticeDays: { min: 1, max: 366, step: 1 },
  backupDays: { min: 1, max: 366, step: 1 },
  checkpointDays: { min: 1, max: 366, step: 1 },
  idleLockSeconds: { min: 60, max: 300, step: 30 },
  lookupMinutes: { min: 1, max: 120, step: 5 },
  copyDaysSalesperson: { min: 1, max: 365, step: 5 },
  copyDaysService: { min: 1, max: 365, step: 5 },
  recoveryRoundMonths: { min: 1, max: 24, step: 1 },
  sheetMicrometres: { min: 50, max: 500, step: 10 },
} as const;
const GROUPS: readonly { readonly title: string; readonly keys: readonly Key[] }[] = [
  { title: 'settings.group.institution', keys: ['institution', 'fonds'] },
  { title: 'settings.group.numbers', keys: ['enterprisePattern', 'individualPattern'] },
  {
    title: 'settings.group.rules',
    keys: [
      'latenessHours',
      'revisionMonths',
      'expiryNoticeDays',
      'backupDays',
      'checkpointDays',
      'idleLockSeconds',
      'lookupMinutes',
    ],
  },
  { title: 'settings.group.copies', keys: ['copyDaysSalesperson', 'copyDaysService', 'recoveryRoundMonths'] },
  { title: 'settings.group.reports', keys: ['dailyReportHour', 'weekend', 'periodicClass'] },
  { title: 'settings.group.scans', keys: ['scanFolder', 'scanFolderRemoves', 'ocr', 'ocrLanguages'] },
  { title: 'settings.group.paper', keys: ['printLanguage', 'pageNumberCorner', 'sheetMicrometres', 'rocCalendar'] },
];

/** The archive's own settings. Only the keeper and a supervisor change them; the log says so. */
export function ArchiveSettingsForm() {
  const settings = useArchiveQuery('settings.get', {});
  if (settings.error !== null) return <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />;
  if (settings.data === undefined) return <LoadingSkeleton shape="form" />;
  return <Form key={JSON.stringify(settings.data)} saved={settings.data} />;
}

function Form({ saved }: { readonly saved: ArchiveSettings }) {
  const texts = useText();
  const { t } = texts;
  const role = useActingRole();
  const mayChange = role === 'keeper' || role === 'supervisor';
  const [values, setValues] = useState(saved);
  const update = useArchiveCommand('settings.update');
  const changed = Object.fromEntries(
    Object.entries(values).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(saved[key as Key])),
  ) as Partial<ArchiveSettings>;
  const dirty = Object.keys(changed).length > 0;
  const set = (change: Partial<ArchiveSettings>) => setValues((before) => ({ ...before, ...change }));
  const hourWrong = !HOUR.test(values.dailyReportHour);
  const save = (): void => {
    update.mutateAsync(changed).then(
      () => toast(t('settings.saved')),
      () => undefined,
    );
  };

  const field = (key: Key) => {
    const common = {
      label: t(`settings.${key}`),
      description: t(`settings.${key}.help`),
      disabled: !mayChange,
      error: fieldErrorAt(update.error, key, texts),
    };
    if (key === 'scanFolder')
      return mayChange ? (
        <PathField
          key={key}
          {...common}
          kind="folder"
          optional
          value={values.scanFolder}
          onChange={(scanFolder) => set({ scanFolder })}
        />
      ) : (
        <TextInput key={key} {...common} readOnly value={values.scanFolder} />
      );
    if (key === 'ocrLanguages')
      return (
        <Checkbox.Group
          key={key}
          {...common}
          value={values.ocrLanguages}
          onChange={(next) =>
            next.length > 0 && set({ ocrLanguages: LANGUAGES.filter((language) => next.includes(language)) })
          }
        >
          <div className={rules.weekdays}>
            {LANGUAGES.map((language) => (
              <Checkbox
                key={language}
                size="xs"
                value={language}
                label={t(`settings.ocrLanguage.${language}`)}
                disabled={!mayChange || !values.ocr}
              />
            ))}
          </div>
        </Checkbox.Group>
      );
    if (key === 'rocCalendar' || key === 'scanFolderRemoves' || key === 'ocr')
      return (
        <Switch
          key={key}
          {...common}
          size="sm"
          checked={values[key]}
          onChange={(event) => set({ [key]: event.currentTarget.checked })}
        />
      );
    if (key === 'pageNumberCorner')
      return (
        <Radio.Group
          key={key}
          {...common}
          value={values.pageNumberCorner}
          onChange={(value) => set({ pageNumberCorner: value === 'lower' ? 'lower' : 'upper' })}
        >
          <Radio size="xs" mt={8} value="upper" label={t('settings.corner.upper')} disabled={!mayChange} />
          <Radio size="xs" mt={8} value="lower" label={t('settings.corner.lower')} disabled={!mayChange} />
        </Radio.Group>
      );
    if (key in NUMBERS) {
      const numeric = key as keyof typeof NUMBERS;
      return (
        <NumberInput
          key={key}
          {...common}
          {...NUMBERS[numeric]}
          allowDecimal={false}
          clampBehavior="blur"
          suffix={` ${t(`settings.${key}.unit`)}`}
          value={values[numeric]}
          onChange={(value) => typeof value === 'number' && set({ [numeric]: value })}
        />
      );
    }
    if (key in CHOICES) {
      const choice = key as keyof typeof CHOICES;
      const { values: offered, labelKey } = CHOICES[choice];
      return (
        <Select
          key={key}
          {...common}
          data={offered.map((value) => ({ value, label: t(labelKey(value)) }))}
          value={values[choice]}
          allowDeselect={false}
          onChange={(value) => set({ [choice]: value ?? saved[choice] })}
        />
      );
    }
    if (key === 'weekend')
      return (
        <Checkbox.Group
          key={key}
          {...common}
          value={values.weekend.map(String)}
          onChange={(next) => next.length < WEEKDAYS.length && set({ weekend: next.map(Number).sort() })}
        >
          <div className={rules.weekdays}>
            {WEEKDAYS.map((day) => (
              <Checkbox key={day} size="xs" value={day} label={t(`visits.weekday.${day}`)} disabled={!mayChange} />
            ))}
          </div>
        </Checkbox.Group>
      );
    const text = key as keyof typeof TEXT_LIMITS;
    return (
      <TextInput
        key={key}
        {...common}
        maxLength={TEXT_LIMITS[text]}
        {...(text === 'dailyReportHour' && hourWrong ? { error: t('validation.time') } : {})}
        value={values[text]}
        onChange={(event) => set({ [text]: event.currentTarget.value })}
      />
    );
  };

  return (
    <SettingsForm
      mayChange={mayChange}
      dirty={dirty}
      wrong={hourWrong}
      busy={update.isPending}
      error={update.error}
      onSave={save}
      onGiveBack={() => setValues(saved)}
    >
      {GROUPS.map((group) => (
        <Section key={group.title} title={t(group.title)}>
          <div className={`${styles.form} ${styles.pair}`}>{group.keys.map(field)}</div>
        </Section>
      ))}
    </SettingsForm>
  );
}
