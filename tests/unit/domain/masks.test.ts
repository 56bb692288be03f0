import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CARD_KINDS, cardFields } from '../../../shared/domain/form-fields.ts';
import type { FieldDefinition, FieldValue } from '../../../shared/domain/forms/field.ts';
import {
  CARD_VIEWS,
  type CardReader,
  isMasked,
  MASK,
  maskValue,
  projectCard,
  visiblePaths,
} from '../../../shared/domain/masks.ts';
import { fullCard } from '../../builders/card-values.ts';

const SALES_FACTS = {
  enterprise: ['registeredName', 'contacts.name', 'contacts.position'],
  individual: ['name', 'employer', 'position'],
};

/** Every field holds a canary that names its place, whatever the field's type. */
function canaryCard(fields: readonly FieldDefinition[], prefix = ''): Record<string, FieldValue> {
  return Object.fromEntries(
    fields.map((field) => {
      const canary = `CANARY<${prefix}${field.key}>`;
      if (field.type === 'list') return [field.key, [canaryCard(field.itemFields ?? [], `${field.key}.`)]];
      if (field.type === 'money') return [field.key, { amount: canary, currency: canary }];
      return [field.key, field.type === 'multiEnum' ? [canary] : canary];
    }),
  );
}
const canariesIn = (value: unknown) => [
  ...new Set([...JSON.stringify(value).matchAll(/CANARY<([^>]+)>/g)].map((match) => match[1])),
];

describe.each(CARD_KINDS)('%s card', (kind) => {
  const card = canaryCard(cardFields(kind));
  const paths = cardFields(kind).flatMap((field) =>
    (field.itemFields ?? [undefined]).map((part) => (part ? `${field.key}.${part.key}` : field.key)),
  );
  const sensitive = cardFields(kind).flatMap((field) =>
    (field.itemFields ?? [undefined]).flatMap((part) =>
      field.sensitive || part?.sensitive ? [part ? `${field.key}.${part.key}` : field.key] : [],
    ),
  );

  test('I2 a salesperson sees the unit’s name, the person’s name and job title, and nothing else', () => {
    expect(canariesIn(projectCard('salesperson', kind, card))).toEqual(SALES_FACTS[kind]);
    expect(visiblePaths('salesperson', kind)).toEqual(SALES_FACTS[kind]);
  });
  test('I2 customer service and the keeper see everything', () => {
    for (const reader of ['keeper', 'customerService'] as const) expect(projectCard(reader, kind, card)).toEqual(card);
  });
  test('§2.3 other lookup roles never receive a sensitive value', () => {
    for (const reader of ['supervisor', 'accountManager', 'businessManager', 'executive'] as const) {
      const seen = canariesIn(projectCard(reader, kind, card));
      expect(seen.filter((path) => sensitive.includes(path as string))).toEqual([]);
      expect(seen.sort()).toEqual(paths.filter((path) => !sensitive.includes(path)).sort());
      expect(seen.sort()).toEqual([...visiblePaths(reader, kind)].sort());
    }
  });
  test('R an auditor, and whoever is unknown, sees nothing', () => {
    expect(projectCard('auditor', kind, card)).toEqual({});
    expect(projectCard('toString' as CardReader, kind, card)).toEqual({});
  });
  test('keys the form does not know never come through', () => {
    const strange = {
      ...card,
      secret: 'CANARY<secret>',
      contacts: [{ name: 'n', secret: 'CANARY<secret>' }],
      family: [{ secret: 'CANARY<secret>' }],
    };
    for (const reader of Object.keys(CARD_VIEWS) as CardReader[]) {
      if (CARD_VIEWS[reader] !== 'full') expect(canariesIn(projectCard(reader, kind, strange))).not.toContain('secret');
      expect(Object.keys(projectCard(reader, kind, strange))).not.toContain('secret');
    }
  });
  test('values out of shape do not leak into an issued copy', () => {
    const strange = Object.fromEntries(
      cardFields(kind).map((field) => [field.key, { deep: ['CANARY<deep>'] } as unknown as FieldValue]),
    );
    expect(canariesIn(projectCard('salesperson', kind, strange))).toEqual([]);
  });
  test('a projection shows no more to a stricter view, and projecting twice changes nothing', () => {
    fc.assert(
      fc.property(
        fullCard(kind),
        fc.constantFrom<CardReader>(...(Object.keys(CARD_VIEWS) as CardReader[])),
        (values, reader) => {
          const once = projectCard(reader, kind, values);
          expect(projectCard(reader, kind, once)).toEqual(once);
          for (const key of Object.keys(once)) expect(Object.keys(values)).toContain(key);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('a mask says nothing about what it hides, and an empty field stays empty', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
      (text) => void expect(maskValue(text)).toBe(MASK),
    ),
  );
  expect([maskValue(''), maskValue(null), maskValue([]), maskValue(undefined)]).toEqual([null, null, null, null]);
  expect([maskValue(0), maskValue(false)].every(isMasked)).toBe(true);
});
