import { AFTER_ANY_TIME, type Condition, type ListFieldType } from '../../shared/domain/lists/list-query.ts';
import type { SqlValue } from './sql.ts';

/** Conditions of a list as SQL: fixed texts with bound values. The rule they equal is `conditionHolds`. */

export interface ListCondition extends Condition {
  readonly type: ListFieldType;
  /** The column holds several options with commas between: one of them is meant. */
  readonly joined?: true | undefined;
}

/**
 * Where a field's value stands: in a column of the list's own row, or as rows of a table of values. `typed`: the table itself holds it to
 * texts or to whole numbers, so that it is compared as it is and an index of it can be searched.
 */
export type ListColumn = { readonly kind: 'column'; readonly column: string; readonly typed?: true } | ValuesColumn;

export interface ValuesColumn {
  readonly kind: 'values';
  readonly table: string;
  readonly key: string;
  readonly record: string;
  /** Asked of one record after the other, not of all at once. */
  readonly each?: true;
  /** An index of the table that has this field's values in their order, one for each record, and what it is limited to. */
  readonly ordered?: { readonly index: string; readonly holds: string } | undefined;
}

interface Sql {
  readonly sql: string;
  readonly values: SqlValue[];
}

/** Stands behind every text that begins with another one. */
export const AFTER_ANY_TEXT = '\u{10FFFF}';
const escaped = (text: string) => text.replace(/[\\%_]/g, (character) => `\\${character}`);
const list = (values: Condition['values']) => JSON.stringify(values);

/** The comparison of one present value. */
function comparison({ type, is, values, joined }: ListCondition, value: string, typed = false): Sql {
  const [first = '', second = ''] = values;
  if (type === 'flag') return { sql: `${value} = ?`, values: [first === true ? 1 : 0] };
  if (type === 'number') {
    // A text that stands where a number belongs is none.
    const number = typed ? value : `typeof(${value}) IN ('integer', 'real') AND ${value}`;
    if (is === 'is') return { sql: `${number} IN (SELECT value FROM json_each(?))`, values: [list(values)] };
    if (is === 'atLeast') return { sql: `${number} >= ?`, values: [Number(first)] };
    if (is === 'atMost') return { sql: `${number} <= ?`, values: [Number(first)] };
    return { sql: `${number} BETWEEN ? AND ?`, values: [Number(first), Number(second)] };
  }
  const text = typed ? value : `CAST(${value} AS TEXT)`;
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
  const sought = String(first);
  // Large and small letters are one to LIKE and two to an index.
  if (is === 'startsWith' && typed && !/[a-z]/i.test(sought))
    return { sql: `${text} >= ? AND ${text} < ?`, values: [sought, `${sought}${AFTER_ANY_TEXT}`] };
  const pattern = is === 'startsWith' ? `${escaped(sought)}%` : `%${escaped(sought)}%`;
  return { sql: `${text} LIKE ? ESCAPE '\\'`, values: [pattern] };
}

const POSITIVE = { isNot: 'is', containsNot: 'contains' } as const;

/** What a condition denies; undefined for one that denies nothing. */
export function denied<C extends ListCondition>(condition: C): C | undefined {
  const { is } = condition;
  return is === 'isNot' || is === 'containsNot' ? { ...condition, is: POSITIVE[is] } : undefined;
}

/** A whole condition, to stand in a WHERE. */
export function sqlOfCondition(condition: ListCondition, where: ListColumn): Sql {
  const { is, type } = condition;
  const negated = is === 'isNot' || is === 'containsNot' || is === 'empty';
  const asked = is === 'empty' || is === 'filled' ? undefined : (denied(condition) ?? condition);
  if (where.kind === 'column') {
    const present = `${where.column} IS NOT NULL AND ${where.column} <> ''`;
    const fits = asked === undefined ? undefined : comparison(asked, where.column, where.typed);
    const sql = fits === undefined ? present : `${present} AND ${fits.sql}`;
    if (is === 'empty') return { sql: `(${where.column} IS NULL OR ${where.column} = '')`, values: [] };
    if (type === 'flag') return { sql: `(${where.column} = ?)`, values: [condition.values[0] === true ? 1 : 0] };
    // An absent value makes a comparison NULL, which NOT would keep NULL.
    return { sql: negated ? `NOT coalesce(${sql}, 0)` : `(${sql})`, values: fits?.values ?? [] };
  }
  const { from, values, without } = valuesAsked(condition, where);
  const not = without ? 'NOT ' : '';
  return {
    sql:
      where.each === true
        ? `${not}EXISTS (SELECT 1 ${from} AND ${where.table}.${where.key} = ${where.record})`
        : `${where.record} ${not}IN (SELECT ${where.key} ${from})`,
    values,
  };
}

/** The rows of a table of values that a condition asks about; `without`: it holds for the records that have none of them. */
export function valuesAsked(
  condition: ListCondition,
  { table, each, ordered }: ValuesColumn,
): { readonly from: string; readonly values: SqlValue[]; readonly without: boolean } {
  const { is, type } = condition;
  // A flag that was never answered is no.
  const no = type === 'flag' && condition.values[0] === false;
  const positive = no ? { ...condition, values: [true] } : (denied(condition) ?? condition);
  // A day or a choice is always written as a text; a number that is one is told by its type.
  const typed = ordered !== undefined && (type === 'option' || type === 'date');
  const fits = is === 'empty' || is === 'filled' ? undefined : comparison(positive, `${table}.value`, typed);
  const from =
    ordered === undefined || each
      ? `${table} WHERE`
      : `${table} INDEXED BY ${ordered.index} WHERE ${ordered.holds} AND`;
  return {
    from: `FROM ${from} ${table}.field = ? AND ${table}.value <> ''${fits === undefined ? '' : ` AND ${fits.sql}`}`,
    values: [condition.field, ...(fits?.values ?? [])],
    without: no || is === 'empty' || positive !== condition,
  };
}
