import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHeld, isOnCredit } from '../../../shared/domain/credit/order-limit.ts';
import { exposureMark } from '../../../shared/domain/credit/score.ts';

const order = { kind: 'order', state: 'open', amount: 1 } as const;
const standing = { hasLimit: true, onCredit: true, mark: 'block' } as const;

describe('an order against the limit (G4, 38)', () => {
  it('is held at the limit and not a cent below it, whatever the limit is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 0, max: 1e9 }), (limit, used) => {
        const { mark } = exposureMark(used, limit, { warnAt: 80, blockAt: 100 });
        expect(isHeld(order, { ...standing, mark })).toBe(used >= limit);
      }),
    );
  });

  it('needs no release when it is paid first, closed, cancelled, a frame for others, or the card has no limit', () => {
    expect(isHeld(order, standing)).toBe(true);
    for (const other of [{ state: 'completed' }, { state: 'cancelled' }, { kind: 'framework' }, { amount: 0 }] as const)
      expect(isHeld({ ...order, ...other }, standing)).toBe(false);
    expect(isHeld(order, { ...standing, onCredit: false })).toBe(false);
    expect(isHeld(order, { ...standing, hasLimit: false })).toBe(false);
    expect(isHeld(order, { ...standing, mark: 'warn' })).toBe(false);
    expect([isOnCredit('', 'paymentBeforeShipment'), isOnCredit('monthly', 'paymentBeforeShipment')]).toEqual([
      false,
      true,
    ]);
  });
});
