import { useMemo } from 'react';
import type { FieldDefinition } from '../../../shared/domain/form-fields.ts';
import {
  type CardForms,
  type CardKind,
  cardFields,
  type FormName,
  fieldAt,
  fieldLabelKey,
  fieldWords,
} from '../../../shared/domain/form-fields.ts';
import { type FieldKit, useFieldKit } from './use-field-kit.ts';

export interface FieldWords extends FieldKit {
  /** `聯絡人 2 · 職務` for `contacts.1.position`. */
  label(kind: CardKind, path: string): string;
  /** `職務` for `contacts.1.position`: of the last step alone. */
  ownLabel(form: FormName, path: string): string;
}

/** Words, formats and the staff register for showing and typing card values. */
export function useFieldWords(): FieldWords {
  const kit = useFieldKit();
  return useMemo(() => {
    const { t, forms } = kit;
    const ownLabel = (form: FormName, path: string): string =>
      form === 'enterprise' || form === 'individual' ? fieldWords(form, path, t, forms) : t(fieldLabelKey(form, path));
    return {
      ...kit,
      ownLabel,
      label: (kind, path) => {
        const [first = '', ...rest] = path.split('.');
        const own = ownLabel(kind, first);
        const index = rest.find((step) => /^\d+$/.test(step));
        const part = rest.find((step) => !/^\d+$/.test(step));
        const entry = index === undefined ? own : `${own} ${Number(index) + 1}`;
        return part === undefined ? entry : `${entry} · ${ownLabel(kind, path)}`;
      },
    };
  }, [kit]);
}

/** Fields of a kind that hold a value now, keys only: those a review confirms. */
export function filledKeys(
  kind: CardKind,
  values: Readonly<Record<string, unknown>>,
  forms: CardForms,
): readonly string[] {
  return cardFields(kind, forms)
    .filter((field) => field.computed !== true && values[field.key] !== undefined && values[field.key] !== null)
    .map((field) => field.key);
}

/** The definition of a field or of a part of a list's entry. */
export function definitionAt(
  kind: CardKind,
  path: string,
  words: Pick<FieldWords, 'forms'>,
): FieldDefinition | undefined {
  return fieldAt(kind, path, words.forms);
}

/** What a changed thing of a card is called: a field of the form, or the card's control. */
export function changedLabel(kind: CardKind, key: string, words: FieldWords): string {
  return definitionAt(kind, key, words) === undefined
    ? words.t('cards.history.control', { field: words.t(`field.control.${key}`) })
    : words.label(kind, key);
}
