import type { z } from 'zod';
import type { customerQuery, customerSelection } from '../../shared/contract/customer-lists.ts';
import { type FieldValue, fieldAt } from '../../shared/domain/form-fields.ts';
import { customerListFields, isColumnField } from '../../shared/domain/lists/customer-list.ts';
import { type Condition, conditionProblem, type ListField } from '../../shared/domain/lists/list-query.ts';
import { visibleValues } from '../../shared/domain/masks.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { AppError, type FieldError } from '../../shared/errors/app-error.ts';
import { type CustomerFilter, withNamesFromIndex } from '../store/customer-list-filters.ts';
import {
  type CustomerListRow,
  countCustomers,
  customerGroups,
  customerIdsOf,
  customerSums,
  fieldValuesOf,
  pageOfCustomers,
  writtenPhones,
} from '../store/customer-lists.ts';
import { findCustomer, findCustomerById } from '../store/customers.ts';
import { countedCards } from '../store/kept-counts.ts';
import type { ListCondition } from '../store/list-sql.ts';
import { findInIndex } from '../store/search-index.ts';
import type { Reader } from '../store/sql.ts';
import type { HandlersOf, QueryContext } from './context.ts';
import { listedFor, PHONE_KEYS, type StoredValues, seesEverything } from './customer-record.ts';
import { LARGEST_NARROWING } from './customers.ts';
import { cardForms } from './own-forms.ts';
import { countedWhileUnchanged } from './remembered.ts';
import { describeCustomer, matchesOf, searchedWords } from './search-matches.ts';
import { todayOf } from './today.ts';

/** Lists of cards, and what acts on many cards are about. */

type CustomerQuery = z.output<z.ZodObject<typeof customerQuery>>;
export type CustomerSelection = z.output<typeof customerSelection>;

const MOST_GROUPS = 2_000;

/** What a list needs of a context. */
export type Asking = Pick<QueryContext, 'clock' | 'actor'> & { readonly sql: Reader };

/** @throws AppError INPUT_INVALID naming the field that is not in the vocabulary of this reader's role. */
export function requireField(
  fields: ReadonlyMap<string, ListField>,
  path: string,
  key: string,
  numeric = false,
): ListField {
  const field = fields.get(key);
  if (field === undefined || (numeric && field.type !== 'number'))
    throw new AppError('INPUT_INVALID', {
      fields: [
        {
          path,
          message: numeric ? 'validation.list.notNumeric' : 'validation.list.unknownField',
          params: { field: key },
        },
      ],
    });
  return field;
}

/** Every one of these fields may be shown to the role. @throws AppError INPUT_INVALID naming the first that may not. */
export function requireListFields({ sql, actor }: Asking, keys: readonly string[]): void {
  const fields = customerListFields(actor.role, cardForms(sql));
  for (const [index, key] of keys.entries()) requireField(fields, `columns.${index}`, key);
}

export function checkedConditions(
  fields: ReadonlyMap<string, ListField>,
  conditions: readonly Condition[],
): ListCondition[] {
  const problems = conditions.flatMap((condition, index): FieldError[] => {
    const problem = conditionProblem(fields, condition);
    return problem === undefined
      ? []
      : [{ path: `filter.${index}`, message: `validation.list.${problem}`, params: { field: condition.field } }];
  });
  if (problems.length > 0) throw new AppError('INPUT_INVALID', { fields: problems });
  return conditions.map((condition) => {
    const field = fields.get(condition.field);
    return { ...condition, type: field?.type ?? 'text', joined: field?.joined };
  });
}

/** The store's filter for what a list asks; conditions are checked against what the reader's role may ask. */
export function customerFilterOf(
  { sql, clock, actor }: Asking,
  query: CustomerQuery,
  /** So many cards a typed text may find: a list shows no more, an act on many is about all of them. */
  most = LARGEST_NARROWING,
): CustomerFilter {
  const text = query.text.trim();
  return {
    kind: query.kind,
    tier: query.tier,
    show: query.show,
    today: todayOf(clock),
    ids: text === '' ? undefined : customersNamed(sql, actor.role, text, most),
    conditions: withNamesFromIndex(
      sql,
      checkedConditions(customerListFields(actor.role, cardForms(sql)), query.filter),
      countedCards(sql, {}).cards,
    ),
  };
}

