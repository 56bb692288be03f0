import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  brokenSupplement,
  SUPPLEMENT_KINDS,
  type SupplementContent,
  supplementText,
} from '../../../shared/domain/supplements.ts';

const hash = (content: readonly (string | number)[]) =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex');
const content = fc.record({
  kind: fc.constantFrom(...SUPPLEMENT_KINDS),
  paper: fc.string(),
  text: fc.string(),
  reason: fc.string(),
  at: fc.constant('2026-03-01T08:00:00.000Z'),
  by: fc.string(),
});
function chain(start: string, lines: readonly Omit<SupplementContent, 'number'>[]) {
  let before = start;
  return lines.map((line, index) => {
    const numbered = { ...line, number: index + 1 };
    before = hash(supplementText(before, numbered));
    return { ...numbered, sha256: before };
  });
}

describe('Y2 supplements follow each other', () => {
  test('a chain holds; a changed, removed or moved line is found where it stands', () => {
    fc.assert(
      fc.property(fc.array(content, { minLength: 1, maxLength: 8 }), fc.nat(), (lines, at) => {
        const whole = chain('volume', lines);
        expect(brokenSupplement('volume', whole, hash)).toBeUndefined();
        const index = at % whole.length;
        const changed = whole.map((line, one) => (one === index ? { ...line, text: `${line.text}!` } : line));
        expect(brokenSupplement('volume', changed, hash)).toBe(index + 1);
        expect(brokenSupplement('another', whole, hash)).toBe(1);
        if (whole.length > 1) expect(brokenSupplement('volume', whole.toSpliced(0, 1), hash)).toBe(1);
      }),
    );
  });
});
