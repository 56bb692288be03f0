import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CAMPAIGN_ACTS,
  type CampaignState,
  campaignProblem,
  FLAG_REASONS,
  inquiryProblems,
  placeForOrder,
  proposedDueOn,
  type RevisionCandidate,
  revisionOrder,
  settlementProblems,
  weeksStale,
} from '../../../shared/domain/revision.ts';
import { watchedChanges } from '../../../shared/domain/watched-changes.ts';
import { addDays, addMonths } from '../../../shared/util/days.ts';

const TODAY = '2026-03-02';
const TIERS = ['key', 'special', 'general'] as const;
const day = fc.integer({ min: -700, max: 700 }).map((days) => addDays(TODAY, days));
const candidate: fc.Arbitrary<RevisionCandidate> = fc.record({
  id: fc.nat(),
  number: fc.integer({ min: 1, max: 999_999 }).map((number) => `E${String(number).padStart(6, '0')}`),
  tier: fc.constantFrom(...TIERS),
  reviewDue: day,
  place: fc.oneof(
    fc.constant(''),
    fc.tuple(fc.nat(12), fc.nat(12)).map(([a, b]) => `${a} 號櫃 ${b} 層`),
  ),
});

describe('the order of the work (M2)', () => {
  it('keeps every card once; tier first, then the stalest weeks, then along the cabinet', () => {
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 60 }), (cards) => {
        const ordered = revisionOrder(cards, TODAY);
        expect([...ordered].map((card) => card.id).sort()).toEqual(cards.map((card) => card.id).sort());
        for (const [at, card] of ordered.entries()) {
          const next = ordered[at + 1];
          if (next === undefined) continue;
          const tiers = TIERS.indexOf(card.tier) - TIERS.indexOf(next.tier);
          expect(tiers).toBeLessThanOrEqual(0);
          if (tiers < 0) continue;
          const weeks = weeksStale(next.reviewDue, TODAY) - weeksStale(card.reviewDue, TODAY);
          expect(weeks).toBeLessThanOrEqual(0);
          if (weeks < 0) continue;
          expect(placeForOrder(card.place) <= placeForOrder(next.place)).toBe(true);
        }
      }),
    );
  });

  it('does not depend on the order in which the cards came', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(candidate, { selector: ({ number }) => number, maxLength: 30 })
          .chain((cards) => fc.tuple(fc.constant(cards), fc.shuffledSubarray(cards, { minLength: cards.length }))),
        ([cards, shuffled]) => {
          const numbers = (list: readonly RevisionCandidate[]) =>
            revisionOrder(list, TODAY).map(({ number }) => number);
          expect(numbers(shuffled)).toEqual(numbers(cards));
        },
      ),
    );
  });

  it('shelf 2 comes before shelf 10, and what has no place comes last', () => {
    const places = ['10 號櫃 1 層', '', '2 號櫃 10 層', '2 號櫃 9 層'];
    expect([...places].sort((a, b) => (placeForOrder(a) < placeForOrder(b) ? -1 : 1))).toEqual([
      '2 號櫃 9 層',
      '2 號櫃 10 層',
      '10 號櫃 1 層',
      '',
    ]);
  });
});

