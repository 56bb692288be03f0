import type { OrderToCount } from '../dealings/receivables.ts';
import { isSale } from '../dealings/receivables.ts';
import type { ExposureMark } from './score.ts';

/** Settlements by which the money is there before the goods are gone: such an order needs no credit. */
const PAID_FIRST: ReadonlySet<string> = new Set([
  'cashAndCarry',
  'advancePayment',
  'paymentBeforeShipment',
  'cashOnDelivery',
]);

/** Whether goods are given on credit; an order that does not say so itself is settled as the card says. */
export function isOnCredit(orderSettlement: string, cardSettlement: string): boolean {
  return !PAID_FIRST.has(orderSettlement === '' ? cardSettlement : orderSettlement);
}

/**
 * G4: an order on credit that takes its customer to the block mark is held until somebody who may answers for it. A card without
 * any limit is not under this control: its mark is shown, and nothing is stopped.
 */
export function isHeld(
  order: Pick<OrderToCount, 'kind' | 'state' | 'amount'>,
  standing: { readonly hasLimit: boolean; readonly onCredit: boolean; readonly mark: ExposureMark },
): boolean {
  return (
    standing.hasLimit &&
    standing.onCredit &&
    standing.mark === 'block' &&
    order.state === 'open' &&
    order.amount > 0 &&
    isSale(order)
  );
}
