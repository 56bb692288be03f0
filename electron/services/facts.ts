import type { z } from 'zod';
import type { OutputOf } from '../../shared/contract/contract.ts';
import type { factProposal } from '../../shared/contract/visits.ts';
import { type CardForms, type CardKind, type FieldValue, fieldAt } from '../../shared/domain/form-fields.ts';
import { validateFields } from '../../shared/domain/forms/validate-card.ts';
import { projectCard } from '../../shared/domain/masks.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { AppError, type FieldError } from '../../shared/errors/app-error.ts';
import { type CustomerRow, findCustomerById } from '../store/customers.ts';
import { decideFact, type FactRow, findFact, hasOpenFact, insertFact, listFacts } from '../store/proposed-facts.ts';
import type { Reader } from '../store/sql.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { valuesOf } from './customer-record.ts';
import { changeCard, getCustomer } from './customers.ts';
import { itemsOf } from './intelligence-record.ts';
import { cardForms } from './own-forms.ts';

export type FactProposal = z.output<typeof factProposal>;
type Shown = OutputOf<'facts.list'>['facts'][number];

/** Why a fact cannot be proposed for a card of this kind; none when it can. `path` stands before the paths of the errors. */
export function factProblems(sql: Reader, kind: CardKind, fact: FactProposal, path: string): FieldError[] {
  const field = fact.field.includes('.') ? undefined : fieldAt(kind, fact.field, cardForms(sql));
  if (field === undefined || field.computed === true)
    return [{ path: `${path}.field`, message: 'validation.unknownField', params: { field: fact.field } }];
  if ((fact.mode === 'add') !== (field.type === 'list'))
    return [{ path: `${path}.mode`, message: 'validation.factMode' }];
  const value = (fact.mode === 'add' ? [fact.value] : fact.value) as FieldValue;
  return validateFields([field], { [field.key]: value }).errors.map((error) => ({ ...error, path: `${path}.value` }));
}

interface Source {
  readonly kind: FactRow['source_kind'];
  readonly number: string;
  readonly visitId: number | null;
}

/** V2: facts wait to be accepted one by one, or are accepted at once when the report says so. Answers how many wait. */
export function proposeFacts(
  context: CommandContext,
  customer: CustomerRow,
  source: Source,
  facts: readonly FactProposal[],
): number {
  const { sql, clock, actor } = context;
  let waiting = 0;
  for (const fact of facts) {
    const row: Omit<FactRow, 'id'> = {
      customer_id: customer.id,
      source_kind: source.kind,
      source_number: source.number,
      visit_id: source.visitId,
      field: fact.field,
      mode: fact.mode,
      value: JSON.stringify(fact.value),
      note: fact.note,
      state: 'open',
      proposed_at: clock.now().toISOString(),
      proposed_by: actor.displayName,
      decided_at: null,
      decided_by: '',
      reason: '',
    };
    if (hasOpenFact(sql, row)) continue;
    const id = insertFact(sql, row);
    if (fact.accept) accept(context, { ...row, id }, fact.value as FieldValue);
    else waiting += 1;
  }
  return waiting;
}

/** Puts the fact on the card; the card's history then points to the report by its number. */
function accept(context: CommandContext, fact: FactRow, value: FieldValue): void {
  const { sql, clock, actor } = context;
  const customer = findCustomerById(sql, fact.customer_id);
  if (customer === undefined) throw new AppError('INTERNAL');
  const present = valuesOf(customer)[fact.field];
  const next = fact.mode === 'add' ? ([...itemsOf(present), value] as FieldValue) : value;
  changeCard(context, customer, {
    values: { [fact.field]: next },
    // A fact that the card says already is confirmed by the report.
    confirmed: [fact.field],
    evidence: fact.source_number,
  });
  decideFact(sql, fact.id, {
    state: 'accepted',
    value: JSON.stringify(value),
    at: clock.now().toISOString(),
    by: actor.displayName,
    reason: '',
  });
}

/** A value as a role may see it: sensitive fields only as a mask (rule R). */
function visibleTo(
  role: Role,
  kind: CardKind,
  field: string,
  value: FieldValue | undefined,
  forms: CardForms,
): FieldValue {
  return value === undefined ? null : (projectCard(role, kind, { [field]: value }, forms)[field] ?? null);
}

export function shownFact(sql: Reader, role: Role, fact: FactRow): Shown {
  const customer = findCustomerById(sql, fact.customer_id);
  if (customer === undefined) throw new AppError('INTERNAL');
  const value = JSON.parse(fact.value) as FieldValue;
  const forms = cardForms(sql);
  const own = visibleTo(role, customer.kind, fact.field, fact.mode === 'add' ? ([value] as FieldValue) : value, forms);
  return {
    id: fact.id,
    customer: customer.number,
    customerName: customer.name,
    customerKind: customer.kind,
    source: { kind: fact.source_kind, number: fact.source_number },
    field: fact.field,
    mode: fact.mode,
    value: (fact.mode === 'add' && Array.isArray(own) ? (own[0] ?? null) : own) as Shown['value'],
    present: visibleTo(role, customer.kind, fact.field, valuesOf(customer)[fact.field], forms) as Shown['present'],
    note: fact.note,
    state: fact.state,
    proposedAt: fact.proposed_at,
    proposedBy: fact.proposed_by,
    decidedAt: fact.decided_at,
    decidedBy: fact.decided_by,
    reason: fact.reason,
  };
}

export const factHandlers: HandlersOf<'facts.list' | 'facts.decide'> = {
  'facts.list': {
    phase: 'query',
    run({ sql, actor }, { state, customer, source, offset, limit }) {
      const customerId = customer === undefined ? undefined : getCustomer(sql, customer).id;
      const { rows, total } = listFacts(sql, { state, customerId, source }, offset, limit);
      return { facts: rows.map((row) => shownFact(sql, actor.role, row)), total };
    },
  },
  'facts.decide': {
    phase: 'command',
    run(context, { id, accept: accepted, value, reason }) {
      const { sql, clock, actor } = context;
      const fact = findFact(sql, id);
      if (fact === undefined) throw new AppError('NOT_FOUND', { params: { what: 'fact', number: id } });
      const customer = findCustomerById(sql, fact.customer_id);
      if (customer === undefined) throw new AppError('INTERNAL');
      context.note({
        object: `customer:${customer.number}`,
        why: reason,
        data: { fact: id, source: fact.source_number, field: fact.field, decision: accepted ? 'accepted' : 'refused' },
      });
      if (fact.state !== 'open')
        throw new AppError('CONFLICT', { params: { what: 'fact', number: id }, hint: 'hint.factDecided' });
      if (accepted) {
        const chosen = (value === undefined ? JSON.parse(fact.value) : value) as FieldValue;
        const problems = factProblems(
          context.sql,
          customer.kind,
          { field: fact.field, mode: fact.mode, value: chosen as FactProposal['value'], note: '', accept: true },
          'value',
        );
        if (problems.length > 0) throw new AppError('INPUT_INVALID', { fields: problems });
        accept(context, fact, chosen);
      } else {
        if (reason.trim() === '')
          throw new AppError('INPUT_INVALID', { fields: [{ path: 'reason', message: 'validation.required' }] });
        decideFact(sql, id, {
          state: 'refused',
          value: fact.value,
          at: clock.now().toISOString(),
          by: actor.displayName,
          reason,
        });
      }
      return shownFact(sql, actor.role, findFact(sql, id) ?? fact);
    },
  },
};
