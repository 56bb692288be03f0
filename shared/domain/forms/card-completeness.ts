import { conditionHolds } from './condition.ts';
import {
  type CardValues,
  type FieldDefinition,
  type FormDefinition,
  isFilled,
  type ListItem,
  ownValue,
} from './field.ts';

export interface Completeness {
  /** Whole percent, rounded down: 100 only when nothing is missing. */
  readonly percent: number;
  /** Keys of required fields that are empty, in the order of the form; of a list's entries `list.key`. */
  readonly missing: readonly string[];
  /** Keys of recommended fields that are empty. */
  readonly recommendedMissing: readonly string[];
}

/** What is asked of a field of a form, worked out once: a table of a hundred thousand cards asks it of every one. */
interface AskedField {
  readonly field: FieldDefinition;
  /** Fields of the "one of" rule that begins with this one. */
  readonly oneOf: readonly string[] | undefined;
  /** Parts that every entry of a list must have. */
  readonly parts: readonly string[];
}

const askedOfForms = new WeakMap<FormDefinition, readonly AskedField[]>();

function askedFields(form: FormDefinition): readonly AskedField[] {
  let asked = askedOfForms.get(form);
  if (asked === undefined) {
    asked = form.sections.flatMap(({ fields }) =>
      fields.map((field) => ({
        field,
        oneOf: form.oneOf.find((rule) => rule.fields[0] === field.key)?.fields,
        parts: requiredParts(field),
      })),
    );
    askedOfForms.set(form, asked);
  }
  return asked;
}

/**
 * C5: the share of required fields, of conditional ones whose condition holds, and of "one of" rules that are
 * satisfied. Required parts of a list's entries count too, and are satisfied when every entry has them.
 */
export function completenessOf(form: FormDefinition, values: CardValues): Completeness {
  const missing: string[] = [];
  const recommendedMissing: string[] = [];
  let asked = 0;
  const ask = (key: string, answered: boolean) => {
    asked += 1;
    if (!answered) missing.push(key);
  };
  for (const { field, oneOf, parts } of askedFields(form)) {
    if (oneOf !== undefined)
      ask(
        field.key,
        oneOf.some((key) => isFilled(ownValue(values, key))),
      );
    if (field.computed === true) continue;
    const filled = isFilled(ownValue(values, field.key));
    if (isAsked(field, values)) {
      ask(field.key, filled);
      for (const part of parts) ask(`${field.key}.${part}`, everyEntryHas(values, field.key, part));
    } else if (field.required === 'recommended' && !filled) {
      recommendedMissing.push(field.key);
    }
  }
  const percent = asked === 0 ? 100 : Math.floor(((asked - missing.length) * 100) / asked);
  return { percent, missing, recommendedMissing };
}

/** True if the field is asked for on a card with these values. */
export function isAsked(field: FieldDefinition, values: CardValues): boolean {
  if (field.computed === true) return false;
  if (field.required === 'required') return true;
  return field.required === 'conditional' && field.when !== undefined && conditionHolds(field.when, values);
}

function requiredParts(field: FieldDefinition): readonly string[] {
  return (field.itemFields ?? [])
    .filter((part) => part.required === 'required' && part.identifying !== true)
    .map((part) => part.key);
}

function everyEntryHas(values: CardValues, list: string, part: string): boolean {
  const entries = ownValue(values, list);
  if (!Array.isArray(entries) || entries.length === 0) return false;
  return (entries as readonly (string | ListItem)[]).every(
    (entry) => typeof entry === 'object' && entry !== null && isFilled(ownValue(entry, part)),
  );
}
