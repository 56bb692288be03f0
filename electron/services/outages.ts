import type { OutputOf } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { addDays } from '../../shared/util/days.ts';
import { formsKeyedIn } from '../store/loan-forms.ts';
import type { Reader } from '../store/sql.ts';
import type { HandlersOf, OpenArchive } from './context.ts';
import { dayOf } from './today.ts';

/** Days without the machine: the silence of the log, which forms were filled in meanwhile, and why. The explanation is an entry of the log. */

type Stretch = OutputOf<'outages.list'>['gaps'][number];
type Explained = OutputOf<'outages.list'>['explained'][number];

const MOST_EXPLAINED = 200;
/** Silence by day that has to be explained when forms were filled in by hand that day. */
const SHORTEST_GAP_MS = 60 * 60_000;
/** What was keyed in longer ago than so many days is not asked about any more. */
const REMEMBERED_DAYS = 31;
/** Hours in which somebody might be at the desk. */
const DESK_HOURS = ['07:00:00', '20:00:00'] as const;

type Asking = { readonly archive: Pick<OpenArchive, 'audit'>; readonly sql: Reader };

function explainedSoFar({ archive }: Pick<Asking, 'archive'>): Explained[] {
  const { entries } = archive.audit.list({ type: 'outage.explain', outcome: 'ok', limit: MOST_EXPLAINED });
  return entries.map(({ seq, ts, actor, why, data }) => {
    const { from, to, forms } = JSON.parse(data) as { from: string; to: string; forms?: string[] };
    return { seq, at: ts, by: actor, reason: why, from, to, forms: forms ?? [] };
  });
}

const overlap = (from: string, to: string, start: string, end: string): number =>
  Math.min(Date.parse(to), Date.parse(end)) - Math.max(Date.parse(from), Date.parse(start));

/**
 * The longest silence by day around a form that was filled in on that day and keyed in later. A silence of an hour has a full hour in it:
 * the log is asked at those, not read through.
 */
function silenceOf(
  { archive: { audit } }: Asking,
  day: string,
  writtenAt: string,
): Pick<Stretch, 'from' | 'to'> | undefined {
  const [start, end] = DESK_HOURS.map((time) => new Date(`${day}T${time}`).toISOString()) as [string, string];
  const last = end < writtenAt ? end : writtenAt;
  let longest: { from: string; to: string; length: number } | undefined;
  for (let asked = Date.parse(start); asked <= Date.parse(last); asked += SHORTEST_GAP_MS) {
    const after = audit.seqSince(new Date(asked).toISOString());
    const from = after === 0 ? undefined : audit.entry(after - 1)?.ts;
    const to = audit.entry(after)?.ts;
    if (from === undefined || to === undefined) continue;
    const length = overlap(from, to, start, end);
    if (length >= SHORTEST_GAP_MS && length > (longest?.length ?? 0)) longest = { from, to, length };
  }
  return longest;
}

/** Silent times of the log around forms that were keyed in later, and that no explanation covers; the latest first. */
export function unexplainedGaps(asking: Asking, now: string): Stretch[] {
  const explained = explainedSoFar(asking);
  const gaps = new Map<string, Stretch>();
  for (const { number, lent_at, written_at } of formsKeyedIn(asking.sql, addDays(now.slice(0, 10), -REMEMBERED_DAYS))) {
    const day = dayOf(new Date(lent_at));
    if (explained.some((one) => coversDay(one, day))) continue;
    const silence = silenceOf(asking, day, written_at);
    if (silence === undefined) continue;
    const { from, to } = silence;
    gaps.set(from, { from, to, forms: [...(gaps.get(from)?.forms ?? []), number].sort() });
  }
  return [...gaps.values()].sort((a, b) => (a.from < b.from ? 1 : -1));
}

const coversDay = ({ from, to }: Pick<Stretch, 'from' | 'to'>, day: string): boolean =>
  dayOf(new Date(from)) <= day && day <= dayOf(new Date(to));

export const outageHandlers: HandlersOf<'outages.list' | 'outages.explain'> = {
  'outages.list': {
    phase: 'query',
    run: (context) => ({
      gaps: unexplainedGaps(context, context.clock.now().toISOString()),
      explained: explainedSoFar(context),
    }),
  },
  'outages.explain': {
    phase: 'command',
    run(context, { from, to, reason }) {
      const { archive, sql, clock } = context;
      context.note({ object: 'desk', why: reason });
      if (from >= to || to > clock.now().toISOString())
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'to', message: 'validation.outageOrder' }] });
      // What is explained must be silent: an entry in between says that the machine was there.
      const inside = archive.audit.entry(archive.audit.seqSince(new Date(Date.parse(from) + 1).toISOString()));
      if (inside !== undefined && inside.ts < to)
        throw new AppError('INPUT_INVALID', {
          fields: [{ path: 'from', message: 'validation.outageNotSilent', params: { seq: inside.seq, at: inside.ts } }],
        });
      const forms = formsKeyedIn(sql, from.slice(0, 10))
        .filter(({ lent_at }) => coversDay({ from, to }, dayOf(new Date(lent_at))))
        .map(({ number }) => number)
        .sort();
      context.note({ data: { from, to, forms } });
      return { from, to, forms };
    },
  },
};
