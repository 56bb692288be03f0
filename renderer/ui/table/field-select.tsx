import { type ReactNode, useMemo } from 'react';
import type { ListField } from '../../../shared/domain/lists/list-query.ts';
import { useText } from '../../i18n/use-text.ts';
import styles from './list-bar.module.css';
import { fieldSections } from './list-words.ts';

interface FieldSelectProps {
  readonly fields: ReadonlyMap<string, ListField>;
  readonly accept?: (field: ListField) => boolean;
  readonly label: string;
  readonly value: string;
  /** First line, for "none" or "choose one". */
  readonly none: string;
  readonly onChange: (key: string) => void;
}

/** One field of a list's vocabulary, by the sections of the form. */
export function FieldSelect({ fields, accept, label, value, none, onChange }: FieldSelectProps): ReactNode {
  const { t } = useText();
  const sections = useMemo(() => fieldSections(fields, t, accept), [fields, t, accept]);
  return (
    <select
      className={styles.select}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">{none}</option>
      {sections.map((section) => (
        <optgroup key={section.label} label={section.label}>
          {section.fields.map((field) => (
            <option key={field.key} value={field.key}>
              {field.label}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
