import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conflictsOf, rebase, withEdit } from '../../../../renderer/features/cards/card-edits.ts';
import {
  cardFormReducer,
  changeCount,
  emptyForm,
  formConflicts,
  formValues,
  isDirty,
} from '../../../../renderer/features/cards/card-form.ts';
import { hoursAfterVisit } from '../../../../renderer/features/cards/lateness.ts';
import { sameValue } from '../../../../renderer/ui/fields/field-values.ts';
import type { Json } from '../../../../shared/contract/common.ts';

const saved = { registeredName: '恆昌貿易', telephone: '020-1', contacts: [{ name: '王小明' }] };
const values = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd'),
  fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
);

describe('what is typed into a card', () => {
  test('a value typed back to what is saved is no change', () => {
    const typed = withEdit({}, saved, 'telephone', '020-2');
    expect(typed).toEqual({ telephone: '020-2' });
    expect(withEdit(typed, saved, 'telephone', '020-1')).toEqual({});
    expect(withEdit({}, saved, 'fax', '   ')).toEqual({});
  });

  test('entries of a list are compared by their content', () => {
    expect(withEdit({}, saved, 'contacts', [{ name: '王小明', phone: '' }])).toEqual({});
    expect(withEdit({}, saved, 'contacts', [{ name: '李強' }])).toEqual({ contacts: [{ name: '李強' }] });
  });

  test('emptying a field is a change to nothing', () => {
    expect(withEdit({}, saved, 'telephone', '')).toEqual({ telephone: null });
    const form = cardFormReducer(emptyForm(saved, 3), { type: 'edit', key: 'telephone', value: '' });
    expect(formValues(form)).not.toHaveProperty('telephone');
  });

  test('same content is the same, whatever the order of keys', () => {
    fc.assert(fc.property(values, (entry) => sameValue(entry, Object.fromEntries(Object.entries(entry).reverse()))));
  });

  test('C3 a text that is not yet a date is kept and counts as a change', () => {
    const form = cardFormReducer(emptyForm(saved, 1), { type: 'raw', path: 'contacts.0.birthDate', text: '去年' });
    expect(isDirty(form)).toBe(true);
    expect(changeCount(form).changes).toBe(1);
    expect(JSON.parse(JSON.stringify(form))).toEqual(form);
  });

  test('C6 a field that is changed is not confirmed as it stands', () => {
    let form = cardFormReducer(emptyForm(saved, 1), {
      type: 'confirm',
      keys: ['telephone', 'registeredName'],
      on: true,
    });
    expect(changeCount(form).confirmations).toBe(2);
    form = cardFormReducer(form, { type: 'edit', key: 'telephone', value: '020-9' });
    expect(form.confirmed).toEqual(['registeredName']);
  });
});

describe('a card that changed elsewhere meanwhile', () => {
  test('different fields merge by themselves', () => {
    const stored = { ...saved, fax: '020-7' };
    expect(conflictsOf({ telephone: '020-2' }, saved, stored)).toEqual([]);
    expect(rebase({ telephone: '020-2' }, stored)).toEqual({ telephone: '020-2' });
  });

  test('the same field with two values is shown with both, the typed one stays until it is given up', () => {
    const form = cardFormReducer(emptyForm(saved, 1), { type: 'edit', key: 'telephone', value: '020-2' });
    const stored = { ...saved, telephone: '020-3' };
    expect(formConflicts(form, stored)).toEqual([{ key: 'telephone', typed: '020-2', stored: '020-3' }]);
    const kept = cardFormReducer(form, { type: 'rebase', base: stored, revision: 2, takeStored: [] });
    expect(kept.edits).toEqual({ telephone: '020-2' });
    expect(kept.baseRevision).toBe(2);
    const given = cardFormReducer(form, { type: 'rebase', base: stored, revision: 2, takeStored: ['telephone'] });
    expect(given.edits).toEqual({});
  });

  test('nothing typed is ever lost without being asked about', () => {
    fc.assert(
      fc.property(values, values, values, (base, stored, typed) => {
        let edits: Readonly<Record<string, Json>> = {};
        for (const [key, value] of Object.entries(typed)) edits = withEdit(edits, base, key, value);
        const asked = new Set(conflictsOf(edits, base, stored).map((conflict) => conflict.key));
        const kept = rebase(edits, stored);
        for (const [key, value] of Object.entries(edits))
          expect(asked.has(key) || sameValue(kept[key] ?? stored[key], value)).toBe(true);
      }),
    );
  });
});

test('C4 hours between the visit and the filling in', () => {
  expect(hoursAfterVisit(null, '2026-01-05T08:00:00.000Z')).toBeNull();
  expect(hoursAfterVisit('2026-01-04T08:00:00.000Z', '2026-01-05T19:00:00.000Z')).toBe(35);
});
