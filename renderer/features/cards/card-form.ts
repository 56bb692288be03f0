import type { FieldValues, Json } from '../../../shared/contract/common.ts';
import type { Card } from '../../../shared/contract/customers.ts';
import { isEmptyValue } from '../../ui/fields/field-values.ts';
import { type CardEdits, conflictsOf, type FieldConflict, rebase, shownValue, withEdit } from './card-edits.ts';

/** Control values of the card that are no fields of the paper form. */
export interface ControlEdits {
  readonly tier?: Card['tier'];
  readonly status?: Card['status'];
}

/**
 * Everything about a card that is typed and not yet saved (C3). Plain data: it is the draft that survives a crash.
 * `raw` keeps texts that are not yet understood as a date or a figure, by field path, so that not even those are lost.
 */
export interface CardForm {
  readonly base: FieldValues;
  readonly baseRevision: number;
  readonly edits: CardEdits;
  readonly raw: Readonly<Record<string, string>>;
  readonly confirmed: readonly string[];
  readonly reviewed: boolean;
  readonly control: ControlEdits;
}

export type CardFormAction =
  | { readonly type: 'edit'; readonly key: string; readonly value: Json }
  | { readonly type: 'raw'; readonly path: string; readonly text: string | null }
  | { readonly type: 'confirm'; readonly keys: readonly string[]; readonly on: boolean }
  | { readonly type: 'reviewed'; readonly on: boolean; readonly keys: readonly string[] }
  | { readonly type: 'control'; readonly control: ControlEdits }
  | { readonly type: 'restore'; readonly form: CardForm }
  /** Start again from a saved card: after a save, or when everything is given back. */
  | { readonly type: 'begin'; readonly base: FieldValues; readonly revision: number }
  /** The card changed elsewhere: keep what was typed on top of it; `takeStored` gives single fields up. */
  | {
      readonly type: 'rebase';
      readonly base: FieldValues;
      readonly revision: number;
      readonly takeStored: readonly string[];
    };

export function emptyForm(base: FieldValues, revision: number): CardForm {
  return { base, baseRevision: revision, edits: {}, raw: {}, confirmed: [], reviewed: false, control: {} };
}

/** A list's raw texts belong to its key: `contacts.0.birthDate` falls away when `contacts` is given back. */
function withoutRaw(raw: CardForm['raw'], keys: readonly string[]): CardForm['raw'] {
  return Object.fromEntries(Object.entries(raw).filter(([path]) => !keys.includes(path.split('.')[0] ?? '')));
}

export function cardFormReducer(form: CardForm, action: CardFormAction): CardForm {
  switch (action.type) {
    case 'edit': {
      const edits = withEdit(form.edits, form.base, action.key, action.value);
      return { ...form, edits, confirmed: form.confirmed.filter((key) => key !== action.key) };
    }
    case 'raw': {
      const { [action.path]: _former, ...others } = form.raw;
      return { ...form, raw: action.text === null ? others : { ...others, [action.path]: action.text } };
    }
    case 'confirm': {
      const others = form.confirmed.filter((key) => !action.keys.includes(key));
      const added = action.keys.filter((key) => !Object.hasOwn(form.edits, key));
      return { ...form, confirmed: action.on ? [...others, ...added] : others, reviewed: action.on && form.reviewed };
    }
    case 'reviewed':
      return {
        ...form,
        reviewed: action.on,
        confirmed: action.on ? action.keys.filter((key) => !Object.hasOwn(form.edits, key)) : [],
      };
    case 'control':
      return { ...form, control: { ...form.control, ...action.control } };
    case 'restore':
      return action.form;
    case 'begin':
      return emptyForm(action.base, action.revision);
    case 'rebase': {
      const kept = Object.fromEntries(Object.entries(form.edits).filter(([key]) => !action.takeStored.includes(key)));
      return {
        ...form,
        base: action.base,
        baseRevision: action.revision,
        edits: rebase(kept, action.base),
        raw: withoutRaw(form.raw, action.takeStored),
      };
    }
  }
}

/** The values as the form shows them: saved ones under typed ones. */
export function formValues(form: CardForm): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const key of new Set([...Object.keys(form.base), ...Object.keys(form.edits)])) {
    const value = shownValue(form.edits, form.base, key);
    if (!isEmptyValue(value)) values[key] = value;
  }
  return values;
}

export interface ChangeCount {
  readonly changes: number;
  readonly confirmations: number;
}

export function changeCount(form: CardForm): ChangeCount {
  const control = Object.keys(form.control).length;
  const typed = new Set([...Object.keys(form.edits), ...Object.keys(form.raw).map((path) => path.split('.')[0])]);
  return { changes: typed.size + control, confirmations: form.confirmed.length };
}

export function isDirty(form: CardForm): boolean {
  const { changes, confirmations } = changeCount(form);
  return changes + confirmations > 0 || form.reviewed;
}

/** Conflicts with what is saved now; empty when both sides changed different fields. */
export function formConflicts(form: CardForm, stored: FieldValues): readonly FieldConflict[] {
  return conflictsOf(form.edits, form.base, stored);
}
