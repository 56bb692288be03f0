import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';

/** A binder, a shelf or a cabinet goes somewhere else, with everything in it; the day and the reason are kept. */
export function MovePlaceDialog({
  from,
  papers,
  onMoved,
  onClose,
}: {
  readonly from: string;
  readonly papers: number;
  readonly onMoved: (to: string) => void;
  readonly onClose: () => void;
}) {
  const texts = useText();
  const { t } = texts;
  const [to, setTo] = useState(from);
  const [reason, setReason] = useState('');
  const move = useArchiveCommand('places.move');
  const target = to.trim();
  const submit = () =>
    move.mutateAsync({ from, to: target, reason: reason.trim() }).then(
      (done) => {
        toast(t('places.moved', { count: done.papers }));
        onMoved(target);
        onClose();
      },
      () => undefined,
    );
  return (
    <FormDialog
      title={t('places.moveTitle', { place: from })}
      submitLabel={t('places.move')}
      onClose={onClose}
      onSubmit={() => void submit()}
      busy={move.isPending}
      maySubmit={target !== '' && target !== from && reason.trim() !== ''}
    >
      <p>{t('places.moveText', { count: papers })}</p>
      <TextInput
        label={t('places.to')}
        description={t('places.toHelp')}
        required
        autoComplete="off"
        data-autofocus
        maxLength={400}
        value={to}
        error={fieldErrorAt(move.error, 'to', texts)}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <ReasonField value={reason} onChange={setReason} />
      <ErrorNote error={move.error} />
    </FormDialog>
  );
}
