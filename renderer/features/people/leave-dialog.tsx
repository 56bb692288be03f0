import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { ApproverFields, NO_APPROVER, useApproval } from '../../ui/form/approver-fields.tsx';
import { OwnSecretField } from '../../ui/form/own-secret-field.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { DateText } from '../../ui/text/date-text.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import styles from './people.module.css';
import type { StaffMember } from './staff-list.tsx';

/** Somebody leaves: what is still out stands first, and nothing else can be done before it is back. */
export function LeaveDialog({ person, onClose }: { readonly person: StaffMember; readonly onClose: () => void }) {
  const { t } = useText();
  const today = useToday();
  const [on, setOn] = useState<string>(today.today);
  const [reason, setReason] = useState('');
  const [ownSecret, setOwnSecret] = useState('');
  const [approver, setApprover] = useState(NO_APPROVER);
  const found = useArchiveQuery('staff.obligations', { id: person.id });
  const leave = useArchiveCommand('staff.leave');
  const approval = useApproval(approver, leave.error);
  const obligations = found.data?.obligations ?? [];
  const signsIn = obligations.some(({ kind }) => kind === 'login');
  const held = obligations.filter(({ hinders }) => hinders);
  const others = obligations.filter(({ hinders }) => !hinders);
  const day = parseTypedDate(on);
  const ready =
    found.data?.mayLeave === true &&
    typeof day === 'string' &&
    reason.trim() !== '' &&
    (!signsIn || (ownSecret !== '' && approval.ready));
  const submit = () => {
    if (typeof day !== 'string') return;
    leave
      .mutateAsync({
        id: person.id,
        on: day,
        reason: reason.trim(),
        ...(signsIn ? { ownSecret, ...approval.input } : {}),
      })
      .then(
        () => {
          toast(t('people.hasLeft', { name: person.name }));
          onClose();
        },
        () => undefined,
      );
  };
  return (
    <FormDialog
      title={t('people.leaveTitle', { name: person.name })}
      submitLabel={t('people.leave')}
      size="lg"
      onClose={onClose}
      onSubmit={submit}
      busy={leave.isPending}
      maySubmit={ready}
    >
      <div className={styles.form}>
        {found.data === undefined ? (
          <LoadingSkeleton shape="form" count={3} />
        ) : held.length > 0 ? (
          <>
            <p role="alert">{t('people.holdsStill', { name: person.name, count: held.length })}</p>
            <ul className={styles.obligations}>
              {held.map((one) => (
                <li key={one.number}>
                  <Tag tone="seal">{t(`people.obligation.${one.kind}`)}</Tag>
                  <span>{one.number}</span>
                  <span className={styles.obligationTitle}>{one.title}</span>
                  <DateText value={one.due} />
                </li>
              ))}
            </ul>
          </>
        ) : (
          <>
            <p>{t('people.holdsNothing', { name: person.name })}</p>
            <TextInput
              label={t('people.leftOn')}
              required
              value={on}
              error={day === undefined ? t('validation.date') : null}
              onChange={(event) => setOn(event.currentTarget.value)}
            />
            <ReasonField value={reason} onChange={setReason} autoFocus />
            {signsIn && <p>{t('people.loginEnds', { name: person.name })}</p>}
            {signsIn && (
              <>
                <OwnSecretField value={ownSecret} onChange={setOwnSecret} error={leave.error} />
                <ApproverFields value={approver} onChange={setApprover} approval={approval} error={leave.error} />
              </>
            )}
          </>
        )}
        {others.filter(({ kind }) => kind === 'customer').length > 0 && (
          <details>
            <summary>{t('people.customersToHandOn', { count: found.data?.customers ?? 0 })}</summary>
            <ul className={styles.obligations}>
              {others
                .filter(({ kind }) => kind === 'customer')
                .map((one) => (
                  <li key={one.number}>
                    <span>{one.number}</span>
                    <span className={styles.obligationTitle}>{one.title}</span>
                  </li>
                ))}
            </ul>
          </details>
        )}
        <ErrorNote error={approval.code.isAsked ? null : leave.error} />
      </div>
    </FormDialog>
  );
}
