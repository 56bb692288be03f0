import { Select, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { IssuedCopy } from '../../../shared/contract/copies.ts';
import { CONDITIONS } from '../../../shared/domain/condition.ts';
import {
  copyPagesExplained,
  DESTRUCTION_METHODS,
  type DestructionMethod,
} from '../../../shared/domain/issued-copies.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { AgreementDialog } from '../../ui/agreement/agreement-dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { type ChosenStaff, StaffSelect } from '../../ui/fields/staff-select.tsx';
import { parseTypedNumber } from '../../ui/fields/typed-value.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './copies.module.css';

interface ActProps {
  readonly copy: IssuedCopy;
  readonly onDone: (copy: IssuedCopy) => void;
  readonly onBack: () => void;
}

function ActForm({
  label,
  submitLabel,
  error,
  busy,
  onSubmit,
  onBack,
  children,
}: {
  readonly label: string;
  readonly submitLabel: string;
  readonly error: AppError | null;
  readonly busy: boolean;
  readonly onSubmit: () => void;
  readonly onBack: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useText();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!busy) onSubmit();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate autoComplete="off" aria-label={label}>
      <ErrorNote error={error} showFields />
      {children}
      <div className={styles.formActions}>
        <Button onClick={onBack} keys="escape">
          {t('kit.back')}
        </Button>
        <Button type="submit" kind="primary" size="large" keys="enter" busy={busy}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

/** The copy is handed over: the recipient has signed the receipt. */
export function DeliverForm({ copy, onDone, onBack }: ActProps) {
  const { t } = useText();
  const deliver = useArchiveCommand('copies.deliver');
  const [receivedBy, setReceivedBy] = useState(copy.recipient.name);
  const [receipt, setReceipt] = useState('');
  const submit = () =>
    deliver
      .mutateAsync({
        copyNumber: copy.copyNumber,
        ...(receivedBy.trim() === '' ? {} : { receivedBy: receivedBy.trim() }),
        ...(receipt.trim() === '' ? {} : { receiptPaper: receipt.trim() }),
      })
      .then(onDone, () => undefined);
  return (
    <ActForm
      label={t('copies.deliverForm')}
      submitLabel={t('copies.deliver')}
      error={deliver.error}
      busy={deliver.isPending}
      onSubmit={() => void submit()}
      onBack={onBack}
    >
      <p className={styles.say}>{t('copies.deliverHelp')}</p>
      <div className={styles.two}>
        <TextInput
          label={t('copies.receivedBy')}
          required
          autoFocus
          maxLength={100}
          autoComplete="off"
          value={receivedBy}
          onChange={(event) => setReceivedBy(event.currentTarget.value)}
        />
        <TextInput
          label={t('copies.receiptPaper')}
          placeholder={t('copies.optional')}
          maxLength={60}
          autoComplete="off"
          value={receipt}
          onChange={(event) => setReceipt(event.currentTarget.value)}
        />
      </div>
    </ActForm>
  );
}

type Condition = Exclude<(typeof CONDITIONS)[number], 'lost'>;

/** The copy is back: pages counted, condition said, evidence named; Enter takes it. */
export function RecoverForm({ copy, onDone, onBack }: ActProps) {
  const { t } = useText();
  const recover = useArchiveCommand('copies.recover');
  const [pages, setPages] = useState('');
  const [condition, setCondition] = useState<Condition>('intact');
  const [evidence, setEvidence] = useState('');
  const [tried, setTried] = useState(false);
  const counted = parseTypedNumber(pages, true);
  const isCounted = typeof counted === 'number' && counted >= 0;
  const explained = isCounted && copyPagesExplained({ pages: copy.pages, pagesBack: counted, condition });
  const submit = () => {
    setTried(true);
    if (!isCounted || !explained) return;
    recover
      .mutateAsync({ copyNumber: copy.copyNumber, pagesBack: counted, condition, evidence: evidence.trim() })
      .then(onDone, () => undefined);
  };
  return (
    <ActForm
      label={t('copies.recoverForm')}
      submitLabel={t('copies.recover')}
      error={recover.error}
      busy={recover.isPending}
      onSubmit={submit}
      onBack={onBack}
    >
      <div className={styles.two}>
        <TextInput
          label={t('copies.pagesBack', { pages: copy.pages })}
          required
          autoFocus
          inputMode="numeric"
          autoComplete="off"
          value={pages}
          error={tried && !isCounted ? t('copies.countNeeded') : null}
          onChange={(event) => setPages(event.currentTarget.value)}
        />
        <Select
          label={t('copies.condition')}
          data={CONDITIONS.filter((one) => one !== 'lost').map((one) => ({ value: one, label: t(`condition.${one}`) }))}
          value={condition}
          onChange={(next) => setCondition((next ?? 'intact') as Condition)}
          error={isCounted && !explained ? t('copies.explainNeeded', { out: copy.pages }) : null}
        />
      </div>
      <TextInput
        label={t('copies.evidence')}
        maxLength={2_000}
        list="recovery-evidence"
        autoComplete="off"
        value={evidence}
        onChange={(event) => setEvidence(event.currentTarget.value)}
      />
      <datalist id="recovery-evidence">
        {['signed', 'counted'].map((key) => (
          <option key={key} value={t(`copies.evidences.${key}`)} />
        ))}
      </datalist>
    </ActForm>
  );
}

/** The copy is destroyed: how, before whom, on what evidence. */
export function DestroyForm({ copy, onDone, onBack }: ActProps) {
  const { t } = useText();
  const destroy = useArchiveCommand('copies.destroy');
  const [method, setMethod] = useState<DestructionMethod>('shredded');
  const [witness, setWitness] = useState<ChosenStaff | null>(null);
  const [evidence, setEvidence] = useState('');
  const [tried, setTried] = useState(false);
  const submit = () => {
    setTried(true);
    if (witness === null || evidence.trim() === '') return;
    destroy
      .mutateAsync({ copyNumber: copy.copyNumber, method, witnessId: witness.id, evidence: evidence.trim() })
      .then(onDone, () => undefined);
  };
  return (
    <ActForm
      label={t('copies.destroyForm')}
      submitLabel={t('copies.destroy')}
      error={destroy.error}
      busy={destroy.isPending}
      onSubmit={submit}
      onBack={onBack}
    >
      <div className={styles.two}>
        <Select
          label={t('copies.method')}
          data={DESTRUCTION_METHODS.map((one) => ({ value: one, label: t(`copies.method.${one}`) }))}
          value={method}
          onChange={(next) => setMethod((next ?? 'shredded') as DestructionMethod)}
        />
        <StaffSelect
          label={t('copies.witness')}
          value={witness}
          onChange={setWitness}
          autoFocus
          error={tried && witness === null ? t('copies.witnessNeeded') : null}
        />
      </div>
      <TextInput
        label={t('copies.evidence')}
        required
        maxLength={2_000}
        autoComplete="off"
        value={evidence}
        error={tried && evidence.trim() === '' ? t('validation.required') : null}
        onChange={(event) => setEvidence(event.currentTarget.value)}
      />
    </ActForm>
  );
}

function OneLine({
  label,
  value,
  onChange,
  tried,
  list,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly tried: boolean;
  readonly list?: string;
}) {
  const { t } = useText();
  return (
    <TextInput
      label={label}
      required
      autoFocus
      maxLength={400}
      autoComplete="off"
      list={list}
      value={value}
      error={tried && value.trim() === '' ? t('validation.required') : null}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** The holder was reminded, and how. */
export function RemindForm({ copy, onDone, onBack }: ActProps) {
  const { t } = useText();
  const remind = useArchiveCommand('copies.remind');
  const [method, setMethod] = useState(t('copies.methods.phone'));
  const [tried, setTried] = useState(false);
  const submit = () => {
    setTried(true);
    if (method.trim() === '') return;
    remind.mutateAsync({ copyNumber: copy.copyNumber, method: method.trim() }).then(
      (next) => {
        toast(t('copies.remindNoted', { name: copy.recipient.name }));
        onDone(next);
      },
      () => undefined,
    );
  };
  return (
    <ActForm
      label={t('copies.remind')}
      submitLabel={t('copies.remind')}
      error={remind.error}
      busy={remind.isPending}
      onSubmit={submit}
      onBack={onBack}
    >
      <OneLine
        label={t('copies.remindMethod')}
        value={method}
        onChange={setMethod}
        tried={tried}
        list="copy-reminders"
      />
      <datalist id="copy-reminders">
        {['phone', 'mail', 'inPerson', 'letter'].map((key) => (
          <option key={key} value={t(`copies.methods.${key}`)} />
        ))}
      </datalist>
    </ActForm>
  );
}

/** The holder cannot find it: in their own words; they go on answering for it. */
export function MissingForm({ copy, onDone, onBack }: ActProps) {
  const { t } = useText();
  const report = useArchiveCommand('copies.reportMissing');
  const [statement, setStatement] = useState('');
  const [tried, setTried] = useState(false);
  const submit = () => {
    setTried(true);
    if (statement.trim() === '') return;
    report.mutateAsync({ copyNumber: copy.copyNumber, statement: statement.trim() }).then(onDone, () => undefined);
  };
  return (
    <ActForm
      label={t('copies.reportMissing')}
      submitLabel={t('copies.reportMissing')}
      error={report.error}
      busy={report.isPending}
      onSubmit={submit}
      onBack={onBack}
    >
      <OneLine label={t('copies.missingStatement')} value={statement} onChange={setStatement} tried={tried} />
    </ActForm>
  );
}

/** A missing copy is given up, with a supervisor's agreement to exactly that. */
export function WriteOffForm({ copy, onDone, onBack }: ActProps) {
  const { t } = useText();
  const writeOff = useArchiveCommand('copies.writeOff');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const asked = useArchiveQuery(
    'copies.writeOffStatement',
    { copyNumber: copy.copyNumber, reason: reason.trim() },
    { enabled: asking },
  ).data;
  const submit = () => {
    setTried(true);
    if (reason.trim() !== '') setAsking(true);
  };
  const finish = () =>
    writeOff.mutateAsync({ copyNumber: copy.copyNumber, reason: reason.trim() }).then(onDone, () => undefined);
  return (
    <>
      <ActForm
        label={t('copies.writeOff')}
        submitLabel={t('copies.askSupervisor')}
        error={writeOff.error}
        busy={writeOff.isPending}
        onSubmit={submit}
        onBack={onBack}
      >
        <OneLine label={t('kit.reason')} value={reason} onChange={setReason} tried={tried} />
      </ActForm>
      {asking && asked !== undefined && (
        <AgreementDialog statement={asked.statement} onAgreed={() => void finish()} onClose={() => setAsking(false)} />
      )}
    </>
  );
}
