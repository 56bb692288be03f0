import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { ApproverFields, NO_APPROVER, useApproval } from '../../ui/form/approver-fields.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { isUsable, NewSecretFields, NO_SECRET } from '../../ui/form/new-secret-fields.tsx';
import { OwnSecretField } from '../../ui/form/own-secret-field.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './people.module.css';

export type User = OutputOf<'users.list'>['users'][number];
interface UserActProps {
  readonly user: User;
  readonly onClose: () => void;
}

/** Until when a person may sign in, or the end of it at once. */
export function LimitUserDialog({ user, onClose }: UserActProps) {
  const { t } = useText();
  const [now, setNow] = useState(user.active);
  const [until, setUntil] = useState(user.validUntil ?? '');
  const [reason, setReason] = useState('');
  const [ownSecret, setOwnSecret] = useState('');
  const [approver, setApprover] = useState(NO_APPROVER);
  const limit = useArchiveCommand('users.limit');
  const day = parseTypedDate(until);
  // A longer right is given, a shorter one is not: only giving waits (§15).
  const longer = !now && day !== undefined && user.validUntil !== null && (day === null || day > user.validUntil);
  const approval = useApproval(
    approver,
    limit.error,
    longer ? { act: 'extendUser', login: user.login, validUntil: day } : undefined,
  );
  const ready = (now || day !== undefined) && reason.trim() !== '' && ownSecret !== '' && approval.ready;
  const submit = () => {
    limit
      .mutateAsync({
        login: user.login,
        validUntil: now ? null : (day ?? null),
        now,
        reason: reason.trim(),
        ownSecret,
        ...approval.input,
      })
      .then(
        ({ keyChangeDue }) => {
          toast(t(keyChangeDue ? 'people.limitedKeyDue' : 'people.limited', { name: user.displayName }));
          onClose();
        },
        () => undefined,
      );
  };
  return (
    <FormDialog
      title={t('people.limitTitle', { name: user.displayName })}
      submitLabel={t(now ? 'people.endNow' : 'kit.save')}
      danger={now}
      onClose={onClose}
      onSubmit={submit}
      busy={limit.isPending}
      maySubmit={ready}
    >
      <div className={styles.form}>
        <Checkbox
          label={t('people.endNowLabel')}
          checked={now}
          onChange={(event) => setNow(event.currentTarget.checked)}
        />
        {!now && (
          <TextInput
            label={t('people.validUntil')}
            description={t('people.validUntilHelp')}
            placeholder="2027-12-31"
            value={until}
            error={day === undefined ? t('validation.date') : null}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        )}
        <ReasonField value={reason} onChange={setReason} autoFocus />
        <OwnSecretField value={ownSecret} onChange={setOwnSecret} error={limit.error} />
        <ApproverFields value={approver} onChange={setApprover} approval={approval} error={limit.error} />
        <ErrorNote error={approval.code.isAsked ? null : limit.error} />
      </div>
    </FormDialog>
  );
}

/** A person who forgot the secret types a new one. */
export function ReadmitUserDialog({ user, onClose }: UserActProps) {
  const texts = useText();
  const { t } = texts;
  const [secret, setSecret] = useState(NO_SECRET);
  const [reason, setReason] = useState('');
  const [ownSecret, setOwnSecret] = useState('');
  const [approver, setApprover] = useState(NO_APPROVER);
  const readmit = useArchiveCommand('users.readmit');
  const approval = useApproval(approver, readmit.error, { act: 'readmitUser', login: user.login });
  const submit = () => {
    readmit
      .mutateAsync({ login: user.login, secret: secret.secret, reason: reason.trim(), ownSecret, ...approval.input })
      .then(
        () => {
          toast(t('people.readmitted', { name: user.displayName }));
          onClose();
        },
        () => undefined,
      );
  };
  return (
    <FormDialog
      title={t('people.readmitTitle', { name: user.displayName })}
      submitLabel={t('people.readmit')}
      onClose={onClose}
      onSubmit={submit}
      busy={readmit.isPending}
      maySubmit={isUsable(secret) && reason.trim() !== '' && ownSecret !== '' && approval.ready}
    >
      <div className={styles.form}>
        <p>{t('people.secretHandOver', { name: user.displayName })}</p>
        <NewSecretFields
          label={t('people.ownSecret')}
          value={secret}
          onChange={setSecret}
          error={fieldErrorAt(readmit.error, 'secret', texts)}
        />
        <ReasonField value={reason} onChange={setReason} />
        <OwnSecretField value={ownSecret} onChange={setOwnSecret} error={readmit.error} />
        <ApproverFields value={approver} onChange={setApprover} approval={approval} error={readmit.error} />
        <ErrorNote error={approval.code.isAsked ? null : readmit.error} />
      </div>
    </FormDialog>
  );
}
