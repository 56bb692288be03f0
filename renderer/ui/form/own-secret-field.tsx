import { PasswordInput } from '@mantine/core';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useText } from '../../i18n/use-text.ts';
import { useSession } from '../../state/session.ts';
import { fieldErrorAt } from './field-error.ts';

/** Whoever changes people or takes something away types the own secret anew (R25). */
export function OwnSecretField({
  value,
  onChange,
  error = null,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: AppError | null;
}) {
  const texts = useText();
  const name = useSession(({ session }) => session?.user?.displayName) ?? '';
  return (
    <PasswordInput
      // By the name: other people may type theirs in the same form.
      label={texts.t('people.secretOf', { name })}
      required
      autoComplete="off"
      value={value}
      error={fieldErrorAt(error, 'ownSecret', texts)}
      visibilityToggleButtonProps={{ 'aria-label': texts.t('secret.show') }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
