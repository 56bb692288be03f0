import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dropPages,
  joinAll,
  movePages,
  resultsOf,
  startPlan,
  togglePart,
  turnPages,
} from '../../../renderer/features/dossiers/scan-page-plan.ts';
import { readPagePlan } from '../../../shared/domain/page-plan.ts';
import { looksAlike } from '../../../shared/domain/scan-pages.ts';

const scans = [
  { id: 'a', name: '合同.pdf', pages: 3 },
  { id: 'b', name: '附件.png', pages: 1 },
] as unknown as Parameters<typeof startPlan>[0];
const plain = (plan: ReturnType<typeof startPlan>) =>
  resultsOf(plan, scans).map(
    ({ name, pages }) => `${name}: ${pages.map(({ scan, page, turn }) => `${scan}${page}@${turn}`).join(' ')}`,
  );

describe('D8 a plan of pages', () => {
  it('as it is typed: ranges, turns, parts; what is not there is refused', () => {
    const written = (plan: string) =>
      readPagePlan(plan, scans)?.map((part) => part.map(({ scan, page, turn }) => `${scan}${page}@${turn}`).join(' '));
    expect(written('1-2,4@90|3')).toEqual(['a1@0 a2@0 b1@90', 'a3@0']);
    expect(written('3-1')).toEqual(['a3@0 a2@0 a1@0']);
    for (const wrong of ['', '0', '5', '1-', '1@45', 'a', '1,,2']) expect(written(wrong), wrong).toBeUndefined();
  });

  it('at the table: a part goes on with the page after the one left out, joined is one, moved pages keep their order', () => {
    const plan = startPlan(scans);
    expect(plain(plan)).toEqual(['合同: a1@0 a2@0 a3@0', '附件: b1@0']);
    expect(plain(dropPages(plan, new Set(['a 1'])))).toEqual(['合同: a2@0 a3@0', '附件: b1@0']);
    expect(plain(dropPages(plan, new Set(['b 1'])))).toEqual(['合同: a1@0 a2@0 a3@0']);
    expect(plain(joinAll(plan))).toEqual(['合同: a1@0 a2@0 a3@0 b1@0']);
    expect(plain(movePages(joinAll(plan), new Set(['a 1', 'a 2']), 4))).toEqual(['合同: a3@0 b1@0 a1@0 a2@0']);
    expect(plain(turnPages(togglePart(plan, new Set(['a 3'])), new Set(['a 3']), -90))).toEqual([
      '合同: a1@0 a2@0',
      '合同 (2): a3@270',
      '附件: b1@0',
    ]);
  });

  it('no page is lost or doubled by moving, and looks are alike either way round', () => {
    fc.assert(
      fc.property(fc.subarray(['a 1', 'a 2', 'a 3', 'b 1']), fc.integer({ min: 0, max: 4 }), (keys, to) => {
        const moved = movePages(startPlan(scans), new Set(keys), to);
        expect(moved.map(({ key }) => key).sort()).toEqual(['a 1', 'a 2', 'a 3', 'b 1']);
        expect(moved[0]?.begins).toBe(true);
      }),
    );
    const look = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
    fc.assert(fc.property(look, look, (one, other) => looksAlike(one, other) === looksAlike(other, one)));
  });
});
