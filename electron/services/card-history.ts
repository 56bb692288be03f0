import type { OutputOf } from '../../shared/contract/contract.ts';
import { differencesSince } from '../../shared/domain/card-history.ts';
import { cardFields, type FieldValue } from '../../shared/domain/form-fields.ts';
import { cardLateness } from '../../shared/domain/lateness.ts';
import { projectValueOf } from '../../shared/domain/masks.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { addDays } from '../../shared/util/days.ts';
import type { Clock } from '../platform/clock.ts';
import { listFillings } from '../store/card-fillings.ts';
import {
  type CustomerRow,
  changesSince,
  customersWithKey,
  customerTitle,
  findChange,
  findCustomer,
  listChanges,
} from '../store/customers.ts';
import type { Reader } from '../store/sql.ts';
import type { HandlersOf, QueryContext } from './context.ts';
import { changedValueFor, type StoredValues, valuesOf } from './customer-record.ts';
import { changeCard, completenessAnswer, getCustomer } from './customers.ts';
import { cardForms } from './own-forms.ts';
import { readSettings } from './settings.ts';

/** A card over time: what it said before, former values put back, how soon it was filled in after visits (C4, C6). */

type Lateness = OutputOf<'customers.lateness'>;
type VisitLine = Lateness['visits'][number];

const startOfDay = (day: string) => new Date(`${day}T00:00:00`).toISOString();
const MOST_RELATED = 200;

/** How soon the card of each visit of a period was filled in (C4), the oldest visit first. */
export function latenessOf(
  sql: Reader,
  clock: Clock,
  { from, to }: { readonly from: string; readonly to: string },
): (VisitLine & { readonly customer: Readonly<Record<string, string>> })[] {
  const now = clock.now().toISOString();
  const { latenessHours } = readSettings(sql);
  const period = { from: startOfDay(from), to: startOfDay(addDays(to, 1)), limitHours: latenessHours };
  return listFillings(sql, period).map((row) => {
    const { state } = cardLateness(row.visited_at, row.filled_at, now, row.limit_hours);
    const until = Date.parse(row.filled_at ?? now);
    return {
      customer: {
        customerNumber: row.number,
        customer: row.name,
        customerKind: row.kind,
        tier: row.tier,
        region: row.region,
      },
      number: row.number,
      name: row.name,
      salesperson: row.salesperson,
      visitedAt: row.visited_at,
      filledAt: row.filled_at,
      filledBy: row.filled_by,
      hours: Math.max(0, Math.round(((until - Date.parse(row.visited_at)) / 3_600_000) * 10) / 10),
      state,
    };
  });
}

function bySalesperson(visits: readonly VisitLine[]): Lateness['salespeople'] {
  const names = [...new Set(visits.map((visit) => visit.salesperson))].sort();
  return names.map((salesperson) => {
    const own = visits.filter((visit) => visit.salesperson === salesperson);
    const count = (state: VisitLine['state']) => own.filter((visit) => visit.state === state).length;
    const filled = own.filter((visit) => visit.filledAt !== null);
    const hours = filled.reduce((sum, visit) => sum + visit.hours, 0);
    return {
      salesperson,
      visits: own.length,
      onTime: count('onTime'),
      late: count('late'),
      pending: count('pending'),
      overdue: count('overdue'),
      meanHours: filled.length === 0 ? null : Math.round((hours / filled.length) * 10) / 10,
    };
  });
}

/** A page of a card's changes as the role may see them, newest first; `fields` undefined: of any field. */
function changesOf(
  context: QueryContext,
  row: CustomerRow,
  wanted: { readonly fields?: readonly string[] | undefined; readonly replacedOnly?: boolean },
  { offset, limit }: { readonly offset: number; readonly limit: number },
): OutputOf<'customers.history'> {
  const forms = cardForms(context.sql);
  const { rows, total } = listChanges(context.sql, row.id, wanted, offset, limit);
  return {
    total,
    changes: rows.map((entry) => ({
      at: entry.at,
      by: entry.by,
      field: entry.field,
      from: changedValueFor(context.actor.role, row.kind, entry.field, entry.from_value, forms),
      to: changedValueFor(context.actor.role, row.kind, entry.field, entry.to_value, forms),
      evidence: entry.evidence,
      auditSequence: entry.audit_sequence,
      revision: entry.revision,
      origin: entry.origin,
    })),
  };
}

