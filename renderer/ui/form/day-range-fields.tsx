import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { parseTypedDate } from '../fields/typed-value.ts';

/** Days, both included; a side that is left out is open. */
export interface DayRange {
  readonly from?: string;
  readonly to?: string;
}

/** From a day to a day, as people type days; what is not understood is marked and asks for nothing. */
export function DayRangeFields({
  value,
  onChange,
}: {
  readonly value: DayRange;
  readonly onChange: (value: DayRange) => void;
}) {
  const { t } = useText();
  return (
    <>
      {(['from', 'to'] as const).map((side) => (
        <DayField
          key={side}
          label={t(side === 'from' ? 'kit.fromDay' : 'kit.toDay')}
          value={value[side] ?? ''}
          onDay={(day) => {
            const { [side]: _former, ...other } = value;
            onChange(day === null ? other : { ...other, [side]: day });
          }}
        />
      ))}
    </>
  );
}

function DayField({
  label,
  value,
  onDay,
}: {
  readonly label: string;
  readonly value: string;
  readonly onDay: (day: string | null) => void;
}) {
  const { t } = useText();
  const [text, setText] = useState(value);
  const day = parseTypedDate(text);
  const understood = text.trim() === '' || typeof day === 'string';
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      autoComplete="off"
      w={116}
      value={text}
      error={understood ? null : t('validation.date')}
      onChange={(event) => {
        setText(event.currentTarget.value);
        const next = parseTypedDate(event.currentTarget.value);
        if (event.currentTarget.value.trim() === '') onDay(null);
        else if (typeof next === 'string') onDay(next);
      }}
      onBlur={() => typeof day === 'string' && setText(day)}
    />
  );
}
