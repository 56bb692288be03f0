import type { RevisionLine } from '../../shared/contract/revisions.ts';
import { inquiryProblems, type RevisionSource, settlementProblems } from '../../shared/domain/revision.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type CustomerRow, findCustomerById, updateCustomer } from '../store/customers.ts';
import {
  type CampaignRow,
  campaignBefore,
  countOutcomes,
  findRevisionRow,
  findRevisionRowView,
  inquiriesOf,
  insertInquiry,
  listRevisionRows,
  nextOpenRow,
  type RevisionRow,
  setRevisionOutcome,
} from '../store/revisions.ts';
import type { Reader, Writer } from '../store/sql.ts';
import { listWatchFlags } from '../store/watch-flags.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { valuesOf } from './customer-record.ts';
import { changeCard, getCustomer } from './customers.ts';
import { recordText } from './record-texts.ts';
import { getCampaign, requireAct, shownInquiry, shownRow, shownWatchFlag } from './revision-record.ts';
import { readSettings } from './settings.ts';
import { dayOf, todayOf } from './today.ts';

interface GivenInquiry {
  readonly askedOn: string;
  readonly source: RevisionSource;
  readonly asked: string;
  readonly reached: boolean;
  readonly answer: string;
}

/** What an undo gives back to the card. */
type Before = Pick<CustomerRow, 'confirmations' | 'reviewed_on' | 'review_due' | 'updated_at' | 'updated_by' | 'late'>;

function getRow(sql: Reader, campaign: CampaignRow, customer: CustomerRow): RevisionRow {
  const row = findRevisionRow(sql, campaign.id, customer.id);
  if (row === undefined)
    throw new AppError('NOT_FOUND', { params: { what: 'revision', number: `${campaign.number} ${customer.number}` } });
  return row;
}

function viewOf(sql: Reader, id: number) {
  const view = findRevisionRowView(sql, id);
  if (view === undefined) throw new AppError('INTERNAL');
  return view;
}

function refuse(path: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new AppError('INPUT_INVALID', {
    fields: problems.map((problem) => ({ path, message: `validation.revision.${problem}` })),
  });
}

function writeInquiry(context: CommandContext, campaign: CampaignRow, row: RevisionRow, given: GivenInquiry): void {
  const { sql, clock, actor } = context;
  const startedOn = dayOf(new Date(campaign.started_at));
  refuse('inquiry', inquiryProblems(given, { startedOn }, todayOf(clock)));
  insertInquiry(sql, {
    row_id: row.id,
    asked_on: given.askedOn,
    source: given.source,
    asked: given.asked.trim(),
    reached: given.reached ? 1 : 0,
    answer: given.answer.trim(),
    at: clock.now().toISOString(),
    by: actor.displayName,
  });
}

/** What the renewed dates of the facts rest on (C6): the campaign, and who or what said so when. */
function evidenceOf(sql: Writer, campaign: CampaignRow, row: RevisionRow): string {
  const last = inquiriesOf(sql, [row.id]).at(-1);
  if (last === undefined) return campaign.number;
  const source = recordText(readSettings(sql).printLanguage, `revisionSource.${last.source}`);
  return [campaign.number, source, last.asked, last.asked_on].join(' ').slice(0, 400);
}

/** Confirms every fact of a card as it stands, and moves its review. Answers what an undo needs. */
function confirmCard(context: CommandContext, campaign: CampaignRow, row: RevisionRow, customer: CustomerRow) {
  const { confirmations, reviewed_on, review_due, updated_at, updated_by, late } = customer;
  const before: Before = { confirmations, reviewed_on, review_due, updated_at, updated_by, late };
  const { row: next } = changeCard(context, customer, {
    values: {},
    confirmed: Object.keys(valuesOf(customer)),
    reviewed: true,
    evidence: evidenceOf(context.sql, campaign, row),
  });
  return { before: JSON.stringify(before), revision: next.revision };
}

function settledAnswer(sql: Reader, campaign: CampaignRow, row: RevisionRow) {
  const view = viewOf(sql, row.id);
  const next = nextOpenRow(sql, campaign.id, view.position);
  return { row: shownRow(view), next: next?.number ?? null, counts: countOutcomes(sql, campaign.id) };
}

/** The cards of a campaign: the list in the order of the work, who was asked, and how each ends. */
export const revisionCardHandlers: HandlersOf<
  'revisions.rows' | 'revisions.card' | 'revisions.inquire' | 'revisions.settle' | 'revisions.undo'
