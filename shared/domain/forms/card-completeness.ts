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
  for (const section of form.sections) {
    for (const field of section.fields) {
      const rule = form.oneOf.find((candidate) => candidate.fields[0] === field.key);
      if (rule !== undefined)
        ask(
          field.key,
          rule.fields.some((key) => isFilled(ownValue(values, key))),
        );
      if (field.computed === true) continue;
      const filled = isFilled(ownValue(values, field.key));
      if (isAsked(field, values)) {
        ask(field.key, filled);
        for (const part of requiredParts(field)) ask(`${field.key}.${part}`, everyEntryHas(values, field.key, part));
      } else if (field.required === 'recommended' && !filled) {
        recommendedMissing.push(field.key);
      }
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
