import { daysOverdue } from '../../shared/domain/due-dates.ts';
import type { Condition } from '../../shared/domain/lists/list-query.ts';
import { listCopyRequests } from '../store/copy-requests.ts';
import { listHoldings } from '../store/issued-copies.ts';
import { listReservedForms } from '../store/loan-forms.ts';
import type { ComputedListName, RecordAtom, RecordRow } from '../store/record-lists/record-lists.ts';
import { listCampaigns } from '../store/revisions.ts';
import { listUsers } from '../vault/vault.ts';
import { latenessOf } from './card-history.ts';
import type { QueryContext } from './context.ts';
import { shownRequest } from './copy-requests.ts';
import type { PiecedListName } from './gap-records.ts';
import { totalsOfCompetitors } from './intelligence.ts';
import { dueNotices } from './loan-acts.ts';
import { shownCampaign } from './revision-record.ts';
import { todayOf } from './today.ts';

/** Lists whose rows no table holds: a rule works them out. Everything else about them is as with any list. */

type Rows = (
  context: Pick<QueryContext, 'sql' | 'clock' | 'archive' | 'signal'>,
  conditions: readonly Condition[],
) => readonly RecordRow[] | Promise<readonly RecordRow[]>;

const MOST_REQUESTS = 5_000;

const row = (key: string, customer: string | null, values: Readonly<Record<string, RecordAtom>>): RecordRow => ({
  key,
  customer,
  values,
});

/** The days that conditions on a date leave open: only these are looked up. */
function daysOf(conditions: readonly Condition[], field: string): { readonly from: string; readonly to: string } {
  let [from, to] = ['1900-01-01', '2999-12-31'];
  const day = (value: unknown, missing: string) =>
    /^\d{4}-\d{2}-\d{2}/.test(String(value)) ? String(value).slice(0, 10) : missing;
  for (const condition of conditions) {
    if (condition.field !== field) continue;
    const [first, second = first] = condition.values;
    if (condition.is === 'atLeast' || condition.is === 'between') from = day(first, from);
    if (condition.is === 'atMost' || condition.is === 'between') to = day(second, to);
  }
  return { from, to };
}

export const COMPUTED_LISTS: Readonly<Record<Exclude<ComputedListName, PiecedListName>, Rows>> = {
  users: async ({ archive, clock }) => {
    const now = clock.now().toISOString();
    const users = await listUsers({ directory: archive.directory, opened: archive.vault });
    return users.map(({ login, displayName, role, validUntil }) =>
      row(login, null, {
        userName: displayName,
        login,
        role,
        validUntil: validUntil?.slice(0, 10) ?? null,
        mayEnter: validUntil === null || validUntil > now ? 1 : 0,
      }),
    );
  },
  notices: ({ sql, clock }) =>
    dueNotices(sql, todayOf(clock)).map(({ kind, step, late, given, row: loan }) =>
      row(loan.number, loan.customer_number, {
        notice: kind,
        step,
        number: loan.number,
        borrower: loan.borrower,
        department: loan.department,
        title: loan.title,
        code: loan.code,
        customer: loan.customer_name,
        due: loan.due,
        daysOverdue: late,
        noticesGiven: given,
      }),
    ),
  lateness: ({ sql, clock }, conditions) =>
    latenessOf(sql, clock, daysOf(conditions, 'visitedAt')).map((visit) =>
      row(`${visit.number} ${visit.visitedAt}`, visit.number, {
        ...visit.customer,
        salesperson: visit.salesperson,
        visitedAt: visit.visitedAt,
        filledAt: visit.filledAt,
        filledBy: visit.filledBy,
        hours: visit.hours,
        state: visit.state,
      }),
    ),
  copyRequests: ({ sql, clock }) =>
    listCopyRequests(sql, 'all', 0, MOST_REQUESTS).rows.map((stored) => {
      const request = shownRequest(sql, stored, clock.now());
      return row(request.requestNumber, null, {
        number: request.requestNumber,
        recipient: request.recipient.name,
        department: request.recipient.department,
        shows: request.recipient.role,
        customers: request.customers.map(({ name }) => name).join('、'),
        papers: request.papers.length,
        purpose: request.purpose,
        state: request.state,
        requestedAt: request.requestedAt,
        requestedBy: request.requestedBy,
        recoverBy: request.recoverBy,
        copy: request.copyNumber,
        note: request.note,
      });
    }),
  holdings: ({ sql, clock }) => {
    const today = todayOf(clock);
    return listHoldings(sql, { staffId: null, text: '' }, 0, MOST_REQUESTS).rows.map((one) =>
      row(`${one.kind} ${one.number}`, null, {
        holder: one.holder,
        department: one.department,
        kind: one.kind,
        number: one.number,
        content: one.title,
        since: one.since,
        due: one.due,
        daysOverdue: daysOverdue(one.due, today),
        state: one.missing === 1 ? 'missing' : 'out',
      }),
    );
  },
  blankForms: ({ sql }) =>
    listReservedForms(sql, false, 0, MOST_REQUESTS).rows.map((form) =>
      row(form.number, null, {
        number: form.number,
        reservedAt: form.reserved_at,
        reservedBy: form.reserved_by,
        state: form.voided_at !== null ? 'void' : form.form_id !== null ? 'used' : 'free',
        reason: form.reason,
      }),
    ),
  campaigns: ({ sql }) =>
    listCampaigns(sql, 0, MOST_REQUESTS).rows.map((stored) => {
      const { number, title, startedAt, closedAt, counts, state, signedBy } = shownCampaign(sql, stored);
      return row(number, null, {
        number,
        campaignName: title,
        startedAt,
        closedAt,
        cards: counts.total,
        confirmed: counts.confirmed,
        corrected: counts.corrected,
        flagged: counts.flagged,
        notYet: counts.open,
        state,
        signedBy,
      });
    }),
  competitorTotals: async (context) =>
    (await totalsOfCompetitors(context)).map((one) =>
      row(one.name, null, {
        competitor: one.name,
        competitorCustomers: one.customers,
        keyCustomers: one.key_customers,
        satisfied: one.satisfied,
        acceptable: one.acceptable,
        dissatisfied: one.dissatisfied,
        averageShare: one.average_share === null ? null : Math.round(one.average_share),
        observedOn: one.observed_on,
      }),
    ),
};
