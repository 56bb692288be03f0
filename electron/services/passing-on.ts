import type { Passing } from '../../shared/contract/passing-on.ts';
import { REPORT_SUBJECTS } from '../../shared/domain/visit.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { InformationView } from '../store/information-reports.ts';
import {
  listRouting,
  type PassingRow,
  type PassingView,
  passingsOf,
  savePassing,
  setRouting,
} from '../store/report-passings.ts';
import type { Reader } from '../store/sql.ts';
import type { HandlersOf } from './context.ts';
import { getInformation, shownInformation } from './information.ts';
import { requireMayRead } from './named-readers.ts';
import { waitingToBeTold } from './report-recipients.ts';
import { todayOf } from './today.ts';
import { requireStaff } from './visits.ts';

/** What is learnt is passed on, accurately, to those who sell (V3): whom to, until when, and that it was done. */

function shownPassing(row: PassingView): Passing {
  return {
    staffId: row.staff_id,
    staff: row.staff,
    department: row.department,
    why: row.why,
    passBy: row.pass_by,
    state: row.state,
    passedAt: row.passed_at,
    channel: row.channel,
    words: row.words,
    decidedBy: row.decided_by,
  };
}
export const passingsShown = (sql: Reader, report: InformationView): Passing[] =>
  passingsOf(sql, report.id).map(shownPassing);

/** One whom the report is to be passed on to. @throws AppError CONFLICT for one who has been told */
function recipient(sql: Reader, report: InformationView, staffId: number): PassingRow | undefined {
  const row = passingsOf(sql, report.id).find((one) => one.staff_id === staffId);
  if (row?.state === 'passed')
    throw new AppError('CONFLICT', { params: { what: 'passedOn', number: report.number }, hint: 'hint.passedOn' });
  return row;
}

/** @throws AppError ISSUE_REFUSED for somebody whom the card of the report's customer does not name (L1) */
function requireTold(sql: Reader, report: InformationView, staffId: number): void {
  if (report.customer_id !== null) requireMayRead(sql, report.customer_id, staffId);
}

export const passingOnHandlers: HandlersOf<
  | 'information.recipients'
  | 'information.passOn'
  | 'information.addRecipient'
  | 'information.dropRecipient'
  | 'reportRouting.list'
  | 'reportRouting.save'
> = {
  'information.recipients': {
    phase: 'query',
    run: ({ sql }, { number }) => ({ passings: passingsShown(sql, getInformation(sql, number)) }),
  },
  'information.passOn': {
    phase: 'command',
    run(context, { number, staffIds, channel, passedAt, words }) {
      const { sql, clock, actor } = context;
      const report = getInformation(sql, number);
      const now = clock.now().toISOString();
      context.note({ object: `information:${report.number}`, data: { to: staffIds.join(' '), channel } });
      const at = passedAt ?? now;
      if (at > now)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'passedAt', message: 'validation.inFuture' }] });
      for (const staffId of new Set(staffIds)) {
        requireStaff(sql, staffId, todayOf(clock));
        requireTold(sql, report, staffId);
        const row = recipient(sql, report, staffId) ?? waitingToBeTold(report, staffId, 'added');
        savePassing(sql, { ...row, state: 'passed', passed_at: at, channel, words, decided_by: actor.displayName });
      }
      return shownInformation(getInformation(sql, number), now);
    },
  },
  'information.addRecipient': {
    phase: 'command',
    run({ sql, clock, note }, { number, staffId }) {
      const report = getInformation(sql, number);
      note({ object: `information:${report.number}`, data: { to: staffId } });
      requireStaff(sql, staffId, todayOf(clock));
      requireTold(sql, report, staffId);
      // Somebody who was left out before is told after all.
      savePassing(sql, waitingToBeTold(report, staffId, recipient(sql, report, staffId)?.why ?? 'added'));
      return shownInformation(getInformation(sql, number), clock.now().toISOString());
    },
  },
  'information.dropRecipient': {
    phase: 'command',
    run({ sql, clock, actor, note }, { number, staffId, reason }) {
      const report = getInformation(sql, number);
      note({ object: `information:${report.number}`, why: reason, data: { to: staffId } });
      const row = recipient(sql, report, staffId);
      if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'staff', number: staffId } });
      savePassing(sql, { ...row, state: 'dropped', words: reason, decided_by: actor.displayName });
      return shownInformation(getInformation(sql, number), clock.now().toISOString());
    },
  },
  'reportRouting.list': {
    phase: 'query',
    run({ sql }) {
      const rules = listRouting(sql);
      return {
        rules: (['', ...REPORT_SUBJECTS] as const).map((subject) => ({
          subject,
          staff: rules
            .filter((rule) => rule.subject === subject)
            .map(({ staffId, name, department }) => ({ id: staffId, name, department })),
        })),
      };
    },
  },
  'reportRouting.save': {
    phase: 'command',
    run({ sql, clock, note }, { subject, staffIds }) {
      note({ object: `reportRouting:${subject === '' ? 'all' : subject}`, data: { to: staffIds.join(' ') } });
      for (const id of staffIds) requireStaff(sql, id, todayOf(clock));
      setRouting(sql, subject, staffIds);
      return {};
    },
  },
};
