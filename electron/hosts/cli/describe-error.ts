import type { AppError } from '../../../shared/errors/app-error.ts';
import { errorHintKey, errorTitleKey } from '../../../shared/errors/error-title.ts';
import type { Texts } from '../message-texts.ts';

/** The error object of `--json` (cli.md). */
export interface DescribedError {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly { readonly path: string; readonly message: string }[];
  readonly hint?: string;
}

/** Words for an error, in the language of `text`. */
export function describeError(error: AppError, text: Texts): DescribedError {
  const hintKey = errorHintKey(error);
  const hint = text(hintKey, error.params);
  return {
    code: error.code,
    message: text(errorTitleKey(error), error.params),
    fields: error.fields.map(({ path, message, params }) => ({ path, message: text(message, params) })),
    ...(hint === hintKey ? {} : { hint }),
  };
}

/** The same for people: one line, the fields below it, then what to do. */
export function errorLines(error: AppError, text: Texts): string[] {
  const { message, fields, hint } = describeError(error, text);
  return [
    message,
    ...fields.map((field) => (field.path === '' ? `  ${field.message}` : `  ${field.path}: ${field.message}`)),
    ...(hint === undefined ? [] : [hint]),
  ];
}
