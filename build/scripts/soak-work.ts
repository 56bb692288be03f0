import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRACTICE_KEEPER } from '../../electron/services/practice/practice-people.ts';
import { type BenchDesk, openDesk } from './bench-desk.ts';

/** A keeper's working day, compressed: the same acts over and over through the real archive process, and what the process holds after each hour. */

export interface SoakPlan {
  /** File of the archive process. */
  readonly entry: string;
  /** Where the archive and its backups lie; emptied by whoever gave it. */
  readonly folder: string;
  readonly customers: number;
  readonly hours: number;
  /** Rounds of small acts in an hour. */
  readonly rounds: number;
  readonly importedRows: number;
  /** Hours after which the desk is locked; afterwards one session goes on to the end, so that what grows in it shows. */
  readonly lockedHours: number;
  readonly seed: number;
}

/** What stood at the end of an hour. */
export interface SoakHour {
  readonly hour: number;
  /** Calls answered since the beginning. */
  readonly calls: number;
  /** Of the archive process, MB; NaN where the system does not tell. */
  readonly memory: number;
  /** Open files and sockets of the archive process and of this one, and processes that both have started. */
  readonly files: number;
  readonly ownFiles: number;
  readonly processes: number;
  /** Of this process, which stands for the host: MB. */
  readonly ownMemory: number;
}

export interface SoakReport {
  readonly hours: readonly SoakHour[];
  readonly logVerifies: boolean;
  readonly entries: number;
}

const filesOf = (pid: number | 'self'): number =>
  process.platform === 'linux' ? readdirSync(`/proc/${pid}/fd`).length : Number.NaN;

/** Processes below one, however far. */
function processesBelow(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It has ended meanwhile.
    }
  }
  const below = (of: number): number => (children.get(of) ?? []).reduce((sum, child) => sum + 1 + below(child), 0);
  return below(pid);
}

/** Memory may wander by so much between hours, since it is given back when the collector likes. */
const WANDERS_MB = 60;
/** The process that prints is there for a minute after the last print, with its channel. */
const PRINTING = 1;

/** What grew from the second hour of one session to its last; the first hour fills what is kept in memory. Empty when nothing did. */
export function grown(session: readonly SoakHour[]): string[] {
  const [first, last] = [session[1] ?? session[0], session.at(-1)];
  if (first === undefined || last === undefined) return [];
  const figures = [
    ['memory of the archive process', 'memory', WANDERS_MB],
    ['memory of the host', 'ownMemory', WANDERS_MB],
    ['open files of the archive process', 'files', PRINTING],
    ['open files of the host', 'ownFiles', 0],
    ['processes', 'processes', PRINTING],
  ] as const;
  return figures.flatMap(([name, key, allowed]) =>
    last[key] > first[key] + allowed ? [`${name}: ${first[key].toFixed(0)} → ${last[key].toFixed(0)}`] : [],
  );
}

interface Day {
  readonly desk: BenchDesk;
  readonly numbers: readonly string[];
  readonly staffId: number;
  /** A number below `limit`, the same for the same seed. */
  readonly pick: (limit: number) => number;
  count: number;
}

/** One round: what a keeper does in some minutes. */
async function smallActs(day: Day): Promise<void> {
  const { desk, numbers, pick } = day;
  const number = () => numbers[pick(numbers.length)] ?? '';
  const name = (await desk.call('customers.get', { number: number() })).values['registeredName'];
  for (const length of [2, 3, 4]) await desk.call('search.find', { text: String(name ?? '公司').slice(0, length) });
  await desk.call('customers.list', { limit: 100, sort: 'name', offset: pick(numbers.length) });
  await desk.call('lists.rows', { list: 'papers', limit: 100, sort: 'title' });
  await desk.call('desk.overview', {});
  await desk.call('duties.today', {});
  const card = await desk.call('customers.get', { number: number() });
  const phone = `02-2345-${String(1000 + pick(9000))}`;
  const values = { [card.kind === 'enterprise' ? 'telephone' : 'mobile']: phone };
  await desk.call('customers.update', { number: card.number, revision: card.revision, values });
  await desk.call('visits.record', {
    number: card.number,
    visitedAt: new Date(Date.now() - 60_000).toISOString(),
    staffId: day.staffId,
    method: 'onSite',
    purpose: 'followUp',
    content: '談訂單',
    result: 'toFollowUp',
  });
  const { code } = await desk.call('dossiers.addPaper', {
    customer: card.number,
    type: 'contract',
    title: '合約',
    security: 'public',
    pages: 3,
  });
  const { loanNumber } = await desk.call('loans.lend', { code, borrowerId: day.staffId, purpose: '洽談' });
  await desk.call('loans.return', { loanNumber, pagesIn: 3 });
  day.count += 13;
}

