import { useDeferredValue, useId } from 'react';
import type { Json } from '../../../shared/contract/common.ts';
import { type FieldDefinition, INDEFINITE } from '../../../shared/domain/forms/field.ts';
import { fieldOptions } from '../../../shared/domain/forms/option-sets.ts';
import { groupDigits } from '../../../shared/util/group-digits.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import styles from './field.module.css';
import { TypedInput } from './typed-input.tsx';
import { parseTypedDate, parseTypedMoney, parseTypedNumber } from './typed-value.ts';
import type { FieldKit } from './use-field-kit.ts';
import { optionText, optionValue } from './value-text.ts';

export interface FieldEditorProps {
  readonly field: FieldDefinition;
  readonly value: Json;
  readonly raw?: string | undefined;
  readonly words: FieldKit;
  readonly onValue: (value: Json) => void;
  readonly onRaw: (text: string | null) => void;
  /** For `label` and for links that lead to the field. */
  readonly id: string;
  readonly label: string;
  /** Ids of warning and error beside the field. */
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean;
  readonly required?: boolean;
}

const CURRENCIES = ['CNY', 'TWD', 'USD', 'EUR', 'JPY', 'HKD', 'GBP', 'KRW', 'VND', 'THB', 'SGD', 'MYR'];

const asText = (value: Json): string => (value === null || typeof value === 'object' ? '' : String(value));

/** The control for one field of the paper form, by its type. It looks like handwriting on the form, not like a web form. */
export function FieldEditor(props: FieldEditorProps) {
  const { field } = props;
  switch (field.type) {
    case 'longText':
    case 'address':
      return <TextArea {...props} />;
    case 'date':
    case 'partialDate':
      return <DateInput {...props} />;
    case 'integer':
    case 'number':
    case 'percent':
      return <NumberField {...props} />;
    case 'money':
      return <MoneyField {...props} />;
    case 'enum':
      return field.openOptions === true ? <OpenChoice {...props} /> : <Choice {...props} />;
    case 'multiEnum':
      return <ManyChoice {...props} />;
    case 'boolean':
      return <YesNo {...props} />;
    case 'staff':
      return <StaffInput {...props} />;
    case 'customer':
      return <CustomerInput {...props} />;
    default:
      return <TextLine {...props} />;
  }
}

function common({ id, describedBy, invalid, required }: FieldEditorProps) {
  return {
    id,
    'aria-describedby': describedBy,
    'aria-invalid': invalid === true ? (true as const) : undefined,
    'aria-required': required === true ? (true as const) : undefined,
  };
}

const INPUT_MODES = { phone: 'tel', email: 'email' } as const;

function TextLine(props: FieldEditorProps) {
  const { field, value, onValue } = props;
  return (
    <input
      {...common(props)}
      className={styles.input}
      autoComplete="off"
      spellCheck={false}
      inputMode={field.type === 'phone' || field.type === 'email' ? INPUT_MODES[field.type] : undefined}
      value={asText(value)}
      onChange={(event) => onValue(event.currentTarget.value)}
    />
  );
}

function TextArea(props: FieldEditorProps) {
  return (
    <textarea
      autoComplete="off"
      {...common(props)}
      className={styles.area}
      rows={1}
      spellCheck={false}
      value={asText(props.value)}
      onChange={(event) => props.onValue(event.currentTarget.value)}
    />
  );
}

function DateInput(props: FieldEditorProps) {
  const { field, value, raw, words, onValue, onRaw } = props;
  const partial = field.type === 'partialDate';
  const indefinite = field.allowIndefinite === true;
  return (
    <TypedInput
      {...common(props)}
      value={value}
      raw={raw}
      onValue={onValue}
      onRaw={onRaw}
      placeholder={words.t(partial ? 'form.placeholder.partialDate' : 'form.placeholder.date')}
      parse={(text) =>
        indefinite && text.trim() === words.t('value.indefinite')
          ? INDEFINITE
          : parseTypedDate(text, { partial, indefinite })
      }
      show={(shown) => (shown === INDEFINITE ? words.t('value.indefinite') : asText(shown))}
    />
  );
}

function NumberField(props: FieldEditorProps) {
  const { field, value, raw, words, onValue, onRaw } = props;
  const isYear = field.type === 'integer' && field.min === 1900;
  const unit = field.type === 'percent' ? '%' : field.unit === undefined ? null : words.t(`unit.${field.unit}`);
  return (
    <span className={styles.withUnit}>
      <TypedInput
        {...common(props)}
        value={value}
        raw={raw}
        onValue={onValue}
        onRaw={onRaw}
        inputMode="decimal"
        parse={(text) => parseTypedNumber(text, field.type === 'integer')}
        show={(shown) => (isYear ? asText(shown) : groupDigits(asText(shown)))}
      />
      {unit !== null && <span className={styles.unit}>{unit}</span>}
    </span>
  );
}

