import { compareAtoms } from './record-lists/record-figures.ts';
import type { Reader, SqlValue, Writer } from './sql.ts';

/** Competitors and projects across customers (X1, X2), and the briefs that were taken before visits (C8). */

export interface CompetitorEntry {
  readonly position: number;
  readonly folded_name: string;
  readonly name: string;
  readonly satisfaction: string;
  readonly share: number | null;
  readonly observed_on: string;
  readonly item: string;
}
export interface ProjectEntry {
  readonly position: number;
  readonly name: string;
  readonly stage: string;
  readonly next_step: string;
  readonly next_step_on: string;
  readonly expected_signing: string;
  readonly probability: number | null;
  readonly item: string;
}

/** Keeps what a card says of competitors and projects beside it; called whenever the card is written. */
export function replaceIntelligence(
  sql: Writer,
  customerId: number,
  competitors: readonly CompetitorEntry[],
  projects: readonly ProjectEntry[],
): void {
  sql.run('DELETE FROM customer_competitor WHERE customer_id = ?', customerId);
  sql.run('DELETE FROM customer_project WHERE customer_id = ?', customerId);
  for (const entry of competitors)
    sql.run(
      `INSERT INTO customer_competitor (customer_id, position, folded_name, name, satisfaction, share, observed_on, item)
       VALUES (:customerId, :position, :folded_name, :name, :satisfaction, :share, :observed_on, :item)`,
      { ...entry, customerId },
    );
  for (const entry of projects)
    sql.run(
      `INSERT INTO customer_project (customer_id, position, name, stage, next_step, next_step_on, expected_signing, probability, item)
       VALUES (:customerId, :position, :name, :stage, :next_step, :next_step_on, :expected_signing, :probability, :item)`,
      { ...entry, customerId },
    );
}

/** The name under which spellings are gathered: the competitor's own where an alias says so. */
const GATHERED = `coalesce((SELECT competitor.folded_name FROM competitor_alias JOIN competitor ON competitor.id = competitor_id
  WHERE competitor_alias.folded_name = entry.folded_name), entry.folded_name)`;

export interface CompetitorTotals {
  readonly gathered: string;
  readonly name: string;
  readonly customers: number;
  readonly key_customers: number;
  readonly satisfied: number;
  readonly acceptable: number;
  readonly dissatisfied: number;
  readonly average_share: number | null;
  readonly observed_on: string;
}

/** Customers looked at between two turns of the event loop. */
const CUSTOMERS_AT_ONCE = 2_000;

/** Customers by their ids, so many at a time: those behind `after` up to `upTo`. */
function* customersWithCompetitors(sql: Reader, atOnce: number): Generator<{ after: number; upTo: number }> {
  const highest = sql.get<{ id: number | null }>('SELECT max(customer_id) AS id FROM customer_competitor')?.id ?? 0;
  for (let after = 0; after < highest; after += atOnce) yield { after, upTo: after + atOnce };
}

/** Competitors by how many customers they are met at. Read in pieces. */
export function* competitorTotals(sql: Reader, atOnce = CUSTOMERS_AT_ONCE): Generator<undefined, CompetitorTotals[]> {
  type Counted = Omit<CompetitorTotals, 'average_share'> & { readonly share: number; readonly shares: number };
  const found = new Map<string, Counted>();
  for (const range of customersWithCompetitors(sql, atOnce)) {
    for (const row of sql.all<Counted>(
      `SELECT ${GATHERED} AS gathered, max(entry.name) AS name, count(DISTINCT entry.customer_id) AS customers,
         count(DISTINCT CASE WHEN entry.customer_id IN (SELECT id FROM customer WHERE tier = 'key' AND id > :after AND id <= :upTo)
           THEN entry.customer_id END) AS key_customers,
         sum(entry.satisfaction = 'satisfied') AS satisfied, sum(entry.satisfaction = 'acceptable') AS acceptable,
         sum(entry.satisfaction = 'dissatisfied') AS dissatisfied, total(entry.share) AS share, count(entry.share) AS shares,
         max(entry.observed_on) AS observed_on
       FROM customer_competitor AS entry WHERE entry.customer_id > :after AND entry.customer_id <= :upTo GROUP BY gathered`,
      range,
    )) {
      const before = found.get(row.gathered);
      const sum = (key: keyof Counted) => Number(row[key]) + Number(before?.[key] ?? 0);
      const later = (key: 'name' | 'observed_on') =>
        before !== undefined && compareAtoms(before[key], row[key]) > 0 ? before[key] : row[key];
      found.set(row.gathered, {
        gathered: row.gathered,
        name: later('name'),
        customers: sum('customers'),
        key_customers: sum('key_customers'),
        satisfied: sum('satisfied'),
        acceptable: sum('acceptable'),
        dissatisfied: sum('dissatisfied'),
        share: sum('share'),
        shares: sum('shares'),
        observed_on: later('observed_on'),
      });
    }
    yield;
  }
  return [...found.values()]
    .map(({ share, shares, ...row }) => ({
      ...row,
      name: findOwnName(sql, row.gathered) ?? row.name,
      average_share: shares === 0 ? null : share / shares,
    }))
    .sort((a, b) => b.customers - a.customers || compareAtoms(a.name, b.name));
}
const findOwnName = (sql: Reader, foldedName: string): string | undefined =>
  sql.get<{ name: string }>('SELECT name FROM competitor WHERE folded_name = ?', foldedName)?.name;

