import { CARD_STATUSES } from '../../shared/domain/classification.ts';
import type { Reader, Writer } from './sql.ts';

/** Acts of classing (K3), proposals of tiers (K2), the order of a route (K4). */

export interface ActRow {
  readonly id: number;
  readonly at: string;
  readonly by: string;
  readonly field: string;
  readonly value: string;
  readonly reason: string;
  readonly customers: number;
  readonly undone_at: string | null;
}
export function insertAct(sql: Writer, row: Omit<ActRow, 'id' | 'undone_at'>): number {
  return Number(
    sql.run(
      `INSERT INTO classification_act (at, by, field, value, reason, customers)
       VALUES (:at, :by, :field, :value, :reason, :customers)`,
      { ...row },
    ).lastInsertRowid,
  );
}
export function findAct(sql: Reader, id: number): ActRow | undefined {
  return sql.get<ActRow>('SELECT * FROM classification_act WHERE id = ?', id);
}
export function listActs(sql: Reader, offset: number, limit: number): { rows: ActRow[]; total: number } {
  return {
    rows: sql.all<ActRow>('SELECT * FROM classification_act ORDER BY id DESC LIMIT ? OFFSET ?', limit, offset),
    total: sql.get<{ n: number }>('SELECT count(*) AS n FROM classification_act')?.n ?? 0,
  };
}
export function markActUndone(sql: Writer, id: number, at: string): void {
  sql.run('UPDATE classification_act SET undone_at = ? WHERE id = ?', at, id);
}
export interface ActChange {
  readonly customer_id: number;
  readonly from_value: string;
  readonly to_value: string;
  readonly revision: number;
}
export function insertActChange(sql: Writer, actId: number, change: ActChange): void {
  sql.run(
    `INSERT INTO classification_change (act_id, customer_id, from_value, to_value, revision)
     VALUES (:act, :customer_id, :from_value, :to_value, :revision)`,
    { ...change, act: actId },
  );
}
export function changesOfAct(sql: Reader, actId: number): ActChange[] {
  return sql.all<ActChange>('SELECT * FROM classification_change WHERE act_id = ? ORDER BY customer_id', actId);
}

/** Former values of the fields that class a customer, newest first. */
export function classChanges(
  sql: Reader,
  customerId: number,
  fields: readonly string[],
): { at: string; by: string; field: string; from_value: string; to_value: string; evidence: string }[] {
  return sql.all(
    `SELECT at, by, field, from_value, to_value, evidence FROM customer_change
     WHERE customer_id = ? AND field IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT 500`,
    customerId,
    JSON.stringify(fields),
  );
}

export interface ProposalRow {
  readonly id: number;
  readonly customer_id: number;
  readonly rules_version: number;
  readonly from_tier: string;
  readonly to_tier: string;
  readonly figures: string;
  readonly at: string;
  readonly state: 'proposed' | 'accepted' | 'dismissed' | 'superseded';
  readonly customer_number: string;
  readonly customer_name: string;
}
const PROPOSAL = `SELECT tier_proposal.*, customer.number AS customer_number, customer.name AS customer_name
  FROM tier_proposal JOIN customer ON customer.id = tier_proposal.customer_id`;
