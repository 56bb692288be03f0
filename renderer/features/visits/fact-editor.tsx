import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Json } from '../../../shared/contract/common.ts';
import { type CardKind, cardForm, fieldAt, sectionLabelKey } from '../../../shared/domain/form-fields.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { Button, IconButton } from '../../ui/actions/button.tsx';
import { FieldEditor } from '../../ui/fields/field-editor.tsx';
import { isEmptyValue } from '../../ui/fields/field-values.ts';
import type { FieldWords } from '../../ui/fields/field-words.ts';
import { valueText } from '../../ui/fields/value-text.ts';
import styles from './entry.module.css';
import type { Fact } from './entry-state.ts';

interface FactEditorProps {
  readonly customer: string;
  readonly facts: readonly Fact[];
  readonly words: FieldWords;
  readonly onFacts: (facts: readonly Fact[]) => void;
}

/** A fact in words: a value, or the parts of an entry. */
export function factText(
  kind: CardKind,
  fact: { readonly field: string; readonly mode?: string | undefined; readonly value?: unknown },
  words: FieldWords,
): string {
  const value = (fact.value ?? null) as Json;
  const field = fieldAt(kind, fact.field, words.forms);
  if (field === undefined) return String(value);
  if (fact.mode !== 'add') return valueText(field, value, words);
  const item = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  return (field.itemFields ?? [])
    .filter((part) => !isEmptyValue(item[part.key]))
    .map((part) => `${words.ownLabel(kind, `${field.key}.${part.key}`)} ${valueText(part, item[part.key], words)}`)
    .join(words.t('form.listSeparator'));
}

/** Changes noticed at the customer (V2): proposed for the card, or written on it with the report. */
export function FactEditor({ customer, facts, words, onFacts }: FactEditorProps) {
  const { t } = words;
  const [adding, setAdding] = useState(false);
  const [key, setKey] = useState('');
  const [value, setValue] = useState<Json>(null);
  const [raw, setRaw] = useState<Readonly<Record<string, string>>>({});
  const found = useArchiveQuery('customers.list', { text: customer, limit: 1, show: 'all' }).data?.rows[0];
  const kind: CardKind = found?.kind ?? 'enterprise';
  const field = key === '' ? undefined : fieldAt(kind, key, words.forms);
  const isList = field?.type === 'list';
  const item = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const ready = field !== undefined && !isEmptyValue(value) && Object.keys(raw).length === 0;
  const add = (): void => {
    if (!ready) return;
    onFacts([...facts, { field: key, mode: isList ? 'add' : 'set', value, note: '', accept: false }]);
    setAdding(false);
    setKey('');
    setValue(null);
  };
  const keepRaw = (path: string, text: string | null): void => {
    const { [path]: _former, ...others } = raw;
    setRaw(text === null ? others : { ...others, [path]: text });
  };
  return (
    <div className={styles.facts}>
      <span className={styles.fieldLabel}>{t('visits.changes')}</span>
      {facts.map((fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts have no identity of their own before they are sent
        <div key={index} className={styles.fact}>
          <span className={styles.soft}>{words.ownLabel(kind, fact.field)}</span>
          <span>{factText(kind, fact, words)}</span>
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={fact.accept ?? false}
              onChange={(event) => {
                const { checked } = event.currentTarget;
                onFacts(facts.map((one, at) => (at === index ? { ...one, accept: checked } : one)));
              }}
            />
            {t('visits.acceptNow')}
          </label>
          <IconButton
            icon={IconX}
            label={t('visits.removeChange')}
            onClick={() => onFacts(facts.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {adding ? (
        <div className={styles.factAdd}>
          <select
            className={styles.select}
            aria-label={t('visits.changeField')}
            value={key}
            // biome-ignore lint/a11y/noAutofocus: opened by the person's own press
            autoFocus
            onChange={(event) => {
              setKey(event.currentTarget.value);
              setValue(null);
              setRaw({});
            }}
          >
            <option value="">{t('visits.changeField')}</option>
            {cardForm(kind, words.forms).sections.map((section) => (
              <optgroup key={section.key} label={t(sectionLabelKey(section.key))}>
                {section.fields
                  .filter((one) => one.computed !== true)
                  .map((one) => (
                    <option key={one.key} value={one.key}>
                      {words.ownLabel(kind, one.key)}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
          {field !== undefined && !isList && (
            <div className={styles.field}>
              <label htmlFor="fact-value">{t('visits.changeValue')}</label>
              <FieldEditor
                field={field}
                value={value}
                raw={raw['']}
                words={words}
                id="fact-value"
                label={t('visits.changeValue')}
                onValue={setValue}
                onRaw={(text) => keepRaw('', text)}
              />
            </div>
          )}
          {isList &&
            (field.itemFields ?? []).map((part) => {
              const label = words.ownLabel(kind, `${field.key}.${part.key}`);
              return (
                <div key={part.key} className={styles.field}>
                  <label htmlFor={`fact-${part.key}`}>{label}</label>
                  <FieldEditor
                    field={part}
                    value={item[part.key] ?? null}
                    raw={raw[part.key]}
                    words={words}
                    id={`fact-${part.key}`}
                    label={label}
                    onValue={(next) => {
                      const { [part.key]: _former, ...others } = item;
                      setValue(isEmptyValue(next) ? others : { ...others, [part.key]: next });
                    }}
                    onRaw={(text) => keepRaw(part.key, text)}
                  />
                </div>
              );
            })}
          <span>
            <Button size="small" onClick={() => setAdding(false)}>
              {t('kit.back')}
            </Button>{' '}
            <Button size="small" kind="primary" disabled={!ready} onClick={add}>
              {t('visits.addChange')}
            </Button>
          </span>
        </div>
      ) : (
        <span>
          <Button size="small" kind="quiet" icon={IconPlus} onClick={() => setAdding(true)}>
            {t('visits.newChange')}
          </Button>
        </span>
      )}
    </div>
  );
}
