import type { FieldError } from '../../../shared/errors/app-error.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { errorHintKey, errorTitleKey } from '../../../shared/errors/error-title.ts';
import type { Texts } from '../../i18n/use-text.ts';

/** What an error says to the person: what happened, what is wrong where, what to do. */
export interface ErrorWords {
  readonly title: string;
  readonly hint: string | null;
  readonly fields: readonly { readonly path: string; readonly text: string }[];
}

/** A field's refusal in words. */
export function fieldErrorText(field: FieldError, texts: Texts): string {
  const key = texts.has(field.message) ? field.message : 'validation.invalid';
  return texts.t(key, field.params);
}

/** The words of an error. Codes without words of their own cannot exist: the catalogue test sees to it. */
export function errorWords(error: AppError, texts: Texts): ErrorWords {
  const hintKey = errorHintKey(error);
  return {
    title: texts.t(errorTitleKey(error), error.params),
    hint: texts.has(hintKey) ? texts.t(hintKey, error.params) : null,
    fields: error.fields.map((field) => ({ path: field.path, text: fieldErrorText(field, texts) })),
  };
}

/** The words of anything thrown, in one line, for toasts. */
export function errorLine(thrown: unknown, texts: Texts): string {
  const words = errorWords(AppError.from(thrown), texts);
  const first = words.fields[0]?.text;
  return [words.title, first ?? words.hint].filter(Boolean).join(' ');
}
