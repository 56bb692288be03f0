import { expect, test } from 'vitest';
import { contract } from '../../../shared/contract/contract.ts';
import type { Operation } from '../../../shared/contract/operation.ts';
import { AUDIT_TYPES } from '../../../shared/domain/audit-types.ts';

test('the log can be narrowed to every kind of entry that the contract writes', () => {
  const logged = (Object.values(contract) as Operation[])
    .filter(({ kind, audit }) => kind !== 'host' && audit.when !== 'never')
    .map(({ audit }) => audit.type);
  expect([...new Set(logged)].filter((type) => !(AUDIT_TYPES as readonly string[]).includes(type))).toEqual([]);
  expect(new Set(AUDIT_TYPES).size).toBe(AUDIT_TYPES.length);
});
