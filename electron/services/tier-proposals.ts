import { setImmediate as turn } from 'node:timers/promises';
import { currencyDecimals } from '../../shared/domain/money.ts';
import {
  DEFAULT_TIER_RULES,
  figuresAmong,
  type TierFigures,
  type TierRules,
  tierByRules,
  tierFigures,
} from '../../shared/domain/tier-rules.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { addYears, daysBetween } from '../../shared/util/days.ts';
import {
  customersToClass,
  decideProposal,
  findProposal,
  firstOrderOn,
  insertProposal,
  listProposals,
  salesOfAll,
  sealedCustomers,
  supersedeProposals,
} from '../store/classification.ts';
import { findVersion, insertVersion, listVersions } from '../store/credit.ts';
import type { Reader, Writer } from '../store/sql.ts';
import { baseCurrency } from './base-currency.ts';
import type { HandlersOf, QueryContext } from './context.ts';
import { converter } from './credit-facts.ts';
import { changeCard, getCustomer } from './customers.ts';
import { todayOf } from './today.ts';

/** Tiers proposed from figures by rules that people can read (K2), accepted one by one. */

function readTierRules(sql: Reader): { version: number; rules: TierRules } {
  const row = findVersion(sql, 'tier_rules');
  return row === undefined
    ? { version: 0, rules: DEFAULT_TIER_RULES }
    : { version: row.version, rules: JSON.parse(row.definition) as TierRules };
}

interface YearSales {
  readonly sales: number;
  readonly orders: number;
}
const NO_SALES: YearSales = { sales: 0, orders: 0 };

/** Sales of the last twelve months by customer, in the base currency's minor units; what has no rate is not counted. In pieces. */
function* salesByCustomer(
  sql: Reader,
  today: string,
  base: string,
): Generator<undefined, ReadonlyMap<number, YearSales>> {
  const convert = converter(sql, today);
  const byCurrency = new Map<string, Map<number, { amount: number; orders: number }>>();
  for (const piece of salesOfAll(sql, addYears(today, -1))) {
    for (const { customer_id, currency, amount, orders } of piece) {
      const sums = byCurrency.get(currency) ?? new Map<number, { amount: number; orders: number }>();
      byCurrency.set(currency, sums);
      const before = sums.get(customer_id);
      if (before === undefined) sums.set(customer_id, { amount, orders });
      else {
        before.amount += amount;
        before.orders += orders;
      }
    }
    yield;
  }
  const sums = new Map<number, YearSales>();
  // Converted once for each customer and currency, so that rounding does not depend on the pieces.
  for (const [currency, customers] of byCurrency)
    for (const [id, { amount, orders }] of customers) {
      const before = sums.get(id) ?? NO_SALES;
      const converted = convert(amount, currency, base) ?? 0;
      sums.set(id, { sales: before.sales + converted, orders: before.orders + orders });
    }
  return sums;
}

/** All pieces at one go. */
function whole<T>(pieces: Generator<undefined, T>): T {
  for (;;) {
    const piece = pieces.next();
    if (piece.done === true) return piece.value;
  }
}

const yearsSince = (firstOrder: string | null, today: string): number =>
  firstOrder === null ? 0 : Math.round((daysBetween(firstOrder, today) / 365.25) * 10) / 10;

/** The figures of one customer among all in use, in turns with whatever else is asked: of the others only their sales are looked at. */
export async function figuresOf(
  { sql, signal }: Pick<QueryContext, 'sql' | 'signal'>,
  today: string,
  { id, direct_export }: { readonly id: number; readonly direct_export: number },
): Promise<TierFigures> {
  const base = baseCurrency(sql);
  const sealed = sealedCustomers(sql);
  const pieces = salesByCustomer(sql, today, base);
  let piece = pieces.next();
  for (; piece.done !== true; piece = pieces.next()) {
    await turn();
    signal.throwIfAborted();
  }
  const sales = piece.value;
  const own = {
    id,
    ...(sales.get(id) ?? NO_SALES),
    yearsOfDealing: yearsSince(firstOrderOn(sql, id), today),
    directExport: direct_export === 1,
  };
  function* others() {
    for (const [customer, sums] of sales)
      if (customer !== id && !sealed.has(customer)) yield { id: customer, sales: sums.sales };
  }
  return figuresAmong(own, others(), 10 ** currencyDecimals(base), readTierRules(sql).rules.bands);
}

