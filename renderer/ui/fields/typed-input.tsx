import { type InputHTMLAttributes, type Ref, useEffect, useRef, useState } from 'react';
import type { Json } from '../../../shared/contract/common.ts';
import styles from './field.module.css';
import { sameValue } from './field-values.ts';

export interface TypedInputProps
  extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'defaultValue'> {
  readonly value: Json;
  /** Text as it was typed and not understood, from a draft. */
  readonly raw?: string | undefined;
  /** `undefined`: not understood. */
  readonly parse: (text: string) => Json | undefined;
  readonly show: (value: Json) => string;
  readonly onValue: (value: Json) => void;
  /** The text while it is not understood, null as soon as it is. */
  readonly onRaw: (text: string | null) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** One line of text that stands for a date, a figure or a name: what is typed stays as typed until the field is left. */
export function TypedInput({ value, raw, parse, show, onValue, onRaw, inputRef, ...rest }: TypedInputProps) {
  const [text, setText] = useState(() => raw ?? show(value));
  const told = useRef<Json>(value);

  useEffect(() => {
    if (sameValue(told.current, value)) return;
    told.current = value;
    setText(show(value));
  }, [value, show]);

  const change = (typed: string): void => {
    setText(typed);
    const parsed = parse(typed);
    if (parsed === undefined) {
      onRaw(typed);
      return;
    }
    if (raw !== undefined) onRaw(null);
    told.current = parsed;
    onValue(parsed);
  };

  const settle = (): void => {
    const parsed = parse(text);
    if (parsed !== undefined) setText(show(parsed));
  };

  return (
    <input
      autoComplete="off"
      spellCheck={false}
      {...rest}
      ref={inputRef}
      className={styles.input}
      aria-invalid={raw !== undefined || rest['aria-invalid'] === true ? true : undefined}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={(event) => {
        settle();
        rest.onBlur?.(event);
      }}
    />
  );
}
