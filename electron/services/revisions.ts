import { setImmediate as turn } from 'node:timers/promises';
import { revisionDueOn } from '../../shared/domain/duties.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../shared/domain/numbering.ts';
import { proposedDueOn, type RevisionCandidate, revisionOrder } from '../../shared/domain/revision.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { firstCardAt } from '../store/desk-counts.ts';
import { takeSequence } from '../store/number-sequence.ts';
import {
  activeCampaign,
  countScope,
  endPause,
  insertCampaign,
  insertRevisionRow,
  lastClosedCampaign,
  listCampaigns,
  openPause,
  type RevisionScope,
  scopeCandidates,
  updateCampaign,
} from '../store/revisions.ts';
import type { Reader } from '../store/sql.ts';
import { findWatchFlag, listWatchFlags, settleWatchFlag } from '../store/watch-flags.ts';
import type { HandlersOf } from './context.ts';
import { getCustomer } from './customers.ts';
import { getCampaign, requireAct, shownCampaign, shownWatchFlag } from './revision-record.ts';
import { readSettings } from './settings.ts';
import { dayOf, todayOf } from './today.ts';

/** After so many rows others get their turn. */
const ROWS_A_TURN = 200;
/** After so many the progress is said. */
const ROWS_TOLD_OF = 2_000;

interface ScopedCard extends RevisionCandidate {
  readonly revision: number;
}

function scopedCards(sql: Reader, scope: RevisionScope): ScopedCard[] {
  return [...scopeCandidates(sql, scope)].map((row) => ({
    id: row.id,
    number: row.number,
    tier: row.tier,
    reviewDue: row.review_due,
    place: row.place,
    revision: row.revision,
  }));
}

/** M2: the day by which the next campaign is due; null while one runs, or in an empty archive. */
export function nextRevisionDue(sql: Reader): string | null {
  if (activeCampaign(sql) !== undefined) return null;
  const dayOrNull = (instant: string | undefined) => (instant === undefined ? null : dayOf(new Date(instant)));
  return revisionDueOn(
    { startedOn: dayOrNull(lastClosedCampaign(sql)?.started_at), filledSince: dayOrNull(firstCardAt(sql)) },
    readSettings(sql).revisionMonths,
  );
}

/** Campaigns: proposed, started, paused, given up; and changes worth watching. */
export const revisionHandlers: HandlersOf<
  | 'revisions.list'
  | 'revisions.proposal'
  | 'revisions.start'
  | 'revisions.pause'
  | 'revisions.resume'
  | 'revisions.discard'
  | 'watch.list'
  | 'watch.settle'