export interface CompetitorRow {
  readonly id: number;
  readonly folded_name: string;
  readonly name: string;
  readonly profile: string;
  readonly updated_at: string;
  readonly updated_by: string;
}
/** By its own name or another spelling of it, folded. */
export function findCompetitor(sql: Reader, foldedName: string): CompetitorRow | undefined {
  return sql.get<CompetitorRow>(
    'SELECT * FROM competitor WHERE folded_name = :name OR id = (SELECT competitor_id FROM competitor_alias WHERE folded_name = :name)',
    { name: foldedName },
  );
}
export function saveCompetitor(sql: Writer, row: Omit<CompetitorRow, 'id'>): number {
  sql.run(
    `INSERT INTO competitor (folded_name, name, profile, updated_at, updated_by) VALUES (:folded_name, :name, :profile, :updated_at, :updated_by)
     ON CONFLICT (folded_name) DO UPDATE SET name = excluded.name, profile = excluded.profile, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    { ...row },
  );
  return sql.get<{ id: number }>('SELECT id FROM competitor WHERE folded_name = ?', row.folded_name)?.id ?? 0;
}
export function competitorAliases(sql: Reader, id: number): string[] {
  return sql
    .all<{ folded_name: string }>('SELECT folded_name FROM competitor_alias WHERE competitor_id = ? ORDER BY 1', id)
    .map((row) => row.folded_name);
}
export function replaceAliases(sql: Writer, id: number, aliases: readonly string[]): void {
  sql.run('DELETE FROM competitor_alias WHERE competitor_id = ?', id);
  for (const alias of aliases)
    sql.run(
      'INSERT INTO competitor_alias (folded_name, competitor_id) VALUES (?, ?) ON CONFLICT (folded_name) DO UPDATE SET competitor_id = excluded.competitor_id',
      alias,
      id,
    );
}

export interface CompetitorAt {
  readonly customer_number: string;
  readonly customer_name: string;
  readonly tier: 'key' | 'special' | 'general';
  readonly name: string;
  readonly item: string;
}
const MOST_ENTRIES = 500;
const ENTRIES_AT_ONCE = 100;

/** What cards say of a competitor under any of its spellings, what was seen last first. Read in pieces. */
export function* entriesOfCompetitor(
  sql: Reader,
  foldedNames: readonly string[],
  atOnce = CUSTOMERS_AT_ONCE,
): Generator<undefined, CompetitorAt[]> {
  let newest: { customer_id: number; position: number; number: string; observed_on: string }[] = [];
  for (const range of customersWithCompetitors(sql, atOnce)) {
    const found = sql.all<(typeof newest)[number]>(
      `SELECT entry.customer_id, entry.position, customer.number, entry.observed_on
       FROM customer_competitor AS entry INDEXED BY customer_competitor_name
         JOIN customer INDEXED BY customer_title ON customer.id = entry.customer_id
       WHERE entry.folded_name IN (SELECT value FROM json_each(:names)) AND entry.customer_id > :after AND entry.customer_id <= :upTo
       ORDER BY entry.observed_on DESC, customer.number LIMIT :most`,
      { ...range, names: JSON.stringify(foldedNames), most: MOST_ENTRIES },
    );
    newest = [...newest, ...found]
      .sort((a, b) => compareAtoms(b.observed_on, a.observed_on) || compareAtoms(a.number, b.number))
      .slice(0, MOST_ENTRIES);
    yield;
  }
  const entries: CompetitorAt[] = [];
  for (let at = 0; at < newest.length; at += ENTRIES_AT_ONCE) {
    entries.push(
      ...sql.all<CompetitorAt>(
        `SELECT customer.number AS customer_number, customer.name AS customer_name, customer.tier, entry.name, entry.item
         FROM json_each(?) AS wanted
           CROSS JOIN customer_competitor AS entry ON entry.customer_id = wanted.value ->> 0 AND entry.position = wanted.value ->> 1
           CROSS JOIN customer ON customer.id = entry.customer_id ORDER BY wanted.key`,
        JSON.stringify(
          newest.slice(at, at + ENTRIES_AT_ONCE).map(({ customer_id, position }) => [customer_id, position]),
        ),
      ),
    );
    yield;
  }
  return entries;
}

/** Ids of the customers with a competitor: key ones first, then the special ones, each by number. Read in pieces. */
export function* customersInMatrix(sql: Reader, atOnce = CUSTOMERS_AT_ONCE): Generator<undefined, readonly number[]> {
  const ids: Record<MatrixCustomer['tier'], number[]> = { key: [], special: [], general: [] };
  for (let after = ''; ; ) {
    const customers = sql.all<Pick<MatrixCustomer, 'id' | 'number' | 'tier'> & { readonly met: number }>(
      `SELECT id, number, tier, EXISTS (SELECT 1 FROM customer_competitor WHERE customer_id = customer.id) AS met
       FROM customer INDEXED BY customer_by_number WHERE number > ? ORDER BY number LIMIT ?`,
      after,
      atOnce,
    );
    for (const { id, tier, met } of customers) if (met === 1) ids[tier].push(id);
    const last = customers.at(-1);
    if (last === undefined) return [...ids.key, ...ids.special, ...ids.general];
    after = last.number;
    yield;
  }
}

export interface MatrixCustomer {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  readonly tier: 'key' | 'special' | 'general';
}

/** These customers in this order, and all their entries. */
export function matrixRows(
  sql: Reader,
  ids: readonly number[],
): {
  customers: MatrixCustomer[];
  entries: { customer_id: number; gathered: string; satisfaction: string; share: number | null; observed_on: string }[];
} {
  return {
    customers: sql.all(
      `SELECT customer.id, customer.number, customer.name, customer.tier
       FROM json_each(?) AS wanted CROSS JOIN customer ON customer.id = wanted.value ORDER BY wanted.key`,
      JSON.stringify(ids),
    ),
    entries: sql.all(
      `SELECT entry.customer_id, ${GATHERED} AS gathered, entry.satisfaction, entry.share, entry.observed_on
       FROM customer_competitor AS entry WHERE entry.customer_id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(ids),
    ),
  };
}

