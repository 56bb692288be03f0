import { setImmediate as turn } from 'node:timers/promises';
import type { StandingFinding } from '../../shared/domain/archive-year.ts';
import { normaliseReferenceCode, parseReferenceCode } from '../../shared/domain/reference-code.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { DisposalListForm, NotesSheetForm } from '../print/label-print-data.ts';
import type { PrintCommon, TableReportForm } from '../print/print-data.ts';
import type { PrintedForm } from '../print/printer.ts';
import { findAgreement } from '../store/agreements.ts';
import { findArchiveYear } from '../store/archive-years.ts';
import { destroyedIn, itemsOfList } from '../store/disposals.ts';
import { papersOfVolume } from '../store/papers.ts';
import { allVolumes, type VolumeRow } from '../store/volumes.ts';
import type { CommandContext } from './context.ts';
import { getDisposalList } from './disposals.ts';
import { MOST_LISTED } from './print-common.ts';
import { recordText, retentionWords } from './record-texts.ts';
import { readSettings } from './settings.ts';
import { notesOf } from './supplements.ts';
import { dayOf, todayOf } from './today.ts';
import { findingDetail } from './volume-notes.ts';
import { lookAtYear, standingPage } from './year-cleaning.ts';

/** Forms of the archive year and of disposal: cleaning list, list of volumes (案卷目錄), spine labels by year; disposal list by number. */
export const ARCHIVE_FORMS = ['yearCleaning', 'volumeList', 'spineLabels', 'disposalList', 'notesSheet'] as const;
export type ArchiveForm = (typeof ARCHIVE_FORMS)[number];

const words = (base: PrintCommon) => (key: string) => recordText(base.language, key);

function yearOf(number: string): number {
  const year = Number(number);
  if (!/^\d{4}$/.test(number))
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'number', message: 'validation.year' }] });
  return year;
}

/** Findings put into words between two turns of the event loop. */
const LISTED_AT_ONCE = 500;

async function cleaningForm(context: CommandContext, base: PrintCommon, year: number): Promise<TableReportForm> {
  const word = words(base);
  const job = findArchiveYear(context.sql, year);
  const counts = await lookAtYear(context, year, (survey) => survey.count());
  const findings: StandingFinding[] = [];
  let total = 1;
  while (findings.length < Math.min(total, MOST_LISTED)) {
    const page = await lookAtYear(context, year, (survey, sql) =>
      standingPage(survey, sql, {}, findings.length, LISTED_AT_ONCE),
    );
    total = page.total;
    if (page.findings.length === 0) break;
    findings.push(...page.findings);
    await turn();
    context.signal.throwIfAborted();
  }
  return {
    ...base,
    landscape: true,
    title: word('yearPrint.cleaning'),
    particulars: [
      { label: word('yearPrint.year'), value: String(year) },
      { label: word('yearPrint.checkedBy'), value: job?.checked_by ?? '' },
      { label: word('yearState.open'), value: String(counts.open) },
      { label: word('yearState.explained'), value: String(counts.explained) },
      { label: word('yearState.settled'), value: String(counts.settled) },
      ...(findings.length < total ? [{ label: word('yearPrint.listed'), value: `${findings.length} / ${total}` }] : []),
    ],
    columns: [
      { label: word('yearPrint.position'), share: 0.4, align: 'end' },
      { label: word('yearPrint.class'), share: 0.4, align: 'center' },
      { label: word('yearPrint.kind'), share: 1.1 },
      { label: word('yearPrint.subject'), share: 1.9 },
      { label: word('yearPrint.title'), share: 2.2 },
      { label: word('yearPrint.detail'), share: 2.2 },
      { label: word('yearPrint.state'), share: 0.7 },
      { label: word('yearPrint.reason'), share: 2.4 },
    ],
    rows: findings.map((finding, index) => [
      String(index + 1),
      String(finding.class),
      word(`yearFinding.${finding.kind}`),
      finding.subject,
      finding.title,
      findingDetail(word, finding),
      word(`yearState.${finding.state}`),
      [finding.reason, finding.at === null ? '' : `${finding.by} ${dayOf(new Date(finding.at))}`]
        .filter((part) => part !== '')
        .join(' · '),
    ]),
  };
}