> = {
  'revisions.list': {
    phase: 'query',
    run({ sql }, { offset, limit }) {
      const { rows, total } = listCampaigns(sql, offset, limit);
      return { campaigns: rows.map((row) => shownCampaign(sql, row)), total, nextDue: nextRevisionDue(sql) };
    },
  },
  'revisions.proposal': {
    phase: 'query',
    run({ sql, clock }, scope) {
      const today = todayOf(clock);
      return { ...countScope(sql, scope, today), dueOn: proposedDueOn(today, readSettings(sql).revisionMonths) };
    },
  },
  'revisions.start': {
    phase: 'job',
    async run(context, { title, dueOn, scope }) {
      const { clock, progress } = context;
      const today = todayOf(clock);
      const due = dueOn ?? proposedDueOn(today, readSettings(context.sql).revisionMonths);
      if (due < today)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'dueOn', message: 'validation.putOffPast' }] });
      progress({ phase: 'revisionScope', done: 0, total: 0 });
      return await context.transaction(async (change) => {
        const { sql, actor } = change;
        if (activeCampaign(sql) !== undefined)
          throw new AppError('INPUT_INVALID', {
            fields: [{ path: 'campaign', message: 'validation.revision.running' }],
          });
        const ordered = revisionOrder(scopedCards(sql, scope), today) as readonly ScopedCard[];
        if (ordered.length === 0)
          throw new AppError('INPUT_INVALID', { fields: [{ path: 'scope', message: 'validation.revision.empty' }] });
        const year = Number(today.slice(0, 4));
        const number = formatNumber(DEFAULT_PATTERNS.revision, takeSequence(sql, `revision-${year}`), year);
        const id = insertCampaign(sql, {
          number,
          title: title.trim(),
          scope: JSON.stringify(scope),
          due_on: due,
          started_at: clock.now().toISOString(),
          started_by: actor.displayName,
          active: 1,
          paused_at: null,
          discarded_at: null,
          closed_at: null,
          closed_by: null,
          signed_by: '',
          signed_role: '',
          agreement: '',
          remark: '',
        });
        for (const [index, card] of ordered.entries()) {
          insertRevisionRow(sql, {
            campaign_id: id,
            position: index + 1,
            customer_id: card.id,
            tier: card.tier,
            review_due: card.reviewDue,
            place: card.place,
            card_revision: card.revision,
          });
          if (index % ROWS_A_TURN !== 0) continue;
          if (index % ROWS_TOLD_OF === 0) progress({ phase: 'revisionScope', done: index, total: ordered.length });
          await turn();
          change.signal.throwIfAborted();
        }
        change.note({ object: `revision:${number}`, data: { cards: ordered.length, due } });
        return shownCampaign(sql, getCampaign(sql, number));
      });
    },
  },
  'revisions.pause': {
    phase: 'command',
    run({ sql, clock, actor, note }, { campaign, reason }) {
      const row = getCampaign(sql, campaign);
      note({ object: `revision:${row.number}`, why: reason });
      requireAct(sql, row, 'pause');
      const at = clock.now().toISOString();
      updateCampaign(sql, { ...row, paused_at: at });
      openPause(sql, row.id, at, reason, actor.displayName);
      return shownCampaign(sql, getCampaign(sql, campaign));
    },
  },
  'revisions.resume': {
    phase: 'command',
    run({ sql, clock, note }, { campaign, dueOn }) {
      const row = getCampaign(sql, campaign);
      note({ object: `revision:${row.number}`, data: { due: dueOn ?? row.due_on } });
      requireAct(sql, row, 'resume');
      if (dueOn !== undefined && dueOn < todayOf(clock))
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'dueOn', message: 'validation.putOffPast' }] });
      updateCampaign(sql, { ...row, paused_at: null, due_on: dueOn ?? row.due_on });
      endPause(sql, row.id, clock.now().toISOString());
      return shownCampaign(sql, getCampaign(sql, campaign));
    },
  },
  'revisions.discard': {
    phase: 'command',
    run({ sql, clock, note }, { campaign, reason }) {
      const row = getCampaign(sql, campaign);
      note({ object: `revision:${row.number}`, why: reason });
      requireAct(sql, row, 'discard');
      const at = clock.now().toISOString();
      updateCampaign(sql, { ...row, active: null, paused_at: null, discarded_at: at, remark: reason });
      endPause(sql, row.id, at);
      return shownCampaign(sql, getCampaign(sql, campaign));
    },
  },
  'watch.list': {
    phase: 'query',
    run({ sql }, { open, number, offset, limit }) {
      const customerId = number === undefined ? undefined : getCustomer(sql, number).id;
      const { rows, total } = listWatchFlags(sql, { open, customerId }, offset, limit);
      return { flags: rows.map(shownWatchFlag), total };
    },
  },
  'watch.settle': {
    phase: 'command',
    run({ sql, clock, actor, note: say }, { id, note }) {
      const flag = findWatchFlag(sql, id);
      if (flag === undefined) throw new AppError('NOT_FOUND', { params: { what: 'watch', number: id } });
      say({ object: `customer:${flag.number}`, why: note, data: { watch: flag.kind } });
      if (flag.settled_at !== null) throw new AppError('CONFLICT', { params: { what: 'watch', number: id } });
      settleWatchFlag(sql, id, clock.now().toISOString(), actor.displayName, note);
      return {};
    },
  },
};
