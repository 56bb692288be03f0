import { Textarea } from '@mantine/core';
import { useId } from 'react';
import { useText } from '../../i18n/use-text.ts';

interface ReasonFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Message keys of reasons that are often right; one press takes one. */
  readonly suggestions?: readonly string[];
  readonly label?: string;
  readonly error?: string | null;
  readonly autoFocus?: boolean;
}

/** Every act that bends the order asks for its reason once, in words. */
export function ReasonField({ value, onChange, suggestions = [], label, error, autoFocus = false }: ReasonFieldProps) {
  const { t } = useText();
  const listId = useId();
  return (
    <div>
      <Textarea
        label={label ?? t('kit.reason')}
        description={t('kit.reasonHelp')}
        required
        autosize
        minRows={2}
        maxRows={5}
        maxLength={400}
        value={value}
        error={error}
        data-autofocus={autoFocus || undefined}
        aria-describedby={suggestions.length > 0 ? listId : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {suggestions.length > 0 && (
        <ul id={listId} style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginBlockStart: 8 }}>
          {suggestions.map((key) => (
            <li key={key}>
              <button type="button" className="suggestion" onClick={() => onChange(t(key))}>
                {t(key)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
