import type { AppError } from './app-error.ts';

/**
 * Key of what an error says first. What was not found is named as it was asked for, where people use such a number (an internal id says
 * nothing to them); an archive process that ended by itself is another thing than a lock; what does not agree is named where it has a name.
 */
export function errorTitleKey({ code, params }: Pick<AppError, 'code' | 'params'>): string {
  if (code === 'NOT_FOUND' && /[^\d\s]/u.test(String(params['number'] ?? ''))) return 'error.NOT_FOUND.named';
  if (code === 'LOCKED' && params['reason'] === 'crash') return 'error.LOCKED.crash';
  if (code === 'INTEGRITY') {
    const { reason, record } = params;
    if (reason === 'backup' || reason === 'chain') return `error.INTEGRITY.${reason}`;
    if (typeof record === 'string' && record !== '') return 'error.INTEGRITY.named';
  }
  return `error.${code}`;
}

/** Key of what to do next; not every code has words for it. */
export const errorHintKey = ({ code, hint }: Pick<AppError, 'code' | 'hint'>): string => hint ?? `hint.${code}`;
