import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DOCUMENT_TYPES } from '../../../shared/domain/document-types.ts';
import {
  defaultRule,
  longestCode,
  type PaperRetention,
  RETENTION_TRIGGERS,
  retentionCode,
  volumeSpan,
  yearsOfCode,
} from '../../../shared/domain/retention.ts';

const code = fc.oneof(
  fc.constant('Y'),
  fc.integer({ min: 1, max: 100 }).map((years) => `D${years}`),
);
const paper: fc.Arbitrary<PaperRetention> = fc.record({
  code,
  trigger: fc.constantFrom(...RETENTION_TRIGGERS),
  triggeredOn: fc.option(fc.constantFrom('2015-12-31', '2020-06-01', '2025-12-31'), { nil: null }),
});

describe('§7.7 retention of a volume', () => {
  test('codes are read as they are written; every type has a rule', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (years) => {
        expect(yearsOfCode(retentionCode({ years, trigger: 'volumeClosed' }))).toBe(years);
      }),
    );
    expect(yearsOfCode('Y')).toBeNull();
    expect(yearsOfCode('30 年')).toBeUndefined();
    for (const type of DOCUMENT_TYPES) expect(defaultRule(type.key).trigger).toBeTruthy();
  });
  test('it is kept as long as its longest paper: nothing in it goes before its own day', () => {
    fc.assert(
      fc.property(fc.array(paper, { minLength: 1 }), (papers) => {
        const whole = volumeSpan(papers);
        const alone = papers.map((one) => volumeSpan([one]).endsOn);
        if (alone.includes(null)) expect(whole.endsOn).toBeNull();
        else for (const end of alone) expect((end ?? '') <= (whole.endsOn ?? '')).toBe(true);
      }),
    );
  });
  test('its code is the longest one; a permanent paper makes it permanent', () => {
    fc.assert(
      fc.property(fc.array(code, { minLength: 1 }), (codes) => {
        const longest = longestCode(codes);
        if (codes.includes('Y')) expect(longest).toBe('Y');
        else expect(codes.every((one) => (yearsOfCode(one) ?? 0) <= (yearsOfCode(longest) ?? 0))).toBe(true);
      }),
    );
    expect(longestCode([])).toBe('Y');
  });
});
