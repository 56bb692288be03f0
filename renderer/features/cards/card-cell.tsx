import { IconCheck, IconMessage2 } from '@tabler/icons-react';
import { type Dispatch, memo } from 'react';
import type { Json } from '../../../shared/contract/common.ts';
import type { Card } from '../../../shared/contract/customers.ts';
import type { CardKind } from '../../../shared/domain/form-fields.ts';
import type { FieldDefinition } from '../../../shared/domain/forms/field.ts';
import { factAge } from '../../../shared/domain/staleness.ts';
import type { FieldError } from '../../../shared/errors/app-error.ts';
import { FieldEditor } from '../../ui/fields/field-editor.tsx';
import { FieldFindings, RequiredMark } from '../../ui/fields/field-findings.tsx';
import { fieldId } from '../../ui/fields/field-focus.ts';
import { isEmptyValue } from '../../ui/fields/field-values.ts';
import type { FieldWords } from '../../ui/fields/field-words.ts';
import { ListEditor, ListReading } from '../../ui/fields/list-editor.tsx';
import { isWide, valueText } from '../../ui/fields/value-text.ts';
import type { CardFormAction } from './card-form.ts';
import { FactMark } from './fact-mark.tsx';
import styles from './sheet.module.css';

export interface CardCellProps {
  readonly kind: CardKind;
  readonly field: FieldDefinition;
  /** What is typed, else what is saved. */
  readonly value: Json;
  readonly edited: boolean;
  readonly confirmedNow: boolean;
  readonly confirmation: Card['confirmations'][string] | undefined;
  /** Texts of this field that are not understood yet, by path. */
  readonly raw: Readonly<Record<string, string>>;
  readonly isNew: boolean;
  readonly dispatch: Dispatch<CardFormAction>;
  readonly editing: boolean;
  /** True when the field is asked for and empty. */
  readonly missing: boolean;
  readonly asked: boolean;
  readonly masked: boolean;
  readonly errors: readonly FieldError[];
  readonly warnings: readonly FieldError[];
  readonly words: FieldWords;
  readonly now: Date;
  /** Months after which a fact is old (M1). */
  readonly months: number;
  /** What the supervisor wants answered about this field. */
  readonly remark: string | undefined;
  readonly onEdit: ((path: string) => void) | null;
  readonly onHistory: (field: string) => void;
}

/**
 * One field of the paper form: label left, value right, what is to be said about it below. Its props are its own slice of the
 * card, so that typing in one field draws that field alone.
 */
export const CardCell = memo(function CardCell(props: CardCellProps) {
  const { kind, field, edited, editing, missing, asked, masked, errors, warnings, words } = props;
  const { t } = words;
  const label = words.ownLabel(kind, field.key);
  const mayEdit = field.computed !== true && !masked;
  const saysId = `${fieldId(field.key)}-says`;
  const age = ageOf(props);
  return (
    <div
      className={isWide(field) ? styles.cellWide : styles.cell}
      data-field={field.key}
      data-missing={missing || undefined}
      data-edited={edited || undefined}
      data-age={age === undefined ? undefined : age >= 1 ? 'old' : age >= 0.5 ? 'fading' : undefined}
    >
      <div className={styles.label}>
        {editing && mayEdit && field.type !== 'list' && field.type !== 'multiEnum' ? (
          <label htmlFor={fieldId(field.key)}>{label}</label>
        ) : (
          <span id={`${fieldId(field.key)}-label`}>{label}</span>
        )}
        {asked && <RequiredMark />}
        {edited && !props.isNew && <span className={styles.editedMark}>{t('cards.edited')}</span>}
      </div>
      <div className={styles.value}>
        <div className={styles.valueLine}>
          {editing && mayEdit ? (
            <Editing {...props} label={label} saysId={saysId} />
          ) : (
            <Reading {...props} label={label} />
          )}
          {age !== undefined && age >= 1 && !editing && (
            <span className={styles.oldSince} title={t('cards.fact.old')}>
              {words.formats.day(props.confirmation?.at ?? '')}
            </span>
          )}
          <Marks {...props} />
        </div>
        {props.remark !== undefined && (
          <p className={styles.remark}>
            <IconMessage2 size={14} aria-hidden /> <span className="visually-hidden">{t('cards.review.remark')}</span>
            {props.remark}
          </p>
        )}
        <FieldFindings
          id={saysId}
          errors={editing ? errors.filter((error) => error.path === field.key) : []}
          warnings={editing && field.type === 'list' ? [] : warnings}
        />
      </div>
    </div>
  );
});

