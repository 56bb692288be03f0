import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import { isHeld, isOnCredit } from '../../shared/domain/credit/order-limit.ts';
import { exposureMark } from '../../shared/domain/credit/score.ts';
import { isSale } from '../../shared/domain/dealings/receivables.ts';
import { fromMinor } from '../../shared/domain/money.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type CustomerRow, findCustomerById } from '../store/customers.ts';
import { findOrder, type OrderRow, type OrderView } from '../store/orders.ts';
import { findOverLimit, holdOrder, letGo, type OverLimitRow, releaseOrder } from '../store/orders-over-limit.ts';
import type { Reader } from '../store/sql.ts';
import { agreementStandingOf, consumeAgreement } from './agreements.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { converter, exposureOf, readPolicy } from './credit-facts.ts';
import { valuesOf } from './customer-record.ts';
import { getCustomer } from './customers.ts';
import { currencyOf } from './dealing-record.ts';
import { shownOrder } from './dealing-views.ts';
import { todayOf } from './today.ts';

/**
 * G4 at the right moment: what is typed is warned of at 80 % and held at 100 % of the limit, until somebody who may answers for it, with
 * the reason. A table tells what has happened already: it is brought in, and the mark of the customer shows.
 */

const settlementOn = (customer: CustomerRow): string => String(valuesOf(customer)['settlementMethod'] ?? '');
const hasLimit = (customer: CustomerRow): boolean => {
  const limit = valuesOf(customer)['creditLimit'];
  return typeof limit === 'object' && limit !== null;
};

/** After an order was written and counted: it is held, or let go. Answers whether it is held. */
export function holdOrLetGo(context: CommandContext, customer: CustomerRow, order: OrderRow): boolean {
  const { sql, clock } = context;
  const today = todayOf(clock);
  const { currency, limit, exposure } = exposureOf(sql, customer, today);
  const { mark } = exposureMark(exposure, limit, readPolicy(sql).policy);
  const onCredit = isOnCredit(order.settlement, settlementOn(customer));
  const before = findOverLimit(sql, order.id);
  if (!isHeld(order, { hasLimit: hasLimit(customer), onCredit, mark })) {
    letGo(sql, order.id);
    return false;
  }
  // Whoever answered for it answered for what was used then.
  if (before?.state === 'released' && exposure <= before.exposure) return false;
  holdOrder(sql, {
    order_id: order.id,
    currency,
    credit_limit: limit,
    exposure,
    noticed_at: clock.now().toISOString(),
  });
  context.note({ data: { held: order.order_number } });
  return true;
}

/** Goods go out on an order that is not held. @throws AppError CONFLICT for one that is */
export function requireReleased(sql: Reader, orderId: number | null): void {
  if (orderId === null || findOverLimit(sql, orderId)?.state !== 'held') return;
  throw new AppError('CONFLICT', {
    params: { what: 'order', number: findOrder(sql, orderId)?.order_number ?? orderId },
    hint: 'hint.orderHeld',
  });
}

function heldOrder(sql: Reader, id: number): { readonly order: OrderView; readonly over: OverLimitRow } {
  const order = findOrder(sql, id);
  if (order === undefined) throw new AppError('NOT_FOUND', { params: { what: 'order', number: id } });
  const over = findOverLimit(sql, id);
  if (over?.state !== 'held')
    throw new AppError('CONFLICT', {
      params: { what: 'order', number: order.order_number },
      hint: 'hint.orderNotHeld',
    });
  return { order, over };
}

/** What is answered for: this order, what the limit is, and what is used with it. */
function releaseStatement(sql: Reader, id: number, reason: string): AgreementStatement {
  const { order, over } = heldOrder(sql, id);
  const money = (amount: number, currency: string) => `${currency} ${fromMinor(amount, currency)}`;
  return {
    kind: 'overLimit',
    subject: `order:${order.order_number}`,
    purpose: reason,
    lines: [
      { field: 'creditCustomer', value: `${order.customer_number} ${order.customer_name}` },
      { field: 'overLimitOrder', value: `${order.order_number} ${order.date}` },
      { field: 'overLimitAmount', value: money(order.amount, order.currency) },
      { field: 'overLimitLimit', value: money(over.credit_limit, over.currency) },
      { field: 'overLimitExposure', value: money(over.exposure, over.currency) },
    ],
  };
}

export const orderLimitHandlers: HandlersOf<'orders.checkLimit' | 'orders.releaseStatement' | 'orders.release'> = {
  'orders.checkLimit': {
    phase: 'query',
    run({ sql, clock }, input) {
      const customer = getCustomer(sql, input.customer);
      const today = todayOf(clock);
      const { policy } = readPolicy(sql);
      const { exposure, currency, limit } = exposureOf(sql, customer, today);
      const convert = converter(sql, today);
      const earlier = input.id === undefined ? undefined : findOrder(sql, input.id);
      const counted = earlier !== undefined && earlier.state === 'open' && isSale(earlier) ? earlier : undefined;
      const already = counted === undefined ? 0 : convert(counted.amount, counted.currency, currency);
      const added = convert(input.amount, input.currency ?? currencyOf(sql, customer), currency);
      const after = added === undefined || already === undefined ? null : Math.max(0, exposure - already + added);
      const onCredit = isOnCredit(input.settlement, settlementOn(customer));
      const { perMille, mark } = exposureMark(after ?? exposure, limit, policy);
      return {
        currency,
        limit,
        before: exposure,
        after,
        perMille,
        mark,
        onCredit,
        held: isHeld(
          { kind: 'order', state: 'open', amount: input.amount },
          { hasLimit: hasLimit(customer), onCredit, mark },
        ),
        warnAt: policy.warnAt,
        blockAt: policy.blockAt,
      };
    },
  },
  'orders.releaseStatement': {
    phase: 'query',
    run({ sql, clock }, { id, reason }) {
      const statement = releaseStatement(sql, id, reason);
      return {
        ...agreementStandingOf(sql, statement, clock.now()),
        statement: { ...statement, lines: [...statement.lines] },
      };
    },
  },
  'orders.release': {
    phase: 'command',
    run(context, { id, reason }) {
      const { sql, clock, actor } = context;
      const { order } = heldOrder(sql, id);
      const customer = findCustomerById(sql, order.customer_id);
      context.note({ object: `customer:${customer?.number ?? ''}`, why: reason, data: { order: order.order_number } });
      const agreed =
        actor.role === 'supervisor'
          ? { name: actor.displayName, number: '' }
          : consumeAgreement(context, releaseStatement(sql, id, reason), `order:${order.order_number}`);
      const at = clock.now().toISOString();
      releaseOrder(sql, id, { at, by: agreed.name, reason, agreement: agreed.number });
      return shownOrder(findOrder(sql, id) ?? order);
    },
  },
};