describe('how a card may end', () => {
  const inquiries = fc.array(fc.record({ reached: fc.boolean(), askedOn: fc.constant(TODAY) }), { maxLength: 4 });
  const claim = fc.record({
    outcome: fc.constantFrom('confirmed' as const, 'corrected' as const, 'flagged' as const),
    flag: fc.constantFrom('' as const, ...FLAG_REASONS),
    note: fc.constantFrom('', '  ', '已遷址'),
    inquiries,
    cardChanged: fc.boolean(),
  });

  it('confirmed or corrected only on somebody who was reached last; corrected only if the card changed', () => {
    fc.assert(
      fc.property(claim, (given) => {
        const fine = settlementProblems(given).length === 0;
        const reached = given.inquiries.at(-1)?.reached === true;
        if (given.outcome === 'confirmed') expect(fine).toBe(reached);
        if (given.outcome === 'corrected') expect(fine).toBe(reached && given.cardChanged);
      }),
    );
  });

  it('a flag has its reason; "not reachable" an attempt that failed, "other" its words', () => {
    fc.assert(
      fc.property(claim, (given) => {
        if (given.outcome !== 'flagged') return;
        const failed = given.inquiries.some(({ reached }) => !reached);
        const fine =
          given.flag !== '' &&
          (given.flag !== 'notReachable' || failed) &&
          (given.flag !== 'other' || given.note.trim() !== '');
        expect(settlementProblems(given).length === 0).toBe(fine);
      }),
    );
  });

  it('nobody was asked before the campaign began, nor tomorrow', () => {
    fc.assert(
      fc.property(day, day, (startedOn, askedOn) => {
        const problems = inquiryProblems({ askedOn, asked: '王經理' }, { startedOn }, TODAY);
        expect(problems.length === 0).toBe(askedOn <= TODAY && askedOn >= startedOn);
      }),
    );
    expect(inquiryProblems({ askedOn: TODAY, asked: ' ' }, { startedOn: TODAY }, TODAY)).toEqual(['askedNeeded']);
  });
});

describe('a campaign', () => {
  const states: readonly CampaignState[] = ['open', 'paused', 'closed', 'discarded'];

  it('is never closed with open rows or while it is paused, never given up once something is settled, and then over', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...states),
        fc.record({ open: fc.nat(3), settled: fc.nat(3) }),
        fc.constantFrom(...CAMPAIGN_ACTS),
        (state, counts, act) => {
          const possible = campaignProblem(state, counts, act) === null;
          if (state === 'closed' || state === 'discarded') expect(possible).toBe(false);
          else if (act === 'close') expect(possible).toBe(state === 'open' && counts.open === 0);
          else if (act === 'discard') expect(possible).toBe(counts.settled === 0);
          else if (act === 'resume') expect(possible).toBe(state === 'paused');
          else expect(possible).toBe(state === 'open');
        },
      ),
    );
  });

  it('is to be done before the next one is due, if that is more than a month away', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 24 }), (today, months) => {
        const due = proposedDueOn(today, months);
        expect(due > today).toBe(true);
        expect(due <= addMonths(today, months)).toBe(true);
      }),
    );
  });
});

describe('changes worth watching (M1)', () => {
  const contacts = (name: string, role = 'decisionMaker') => [{ name, position: '經理', purchaseRoles: [role] }];

  it('person in charge, decision maker, licence, legal form, market; each once, with its fields', () => {
    const before = {
      registeredName: '甲公司',
      legalRepresentative: '王一',
      legalForm: 'limitedLiability',
      unifiedSocialCreditCode: '91',
      marketsServed: '華東',
      telephone: '1',
      contacts: contacts('李二'),
    };
    const after = {
      registeredName: '甲股份公司',
      legalRepresentative: '王二',
      legalForm: 'jointStock',
      unifiedSocialCreditCode: '92',
      marketsServed: '華南',
      telephone: '2',
      contacts: contacts('李三'),
    };
    expect(watchedChanges('enterprise', before, after)).toEqual([
      { kind: 'personInCharge', fields: ['legalRepresentative', 'contacts'] },
      { kind: 'licence', fields: ['unifiedSocialCreditCode'] },
      { kind: 'legalForm', fields: ['legalForm', 'registeredName'] },
      { kind: 'market', fields: ['marketsServed'] },
    ]);
    expect(watchedChanges('enterprise', before, before)).toEqual([]);
    expect(watchedChanges('individual', before, after)).toEqual([]);
  });

  it('what is filled in for the first time is no change of the customer, and others may come and go', () => {
    expect(watchedChanges('enterprise', {}, { legalRepresentative: '王一', legalForm: 'private' })).toEqual([]);
    expect(
      watchedChanges('enterprise', { contacts: contacts('甲', 'user') }, { contacts: contacts('乙', 'user') }),
    ).toEqual([]);
    expect(watchedChanges('enterprise', { legalRepresentative: '王一' }, {})).toEqual([
      { kind: 'personInCharge', fields: ['legalRepresentative'] },
    ]);
  });
});
