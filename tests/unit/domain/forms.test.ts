import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CARD_KINDS,
  cardControlFields,
  cardFields,
  cardForm,
  completeness,
  emptyCard,
  fieldLabelKey,
  sectionLabelKey,
  validateCard,
} from '../../../shared/domain/form-fields.ts';
import { fieldsOfCondition } from '../../../shared/domain/forms/condition.ts';
import type { FieldValue } from '../../../shared/domain/forms/field.ts';
import {
  OPTION_SETS,
  type OptionSetName,
  optionLabelKey,
  optionsOf,
} from '../../../shared/domain/forms/option-sets.ts';
import english from '../../../shared/i18n/en/fields.json' with { type: 'json' };
import simplified from '../../../shared/i18n/zh-Hans/fields.json' with { type: 'json' };
import traditional from '../../../shared/i18n/zh-Hant/fields.json' with { type: 'json' };
import { fullCard, partialCard, valueFor } from '../../builders/card-values.ts';

describe.each(CARD_KINDS)('%s card', (kind) => {
  test('keys are stable ASCII and unique; conditions and one-of rules name fields that exist', () => {
    const keys = cardFields(kind).map((field) => field.key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const field of cardFields(kind)) {
      for (const each of [field, ...(field.itemFields ?? [])]) {
        expect(each.key).toMatch(/^[a-z][A-Za-z0-9]*$/);
        expect(each.required === 'conditional').toBe(each.when !== undefined);
        expect(each.type === 'enum' || each.type === 'multiEnum').toBe(each.options !== undefined);
        if (each.sensitive) expect(['optional', 'conditional']).toContain(each.required);
        for (const name of [each.when, each.checkWhen].flatMap((condition) =>
          condition ? fieldsOfCondition(condition) : [],
        ))
          expect(keys).toContain(name);
      }
      expect(field.type === 'list').toBe(field.itemFields !== undefined);
    }
    for (const rule of cardForm(kind).oneOf) for (const key of rule.fields) expect(keys).toContain(key);
  });

  test('every section, field and value has words in three languages', () => {
    const keys = [
      ...cardForm(kind).sections.map((section) => sectionLabelKey(section.key)),
      ...cardFields(kind).flatMap((field) => [
        fieldLabelKey(kind, field.key),
        ...(field.itemFields ?? []).map((part) => fieldLabelKey(kind, `${field.key}.${part.key}`)),
      ]),
      ...cardControlFields.map((field) => fieldLabelKey('control', field.key)),
      ...(Object.keys(OPTION_SETS) as OptionSetName[]).flatMap((set) =>
        optionsOf(set).map((value) => optionLabelKey(set, value)),
      ),
    ];
    for (const catalogue of [traditional, simplified, english] as Record<string, string>[]) {
      expect(keys.filter((key) => !catalogue[key])).toEqual([]);
    }
    expect(Object.keys(simplified)).toEqual(Object.keys(traditional));
    expect(Object.keys(english)).toEqual(Object.keys(traditional));
  });

  test('C5 a full card has no errors and is complete', () => {
    fc.assert(
      fc.property(fullCard(kind), (values) => {
        expect(validateCard(kind, values).errors).toEqual([]);
        expect(completeness(kind, values)).toMatchObject({ percent: 100, missing: [], recommendedMissing: [] });
      }),
      { numRuns: 50 },
    );
  });

  test('C5 an empty card is missing its name, has a percentage below 100 and one error', () => {
    const { percent, missing } = completeness(kind, {});
    expect(percent).toBe(0);
    expect(missing).toContain(kind === 'enterprise' ? 'registeredName' : 'name');
    expect(validateCard(kind, emptyCard(kind)).errors).toHaveLength(1);
  });

  test('C5 filling a field in never lowers the percentage, unless another field depends on it', () => {
    const triggers = new Set(cardFields(kind).flatMap((field) => (field.when ? fieldsOfCondition(field.when) : [])));
    const free = cardFields(kind).filter((field) => !triggers.has(field.key) && !field.computed);
    fc.assert(
      fc.property(partialCard(kind), fc.constantFrom(...free), (values, field) => {
        const without = Object.fromEntries(Object.entries(values).filter(([key]) => key !== field.key));
        const sample = fc.sample(valueFor(field), { numRuns: 1, seed: 7 })[0] as FieldValue;
        const before = completeness(kind, without);
        const after = completeness(kind, { ...without, [field.key]: sample });
        expect(after.percent).toBeGreaterThanOrEqual(before.percent);
        expect(after.missing.length).toBeLessThanOrEqual(before.missing.length);
      }),
      { numRuns: 100 },
    );
  });

  test('C5 100 % exactly when nothing is missing, and everything missing is a field of the form', () => {
    fc.assert(
      fc.property(partialCard(kind), (values) => {
        const { percent, missing, recommendedMissing } = completeness(kind, values);
        expect(percent === 100).toBe(missing.length === 0);
        const known = cardFields(kind).flatMap((field) => [
          field.key,
          ...(field.itemFields ?? []).map((part) => `${field.key}.${part.key}`),
        ]);
        for (const key of [...missing, ...recommendedMissing]) expect(known).toContain(key);
      }),
      { numRuns: 100 },
    );
  });

  test('validation answers for any input and never throws', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.oneof(
            fc.constantFrom(...cardFields(kind).map((field) => field.key)),
            fc.constantFrom('__proto__', 'constructor', 'toString'),
          ),
          fc.anything(),
        ),
        (values) => {
          const found = validateCard(kind, values as Record<string, FieldValue>);
          for (const finding of [...found.errors, ...found.warnings]) expect(finding.message).toMatch(/^validation\./);
        },
      ),
    );
  });
});

