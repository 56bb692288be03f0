import { systemClock } from '../../electron/platform/clock.ts';
import { deskHandlers } from '../../electron/services/desk.ts';
import { dutyHandlers } from '../../electron/services/duties.ts';
import { gridRange } from '../../shared/domain/month-grid.ts';
import type { BenchDesk } from './bench-desk.ts';
import { type Figure, p95AtMost, timed } from './bench-measure.ts';
import type { Connection, PlainArchive } from './bench-plain.ts';

const OPENINGS = 30;
/** Every so many-th loan is out; the others have been returned. */
const ONE_OUT_OF = 5;

/** Adds loans: one in five out, due around today, the others returned. */
export function addLoans(connection: Connection, count: number): void {
  // A form each, signed: what is on an unsigned one is not out.
  connection
    .prepare(
      `INSERT INTO loan_form (number, borrower_id, purpose, lent_at, lent_by, written_at, signed_at)
       SELECT 'BM-' || paper.id, (SELECT max(id) FROM staff WHERE active = 1), '核對', :at, 'bench', :at, :at
       FROM paper WHERE original = 0 AND security <> 'coreTradeSecret' AND NOT EXISTS (SELECT 1 FROM loan WHERE loan.paper_id = paper.id)
       ORDER BY paper.id LIMIT :count`,
    )
    .run({ at: new Date(Date.now() - 30 * 86_400_000).toISOString(), count });
  connection
    .prepare(
      `INSERT INTO loan (number, form_id, paper_id, borrower_id, purpose, lent_at, lent_by, due, condition_out, pages_out, returned_at, condition_in, pages_in)
       SELECT form.number || '-01', form.id, paper.id, form.borrower_id, form.purpose, form.lent_at, form.lent_by,
         date('now', (paper.id % 40 - 20) || ' days'), 'intact', paper.pages,
         iif(paper.id % ${ONE_OUT_OF} = 0, NULL, strftime('%Y-%m-%dT08:00:00.000Z', 'now', '-5 days')), iif(paper.id % ${ONE_OUT_OF} = 0, NULL, 'intact'),
         iif(paper.id % ${ONE_OUT_OF} = 0, NULL, paper.pages)
       FROM loan_form AS form JOIN paper ON paper.id = CAST(substr(form.number, 4) AS INTEGER) WHERE form.number LIKE 'BM-%'`,
    )
    .run();
}

/** What the first screen asks when it is opened: how the archive is, what is to be done, the month beside it. */
export async function openToday(desk: BenchDesk, plain: PlainArchive, what: string): Promise<Figure> {
  const samples: number[] = [];
  const baseline: number[] = [];
  const audit = { size: () => 1, head: () => ({ chain: '' }), list: () => ({ entries: [], total: 0 }) };
  // The three handlers need no more of a context than this.
  const archive = { audit, vault: { epoch: 1 } };
  const context = { sql: plain.writer, clock: systemClock, archive, actor: { role: 'keeper' } } as never;
  for (let run = 0; run < OPENINGS; run += 1) {
    const { today } = await desk.call('desk.overview', {});
    const month = gridRange(today.slice(0, 7));
    samples.push(
      await timed(() =>
        Promise.all([
          desk.call('desk.overview', {}),
          desk.call('duties.today', {}),
          desk.call('duties.calendar', month),
        ]),
      ),
    );
    baseline.push(
      await timed(async () => {
        await deskHandlers['desk.overview'].run(context, {});
        await dutyHandlers['duties.today'].run(context, { lines: 3 });
        await dutyHandlers['duties.calendar'].run(context, month);
      }),
    );
  }
  return {
    name: `open today (${what})`,
    unit: 'ms',
    samples,
    baseline: { name: 'same questions on plain SQLite, no process between', samples: baseline },
    target: p95AtMost(150, 'ms'),
  };
}
