import type { Json } from '../../../shared/contract/common.ts';
import { type FormName, fieldLabelKey } from '../../../shared/domain/form-fields.ts';
import type { FieldDefinition } from '../../../shared/domain/forms/field.ts';
import type { FieldError } from '../../../shared/errors/app-error.ts';
import { FieldEditor } from '../../ui/fields/field-editor.tsx';
import { FieldFindings, RequiredMark } from '../../ui/fields/field-findings.tsx';
import type { FieldWords } from '../../ui/fields/field-words.ts';
import { ListEditor } from '../../ui/fields/list-editor.tsx';
import { isWide } from '../../ui/fields/value-text.ts';
import styles from './entry.module.css';

interface FormFieldsProps {
  readonly form: FormName;
  readonly fields: readonly FieldDefinition[];
  readonly values: Readonly<Record<string, Json>>;
  /** Texts that are not understood yet, by path. */
  readonly raw: Readonly<Record<string, string>>;
  readonly errors?: readonly FieldError[];
  readonly words: FieldWords;
  /** Keeps the ids of several of these on one screen apart. */
  readonly idPrefix: string;
  readonly onValue: (key: string, value: Json) => void;
  readonly onRaw: (path: string, text: string | null) => void;
}

/** Fields of one of the forms of visits and reports, labels above, long texts across. */
export function FormFields({
  form,
  fields,
  values,
  raw,
  errors = [],
  words,
  idPrefix,
  onValue,
  onRaw,
}: FormFieldsProps) {
  return (
    <div className={styles.grid}>
      {fields.map((field) => {
        const label = words.t(fieldLabelKey(form, field.key));
        const id = `${idPrefix}-${field.key}`;
        const own = errors.filter((error) => error.path === field.key || error.path.startsWith(`${field.key}.`));
        const value = values[field.key] ?? null;
        return (
          <div key={field.key} className={isWide(field) ? styles.wideField : styles.field}>
            {field.type === 'list' ? (
              <>
                <span className={styles.fieldLabel}>{label}</span>
                <ListEditor
                  kind={form}
                  field={field}
                  value={value}
                  raw={raw}
                  errors={own}
                  warnings={[]}
                  words={words}
                  onValue={(next) => onValue(field.key, next)}
                  onRaw={onRaw}
                />
              </>
            ) : (
              <>
                <label htmlFor={id}>
                  {label}
                  {field.required === 'required' && <RequiredMark />}
                </label>
                <FieldEditor
                  field={field}
                  value={value}
                  raw={raw[field.key]}
                  words={words}
                  id={id}
                  label={label}
                  invalid={own.length > 0}
                  required={field.required === 'required'}
                  onValue={(next) => onValue(field.key, next)}
                  onRaw={(text) => onRaw(field.key, text)}
                />
                <FieldFindings id={`${id}-says`} errors={own} warnings={[]} />
              </>
            )}
          </div>
        );
      })}
    </div>
  );
}
