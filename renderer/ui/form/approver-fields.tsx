import { PasswordInput, Select } from '@mantine/core';
import { useCallback } from 'react';
import type { AnnouncedMatter } from '../../../shared/contract/announced-acts.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { AnnouncedNote, type ApprovalMatter, awaitsApproval } from '../agreement/announce.tsx';
import styles from './approver-fields.module.css';
import { type AskedCode, CodeField, useCode } from './code-field.tsx';
import { fieldErrorAt } from './field-error.ts';

export interface Approver {
  readonly login: string;
  readonly secret: string;
}
export const NO_APPROVER: Approver = { login: '', secret: '' };

/** Supervisors who may sign in now; undefined while it is not known. */
function useSupervisors() {
  const users = useArchiveQuery('users.list', {});
  return users.data?.users.filter((user) => user.role === 'supervisor' && user.active);
}

export interface ApprovalHere {
  readonly ready: boolean;
  readonly input: { readonly approver?: Approver & { readonly code?: string } };
  /** Of the supervisor's card, once it is asked for. */
  readonly code: AskedCode;
  /** How the announcement of a keeper alone stands. */
  readonly matter: ApprovalMatter | undefined;
  askAgain(): void;
}

/**
 * What goes with a change of people or keys: a supervisor's proof where the archive has one (R71), or what a keeper alone has announced
 * (§15). `ready` once it is complete.
 * @param matter what is to be done, as it would be announced; undefined for what takes rights away, and as long as it is not typed in
 */
export function useApproval(approver: Approver, error: AppError | null, matter?: AnnouncedMatter): ApprovalHere {
  const supervisors = useSupervisors();
  const needed = (supervisors?.length ?? 0) > 0;
  const alone = useArchiveQuery(
    'agreements.matter',
    { matter: matter ?? { act: 'rotateKey' } },
    { enabled: matter !== undefined && supervisors !== undefined && !needed, keepPrevious: true },
  );
  const announced = matter === undefined || needed ? undefined : alone.data;
  const login = approver.login === '' && supervisors?.length === 1 ? (supervisors[0]?.login ?? '') : approver.login;
  const code = useCode(error, login);
  const { refetch } = alone;
  const askAgain = useCallback(() => void refetch(), [refetch]);
  return {
    ready:
      supervisors !== undefined &&
      (needed
        ? login !== '' && approver.secret !== '' && code.ready
        : matter === undefined || (announced !== undefined && !awaitsApproval(announced))),
    input: needed ? { approver: { login, secret: approver.secret, ...code.input } } : {},
    code,
    matter: announced,
    askAgain,
  };
}

interface SupervisorFieldsProps {
  readonly supervisors: readonly { readonly login: string; readonly displayName: string }[];
  readonly value: Approver;
  readonly onChange: (value: Approver) => void;
  readonly code?: AskedCode;
  readonly error?: AppError | null;
}

/** One of these people agrees at this machine with the own secret, and with the card of whoever has one. */
export function SupervisorFields({ supervisors, value, onChange, code, error = null }: SupervisorFieldsProps) {
  const texts = useText();
  const { t } = texts;
  return (
    <fieldset className={styles.approver}>
      <legend>{t('people.approver')}</legend>
      <p>{t('people.approverText')}</p>
      {supervisors.length > 1 && (
        <Select
          label={t('role.supervisor')}
          data={supervisors.map(({ login, displayName }) => ({ value: login, label: displayName }))}
          value={value.login === '' ? null : value.login}
          onChange={(login) => onChange({ ...value, login: login ?? '' })}
        />
      )}
      <PasswordInput
        label={t('people.secretOf', {
          name: supervisors.length === 1 ? (supervisors[0]?.displayName ?? '') : t('role.supervisor'),
        })}
        required
        autoComplete="off"
        value={value.secret}
        error={fieldErrorAt(error, 'approver', texts)}
        visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
        onChange={(event) => onChange({ ...value, secret: event.currentTarget.value })}
      />
      {code !== undefined && <CodeField code={code} />}
    </fieldset>
  );
}

interface ApproverFieldsProps {
  readonly value: Approver;
  readonly onChange: (value: Approver) => void;
  readonly approval: ApprovalHere;
  readonly error?: AppError | null;
}

/** The supervisor agrees at this machine with the own secret. Without one: how the keeper's own announcement stands, where that is needed. */
export function ApproverFields({ approval, ...props }: ApproverFieldsProps) {
  const supervisors = useSupervisors();
  if (supervisors === undefined) return null;
  if (supervisors.length === 0) return <AnnouncedNote matter={approval.matter} onChange={approval.askAgain} />;
  return <SupervisorFields supervisors={supervisors} code={approval.code} {...props} />;
}
