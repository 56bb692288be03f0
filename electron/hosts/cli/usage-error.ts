import { AppError } from '../../../shared/errors/app-error.ts';

/** Exit status 2: what was typed does not fit; `detail` is the word or the form that would. */
export function usageError(detail: string): AppError {
  return new AppError('USAGE', { fields: [{ path: '', message: 'cli.detail', params: { detail } }] });
}
