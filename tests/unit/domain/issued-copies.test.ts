import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  COPY_EVENTS,
  COPY_STATES,
  type CopyRecipient,
  type CopyState,
  copyPagesExplained,
  customerFacts,
  isCopyOverdue,
  isHeld,
  issueRefusals,
  nextCopyState,
  proposedRecoverBy,
  RECIPIENT_ROLES,
} from '../../../shared/domain/issued-copies.ts';
import { ROLES } from '../../../shared/domain/roles.ts';
import { SECURITY_LEVELS } from '../../../shared/domain/security-levels.ts';
import { fullCard } from '../../builders/card-values.ts';

const today = '2026-01-05';
const recipient: CopyRecipient = { active: true, ownRole: null, openCopiesDue: [], openBreach: false, closedCards: 0 };
const role = fc.constantFrom(...RECIPIENT_ROLES);
const anyRecipient = fc.record({
  active: fc.boolean(),
  ownRole: fc.option(fc.constantFrom(...ROLES)),
  openCopiesDue: fc.array(fc.constantFrom('2026-01-04', '2026-01-05', '2026-02-01')),
  openBreach: fc.boolean(),
  closedCards: fc.nat(2),
});
const anyPaper = fc.record({
  original: fc.boolean(),
  securityLevel: fc.constantFrom(...SECURITY_LEVELS),
  present: fc.boolean(),
});

describe('I2 what a salesperson gets', () => {
  const strings = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(strings)
        : [];

  test('exactly unit, names and job titles of the card, in two keys and two', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom('enterprise' as const, 'individual' as const)
          .chain((kind) => fc.tuple(fc.constant(kind), fullCard(kind))),
        ([kind, values]) => {
          const facts = customerFacts(kind, values);
          expect(Object.keys(facts).sort()).toEqual(['people', 'unit']);
          for (const person of facts.people) expect(Object.keys(person).sort()).toEqual(['name', 'position']);
          const card = values as Record<string, unknown>;
          const contacts = (card['contacts'] ?? []) as readonly Record<string, unknown>[];
          const allowed =
            kind === 'enterprise'
              ? [card['registeredName'], ...contacts.flatMap((one) => [one['name'], one['position']])]
              : [card['employer'], card['name'], card['position']];
          for (const text of strings(facts)) expect(['', ...allowed]).toContain(text);
          expect(facts.unit).toBe((kind === 'enterprise' ? card['registeredName'] : card['employer']) ?? '');
        },
      ),
    );
  });
});

describe('I3, I2 what may be issued to whom', () => {
  test('an original is refused first, whatever else is true', () => {
    fc.assert(
      fc.property(role, anyRecipient, fc.array(anyPaper, { minLength: 1 }), fc.nat(), (to, who, papers, at) => {
        const withOriginal = papers.map((paper, index) =>
          index === at % papers.length ? { ...paper, original: true } : paper,
        );
        expect(issueRefusals(to, who, withOriginal, today)[0]).toBe('original');
      }),
    );
  });
  test('salespeople get no paper; managers and other roles that sign in get no copy', () => {
    const paper = { original: false, securityLevel: 'internal' as const, present: true };
    expect(issueRefusals('customerService', recipient, [paper], today)).toEqual([]);
    expect(issueRefusals('salesperson', recipient, [paper], today)).toEqual(['papersForSalesperson']);
    for (const own of ROLES) {
      expect(issueRefusals('salesperson', { ...recipient, ownRole: own }, [], today)).toEqual(['recipientRole']);
      expect(issueRefusals('customerService', { ...recipient, ownRole: own }, [], today)).toEqual(
        own === 'customerService' ? [] : ['recipientRole'],
      );
    }
  });
  test('somebody who has left, is in breach, or holds an overdue copy gets nothing', () => {
    expect(issueRefusals('salesperson', { ...recipient, active: false }, [], today)).toEqual(['recipientInactive']);
    expect(issueRefusals('salesperson', { ...recipient, openBreach: true }, [], today)).toEqual(['openBreach']);
    expect(issueRefusals('salesperson', { ...recipient, openCopiesDue: [today] }, [], today)).toEqual([]);
    expect(issueRefusals('salesperson', { ...recipient, openCopiesDue: ['2026-01-04'] }, [], today)).toEqual([
      'copyOverdue',
    ]);
  });
  test('a card that names its readers is issued to nobody else, in whatever role', () => {
    for (const to of RECIPIENT_ROLES)
      expect(issueRefusals(to, { ...recipient, closedCards: 1 }, [], today)).toEqual(['notNamed']);
  });
  test('core trade secrets and papers that are gone are refused', () => {
    const paper = { original: false, securityLevel: 'coreTradeSecret' as const, present: false };
    expect(issueRefusals('customerService', recipient, [paper], today)).toEqual(['premisesOnly', 'paperGone']);
  });
});

describe('what can happen to a copy', () => {
  const after = (events: readonly (typeof COPY_EVENTS)[number][]) =>
    events.reduce<CopyState>((state, event) => nextCopyState(state, event) ?? state, 'made');
  test('nothing is recovered that was never handed over, and what is settled for good stays so', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...COPY_EVENTS)), (events) => {
        const state = after(events);
        expect(COPY_STATES).toContain(state);
        if (['recovered', 'missing', 'writtenOff'].includes(state)) expect(events).toContain('deliver');
        if (state === 'writtenOff') expect(events).toContain('reportMissing');
      }),
    );
    for (const state of ['destroyed', 'writtenOff'] as const)
      for (const event of COPY_EVENTS) expect(nextCopyState(state, event)).toBeUndefined();
  });
  test('overdue are copies that somebody holds, from the day after; one at the desk never is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...COPY_STATES), (state) => {
        expect(isCopyOverdue(state, '2026-01-04', today)).toBe(isHeld(state));
        expect(isCopyOverdue(state, today, today)).toBe(false);
      }),
    );
  });
  test('pages are all there, or the condition says they are not', () => {
    expect(copyPagesExplained({ pages: 3, pagesBack: 3, condition: 'intact' })).toBe(true);
    expect(copyPagesExplained({ pages: 3, pagesBack: 2, condition: 'damaged' })).toBe(false);
    expect(copyPagesExplained({ pages: 3, pagesBack: 2, condition: 'pagesMissing' })).toBe(true);
  });
  test('the day it has to be back follows the role', () => {
    expect(proposedRecoverBy('salesperson', today)).toBe('2026-02-04');
    expect(proposedRecoverBy('customerService', today)).toBe('2026-04-05');
  });
});
