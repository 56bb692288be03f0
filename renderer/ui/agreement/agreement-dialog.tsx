import { PasswordInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Agreement } from '../../../shared/contract/agreements.ts';
import type { AgreementStatement } from '../../../shared/domain/agreements.ts';
import type { Role } from '../../../shared/domain/roles.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDelay } from '../../state/use-delay.ts';
import { FormDialog } from '../dialog/dialog.tsx';
import { type ChosenStaff, StaffSelect } from '../fields/staff-select.tsx';
import { parseTypedDate } from '../fields/typed-value.ts';
import { CodeField, isCodeAsked, useCode } from '../form/code-field.tsx';
import { fieldErrorAt } from '../form/field-error.ts';
import { ErrorNote } from '../states/error-state.tsx';
import { useToday } from '../text/use-today.ts';
import styles from './agreement.module.css';
import { AgreementLines } from './agreement-lines.tsx';

interface AgreementDialogProps {
  /** From a query of the matter's own: exactly what the command will act on. */
  readonly statement: AgreementStatement;
  readonly onAgreed: (agreement: Agreement) => void;
  readonly onClose: () => void;
}

/**
 * Another person agrees: reads the lines, and types an own secret here, or their signed paper is recorded. The secret goes to the
 * archive process and nowhere else; it is forgotten with the dialog and after each attempt.
 */
export function AgreementDialog({ statement, onAgreed, onClose }: AgreementDialogProps) {
  const { t } = useText();
  const formats = useFormats();
  const { data: people, error: unknownPeople } = useArchiveQuery('agreements.people', { kind: statement.kind });
  const [manner, setManner] = useState<'secret' | 'paper'>('secret');
  const give = useArchiveCommand('agreements.give');
  const record = useArchiveCommand('agreements.record');
  const [login, setLogin] = useState<string | null>(null);
  const [secret, setSecret] = useState('');
  const paper = usePaper();
  const delay = useDelay(give.error);
  const code = useCode(give.error);

  const secretField = useRef<HTMLInputElement>(null);
  const only = people?.people.length === 1 ? (people.people[0]?.login ?? null) : null;
  const chosen = login ?? only;
  // Where only one person may agree, the next thing to be done is their secret.
  useEffect(() => {
    if (only !== null) secretField.current?.focus();
  }, [only]);
  const roles = people?.roles ?? [];
  const role = paper.role ?? (roles.length === 1 ? (roles[0] ?? null) : null);
  const ready =
    manner === 'secret'
      ? chosen !== null && secret !== '' && code.ready && delay === 0
      : paper.staff !== null && role !== null && typeof paper.day === 'string';
  const agreed = (agreement: Agreement) => {
    onAgreed(agreement);
    onClose();
  };
  const submit = () => {
    const sent = { ...statement, lines: [...statement.lines] };
    if (manner === 'secret' && chosen !== null)
      give
        .mutateAsync({ statement: sent, login: chosen, secret, ...code.input })
        .then(agreed, (error) => isCodeAsked(error) || setSecret(''));
    if (manner === 'paper' && paper.staff !== null && role !== null && typeof paper.day === 'string')
      record
        .mutateAsync({
          statement: sent,
          staffId: paper.staff.id,
          role,
          signedOn: paper.day,
          ...(paper.code.trim() === '' ? {} : { paperCode: paper.code.trim() }),
          note: paper.note.trim(),
        })
        .then(agreed, () => undefined);
  };
  // Whole or not at all: who types before it is known who may agree would type to nobody.
  if (people === undefined && unknownPeople === null) return null;
  return (
    <FormDialog
      title={t('agreement.title')}
      size="lg"
      submitLabel={t(manner === 'secret' ? 'agreement.agree' : 'agreement.recordPaper')}
      onClose={onClose}
      onSubmit={submit}
      busy={give.isPending || record.isPending}
      maySubmit={ready}
    >
      <AgreementLines statement={statement} />
      {people?.paper === true && (
        <SegmentedControl
          aria-label={t('agreement.manner')}
          value={manner}
          onChange={(next) => setManner(next as 'secret' | 'paper')}
          data={[
            { value: 'secret', label: t('agreement.bySecret') },
            { value: 'paper', label: t('agreement.byPaper') },
          ]}
        />
      )}
      <p className={styles.say}>
        {t(manner === 'secret' ? 'agreement.secretHelp' : 'agreement.paperHelp', {
          roles: roles.map((one) => t(`role.${one}`)).join(t('agreement.or')),
          days: people?.paperDays ?? 0,
          valid: formats.number(Math.round((people?.validHours ?? 0) / 24)),
        })}
      </p>
      {manner === 'secret' ? (
        <div className={styles.two}>
          <Select
            label={t('agreement.who')}
            required
            searchable
            data-autofocus={only === null || undefined}
            nothingFoundMessage={t('agreement.nobody')}
            placeholder={people?.people.length === 0 ? t('agreement.nobody') : ''}
            data={(people?.people ?? []).map((one) => ({
              value: one.login,
              label: `${one.displayName}　${t(`role.${one.role}`)}`,
            }))}
            value={chosen}
            onChange={(next) => {
              setLogin(next);
              // Another person has another card, or none.
              give.reset();
              code.onChange('');
            }}
          />
          <PasswordInput
            ref={secretField}
            data-autofocus={only !== null || undefined}
            label={t('agreement.ownSecret')}
            required
            autoComplete="off"
            readOnly={give.isPending}
            value={secret}
            visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
          <CodeField code={code} />
        </div>
      ) : (
        <PaperFields paper={paper} roles={roles} role={role} error={record.error} />
      )}
      {delay > 0 ? (
        <p role="timer">{t('lock.wait', { time: formats.duration(delay) })}</p>
      ) : (
        <ErrorNote error={unknownPeople ?? (manner === 'paper' ? record.error : code.isAsked ? null : give.error)} />
      )}
    </FormDialog>
  );
}