function MoneyField(props: FieldEditorProps) {
  const { value, raw, words, label, onValue, onRaw } = props;
  const money = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const currency = typeof money['currency'] === 'string' ? money['currency'] : 'CNY';
  const choices = CURRENCIES.includes(currency) ? CURRENCIES : [currency, ...CURRENCIES];
  const amountOf = (shown: Json): string =>
    typeof shown === 'object' && shown !== null && !Array.isArray(shown) && typeof shown['amount'] === 'string'
      ? groupDigits(shown['amount'])
      : '';
  return (
    <span className={styles.withUnit}>
      <TypedInput
        {...common(props)}
        value={value}
        raw={raw}
        onValue={onValue}
        onRaw={onRaw}
        inputMode="decimal"
        parse={(text) => {
          const parsed = parseTypedMoney(text, currency);
          return parsed === null || parsed === undefined ? parsed : { ...parsed };
        }}
        show={amountOf}
      />
      <select
        className={styles.currency}
        aria-label={words.t('form.currencyOf', { field: label })}
        value={currency}
        onChange={(event) => onValue({ amount: String(money['amount'] ?? '0'), currency: event.currentTarget.value })}
      >
        {choices.map((code) => (
          <option key={code} value={code}>
            {code}
          </option>
        ))}
      </select>
    </span>
  );
}

function Choice(props: FieldEditorProps) {
  const { field, value, words, onValue } = props;
  return (
    <select
      {...common(props)}
      className={styles.select}
      value={asText(value)}
      data-empty={value === null ? '' : undefined}
      onChange={(event) => onValue(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    >
      <option value="">{words.t('form.notFilled')}</option>
      {offered(field, [asText(value)]).map((option) => (
        <option key={option} value={option}>
          {optionText(field, option, words)}
        </option>
      ))}
    </select>
  );
}

/** What a list offers: what the keeper hid only where the card already has it. */
function offered(field: FieldDefinition, chosen: readonly string[]): readonly string[] {
  return fieldOptions(field)
    .filter(({ value, hidden }) => !hidden || chosen.includes(value))
    .map(({ value }) => value);
}

/** A list the company extends: one of its words, or another that is typed. */
function OpenChoice(props: FieldEditorProps) {
  const { field, value, raw, words, onValue, onRaw } = props;
  const listId = useId();
  return (
    <>
      <TypedInput
        {...common(props)}
        list={listId}
        value={value}
        raw={raw}
        onValue={onValue}
        onRaw={onRaw}
        parse={(text) => optionValue(field, text, words)}
        show={(shown) => (typeof shown === 'string' ? optionText(field, shown, words) : '')}
      />
      <datalist id={listId}>
        {offered(field, []).map((option) => (
          <option key={option} value={optionText(field, option, words)} />
        ))}
      </datalist>
    </>
  );
}

function ManyChoice(props: FieldEditorProps) {
  const { field, value, words, id, label, onValue } = props;
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const options = offered(field, chosen);
  return (
    <fieldset className={styles.many} id={id} tabIndex={-1} aria-describedby={props.describedBy}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option} className={styles.chip}>
          <input
            type="checkbox"
            checked={chosen.includes(option)}
            onChange={(event) =>
              onValue(
                event.currentTarget.checked
                  ? options.filter((one) => one === option || chosen.includes(one))
                  : chosen.filter((one) => one !== option),
              )
            }
          />
          <span>{optionText(field, option, words)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function YesNo(props: FieldEditorProps) {
  const { value, words, onValue } = props;
  return (
    <select
      {...common(props)}
      className={styles.select}
      value={typeof value === 'boolean' ? String(value) : ''}
      data-empty={value === null ? '' : undefined}
      onChange={(event) => onValue(event.currentTarget.value === '' ? null : event.currentTarget.value === 'true')}
    >
      <option value="">{words.t('form.notFilled')}</option>
      <option value="true">{words.t('value.yes')}</option>
      <option value="false">{words.t('value.no')}</option>
    </select>
  );
}

const OFFERED_CUSTOMERS = 12;

/** A customer by number, any part of the name, pinyin or initials; a name that is no customer's is kept as written. */
function CustomerInput(props: FieldEditorProps) {
  const { value, onValue } = props;
  const listId = useId();
  const typed = asText(value);
  const sought = useDeferredValue(typed.trim());
  const found = useArchiveQuery(
    'customers.list',
    { text: sought, limit: OFFERED_CUSTOMERS },
    { enabled: [...sought].length >= 2, keepPrevious: true },
  ).data?.rows;
  return (
    <>
      <input
        {...common(props)}
        className={styles.input}
        list={listId}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
      <datalist id={listId}>
        {(found ?? []).map((row) => (
          <option key={row.number} value={row.number} label={row.name} />
        ))}
      </datalist>
    </>
  );
}

/** A member of staff by name or number; a name that the register does not know is kept as written. */
function StaffInput(props: FieldEditorProps) {
  const { value, raw, words, onValue, onRaw } = props;
  const listId = useId();
  return (
    <>
      <TypedInput
        {...common(props)}
        list={listId}
        value={value}
        raw={raw}
        onValue={onValue}
        onRaw={onRaw}
        parse={(text) => {
          const typed = text.trim();
          if (typed === '') return null;
          const matches = words.staff.filter((member) => member.name === typed || member.number === typed);
          return matches.length === 1 ? (matches[0]?.id ?? typed) : typed;
        }}
        show={(shown) => (typeof shown === 'number' ? (words.staffName(shown) ?? String(shown)) : asText(shown))}
      />
      <datalist id={listId}>
        {words.staff
          .filter((member) => member.active)
          .map((member) => (
            <option key={member.id} value={member.name} label={`${member.number} ${member.department}`} />
          ))}
      </datalist>
    </>
  );
}
