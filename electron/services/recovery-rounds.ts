import type { RecoveryRound } from '../../shared/contract/recovery-rounds.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../shared/domain/numbering.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { addMonths } from '../../shared/util/days.ts';
import { findIssuedCopyById } from '../store/issued-copies.ts';
import { takeSequence } from '../store/number-sequence.ts';
import {
  addToRound,
  closeRound,
  findRound,
  heldByService,
  insertRound,
  listRounds,
  openRound,
  type RecoveryRoundView,
  roundCopies,
} from '../store/recovery-rounds.ts';
import type { Reader } from '../store/sql.ts';
import type { HandlersOf } from './context.ts';
import { shownCopy } from './copy-record.ts';
import { readSettings } from './settings.ts';
import { dayOf, todayOf } from './today.ts';

/** Recovery rounds (I2): what customer-service staff hold is called back together, at regular times. */

function shownRound(row: RecoveryRoundView): RecoveryRound {
  return {
    roundNumber: row.number,
    openedAt: row.opened_at,
    openedBy: row.opened_by,
    note: row.note,
    closedAt: row.closed_at,
    closedBy: row.closed_by,
    closingNote: row.closing_note,
    copies: row.copies,
    settled: row.settled,
  };
}

export function getRound(sql: Reader, number: string): RecoveryRoundView {
  const row = findRound(sql, number.normalize('NFKC').trim().toUpperCase());
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'round', number } });
  return row;
}

/** A round is due the set months after the last one was opened; the first, after the eldest copy went out. */
export function nextRoundDue(sql: Reader): string | null {
  if (openRound(sql) !== undefined) return null;
  const last = listRounds(sql, 0, 1).rows[0]?.opened_at;
  const [eldest] = heldByService(sql);
  if (eldest === undefined) return null;
  const since = last !== undefined && last > eldest.delivered_at ? last : eldest.delivered_at;
  return addMonths(dayOf(new Date(since)), readSettings(sql).recoveryRoundMonths);
}

export const recoveryRoundHandlers: HandlersOf<'rounds.list' | 'rounds.open' | 'rounds.get' | 'rounds.close'> = {
  'rounds.list': {
    phase: 'query',
    run({ sql }, { offset, limit }) {
      const { rows, total } = listRounds(sql, offset, limit);
      return { rounds: rows.map(shownRound), total, nextDue: nextRoundDue(sql), waiting: heldByService(sql).length };
    },
  },
  'rounds.open': {
    phase: 'command',
    run(context, { note }) {
      const { sql, clock, actor } = context;
      const running = openRound(sql);
      if (running !== undefined)
        throw new AppError('CONFLICT', { params: { what: 'round', number: running.number }, hint: 'hint.roundOpen' });
      const copies = heldByService(sql);
      if (copies.length === 0)
        throw new AppError('CONFLICT', { params: { what: 'round', number: '' }, hint: 'hint.roundEmpty' });
      const year = Number(todayOf(clock).slice(0, 4));
      const number = formatNumber(DEFAULT_PATTERNS.recoveryRound, takeSequence(sql, `recoveryRound-${year}`), year);
      const id = insertRound(sql, {
        number,
        opened_at: clock.now().toISOString(),
        opened_by: actor.displayName,
        note,
      });
      for (const copy of copies) addToRound(sql, id, copy.id);
      context.note({ object: `round:${number}`, data: { copies: copies.length } });
      return shownRound(getRound(sql, number));
    },
  },
  'rounds.get': {
    phase: 'query',
    run({ sql, clock }, { roundNumber }) {
      const row = getRound(sql, roundNumber);
      const today = todayOf(clock);
      return {
        round: shownRound(row),
        lines: roundCopies(sql, row.id).flatMap(({ copy_id, outcome, settled_at }) => {
          const copy = findIssuedCopyById(sql, copy_id);
          return copy === undefined ? [] : [{ copy: shownCopy(sql, copy, today), outcome, settledAt: settled_at }];
        }),
      };
    },
  },
  'rounds.close': {
    phase: 'command',
    run(context, { roundNumber, note }) {
      const { sql, clock, actor } = context;
      const row = getRound(sql, roundNumber);
      context.note({ object: `round:${row.number}`, data: { copies: row.copies, settled: row.settled } });
      if (row.closed_at !== null) throw new AppError('CONFLICT', { params: { what: 'round', number: row.number } });
      if (row.settled < row.copies && note.trim() === '')
        throw new AppError('INPUT_INVALID', {
          fields: [{ path: 'note', message: 'validation.roundUnsettled', params: { count: row.copies - row.settled } }],
        });
      closeRound(sql, row.id, {
        closed_at: clock.now().toISOString(),
        closed_by: actor.displayName,
        closing_note: note.trim(),
      });
      return shownRound(getRound(sql, row.number));
    },
  },
};
