import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useToday } from '../text/use-today.ts';
import { parseTypedMinute, toLocalMinute } from './typed-value.ts';

interface MinuteInputProps {
  readonly id: string;
  readonly className?: string | undefined;
  /** An instant, or null. */
  readonly value: string | null;
  readonly onValue: (instant: string | null) => void;
  readonly autoFocus?: boolean;
  readonly invalid?: boolean;
}

/** A day and a time as typed, in the machine's own zone; `14:05` alone is today. */
export function MinuteInput({ id, className, value, onValue, autoFocus = false, invalid = false }: MinuteInputProps) {
  const { t } = useText();
  const { today } = useToday();
  const [text, setText] = useState(value === null ? '' : toLocalMinute(value));
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    if (parseTypedMinute(text, today) !== value) setText(value === null ? '' : toLocalMinute(value));
  }
  const unread = parseTypedMinute(text, today) === undefined;
  return (
    <input
      id={id}
      type="text"
      className={className}
      value={text}
      autoComplete="off"
      spellCheck={false}
      placeholder={t('form.placeholder.minute')}
      aria-invalid={invalid || unread ? true : undefined}
      // biome-ignore lint/a11y/noAutofocus: the caller says so where the form was opened by the person
      autoFocus={autoFocus}
      onChange={(event) => {
        setText(event.currentTarget.value);
        const instant = parseTypedMinute(event.currentTarget.value, today);
        if (instant !== undefined) {
          setShown(instant);
          onValue(instant);
        }
      }}
      onBlur={() => {
        const instant = parseTypedMinute(text, today);
        if (typeof instant === 'string') setText(toLocalMinute(instant));
      }}
    />
  );
}
