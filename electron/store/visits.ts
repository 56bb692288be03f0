import { daySpans, ROWS_AT_ONCE } from './day-spans.ts';
import { compareAtoms } from './record-lists/record-figures.ts';
import type { Reader, SqlValue, Writer } from './sql.ts';

/** Visits: lines of daily reports, or single ones until the day's report takes them in (V2). */
export interface VisitRow {
  readonly id: number;
  readonly customer_id: number;
  readonly staff_id: number;
  readonly visited_at: string;
  readonly method: string;
  readonly purpose: string;
  readonly content: string;
  readonly result: string;
  readonly recorded_at: string;
  readonly recorded_by: string;
  readonly report_id: number | null;
  readonly line: number;
  /** The desk's day. */
  readonly day: string;
  readonly ended_at: string | null;
  /** The rest of the form's line, as JSON text. */
  readonly details: string;
}
export interface VisitView extends VisitRow {
  readonly customer_number: string;
  readonly customer_name: string;
  readonly staff_name: string;
  readonly report_number: string | null;
  readonly briefed: number;
}

const COLUMNS = [
  'customer_id',
  'staff_id',
  'visited_at',
  'method',
  'purpose',
  'content',
  'result',
  'recorded_at',
  'recorded_by',
  'report_id',
  'line',
  'day',
  'ended_at',
  'details',
] as const satisfies readonly (keyof VisitRow)[];

/** C8: a brief of the same customer by the same person in the days before the visit; `:briefDays` is `BRIEF_VALID_DAYS`. */
const BRIEFED = `EXISTS (SELECT 1 FROM visit_brief WHERE visit_brief.customer_id = visit.customer_id AND visit_brief.staff_id = visit.staff_id
  AND visit_brief.taken_at <= visit.visited_at AND visit_brief.taken_at >= strftime('%Y-%m-%dT%H:%M:%fZ', visit.visited_at, ?))`;
const VIEW = `SELECT visit.*, customer.number AS customer_number, customer.name AS customer_name, staff.name AS staff_name,
    daily_report.number AS report_number, ${BRIEFED} AS briefed
  FROM visit JOIN customer ON customer.id = visit.customer_id JOIN staff ON staff.id = visit.staff_id
    LEFT JOIN daily_report ON daily_report.id = visit.report_id`;

const before = (briefDays: number) => `-${briefDays} days`;

/** @param importId the import that brought it */
export function insertVisit(sql: Writer, row: Omit<VisitRow, 'id'>, importId: number | null = null): number {
  const columns = [...COLUMNS, 'import_id'];
  return Number(
    sql.run(`INSERT INTO visit (${columns.join(', ')}) VALUES (${columns.map((column) => `:${column}`).join(', ')})`, {
      ...row,
      import_id: importId,
    }).lastInsertRowid,
  );
}

export function updateVisit(sql: Writer, { id, ...row }: VisitRow): void {
  sql.run(`UPDATE visit SET ${COLUMNS.map((column) => `${column} = :${column}`).join(', ')} WHERE id = :id`, {
    ...Object.fromEntries(COLUMNS.map((column) => [column, row[column]])),
    id,
  });
}

/** Takes a line out of its report; refused by the caller when a decided fact rests on it. */
export function deleteVisit(sql: Writer, id: number): void {
  sql.run("DELETE FROM proposed_fact WHERE visit_id = ? AND state = 'open'", id);
  sql.run('DELETE FROM visit WHERE id = ?', id);
}

export function findVisit(sql: Reader, id: number): VisitRow | undefined {
  return sql.get<VisitRow>('SELECT * FROM visit WHERE id = ?', id);
}

