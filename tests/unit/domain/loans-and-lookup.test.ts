import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BREACH_KINDS, breachesAtReturn } from '../../../shared/domain/breaches.ts';
import { compareRouteStops } from '../../../shared/domain/classification.ts';
import { CONDITIONS } from '../../../shared/domain/condition.ts';
import { DEFAULT_LENDING_RULES } from '../../../shared/domain/lending-rules.ts';
import {
  type Borrower,
  canLend,
  canRenew,
  LENDING_REFUSALS,
  LOAN_EVENTS,
  LOAN_STATES,
  type LoanState,
  loanEvents,
  nextLoanState,
  type PaperToLend,
  REFUSAL_CODES,
  shownLoanState,
} from '../../../shared/domain/loans.ts';
import {
  DEFAULT_LOOKUP_LIMITS,
  isPurposeGiven,
  lookupEnd,
  mayLookUp,
  refuseRecord,
  refuseSearch,
} from '../../../shared/domain/lookup-rules.ts';
import { pageCountExplained } from '../../../shared/domain/page-check.ts';
import { ROLES } from '../../../shared/domain/roles.ts';
import { SECURITY_LEVELS } from '../../../shared/domain/security-levels.ts';
import english from '../../../shared/i18n/en/domain.json' with { type: 'json' };

const paper: PaperToLend = { original: false, securityLevel: 'internal', state: 'inPlace' };
const borrower: Borrower = { staffId: 1, active: true, openBreach: false, openLoansDue: [] };
const today = '2026-01-05';
const anyPaper = fc.record({
  original: fc.boolean(),
  securityLevel: fc.constantFrom(...SECURITY_LEVELS),
  state: fc.constantFrom('inPlace' as const, 'lent' as const, 'removed' as const, 'destroyed' as const),
  nextInQueue: fc.option(fc.nat(2)),
});
const anyBorrower = fc.record({
  staffId: fc.nat(2),
  active: fc.boolean(),
  openBreach: fc.boolean(),
  openLoansDue: fc.array(fc.constantFrom('2026-01-04', '2026-01-05')),
});

describe('loans', () => {
  test('L3 I3 an original is refused whatever else is true', () => {
    fc.assert(
      fc.property(
        anyPaper,
        anyBorrower,
        fc.boolean(),
        (each, who, block) =>
          void expect(
            canLend({ ...each, original: true }, who, today, { ...DEFAULT_LENDING_RULES, blockOnOverdue: block })[0],
          ).toBe('original'),
      ),
    );
    expect(REFUSAL_CODES.original).toBe('ORIGINAL_NEVER_LEAVES');
  });
  test('B1 a copy in its place goes to a person in good standing', () => {
    expect(canLend(paper, borrower, today)).toEqual([]);
    expect(canLend(paper, { ...borrower, openLoansDue: [today] }, today)).toEqual([]);
  });
  test('each reason by itself', () => {
    expect(canLend({ ...paper, securityLevel: 'coreTradeSecret' }, borrower, today)).toEqual(['premisesOnly']);
    expect(canLend({ ...paper, state: 'lent' }, borrower, today)).toEqual(['alreadyLent']);
    expect(canLend({ ...paper, state: 'removed' }, borrower, today)).toEqual(['notInDossier']);
    expect(canLend({ ...paper, nextInQueue: 2 }, borrower, today)).toEqual(['reserved']);
    expect(canLend({ ...paper, nextInQueue: 1 }, borrower, today)).toEqual([]);
    expect(canLend(paper, { ...borrower, active: false }, today)).toEqual(['borrowerInactive']);
    expect(canLend(paper, { ...borrower, openBreach: true }, today)).toEqual(['openBreach']);
    expect(canLend(paper, { ...borrower, openLoansDue: ['2026-01-04'] }, today)).toEqual(['overdueLoan']);
    expect(
      canLend(paper, { ...borrower, openLoansDue: ['2026-01-04'] }, today, {
        ...DEFAULT_LENDING_RULES,
        blockOnOverdue: false,
      }),
    ).toEqual([]);
  });
  test('B2 the states: nothing returns to the shelf but what was lent, nothing is lent unapproved, ends are ends', () => {
    expect(LOAN_STATES.filter((state) => loanEvents(state).includes('return'))).toEqual(['lent']);
    // B1: nothing goes out but with a signature on a form that was prepared.
    expect(LOAN_STATES.filter((state) => loanEvents(state).includes('sign'))).toEqual(['prepared']);
    expect(LOAN_STATES.filter((state) => loanEvents(state).includes('prepare'))).toEqual(['approved']);
    for (const state of ['refused', 'returned', 'cancelled'] as const) expect(loanEvents(state)).toEqual([]);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LOAN_EVENTS)), (events) => {
        let state: LoanState = 'requested';
        const path: LoanState[] = [state];
        for (const event of events) {
          state = nextLoanState(state, event) ?? state;
          path.push(state);
        }
        if (path.includes('returned')) expect(path).toContain('lent');
        if (path.includes('lent')) expect(path).toEqual(expect.arrayContaining(['approved', 'prepared']));
      }),
    );
    expect(shownLoanState('lent', '2026-01-04', today)).toBe('overdue');
    expect(shownLoanState('returned', '2026-01-04', today)).toBe('returned');
  });
  test('B2 a renewal is refused when overdue, used up, recalled or waited for', () => {
    const loan = { state: 'lent' as const, due: '2026-01-06', renewals: 0, recalled: false, othersWait: false };
    expect(canRenew(loan, today, 1)).toEqual([]);
    expect(canRenew({ ...loan, due: '2026-01-01', renewals: 1, recalled: true, othersWait: true }, today, 1)).toEqual([
      'overdue',
      'noMoreRenewals',
      'recalled',
      'othersWait',
    ]);
  });
  test('B3 what a return brings to light', () => {
    const found = { pagesOut: 5, pagesBack: 5, condition: 'intact' as const, due: today, returnedOn: today };
    expect(breachesAtReturn(found)).toEqual([]);
    expect(breachesAtReturn({ ...found, returnedOn: '2026-01-06' })).toEqual(['overdue']);
    expect(breachesAtReturn({ ...found, condition: 'lost', pagesBack: 0 })).toEqual(['lost']);
    expect(breachesAtReturn({ ...found, pagesBack: 4 })).toEqual(['damaged']);
    expect(pageCountExplained({ ...found, pagesBack: 4 })).toBe(false);
    expect(pageCountExplained({ ...found, pagesBack: 4, condition: 'pagesMissing' })).toBe(true);
  });
});

