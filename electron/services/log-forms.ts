import { AppError } from '../../shared/errors/app-error.ts';
import { isDay } from '../../shared/util/days.ts';
import type { PrintCommon, TableReportForm } from '../print/print-data.ts';
import { listBackupRuns, listMedia } from '../store/backups.ts';
import { notedActsOfCustomer } from '../store/papers.ts';
import type { CommandContext } from './context.ts';
import { getCustomer } from './customers.ts';
import { actText, recordText } from './record-texts.ts';
import { dayOf, instantsOf, todayOf } from './today.ts';

/** Extracts: of the log between two days, and the notes sheet (備考表) of a loose dossier. */

/** Entries of one extract; the closing line says when there are more. */
const MOST_ENTRIES = 3_000;
const PAGE = 500;

/** `2026-01-01#2026-01-31`, with `#loan` behind for one type or family; empty: the last thirty days. */
function asked(number: string, today: string): { from: string; to: string; type: string | undefined } {
  const [from = '', to = '', type = ''] = number.split('#');
  const wanted = { from: from === '' ? `${today.slice(0, 7)}-01` : from, to: to === '' ? today : to };
  if (!isDay(wanted.from) || !isDay(wanted.to) || wanted.from > wanted.to)
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'number', message: 'validation.twoDays' }] });
  return { ...wanted, type: type === '' ? undefined : type };
}

/** The log between two days, as it is proved: number, time, who, what, about what, outcome (security §10). */
export function auditExtract(context: CommandContext, base: PrintCommon, number: string): TableReportForm {
  const { archive, clock } = context;
  const word = (key: string) => recordText(base.language, key);
  const { from, to, type } = asked(number, todayOf(clock));
  const entries: ReturnType<typeof archive.audit.list>['entries'][number][] = [];
  let before: number | undefined;
  while (entries.length < MOST_ENTRIES) {
    const page = archive.audit.list({ before, limit: PAGE, type, ...instantsOf({ from, to }) });
    entries.push(...page.entries);
    before = page.entries.at(-1)?.seq;
    if (page.entries.length < PAGE) break;
  }
  const head = archive.audit.head();
  return {
    ...base,
    landscape: true,
    title: word('kit.print.auditExtract'),
    particulars: [
      { label: word('logPrint.period'), value: `${from} – ${to}` },
      {
        label: word('logPrint.type'),
        value: type === undefined ? word('logPrint.allTypes') : actText(base.language, type),
      },
      { label: word('logPrint.entries'), value: `${entries.length} / ${head.size}` },
      { label: word('logPrint.head'), value: head.chain },
    ],
    columns: [
      { label: word('logPrint.seq'), share: 0.6, align: 'end' },
      { label: word('logPrint.time'), share: 1.5 },
      { label: word('logPrint.actor'), share: 1 },
      { label: word('logPrint.what'), share: 1.4 },
      { label: word('logPrint.object'), share: 2.2 },
      { label: word('logPrint.outcome'), share: 0.7 },
      { label: word('logPrint.why'), share: 2 },
      { label: word('logPrint.hash'), share: 1.3 },
    ],
    rows: entries.map((entry) => [
      String(entry.seq),
      entry.ts.slice(0, 19).replace('T', ' '),
      entry.actor,
      actText(base.language, entry.type),
      entry.obj,
      word(`logOutcome.${entry.outcome}`),
      entry.why,
      entry.hash.slice(0, 16),
    ]),
    closing: word(entries.length >= MOST_ENTRIES ? 'logPrint.more' : 'logPrint.closing'),
  };
}

/** Backups that are kept with the sheet; older ones are in the log. */
const BACKUPS_LISTED = 40;

/** What a person needs to tell one backup from another, and the end of the log at this moment: kept away from this machine (wishes 24, 28). */
export function backupSheet(context: CommandContext, base: PrintCommon): TableReportForm {
  const { archive, sql } = context;
  const word = (key: string) => recordText(base.language, key);
  const places = new Map(listMedia(sql).map(({ id, place }) => [id, place]));
  const runs = listBackupRuns(sql, BACKUPS_LISTED);
  const head = archive.audit.head();
  const at = (instant: string) => instant.slice(0, 19).replace('T', ' ');
  return {
    ...base,
    landscape: true,
    title: word('kit.print.backupSheet'),
    particulars: [
      { label: word('backupSheet.archive'), value: `${archive.name} · ${archive.vault.vaultId}` },
      { label: word('backups.count.log'), value: String(head.size) },
      { label: word('logPrint.head'), value: head.chain },
    ],
    columns: [
      { label: word('backups.at'), share: 1.3 },
      { label: word('backupSheet.place'), share: 1.4 },
      { label: word('backups.file'), share: 2.4 },
      { label: word('backups.extent'), share: 0.6 },
      { label: word('backupSheet.bytes'), share: 0.9, align: 'end' },
      { label: 'SHA-256', share: 3 },
      { label: word('backups.count.log'), share: 0.7, align: 'end' },
      { label: word('backups.tried'), share: 1.3 },
    ],
    rows: runs.map((run) => [
      at(run.at),
      places.get(run.medium_id) ?? '',
      run.file,
      word(`backups.extent.${run.extent}`),
      new Intl.NumberFormat(base.language).format(run.bytes),
      run.sha256,
      String(run.log_size),
      run.tried_at === null ? '' : at(run.tried_at),
    ]),
    closing: word('backupSheet.closing'),
  };
}

/** 備考表 of a loose dossier (D7): what was taken out, superseded, put back or refiled, and why. */
export function dossierNotes(context: CommandContext, base: PrintCommon, number: string): TableReportForm {
  const word = (key: string) => recordText(base.language, key);
  const customer = getCustomer(context.sql, number);
  return {
    ...base,
    title: word('kit.print.dossierNotes'),
    particulars: [{ label: word('gaps.customer'), value: `${customer.number} ${customer.name}` }],
    columns: [
      { label: word('gapsPrint.date'), share: 0.9 },
      { label: word('yearPrint.class'), share: 0.4, align: 'center' },
      { label: word('notePrint.act'), share: 0.9 },
      { label: word('notePrint.code'), share: 1.7 },
      { label: word('yearPrint.title'), share: 2 },
      { label: word('yearPrint.reason'), share: 2 },
      { label: word('notePrint.by'), share: 0.8 },
    ],
    rows: notedActsOfCustomer(context.sql, customer.id).map((act) => [
      dayOf(new Date(act.at)),
      String(act.class),
      word(`noteAct.${act.act}`),
      act.code,
      act.title,
      act.reason,
      act.by,
    ]),
  };
}