export function visitsOfCustomer(
  sql: Reader,
  customerId: number,
  briefDays: number,
  offset: number,
  limit: number,
): { rows: VisitView[]; total: number } {
  return {
    rows: sql.all<VisitView>(
      `${VIEW} WHERE visit.customer_id = ? ORDER BY visit.visited_at DESC, visit.id DESC LIMIT ? OFFSET ?`,
      before(briefDays),
      customerId,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>('SELECT count(*) AS n FROM visit WHERE customer_id = ?', customerId)?.n ?? 0,
  };
}

export function visitsOfReport(sql: Reader, reportId: number, briefDays: number): VisitView[] {
  return sql.all<VisitView>(
    `${VIEW} WHERE visit.report_id = ? ORDER BY visit.line, visit.id`,
    before(briefDays),
    reportId,
  );
}

/** Visits of a person's day that no report holds. */
export function looseVisits(sql: Reader, staffId: number, day: string, briefDays: number): VisitView[] {
  return sql.all<VisitView>(
    `${VIEW} WHERE visit.staff_id = ? AND visit.day = ? AND visit.report_id IS NULL ORDER BY visit.visited_at, visit.id`,
    before(briefDays),
    staffId,
    day,
  );
}

export interface VisitFilter {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly staffId?: number | undefined;
  readonly purpose?: string | undefined;
  readonly result?: string | undefined;
  /** Customers whose name or number matches the text, and the text as it stands in what was said. */
  readonly found?: { readonly customers: readonly number[]; readonly text: string } | undefined;
}

function conditionsOf(filter: VisitFilter): { where: string; values: SqlValue[] } {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  const add = (part: string, ...bound: SqlValue[]) => {
    parts.push(part);
    values.push(...bound);
  };
  if (filter.staffId !== undefined) add('visit.staff_id = ?', filter.staffId);
  if (filter.from !== undefined) add('visit.day >= ?', filter.from);
  if (filter.to !== undefined) add('visit.day <= ?', filter.to);
  if (filter.purpose !== undefined) add('+visit.purpose = ?', filter.purpose);
  if (filter.result !== undefined) add('+visit.result = ?', filter.result);
  if (filter.found !== undefined)
    add(
      '(+visit.customer_id IN (SELECT value FROM json_each(?)) OR instr(visit.content, ?) > 0)',
      JSON.stringify(filter.found.customers),
      filter.found.text,
    );
  return { where: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values };
}

const NEWEST_FIRST = 'visit.day DESC, visit.staff_id DESC, visit.visited_at DESC, visit.id DESC';

/** The comprehensive archive: newest day first, within a day by person and time. Of days and people alone: what their indexes tell. */
export function listVisits(
  sql: Reader,
  filter: Pick<VisitFilter, 'from' | 'to' | 'staffId'>,
  briefDays: number,
  offset: number,
  limit: number,
): { rows: VisitView[]; total: number } {
  const { where, values } = conditionsOf(filter);
  // The page is found along the index of days alone; only its rows are read and joined.
  return {
    rows: sql.all<VisitView>(
      `${VIEW} WHERE visit.id IN (SELECT visit.id FROM visit ${where} ORDER BY ${NEWEST_FIRST} LIMIT ? OFFSET ?) ORDER BY ${NEWEST_FIRST}`,
      before(briefDays),
      ...values,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM visit ${where}`, ...values)?.n ?? 0,
  };
}

/** The same for what stands in the visits themselves: the first `most` ids, and how many there are. Read in pieces. */
export function* visitsFitting(
  sql: Reader,
  filter: VisitFilter,
  most: number,
  atOnce = ROWS_AT_ONCE,
): Generator<undefined, { readonly ids: readonly number[]; readonly total: number }> {
  const ids: number[] = [];
  let total = 0;
  for (const days of daySpans(sql, 'visit', filter, atOnce)) {
    const { where, values } = conditionsOf({ ...filter, ...days });
    const found = sql.all<{ id: number }>(
      `SELECT visit.id FROM visit INDEXED BY visit_day ${where} ORDER BY ${NEWEST_FIRST}`,
      ...values,
    );
    total += found.length;
    for (const { id } of found.slice(0, most - ids.length)) ids.push(id);
    yield;
  }
  return { ids, total };
}

export function visitsByIds(sql: Reader, ids: readonly number[], briefDays: number): VisitView[] {
  return sql.all<VisitView>(
    `${VIEW} WHERE visit.id IN (SELECT value FROM json_each(?)) ORDER BY ${NEWEST_FIRST}`,
    before(briefDays),
    JSON.stringify(ids),
  );
}

/** Visits of a customer at an instant by a person: the same line twice changes nothing. */
export function findSameVisit(
  sql: Reader,
  visit: { readonly customerId: number; readonly staffId: number; readonly visitedAt: string },
): VisitRow | undefined {
  return sql.get<VisitRow>(
    'SELECT * FROM visit WHERE customer_id = ? AND visited_at = ? AND staff_id = ?',
    visit.customerId,
    visit.visitedAt,
    visit.staffId,
  );
}

/** Visits since a day whose competitor information names somebody, the last first. Read in pieces. */
export function* visitsMentioning(
  sql: Reader,
  names: readonly string[],
  since: string,
  limit: number,
  atOnce = ROWS_AT_ONCE,
): Generator<undefined, VisitView[]> {
  const found: VisitView[] = [];
  for (const { from, to } of daySpans(sql, 'visit', { from: since }, atOnce)) {
    found.push(
      ...sql.all<VisitView>(
        `${VIEW} WHERE visit.day >= ? AND visit.day <= ? AND instr(visit.details, '"competitorInfo"') > 0
           AND EXISTS (SELECT 1 FROM json_each(?) AS wanted
           WHERE instr(coalesce(visit.details ->> 'competitorInfo', ''), wanted.value) > 0)
         ORDER BY ${NEWEST_FIRST} LIMIT ?`,
        before(0),
        from,
        to,
        JSON.stringify(names),
        limit - found.length,
      ),
    );
    if (found.length >= limit) break;
    yield;
  }
  return found;
}

export interface BriefCounts {
  readonly staff_id: number;
  readonly staff_name: string;
  readonly visits: number;
  readonly briefed: number;
  readonly said_read: number;
  readonly said_filled: number;
}
/** C8: visits of a period per person, how many were briefed, and what the reports themselves say. Read in pieces. */
export function* briefStatistics(
  sql: Reader,
  from: string,
  to: string,
  briefDays: number,
  atOnce = ROWS_AT_ONCE,
): Generator<undefined, BriefCounts[]> {
  const people = new Map<number, BriefCounts>();
  for (const days of daySpans(sql, 'visit', { from, to }, atOnce)) {
    for (const row of sql.all<BriefCounts>(
      `SELECT visit.staff_id, staff.name AS staff_name, count(*) AS visits, sum(${BRIEFED}) AS briefed,
         sum(coalesce(visit.details ->> 'cardRead', 0)) AS said_read, sum(coalesce(visit.details ->> 'cardFilled', 0)) AS said_filled
       FROM visit JOIN staff ON staff.id = visit.staff_id WHERE visit.day >= ? AND visit.day <= ? GROUP BY visit.staff_id`,
      before(briefDays),
      days.from,
      days.to,
    )) {
      const earlier = people.get(row.staff_id);
      people.set(row.staff_id, {
        ...row,
        visits: row.visits + (earlier?.visits ?? 0),
        briefed: row.briefed + (earlier?.briefed ?? 0),
        said_read: row.said_read + (earlier?.said_read ?? 0),
        said_filled: row.said_filled + (earlier?.said_filled ?? 0),
      });
    }
    yield;
  }
  return [...people.values()].sort((a, b) => b.visits - a.visits || compareAtoms(a.staff_name, b.staff_name));
}

/** A salesperson's active customers in route order (K1): cards name people by name, or by id, as a text or as a number. */
export function customersOnRoute(
  sql: Reader,
  { id, name }: { readonly id: number; readonly name: string },
  limit: number,
): number[] {
  return sql
    .all<{ id: number }>(
      `SELECT customer.id FROM json_each(?) AS person
       CROSS JOIN card_value AS named INDEXED BY card_value_ordered
         ON named.field = 'responsibleSalesperson' AND named.ordinal = 0 AND named.value = person.value
       CROSS JOIN customer ON customer.id = named.customer_id AND customer.status = 'active'
       LEFT JOIN card_value AS place ON place.field = 'routeOrder' AND place.customer_id = customer.id AND place.ordinal = 0
       ORDER BY CAST(coalesce(place.value, 999999) AS INTEGER), number LIMIT ?`,
      JSON.stringify([...new Set([name, String(id)]), id]),
      limit,
    )
    .map((row) => row.id);
}