/** Age of the fact as it stands, 0 fresh to 1 due for review; undefined where there is nothing to be old. */
function ageOf({ field, value, edited, confirmedNow, confirmation, now, months }: CardCellProps): number | undefined {
  if (confirmation === undefined || edited || confirmedNow || field.computed === true || isEmptyValue(value))
    return undefined;
  return factAge(confirmation.at.slice(0, 10), now.toISOString().slice(0, 10), months);
}

function Editing({
  kind,
  field,
  value,
  raw,
  dispatch,
  asked,
  errors,
  warnings,
  words,
  label,
  saysId,
}: CardCellProps & { readonly label: string; readonly saysId: string }) {
  const onValue = (next: Json): void => dispatch({ type: 'edit', key: field.key, value: next });
  const onRaw = (path: string, text: string | null): void => dispatch({ type: 'raw', path, text });
  if (field.type === 'list')
    return (
      <ListEditor
        kind={kind}
        field={field}
        value={value}
        raw={raw}
        errors={errors}
        warnings={warnings}
        words={words}
        onValue={onValue}
        onRaw={onRaw}
      />
    );
  const own = errors.filter((error) => error.path === field.key);
  return (
    <FieldEditor
      field={field}
      value={value}
      raw={raw[field.key]}
      words={words}
      id={fieldId(field.key)}
      label={label}
      invalid={own.length > 0}
      required={asked}
      describedBy={own.length + warnings.length > 0 ? saysId : undefined}
      onValue={onValue}
      onRaw={(text) => onRaw(field.key, text)}
    />
  );
}

function Reading({
  kind,
  field,
  value,
  missing,
  masked,
  words,
  onEdit,
  label,
}: CardCellProps & { readonly label: string }) {
  const { t } = words;
  if (masked) return <span className={styles.masked}>{t('value.masked')}</span>;
  const empty = isEmptyValue(value);
  const content =
    field.type === 'list' && !empty ? (
      <ListReading kind={kind} field={field} value={value} words={words} />
    ) : (
      <span className={styles.text}>
        {empty ? t(missing ? 'cards.missing' : 'cards.blank') : valueText(field, value, words)}
      </span>
    );
  if (onEdit === null || field.computed === true)
    return (
      <span className={styles.reading} data-empty={empty || undefined}>
        {content}
      </span>
    );
  return (
    // A click is a short cut for the mouse; the keyboard has E and Tab.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <span
      className={styles.readingEditable}
      data-empty={empty || undefined}
      title={t('cards.clickToEdit', { field: label })}
      onClick={() => {
        if ((window.getSelection()?.toString() ?? '') === '') onEdit(field.key);
      }}
    >
      {content}
    </span>
  );
}

function Marks(props: CardCellProps) {
  const { kind, field, value, edited, confirmedNow, confirmation, dispatch, editing, words, now, onEdit, onHistory } =
    props;
  const { t } = words;
  if (field.computed === true) return <span className={styles.computed}>{t('cards.computed')}</span>;
  if (confirmedNow)
    return (
      <button
        type="button"
        className={styles.confirmedNow}
        tabIndex={editing ? -1 : 0}
        onClick={() => dispatch({ type: 'confirm', keys: [field.key], on: false })}
      >
        <IconCheck size={14} aria-hidden /> {t('cards.confirmedNow')}
      </button>
    );
  if (confirmation === undefined || edited || isEmptyValue(value)) return null;
  return (
    <FactMark
      confirmation={confirmation}
      label={words.ownLabel(kind, field.key)}
      now={now}
      skipTab={editing}
      onConfirm={onEdit === null ? null : () => dispatch({ type: 'confirm', keys: [field.key], on: true })}
      onHistory={() => onHistory(field.key)}
    />
  );
}