describe('lookup', () => {
  const state = { endsAtMs: 900_000, searchesAtMs: [] as number[], seen: new Set<string>() };
  test('L1 who may look up', () => {
    expect(ROLES.filter(mayLookUp).sort()).toEqual([
      'accountManager',
      'businessManager',
      'customerService',
      'executive',
      'supervisor',
    ]);
  });
  test('R28 30 searches an hour, 50 records a session, ended on time', () => {
    expect(refuseSearch({ ...state, searchesAtMs: Array(29).fill(0) }, 1)).toBeUndefined();
    expect(refuseSearch({ ...state, searchesAtMs: Array(30).fill(0) }, 1)).toBe('LOOKUP_LIMIT');
    expect(refuseSearch({ ...state, endsAtMs: 9e9, searchesAtMs: Array(30).fill(0) }, 3_600_000)).toBeUndefined();
    expect(refuseSearch(state, 900_000)).toBe('LOOKUP_EXPIRED');
    const seen = new Set(Array.from({ length: 50 }, (_, index) => `E${index}`));
    expect(refuseRecord({ ...state, seen }, 'E999', 1)).toBe('LOOKUP_LIMIT');
    expect(refuseRecord({ ...state, seen }, 'E7', 1)).toBeUndefined();
    expect(refuseRecord({ ...state, seen }, 'E7', 900_001)).toBe('LOOKUP_EXPIRED');
  });
  test('R28 nobody reads more than the limit, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(80).map(String)), (wanted) => {
        const seen = new Set<string>();
        for (const record of wanted) if (refuseRecord({ ...state, seen }, record, 1) === undefined) seen.add(record);
        expect(seen.size).toBeLessThanOrEqual(DEFAULT_LOOKUP_LIMITS.recordsPerSession);
      }),
    );
  });
  test('L2 a purpose says something; the time is bounded', () => {
    expect(isPurposeGiven('月底對帳')).toBe(false);
    expect(isPurposeGiven('月底對帳用')).toBe(true);
    expect(isPurposeGiven('  a  b  ')).toBe(false);
    expect(lookupEnd(0, 15)).toBe(900_000);
    for (const minutes of [0, -1, 121, Number.NaN]) expect(() => lookupEnd(0, minutes)).toThrow(RangeError);
  });
});

test('every vocabulary has words', () => {
  const keys = [
    ...ROLES.map((role) => `role.${role}`),
    ...CONDITIONS.map((value) => `condition.${value}`),
    ...LOAN_STATES.map((value) => `loanState.${value}`),
    ...LENDING_REFUSALS.map((value) => `loanRefusal.${value}`),
    ...BREACH_KINDS.map((value) => `breach.${value}`),
  ];
  expect(keys.filter((key) => !(key in english))).toEqual([]);
});

test('K4 a route runs in visiting order, customers without one at the end', () => {
  const stops = [
    { number: 'E3', routeOrder: null },
    { number: 'E2', routeOrder: 20 },
    { number: 'E1', routeOrder: null },
    { number: 'E9', routeOrder: 3 },
  ];
  expect(stops.sort(compareRouteStops).map((stop) => stop.number)).toEqual(['E9', 'E2', 'E1', 'E3']);
});