export interface ProjectAt extends ProjectEntry {
  readonly customer_id: number;
  readonly customer_number: string;
  readonly customer_name: string;
  readonly tier: 'key' | 'special' | 'general';
}
export interface ProjectFilter {
  readonly stage?: string | undefined;
  readonly show: 'open' | 'stalled' | 'all';
  readonly today: string;
  readonly found?: { readonly customers: readonly number[]; readonly text: string } | undefined;
}
const OPEN_PROJECT = "project.stage NOT IN ('signed', 'cancelled')";

/** Projects by the day of their next step; those without one first, since nothing moves them. */
export function listProjects(
  sql: Reader,
  filter: ProjectFilter,
  offset: number,
  limit: number,
): { rows: ProjectAt[]; total: number; stages: { stage: string; n: number }[] } {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  const add = (part: string, ...bound: SqlValue[]) => {
    parts.push(part);
    values.push(...bound);
  };
  if (filter.stage !== undefined) add('project.stage = ?', filter.stage);
  else if (filter.show !== 'all') add(OPEN_PROJECT);
  if (filter.show === 'stalled')
    add("(project.next_step = '' OR (project.next_step_on <> '' AND project.next_step_on < ?))", filter.today);
  if (filter.found !== undefined)
    add(
      '(project.customer_id IN (SELECT value FROM json_each(?)) OR instr(project.name, ?) > 0)',
      JSON.stringify(filter.found.customers),
      filter.found.text,
    );
  const where = parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`;
  return {
    rows: sql.all<ProjectAt>(
      `SELECT project.*, customer.number AS customer_number, customer.name AS customer_name, customer.tier
       FROM customer_project AS project JOIN customer ON customer.id = project.customer_id ${where}
       ORDER BY project.next_step_on, project.customer_id, project.position LIMIT ? OFFSET ?`,
      ...values,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM customer_project AS project ${where}`, ...values)?.n ?? 0,
    stages: sql.all('SELECT stage, count(*) AS n FROM customer_project GROUP BY stage'),
  };
}
export function findProject(sql: Reader, customerId: number, position: number): ProjectAt | undefined {
  return sql.get<ProjectAt>(
    `SELECT project.*, customer.number AS customer_number, customer.name AS customer_name, customer.tier
     FROM customer_project AS project JOIN customer ON customer.id = project.customer_id WHERE customer_id = ? AND position = ?`,
    customerId,
    position,
  );
}

export function insertBrief(
  sql: Writer,
  row: { customerId: number; staffId: number; at: string; by: string; how: 'screen' | 'printed' },
): void {
  sql.run(
    'INSERT INTO visit_brief (customer_id, staff_id, taken_at, taken_by, how) VALUES (:customerId, :staffId, :at, :by, :how)',
    row,
  );
}
export function lastBrief(sql: Reader, customerId: number): { at: string; by: string } | undefined {
  return sql.get(
    'SELECT taken_at AS at, staff.name AS by FROM visit_brief JOIN staff ON staff.id = staff_id WHERE customer_id = ? ORDER BY taken_at DESC LIMIT 1',
    customerId,
  );
}
