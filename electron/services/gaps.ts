import { AppError } from '../../shared/errors/app-error.ts';
import { setClaim } from '../store/gaps.ts';
import type { HandlersOf } from './context.ts';
import { getCustomer } from './customers.ts';
import { EXPORT_TYPES, exportSetPieces, exportSetsNow, setsByIds } from './export-sets.ts';
import { linesOfCustomer } from './gap-lines.ts';
import { GAP_STATES, type GapState, isInScope, lookAtGaps } from './gap-survey.ts';
import { missingOf, typeOf } from './paper-record.ts';
import { todayOf } from './today.ts';

/** The missing-paper ledger over all customers (D7), and export orders against their four documents (D4). */

/** What each choice of the ledger shows: what is late is open too. */
const SHOWN: Readonly<Record<'open' | 'late' | 'never' | 'all', readonly GapState[]>> = {
  open: ['open', 'late'],
  late: ['late'],
  never: ['never'],
  all: GAP_STATES,
};

export const gapHandlers: HandlersOf<'gaps.ledger' | 'gaps.claim' | 'gaps.exportSets'> = {
  'gaps.ledger': {
    phase: 'query',
    async run(context, { number, class: only, state, offset, limit }) {
      const { sql, clock } = context;
      const scopeOf = (states: readonly GapState[]) => ({ class: only, states });
      const scope = scopeOf(SHOWN[state]);
      if (number !== undefined) {
        const own = linesOfCustomer(sql, getCustomer(sql, number).id, todayOf(clock));
        const within = (states: readonly GapState[]) => own.filter((line) => isInScope(line, scopeOf(states)));
        return {
          lines: within(SHOWN[state]).slice(offset, offset + limit),
          total: within(SHOWN[state]).length,
          open: within(SHOWN.open).length,
          late: within(SHOWN.late).length,
          never: within(SHOWN.never).length,
        };
      }
      return await lookAtGaps(context, (survey, reader) => ({
        lines: survey.page(reader, scope, offset, limit),
        total: survey.count(scope),
        open: survey.count(scopeOf(SHOWN.open)),
        late: survey.count(scopeOf(SHOWN.late)),
        never: survey.count(scopeOf(SHOWN.never)),
      }));
    },
  },
  'gaps.claim': {
    phase: 'command',
    run(context, { number, type, exportOrder, owedBy, askedOn, dueOn, note }) {
      const { sql, clock, actor } = context;
      const customer = getCustomer(sql, number);
      const { key } = typeOf(type);
      context.note({ object: `dossier:${customer.number}`, data: { type: key } });
      const today = todayOf(clock);
      const isMissing = missingOf(sql, customer, today).some(
        (gap) => gap.type === key && (gap.exportOrder ?? null) === exportOrder,
      );
      if (!isMissing)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'type', message: 'validation.notMissing' }] });
      const asked = askedOn ?? today;
      if (dueOn !== null && dueOn < asked)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'dueOn', message: 'validation.dueBeforeAsked' }] });
      setClaim(sql, {
        customer_id: customer.id,
        type: key,
        export_order: exportOrder ?? '',
        owed_by: owedBy.trim(),
        asked_on: asked,
        due_on: dueOn,
        note: note.trim(),
        at: clock.now().toISOString(),
        by: actor.displayName,
      });
      return {};
    },
  },
  'gaps.exportSets': {
    phase: 'query',
    async run(context, { number, onlyIncomplete, offset, limit }) {
      const { sql } = context;
      const types = [...EXPORT_TYPES];
      if (number !== undefined) {
        const all = [...exportSetPieces(sql, getCustomer(sql, number).id)].flat().map(({ set }) => set);
        const incomplete = all.filter((set) => set.missing > 0);
        const sets = onlyIncomplete ? incomplete : all;
        return { types, sets: sets.slice(offset, offset + limit), total: sets.length, incomplete: incomplete.length };
      }
      const { all, incomplete } = await exportSetsNow(context);
      const ids = onlyIncomplete ? incomplete : all;
      const sets = setsByIds(sql, ids.slice(offset, offset + limit)).map(({ set }) => set);
      return { types, sets, total: ids.length, incomplete: incomplete.length };
    },
  },
};