function usePaper() {
  const { today } = useToday();
  const [staff, setStaff] = useState<ChosenStaff | null>(null);
  const [role, setRole] = useState<Role | null>(null);
  const [signedOn, setSignedOn] = useState(today);
  const [code, setCode] = useState('');
  const [note, setNote] = useState('');
  const day = parseTypedDate(signedOn);
  return { staff, setStaff, role, setRole, signedOn, setSignedOn, day, code, setCode, note, setNote };
}

function PaperFields({
  paper,
  roles,
  role,
  error,
}: {
  readonly paper: ReturnType<typeof usePaper>;
  readonly roles: readonly Role[];
  readonly role: Role | null;
  readonly error: Parameters<typeof fieldErrorAt>[0];
}) {
  const texts = useText();
  const { t } = texts;
  return (
    <div className={styles.form}>
      <div className={styles.two}>
        <StaffSelect label={t('agreement.signer')} value={paper.staff} onChange={paper.setStaff} autoFocus />
        <Select
          label={t('agreement.asRole')}
          required
          data={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
          value={role}
          onChange={(next) => paper.setRole(next as Role | null)}
        />
        <TextInput
          label={t('agreement.signedOn')}
          required
          value={paper.signedOn}
          error={paper.day === undefined ? t('validation.date') : fieldErrorAt(error, 'signedOn', texts)}
          onChange={(event) => paper.setSignedOn(event.currentTarget.value)}
        />
        <TextInput
          label={t('agreement.paperCode')}
          description={t('agreement.paperCodeHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={60}
          value={paper.code}
          onChange={(event) => paper.setCode(event.currentTarget.value)}
        />
      </div>
      <TextInput
        label={t('agreement.note')}
        maxLength={2_000}
        value={paper.note}
        onChange={(event) => paper.setNote(event.currentTarget.value)}
      />
    </div>
  );
}
