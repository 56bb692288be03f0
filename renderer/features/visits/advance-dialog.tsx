import { Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { OPTION_SETS } from '../../../shared/domain/forms/option-sets.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import type { Project } from './projects-tab.tsx';
import styles from './visits.module.css';

type Stage = (typeof OPTION_SETS.projectStage)[number];

/** A project moves on (X2): its stage, its next step and the day of it; written on the customer's card with its history. */
export function AdvanceDialog({ project, onClose }: { readonly project: Project; readonly onClose: () => void }) {
  const { t } = useText();
  const advance = useArchiveCommand('projects.advance');
  const [stage, setStage] = useState<string | null>(project.stage === '' ? null : project.stage);
  const [nextStep, setNextStep] = useState(project.nextStep);
  const [nextStepOn, setNextStepOn] = useState(project.nextStepOn);
  const [signing, setSigning] = useState(project.expectedSigning);
  const [outcome, setOutcome] = useState('');
  const [evidence, setEvidence] = useState('');
  const days = { nextStepOn: parseTypedDate(nextStepOn), signing: parseTypedDate(signing) };
  const unread = { nextStepOn: days.nextStepOn === undefined, signing: days.signing === undefined };
  const submit = (): void => {
    if (days.nextStepOn === undefined || days.signing === undefined) return;
    advance
      .mutateAsync({
        customer: project.customer,
        position: project.position,
        name: project.name,
        ...(stage === null || stage === project.stage ? {} : { stage: stage as Stage }),
        nextStep: nextStep.trim(),
        nextStepOn: days.nextStepOn,
        ...(signing === project.expectedSigning ? {} : { expectedSigning: days.signing }),
        ...(outcome.trim() === '' ? {} : { outcome: outcome.trim() }),
        evidence: evidence.trim(),
      })
      .then(
        () => {
          toast(t('visits.advanced', { project: project.name }));
          onClose();
        },
        () => undefined,
      );
  };
  return (
    <FormDialog
      title={`${project.name} · ${project.customerName}`}
      size="lg"
      submitLabel={t('visits.advance')}
      busy={advance.isPending}
      maySubmit={!unread.nextStepOn && !unread.signing}
      onSubmit={submit}
      onClose={onClose}
    >
      <ErrorNote error={advance.error} showFields />
      <div className={styles.two}>
        <Select
          label={t('visits.stage')}
          allowDeselect={false}
          data={OPTION_SETS.projectStage.map((value) => ({ value, label: t(`option.projectStage.${value}`) }))}
          value={stage}
          onChange={setStage}
        />
        <TextInput
          label={t('visits.expectedSigning')}
          error={unread.signing ? t('validation.date') : null}
          value={signing}
          onChange={(event) => setSigning(event.currentTarget.value)}
        />
      </div>
      <Textarea
        label={t('visits.nextStep')}
        data-autofocus
        autosize
        maxLength={200}
        value={nextStep}
        onChange={(event) => setNextStep(event.currentTarget.value)}
      />
      <div className={styles.two}>
        <TextInput
          label={t('visits.nextStepOn')}
          error={unread.nextStepOn ? t('validation.date') : null}
          value={nextStepOn}
          onChange={(event) => setNextStepOn(event.currentTarget.value)}
        />
        <TextInput
          label={t('visits.projectOutcome')}
          maxLength={200}
          value={outcome}
          onChange={(event) => setOutcome(event.currentTarget.value)}
        />
      </div>
      <TextInput
        label={t('visits.evidence')}
        description={t('visits.evidenceHelp')}
        maxLength={200}
        value={evidence}
        onChange={(event) => setEvidence(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