/** Items of a volume, `0001–0042`. */
function itemsOf(
  context: CommandContext,
  volume: VolumeRow,
): { readonly first: string; readonly last: string; readonly dates: string[] } {
  const papers = papersOfVolume(context.sql, volume.id);
  const items = papers.flatMap((paper) => {
    const code = parseReferenceCode(paper.code);
    return code?.kind === 'bound' ? [code.item] : [];
  });
  const pad = (item: number) => String(item).padStart(4, '0');
  return {
    first: items.length === 0 ? '' : pad(Math.min(...items)),
    last: items.length === 0 ? '' : pad(Math.max(...items)),
    dates: papers.flatMap((paper) => paper.date ?? []).sort(),
  };
}

function volumeListForm(
  context: CommandContext,
  base: PrintCommon,
  year: number,
  volumes: VolumeRow[],
): TableReportForm {
  const word = words(base);
  return {
    ...base,
    landscape: true,
    title: word('yearPrint.volumes'),
    particulars: [
      { label: word('yearPrint.year'), value: String(year) },
      { label: word('yearPrint.volumeCount'), value: String(volumes.length) },
    ],
    columns: [
      { label: word('yearPrint.position'), share: 0.4, align: 'end' },
      { label: word('yearPrint.code'), share: 1.3 },
      { label: word('yearPrint.title'), share: 2.6 },
      { label: word('yearPrint.period'), share: 1.5 },
      { label: word('yearPrint.papers'), share: 0.6, align: 'end' },
      { label: word('yearPrint.pages'), share: 0.6, align: 'end' },
      { label: word('yearPrint.spine'), share: 0.7, align: 'end' },
      { label: word('yearPrint.retention'), share: 0.8 },
      { label: word('yearPrint.fingerprint'), share: 1.6 },
      { label: word('yearPrint.note'), share: 1 },
    ],
    rows: volumes.map((volume, index) => {
      const { dates } = itemsOf(context, volume);
      return [
        String(index + 1),
        volume.code,
        volume.title,
        dates.length === 0 ? '' : `${dates[0]} – ${dates.at(-1)}`,
        String(volume.papers),
        String(volume.pages),
        String(volume.spine_millimetres),
        retentionWords(base.language, volume.retention),
        `${volume.sha256.slice(0, 8)} ${volume.sha256.slice(8, 16)}`,
        '',
      ];
    }),
    totals: [
      '',
      word('yearPrint.total'),
      '',
      '',
      String(volumes.reduce((sum, volume) => sum + volume.papers, 0)),
      String(volumes.reduce((sum, volume) => sum + volume.pages, 0)),
      String(volumes.reduce((sum, volume) => sum + volume.spine_millimetres, 0)),
      '',
      '',
      '',
    ],
  };
}

function disposalForm({ sql, clock }: CommandContext, base: PrintCommon, number: string): DisposalListForm {
  const word = words(base);
  const list = getDisposalList(sql, number);
  const items = itemsOfList(sql, list.id);
  const today = todayOf(clock);
  const agreedOn = (agreement: string) => {
    const found = agreement === '' ? undefined : findAgreement(sql, agreement);
    return found === undefined ? '' : dayOf(new Date(found.given_at));
  };
  const endedOn = list.ended_at === null ? '' : dayOf(new Date(list.ended_at));
  const destroyed = list.state === 'destroyed';
  const keptUntil = destroyed ? endedOn : today;
  return {
    ...base,
    title: word('disposalPrint.title'),
    number: list.number,
    fonds: readSettings(sql).fonds,
    state: word(`disposalState.${list.state}`),
    remark: [list.remark, list.ended_reason].filter((text) => text !== '').join('；'),
    drafted: `${list.drafted_by} ${dayOf(new Date(list.drafted_at))}`,
    papers: items.reduce((sum, item) => sum + item.papers, 0),
    pages: items.reduce((sum, item) => sum + item.pages, 0),
    lines: items.map((item) => ({
      code: item.code,
      title: item.title,
      year: item.year,
      due: retentionWords(base.language, item.retention),
      kept: retentionWords(base.language, `D${Math.max(0, Number(keptUntil.slice(0, 4)) - item.year)}`),
      ended: item.ends_on,
      papers: item.papers,
      pages: item.pages,
      note: destroyed ? word('disposalState.destroyed') : '',
    })),
    appraisedBy: list.drafted_by,
    draftedOn: dayOf(new Date(list.drafted_at)),
    approvedBy: list.approved_by,
    approvedOn: agreedOn(list.approval),
    witnessedBy: list.witnessed_by,
    witnessedOn: agreedOn(list.witness),
    destroyedBy: destroyed ? list.ended_by : '',
    destroyedOn: destroyed ? endedOn : '',
  };
}

