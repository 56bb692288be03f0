import { PasswordInput, Select } from '@mantine/core';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useSession } from '../../state/session.ts';
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

/** What goes with a change of people: a supervisor's proof where the archive has one (R71). `ready` once it is complete. */
export function useApproval(
  approver: Approver,
  error: AppError | null,
): {
  readonly needed: boolean;
  readonly ready: boolean;
  readonly input: { readonly approver?: Approver & { readonly code?: string } };
  /** Of the supervisor's card, once it is asked for. */
  readonly code: AskedCode;
} {
  const supervisors = useSupervisors();
  const needed = (supervisors?.length ?? 0) > 0;
  const login = approver.login === '' && supervisors?.length === 1 ? (supervisors[0]?.login ?? '') : approver.login;
  const code = useCode(error, login);
  return {
    needed,
    ready: supervisors !== undefined && (!needed || (login !== '' && approver.secret !== '' && code.ready)),
    input: needed ? { approver: { login, secret: approver.secret, ...code.input } } : {},
    code,
  };
}

/** Whoever changes people or takes something away types the own secret anew (R25). */
export function OwnSecretField({
  value,
  onChange,
  error = null,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: AppError | null;
}) {
  const texts = useText();
  const name = useSession(({ session }) => session?.user?.displayName) ?? '';
  return (
    <PasswordInput
      // By the name: other people may type theirs in the same form.
      label={texts.t('people.secretOf', { name })}
      required
      autoComplete="off"
      value={value}
      error={fieldErrorAt(error, 'ownSecret', texts)}
      visibilityToggleButtonProps={{ 'aria-label': texts.t('secret.show') }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
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
  readonly code: AskedCode;
  readonly error?: AppError | null;
}

/** The supervisor agrees at this machine with the own secret. Nothing is shown while the archive has none. */
export function ApproverFields(props: ApproverFieldsProps) {
  const supervisors = useSupervisors();
  if (supervisors === undefined || supervisors.length === 0) return null;
  return <SupervisorFields supervisors={supervisors} {...props} />;
}
