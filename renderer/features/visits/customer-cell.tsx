import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { customerOfVisitCode } from '../../../shared/domain/visit-brief.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';
import styles from './entry.module.css';

export interface ChosenCustomer {
  readonly number: string;
  readonly name: string;
}

interface CustomerCellProps {
  /** Number, or what was typed or pasted and is not one yet. */
  readonly typed: string;
  readonly name: string;
  readonly label: string;
  readonly id: string;
  readonly invalid: boolean;
  readonly autoFocus?: boolean;
  readonly onTyped: (text: string) => void;
  readonly onChosen: (customer: ChosenCustomer) => void;
  /** Enter took a customer: on to the next cell. */
  readonly onDone?: () => void;
}

const OFFERED = 8;

/** A customer by pinyin, initials, any part of the name, number or scanned code; Enter or Tab takes the first. */
export function CustomerCell({
  typed,
  name,
  label,
  id,
  invalid,
  autoFocus,
  onTyped,
  onChosen,
  onDone,
}: CustomerCellProps) {
  const { t } = useText();
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const composing = useRef(false);
  const [settled, setSettled] = useState('');
  const wanted = customerOfVisitCode(typed);
  useEffect(() => {
    const timer = setTimeout(() => !composing.current && setSettled(name === '' ? typed.trim() : ''), 60);
    return () => clearTimeout(timer);
  }, [typed, name]);
  const found = useArchiveQuery(
    'customers.list',
    { text: customerOfVisitCode(settled) === settled ? settled : customerOfVisitCode(settled), limit: OFFERED },
    { enabled: settled !== '', keepPrevious: true },
  ).data;
  const rows = settled === '' ? [] : (found?.rows ?? []);
  const shown = open && rows.length > 0;
  const isNobody = open && name === '' && settled !== '' && found !== undefined && rows.length === 0;

  // What was pasted or scanned whole needs no choosing: a number, or a name that only one customer has.
  const latest = useRef(onChosen);
  useEffect(() => {
    latest.current = onChosen;
  });
  useEffect(() => {
    if (settled === '' || name !== '' || rows.length === 0) return;
    const exact = rows.filter((row) => row.number === wanted || row.name === settled);
    const [only] = exact;
    if (only !== undefined && exact.length === 1) latest.current({ number: only.number, name: only.name });
  }, [settled, name, rows, wanted]);

  const choose = (index: number): boolean => {
    const row = rows[index];
    if (row === undefined) return false;
    onChosen({ number: row.number, name: row.name });
    setOpen(false);
    return true;
  };
  /** Typed faster than the list could answer: the question is asked again for what stands there now. */
  const chooseFirst = async (text: string): Promise<void> => {
    const { rows: fresh } = await archive.call('customers.list', { text: customerOfVisitCode(text), limit: 1 });
    const [first] = fresh;
    if (first !== undefined) onChosen({ number: first.number, name: first.name });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (isComposing(event)) return;
    if (event.key === 'ArrowDown' && shown) {
      event.preventDefault();
      event.stopPropagation();
      setActive((active + 1) % rows.length);
    } else if (event.key === 'ArrowUp' && shown) {
      event.preventDefault();
      event.stopPropagation();
      setActive((active - 1 + rows.length) % rows.length);
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    } else if (
      (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) &&
      name === '' &&
      typed.trim() !== ''
    ) {
      const isFresh = settled === typed.trim() && rows.length > 0;
      if (!(isFresh && choose(active))) void chooseFirst(typed.trim()).catch(() => undefined);
      if (event.key === 'Enter' && onDone !== undefined) {
        event.preventDefault();
        onDone();
      }
    }
  };
  return (
    <span className={styles.customer}>
      <input
        id={id}
        className={styles.cell}
        role="combobox"
        aria-label={label}
        aria-expanded={shown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown ? `${listId}-${active}` : undefined}
        aria-invalid={invalid || undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('visits.customerHint')}
        data-autofocus={autoFocus || undefined}
        value={name === '' ? typed : `${typed} ${name}`}
        title={name === '' ? undefined : `${typed} ${name}`}
        onFocus={(event) => event.currentTarget.select()}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={(event) => {
          composing.current = false;
          setSettled(event.currentTarget.value.trim());
        }}
        onChange={(event) => {
          setOpen(true);
          setActive(0);
          onTyped(event.currentTarget.value);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {isNobody && (
        <span role="status" className={styles.offers}>
          <span className={styles.soft}>{t('visits.customerUnknown')}</span>
        </span>
      )}
      {shown && (
        <span id={listId} role="listbox" aria-label={label} className={styles.offers}>
          {rows.map((row, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the input field has the keys
            <span
              key={row.number}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={styles.offer}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(index)}
            >
              <span className={styles.soft}>{row.number}</span> {row.name}
            </span>
          ))}
        </span>
      )}
    </span>
  );
}
