import type { z } from 'zod';
import type { hold } from '../../shared/contract/disposals.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { findHold, type HoldView, insertHold, liftHold, listHolds } from '../store/disposals.ts';
import type { Reader } from '../store/sql.ts';
import type { HandlersOf } from './context.ts';
import { getCustomer } from './customers.ts';
import { getThing } from './disposals.ts';

/** Holds (§7.9): customers and volumes of which nothing may be destroyed. */

const shownHold = (row: HoldView): z.infer<typeof hold> => ({
  id: row.id,
  subject: row.customer_number ?? row.volume_code ?? '',
  name: row.name,
  reason: row.reason,
  placedAt: row.placed_at,
  placedBy: row.placed_by,
  liftedAt: row.lifted_at,
  liftedBy: row.lifted_by,
  liftedReason: row.lifted_reason,
});

function gotHold(sql: Reader, id: number): HoldView {
  const row = findHold(sql, id);
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'hold', number: id } });
  return row;
}

export const holdHandlers: HandlersOf<'holds.list' | 'holds.place' | 'holds.lift'> = {
  'holds.list': {
    phase: 'query',
    run({ sql }, { onlyStanding, offset, limit }) {
      const { rows, total } = listHolds(sql, onlyStanding, offset, limit);
      return { holds: rows.map(shownHold), total };
    },
  },
  'holds.place': {
    phase: 'command',
    run(context, { subject, reason }) {
      const { sql, clock, actor } = context;
      // A volume has its middle dots; everything else is a customer.
      const volume = /[·.]/u.test(subject) ? getThing(sql, subject) : undefined;
      const customer = volume === undefined ? getCustomer(sql, subject) : undefined;
      context.note({ object: `hold:${customer?.number ?? volume?.code ?? ''}`, why: reason });
      if (volume !== undefined && volume.volume_id === null)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'subject', message: 'validation.customerOrVolume' }] });
      const id = insertHold(sql, {
        customer_id: customer?.id ?? null,
        volume_id: volume?.volume_id ?? null,
        reason,
        placed_at: clock.now().toISOString(),
        placed_by: actor.displayName,
      });
      return shownHold(gotHold(sql, id));
    },
  },
  'holds.lift': {
    phase: 'command',
    run(context, { id, reason }) {
      const { sql, clock, actor } = context;
      const row = gotHold(sql, id);
      context.note({ object: `hold:${row.customer_number ?? row.volume_code ?? ''}`, why: reason });
      if (row.lifted_at !== null) throw new AppError('CONFLICT', { params: { what: 'hold', number: id } });
      liftHold(sql, id, { at: clock.now().toISOString(), by: actor.displayName, reason });
      return shownHold(gotHold(sql, id));
    },
  },
};