/**
 * Ids of the cards that an act on many is about, in the order of their numbers.
 * @throws AppError NOT_FOUND for a number that nobody has, not more than `limit`.
 */
export function selectedCustomers(context: Asking, selection: CustomerSelection, limit: number): number[] {
  if ('query' in selection)
    return customerIdsOf(
      context.sql,
      customerFilterOf(context, selection.query, Number.MAX_SAFE_INTEGER),
      { sort: 'number', descending: false },
      limit,
    );
  return selection.numbers.slice(0, limit).map((number) => {
    const row = findCustomer(context.sql, number);
    if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'customer', number } });
    return row.id;
  });
}

/** Cards in which this reader finds the text: a word that stands only in what is hidden from the role finds nothing (rule R). */
export function customersNamed(sql: Reader, role: Role, text: string, most = LARGEST_NARROWING): number[] {
  const ids = findInIndex(sql, text, most, ['customer']).map(({ id }) => id);
  if (seesEverything(role)) return ids;
  const words = searchedWords(text);
  const forms = cardForms(sql);
  return ids.filter((id) => {
    const row = findCustomerById(sql, id);
    return row !== undefined && matchesOf(describeCustomer(role, row, forms), words).length > 0;
  });
}

/** A column of a row by the list's name for it. */
const COLUMN_VALUES: Readonly<Record<string, (row: CustomerListRow) => FieldValue>> = {
  number: (row) => row.number,
  name: (row) => row.name,
  kind: (row) => row.kind,
  status: (row) => row.status,
  tier: (row) => row.tier,
  region: (row) => row.region,
  creditGrade: (row) => row.credit_grade,
  contact: (row) => row.contact,
  phone: (row) => row.phone,
  directExport: (row) => row.direct_export === 1,
  completeness: (row) => row.completeness,
  papers: (row) => row.papers,
  missingPapers: (row) => row.missing_papers,
  late: (row) => row.late === 1,
  visitedAt: (row) => row.visited_at,
  createdAt: (row) => row.created_at,
  createdBy: (row) => row.created_by,
  updatedAt: (row) => row.updated_at,
  updatedBy: (row) => row.updated_by,
  reviewedOn: (row) => row.reviewed_on,
  reviewDue: (row) => row.review_due,
};

/** The value at `contacts.name`, `annualTurnover` or `annualTurnover.currency`: of a list's part every entry's. */
function valueAt(values: StoredValues, key: string): FieldValue {
  const [first = '', ...rest] = key.split('.');
  const value = values[first];
  const [part, ...deeper] = rest;
  if (value === undefined || value === null) return null;
  if (part === undefined) return value;
  if (Array.isArray(value))
    return (value as readonly unknown[]).flatMap((entry) => {
      if (typeof entry !== 'object' || entry === null) return [];
      const found = valueAt(entry as StoredValues, [part, ...deeper].join('.'));
      return found === null ? [] : Array.isArray(found) ? (found as readonly string[]) : [found as string];
    }) as readonly string[];
  return typeof value === 'object' && part === 'currency' ? ((value as { currency?: string }).currency ?? null) : null;
}

