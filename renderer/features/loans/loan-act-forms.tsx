import { Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { LoanForm } from '../../../shared/contract/loan-records.ts';
import type { AgreementStatement } from '../../../shared/domain/agreements.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { addDays } from '../../../shared/util/days.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { AgreementDialog } from '../../ui/agreement/agreement-dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { type ChosenStaff, StaffSelect } from '../../ui/fields/staff-select.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import styles from './loans.module.css';
import { showLetters } from './show-letters.ts';

interface LoanActProps {
  readonly number: string;
  readonly form: LoanForm;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const METHODS = ['phone', 'mail', 'inPerson', 'letter'];

/** A small form of the counter: Enter does it, Escape gives it back. */
export function ActForm({
  title,
  submitLabel,
  busy,
  maySubmit = true,
  onSubmit,
  onClose,
  children,
}: {
  readonly title: string;
  readonly submitLabel: string;
  readonly busy: boolean;
  readonly maySubmit?: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useText();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!busy && maySubmit) onSubmit();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate aria-label={title}>
      <h3 className={styles.formTitle}>{title}</h3>
      {children}
      <div className={styles.formActions}>
        <Button onClick={onClose}>{t('kit.back')}</Button>
        <Button type="submit" kind="primary" busy={busy} disabled={!maySubmit}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

/** A later due day, with its reason and, where the level asks for it, another person's approval (B2). */
export function ExtendForm({ number, onDone, onClose }: LoanActProps) {
  const texts = useText();
  const { t, has } = texts;
  const extend = useArchiveCommand('loans.extend');
  const rule = useArchiveQuery('loans.extensionApproval', { loanNumber: number }).data;
  const [typed, setTyped] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [statement, setStatement] = useState<AgreementStatement | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const due = typed ?? rule?.proposedDue ?? '';
  const day = parseTypedDate(due);
  const refusals = rule?.refusals ?? [];
  const run = async (ask: boolean): Promise<void> => {
    if (typeof day !== 'string' || reason.trim() === '') return;
    const input = { loanNumber: number, due: day, reason: reason.trim() };
    const asked = ask && rule?.needed === true ? await archive.call('loans.extensionApproval', input) : undefined;
    if (asked !== undefined && asked.statement !== null && asked.standing !== 'valid')
      return setStatement(asked.statement);
    await extend.mutateAsync(input);
    toast(t('loans.extended', { number, day }));
    onDone();
  };
  const attempt = (ask: boolean): void => {
    setTried(true);
    setFailure(null);
    run(ask).catch((thrown: unknown) => setFailure(AppError.from(thrown)));
  };
  return (
    <>
      <ActForm
        title={t('loans.extend')}
        submitLabel={t('loans.extend')}
        busy={extend.isPending}
        maySubmit={refusals.length === 0}
        onSubmit={() => attempt(true)}
        onClose={onClose}
      >
        {refusals.length > 0 && (
          <ul className={styles.refusals} role="alert">
            {refusals.map((one) => (
              <li key={one}>{has(`renewalRefusal.${one}`) ? t(`renewalRefusal.${one}`) : one}</li>
            ))}
          </ul>
        )}
        <ErrorNote error={failure} showFields />
        <TextInput
          label={t('loans.newDue')}
          required
          autoFocus
          value={due}
          error={tried && typeof day !== 'string' ? t('validation.date') : fieldErrorAt(failure, 'due', texts)}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <TextInput
          label={t('kit.reason')}
          required
          maxLength={400}
          value={reason}
          error={tried && reason.trim() === '' ? t('validation.required') : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {rule?.needed === true && refusals.length === 0 && <p className={styles.soft}>{t('loans.extendApproval')}</p>}
      </ActForm>
      {statement !== null && (
        <AgreementDialog statement={statement} onAgreed={() => attempt(false)} onClose={() => setStatement(null)} />
      )}
    </>
  );
}

/** Called back before its time, with the reason; the notice is printed at once if wanted (B2). */
export function RecallForm({ number, form, onDone, onClose }: LoanActProps) {
  const texts = useText();
  const { t } = texts;
  const { today } = useToday();
  const recall = useArchiveCommand('loans.recall');
  const remind = useArchiveCommand('loans.remind');
  const [due, setDue] = useState(addDays(today, 1));
  const [reason, setReason] = useState('');
  const [letter, setLetter] = useState(true);
  const [tried, setTried] = useState(false);
  const day = parseTypedDate(due);
  const submit = (): void => {
    setTried(true);
    if (typeof day !== 'string' || reason.trim() === '') return;
    recall
      .mutateAsync({ loanNumber: number, due: day, reason: reason.trim() })
      .then(async () => {
        if (letter)
          showLetters(
            await remind.mutateAsync({
              loanNumber: number,
              kind: 'recall',
              method: t('loans.method.letter'),
              letter: true,
            }),
            t('loans.recallNotice'),
          );
        toast(t('loans.recallDone', { borrower: form.borrower, day }));
        onDone();
      })
      .catch(() => undefined);
  };
  return (
    <ActForm
      title={t('loans.recall')}
      submitLabel={t('loans.recall')}
      busy={recall.isPending || remind.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <ErrorNote error={recall.error ?? remind.error} showFields />
      <TextInput
        label={t('loans.newDue')}
        required
        autoFocus
        value={due}
        error={tried && typeof day !== 'string' ? t('validation.date') : fieldErrorAt(recall.error, 'due', texts)}
        onChange={(event) => setDue(event.currentTarget.value)}
      />
      <TextInput
        label={t('kit.reason')}
        required
        maxLength={400}
        value={reason}
        error={tried && reason.trim() === '' ? t('validation.required') : null}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Checkbox
        label={t('loans.printNotice')}
        checked={letter}
        onChange={(event) => setLetter(event.currentTarget.checked)}
      />
    </ActForm>
  );
}

/** The borrower was told, and how; the notice of the step is printed if wanted. */
export function RemindForm({ number, form, onDone, onClose }: LoanActProps) {
  const { t } = useText();
  const remind = useArchiveCommand('loans.remind');
  const [method, setMethod] = useState(t('loans.method.phone'));
  const [letter, setLetter] = useState(false);
  const submit = (): void => {
    if (method.trim() === '') return;
    remind.mutateAsync({ loanNumber: number, method: method.trim(), letter }).then(
      (answer) => {
        if (letter) showLetters(answer, t('loans.remindNotice'));
        toast(t('loans.remindNoted', { borrower: form.borrower }));
        onDone();
      },
      () => undefined,
    );
  };
  return (
    <ActForm
      title={t('loans.remind')}
      submitLabel={t('loans.noteRemind')}
      busy={remind.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <ErrorNote error={remind.error} />
      <MethodField value={method} onChange={setMethod} />
      <Checkbox
        label={t('loans.printNotice')}
        checked={letter}
        onChange={(event) => {
          setLetter(event.currentTarget.checked);
          if (event.currentTarget.checked) setMethod(t('loans.method.letter'));
        }}
      />
    </ActForm>
  );
}

/** How somebody was told. */
export function MethodField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (next: string) => void;
}) {
  const { t } = useText();
  return (
    <>
      <TextInput
        label={t('loans.remindMethod')}
        required
        autoFocus
        maxLength={400}
        list="remind-methods"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id="remind-methods">
        {METHODS.map((one) => (
          <option key={one} value={t(`loans.method.${one}`)} />
        ))}
      </datalist>
    </>
  );
}

/** Somebody else wants it: into the queue (B2). */
export function RequestForm({
  code,
  onDone,
  onClose,
}: {
  readonly code: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const add = useArchiveCommand('requests.add');
  const [person, setPerson] = useState<ChosenStaff | null>(null);
  const [purpose, setPurpose] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (): void => {
    setTried(true);
    if (person === null || purpose.trim() === '') return;
    add.mutateAsync({ code, borrowerId: person.id, purpose: purpose.trim() }).then(
      (request) => {
        toast(t('loans.requestNoted', { name: request.name, place: request.place }));
        onDone();
      },
      () => undefined,
    );
  };
  return (
    <ActForm
      title={t('loans.request')}
      submitLabel={t('loans.requestAdd')}
      busy={add.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <ErrorNote error={add.error} />
      <StaffSelect
        label={t('loans.requester')}
        autoFocus
        value={person}
        onChange={setPerson}
        error={tried && person === null ? t('loans.borrowerNeeded') : null}
      />
      <TextInput
        label={t('loans.purpose')}
        required
        maxLength={2000}
        value={purpose}
        error={tried && purpose.trim() === '' ? t('validation.required') : null}
        onChange={(event) => setPurpose(event.currentTarget.value)}
      />
    </ActForm>
  );
}
