import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import { decisionRefusal, type ReviewRefusal, type Standing, submitRefusal } from '../../shared/domain/card-review.ts';
import { fieldAt } from '../../shared/domain/form-fields.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  findRemark,
  insertRemark,
  insertReview,
  listReviews,
  type RemarkRow,
  remarksOf,
  reviewStateOf,
  reviewsOf,
  updateRemark,
  writeReviewState,
} from '../store/card-reviews.ts';
import { type CustomerRow, findCustomerById } from '../store/customers.ts';
import type { Reader, Writer } from '../store/sql.ts';
import { canonicalJson } from '../vault/canonical-json.ts';
import { sha256Hex } from '../vault/hash.ts';
import { agreementStandingOf, consumeAgreement } from './agreements.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { getCustomer } from './customers.ts';
import { cardForms } from './own-forms.ts';

/** Guidance by the supervisor (C7): remarks on single fields, sent back or accepted; open remarks are the keeper's work list. */

type Decision = ParsedInputOf<'reviews.statement'>;

function standingOf(sql: Reader, customerId: number): Standing {
  const row = reviewStateOf(sql, customerId);
  return {
    state: row?.state ?? 'none',
    openRemarks: row?.open_remarks ?? 0,
    answeredRemarks: row?.answered_remarks ?? 0,
  };
}

function refuseFor(refusal: ReviewRefusal | undefined, path: string): void {
  if (refusal !== undefined)
    throw new AppError('INPUT_INVALID', { fields: [{ path, message: `validation.review.${refusal}` }] });
}

function checkField(sql: Reader, row: CustomerRow, field: string, path: string): void {
  if (field !== '' && fieldAt(row.kind, field, cardForms(sql)) === undefined)
    throw new AppError('INPUT_INVALID', { fields: [{ path, message: 'validation.unknownField' }] });
}

function getRemark(sql: Reader, id: number): RemarkRow {
  const remark = findRemark(sql, id);
  if (remark === undefined) throw new AppError('NOT_FOUND', { params: { what: 'remark', number: id } });
  return remark;
}

const customerOf = (sql: Reader, remark: RemarkRow): string =>
  `customer:${findCustomerById(sql, remark.customer_id)?.number ?? ''}`;

/** Exactly what the supervisor agrees to: this card as it stands, this decision, these words. */
function statementOf(row: CustomerRow, { decision, note, remarks }: Decision): AgreementStatement {
  return {
    kind: 'cardReview',
    subject: `customer:${row.number}`,
    purpose: decision,
    lines: [
      { field: 'customer', value: `${row.number} ${row.name}` },
      { field: 'reviewDecision', value: decision },
      { field: 'cardRevision', value: String(row.revision) },
      { field: 'cardContent', value: sha256Hex(canonicalJson({ values: row.field_values })) },
      ...(note === '' ? [] : [{ field: 'reviewNote', value: note }]),
      ...remarks.map((remark) => ({ field: 'reviewRemark', value: `${remark.field}：${remark.text}` })),
    ],
  };
}

interface Decided extends Decision {
  readonly by: string;
  readonly agreement: string;
}

function decide(context: CommandContext, row: CustomerRow, given: Decided): void {
  const { sql, clock } = context;
  const { decision, note, remarks, by, agreement } = given;
  const at = clock.now().toISOString();
  for (const [index, remark] of remarks.entries()) checkField(sql, row, remark.field, `remarks.${index}.field`);
  refuseFor(
    decisionRefusal(standingOf(sql, row.id), decision, { remarks: remarks.length, note }),
    decision === 'accepted' ? 'decision' : 'note',
  );
  for (const remark of remarks)
    insertRemark(sql, { customer_id: row.id, ...remark, made_at: at, made_by: by, revision: row.revision });
  if (decision === 'accepted')
    for (const remark of remarksOf(sql, row.id))
      if (remark.state === 'answered')
        updateRemark(sql, { ...remark, state: 'settled', settled_at: at, settled_by: by });
  insertReview(sql, { customer_id: row.id, act: decision, note, at, by, revision: row.revision, agreement });
  writeReviewState(sql, row.id, at);
  context.note({ data: { decision, remarks: remarks.length, fields: remarks.map((remark) => remark.field) } });
}

type Shown = OutputOf<'reviews.ofCard'>['remarks'][number];
const shownRemark = (row: RemarkRow): Shown => ({
  id: row.id,
  field: row.field,
  text: row.text,
  madeAt: row.made_at,
  madeBy: row.made_by,
  state: row.state,
  answer: row.answer,
  answeredAt: row.answered_at,
  answeredBy: row.answered_by,
  settledAt: row.settled_at,
  settledBy: row.settled_by,
});

function saveRemark(sql: Writer, row: RemarkRow, at: string): void {
  updateRemark(sql, row);
  writeReviewState(sql, row.customer_id, at);
}

