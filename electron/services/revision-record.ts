import type { Campaign, RevisionLine, WatchFlag } from '../../shared/contract/revisions.ts';
import { type CampaignAct, type CampaignState, campaignProblem } from '../../shared/domain/revision.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  type CampaignRow,
  countOutcomes,
  findCampaign,
  type InquiryRow,
  type OutcomeCounts,
  pausesOf,
  type RevisionRowView,
} from '../store/revisions.ts';
import type { Reader } from '../store/sql.ts';
import type { WatchFlagView } from '../store/watch-flags.ts';

/** Between the rows of a revision and what the contract answers. */

export function getCampaign(sql: Reader, number: string): CampaignRow {
  const row = findCampaign(sql, number.normalize('NFKC').trim().toUpperCase());
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'revision', number } });
  return row;
}

export function stateOf(row: CampaignRow): CampaignState {
  if (row.discarded_at !== null) return 'discarded';
  if (row.closed_at !== null) return 'closed';
  return row.paused_at === null ? 'open' : 'paused';
}

/** Throws `INPUT_INVALID` with `validation.revision.<reason>` when an act is not possible now. */
export function requireAct(sql: Reader, row: CampaignRow, act: CampaignAct): OutcomeCounts {
  const counts = countOutcomes(sql, row.id);
  const problem = campaignProblem(stateOf(row), { open: counts.open, settled: counts.total - counts.open }, act);
  if (problem !== null)
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: 'campaign', message: `validation.revision.${problem}`, params: { open: counts.open } }],
    });
  return counts;
}

export function shownCampaign(sql: Reader, row: CampaignRow): Campaign {
  return {
    number: row.number,
    title: row.title,
    scope: JSON.parse(row.scope) as Campaign['scope'],
    state: stateOf(row),
    dueOn: row.due_on,
    startedAt: row.started_at,
    startedBy: row.started_by,
    closedAt: row.closed_at,
    signedBy: row.signed_by,
    signedRole: row.signed_role,
    agreement: row.agreement,
    remark: row.remark,
    counts: countOutcomes(sql, row.id),
    pauses: pausesOf(sql, row.id).map((pause) => ({
      from: pause.from_at,
      to: pause.to_at,
      reason: pause.reason,
      by: pause.by,
    })),
  };
}

export function shownRow(row: RevisionRowView): RevisionLine {
  return {
    position: row.position,
    number: row.number,
    name: row.name,
    kind: row.kind,
    tier: row.tier,
    reviewDue: row.review_due,
    place: row.place,
    outcome: row.outcome,
    flag: row.flag,
    note: row.note,
    settledAt: row.settled_at,
    settledBy: row.settled_by,
    changed: row.changed,
    watch: row.watch,
    inquiries: row.inquiries,
  };
}

export function shownInquiry(row: InquiryRow) {
  return {
    askedOn: row.asked_on,
    source: row.source,
    asked: row.asked,
    reached: row.reached === 1,
    answer: row.answer,
    at: row.at,
    by: row.by,
  };
}

export function shownWatchFlag(row: WatchFlagView): WatchFlag {
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    kind: row.kind,
    fields: JSON.parse(row.fields) as string[],
    raisedAt: row.raised_at,
    raisedBy: row.raised_by,
    settledAt: row.settled_at,
    settledBy: row.settled_by,
    note: row.note,
  };
}
