import type { Reader, SqlValue, Writer } from './sql.ts';

/**
 * What one duty asks of the store, in parts, so that counting, listing, the calendar and putting off are made from it once for
 * all. Every part is constant SQL; `:today` and the parameters of the source may stand in any.
 */
export interface DutyQuery {
  /** One table; an index of it holds `where`, `day` and `record`, so that counting touches nothing else. */
  readonly from: string;
  /** The index to count and list along, where SQLite would choose another. */
  readonly index?: string;
  /** What is not done yet. */
  readonly where: string;
  /** Whole number that stands for the record. */
  readonly record: string;
  /** Day by which it is to be done; null: it has none. */
  readonly day: string | null;
  /** The instant that this day is worked out from, in the index, and the first such instant of a day: no row's day has to be worked out. */
  readonly dayOf?: { readonly instant: string; begins(day: string): string };
  /** Only for lines that are shown. */
  readonly joins?: string;
  /** Number or code by which people know it. */
  readonly subject: string;
  readonly title: string;
  /** `json_object(…)`: what the note says besides, by the names in its text. */
  readonly params?: string;
  /** Which of several notes (`duty.<key>.note.<variant>`). */
  readonly variant?: string;
  /** How many there are and how many of them are past their day, put off or not, where that is kept; undefined: to be counted. */
  kept?(sql: Reader, frame: DutyFrame): DutyCount | undefined;
  /** Order of the lines; default: by day. */
  readonly order?: string;
}

export interface DutyCount {
  readonly total: number;
  readonly overdue: number;
}

/** Which part of a duty is asked for. */
export interface DutyFrame {
  readonly duty: string;
  readonly today: string;
  /** Days from and up to which, for a query that has days; null: no limit at that end. */
  readonly from: string | null;
  readonly to: string | null;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface DutyRow {
  readonly record: number;
  readonly subject: string;
  readonly title: string;
  readonly day: string | null;
  readonly params: string;
  readonly variant: string;
}

/** What was put off is away until its day. */
const PUT_OFF = 'IN (SELECT record FROM duty_deferral WHERE duty = :duty AND until > :today)';
const NOT_PUT_OFF = `NOT ${PUT_OFF}`;

const along = ({ from, index }: DutyQuery): string => (index === undefined ? from : `${from} INDEXED BY ${index}`);

function conditions(query: DutyQuery, frame: DutyFrame): string {
  const parts = [`(${query.where})`, `${query.record} ${NOT_PUT_OFF}`];
  if (query.day !== null) {
    const { instant, begins } = query.dayOf ?? { instant: query.day, begins: (day: string) => day };
    if (frame.from !== null) parts.push(`${instant} >= ${begins(':from')}`);
    if (frame.to !== null) parts.push(`${instant} < ${begins("date(:to, '+1 day')")}`);
  }
  return parts.join(' AND ');
}

/** Only what the statement names may be bound. */
function bound(text: string, query: DutyQuery, frame: DutyFrame, more: Record<string, SqlValue> = {}) {
  const all: Record<string, SqlValue> = {
    duty: frame.duty,
    today: frame.today,
    ...frame.params,
    ...(query.day !== null && frame.from !== null ? { from: frame.from } : {}),
    ...(query.day !== null && frame.to !== null ? { to: frame.to } : {}),
    ...more,
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => new RegExp(`:${name}\\b`).test(text)));
}

/** How many, and how many of them are past their day. */
export function countDuty(sql: Reader, query: DutyQuery, frame: DutyFrame): DutyCount {
  const late = query.dayOf ? `${query.dayOf.instant} < ${query.dayOf.begins(':today')}` : `${query.day} < :today`;
  const overdue = query.day === null ? '0' : `coalesce(sum(${late}), 0)`;
  const count = (from: string, where: string): DutyCount => {
    const text = `SELECT count(*) AS total, ${overdue} AS overdue FROM ${from} WHERE ${where}`;
    return sql.get<DutyCount>(text, bound(text, query, frame)) ?? { total: 0, overdue: 0 };
  };
  const kept = query.kept?.(sql, frame);
  if (kept === undefined) return count(along(query), conditions(query, frame));
  const away = count(query.from, conditions(query, frame).replace(NOT_PUT_OFF, PUT_OFF));
  return { total: kept.total - away.total, overdue: kept.overdue - away.overdue };
}

