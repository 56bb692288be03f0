import type { Json } from '../../../shared/contract/common.ts';
import type { CardForms, CardKind, CardValues } from '../../../shared/domain/form-fields.ts';
import { completeness, fieldAt, validateCard } from '../../../shared/domain/form-fields.ts';
import type { FieldError } from '../../../shared/errors/app-error.ts';
import { type CardForm, formValues } from './card-form.ts';

/** What the form says about itself while it is typed: the same rules the archive applies at saving. */
export interface CardFindings {
  readonly percent: number;
  readonly missing: readonly string[];
  readonly recommended: readonly string[];
  readonly errors: readonly FieldError[];
  readonly warnings: readonly FieldError[];
}

/** Masked values are not gaps: the reader may not see them, the card has them. */
export function cardFindings(
  kind: CardKind,
  form: CardForm,
  forms: CardForms,
  masked: readonly string[] = [],
): CardFindings {
  const values = formValues(form) as Record<string, Json> & CardValues;
  const complete = completeness(kind, values, forms);
  const { errors, warnings } = validateCard(kind, values, forms);
  const unread: readonly FieldError[] = Object.keys(form.raw).map((path) => ({
    path,
    message: notUnderstoodKey(fieldAt(kind, path, forms)?.type),
  }));
  return {
    percent: complete.percent,
    missing: complete.missing.filter((path) => !masked.includes(path)),
    recommended: complete.recommendedMissing.filter((path) => !masked.includes(path)),
    errors: [...unread, ...errors.filter((error) => !masked.includes(error.path))],
    warnings,
  };
}

/** Key of what to write instead; not every type has a way of writing of its own. */
function notUnderstoodKey(type: string | undefined): string {
  if (type === 'integer') return 'cards.notUnderstood.integer';
  if (type === 'decimal' || type === 'percent') return 'cards.notUnderstood.number';
  if (type === 'money') return 'cards.notUnderstood.money';
  if (type === 'date') return 'cards.notUnderstood.date';
  if (type === 'partialDate') return 'cards.notUnderstood.partialDate';
  return 'cards.notUnderstood';
}

const NONE: readonly FieldError[] = [];

/** Findings of a field and of the entries of its list. */
export function findingsOf(findings: readonly FieldError[], key: string): readonly FieldError[] {
  const own = findings.filter((finding) => finding.path === key || finding.path.startsWith(`${key}.`));
  return own.length === 0 ? NONE : own;
}
