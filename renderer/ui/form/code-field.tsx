import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useText } from '../../i18n/use-text.ts';

/** True where the secret was right and the code of the card is what is still wanted: the secret may stay in its field. */
export const isCodeAsked = (error: unknown): boolean =>
  ['CODE_NEEDED', 'CODE_WRONG'].includes((error as AppError | null)?.code ?? '');

export interface AskedCode {
  /** For the input of an operation. */
  readonly input: { readonly code?: string };
  /** What there is no more to say of: the field says it. */
  readonly isAsked: boolean;
  readonly ready: boolean;
  readonly index: number;
  readonly value: string;
  readonly error: AppError | null;
  onChange(next: string): void;
}

/**
 * Asks for the next code of the card once an answer has said that one is wanted (second factor).
 * @param login where several people prove themselves in one form: whose code this is
 */
export function useCode(error: AppError | null, login?: string): AskedCode {
  const [value, setValue] = useState('');
  const isAsked = isCodeAsked(error) && (login === undefined || error?.params?.['login'] === login);
  // Asked for until it has been used; another person has another card, or none.
  const [last, setLast] = useState({ login, index: 0 });
  const asked = isAsked ? Number(error?.params?.['index'] ?? 0) : last.login === login ? last.index : 0;
  if (asked !== last.index || last.login !== login) setLast({ login, index: asked });
  return {
    input: value.trim() === '' ? {} : { code: value.trim() },
    isAsked,
    ready: asked === 0 || value.trim() !== '',
    index: asked,
    value,
    error,
    onChange: setValue,
  };
}

/** The field for a code of the card; nothing while none is asked for. */
export function CodeField({ code }: { readonly code: AskedCode }) {
  const { t } = useText();
  if (code.index === 0) return null;
  return (
    <TextInput
      // The next code is another field: it begins empty and takes the focus.
      key={code.index}
      label={t('codeCard.ask', { index: code.index })}
      description={t('codeCard.askHelp')}
      required
      autoFocus
      autoComplete="off"
      spellCheck={false}
      maxLength={40}
      value={code.value}
      error={code.isAsked && code.error?.code === 'CODE_WRONG' ? t('error.CODE_WRONG') : null}
      onChange={(event) => code.onChange(event.currentTarget.value)}
    />
  );
}
