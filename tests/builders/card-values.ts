import fc from 'fast-check';
import { type CardKind, cardFields } from '../../shared/domain/form-fields.ts';
import type { FieldDefinition, FieldValue } from '../../shared/domain/forms/field.ts';
import { type OptionSetName, optionsOf } from '../../shared/domain/forms/option-sets.ts';

/** Random cards as a careful keeper would fill them in, for property tests. */

const day = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const words = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'客戶檔案卡abcXYZ019') });

/** A value that a careful keeper would enter. */
export function valueFor(field: FieldDefinition): fc.Arbitrary<FieldValue> {
  switch (field.type) {
    case 'date':
    case 'partialDate':
      return day;
    case 'integer':
      return fc.integer({ min: field.min ?? 0, max: Math.min(field.max ?? 1000, (field.min ?? 0) + 1000) });
    case 'number':
    case 'percent':
      return fc.integer({ min: 0, max: 100 });
    case 'money':
      return fc.nat(1_000_000).map((amount) => ({ amount: String(amount), currency: 'CNY' }));
    case 'enum':
      return fc.constantFrom(...optionsOf(field.options as OptionSetName));
    case 'multiEnum':
      return fc.uniqueArray(fc.constantFrom(...optionsOf(field.options as OptionSetName)), { minLength: 1 });
    case 'boolean':
      return fc.boolean();
    case 'phone':
      return fc.integer({ min: 10_000_000, max: 99_999_999 }).map(String);
    case 'email':
      return fc.constant('keeper@example.com');
    case 'list':
      return fc.array(
        fc.record(Object.fromEntries((field.itemFields ?? []).map((part) => [part.key, valueFor(part)]))),
        { minLength: 1, maxLength: 2 },
      ) as fc.Arbitrary<FieldValue>;
    default:
      return words;
  }
}
/** Every field filled. */
export const fullCard = (kind: CardKind) =>
  fc.record(Object.fromEntries(cardFields(kind).map((field) => [field.key, valueFor(field)])));
/** Any selection of fields filled. */
export const partialCard = (kind: CardKind) =>
  fc.record(Object.fromEntries(cardFields(kind).map((field) => [field.key, valueFor(field)])), { requiredKeys: [] });
