import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import { CLASS_FIELDS, type ClassField, compareRouteStops, TIERS } from '../../shared/domain/classification.ts';
import { fieldAt } from '../../shared/domain/form-fields.ts';
import { isOption } from '../../shared/domain/forms/option-sets.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  changesOfAct,
  classChanges,
  findAct,
  insertAct,
  insertActChange,
  lastVisitOn,
  listActs,
  markActUndone,
  routePeople,
} from '../store/classification.ts';
import { customersByIds } from '../store/customer-lists.ts';
import { type CustomerRow, findCustomer, findCustomerById } from '../store/customers.ts';
import type { Reader } from '../store/sql.ts';
import { findStaff } from '../store/staff.ts';
import { customersOnRoute } from '../store/visits.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { type Asking, selectedCustomers } from './customer-lists.ts';
import { valuesOf } from './customer-record.ts';
import { changeCard, getCustomer } from './customers.ts';
import { inTurns } from './in-turns.ts';
import { cardForms } from './own-forms.ts';
import { rememberedWhileUnchanged } from './remembered.ts';
import { figuresOf } from './tier-proposals.ts';
import { dayOf, todayOf } from './today.ts';

/** Nature, grade, tier and route order of customers, one or many at once, with reason and history (K1–K4). */

const MOST_STOPS = 2_000;
/** Most cards of one act. */
const MOST_CLASSED = 5_000;
/** Kept as a number on the card; a salesperson may also stand there by a name that the register does not know. */
const IS_NUMBER: ReadonlySet<ClassField> = new Set(['routeOrder', 'responsibleSalesperson']);
const ROUTE_STEP = 10;

/** The class a card has in a field; undefined where its form has no such field. */
function classOf(row: CustomerRow, field: ClassField): string | undefined {
  if (field === 'tier') return row.tier;
  if (fieldAt(row.kind, field) === undefined) return undefined;
  const value = valuesOf(row)[field];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** @throws AppError INPUT_INVALID for what is no value of the field */
function checkValue(sql: Reader, field: ClassField, value: string): void {
  // The set is one for both kinds of card; own values of the keeper count.
  const definition = fieldAt('enterprise', field, cardForms(sql));
  const fits =
    field === 'tier'
      ? TIERS.some((tier) => tier === value)
      : field === 'routeOrder'
        ? value === '' || /^\d{1,6}$/.test(value)
        : field === 'responsibleSalesperson'
          ? value === '' || /^\d{1,12}$/.test(value)
          : value === '' || (definition !== undefined && isOption(definition, value));
  if (!fits) throw new AppError('INPUT_INVALID', { fields: [{ path: 'value', message: 'validation.option' }] });
}

/** Writes one class onto a card and nothing else. */
function setClass(
  context: CommandContext,
  row: CustomerRow,
  field: ClassField,
  value: string,
  reason: string,
): CustomerRow {
  const change =
    field === 'tier'
      ? { values: {}, tier: value as CustomerRow['tier'] }
      : {
          values: {
            [field]: value === '' ? null : IS_NUMBER.has(field) && /^\d+$/.test(value) ? Number(value) : value,
          },
        };
  return changeCard(context, row, { ...change, evidence: reason }).row;
}

const staffNamed = (sql: Reader, staffId: number, today: string) => {
  const staff = findStaff(sql, staffId, today);
  if (staff === undefined) throw new AppError('NOT_FOUND', { params: { what: 'staff', number: staffId } });
  return staff;
};

interface Judged {
  readonly changes: readonly { readonly row: CustomerRow; readonly from: string }[];
  readonly unchanged: number;
  readonly unfit: OutputOf<'classification.preview'>['unfit'];
}
/** The cards that are meant, by their numbers. @throws AppError INPUT_INVALID for none, or more than one act takes */
function numbersOf(
  context: Asking,
  { numbers, selection }: Pick<ParsedInputOf<'classification.preview'>, 'numbers' | 'selection'>,
): readonly string[] {
  if (numbers !== undefined) return numbers;
  if (selection === undefined)
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'numbers', message: 'validation.required' }] });
  const ids = selectedCustomers(context, selection, MOST_CLASSED + 1);
  if (ids.length > MOST_CLASSED)
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: 'selection', message: 'validation.list.tooMany', params: { most: MOST_CLASSED } }],
    });
  return customersByIds(context.sql, ids).map(({ number }) => number);
}

