import { Checkbox, Select, TextInput } from '@mantine/core';
import { IconDoorExit } from '@tabler/icons-react';
import { useState } from 'react';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import styles from './people.module.css';
import type { StaffMember } from './staff-list.tsx';

interface StaffFormProps {
  /** Null: somebody new. */
  readonly person: StaffMember | null;
  readonly mayChange: boolean;
  readonly onSaved: (id: number) => void;
}

const TEXTS = ['number', 'name', 'department', 'position', 'phone'] as const;

/** Who can sign in and is nobody else of the directory. */
function useFreeLogins(id: number | undefined): { readonly value: string; readonly label: string }[] {
  const users = useArchiveQuery('users.list', {}).data?.users ?? [];
  const staff = useArchiveQuery('staff.list', { includeInactive: true }).data?.staff ?? [];
  const taken = new Set(staff.filter((one) => one.id !== id).map((one) => one.login));
  return users
    .filter(({ login, active }) => active && !taken.has(login))
    .map(({ login, displayName }) => ({ value: login, label: `${login}　${displayName}` }));
}

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
    login: person?.login ?? null,
  });
  const logins = useFreeLogins(person?.id);
  const [leaving, setLeaving] = useState(false);
  const formats = useFormats();
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
    <>
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
        {values.active && (
          <Select
            label={t('people.login')}
            description={t('people.loginHelp')}
            placeholder={t('people.noLogin')}
            disabled={!mayChange}
            searchable
            clearable
            data={logins}
            value={values.login}
            error={fieldErrorAt(save.error, 'login', texts)}
            onChange={(login) => setValues({ ...values, login })}
          />
        )}
        {person?.active === false && (
          <p>
            {person.leftOn === null ? t('people.inactive') : t('people.leftSince', { day: formats.day(person.leftOn) })}
          </p>
        )}
        {person?.active === false && (
          <Checkbox
            label={t('people.comesBack')}
            disabled={!mayChange}
            checked={values.active}
            onChange={(event) => setValues({ ...values, active: event.currentTarget.checked })}
          />
        )}
        <ErrorNote error={save.error} />
        {mayChange && (
          <Button type="submit" kind="primary" busy={save.isPending} disabled={values.name.trim() === ''}>
            {t('kit.save')}
          </Button>
        )}
        {mayChange && person?.active === true && (
          <Button icon={IconDoorExit} onClick={() => setLeaving(true)}>
            {t('people.leave')}
          </Button>
        )}
      </form>
      {/* Beside the form, not inside it: what is sent there must not be sent here as well. */}
      {leaving && person !== null && <LeaveDialog person={person} onClose={() => setLeaving(false)} />}
    </>
  );
}
