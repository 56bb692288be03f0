import type { FieldDefinition } from '../../../shared/domain/forms/field.ts';
import { fieldOptions, optionWords } from '../../../shared/domain/forms/option-sets.ts';
import type { ValueWords } from '../../../shared/domain/forms/value-text.ts';

export { optionText, type ValueWords, valueText } from '../../../shared/domain/forms/value-text.ts';

/** The stored value of a typed option text: its code where the text is a label or a code of the set, else the text itself. */
export function optionValue(field: FieldDefinition, text: string, words: Pick<ValueWords, 't'>): string | null {
  const typed = text.trim();
  if (typed === '') return null;
  const known = fieldOptions(field).find(
    ({ value }) => value === typed || optionWords(field, value, words.t) === typed,
  );
  return known?.value ?? typed;
}

/** Fields that take the whole width of the paper. */
export function isWide(field: FieldDefinition): boolean {
  return (
    field.type === 'longText' || field.type === 'address' || field.type === 'list' || (field.maxLength ?? 0) >= 1000
  );
}
