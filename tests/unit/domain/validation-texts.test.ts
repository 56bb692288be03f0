import { expect, test } from 'vitest';
import { validateCard } from '../../../shared/domain/form-fields.ts';
import type { FieldValue } from '../../../shared/domain/forms/field.ts';
import { parseDateCell } from '../../../shared/domain/import/parse-date-cell.ts';
import { parseMoneyCell } from '../../../shared/domain/import/parse-number-cells.ts';
import domain from '../../../shared/i18n/en/domain.json' with { type: 'json' };
import validation from '../../../shared/i18n/en/validation.json' with { type: 'json' };

test('what validation says has words', () => {
  const nonsense: Record<string, FieldValue>[] = [
    { registeredName: '', strange: 1 },
    { registeredName: 7, shortName: 'x'.repeat(300), unifiedSocialCreditCode: 'x', taiwanBusinessNumber: '12345678' },
    {
      registeredName: 'a\u0000',
      shortName: 'a\u200b',
      foundedOn: 'x',
      licenceValidUntil: 'x',
      employees: 1.5,
      storeArea: 'x',
      routeOrder: -1,
    },
    {
      registeredCapital: { amount: 'x', currency: 'CNY' },
      paidInCapital: { amount: '1', currency: 'x' },
      annualTurnover: { amount: '-1', currency: 'CNY' },
    },
    {
      legalForm: 'x',
      directExport: 'x',
      telephone: 'x',
      fax: '1',
      email: 'x',
      contacts: 'x',
      shareholders: [{ name: '甲', share: 101 }],
    },
    {
      contacts: [{ name: '甲', purchaseRoles: ['buyer', 'buyer'] }],
      responsibleSalesperson: 0,
      formerNames: Array(300).fill({ name: '甲' }),
    },
  ];
  const said = nonsense.flatMap((values) => {
    const { errors, warnings } = validateCard('enterprise', values);
    return [...errors, ...warnings].map((finding) => finding.message);
  });
  const identity = { name: '李', identityDocumentType: 'residentIdentityCard' };
  for (const identityDocumentNumber of ['1', '110105194912310020']) {
    said.push(
      ...validateCard('individual', { ...identity, identityDocumentNumber }).warnings.map((finding) => finding.message),
    );
  }
  for (const result of [parseDateCell('x'), parseDateCell('1/2/2026'), parseMoneyCell('x')])
    if (!result.ok) said.push(result.message);
  const words: Record<string, string> = { ...domain, ...validation };
  expect(new Set(said).size).toBeGreaterThanOrEqual(28);
  expect([...new Set(said)].filter((message) => !(message in words))).toEqual([]);
});
