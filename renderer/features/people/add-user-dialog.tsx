import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ROLES, type Role } from '../../../shared/domain/roles.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { ApproverFields, NO_APPROVER, useApproval } from '../../ui/form/approver-fields.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { isUsable, NewSecretFields, NO_SECRET } from '../../ui/form/new-secret-fields.tsx';
import { OwnSecretField } from '../../ui/form/own-secret-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './people.module.css';

/** Admits a person. The secret is typed by that person, not told to the keeper. */
export function AddUserDialog({ onClose }: { readonly onClose: () => void }) {
  const texts = useText();
  const { t } = texts;
  const [displayName, setDisplayName] = useState('');
  const [login, setLogin] = useState('');
  const [role, setRole] = useState<Role>('businessManager');
  const [validUntil, setValidUntil] = useState('');
  const [secret, setSecret] = useState(NO_SECRET);
  const [ownSecret, setOwnSecret] = useState('');
  const [approver, setApprover] = useState(NO_APPROVER);
  const [staffId, setStaffId] = useState<string | null>(null);
  const staff = useArchiveQuery('staff.list', {}).data?.staff.filter((person) => person.login === null) ?? [];
  const add = useArchiveCommand('users.add');
  const approval = useApproval(
    approver,
    add.error,
    login.trim() === '' ? undefined : { act: 'addUser', login: login.trim(), role },
  );
  const until = parseTypedDate(validUntil);
  const ready =
    until !== undefined &&
    displayName.trim() !== '' &&
    login.trim() !== '' &&
    isUsable(secret) &&
    ownSecret !== '' &&
    approval.ready;
  const submit = () => {
    add
      .mutateAsync({
        displayName: displayName.trim(),
        login: login.trim(),
        role,
        secret: secret.secret,
        ownSecret,
        ...approval.input,
        ...(staffId === null ? {} : { staffId: Number(staffId) }),
        ...(until === null || until === undefined ? {} : { validUntil: until }),
      })
      .then(
        () => {
          toast(t('people.userAdded', { name: displayName }));
          onClose();
        },
        () => undefined,
      );
  };
  return (
    <FormDialog
      title={t('people.addUser')}
      submitLabel={t('people.admit')}
      onClose={onClose}
      onSubmit={submit}
      busy={add.isPending}
      maySubmit={ready}
    >
      <div className={styles.form}>
        <TextInput
          label={t('people.name')}
          required
          maxLength={100}
          data-autofocus
          value={displayName}
          error={fieldErrorAt(add.error, 'displayName', texts)}
          onChange={(event) => setDisplayName(event.currentTarget.value)}
        />
        <TextInput
          label={t('start.login')}
          required
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          value={login}
          error={fieldErrorAt(add.error, 'login', texts)}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <Select
          label={t('start.role')}
          description={t(`people.roleText.${role}`)}
          data={ROLES.map((one) => ({ value: one, label: t(`role.${one}`) }))}
          value={role}
          onChange={(value) => value !== null && setRole(value as Role)}
        />
        <TextInput
          label={t('people.validUntil')}
          description={t('people.validUntilHelp')}
          placeholder="2027-12-31"
          value={validUntil}
          error={until === undefined ? t('validation.date') : fieldErrorAt(add.error, 'validUntil', texts)}
          onChange={(event) => setValidUntil(event.currentTarget.value)}
        />
        <Select
          label={t('people.staffOfUser')}
          description={t('people.staffOfUserHelp')}
          searchable
          clearable
          data={staff.map((person) => ({ value: String(person.id), label: `${person.name} ${person.department}` }))}
          value={staffId}
          onChange={(id) => {
            setStaffId(id);
            const person = staff.find((one) => String(one.id) === id);
            if (person !== undefined && displayName === '') setDisplayName(person.name);
          }}
        />
        <p>{t('people.secretHandOver', { name: displayName === '' ? t('people.thisPerson') : displayName })}</p>
        <NewSecretFields
          label={t('people.ownSecret')}
          value={secret}
          onChange={setSecret}
          error={fieldErrorAt(add.error, 'secret', texts)}
        />
        <OwnSecretField value={ownSecret} onChange={setOwnSecret} error={add.error} />
        <ApproverFields value={approver} onChange={setApprover} approval={approval} error={add.error} />
        <ErrorNote error={approval.code.isAsked ? null : add.error} />
      </div>
    </FormDialog>
  );
}
