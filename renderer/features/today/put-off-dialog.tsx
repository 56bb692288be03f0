import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { putOffProblem } from '../../../shared/domain/duties.ts';
import { addDays, addMonths, weekdayOf } from '../../../shared/util/days.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { FormDialog, registerDialog, type StackedDialogProps } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './today.module.css';

export const PUT_OFF_DIALOG = 'putOffDuty';

export interface PutOffData {
  readonly duty: string;
  /** Empty: the whole kind. */
  readonly subject: string;
  readonly title: string;
  readonly today: string;
}

const MONDAY = 1;

/** The days that are chosen mostly: tomorrow, next Monday, in a month. */
function proposals(today: string): readonly { readonly key: string; readonly day: string }[] {
  return [
    { key: 'today.tomorrow', day: addDays(today, 1) },
    { key: 'today.nextMonday', day: addDays(today, ((MONDAY - weekdayOf(today) + 6) % 7) + 1) },
    { key: 'today.inTwoWeeks', day: addDays(today, 14) },
    { key: 'today.inAMonth', day: addMonths(today, 1) },
  ];
}

/** Puts a duty off: until when, and why. It stays away till then and is back on the day itself. */
function PutOffDialog({ data, onClose }: StackedDialogProps<PutOffData>) {
  const { t } = useText();
  const formats = useFormats();
  const putOff = useArchiveCommand('duties.putOff');
  const takeUp = useArchiveCommand('duties.takeUp');
  const [until, setUntil] = useState(proposals(data.today)[1]?.day ?? '');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const day = parseTypedDate(until);
  const problem = typeof day === 'string' ? putOffProblem(day, data.today) : 'validation.date';
  const submit = async (): Promise<void> => {
    setTried(true);
    if (typeof day !== 'string' || problem !== null || reason.trim() === '') return;
    const { duty, subject } = data;
    try {
      await putOff.mutateAsync({ duty, subject, until: day, reason: reason.trim() });
      toast(t('today.putOffDone', { title: data.title, day: formats.day(day) }), {
        undo: { label: t('kit.undo'), run: () => void takeUp.mutateAsync({ duty, subject }) },
      });
      onClose();
    } catch {
      // Said above the form.
    }
  };
  return (
    <FormDialog
      title={t('today.putOff')}
      onClose={onClose}
      submitLabel={t('today.putOff')}
      onSubmit={() => void submit()}
      busy={putOff.isPending}
    >
      <ErrorNote error={putOff.error} showFields />
      <p>
        <strong>{data.title}</strong> {data.subject === '' ? t('today.putOffWhole') : ''}
      </p>
      <TextInput
        label={t('today.until')}
        description={t('today.untilHelp')}
        required
        value={until}
        data-autofocus
        error={tried && problem !== null ? t(problem) : null}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <ul className={styles.choices}>
        {proposals(data.today).map(({ key, day: proposed }) => (
          <li key={key}>
            <button type="button" className="suggestion" onClick={() => setUntil(proposed)}>
              {t(key)} {formats.day(proposed).slice(-5)}
            </button>
          </li>
        ))}
      </ul>
      <ReasonField
        value={reason}
        onChange={setReason}
        suggestions={['today.reason.waiting', 'today.reason.away', 'today.reason.agreed']}
        error={tried && reason.trim() === '' ? t('validation.required') : null}
      />
    </FormDialog>
  );
}

registerDialog(PUT_OFF_DIALOG, PutOffDialog);