/** Figures of the last twelve months of every customer in use, in falling order of sales; what has no rate is not counted. */
function figuresOfAll(sql: Reader, today: string): { figures: TierFigures[]; tiers: ReadonlyMap<number, string> } {
  const base = baseCurrency(sql);
  const sales = whole(salesByCustomer(sql, today, base));
  const customers = customersToClass(sql);
  const { rules } = readTierRules(sql);
  const counted = customers.map((row) => ({
    id: row.id,
    ...(sales.get(row.id) ?? NO_SALES),
    yearsOfDealing: yearsSince(row.first_order_on, today),
    directExport: row.direct_export === 1,
  }));
  return {
    figures: tierFigures(counted, 10 ** currencyDecimals(base), rules.bands),
    tiers: new Map(customers.map((row) => [row.id, row.tier])),
  };
}

/** Proposes a tier where the figures call for another one. */
export function proposeTiers(
  sql: Writer,
  today: string,
  at: string,
  by: string,
): { customers: number; proposed: number } {
  const { version, rules } = readTierRules(sql);
  const { figures, tiers } = figuresOfAll(sql, today);
  supersedeProposals(sql, at);
  let proposed = 0;
  for (const { id, ...own } of figures) {
    const from = tiers.get(id) ?? '';
    const to = tierByRules(rules, { id, ...own });
    if (from === to) continue;
    insertProposal(sql, {
      customer_id: id,
      rules_version: version,
      from_tier: from,
      to_tier: to,
      figures: JSON.stringify(own),
      at,
      by,
    });
    proposed += 1;
  }
  return { customers: figures.length, proposed };
}

type Figures = Omit<TierFigures, 'id'>;
/** The figures as the reason on the card: enough to explain the class years later. */
const reasonOf = (figures: Figures, version: number): string =>
  `v${version}: ${figures.salesLastYear} / ${figures.share} % / ${figures.cumulativeShare} % / ${figures.ordersLastYear}`;

export const tierProposalHandlers: HandlersOf<
  'tierRules.get' | 'tierRules.save' | 'tierRules.propose' | 'tierProposals.list' | 'tierProposals.decide'
> = {
  'tierRules.get': {
    phase: 'query',
    run({ sql }) {
      const { version, rules } = readTierRules(sql);
      return {
        version,
        rules: {
          rules: rules.rules.map((rule) => ({ ...rule, conditions: rule.conditions.map((one) => ({ ...one })) })),
          otherwise: rules.otherwise,
          bands: [...rules.bands] as [number, number],
        },
        versions: listVersions(sql, 'tier_rules'),
      };
    },
  },
  'tierRules.save': {
    phase: 'command',
    run(context, { rules, reason }) {
      const { sql, clock, actor } = context;
      if (rules.bands[0] >= rules.bands[1])
        throw new AppError('INPUT_INVALID', {
          fields: [{ path: 'rules.bands', message: 'validation.classification.bands' }],
        });
      const version = readTierRules(sql).version + 1;
      insertVersion(sql, 'tier_rules', {
        version,
        definition: JSON.stringify(rules),
        reason,
        at: clock.now().toISOString(),
        by: actor.displayName,
      });
      context.note({ object: `tierRules:${version}`, why: reason });
      return { version };
    },
  },
  'tierRules.propose': {
    phase: 'command',
    run(context) {
      const { sql, clock, actor } = context;
      const counts = proposeTiers(sql, todayOf(clock), clock.now().toISOString(), actor.displayName);
      context.note({ object: 'customers', data: counts });
      return counts;
    },
  },
  'tierProposals.list': {
    phase: 'query',
    run({ sql }, { offset, limit }) {
      const { rows, total } = listProposals(sql, offset, limit);
      return {
        total,
        rows: rows.map((row) => ({
          id: row.id,
          customer: row.customer_number,
          customerName: row.customer_name,
          from: row.from_tier as 'key',
          to: row.to_tier as 'key',
          figures: JSON.parse(row.figures) as Figures,
          rulesVersion: row.rules_version,
          at: row.at,
        })),
      };
    },
  },
  'tierProposals.decide': {
    phase: 'command',
    run(context, { id, accept, reason }) {
      const { sql, clock, actor } = context;
      const row = findProposal(sql, id);
      if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'tierProposal', number: id } });
      context.note({ object: `customer:${row.customer_number}`, why: reason, data: { accepted: accept ? 1 : 0 } });
      const customer = getCustomer(sql, row.customer_number);
      // Classed otherwise since then: the proposal was about another class.
      if (row.state !== 'proposed' || customer.tier !== row.from_tier)
        throw new AppError('CONFLICT', { params: { what: 'tierProposal', number: row.customer_number } });
      decideProposal(sql, id, {
        state: accept ? 'accepted' : 'dismissed',
        at: clock.now().toISOString(),
        by: actor.displayName,
        reason,
      });
      if (accept) {
        const figures = reasonOf(JSON.parse(row.figures) as Figures, row.rules_version);
        changeCard(context, customer, {
          values: {},
          tier: row.to_tier as 'key',
          evidence: reason === '' ? figures : `${reason} · ${figures}`,
        });
      }
      return {};
    },
  },
};