> = {
  'revisions.rows': {
    phase: 'query',
    run({ sql }, { campaign, outcome, flag, text, offset, limit }) {
      const found = getCampaign(sql, campaign);
      const { rows, total } = listRevisionRows(sql, found.id, { outcome, flag, text: text.trim() }, offset, limit);
      return { rows: rows.map(shownRow), total };
    },
  },
  'revisions.card': {
    phase: 'query',
    run({ sql }, { campaign, number }) {
      const found = getCampaign(sql, campaign);
      const customer = getCustomer(sql, number);
      const row = getRow(sql, found, customer);
      const former = campaignBefore(sql, found.id);
      const last = former && findRevisionRow(sql, former.id, customer.id);
      const licence = valuesOf(customer)['licenceValidUntil'];
      return {
        row: shownRow(viewOf(sql, row.id)),
        inquiries: inquiriesOf(sql, [row.id]).map(shownInquiry),
        watch: listWatchFlags(sql, { open: true, customerId: customer.id }, 0, 20).rows.map(shownWatchFlag),
        licenceUntil: typeof licence === 'string' ? licence : null,
        last:
          former === undefined || last === undefined
            ? null
            : {
                campaign: former.number,
                outcome: last.outcome,
                flag: last.flag,
                settledAt: last.settled_at,
                asked: inquiriesOf(sql, [last.id]).at(-1)?.asked ?? '',
              },
      };
    },
  },
  'revisions.inquire': {
    phase: 'command',
    run(context, { campaign, number, inquiry }): RevisionLine {
      const { sql } = context;
      const found = getCampaign(sql, campaign);
      const customer = getCustomer(sql, number);
      context.note({
        object: `customer:${customer.number}`,
        data: { campaign: found.number, source: inquiry.source, reached: inquiry.reached ? 1 : 0 },
      });
      requireAct(sql, found, 'settle');
      const row = getRow(sql, found, customer);
      writeInquiry(context, found, row, inquiry);
      return shownRow(viewOf(sql, row.id));
    },
  },
  'revisions.settle': {
    phase: 'command',
    run(context, { campaign, number, outcome, flag, note, inquiry }) {
      const { sql, clock, actor } = context;
      const found = getCampaign(sql, campaign);
      const customer = getCustomer(sql, number);
      context.note({
        object: `customer:${customer.number}`,
        data: { campaign: found.number, outcome, flag: flag ?? '' },
      });
      requireAct(sql, found, 'settle');
      const row = getRow(sql, found, customer);
      if (row.outcome !== 'open') refuse('number', ['settledAlready']);
      if (inquiry !== undefined) writeInquiry(context, found, row, inquiry);
      const inquiries = inquiriesOf(sql, [row.id]).map(shownInquiry);
      const cardChanged = viewOf(sql, row.id).changed > 0;
      refuse('outcome', settlementProblems({ outcome, flag: flag ?? '', note, inquiries, cardChanged }));
      const renewed =
        outcome === 'flagged'
          ? { before: null, revision: customer.revision }
          : confirmCard(context, found, row, customer);
      setRevisionOutcome(sql, {
        ...row,
        outcome,
        flag: outcome === 'flagged' ? (flag ?? '') : '',
        note: note.trim(),
        settled_at: clock.now().toISOString(),
        settled_by: actor.displayName,
        settled_revision: renewed.revision,
        before: renewed.before,
      });
      return settledAnswer(sql, found, row);
    },
  },
  'revisions.undo': {
    phase: 'command',
    run(context, { campaign, number }) {
      const { sql } = context;
      const found = getCampaign(sql, campaign);
      const customer = getCustomer(sql, number);
      context.note({ object: `customer:${customer.number}`, data: { campaign: found.number } });
      requireAct(sql, found, 'undo');
      const row = getRow(sql, found, customer);
      if (row.outcome === 'open') refuse('number', ['notSettled']);
      if (row.before !== null) {
        // What came after stands on the renewed dates: it cannot be taken from under it.
        if (customer.revision !== row.settled_revision) refuse('number', ['changedSince']);
        const before = JSON.parse(row.before) as Before;
        const now = findCustomerById(sql, customer.id);
        if (now === undefined) throw new AppError('INTERNAL');
        updateCustomer(sql, { ...now, ...before, revision: now.revision + 1 }, now);
      }
      setRevisionOutcome(sql, {
        ...row,
        outcome: 'open',
        flag: '',
        note: '',
        settled_at: null,
        settled_by: null,
        settled_revision: null,
        before: null,
      });
      return settledAnswer(sql, found, row);
    },
  },
};
