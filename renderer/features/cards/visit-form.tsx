import { Autocomplete, Select, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import type { InputOf } from '../../../shared/contract/contract.ts';
import { type OptionSetName, optionLabelKey, optionsOf } from '../../../shared/domain/forms/option-sets.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { MinuteInput } from '../../ui/fields/minute-input.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { useCardSession } from './card-session.ts';
import screen from './screen.module.css';
import styles from './visits.module.css';

type VisitInput = InputOf<'visits.record'>;

/** A visit written down (V2); the card then knows when it was (C4). */
export function VisitForm({ number, onClose }: { readonly number: string; readonly onClose: () => void }) {
  const { t } = useText();
  const record = useArchiveCommand('visits.record');
  const staff = useArchiveQuery('staff.list', {}).data?.staff ?? [];
  const [visitedAt, setVisitedAt] = useState<string | null>(null);
  const [who, setWho] = useState('');
  const [method, setMethod] = useState<VisitInput['method']>('onSite');
  const [purpose, setPurpose] = useState<VisitInput['purpose']>('followUp');
  const [result, setResult] = useState<VisitInput['result']>('toFollowUp');
  const [content, setContent] = useState('');
  const [tried, setTried] = useState(false);
  const member = staff.find((one) => one.name === who.trim() || one.number === who.trim());
  const ready = visitedAt !== null && member !== undefined && content.trim() !== '';

  const save = async (): Promise<void> => {
    setTried(true);
    if (visitedAt === null || member === undefined || content.trim() === '') return;
    try {
      await record.mutateAsync({
        number,
        visitedAt,
        staffId: member.id,
        method,
        purpose,
        content: content.trim(),
        result,
      });
    } catch {
      return; // The note above the form says why.
    }
    const session = useCardSession.getState();
    session.remember(t('cards.evidence.visit'), number, visitedAt);
    toast(t('cards.visits.recorded'));
    onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
    if (event.key === 'Enter' && event.ctrlKey) void save();
  };
  const choices = (set: OptionSetName) =>
    optionsOf(set).map((value) => ({ value, label: t(optionLabelKey(set, value)) }));
  const required = t('cards.visits.required');
  return (
    <form
      className={styles.form}
      onSubmit={submit}
      onKeyDown={onKeyDown}
      noValidate
      aria-label={t('cards.visits.record')}
    >
      <ErrorNote error={record.error} showFields />
      <div className={styles.formGrid}>
        <div className={styles.formField}>
          <label htmlFor="visit-time">{t('cards.visitTime')}</label>
          <MinuteInput
            id="visit-time"
            className={screen.saveTime}
            value={visitedAt}
            onValue={setVisitedAt}
            autoFocus
            invalid={tried && visitedAt === null}
          />
          {tried && visitedAt === null && <span className={styles.error}>{required}</span>}
        </div>
        <Autocomplete
          label={t('cards.visits.staff')}
          value={who}
          onChange={setWho}
          data={[...new Set(staff.map((one) => one.name))]}
          limit={12}
          error={tried && member === undefined ? t('cards.visits.staffUnknown') : null}
        />
        <Select
          label={t('cards.visits.method')}
          data={choices('visitMethod')}
          value={method}
          onChange={(value) => setMethod((value ?? 'onSite') as VisitInput['method'])}
        />
        <Select
          label={t('cards.visits.purpose')}
          data={choices('visitPurpose')}
          value={purpose}
          onChange={(value) => setPurpose((value ?? 'other') as VisitInput['purpose'])}
        />
        <Select
          label={t('cards.visits.result')}
          data={choices('visitResult')}
          value={result}
          onChange={(value) => setResult((value ?? 'toFollowUp') as VisitInput['result'])}
        />
      </div>
      <Textarea
        label={t('cards.visits.content')}
        autosize
        minRows={3}
        maxRows={10}
        value={content}
        error={tried && content.trim() === '' ? required : null}
        onChange={(event) => setContent(event.currentTarget.value)}
      />
      <div className={styles.formActions}>
        <Button onClick={onClose} keys="escape">
          {t('cards.giveBack')}
        </Button>
        <Button type="submit" kind="primary" busy={record.isPending} aria-disabled={!ready}>
          {t('cards.visits.save')}
        </Button>
      </div>
    </form>
  );
}
