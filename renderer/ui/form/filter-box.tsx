import { IconSearch, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';
import styles from './filter-box.module.css';

interface FilterBoxProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** What it filters, for screen readers. */
  readonly label: string;
  readonly placeholder?: string;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
  /** Arrow down leaves the box for the list below. */
  readonly onLeave?: () => void;
}

/** A box that narrows a list as it is typed in; the letters of an input method count only once they have become characters. */
export function FilterBox({ value, onChange, label, placeholder, inputRef, onLeave }: FilterBoxProps) {
  const { t } = useText();
  const [text, setText] = useState(value);
  const composing = useRef(false);
  const own = useRef<HTMLInputElement>(null);
  const box = inputRef ?? own;
  useEffect(() => {
    if (!composing.current) setText(value);
  }, [value]);

  const tell = (next: string): void => {
    setText(next);
    if (!composing.current) onChange(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    if (event.key === 'Escape' && text !== '') {
      event.preventDefault();
      event.stopPropagation();
      tell('');
    }
    if (event.key === 'ArrowDown' && onLeave !== undefined) {
      event.preventDefault();
      onLeave();
    }
  };

  return (
    <search className={styles.box}>
      <IconSearch size={16} className={styles.icon} aria-hidden />
      <input
        ref={box}
        type="text"
        className={styles.input}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => tell(event.currentTarget.value)}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={(event) => {
          composing.current = false;
          tell(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      {text !== '' && (
        <button
          type="button"
          className={styles.clear}
          aria-label={t('form.clear')}
          onClick={() => {
            tell('');
            box.current?.focus();
          }}
        >
          <IconX size={14} aria-hidden />
        </button>
      )}
    </search>
  );
}
