import { Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Breach } from '../../../shared/contract/breaches.ts';
import { BREACH_KINDS, BREACH_MEASURES, type BreachKind, type BreachMeasure } from '../../../shared/domain/breaches.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { ActForm } from './loan-act-forms.tsx';
import styles from './loans.module.css';

/** Opens a case (B3): the kind and the facts as they were found. */
export function OpenBreachForm({
  loanNumber,
  onOpened,
  onClose,
}: {
  readonly loanNumber: string;
  readonly onOpened: (number: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const open = useArchiveCommand('breaches.open');
  const [kind, setKind] = useState<BreachKind>('overdue');
  const [facts, setFacts] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (): void => {
    setTried(true);
    if (facts.trim() === '') return;
    open.mutateAsync({ loanNumber, kind, facts: facts.trim() }).then(
      (breach) => onOpened(breach.number),
      () => undefined,
    );
  };
  return (
    <ActForm
      title={t('loans.breach')}
      submitLabel={t('breach.open')}
      busy={open.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <ErrorNote error={open.error} />
      <p className={styles.soft}>{t('breach.openHelp')}</p>
      <Select
        label={t('breach.kind')}
        data={BREACH_KINDS.map((one) => ({ value: one, label: t(`breachKind.${one}`) }))}
        value={kind}
        onChange={(next) => setKind((next ?? 'overdue') as BreachKind)}
      />
      <Textarea
        label={t('breach.facts')}
        required
        autoFocus
        autosize
        minRows={2}
        maxRows={8}
        value={facts}
        error={tried && facts.trim() === '' ? t('validation.required') : null}
        onChange={(event) => setFacts(event.currentTarget.value)}
      />
    </ActForm>
  );
}

export type BreachStep = 'notice' | 'statement' | 'measure' | 'note';
interface StepProps {
  readonly breach: Breach;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Records what was done about a case: told, heard, decided (by whom), noted. */
export function BreachStepForm({ breach, step, onDone, onClose }: StepProps & { readonly step: BreachStep }) {
  const { t } = useText();
  const record = useArchiveCommand('breaches.record');
  const [measure, setMeasure] = useState<BreachMeasure>('reminder');
  const [decidedBy, setDecidedBy] = useState('');
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const isMeasure = step === 'measure';
  const wrong = isMeasure ? decidedBy.trim() === '' : text.trim() === '';
  const submit = (): void => {
    setTried(true);
    if (wrong) return;
    record
      .mutateAsync({
        number: breach.number,
        act: step,
        ...(isMeasure ? { measure, decidedBy: decidedBy.trim() } : {}),
        text: text.trim(),
      })
      .then(onDone, () => undefined);
  };
  return (
    <ActForm
      title={t(`breachAct.${step}`)}
      submitLabel={t('breach.record')}
      busy={record.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <ErrorNote error={record.error} showFields />
      {isMeasure && (
        <>
          <p className={styles.soft}>{t('breach.measureHelp')}</p>
          <Select
            label={t('breachAct.measure')}
            data={BREACH_MEASURES.map((one) => ({ value: one, label: t(`breachMeasure.${one}`) }))}
            value={measure}
            onChange={(next) => setMeasure((next ?? 'reminder') as BreachMeasure)}
          />
          <TextInput
            label={t('breach.decidedBy')}
            required
            autoFocus
            maxLength={100}
            value={decidedBy}
            error={tried && decidedBy.trim() === '' ? t('validation.required') : null}
            onChange={(event) => setDecidedBy(event.currentTarget.value)}
          />
        </>
      )}
      <Textarea
        label={t(`breach.text.${step}`)}
        required={!isMeasure}
        autoFocus={!isMeasure}
        autosize
        minRows={2}
        maxRows={8}
        value={text}
        error={tried && !isMeasure && text.trim() === '' ? t('validation.required') : null}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </ActForm>
  );
}

/** Closes a case with its outcome, or voids one that was opened by mistake. */
export function CloseBreachForm({ breach, as, onDone, onClose }: StepProps & { readonly as: 'closed' | 'void' }) {
  const { t } = useText();
  const close = useArchiveCommand('breaches.close');
  const [outcome, setOutcome] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (): void => {
    setTried(true);
    if (outcome.trim() === '') return;
    close.mutateAsync({ number: breach.number, as, outcome: outcome.trim() }).then(onDone, () => undefined);
  };
  const title = t(as === 'void' ? 'breach.void' : 'breach.close');
  return (
    <ActForm title={title} submitLabel={title} busy={close.isPending} onSubmit={submit} onClose={onClose}>
      <ErrorNote error={close.error} />
      <Textarea
        label={t(as === 'void' ? 'kit.reason' : 'breach.outcome')}
        required
        autoFocus
        autosize
        minRows={2}
        maxRows={8}
        value={outcome}
        error={tried && outcome.trim() === '' ? t('validation.required') : null}
        onChange={(event) => setOutcome(event.currentTarget.value)}
      />
    </ActForm>
  );
}
