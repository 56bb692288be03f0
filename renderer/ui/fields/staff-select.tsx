import { Select } from '@mantine/core';
import { type KeyboardEvent, useDeferredValue, useEffect, useRef, useState } from 'react';
import { archive } from '../../gateway/archive.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';

/** A person of the staff directory, as chosen. */
export interface ChosenStaff {
  readonly id: number;
  readonly name: string;
  readonly department: string;
}

interface StaffSelectProps {
  readonly label: string;
  readonly value: ChosenStaff | null;
  readonly onChange: (next: ChosenStaff | null) => void;
  readonly error?: string | null;
  readonly autoFocus?: boolean;
  readonly required?: boolean;
  /** What was typed before the field was there; a line end behind it takes the first that fits. */
  readonly typed?: string;
}

/**
 * Chooses somebody by name, number, pinyin or initials: the first that fits is taken with Enter, also when it is typed faster than the
 * list answers.
 */
export function StaffSelect({
  label,
  value,
  onChange,
  error = null,
  autoFocus = false,
  required = true,
  typed = '',
}: StaffSelectProps) {
  const { t } = useText();
  const [sought, setSought] = useState(typed.trim());
  const fresh = useRef(typed.trim() !== '');
  const [opened, setOpened] = useState(false);
  const text = useDeferredValue(sought.trim());
  const found =
    useArchiveQuery('staff.list', { text: value === null ? text : '' }, { keepPrevious: true }).data?.staff ?? [];
  const staff = value === null || found.some((one) => one.id === value.id) ? found : [value, ...found];
  const labelOf = (one: Pick<ChosenStaff, 'name' | 'department'>) => `${one.name}　${one.department}`;
  const take = (wanted: string): void => {
    archive.call('staff.list', { text: wanted }).then(
      ({ staff: [first] }) => {
        if (first === undefined) return;
        setOpened(false);
        onChange({ id: first.id, name: first.name, department: first.department });
      },
      () => undefined,
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed before is taken once
  useEffect(() => {
    if (typed.endsWith('\n') && typed.trim() !== '') take(typed.trim());
  }, []);
  const takeFirst = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || isComposing(event) || value !== null) return;
    event.preventDefault();
    // A line that the arrows chose is taken by the list itself.
    if (document.querySelector('[data-combobox-selected]') !== null) return;
    event.stopPropagation();
    const wanted = event.currentTarget instanceof HTMLInputElement ? event.currentTarget.value.trim() : sought.trim();
    if (wanted === '') return;
    take(wanted);
  };
  return (
    <Select
      label={label}
      required={required}
      searchable
      clearable
      openOnFocus={false}
      autoFocus={autoFocus}
      searchValue={sought}
      placeholder={t('loans.borrowerHint')}
      nothingFoundMessage={t('loans.borrowerUnknown')}
      data={staff.map((one) => ({ value: String(one.id), label: labelOf(one) }))}
      // The archive finds by pinyin and initials too: what it answers is shown as it is.
      filter={({ options }) => options}
      value={value === null ? null : String(value.id)}
      dropdownOpened={opened}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      onSearchChange={(next) => {
        // The list empties its search as it appears; what was typed before stays.
        if (fresh.current && next === '') fresh.current = false;
        else setSought(next);
      }}
      onChange={(next) => {
        const one = staff.find((each) => String(each.id) === next);
        onChange(one === undefined ? null : { id: one.id, name: one.name, department: one.department });
      }}
      onKeyDownCapture={takeFirst}
      error={error}
    />
  );
}