describe('conditions', () => {
  test('the registration number asked for depends on the country', () => {
    const missing = (country: string) => completeness('enterprise', { country }).missing;
    expect(missing('cn')).toContain('unifiedSocialCreditCode');
    expect(missing('cn')).not.toContain('taiwanBusinessNumber');
    expect(missing('tw')).toContain('taiwanBusinessNumber');
    expect(missing('tw')).not.toContain('unifiedSocialCreditCode');
    expect(missing('de')).toContain('overseasRegistrationNumber');
    expect(missing('')).not.toContain('overseasRegistrationNumber');
  });
  test('the unified code stands for the tax number', () => {
    expect(completeness('enterprise', { country: 'cn' }).missing).toContain('taxNumber');
    expect(completeness('enterprise', { country: 'cn', unifiedSocialCreditCode: '91' }).missing).not.toContain(
      'taxNumber',
    );
  });
  test('a direct-export customer needs a foreign name and securities', () => {
    const { missing } = completeness('enterprise', { directExport: true });
    expect(missing).toEqual(expect.arrayContaining(['foreignName', 'securities']));
    expect(completeness('enterprise', { directExport: false }).missing).not.toContain('securities');
  });
  test('one of telephone, fax, e-mail, website is enough', () => {
    expect(completeness('enterprise', {}).missing).toContain('telephone');
    for (const key of ['telephone', 'fax', 'email', 'website'])
      expect(completeness('enterprise', { [key]: 'x' }).missing).not.toContain('telephone');
  });
  test('a contact without a position leaves a gap in the list', () => {
    const { missing } = completeness('enterprise', { contacts: [{ name: '王小明', purchaseRoles: ['buyer'] }] });
    expect(missing).toContain('contacts.position');
    expect(missing).not.toContain('contacts.purchaseRoles');
  });
});

describe('findings', () => {
  const errors = (values: Record<string, FieldValue>) =>
    validateCard('enterprise', { registeredName: '甲', ...values }).errors.map((e) => `${e.path} ${e.message}`);
  const warnings = (values: Record<string, FieldValue>) =>
    validateCard('enterprise', { registeredName: '甲', ...values }).warnings.map((e) => `${e.path} ${e.message}`);
  test('§1.10 a wrong check character is a warning, never an error', () => {
    expect(errors({ unifiedSocialCreditCode: '91110000000000000X' })).toEqual([]);
    expect(warnings({ unifiedSocialCreditCode: '91110000000000000X' })).toEqual([
      'unifiedSocialCreditCode validation.unifiedSocialCreditCode.check',
    ]);
    expect(warnings({ taiwanBusinessNumber: '123' })).toEqual([
      'taiwanBusinessNumber validation.taiwanBusinessNumber.shape',
    ]);
    expect(warnings({ unifiedSocialCreditCode: '91350100M000100Y43' })).toEqual([]);
  });
  test('an identity number is judged only on an identity card', () => {
    const found = (type: string) =>
      validateCard('individual', { name: '李', identityDocumentType: type, identityDocumentNumber: 'K1234567' })
        .warnings;
    expect(found('passport')).toEqual([]);
    expect(found('residentIdentityCard')).toHaveLength(1);
  });
  test('types and formats', () => {
    expect(errors({ foundedOn: '2026-02-30' })).toEqual(['foundedOn validation.partialDate']);
    expect(errors({ foundedOn: '1998' })).toEqual([]);
    expect(errors({ licenceValidUntil: 'indefinite', creditLimitValidUntil: 'indefinite' })).toEqual([
      'creditLimitValidUntil validation.date',
    ]);
    expect(errors({ registeredCapital: { amount: '1,000', currency: 'CNY' } })).toEqual([
      'registeredCapital validation.money',
    ]);
    expect(errors({ registeredCapital: { amount: '-1', currency: 'CNY' } })).toEqual([
      'registeredCapital validation.tooSmall',
    ]);
    expect(errors({ employees: 1.5, email: 'x@', telephone: 'none', legalForm: '其他的' })).toEqual([
      'legalForm validation.option',
      'telephone validation.phone',
      'email validation.email',
      'employees validation.integer',
    ]);
    expect(errors({ industry: '電子零件' })).toEqual([]);
    expect(errors({ contacts: [{ position: '經理' }] })).toEqual(['contacts.0.name validation.required']);
    expect(errors({ unknown: 1 })).toEqual(['unknown validation.unknownField']);
    expect(errors({ shortName: 'a\u0000b' })).toEqual(['shortName validation.controlCharacter']);
    expect(warnings({ shortName: 'a\u202eb' })).toEqual(['shortName validation.invisibleCharacter']);
    expect(errors({ shortName: '𠮷'.repeat(200) })).toEqual([]);
    expect(errors({ shortName: '𠮷'.repeat(201) })).toEqual(['shortName validation.tooLong']);
    expect(errors({ responsibleSalesperson: 7 })).toEqual([]);
    expect(errors({ responsibleSalesperson: 0 })).toEqual(['responsibleSalesperson validation.staff']);
  });
});