export const cardHistoryHandlers: HandlersOf<
  | 'customers.history'
  | 'customers.milestones'
  | 'customers.compare'
  | 'customers.restore'
  | 'customers.lateness'
  | 'customers.related'
> = {
  'customers.history': {
    phase: 'query',
    run(context, { number, field, ...page }) {
      const row = getCustomer(context.sql, number);
      context.note({ object: `customer:${row.number}` });
      return changesOf(context, row, { fields: field === undefined ? undefined : [field] }, page);
    },
  },
  'customers.milestones': {
    phase: 'query',
    run(context, { number, ...page }) {
      const row = getCustomer(context.sql, number);
      context.note({ object: `customer:${row.number}` });
      const fields = cardFields(row.kind, cardForms(context.sql)).filter(({ milestone }) => milestone === true);
      return changesOf(context, row, { fields: fields.map(({ key }) => key), replacedOnly: true }, page);
    },
  },
  'customers.compare': {
    phase: 'query',
    run(context, { number, at }) {
      const { sql, actor } = context;
      const row = getCustomer(sql, number);
      context.note({ object: `customer:${row.number}` });
      const forms = cardForms(sql);
      const values = valuesOf(row);
      const present = (field: string): FieldValue =>
        field === 'tier' ? row.tier : field === 'status' ? row.status : (values[field] ?? null);
      const changes = changesSince(sql, row.id, at).map((change) => ({
        at: change.at,
        field: change.field,
        from: JSON.parse(change.from_value) as FieldValue,
        to: JSON.parse(change.to_value) as FieldValue,
      }));
      const seen = (field: string, value: FieldValue) =>
        projectValueOf(actor.role, row.kind, field, value, forms) as StoredValues[string] as never;
      return {
        differences: differencesSince(changes, present, at).map((one) => ({
          field: one.field,
          former: seen(one.field, one.former),
          present: seen(one.field, one.present),
        })),
      };
    },
  },
  'customers.restore': {
    phase: 'command',
    run(context, { number, revision, field, auditSequence, evidence }) {
      const { sql } = context;
      const row = getCustomer(sql, number);
      context.note({ object: `customer:${row.number}`, data: { fields: [field], from: auditSequence } });
      if (row.revision !== revision)
        throw new AppError('CONFLICT', {
          params: { what: 'customer', number: row.number, by: row.updated_by, revision: row.revision },
        });
      const change = findChange(sql, row.id, field, auditSequence);
      if (change === undefined) throw new AppError('NOT_FOUND', { params: { what: 'change', number: auditSequence } });
      const former = JSON.parse(change.from_value) as FieldValue;
      const control = field === 'tier' || field === 'status';
      const {
        row: next,
        warnings,
        complete,
      } = changeCard(context, row, {
        values: control ? {} : { [field]: former },
        ...(control ? { [field]: former } : {}),
        evidence: evidence ?? `↩ ${change.at.slice(0, 10)}`,
      });
      return { number: next.number, revision: next.revision, warnings, completeness: completenessAnswer(complete) };
    },
  },
  'customers.lateness': {
    phase: 'query',
    run({ sql, clock }, period) {
      const visits = latenessOf(sql, clock, period).map(({ customer: _customer, ...visit }) => visit);
      return { salespeople: bySalesperson(visits), visits };
    },
  },
  'customers.related': {
    phase: 'query',
    run({ sql }, { number }) {
      const row = getCustomer(sql, number);
      const related = customersWithKey(sql, 'reference', row.number, MOST_RELATED).flatMap((id) => {
        const named = customerTitle(sql, id);
        return named === undefined ? [] : [{ number: named.number, name: named.title }];
      });
      const values = valuesOf(row);
      const named = cardFields(row.kind, cardForms(sql)).flatMap(({ key, type }) => {
        const other = type === 'customer' ? findCustomer(sql, String(values[key] ?? '')) : undefined;
        return other === undefined ? [] : [{ field: key, number: other.number, name: other.name }];
      });
      return { related, named };
    },
  },
};
