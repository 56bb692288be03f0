import type { OutputOf } from '../../shared/contract/contract.ts';
import { type CountedEntry, quietExportSignals, USUAL_DAYS } from '../../shared/domain/supervision.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { addDays } from '../../shared/util/days.ts';
import type { PrintCommon, TableReportForm } from '../print/print-data.ts';
import { readInfo, writeInfo } from '../store/archive-records.ts';
import { lastFixityRound } from '../store/fixity.ts';
import type { Reader } from '../store/sql.ts';
import { LAST_DRILL } from './backup-status.ts';
import type { Actor, HandlersOf, OpenArchive, QueryContext } from './context.ts';
import { inTurns, type Pieces } from './in-turns.ts';
import { rememberPublicKey } from './open-archive.ts';
import { provePerson, requireSupervisor } from './prove-person.ts';
import { recordText } from './record-texts.ts';
import { readSettings } from './settings.ts';

/** What a supervisor signs and looks at (R73, R74). */

const COUNTERSIGNED = 'countersigned';
/** The hours in which an office is open, where nobody has said otherwise. */
const OFFICE_HOURS = [7, 20] as const;

interface Countersigned {
  readonly size: number;
  readonly at: string;
  readonly by: string;
}

export function countersignedOf(sql: Reader): Countersigned | null {
  const text = readInfo(sql, COUNTERSIGNED);
  return text === undefined ? null : (JSON.parse(text) as Countersigned);
}

/** The instants at which a month begins and ends here. */
function monthBounds(month: string): { readonly from: Date; readonly until: Date } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return { from: new Date(year, number - 1, 1), until: new Date(year, number, 1) };
}

type MonthlyReport = OutputOf<'audit.report'>;

/** So many entries are read in one piece: some milliseconds. */
const ENTRIES_OF_A_PIECE = 500;

/** What the log says of a month, and of the quarter before it; entry by entry, in pieces. @throws AppError INPUT_INVALID for no month */
async function monthlyReport({ archive, sql, signal }: QueryContext, month: string): Promise<MonthlyReport> {
  return await inTurns(reckoned(archive, sql, month), signal);
}

function* reckoned(archive: OpenArchive, sql: Reader, month: string): Pieces<MonthlyReport> {
  const { from, until } = monthBounds(month);
  if (Number.isNaN(from.getTime())) throw new AppError('INPUT_INVALID');
  const start = new Date(`${addDays(from.toISOString().slice(0, 10), -USUAL_DAYS)}T00:00:00.000Z`);
  const before: CountedEntry[] = [];
  const entries: CountedEntry[] = [];
  for (const { seq, ts, actor, type, outcome, data } of archive.audit.between(
    start.toISOString(),
    until.toISOString(),
  )) {
    const entry = { seq, at: ts, actor, type, outcome, data };
    if (ts < from.toISOString()) before.push(entry);
    else entries.push(entry);
    if ((before.length + entries.length) % ENTRIES_OF_A_PIECE === 0) yield;
  }
  const people = new Map<string, { entries: number; views: number }>();
  for (const { actor, type } of entries) {
    const so = people.get(actor) ?? { entries: 0, views: 0 };
    people.set(actor, { entries: so.entries + 1, views: so.views + (type.endsWith('.view') ? 1 : 0) });
  }
  return {
    month,
    entries: entries.length,
    people: [...people].map(([login, counts]) => ({ login, ...counts })).sort((a, b) => b.entries - a.entries),
    signals: quietExportSignals(entries, before, {
      offsetMinutes: -from.getTimezoneOffset(),
      hours: OFFICE_HOURS,
      weekend: readSettings(sql).weekend,
    }).map((signal) => ({ ...signal, entries: [...signal.entries] })),
    unanchored: archive.audit.size() - Number(readInfo(sql, 'anchoredSize') ?? 0),
    countersigned: countersignedOf(sql),
    lastBackup: readInfo(sql, 'lastBackup') ?? null,
    lastDrill: readInfo(sql, LAST_DRILL) ?? null,
    lastFixity: lastFixityRound(sql)?.ended_at ?? null,
  };
}

/** The report on paper, with a line for the supervisor's signature. */
export async function monthlyReportForm(
  context: QueryContext,
  base: PrintCommon,
  month: string,
): Promise<TableReportForm> {
  const { archive } = context;
  const report = await monthlyReport(context, month);
  const { language } = base;
  const text = (key: string) => recordText(language, `supervision.${key}`);
  const signed = report.countersigned;
  const { size, root } = archive.audit.head();
  return {
    ...base,
    landscape: false,
    title: text('report'),
    particulars: [
      { label: text('month'), value: report.month },
      { label: text('entries'), value: String(report.entries) },
      { label: text('unanchored'), value: String(report.unanchored) },
      {
        label: text('lastSigned'),
        value: signed === null ? text('never') : `${signed.at.slice(0, 10)} ${signed.by} (${signed.size})`,
      },
      { label: text('lastBackup'), value: report.lastBackup?.slice(0, 10) ?? text('never') },
      { label: text('lastDrill'), value: report.lastDrill?.slice(0, 10) ?? text('never') },
      { label: text('lastFixity'), value: report.lastFixity?.slice(0, 10) ?? text('never') },
    ],
    columns: [
      { label: text('signal'), share: 3 },
      { label: text('count'), share: 0.8, align: 'end' },
      { label: text('ask'), share: 0.8, align: 'center' },
      { label: text('where'), share: 3 },
    ],
    rows: report.signals.map((signal) => [
      text(`signal.${signal.key}`),
      String(signal.count),
      signal.remarkable ? '●' : '',
      signal.entries.slice(0, 8).join('、'),
    ]),
    closing: `${text('signHere')}  ${size}  ${root.slice(0, 16)}…`,
  };
}

export const supervisionHandlers: HandlersOf<'audit.countersign' | 'audit.report'> = {
  'audit.countersign': {
    phase: 'job',
    async run(context, { month, ...person }) {
      const { archive, clock } = context;
      const proven = await provePerson(context, person);
      try {
        const { user, signer } = proven;
        requireSupervisor(proven);
        const by: Actor = { login: user.login, displayName: user.displayName, role: user.role, signer };
        return await context.transaction((change) => {
          // The entry carries the supervisor's signature over the chain: over everything before it.
          rememberPublicKey(change.sql, signer);
          proven.strike(change.sql);
          const { size, root } = archive.audit.head();
          const at = clock.now().toISOString();
          change.note({
            by,
            object: `log:${size}`,
            data: { size, root, ...(month === undefined ? {} : { month }), desk: archive.deskActor.login },
          });
          writeInfo(change.sql, COUNTERSIGNED, JSON.stringify({ size, at, by: user.displayName }));
          // R73: the tail begins anew where somebody other than the keeper has signed.
          writeInfo(change.sql, 'anchoredSize', String(size + 1));
          writeInfo(change.sql, 'anchoredAt', at);
          change.afterCommit(() => archive.anchors.write());
          return { size, root, by: user.displayName, at };
        });
      } finally {
        proven.close();
      }
    },
  },
  'audit.report': {
    phase: 'query',
    async run(context, { month }) {
      context.note({ object: `month:${month}` });
      return await monthlyReport(context, month);
    },
  },
};