/** Rows of a list with the values of chosen fields, as the reader's role may see them (rule R). */
export function withChosenFields(
  { sql, actor }: Asking,
  rows: readonly CustomerListRow[],
  columns: readonly string[],
): { readonly row: CustomerListRow; readonly more: Record<string, FieldValue> }[] {
  const fromForm = columns.filter((key) => !isColumnField(key));
  const needed = new Set(fromForm.map((key) => key.split('.')[0] ?? ''));
  const full = seesEverything(actor.role);
  const stored =
    fromForm.length === 0 && full
      ? undefined
      : fieldValuesOf(
          sql,
          rows.map(({ id }) => id),
        );
  const forms = cardForms(sql);
  // The column itself has the digits alone, by which numbers are compared and sorted.
  const phones = full
    ? writtenPhones(
        sql,
        rows.map(({ id }) => id),
        PHONE_KEYS,
      )
    : undefined;
  return rows.map((whole) => {
    const values = JSON.parse(stored?.get(whole.id) ?? '{}') as StoredValues;
    const row = full
      ? { ...whole, phone: phones?.get(whole.id) ?? whole.phone }
      : { ...whole, ...listedFor(actor.role, whole, values, forms) };
    const more: Record<string, FieldValue> = {};
    for (const key of columns) if (isColumnField(key)) more[key] = COLUMN_VALUES[key]?.(row) ?? null;
    const visible = visibleValues(
      actor.role,
      row.kind,
      Object.fromEntries(Object.entries(values).filter(([key]) => needed.has(key))),
      forms,
    );
    for (const key of fromForm) {
      const value = fieldAt(row.kind, key, forms) === undefined ? null : valueAt(visible, key);
      if (value !== null) more[key] = value;
    }
    return { row, more };
  });
}

/** A list is asked for page by page, and for its totals: what is narrowed is counted once. */
const rememberedCount =
  ({ archive }: Pick<QueryContext, 'archive'>): typeof countCustomers =>
  (sql, filter) =>
    filter.ids === undefined
      ? countedWhileUnchanged(archive, ['customers', filter], () => countCustomers(sql, filter))
      : countCustomers(sql, filter);

export const customerListHandlers: HandlersOf<'customers.list' | 'customers.groups' | 'customers.totals'> = {
  'customers.list': {
    phase: 'query',
    run(context, input) {
      const { sql, actor } = context;
      const fields = customerListFields(actor.role, cardForms(sql));
      requireField(fields, 'sort', input.sort);
      if (input.group !== undefined) requireField(fields, 'group', input.group);
      requireListFields(context, input.columns);
      const filter = customerFilterOf(context, input);
      const page = pageOfCustomers(sql, filter, input, {
        enough: input.count === 'enough',
        count: rememberedCount(context),
      });
      const rows = withChosenFields(context, page.rows, input.columns);
      return {
        total: page.total,
        more: page.more,
        rows: rows.map(({ row, more }) => ({
          number: row.number,
          kind: row.kind,
          name: row.name,
          region: row.region,
          tier: row.tier,
          creditGrade: row.credit_grade,
          phone: row.phone,
          contact: row.contact,
          completeness: row.completeness,
          updatedAt: row.updated_at,
          reviewDue: row.review_due,
          late: row.late === 1,
          papers: row.papers,
          more: more as Record<string, never>,
        })),
      };
    },
  },
  'customers.groups': {
    phase: 'query',
    run(context, input) {
      const { sql, actor } = context;
      requireField(customerListFields(actor.role, cardForms(sql)), 'group', input.group);
      const filter = customerFilterOf(context, input);
      const groups = customerGroups(sql, filter, input.group, MOST_GROUPS);
      const total = rememberedCount(context)(sql, filter);
      return { groups, total, complete: groups.reduce((sum, { count }) => sum + count, 0) === total };
    },
  },
  'customers.totals': {
    phase: 'query',
    run(context, input) {
      const { sql, actor } = context;
      const fields = customerListFields(actor.role, cardForms(sql));
      for (const [index, key] of input.fields.entries()) requireField(fields, `fields.${index}`, key, true);
      const filter = customerFilterOf(context, input);
      return {
        total: rememberedCount(context)(sql, filter),
        firstOnly: (filter.ids?.length ?? 0) < LARGEST_NARROWING ? null : LARGEST_NARROWING,
        sums: input.fields.flatMap((field) => customerSums(sql, filter, field).map((sum) => ({ field, ...sum }))),
      };
    },
  },
};
