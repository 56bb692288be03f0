import { Menu, Select } from '@mantine/core';
import { IconFileImport, IconPrinter } from '@tabler/icons-react';
import { type FormEvent, useDeferredValue, useEffect, useRef, useState } from 'react';
import { customerOfVisitCode } from '../../../shared/domain/visit-brief.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { Tag, type Tone } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { ImportVisits } from '../../ui/visits/import-visits.tsx';
import styles from './entry.module.css';
import type { Opened } from './entry-state.ts';

interface EntryHeadProps {
  readonly staffId: number | null;
  readonly day: string;
  readonly opened: Opened | null;
  readonly onStaff: (id: number | null) => void;
  readonly onDay: (day: string) => void;
  /** The number on a paper form, typed or scanned (V4). */
  readonly onCustomer: (number: string) => void;
}

export const DUTY_TONE: Readonly<Record<string, Tone>> = {
  handedIn: 'moss',
  late: 'amber',
  missing: 'seal',
  open: 'lake',
};

/** Whose day it is, when it is due, and the field for the code on a paper form. */
export function EntryHead({ staffId, day, opened, onStaff, onDay, onCustomer }: EntryHeadProps) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const [sought, setSought] = useState('');
  const [typedDay, setTypedDay] = useState(day);
  const [code, setCode] = useState('');
  const [importing, setImporting] = useState(false);
  const codeField = useRef<HTMLInputElement>(null);
  useEffect(() => setTypedDay(day), [day]);
  useShortcut('f', () => codeField.current?.focus(), { labelKey: 'visits.toCode' });
  useShortcut('i', () => setImporting(true), { labelKey: 'visits.import' });
  const text = useDeferredValue(sought.trim());
  const staff =
    useArchiveQuery('staff.list', { text: staffId === null ? text : '' }, { keepPrevious: true }).data?.staff ?? [];
  const number = opened?.report?.number;
  const submitCode = (event: FormEvent): void => {
    event.preventDefault();
    const number = customerOfVisitCode(code);
    if (number === '') return;
    setCode('');
    onCustomer(number);
  };
  return (
    <header className={styles.head}>
      <div className={styles.headField}>
        <Select
          label={t('visits.salesperson')}
          searchable
          clearable
          w={190}
          placeholder={t('visits.salespersonHint')}
          nothingFoundMessage={t('visits.salespersonUnknown')}
          data={staff.map((one) => ({ value: String(one.id), label: `${one.name}　${one.department}` }))}
          filter={({ options }) => options}
          value={staffId === null ? null : String(staffId)}
          searchValue={sought}
          onSearchChange={setSought}
          onChange={(value) => onStaff(value === null ? null : Number(value))}
        />
      </div>
      <div className={styles.headField}>
        <label htmlFor="entry-day">{t('visits.day')}</label>
        <input
          id="entry-day"
          className={styles.headInput}
          value={typedDay}
          autoComplete="off"
          aria-invalid={typeof parseTypedDate(typedDay) !== 'string' || undefined}
          onChange={(event) => {
            setTypedDay(event.currentTarget.value);
            const parsed = parseTypedDate(event.currentTarget.value);
            if (typeof parsed === 'string' && event.currentTarget.value.length >= 8) onDay(parsed);
          }}
        />
      </div>
      <form className={styles.headField} onSubmit={submitCode}>
        <label htmlFor="entry-code">{t('visits.code')}</label>
        <input
          ref={codeField}
          id="entry-code"
          className={`${styles.headInput} ${styles.wide}`}
          value={code}
          placeholder={t('visits.codeHint')}
          autoComplete="off"
          spellCheck={false}
          maxLength={60}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      </form>
      {opened !== null && (
        <div className={styles.headField}>
          <span className={styles.headLabel}>
            {opened.report?.number ?? t('visits.newReport')}
            {!opened.working && ` · ${t('visits.freeDay')}`}
          </span>
          <span>
            {t('visits.dueAt', { at: formats.instant(opened.dueAt) })}{' '}
            <Tag tone={DUTY_TONE[opened.state] ?? 'plain'}>{t(`dutyState.${opened.state}`)}</Tag>
          </span>
        </div>
      )}
      <div className={styles.headTools}>
        <Button icon={IconFileImport} keys="i" onClick={() => setImporting(true)}>
          {t('visits.import')}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button icon={IconPrinter}>{t('visits.print')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {number !== undefined && (
              <Menu.Item onClick={() => print({ form: 'dailyReport', number })}>{t('visits.printReport')}</Menu.Item>
            )}
            <Menu.Item
              onClick={() => print({ form: 'dailyReport', number: staffId === null ? '' : `staff:${staffId}` })}
            >
              {t('visits.printBlank')}
            </Menu.Item>
            {staffId !== null && (
              <Menu.Item onClick={() => print({ form: 'visitForm', number: `staff:${staffId}` })}>
                {t('visits.printRoad')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      {importing && <ImportVisits staffId={staffId} day={day} onClose={() => setImporting(false)} />}
    </header>
  );
}
