import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StockedPaper, stockFindings } from '../../../shared/domain/stock-check.ts';

const paper = fc.record({
  code: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'),
  customer: fc.constantFrom('E1', 'E2'),
  place: fc.constantFrom('one', 'two'),
  inPlace: fc.boolean(),
});
/** A catalogue: each code once. */
const catalogue = fc.uniqueArray(paper, { selector: (one) => one.code });

describe('stock check of a place', () => {
  it('every paper of the place and every scan has exactly one answer', () => {
    fc.assert(
      fc.property(catalogue, fc.array(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'X', 'Y')), (all, typed) => {
        const scanned = typed.map((code) => ({ typed: code, papers: all.filter((one) => one.code === code) }));
        const found = stockFindings<StockedPaper>(
          'one',
          all.filter((one) => one.place === 'one'),
          scanned,
        );
        const codes = (papers: readonly StockedPaper[]) => papers.map((one) => one.code);
        const answers = [...codes(found.here), ...codes(found.elsewhere), ...codes(found.missing), ...found.unknown];
        expect(new Set(answers).size).toBe(answers.length);
        const known = new Set(codes(all));
        for (const code of new Set(typed)) expect(answers).toContain(code);
        expect([...found.unknown].every((code) => !known.has(code))).toBe(true);
        // Here and missing together are what the catalogue has at the place.
        const standing = all.filter((one) => one.place === 'one' && one.inPlace);
        expect([...codes(found.here), ...codes(found.missing)].sort()).toEqual(codes(standing).sort());
        expect(codes(found.missing).filter((code) => new Set<string>(typed).has(code))).toEqual([]);
      }),
    );
  });
});
