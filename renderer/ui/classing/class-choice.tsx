import { Select, TextInput } from '@mantine/core';
import { CLASS_FIELDS, type ClassField } from '../../../shared/domain/classification.ts';
import { fieldAt } from '../../../shared/domain/form-fields.ts';
import { fieldOptions, optionLabelKey, optionsOf, optionWords } from '../../../shared/domain/forms/option-sets.ts';
import { useText } from '../../i18n/use-text.ts';
import type { FieldKit } from '../fields/use-field-kit.ts';
import styles from './classing.module.css';

export interface ClassWish {
  readonly field: ClassField;
  readonly value: string;
}

/** A class in words; a salesperson by name. */
export function classText(kit: FieldKit, field: ClassField, value: string): string {
  if (value === '') return '—';
  if (field === 'routeOrder') return value;
  if (field === 'responsibleSalesperson') return /^\d+$/.test(value) ? (kit.staffName(Number(value)) ?? value) : value;
  const definition = listOf(kit, field);
  return definition === undefined ? kit.t(optionLabelKey(field, value)) : optionWords(definition, value, kit.t);
}

/** The field whose list it is, with the keeper's own values; the tier is no field of the form. */
const listOf = (kit: FieldKit, field: ClassField) => fieldAt('enterprise', field, kit.forms);

/** What may be chosen, in words. */
function offeredClasses(kit: FieldKit, field: ClassField): { value: string; label: string }[] {
  const definition = listOf(kit, field);
  const values =
    definition === undefined
      ? optionsOf(field as 'tier')
      : fieldOptions(definition).flatMap(({ value, hidden }) => (hidden ? [] : [value]));
  return values.map((value) => ({ value, label: classText(kit, field, value) }));
}

const firstValue = (field: ClassField): string =>
  field === 'routeOrder' ? '10' : field === 'responsibleSalesperson' ? '' : (optionsOf(field)[0] ?? '');

/** Which class many cards get: tier, nature, grade, place on the route, salesperson in charge. */
export function ClassChoice({
  kit,
  wish,
  onWish,
}: {
  readonly kit: FieldKit;
  readonly wish: ClassWish;
  readonly onWish: (wish: ClassWish) => void;
}) {
  const { t } = useText();
  const { field, value } = wish;
  const label = t('credit.class.value');
  const options =
    field === 'responsibleSalesperson'
      ? kit.staff.filter(({ active }) => active).map(({ id, name }) => ({ value: String(id), label: name }))
      : field === 'routeOrder'
        ? []
        : offeredClasses(kit, field);
  return (
    <div className={styles.choice}>
      <Select
        label={t('credit.class.field')}
        data={CLASS_FIELDS.map((one) => ({ value: one, label: t(`credit.class.f.${one}`) }))}
        value={field}
        allowDeselect={false}
        onChange={(next) => {
          const chosen = CLASS_FIELDS.find((one) => one === next) ?? 'tier';
          onWish({ field: chosen, value: firstValue(chosen) });
        }}
      />
      {field === 'routeOrder' ? (
        <TextInput
          label={label}
          value={value}
          onChange={(event) => onWish({ field, value: event.currentTarget.value.trim() })}
        />
      ) : (
        <Select
          label={label}
          data={options}
          value={value === '' ? null : value}
          searchable={field === 'responsibleSalesperson'}
          allowDeselect={false}
          onChange={(next) => onWish({ field, value: next ?? '' })}
        />
      )}
    </div>
  );
}