export const cardReviewHandlers: HandlersOf<
  | 'reviews.ofCard'
  | 'reviews.list'
  | 'reviews.submit'
  | 'reviews.remark'
  | 'reviews.answer'
  | 'reviews.settle'
  | 'reviews.decide'
  | 'reviews.statement'
  | 'reviews.decideAgreed'
> = {
  'reviews.ofCard': {
    phase: 'query',
    run({ sql }, { number }) {
      const row = getCustomer(sql, number);
      const standing = reviewStateOf(sql, row.id);
      return {
        state: standing?.state ?? 'none',
        since: standing?.since ?? null,
        remarks: remarksOf(sql, row.id).map(shownRemark),
        acts: reviewsOf(sql, row.id).map(({ act, note, at, by, revision, agreement }) => ({
          act,
          note,
          at,
          by,
          revision,
          agreement,
        })),
      };
    },
  },
  'reviews.list': {
    phase: 'query',
    run({ sql }, { show, offset, limit }) {
      const { rows, total } = listReviews(sql, show, offset, limit);
      return {
        total,
        rows: rows.map((row) => ({
          number: row.number,
          kind: row.kind,
          name: row.name,
          state: row.state,
          since: row.since,
          openRemarks: row.open_remarks,
          answeredRemarks: row.answered_remarks,
          fields: [...new Set(row.fields.split(',').filter((field) => field !== ''))],
        })),
      };
    },
  },
  'reviews.submit': {
    phase: 'command',
    run(context, { number, note }) {
      const { sql, clock, actor } = context;
      const row = getCustomer(sql, number);
      context.note({ object: `customer:${row.number}` });
      refuseFor(submitRefusal(standingOf(sql, row.id)), 'number');
      const at = clock.now().toISOString();
      const by = actor.displayName;
      insertReview(sql, { customer_id: row.id, act: 'submitted', note, at, by, revision: row.revision, agreement: '' });
      writeReviewState(sql, row.id, at);
      return {};
    },
  },
  'reviews.remark': {
    phase: 'command',
    run(context, { number, field, text }) {
      const { sql, clock, actor } = context;
      const row = getCustomer(sql, number);
      context.note({ object: `customer:${row.number}`, data: { field } });
      checkField(sql, row, field, 'field');
      const at = clock.now().toISOString();
      const made = { made_at: at, made_by: actor.displayName, revision: row.revision };
      const id = insertRemark(sql, { customer_id: row.id, field, text, ...made });
      writeReviewState(sql, row.id, at);
      return { id };
    },
  },
  'reviews.answer': {
    phase: 'command',
    run(context, { id, text }) {
      const { sql, clock, actor } = context;
      const remark = getRemark(sql, id);
      context.note({ object: customerOf(sql, remark), data: { field: remark.field, remark: id } });
      if (remark.state === 'settled') throw new AppError('CONFLICT', { params: { what: 'remark', number: id } });
      const at = clock.now().toISOString();
      const answered = { state: 'answered', answer: text, answered_at: at, answered_by: actor.displayName } as const;
      saveRemark(sql, { ...remark, ...answered }, at);
      return {};
    },
  },
  'reviews.settle': {
    phase: 'command',
    run(context, { id, settled, text }) {
      const { sql, clock, actor } = context;
      const remark = getRemark(sql, id);
      context.note({ object: customerOf(sql, remark), data: { field: remark.field, remark: id } });
      const at = clock.now().toISOString();
      const next: Partial<RemarkRow> = settled
        ? { state: 'settled', settled_at: at, settled_by: actor.displayName }
        : { state: 'open', settled_at: null, settled_by: null, ...(text === undefined ? {} : { text }) };
      saveRemark(sql, { ...remark, ...next }, at);
      return {};
    },
  },
  'reviews.decide': {
    phase: 'command',
    run(context, { revision, ...given }) {
      const row = getCustomer(context.sql, given.number);
      context.note({ object: `customer:${row.number}` });
      if (row.revision !== revision)
        throw new AppError('CONFLICT', {
          params: { what: 'customer', number: row.number, by: row.updated_by, revision: row.revision },
        });
      decide(context, row, { ...given, by: context.actor.displayName, agreement: '' });
      return {};
    },
  },
  'reviews.statement': {
    phase: 'query',
    run({ sql, clock }, input) {
      const statement = statementOf(getCustomer(sql, input.number), input);
      return {
        statement: { ...statement, lines: [...statement.lines] },
        ...agreementStandingOf(sql, statement, clock.now()),
      };
    },
  },
  'reviews.decideAgreed': {
    phase: 'command',
    run(context, input) {
      const row = getCustomer(context.sql, input.number);
      context.note({ object: `customer:${row.number}` });
      const agreed = consumeAgreement(context, statementOf(row, input), `customer:${row.number}`);
      decide(context, row, { ...input, by: agreed.name, agreement: agreed.number });
      return {};
    },
  },
};