function judge(sql: Reader, field: ClassField, value: string, numbers: readonly string[], today: string): Judged {
  checkValue(sql, field, value);
  // Cards name a salesperson by the register or by name: the same person is no change.
  const sameAs =
    field === 'responsibleSalesperson' && value !== '' ? staffNamed(sql, Number(value), today).name : value;
  const changes: { row: CustomerRow; from: string }[] = [];
  const unfit: OutputOf<'classification.preview'>['unfit'] = [];
  let unchanged = 0;
  for (const number of new Set(numbers)) {
    const row = findCustomer(sql, number);
    const from = row === undefined ? undefined : classOf(row, field);
    if (row === undefined) unfit.push({ number, reason: 'unknown' });
    else if (from === undefined) unfit.push({ number, reason: 'noField' });
    else if (from === value || from === sameAs) unchanged += 1;
    else changes.push({ row, from });
  }
  return { changes, unchanged, unfit };
}

/** K4: a salesperson's customers in visiting order; those without a place come last, by number. */
export function routeOf(sql: Reader, staffId: number, today: string): OutputOf<'routes.get'> {
  const staff = staffNamed(sql, staffId, today);
  const stops = customersOnRoute(sql, staff, MOST_STOPS).flatMap((id) => {
    const row = findCustomerById(sql, id);
    if (row === undefined) return [];
    const values = valuesOf(row);
    const text = (...keys: string[]) =>
      keys.map((key) => values[key]).find((value): value is string => typeof value === 'string' && value !== '') ?? '';
    const visited = lastVisitOn(sql, id);
    const order = values['routeOrder'];
    return [
      {
        number: row.number,
        name: row.name,
        routeOrder: typeof order === 'number' ? order : null,
        tier: row.tier,
        contact: row.contact,
        phone: text('telephone', 'mobile', 'officePhone'),
        address: text('businessAddress', 'registeredAddress', 'postalAddress'),
        lastVisit: visited === null ? null : dayOf(new Date(visited)),
      },
    ];
  });
  return { staffId, staff: staff.name, stops: stops.sort(compareRouteStops) };
}

export const classificationHandlers: HandlersOf<
  | 'classification.preview'
  | 'classification.apply'
  | 'classification.undo'
  | 'classification.acts'
  | 'classification.history'
  | 'routes.people'
  | 'routes.get'
  | 'routes.save'
