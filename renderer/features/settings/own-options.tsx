import { Select, TextInput } from '@mantine/core';
import { IconEye, IconEyeOff, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { type CardKind, cardFields, fieldWords } from '../../../shared/domain/form-fields.ts';
import type { OptionSetName } from '../../../shared/domain/forms/option-sets.ts';
import { EXTENSIBLE_SETS } from '../../../shared/domain/forms/own-fields.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button, IconButton } from '../../ui/actions/button.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './own-fields.module.css';

type OwnForms = OutputOf<'forms.get'>;
type Uses = OutputOf<'forms.uses'>['uses'];

/** Lists of the form that can have own values, by the words of the field that they belong to. */
function listsOf(kind: CardKind, own: OwnForms, text: (key: string) => string): { value: string; label: string }[] {
  const words = new Map<string, string>();
  for (const field of cardFields(kind)) {
    for (const part of [field, ...(field.itemFields ?? [])]) {
      const set = part.options;
      if (set === undefined || words.has(set) || !EXTENSIBLE_SETS.includes(set as OptionSetName)) continue;
      words.set(set, fieldWords(kind, part === field ? field.key : `${field.key}.${part.key}`, text));
    }
  }
  const standard = [...words].map(([value, label]) => ({ value, label }));
  const fields = own.fields.filter((field) => field.kind === kind && ['enum', 'multiEnum'].includes(field.type));
  return [...standard, ...fields.map((field) => ({ value: field.key, label: field.label }))];
}

/** Values that the keeper adds to the lists of the forms, and to lists of the keeper's own. */
export function OwnOptions({
  kind,
  own,
  uses,
  mayChange,
}: {
  readonly kind: CardKind;
  readonly own: OwnForms;
  readonly uses: Uses;
  readonly mayChange: boolean;
}) {
  const texts = useText();
  const { t } = texts;
  const lists = listsOf(kind, own, t);
  const [chosen, setChosen] = useState<string | null>(null);
  const [text, setText] = useState('');
  const add = useArchiveCommand('forms.addOption');
  const change = useArchiveCommand('forms.changeOption');
  const remove = useArchiveCommand('forms.removeOption');
  const list = lists.find((one) => one.value === chosen) ?? lists[0];
  if (list === undefined) return null;
  const options = own.options[list.value] ?? [];
  const quietly = (act: Promise<unknown>) => void act.catch(() => undefined);
  return (
    <Section title={t('ownFields.values')} note={t('ownFields.valuesNote')}>
      <div className={styles.values}>
        <Select
          label={t('ownFields.list')}
          allowDeselect={false}
          searchable
          data={lists.map((one) => ({
            value: one.value,
            label:
              (own.options[one.value]?.length ?? 0) > 0
                ? `${one.label}（${own.options[one.value]?.length}）`
                : one.label,
          }))}
          value={list.value}
          onChange={setChosen}
        />
        {mayChange && (
          <form
            className={styles.newValue}
            onSubmit={(event) => {
              event.preventDefault();
              if (text.trim() === '') return;
              quietly(add.mutateAsync({ list: list.value as never, label: text.trim() }).then(() => setText('')));
            }}
          >
            <TextInput
              label={t('ownFields.newValue')}
              maxLength={60}
              value={text}
              error={fieldErrorAt(add.error, 'label', texts)}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Button type="submit" icon={IconPlus} busy={add.isPending} disabled={text.trim() === ''}>
              {t('ownFields.addValue')}
            </Button>
          </form>
        )}
      </div>
      {options.length === 0 ? (
        <p className={styles.soft}>{t('ownFields.noValues', { list: list.label })}</p>
      ) : (
        <ul className={styles.list}>
          {options.map((option) => (
            <OptionLine
              key={option.value}
              option={option}
              uses={uses[option.value]}
              mayChange={mayChange}
              onChange={(to) => change.mutateAsync({ value: option.value, ...to })}
              onRemove={() => quietly(remove.mutateAsync({ value: option.value }))}
            />
          ))}
        </ul>
      )}
      <ErrorNote error={change.error ?? remove.error} showFields />
    </Section>
  );
}

/** One value: its words, where it stands, and what may be done with it. */
function OptionLine({
  option,
  uses,
  mayChange,
  onChange,
  onRemove,
}: {
  readonly option: OwnForms['options'][string][number];
  readonly uses: Uses[string] | undefined;
  readonly mayChange: boolean;
  readonly onChange: (to: { readonly label?: string; readonly hidden?: boolean }) => Promise<unknown>;
  readonly onRemove: () => void;
}) {
  const { t } = useText();
  const [words, setWords] = useState<string | null>(null);
  const leave = () => setWords(null);
  const change = (to: Parameters<typeof onChange>[0]) => void onChange(to).then(leave, () => undefined);
  if (words !== null)
    return (
      <li className={styles.line}>
        <form
          className={styles.newValue}
          onSubmit={(event) => {
            event.preventDefault();
            if (words.trim() === option.label) leave();
            else if (words.trim() !== '') change({ label: words.trim() });
          }}
        >
          <TextInput
            aria-label={t('ownFields.rename', { field: option.label })}
            maxLength={60}
            autoFocus
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') leave();
            }}
          />
          <Button type="submit" disabled={words.trim() === ''}>
            {t('kit.save')}
          </Button>
        </form>
      </li>
    );
  return (
    <li className={styles.line} data-hidden={option.hidden || undefined}>
      <span className={styles.label}>{option.label}</span>
      {option.hidden && <Tag>{t('ownFields.hiddenMark')}</Tag>}
      <span className={styles.uses}>{t('ownFields.uses', { count: uses?.cards ?? 0 })}</span>
      {mayChange && (
        <span className={styles.acts}>
          <IconButton
            icon={IconPencil}
            label={t('ownFields.rename', { field: option.label })}
            onClick={() => setWords(option.label)}
          />
          <IconButton
            icon={option.hidden ? IconEye : IconEyeOff}
            label={t(option.hidden ? 'ownFields.show' : 'ownFields.hide', { field: option.label })}
            onClick={() => change({ hidden: !option.hidden })}
          />
          <IconButton
            icon={IconTrash}
            label={t('ownFields.remove', { field: option.label })}
            disabled={(uses?.cards ?? 0) + (uses?.history ?? 0) > 0}
            onClick={onRemove}
          />
        </span>
      )}
    </li>
  );
}
