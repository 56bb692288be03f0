import { currencyDecimals } from '../../shared/domain/money.ts';
import {
  bySales,
  DEFAULT_TIER_RULES,
  figuresAmong,
  type SalesCounted,
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
import { highestCustomerId } from '../store/cleaning.ts';
import { findVersion, insertVersion, listVersions } from '../store/credit.ts';
import type { Reader, Writer } from '../store/sql.ts';
import { baseCurrency } from './base-currency.ts';
import type { HandlersOf, QueryContext } from './context.ts';
import { converter } from './credit-facts.ts';
import { changeCard, getCustomer } from './customers.ts';
import { inTurns, type Pieces } from './in-turns.ts';
import { todayOf } from './today.ts';

/** Tiers proposed from figures by rules that people can read (K2), accepted one by one. */

function readTierRules(sql: Reader): { version: number; rules: TierRules } {
  const row = findVersion(sql, 'tier_rules');
  return row === undefined
    ? { version: 0, rules: DEFAULT_TIER_RULES }
    : { version: row.version, rules: JSON.parse(row.definition) as TierRules };
}

/** What each customer bought, by id: typed arrays, since objects for a million customers would take half a gigabyte. */
interface SalesOfYear {
  /** Minor units of the base currency. */
  readonly sales: Float64Array;
  readonly orders: Uint32Array;
}

/** Sales of the last twelve months by customer, in the base currency; what has no rate is not counted. */
function* salesByCustomer(sql: Reader, today: string, base: string): Pieces<SalesOfYear> {
  const convert = converter(sql, today);
  const ids = highestCustomerId(sql) + 1;
  const orders = new Uint32Array(ids);
  const byCurrency = new Map<string, Float64Array>();
  for (const piece of salesOfAll(sql, addYears(today, -1))) {
    for (const { customer_id: id, currency, amount, orders: more } of piece) {
      const sums = byCurrency.get(currency) ?? new Float64Array(ids);
      byCurrency.set(currency, sums);
      sums[id] = (sums[id] ?? 0) + amount;
      orders[id] = (orders[id] ?? 0) + more;
    }
    yield;
  }
  const sales = new Float64Array(ids);
  // Converted once for each customer and currency, so that rounding does not depend on the pieces.
  for (const [currency, sums] of byCurrency) {
    for (const [id, amount] of sums.entries())
      if (amount !== 0) sales[id] = (sales[id] ?? 0) + (convert(amount, currency, base) ?? 0);
    yield;
  }
  return { sales, orders };
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
  const { sales, orders } = await inTurns(salesByCustomer(sql, today, base), signal);
  const own = {
    id,
    sales: sales[id] ?? 0,
    orders: orders[id] ?? 0,
    yearsOfDealing: yearsSince(firstOrderOn(sql, id), today),
    directExport: direct_export === 1,
  };
  function* others() {
    for (const [customer, sum] of sales.entries())
      if (sum !== 0 && customer !== id && !sealed.has(customer)) yield { id: customer, sales: sum };
  }
  return figuresAmong(own, others(), 10 ** currencyDecimals(base), readTierRules(sql).rules.bands);
}

/** Customers in use: 12 bytes each. */
interface CustomersInUse {
  readonly ids: Uint32Array;
  /** By id: the place of its tier in `tierNames`, tenths of years since its first order, whether it exports directly. */
  readonly tiers: Uint8Array;
  readonly tierNames: readonly string[];
  readonly tenthsOfYears: Uint16Array;
  readonly directExport: Uint8Array;
}

function* customersInUse(sql: Reader, today: string): Pieces<CustomersInUse> {
  const size = highestCustomerId(sql) + 1;
  const ids = new Uint32Array(size);
  const tiers = new Uint8Array(size);
  const tenthsOfYears = new Uint16Array(size);
  const directExport = new Uint8Array(size);
  const tierNames: string[] = [];
  let count = 0;
  for (const piece of customersToClass(sql)) {
    for (const { id, tier, direct_export, first_order_on } of piece) {
      ids[count] = id;
      count += 1;
      if (!tierNames.includes(tier)) tierNames.push(tier);
      tiers[id] = tierNames.indexOf(tier);
      tenthsOfYears[id] = Math.round(yearsSince(first_order_on, today) * 10);
      directExport[id] = direct_export;
    }
    yield;
  }
  return { ids: ids.subarray(0, count), tiers, tierNames, tenthsOfYears, directExport };
}

/** Customers between two turns while proposals are written. */
const PROPOSED_AT_ONCE = 500;

/** Proposes a tier where the figures of the last twelve months call for another one; what has no rate is not counted. */
export function* proposingTiers(
  sql: Writer,
  today: string,
  at: string,
  by: string,
): Pieces<{ customers: number; proposed: number }> {
  const { version, rules } = readTierRules(sql);
  const base = baseCurrency(sql);
  const { sales, orders } = yield* salesByCustomer(sql, today, base);
  const { ids, tiers, tierNames, tenthsOfYears, directExport } = yield* customersInUse(sql, today);
  const salesOf = (id: number) => ({ id, sales: sales[id] ?? 0 });
  ids.sort((a, b) => bySales(salesOf(a), salesOf(b)));
  const total = ids.reduce((sum, id) => sum + (sales[id] ?? 0), 0);
  function* counted(): Generator<SalesCounted> {
    for (const id of ids)
      yield {
        ...salesOf(id),
        orders: orders[id] ?? 0,
        yearsOfDealing: (tenthsOfYears[id] ?? 0) / 10,
        directExport: directExport[id] === 1,
      };
  }
  supersedeProposals(sql, at);
  let proposed = 0;
  let looked = 0;
  for (const { id, ...own } of tierFigures(counted(), total, 10 ** currencyDecimals(base), rules.bands)) {
    looked += 1;
    if (looked % PROPOSED_AT_ONCE === 0) yield;
    const from = tierNames[tiers[id] ?? 0] ?? '';
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
  return { customers: ids.length, proposed };
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
    async run(context) {
      const { sql, clock, actor, signal } = context;
      const counts = await inTurns(
        proposingTiers(sql, todayOf(clock), clock.now().toISOString(), actor.displayName),
        signal,
      );
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
