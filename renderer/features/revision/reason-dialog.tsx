import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useText } from '../../i18n/use-text.ts';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';

interface ReasonDialogProps<Input> {
  readonly title: string;
  readonly text: string;
  readonly label?: string;
  readonly suggestions?: readonly string[];
  readonly command: UseMutationResult<unknown, AppError, Input>;
  readonly input: (reason: string) => Input;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** An act that asks for its reason, and nothing else. */
export function ReasonDialog<Input>(props: ReasonDialogProps<Input>) {
  const { title, text, label, suggestions = [], command, input, onDone, onClose } = props;
  const { t } = useText();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (): void => {
    setTried(true);
    if (reason.trim() === '') return;
    command.mutateAsync(input(reason.trim())).then(
      () => {
        onDone();
        onClose();
      },
      () => undefined,
    );
  };
  return (
    <FormDialog title={title} onClose={onClose} submitLabel={title} onSubmit={submit} busy={command.isPending}>
      <ErrorNote error={command.error} showFields />
      <p>{text}</p>
      <ReasonField
        value={reason}
        onChange={setReason}
        suggestions={suggestions}
        {...(label === undefined ? {} : { label })}
        error={tried && reason.trim() === '' ? t('validation.required') : null}
        autoFocus
      />
    </FormDialog>
  );
}
