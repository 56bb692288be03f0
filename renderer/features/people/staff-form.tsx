import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './people.module.css';
import type { StaffMember } from './staff-list.tsx';

interface StaffFormProps {
  /** Null: somebody new. */
  readonly person: StaffMember | null;
  readonly mayChange: boolean;
  readonly onSaved: (id: number) => void;
}

const TEXTS = ['number', 'name', 'department', 'position', 'phone'] as const;

/** One person of the staff. */
export function StaffForm({ person, mayChange, onSaved }: StaffFormProps) {
  const texts = useText();
  const { t } = texts;
  const [values, setValues] = useState({
    number: person?.number ?? '',
    name: person?.name ?? '',
    department: person?.department ?? '',
    position: person?.position ?? '',
    phone: person?.phone ?? '',
    active: person?.active ?? true,
  });
  const save = useArchiveCommand('staff.save');
  const submit = () => {
    save.mutateAsync({ ...values, ...(person === null ? {} : { id: person.id }) }).then(
      ({ id }) => {
        toast(t('people.saved', { name: values.name }));
        onSaved(id);
      },
      () => undefined,
    );
  };
  return (
    <form
      noValidate
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (values.name.trim() !== '') submit();
      }}
    >
      {TEXTS.map((key) => (
        <TextInput
          key={key}
          label={t(`people.${key}`)}
          required={key === 'name'}
          disabled={!mayChange}
          maxLength={100}
          value={values[key]}
          autoFocus={person === null && key === 'number'}
          error={fieldErrorAt(save.error, key, texts)}
          onChange={(event) => setValues({ ...values, [key]: event.currentTarget.value })}
        />
      ))}
      <Checkbox
        label={t('people.active')}
        disabled={!mayChange}
        checked={values.active}
        onChange={(event) => setValues({ ...values, active: event.currentTarget.checked })}
      />
      <ErrorNote error={save.error} />
      {mayChange && (
        <Button type="submit" kind="primary" busy={save.isPending} disabled={values.name.trim() === ''}>
          {t('kit.save')}
        </Button>
      )}
    </form>
  );
}