/** The notes sheet as it stands now: printed again after each supplement and put behind the volume. */
function notesForm({ sql }: CommandContext, base: PrintCommon, number: string): NotesSheetForm {
  const word = words(base);
  const code = normaliseReferenceCode(number);
  const volume = allVolumes(sql).find((one) => one.code === code || one.code === number.trim());
  if (volume === undefined) throw new AppError('NOT_FOUND', { params: { what: 'volume', number } });
  const notes = notesOf(sql, volume);
  const destroyed = destroyedIn(sql, volume.id);
  return {
    ...base,
    title: word('notesPrint.title'),
    code: volume.code,
    volumeTitle: volume.title,
    papers: volume.papers,
    pages: volume.pages,
    boundOn: dayOf(new Date(volume.bound_at)),
    boundBy: volume.bound_by,
    fingerprint: volume.fingerprint,
    closing: notes.closing,
    supplements: [
      ...notes.supplements.map((line) => ({
        number: String(line.number),
        date: dayOf(new Date(line.at)),
        kind: word(`supplementKind.${line.kind}`),
        paper: [line.paper, line.added].filter((part) => part !== '').join(' ← '),
        text: [line.text, line.reason].join('；'),
        by: line.by,
        fingerprint: line.sha256.slice(0, 16),
      })),
      ...(destroyed === undefined
        ? []
        : [
            {
              number: '—',
              date: dayOf(new Date(destroyed.at)),
              kind: word('disposalState.destroyed'),
              paper: '',
              text: destroyed.number,
              by: '',
              fingerprint: '',
            },
          ]),
    ],
  };
}

/** Sets a form of the archive year. */
export async function setArchiveForm(
  context: CommandContext,
  base: PrintCommon,
  form: ArchiveForm,
  number: string,
): Promise<PrintedForm> {
  const { printer, sql, signal } = context;
  if (form === 'disposalList')
    return printer.printForm('disposalList', disposalForm(context, base, number), { signal });
  if (form === 'notesSheet') return printer.printForm('notesSheet', notesForm(context, base, number), { signal });
  const year = yearOf(number);
  if (form === 'yearCleaning')
    return printer.printForm('tableReport', await cleaningForm(context, base, year), { signal });
  const volumes = allVolumes(sql).filter((volume) => volume.year === year);
  if (volumes.length === 0) throw new AppError('NOT_FOUND', { params: { what: 'volume', number } });
  if (form === 'volumeList')
    return printer.printForm('tableReport', volumeListForm(context, base, year, volumes), { signal });
  const word = words(base);
  const spines = volumes.map((volume) => {
    const { first, last } = itemsOf(context, volume);
    const inClass = volumes.filter((other) => other.class === volume.class).length;
    return {
      width: volume.spine_millimetres,
      code: volume.code,
      year,
      class: { number: volume.class, name: word(`dossierClass.${volume.class}`) },
      volume: word('yearPrint.volumeOf')
        .replace('{{number}}', String(volume.number))
        .replace('{{count}}', String(Math.max(inClass, volume.number))),
      items: word('yearPrint.items').replace('{{first}}', first).replace('{{last}}', last),
      retention: retentionWords(base.language, volume.retention),
    };
  });
  return printer.printForm('spineLabels', { ...base, title: word('yearPrint.spines'), spines }, { signal });
}