> = {
  'classification.preview': {
    phase: 'query',
    run(context, input) {
      const { field, value } = input;
      const { changes, unchanged, unfit } = judge(
        context.sql,
        field,
        value,
        numbersOf(context, input),
        todayOf(context.clock),
      );
      return {
        changes: changes.map(({ row, from }) => ({ number: row.number, name: row.name, from, to: value })),
        unchanged,
        unfit,
      };
    },
  },
  'classification.apply': {
    phase: 'command',
    run(context, input) {
      const { sql, clock, actor } = context;
      const { field, value, reason } = input;
      const { changes, unchanged, unfit } = judge(sql, field, value, numbersOf(context, input), todayOf(clock));
      const [wrong] = unfit;
      if (wrong !== undefined)
        throw new AppError('INPUT_INVALID', {
          fields: unfit.slice(0, 50).map(({ number, reason: why }) => ({
            path: 'numbers',
            message: `validation.classification.${why}`,
            params: { number },
          })),
        });
      const at = clock.now().toISOString();
      const act = insertAct(sql, { at, by: actor.displayName, field, value, reason, customers: changes.length });
      for (const { row, from } of changes) {
        const next = setClass(context, row, field, value, reason);
        insertActChange(sql, act, { customer_id: row.id, from_value: from, to_value: value, revision: next.revision });
      }
      context.note({ object: `classification:${act}`, why: reason, data: { field, customers: changes.length } });
      return { act, changed: changes.length, unchanged };
    },
  },
  'classification.undo': {
    phase: 'command',
    run(context, { act: id, reason }) {
      const { sql, clock } = context;
      const act = findAct(sql, id);
      context.note({ object: `classification:${id}`, why: reason });
      if (act === undefined) throw new AppError('NOT_FOUND', { params: { what: 'classification', number: id } });
      if (act.undone_at !== null) throw new AppError('CONFLICT', { params: { what: 'classification', number: id } });
      const field = act.field as ClassField;
      const kept: string[] = [];
      let undone = 0;
      for (const change of changesOfAct(sql, id)) {
        const row = findCustomerById(sql, change.customer_id);
        if (row === undefined) continue;
        // Classed anew since then: that was another decision, and it stands.
        if (classOf(row, field) !== change.to_value) kept.push(row.number);
        else {
          setClass(context, row, field, change.from_value, reason === '' ? `↩ ${act.reason}` : reason);
          undone += 1;
        }
      }
      markActUndone(sql, id, clock.now().toISOString());
      context.note({ data: { field, undone, kept: kept.length } });
      return { undone, kept };
    },
  },
  'classification.acts': {
    phase: 'query',
    run({ sql }, { offset, limit }) {
      const { rows, total } = listActs(sql, offset, limit);
      return {
        total,
        acts: rows.map(({ undone_at, field, ...row }) => ({ ...row, field: field as ClassField, undoneAt: undone_at })),
      };
    },
  },
  'classification.history': {
    phase: 'query',
    async run(context, { number }) {
      const { sql, clock } = context;
      const row = getCustomer(sql, number);
      const plain = (json: string): string => {
        const value: unknown = JSON.parse(json);
        return value === null ? '' : String(value);
      };
      const { id: _id, ...composition } = await figuresOf(context, todayOf(clock), row);
      return {
        classes: Object.fromEntries(CLASS_FIELDS.map((field) => [field, classOf(row, field) ?? ''])) as Record<
          ClassField,
          string
        >,
        changes: classChanges(sql, row.id, CLASS_FIELDS).map((change) => ({
          at: change.at,
          by: change.by,
          field: change.field,
          from: plain(change.from_value),
          to: plain(change.to_value),
          reason: change.evidence,
        })),
        composition,
      };
    },
  },
  'routes.people': {
    phase: 'query',
    run: async ({ sql, archive, signal }) => ({
      people: await rememberedWhileUnchanged(archive).find(['routePeople'], () => inTurns(routePeople(sql), signal)),
    }),
  },
  'routes.get': { phase: 'query', run: ({ sql, clock }, { staffId }) => routeOf(sql, staffId, todayOf(clock)) },
  'routes.save': {
    phase: 'command',
    run(context, { staffId, numbers, reason }) {
      const { sql, clock } = context;
      const { stops } = routeOf(sql, staffId, todayOf(clock));
      const known = new Set(stops.map((stop) => stop.number));
      const foreign = numbers.find((number) => !known.has(number));
      if (foreign !== undefined || new Set(numbers).size !== numbers.length)
        throw new AppError('INPUT_INVALID', {
          fields: [
            { path: 'numbers', message: 'validation.classification.notOnRoute', params: { number: foreign ?? '' } },
          ],
        });
      // Those who are not named keep their order behind the named ones.
      const named = new Set(numbers);
      const order = [...numbers, ...stops.map((stop) => stop.number).filter((number) => !named.has(number))];
      let changed = 0;
      for (const [index, number] of order.entries()) {
        const row = getCustomer(sql, number);
        const place = String((index + 1) * ROUTE_STEP);
        if (classOf(row, 'routeOrder') === place) continue;
        setClass(context, row, 'routeOrder', place, reason);
        changed += 1;
      }
      context.note({ object: `staff:${staffId}`, why: reason, data: { customers: changed } });
      return { changed };
    },
  },
};