/** Lines, the most pressing first. */
export function listDuty(sql: Reader, query: DutyQuery, frame: DutyFrame, offset: number, limit: number): DutyRow[] {
  const order =
    query.order ?? (query.day === null ? query.record : `${query.dayOf?.instant ?? query.day}, ${query.record}`);
  const text = `SELECT ${query.record} AS record, ${query.subject} AS subject, ${query.title} AS title, ${query.day ?? 'NULL'} AS day,
      ${query.params ?? "'{}'"} AS params, ${query.variant ?? "''"} AS variant
    FROM ${along(query)} ${query.joins ?? ''} WHERE ${conditions(query, frame)} ORDER BY ${order} LIMIT :limit OFFSET :offset`;
  return sql.all<DutyRow>(text, bound(text, query, frame, { limit, offset }));
}

/** How many fall on each day of the frame. */
export function dutyDays(sql: Reader, query: DutyQuery, frame: DutyFrame): { day: string; n: number }[] {
  if (query.day === null) return [];
  const text = `SELECT ${query.day} AS day, count(*) AS n FROM ${along(query)} WHERE ${conditions(query, frame)} GROUP BY ${query.day}`;
  return sql.all(text, bound(text, query, frame));
}

/** The record behind a number that people use, while it is a duty and has not been put off. */
export function findDutyRecord(sql: Reader, query: DutyQuery, frame: DutyFrame, subject: string): number | undefined {
  const text = `SELECT ${query.record} AS record FROM ${query.from} ${query.joins ?? ''}
    WHERE ${conditions(query, frame)} AND ${query.subject} = :subject LIMIT 1`;
  return sql.get<{ record: number }>(text, bound(text, query, frame, { subject }))?.record;
}

/** Lines of records that were put off and are not done yet, whatever their day. */
export function putOffLines(sql: Reader, query: DutyQuery, frame: DutyFrame): (DutyRow & Deferral)[] {
  const text = `SELECT duty_deferral.record, ${query.subject} AS subject, ${query.title} AS title, ${query.day ?? 'NULL'} AS day,
      ${query.params ?? "'{}'"} AS params, ${query.variant ?? "''"} AS variant,
      duty_deferral.duty, duty_deferral.until, duty_deferral.reason, duty_deferral.at, duty_deferral.by
    FROM duty_deferral CROSS JOIN ${query.from} ON ${query.record} = duty_deferral.record ${query.joins ?? ''}
    WHERE duty_deferral.duty = :duty AND duty_deferral.until > :today AND (${query.where}) ORDER BY duty_deferral.until, duty_deferral.record LIMIT 200`;
  return sql.all(text, bound(text, query, { ...frame, from: null, to: null }));
}

export interface Deferral {
  readonly duty: string;
  /** 0: the whole duty. */
  readonly record: number;
  readonly until: string;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}

/** What of one duty is away today. */
export function deferralsOf(sql: Reader, duty: string, today: string): Deferral[] {
  return sql.all('SELECT * FROM duty_deferral WHERE duty = ? AND until > ? ORDER BY until, record', duty, today);
}

export function deferredRecords(sql: Reader, duty: string, today: string): number[] {
  return deferralsOf(sql, duty, today).map(({ record }) => record);
}

/** Whole duties that are away today. */
export function wholeDeferrals(sql: Reader, today: string): Deferral[] {
  return sql.all('SELECT * FROM duty_deferral WHERE record = 0 AND until > ?', today);
}

export function saveDeferral(sql: Writer, row: Deferral): void {
  sql.run(
    `INSERT INTO duty_deferral (duty, record, until, reason, at, by) VALUES (:duty, :record, :until, :reason, :at, :by)
     ON CONFLICT (duty, record) DO UPDATE SET until = excluded.until, reason = excluded.reason, at = excluded.at, by = excluded.by`,
    { ...row },
  );
}

/** True when there was one. */
export function deleteDeferral(sql: Writer, duty: string, record: number): boolean {
  return sql.run('DELETE FROM duty_deferral WHERE duty = ? AND record = ?', duty, record).changes > 0;
}
