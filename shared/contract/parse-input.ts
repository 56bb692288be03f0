import type { z } from 'zod';
import { AppError, type FieldError, type MessageParams } from '../errors/app-error.ts';

/**
 * Input as its schema says, with defaults.
 * Throws `INPUT_INVALID` with a path and a message key for each issue; the values themselves are never repeated.
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AppError('INPUT_INVALID', { fields: parsed.error.issues.slice(0, 50).map(fieldError) });
}

function fieldError(issue: z.core.$ZodIssue): FieldError {
  const path = issue.path.map(String).join('.');
  const of = (message: string, params: MessageParams = {}): FieldError => ({ path, message, params });
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? of('validation.required')
        : of('validation.type', { expected: issue.expected });
    case 'too_big':
      return of('validation.tooBig', { maximum: Number(issue.maximum) });
    case 'too_small':
      return of(
        issue.origin === 'string' && Number(issue.minimum) === 1 ? 'validation.required' : 'validation.tooSmall',
        { minimum: Number(issue.minimum) },
      );
    case 'unrecognized_keys':
      return of('validation.unknownKeys', { keys: issue.keys.join(', ').slice(0, 200) });
    case 'invalid_value':
      return of('validation.notAnOption', { options: issue.values.map(String).join(', ').slice(0, 300) });
    case 'invalid_format':
      return of('validation.format', { format: issue.format });
    default:
      return of('validation.invalid');
  }
}
