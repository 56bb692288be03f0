import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AGREEMENT_KINDS,
  AGREEMENT_RULES,
  type AgreementFacts,
  agreementRefusals,
  agreementState,
  agreementValidUntil,
  announcedSpan,
  announcedStatement,
  approvalOf,
  standingOf,
  statementContent,
} from '../../../shared/domain/agreements.ts';
import { ROLES } from '../../../shared/domain/roles.ts';

const kind = fc.constantFrom(...AGREEMENT_KINDS);
const role = fc.constantFrom(...ROLES);
const instant = fc
  .integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2026, 11, 31) })
  .map((time) => new Date(time).toISOString());
const maybe = fc.option(instant);
const facts = fc.record({
  givenAt: instant,
  usableFrom: maybe,
  validUntil: instant,
  usedAt: maybe,
  withdrawnAt: maybe,
});
const given = fc.record({
  givenAt: instant,
  usableFrom: maybe,
  validUntil: instant,
  usedAt: maybe,
  withdrawnAt: maybe,
  sha256: fc.constantFrom('a', 'b'),
});

describe('who may agree', () => {
  test('nobody agrees to their own act, in whatever role', () => {
    fc.assert(
      fc.property(kind, role, fc.option(fc.constant('2026-01-05')), (what, as, signedOn) => {
        const desk = { login: 'keeper' };
        expect(agreementRefusals(what, { login: 'keeper', role: as }, desk, signedOn, '2026-01-05')).toContain('self');
      }),
    );
  });
  test('exactly the roles of the rule agree by secret', () => {
    fc.assert(
      fc.property(kind, role, (what, as) => {
        const refusals = agreementRefusals(what, { login: 'other', role: as }, { login: 'keeper' }, null, '2026-01-05');
        expect(refusals.length === 0).toBe(AGREEMENT_RULES[what].roles.includes(as));
      }),
    );
  });
  test('I1: the keeper cannot consent to an issued copy, nor can an executive', () => {
    for (const as of ['keeper', 'executive', 'supervisor'] as const)
      expect(agreementRefusals('copyIssue', { login: 'x', role: as }, { login: 'k' }, null, '2026-01-05')).toEqual([
        'role',
      ]);
  });
  test('a paper is taken where the rule takes one, signed neither tomorrow nor too long ago', () => {
    const desk = { login: 'keeper' };
    const manager = { login: null, role: 'accountManager' as const };
    expect(agreementRefusals('copyIssue', manager, desk, '2026-01-05', '2026-01-05')).toEqual([]);
    expect(agreementRefusals('copyIssue', manager, desk, '2026-01-06', '2026-01-05')).toEqual(['signedInFuture']);
    expect(agreementRefusals('copyIssue', manager, desk, '2025-12-06', '2026-01-05')).toEqual([]);
    expect(agreementRefusals('copyIssue', manager, desk, '2025-12-05', '2026-01-05')).toEqual(['signedTooLongAgo']);
    const supervisor = { login: null, role: 'supervisor' as const };
    expect(agreementRefusals('handover', supervisor, desk, '2026-01-05', '2026-01-05')).toEqual(['paperNotTaken']);
  });
});

describe('what can be used', () => {
  test('a used, withdrawn or lapsed agreement is never valid', () => {
    fc.assert(
      fc.property(facts, instant, (one: AgreementFacts, now) => {
        const isValid = agreementState(one, now) === 'valid';
        if (one.usedAt !== null || one.withdrawnAt !== null || now > one.validUntil) expect(isValid).toBe(false);
        if (one.usableFrom !== null && now < one.usableFrom) expect(isValid).toBe(false);
      }),
    );
  });
  test('R37: one from the future is not believed', () => {
    const one = {
      givenAt: '2026-01-05T09:00:00.000Z',
      usableFrom: null,
      validUntil: agreementValidUntil('handover', '2026-01-05T09:00:00.000Z'),
      usedAt: null,
      withdrawnAt: null,
    };
    expect(one.validUntil).toBe('2026-01-06T09:00:00.000Z');
    expect(agreementState(one, '2026-01-05T08:57:59.000Z')).toBe('expired');
    expect(agreementState(one, '2026-01-05T08:59:00.000Z')).toBe('valid');
    expect(agreementState(one, '2026-01-06T09:00:00.000Z')).toBe('valid');
    expect(agreementState(one, '2026-01-06T09:00:00.001Z')).toBe('expired');
  });
  test('what is found valid agreed to exactly this statement, and is found if there is one', () => {
    fc.assert(
      fc.property(fc.array(given, { maxLength: 6 }), instant, (all, now) => {
        const { standing, agreement } = standingOf(all, 'a', now);
        const usable = all.filter((one) => one.sha256 === 'a' && agreementState(one, now) === 'valid');
        expect(standing === 'valid').toBe(usable.length > 0);
        if (standing === 'valid') expect(agreement).toBe(usable[0]);
        if (standing === 'changed') expect(agreement?.sha256).toBe('b');
      }),
    );
  });
});

describe('R71, §15: a keeper alone', () => {
  test('what is announced waits an hour, can be done for a day, and not after', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 30 * 60 }), (at, minutes) => {
        const one = { givenAt: at, ...announcedSpan(at), usedAt: null, withdrawnAt: null };
        const now = new Date(Date.parse(at) + minutes * 60_000).toISOString();
        expect(agreementState(one, now)).toBe(minutes < 60 ? 'waiting' : minutes <= 25 * 60 ? 'valid' : 'expired');
      }),
    );
  });
  test('a supervisor always counts for more than the hour; a practice archive needs neither', () => {
    for (const waits of [true, false]) {
      expect(approvalOf({ practice: true, supervised: true, waits })).toBe('none');
      expect(approvalOf({ practice: false, supervised: true, waits })).toBe('supervisor');
      expect(approvalOf({ practice: false, supervised: false, waits })).toBe(waits ? 'waitingHour' : 'none');
    }
  });
  test('what an hour of work changes by itself is not announced; where it goes and who can read it is', () => {
    const lines = [
      { field: 'exportFolder', value: '/a' },
      { field: 'exportProtection', value: 'plain' },
      { field: 'exportCustomers', value: '12' },
      { field: 'exportManifest', value: 'ab' },
    ];
    const statement = { kind: 'archiveExport', subject: 'vault:1', purpose: '', lines } as const;
    expect(announcedStatement(statement).lines).toEqual(lines.slice(0, 2));
  });
});

test('any changed character makes it another statement', () => {
  const lines = fc.array(fc.record({ field: fc.string(), value: fc.string() }), { maxLength: 4 });
  const statement = fc.record({ kind, subject: fc.string(), purpose: fc.string(), lines });
  fc.assert(
    fc.property(statement, statement, (one, other) => {
      const same = JSON.stringify(statementContent(one)) === JSON.stringify(statementContent(other));
      expect(same).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
  );
});
