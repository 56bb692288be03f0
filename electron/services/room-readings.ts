import { AppError } from '../../shared/errors/app-error.ts';
import { insertPaperAct } from '../store/papers.ts';
import {
  endReading,
  findReading,
  insertReading,
  listReadings,
  openReadingOf,
  type RoomReadingView,
} from '../store/room-readings.ts';
import type { Reader } from '../store/sql.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { getStaff, shownReading } from './loan-record.ts';
import { mayRead } from './named-readers.ts';
import { getPaper } from './paper-record.ts';
import { todayOf } from './today.ts';

function getReading(sql: Reader, id: number): RoomReadingView {
  const row = findReading(sql, id);
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'reading', number: id } });
  return row;
}

function trail(context: CommandContext, paperId: number, act: string, detail: string): void {
  insertPaperAct(context.sql, {
    paper_id: paperId,
    at: context.clock.now().toISOString(),
    by: context.actor.displayName,
    act,
    reason: '',
    detail,
  });
}

/** Papers read in the room, with the times (L1, L3): the only way to an original; it does not change where the paper belongs. */
export const roomReadingHandlers: HandlersOf<'readings.list' | 'readings.begin' | 'readings.end'> = {
  'readings.list': {
    phase: 'query',
    run({ sql }, { state, code, offset, limit }) {
      const paperId = code === undefined ? undefined : getPaper(sql, code).id;
      const { rows, total } = listReadings(sql, { open: state === 'open', paperId }, offset, limit);
      return { readings: rows.map(shownReading), total };
    },
  },
  'readings.begin': {
    phase: 'command',
    run(context, { code, staffId, basis, purpose }) {
      const { sql, clock, actor } = context;
      const paper = getPaper(sql, code);
      const reader = getStaff(sql, staffId, todayOf(clock));
      context.note({ object: `paper:${paper.code}`, data: { reader: `staff:${reader.id}`, basis } });
      if (reader.active !== 1)
        throw new AppError('BORROWER_BLOCKED', {
          params: { code: paper.code, reason: 'borrowerInactive', borrower: reader.name },
          hint: 'loanRefusal.borrowerInactive',
        });
      if (!mayRead(sql, paper.customer_id, reader.id))
        throw new AppError('BORROWER_BLOCKED', {
          params: { code: paper.code, reason: 'notNamed', borrower: reader.name },
          hint: 'loanRefusal.notNamed',
        });
      const inPlace = paper.state === 'inPlace' || paper.state === 'bound';
      if (!inPlace || openReadingOf(sql, paper.id) !== undefined)
        throw new AppError('CONFLICT', {
          params: { what: 'paper', number: paper.code },
          hint: `loanRefusal.${inPlace ? 'beingRead' : paper.state === 'lent' ? 'alreadyLent' : 'notInDossier'}`,
        });
      const id = insertReading(sql, {
        paper_id: paper.id,
        staff_id: reader.id,
        basis,
        purpose,
        started_at: clock.now().toISOString(),
        started_by: actor.displayName,
        pages_out: paper.pages,
      });
      trail(context, paper.id, 'readInRoom', reader.name);
      return shownReading(getReading(sql, id));
    },
  },
  'readings.end': {
    phase: 'command',
    run(context, { id, pagesIn, note }) {
      const { sql, clock } = context;
      const row = getReading(sql, id);
      context.note({ object: `paper:${row.code}`, data: { pagesOut: row.pages_out, pagesIn } });
      if (row.ended_at !== null) throw new AppError('CONFLICT', { params: { what: 'reading', number: id } });
      if (pagesIn !== row.pages_out && note.trim() === '')
        throw new AppError('INPUT_INVALID', {
          fields: [
            { path: 'note', message: 'validation.pagesUnexplained', params: { out: row.pages_out, back: pagesIn } },
          ],
        });
      endReading(sql, id, clock.now().toISOString(), pagesIn, note);
      trail(context, row.paper_id, 'readingEnded', String(pagesIn));
      return shownReading(getReading(sql, id));
    },
  },
};
