import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import type { Json } from '../../../shared/contract/common.ts';
import type { FormName } from '../../../shared/domain/form-fields.ts';
import type { FieldDefinition } from '../../../shared/domain/forms/field.ts';
import type { FieldError } from '../../../shared/errors/app-error.ts';
import { Button, IconButton } from '../actions/button.tsx';
import { FieldEditor } from './field-editor.tsx';
import { FieldFindings, RequiredMark } from './field-findings.tsx';
import { fieldId } from './field-focus.ts';
import { isEmptyValue } from './field-values.ts';
import type { FieldWords } from './field-words.ts';
import styles from './list.module.css';
import { isWide, valueText } from './value-text.ts';

type Entry = Readonly<Record<string, Json>>;

export function entriesOf(value: Json): readonly Entry[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (entry): entry is { [key: string]: Json } => typeof entry === 'object' && entry !== null && !Array.isArray(entry),
  );
}

/** The entries of a repeating group as they are read: what is filled in, nothing else. */
export function ListReading({
  kind,
  field,
  value,
  words,
}: {
  readonly kind: FormName;
  readonly field: FieldDefinition;
  readonly value: Json;
  readonly words: FieldWords;
}) {
  const entries = entriesOf(value);
  return (
    <ol className={styles.reading}>
      {entries.map((entry, index) => (
        // Entries have no identity of their own: their place is what the paper knows.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={index} className={styles.readEntry}>
          <span className={styles.number}>{index + 1}</span>
          <dl className={styles.parts}>
            {(field.itemFields ?? [])
              .filter((part) => !isEmptyValue(entry[part.key]))
              .map((part) => (
                <div key={part.key} className={part.identifying === true ? styles.leading : styles.part}>
                  <dt className={part.identifying === true ? 'visually-hidden' : undefined}>
                    {words.ownLabel(kind, `${field.key}.${part.key}`)}
                  </dt>
                  <dd>{valueText(part, entry[part.key], words)}</dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}

interface ListEditorProps {
  readonly kind: FormName;
  readonly field: FieldDefinition;
  readonly value: Json;
  readonly raw: Readonly<Record<string, string>>;
  readonly errors: readonly FieldError[];
  readonly warnings: readonly FieldError[];
  readonly words: FieldWords;
  readonly onValue: (value: Json) => void;
  readonly onRaw: (path: string, text: string | null) => void;
}

/** The entries of a repeating group being filled in: contacts, certificates, competitors … */
export function ListEditor({ kind, field, value, raw, errors, warnings, words, onValue, onRaw }: ListEditorProps) {
  const entries = entriesOf(value);
  const box = useRef<HTMLDivElement>(null);
  const parts = field.itemFields ?? [];
  const label = words.ownLabel(kind, field.key);

  const change = (index: number, key: string, part: Json): void =>
    onValue(entries.map((entry, at) => (at === index ? { ...entry, [key]: part } : { ...entry })));
  const remove = (index: number): void => {
    for (const part of parts) onRaw(`${field.key}.${index}.${part.key}`, null);
    onValue(entries.filter((_entry, at) => at !== index).map((entry) => ({ ...entry })));
  };
  const add = (): void => {
    onValue([...entries.map((entry) => ({ ...entry })), {}]);
    const first = parts[0];
    if (first !== undefined)
      requestAnimationFrame(() =>
        document.getElementById(fieldId(`${field.key}.${entries.length}.${first.key}`))?.focus(),
      );
  };

  return (
    <div className={styles.editor} ref={box} id={fieldId(field.key)} tabIndex={-1}>
      {entries.map((entry, index) => (
        <fieldset
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity of their own
          key={`${entries.length}-${index}`}
          className={styles.entry}
        >
          <legend className={styles.legend}>{words.t('cards.entryOf', { field: label, n: index + 1 })}</legend>
          <div className={styles.entryGrid}>
            {parts.map((part) => {
              const path = `${field.key}.${index}.${part.key}`;
              const partLabel = words.ownLabel(kind, `${field.key}.${part.key}`);
              const own = errors.filter((error) => error.path === path);
              const warned = warnings.filter((warning) => warning.path === path);
              const wide = isWide(part) || part.type === 'multiEnum';
              return (
                <div key={part.key} className={wide ? styles.fieldWide : styles.field}>
                  <label className={styles.label} htmlFor={fieldId(path)}>
                    {partLabel}
                    {part.required === 'required' && <RequiredMark />}
                  </label>
                  <FieldEditor
                    field={part}
                    value={entry[part.key] ?? null}
                    raw={raw[path]}
                    words={words}
                    id={fieldId(path)}
                    label={partLabel}
                    invalid={own.length > 0}
                    required={part.required === 'required'}
                    describedBy={own.length + warned.length > 0 ? `${fieldId(path)}-says` : undefined}
                    onValue={(next) => change(index, part.key, next)}
                    onRaw={(text) => onRaw(path, text)}
                  />
                  <FieldFindings id={`${fieldId(path)}-says`} errors={own} warnings={warned} />
                </div>
              );
            })}
          </div>
          <div className={styles.remove}>
            <IconButton
              icon={IconTrash}
              label={words.t('cards.removeEntry', { field: label, n: index + 1 })}
              onClick={() => remove(index)}
            />
          </div>
        </fieldset>
      ))}
      <Button size="small" kind="quiet" icon={IconPlus} onClick={add}>
        {words.t('cards.addEntry', { field: label })}
      </Button>
    </div>
  );
}
