import { Checkbox, PasswordInput, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { OfficeInventory } from '../../../shared/contract/people.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useSession } from '../../state/session.ts';
import { useDelay } from '../../state/use-delay.ts';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { type AskedCode, CodeField, isCodeAsked, useCode } from '../../ui/form/code-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './people.module.css';

const STEPS = ['check', 'people', 'sign'] as const;

interface Signature {
  readonly login: string;
  readonly secret: string;
}

/** The office is handed over in three steps: what was found, to whom and before whom, and the three secrets (M3). */
export function HandOverOfficeDialog({
  inventory,
  onClose,
}: {
  readonly inventory: OfficeInventory;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const me = useSession((state) => state.session?.user);
  const users = useArchiveQuery('users.list', {}).data?.users.filter(({ active }) => active) ?? [];
  const keepers = users.filter(({ role, login }) => role === 'keeper' && login !== me?.login);
  const supervisors = users.filter(({ role }) => role === 'supervisor');
  const [step, setStep] = useState(0);
  const [checked, setChecked] = useState(false);
  const [differences, setDifferences] = useState('');
  const [remarks, setRemarks] = useState('');
  const [own, setOwn] = useState('');
  const [successor, setSuccessor] = useState<Signature>({ login: '', secret: '' });
  const [supervisor, setSupervisor] = useState<Signature>({ login: '', secret: '' });
  const handOver = useArchiveCommand('office.handOver');
  const delay = useDelay(handOver.error);
  const to = keepers.find(({ login }) => login === (successor.login || keepers[0]?.login));
  const before = supervisors.find(({ login }) => login === (supervisor.login || supervisors[0]?.login));
  const codeTo = useCode(handOver.error, to?.login ?? '');
  const codeBefore = useCode(handOver.error, before?.login ?? '');
  const name = STEPS[step] ?? 'check';
  const last = step === STEPS.length - 1;
  const ready =
    name === 'check'
      ? checked
      : name === 'people'
        ? to !== undefined && before !== undefined
        : own !== '' &&
          successor.secret !== '' &&
          supervisor.secret !== '' &&
          codeTo.ready &&
          codeBefore.ready &&
          delay === 0;
  const submit = () => {
    if (!last) return setStep(step + 1);
    if (to === undefined || before === undefined) return;
    handOver
      .mutateAsync({
        sha256: inventory.sha256,
        secret: own,
        successor: { login: to.login, secret: successor.secret, ...codeTo.input },
        supervisor: { login: before.login, secret: supervisor.secret, ...codeBefore.input },
        differences: differences.trim(),
        remarks: remarks.trim(),
      })
      // The desk locks by itself: whoever handed over is no longer the keeper.
      .catch((error) => {
        if (isCodeAsked(error)) return;
        setOwn('');
        setSuccessor((value) => ({ ...value, secret: '' }));
        setSupervisor((value) => ({ ...value, secret: '' }));
      });
  };
  return (
    <FormDialog
      title={t('handover.dialogTitle', { step: step + 1, steps: STEPS.length, name: t(`handover.step.${name}`) })}
      submitLabel={t(last ? 'handover.complete' : 'kit.next')}
      size="lg"
      onClose={onClose}
      onSubmit={submit}
      busy={handOver.isPending}
      maySubmit={ready}
      danger={last}
    >
      <div className={styles.form}>
        {name === 'check' && (
          <>
            <p>{t('handover.checkText')}</p>
            <Checkbox
              label={t('handover.checked')}
              checked={checked}
              data-autofocus
              onChange={(event) => setChecked(event.currentTarget.checked)}
            />
            <Textarea
              label={t('handover.differences')}
              description={t('handover.differencesHelp')}
              autosize
              minRows={3}
              maxRows={8}
              maxLength={20_000}
              value={differences}
              onChange={(event) => setDifferences(event.currentTarget.value)}
            />
            <Textarea
              label={t('handover.remarks')}
              autosize
              minRows={2}
              maxRows={6}
              maxLength={20_000}
              value={remarks}
              onChange={(event) => setRemarks(event.currentTarget.value)}
            />
          </>
        )}
        {name === 'people' && (
          <>
            {keepers.length === 0 && <p role="alert">{t('handover.noSuccessor')}</p>}
            {supervisors.length === 0 && <p role="alert">{t('handover.noSupervisor')}</p>}
            <Select
              label={t('handover.successor')}
              data={keepers.map(({ login, displayName }) => ({ value: login, label: `${displayName} (${login})` }))}
              value={to?.login ?? null}
              onChange={(login) => setSuccessor({ login: login ?? '', secret: '' })}
            />
            <Select
              label={t('handover.supervisor')}
              data={supervisors.map(({ login, displayName }) => ({ value: login, label: `${displayName} (${login})` }))}
              value={before?.login ?? null}
              onChange={(login) => setSupervisor({ login: login ?? '', secret: '' })}
            />
            <p>{t('handover.after', { name: to?.displayName ?? '' })}</p>
          </>
        )}
        {last && (
          <>
            <p>{t('handover.signText')}</p>
            <SecretOf name={me?.displayName ?? ''} as="handover.outgoing" value={own} onChange={setOwn} autoFocus />
            <SecretOf
              name={to?.displayName ?? ''}
              as="handover.successor"
              value={successor.secret}
              onChange={(secret) => setSuccessor({ ...successor, secret })}
              code={codeTo}
            />
            <SecretOf
              name={before?.displayName ?? ''}
              as="handover.supervisor"
              value={supervisor.secret}
              onChange={(secret) => setSupervisor({ ...supervisor, secret })}
              code={codeBefore}
            />
          </>
        )}
        <ErrorNote error={codeTo.isAsked || codeBefore.isAsked ? null : handOver.error} />
      </div>
    </FormDialog>
  );
}

function SecretOf({
  name,
  as,
  value,
  onChange,
  code,
  autoFocus = false,
}: {
  readonly name: string;
  readonly as: string;
  readonly value: string;
  readonly onChange: (secret: string) => void;
  /** Of this person's card, once it is asked for. */
  readonly code?: AskedCode;
  readonly autoFocus?: boolean;
}) {
  const { t } = useText();
  return (
    <>
      <PasswordInput
        label={t('handover.secretOf', { who: t(as), name })}
        required
        autoComplete="off"
        data-autofocus={autoFocus || undefined}
        value={value}
        visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {code !== undefined && <CodeField code={code} />}
    </>
  );
}
