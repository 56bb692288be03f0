import { Select } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';

interface StaffSelectProps {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (staffId: number | null) => void;
  readonly description?: string;
  readonly error?: string | null;
  /** Takes the focus when it is shown: in a dialog, or in a form. */
  readonly autoFocus?: boolean;
  readonly required?: boolean;
}

/** Somebody of the staff directory, found by any part of the name, by pinyin, initials, number or department. */
export function StaffSelect({
  label,
  value,
  onChange,
  description,
  error = null,
  autoFocus = false,
  required = true,
}: StaffSelectProps) {
  const { t } = useText();
  const [sought, setSought] = useState('');
  const text = useDeferredValue(sought.trim());
  const staff =
    useArchiveQuery('staff.list', { text: value === null ? text : '' }, { keepPrevious: true }).data?.staff ?? [];
  return (
    <Select
      label={label}
      description={description}
      required={required}
      searchable
      clearable
      autoFocus={autoFocus}
      data-autofocus={autoFocus || undefined}
      autoComplete="off"
      placeholder={t('form.staffHint')}
      nothingFoundMessage={t('form.staffUnknown')}
      data={staff.map((one) => ({ value: String(one.id), label: `${one.name}　${one.department}` }))}
      // The archive finds by pinyin and initials too: what it answers is shown as it is.
      filter={({ options }) => options}
      value={value === null ? null : String(value)}
      onSearchChange={setSought}
      onChange={(next) => onChange(next === null ? null : Number(next))}
      error={error}
    />
  );
}
