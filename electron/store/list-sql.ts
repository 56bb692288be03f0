import { AFTER_ANY_TIME, type Condition, type ListFieldType } from '../../shared/domain/lists/list-query.ts';
import type { SqlValue } from './sql.ts';

/** Conditions of a list as SQL: fixed texts with bound values. The rule they equal is `conditionHolds`. */

export interface ListCondition extends Condition {
  readonly type: ListFieldType;
  /** The column holds several options with commas between: one of them is meant. */
  readonly joined?: true | undefined;
}

/** Where a field's value stands: in a column of the list's own row, or as rows of a table of values. */
export type ListColumn =
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'values'; readonly table: string; readonly key: string; readonly record: string };

interface Sql {
  readonly sql: string;
  readonly values: SqlValue[];
}

const escaped = (text: string) => text.replace(/[\\%_]/g, (character) => `\\${character}`);
const list = (values: Condition['values']) => JSON.stringify(values);

/** The comparison of one present value. */
function comparison({ type, is, values, joined }: ListCondition, value: string): Sql {
  const [first = '', second = ''] = values;
  if (type === 'flag') return { sql: `${value} = ?`, values: [first === true ? 1 : 0] };
  if (type === 'number') {
    // A text that stands where a number belongs is none.
    const number = `typeof(${value}) IN ('integer', 'real') AND ${value}`;
    if (is === 'is') return { sql: `${number} IN (SELECT value FROM json_each(?))`, values: [list(values)] };
    if (is === 'atLeast') return { sql: `${number} >= ?`, values: [Number(first)] };
    if (is === 'atMost') return { sql: `${number} <= ?`, values: [Number(first)] };
    return { sql: `${number} BETWEEN ? AND ?`, values: [Number(first), Number(second)] };
  }
  const text = `CAST(${value} AS TEXT)`;
  if (type === 'date') {
    const end = `${String(is === 'between' ? second : first)}${AFTER_ANY_TIME}`;
    if (is === 'atLeast') return { sql: `${text} >= ?`, values: [String(first)] };
    if (is === 'atMost') return { sql: `${text} < ?`, values: [end] };
    return { sql: `${text} >= ? AND ${text} < ?`, values: [String(first), end] };
  }
  if (is === 'is' && joined === true)
    return {
      sql: `EXISTS (SELECT 1 FROM json_each(?) AS one WHERE instr(',' || ${text} || ',', ',' || one.value || ',') > 0)`,
      values: [list(values)],
    };
  if (is === 'is') return { sql: `${text} IN (SELECT value FROM json_each(?))`, values: [list(values)] };
  const pattern = is === 'startsWith' ? `${escaped(String(first))}%` : `%${escaped(String(first))}%`;
  return { sql: `${text} LIKE ? ESCAPE '\\'`, values: [pattern] };
}

const POSITIVE = { isNot: 'is', containsNot: 'contains' } as const;

/** A whole condition, to stand in a WHERE. */
export function sqlOfCondition(condition: ListCondition, where: ListColumn): Sql {
  const { is, type } = condition;
  const negated = is === 'isNot' || is === 'containsNot' || is === 'empty';
  const asked =
    is === 'empty' || is === 'filled'
      ? undefined
      : { ...condition, is: is === 'isNot' || is === 'containsNot' ? POSITIVE[is] : is };
  if (where.kind === 'column') {
    const present = `${where.column} IS NOT NULL AND ${where.column} <> ''`;
    const fits = asked === undefined ? undefined : comparison(asked, where.column);
    const sql = fits === undefined ? present : `${present} AND ${fits.sql}`;
    if (type === 'flag') return { sql: `(${where.column} = ?)`, values: [condition.values[0] === true ? 1 : 0] };
    // An absent value makes a comparison NULL, which NOT would keep NULL.
    return { sql: negated ? `NOT coalesce(${sql}, 0)` : `(${sql})`, values: fits?.values ?? [] };
  }
  // A flag that was never answered is no.
  const flagNo = type === 'flag' && condition.values[0] === false;
  const fits =
    asked === undefined ? undefined : comparison(flagNo ? { ...asked, values: [true] } : asked, `${where.table}.value`);
  const among = `SELECT ${where.key} FROM ${where.table} WHERE ${where.table}.field = ? AND ${where.table}.value <> ''${
    fits === undefined ? '' : ` AND ${fits.sql}`
  }`;
  return {
    sql: `${where.record} ${negated || flagNo ? 'NOT ' : ''}IN (${among})`,
    values: [condition.field, ...(fits?.values ?? [])],
  };
}