/** What comes once in an hour: a table imported, a volume set, an analysis. */
async function largeActs(day: Day, hour: number, rows: number): Promise<void> {
  const { desk } = day;
  const lines = Array.from({ length: rows }, (_, row) => `演練${hour}第${row}公司,02-8765-${String(1000 + row)}`);
  const upload = await desk.upload('customers.csv', Buffer.from(['客戶名稱,電話', ...lines].join('\r\n')), 'table');
  const { table } = await desk.call('imports.read', { upload, kind: 'enterprise' });
  await desk.call('imports.apply', { table, kind: 'enterprise', acceptValid: true });
  const { document } = await desk.call('binding.preview', { year: new Date().getFullYear(), class: 2, volume: 1 });
  // As the window does when the viewer is left: what is open lies in the memory of the archive process.
  await desk.call('documents.close', { document });
  for (const analysis of ['sales', 'credit'] as const) {
    const year = new Date().getFullYear();
    await desk.call('analysis.compose', { analysis, from: `${year}-01`, to: `${year}-12` });
  }
  day.count += 8;
}

/**
 * Lives through the hours. Throws when an act fails or the archive process is lost.
 * @param onHour is told each hour as it ends
 */
export async function soak(plan: SoakPlan, onHour: (hour: SoakHour) => void = () => undefined): Promise<SoakReport> {
  const directory = join(plan.folder, 'archive');
  const backups = join(plan.folder, 'backups');
  mkdirSync(backups);
  const { login, secret } = PRACTICE_KEEPER;
  const desk = openDesk(plan.entry);
  try {
    await desk.call('archive.practice', { directory, customers: plan.customers, seed: plan.seed });
    const { rows } = await desk.call('customers.list', { limit: 200 });
    // Somebody of whom nothing is overdue.
    const { id: staffId } = await desk.call('staff.save', { name: '演練員', department: '業務' });
    let state = plan.seed;
    const day: Day = {
      desk,
      numbers: rows.map(({ number }) => number),
      staffId,
      pick(limit) {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        return state % Math.max(1, limit);
      },
      count: 0,
    };
    const hours: SoakHour[] = [];
    for (let hour = 1; hour <= plan.hours; hour += 1) {
      for (let round = 0; round < plan.rounds; round += 1) await smallActs(day);
      await largeActs(day, hour, plan.importedRows);
      await desk.call('archive.backup', { file: backups, extent: hour % 4 === 1 ? 'full' : 'incremental' });
      const pid = desk.pid ?? 0;
      const stood: SoakHour = {
        hour,
        calls: day.count,
        memory: desk.memory()?.now ?? Number.NaN,
        files: filesOf(pid),
        ownFiles: filesOf('self'),
        processes: processesBelow(process.pid),
        ownMemory: process.memoryUsage().rss / 2 ** 20,
      };
      hours.push(stood);
      onHour(stood);
      if (hour > plan.lockedHours) continue;
      await desk.lock();
      await desk.call('archive.unlock', { directory, login, secret });
    }
    const verified = await desk.call('audit.verify', {});
    return { hours, logVerifies: verified.ok, entries: verified.audit.entries };
  } finally {
    await desk.close();
  }
}