/** Proposals that nobody decided on give way to those of a new run. */
export function supersedeProposals(sql: Writer, at: string): void {
  sql.run("UPDATE tier_proposal SET state = 'superseded', decided_at = ? WHERE state = 'proposed'", at);
}
export function insertProposal(
  sql: Writer,
  row: {
    customer_id: number;
    rules_version: number;
    from_tier: string;
    to_tier: string;
    figures: string;
    at: string;
    by: string;
  },
): void {
  sql.run(
    `INSERT INTO tier_proposal (customer_id, rules_version, from_tier, to_tier, figures, at, by, state)
     VALUES (:customer_id, :rules_version, :from_tier, :to_tier, :figures, :at, :by, 'proposed')`,
    row,
  );
}
export function findProposal(sql: Reader, id: number): ProposalRow | undefined {
  return sql.get<ProposalRow>(`${PROPOSAL} WHERE tier_proposal.id = ?`, id);
}
export function listProposals(sql: Reader, offset: number, limit: number): { rows: ProposalRow[]; total: number } {
  return {
    rows: sql.all<ProposalRow>(
      `${PROPOSAL} WHERE tier_proposal.state = 'proposed' ORDER BY tier_proposal.id LIMIT ? OFFSET ?`,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>("SELECT count(*) AS n FROM tier_proposal WHERE state = 'proposed'")?.n ?? 0,
  };
}
export function decideProposal(
  sql: Writer,
  id: number,
  decision: { state: ProposalRow['state']; at: string; by: string; reason: string },
): void {
  sql.run(
    'UPDATE tier_proposal SET state = :state, decided_at = :at, decided_by = :by, reason = :reason WHERE id = :id',
    { ...decision, id },
  );
}

/** Orders read between two turns of the event loop: some milliseconds. */
const ORDERS_AT_ONCE = 3_000;

export interface SalesRow {
  readonly customer_id: number;
  readonly currency: string;
  readonly amount: number;
  readonly orders: number;
}
/** Sales since a day, by customer and currency: of all orders, in pieces, so that a customer may come more than once. */
export function* salesOfAll(sql: Reader, since: string): Generator<readonly SalesRow[]> {
  const last = sql.get<{ id: number | null }>('SELECT max(id) AS id FROM customer_order')?.id ?? 0;
  for (let after = 0; after < last; after += ORDERS_AT_ONCE)
    yield sql.all<SalesRow>(
      // Read once from end to end: jumping through the index of customers takes twice to five times as long.
      `SELECT customer_id, currency, sum(amount) AS amount, count(*) AS orders FROM customer_order
       WHERE id > ? AND id <= ? AND +date >= ? AND state <> 'cancelled' AND kind <> 'framework' AND currency <> '' GROUP BY +customer_id, currency`,
      after,
      after + ORDERS_AT_ONCE,
      since,
    );
}
/** Customers read between two turns. */
const CUSTOMERS_AT_ONCE = 2_000;

export interface CustomerToClass {
  readonly id: number;
  readonly tier: string;
  readonly direct_export: number;
  readonly first_order_on: string | null;
}
/** Customers in use with what the rules look at besides sales, in the order of their ids, in pieces. */
export function* customersToClass(sql: Reader): Generator<readonly CustomerToClass[]> {
  for (let after = 0; ; ) {
    const rows = sql.all<CustomerToClass>(
      `SELECT id, tier, direct_export, (SELECT min(date) FROM customer_order WHERE customer_id = customer.id) AS first_order_on
       FROM customer INDEXED BY customer_listed WHERE status <> 'sealed' AND id > ? ORDER BY id LIMIT ?`,
      after,
      CUSTOMERS_AT_ONCE,
    );
    if (rows.length > 0) yield rows;
    if (rows.length < CUSTOMERS_AT_ONCE) return;
    after = rows.at(-1)?.id ?? after;
  }
}

/** Customers no longer in use. */
export function sealedCustomers(sql: Reader): Set<number> {
  const rows = sql.all<{ id: number }>(
    "SELECT id FROM customer INDEXED BY customer_order_status WHERE status = 'sealed'",
  );
  return new Set(rows.map(({ id }) => id));
}
export function firstOrderOn(sql: Reader, customerId: number): string | null {
  return (
    sql.get<{ on: string | null }>('SELECT min(date) AS "on" FROM customer_order WHERE customer_id = ?', customerId)
      ?.on ?? null
  );
}

export interface RoutePerson {
  readonly staffId: number;
  readonly name: string;
  readonly customers: number;
}
/** Cards that are kept but not visited; those no longer in use are in no class. */
const NOT_VISITED = CARD_STATUSES.filter((status) => status !== 'active' && status !== 'sealed');

/**
 * Staff whom cards name as salesperson, the longest route first: what is kept for the analyses says how many cards name whom; those that nobody
 * visits are taken off, in pieces.
 */
export function* routePeople(sql: Reader): Generator<undefined, RoutePerson[]> {
  const cards = new Map(
    sql
      .all<{ value: string; cards: number }>(
        "SELECT value, sum(amount) AS cards FROM class_figure WHERE what = 'cards' AND class = 'responsibleSalesperson' GROUP BY value",
      )
      .map(({ value, cards: named }) => [value, named]),
  );
  for (const status of NOT_VISITED)
    for (let after = 0, more = true; more; ) {
      const rows = sql.all<{ id: number; value: string }>(
        `SELECT customer.id, responsible_salesperson AS value FROM customer INDEXED BY customer_order_status
         CROSS JOIN customer_class ON customer_class.customer_id = customer.id
         WHERE status = ? AND customer.id > ? ORDER BY customer.id LIMIT ?`,
        status,
        after,
        CUSTOMERS_AT_ONCE,
      );
      for (const { value } of rows) cards.set(value, (cards.get(value) ?? 0) - 1);
      after = rows.at(-1)?.id ?? after;
      more = rows.length === CUSTOMERS_AT_ONCE;
      yield;
    }
  return sql
    .all<{ id: number; name: string }>('SELECT id, name FROM staff ORDER BY name, id')
    .map(({ id, name }) => {
      const names = new Set([name, String(id)]);
      const customers = [...names].reduce((sum, one) => sum + (cards.get(one) ?? 0), 0);
      return { staffId: id, name, customers };
    })
    .filter(({ customers }) => customers > 0)
    .sort((a, b) => b.customers - a.customers);
}

/** When each customer of a route was last visited. */
export function lastVisitOn(sql: Reader, customerId: number): string | null {
  return (
    sql.get<{ at: string | null }>('SELECT max(visited_at) AS at FROM visit WHERE customer_id = ?', customerId)?.at ??
    null
  );
}
