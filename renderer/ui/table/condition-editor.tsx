import { type FormEvent, useState } from 'react';
import {
  type Comparison,
  type Condition,
  type ConditionValue,
  comparisonsOf,
  conditionProblem,
  type ListField,
  listOptions,
  listOptionWords,
  valuesNeeded,
} from '../../../shared/domain/lists/list-query.ts';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';
import { Button } from '../actions/button.tsx';
import { FieldSelect } from './field-select.tsx';
import styles from './list-bar.module.css';
import { comparisonLabel } from './list-words.ts';

interface ConditionEditorProps {
  readonly fields: ReadonlyMap<string, ListField>;
  readonly condition: Condition | null;
  readonly onDone: (condition: Condition) => void;
}

/** One condition of a filter: which field, how it is compared, with what. Enter applies it. */
export function ConditionEditor({ fields, condition, onDone }: ConditionEditorProps) {
  const { t } = useText();
  const [key, setKey] = useState(condition?.field ?? '');
  const field = fields.get(key);
  const [is, setIs] = useState<Comparison>(condition?.is ?? 'is');
  const [values, setValues] = useState<readonly ConditionValue[]>(condition?.values ?? []);
  const chooseField = (next: string): void => {
    setKey(next);
    const chosen = fields.get(next);
    setIs(chosen === undefined ? 'is' : (comparisonsOf(chosen.type)[0] ?? 'is'));
    setValues(chosen?.type === 'flag' ? [true] : []);
  };
  const made: Condition = { field: key, is, values: values.slice(0, valuesNeeded(is).most) };
  const fits = field !== undefined && conditionProblem(fields, made) === undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (fits) onDone(made);
  };
  return (
    <form
      className={styles.editor}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && isComposing(event)) event.preventDefault();
      }}
    >
      <FieldSelect
        fields={fields}
        label={t('list.filter.field')}
        value={key}
        none={t('list.filter.chooseField')}
        onChange={chooseField}
      />
      {field !== undefined && (
        <>
          {field.type !== 'flag' && (
            <select
              className={styles.select}
              aria-label={t('list.filter.comparison')}
              value={is}
              onChange={(event) => setIs(event.currentTarget.value as Comparison)}
            >
              {comparisonsOf(field.type).map((one) => (
                <option key={one} value={one}>
                  {comparisonLabel(field, one, t)}
                </option>
              ))}
            </select>
          )}
          <Values field={field} is={is} values={values} onValues={setValues} />
        </>
      )}
      <Button type="submit" kind="primary" disabled={!fits}>
        {t('list.filter.apply')}
      </Button>
    </form>
  );
}

interface ValuesProps {
  readonly field: ListField;
  readonly is: Comparison;
  readonly values: readonly ConditionValue[];
  readonly onValues: (values: readonly ConditionValue[]) => void;
}

function Values({ field, is, values, onValues }: ValuesProps) {
  const { t } = useText();
  const { most } = valuesNeeded(is);
  if (most === 0) return null;
  if (field.type === 'flag')
    return (
      <fieldset className={styles.choices}>
        <legend className="visually-hidden">{t('list.filter.value')}</legend>
        {[true, false].map((value) => (
          <label key={String(value)} className={styles.choice}>
            <input type="radio" name="flag" checked={values[0] === value} onChange={() => onValues([value])} />
            {t(value ? 'list.yes' : 'list.no')}
          </label>
        ))}
      </fieldset>
    );
  if (field.type === 'option') return <Options field={field} values={values} onValues={onValues} />;
  if (is === 'between')
    return (
      <div className={styles.pair}>
        <Entry
          label={t('list.filter.from')}
          field={field}
          value={values[0]}
          onValue={(value) => onValues([value, values[1] ?? ''])}
        />
        <Entry
          label={t('list.filter.to')}
          field={field}
          value={values[1]}
          onValue={(value) => onValues([values[0] ?? '', value])}
        />
      </div>
    );
  return (
    <Entry
      label={t('list.filter.value')}
      field={field}
      value={values[0]}
      onValue={(value) => onValues(value === '' ? [] : [value])}
    />
  );
}

/** From so many values on they can be narrowed by a typed text. */
const MANY_OPTIONS = 20;

/** Values of a set to be ticked; what was typed freely into a card and stands in no set can be added by its text. */
function Options({
  field,
  values,
  onValues,
}: {
  readonly field: ListField;
  readonly values: readonly ConditionValue[];
  readonly onValues: (values: readonly ConditionValue[]) => void;
}) {
  const { t } = useText();
  const known = listOptions(field);
  const [sought, setSought] = useState('');
  const words = (value: string): string => listOptionWords(field, value, t);
  const free = values.filter((value) => !known.includes(String(value)));
  const shown = [...known, ...free.map(String)].filter(
    (value) => values.includes(value) || words(value).toLowerCase().includes(sought.trim().toLowerCase()),
  );
  const tick = (value: ConditionValue): void =>
    onValues(values.includes(value) ? values.filter((one) => one !== value) : [...values, value]);
  return (
    <fieldset className={styles.choices}>
      <legend className="visually-hidden">{t('list.filter.value')}</legend>
      {known.length > MANY_OPTIONS && (
        <input
          className={styles.input}
          aria-label={t('list.filter.narrow')}
          placeholder={t('list.filter.narrow')}
          autoComplete="off"
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
      )}
      {shown.map((value) => (
        <label key={value} className={styles.choice}>
          <input type="checkbox" checked={values.includes(value)} onChange={() => tick(value)} />
          {words(value)}
        </label>
      ))}
    </fieldset>
  );
}

function Entry({
  label,
  field,
  value,
  onValue,
}: {
  readonly label: string;
  readonly field: ListField;
  readonly value: ConditionValue | undefined;
  readonly onValue: (value: ConditionValue) => void;
}) {
  const { t } = useText();
  const [text, setText] = useState(value === undefined ? '' : String(value));
  const change = (next: string): void => {
    setText(next);
    const trimmed = next.trim().normalize('NFKC');
    if (field.type !== 'number') onValue(field.type === 'date' ? trimmed.replaceAll('/', '-') : next.trim());
    else {
      const plain = trimmed.replaceAll(',', '');
      onValue(plain === '' || !Number.isFinite(Number(plain)) ? '' : Number(plain));
    }
  };
  return (
    <input
      className={styles.input}
      aria-label={label}
      placeholder={field.type === 'date' ? t('list.filter.dateHint') : label}
      inputMode={field.type === 'number' ? 'decimal' : undefined}
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
