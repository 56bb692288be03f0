import type { AppError } from '../../../shared/errors/app-error.ts';
import type { Texts } from '../../i18n/use-text.ts';
import { fieldErrorText } from '../states/error-text.ts';

/** What an error says about one field of the input, by its path; null when it says nothing about it. */
export function fieldErrorAt(error: AppError | null | undefined, path: string, texts: Texts): string | null {
  const field = error?.fields.find((one) => one.path === path);
  return field === undefined ? null : fieldErrorText(field, texts);
}
