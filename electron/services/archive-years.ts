import type { ArchiveYear } from '../../shared/contract/archive-years.ts';
import type { OutputOf } from '../../shared/contract/contract.ts';
import { CLEANING_KINDS, type StandingFinding } from '../../shared/domain/archive-year.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  type ArchiveYearRow,
  findArchiveYear,
  listArchiveYears,
  saveArchiveYear,
  setCarry,
} from '../store/archive-years.ts';
import { loosePapers, yearsOfPapers } from '../store/papers-to-bind.ts';
import type { Reader } from '../store/sql.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { getPaper } from './paper-record.ts';
import { readSettings } from './settings.ts';
import { todayOf } from './today.ts';
import { planVolumes, yearArrangement } from './volume-plan.ts';
import { type Explaining, explainByKey, keepFindings, lookAtYear, reopenByKey, standingPage } from './year-cleaning.ts';
import type { YearSurvey } from './year-survey.ts';

/** The archive year (Y1): one guided job from the cleaning list to the printed volumes, kept between two sittings. */

type Step = ArchiveYear['step'];

/** Where the work goes on: what stands in the archive decides, so that nobody has to remember. */
function stepOf(job: ArchiveYearRow | undefined, open: number, toBind: number): Step {
  if (job !== undefined && job.closed_at !== null) return 'closed';
  if (toBind === 0) return 'print';
  if (open > 0) return 'clean';
  return job?.arranged_at === undefined || job.arranged_at === null ? 'arrange' : 'bind';
}

function shownYear(sql: Reader, year: number, survey: YearSurvey): ArchiveYear {
  const job = findArchiveYear(sql, year);
  const counts = yearsOfPapers(sql).find((entry) => entry.year === year);
  const { ready, lent } = loosePapers(sql, year);
  const { arrangement, binding, checkedBy } = yearArrangement(sql, year);
  const kinds = survey.counts();
  const all = survey.count();
  return {
    year,
    openedAt: job?.opened_at ?? null,
    openedBy: job?.opened_by ?? '',
    step: stepOf(job, all.open, ready),
    arrangement,
    maxMillimetres: binding.maxThicknessMm,
    sheetMicrometres: Math.round(binding.sheetMm * 1_000),
    doubleSided: binding.doubleSided,
    checkedBy,
    arrangedAt: job?.arranged_at ?? null,
    closedAt: job?.closed_at ?? null,
    closedBy: job?.closed_by ?? '',
    closingNote: job?.closing_note ?? '',
    papers: counts?.papers ?? 0,
    bound: counts?.bound ?? 0,
    loose: ready,
    lent,
    carried: survey.carried,
    findings: all,
    kinds: CLEANING_KINDS.map((kind) => ({ kind, ...kinds[kind] })).filter(
      (one) => one.open + one.explained + one.settled > 0,
    ),
  };
}

/** The job of a year; opened with the usual arrangement when nobody has. */
function jobOf({ sql, clock, actor }: CommandContext, year: number): ArchiveYearRow {
  const { arrangement, binding, checkedBy } = yearArrangement(sql, year);
  return (
    findArchiveYear(sql, year) ?? {
      year,
      opened_at: clock.now().toISOString(),
      opened_by: actor.displayName,
      arrangement,
      max_millimetres: binding.maxThicknessMm,
      sheet_micrometres: readSettings(sql).sheetMicrometres,
      double_sided: binding.doubleSided ? 1 : 0,
      checked_by: checkedBy,
      arranged_at: null,
      closed_at: null,
      closed_by: '',
      closing_note: '',
    }
  );
}

function mustBeOpen(job: ArchiveYearRow): void {
  if (job.closed_at !== null)
    throw new AppError('CONFLICT', { params: { what: 'archiveYear', number: job.year }, hint: 'hint.yearClosed' });
}

const shownFinding = (finding: StandingFinding): OutputOf<'archiveYears.findings'>['findings'][number] => ({
  key: finding.key,
  kind: finding.kind,
  class: finding.class,
  subject: finding.subject,
  customer: finding.customer,
  title: finding.title,
  detail: finding.detail,
  state: finding.state,
  reason: finding.reason,
  at: finding.at,
  by: finding.by,
});

export const archiveYearHandlers: HandlersOf<
  | 'archiveYears.list'
  | 'archiveYears.get'
  | 'archiveYears.findings'
  | 'archiveYears.open'
  | 'archiveYears.explain'
  | 'archiveYears.reopen'
  | 'archiveYears.arrange'
  | 'archiveYears.lasting'
  | 'archiveYears.carry'
  | 'archiveYears.close'
> = {
  'archiveYears.list': {
    phase: 'query',
    run({ sql, clock }) {
      const jobs = new Map(listArchiveYears(sql).map((job) => [job.year, job]));
      const present = Number(todayOf(clock).slice(0, 4));
      const years = yearsOfPapers(sql).map((entry) => {
        const job = jobs.get(entry.year);
        const state = job === undefined ? 'untouched' : job.closed_at === null ? 'open' : 'closed';
        return { ...entry, state: state as 'untouched' | 'open' | 'closed' };
      });
      const due = years
        .filter((entry) => entry.year < present && entry.bound < entry.papers && entry.state !== 'closed')
        .at(-1);
      return { years, due: due?.year ?? null };
    },
  },
  'archiveYears.get': {
    phase: 'query',
    run: (context, { year }) => lookAtYear(context, year, (survey) => shownYear(context.sql, year, survey)),
  },
  'archiveYears.findings': {
    phase: 'query',
    async run(context, { year, kind, class: onlyClass, state, offset, limit }) {
      const filter = { kind, class: onlyClass, state: state === 'all' ? undefined : state };
      const { findings, total } = await lookAtYear(context, year, (survey, sql) =>
        standingPage(survey, sql, filter, offset, limit),
      );
      return { findings: findings.map(shownFinding), total };
    },
  },
  'archiveYears.open': {
    phase: 'command',
    async run(context, { year }) {
      const job = jobOf(context, year);
      mustBeOpen(job);
      const survey = await lookAtYear(context, year, (looked) => looked);
      const { open, explained, settled } = survey.count();
      saveArchiveYear(context.sql, job);
      await keepFindings(context, survey);
      context.note({ object: `year:${year}`, data: { findings: open + explained + settled } });
      return shownYear(context.sql, year, survey);
    },
  },
  'archiveYears.explain': {
    phase: 'command',
    async run(context, { year, keys, kind, class: onlyClass, reason }) {
      const { sql, clock, actor } = context;
      context.note({ object: `year:${year}`, why: reason });
      const job = jobOf(context, year);
      mustBeOpen(job);
      if (keys.length === 0 && kind === undefined)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'keys', message: 'validation.required' }] });
      const survey = await lookAtYear(context, year, (looked) => looked);
      const explanation = { reason: reason.trim(), at: clock.now().toISOString(), by: actor.displayName };
      saveArchiveYear(sql, job);
      const concerns: Explaining['concerns'] = (found) =>
        found.kind === kind && (onlyClass === undefined || found.class === onlyClass);
      const byKind = keys.length > 0 ? undefined : { ...explanation, concerns };
      const kept = await keepFindings(context, survey, byKind);
      const explained =
        byKind === undefined ? explainByKey(context, survey, keys, kept.firstNew, explanation) : kept.explained;
      context.note({ data: { findings: explained } });
      return { explained };
    },
  },
  'archiveYears.reopen': {
    phase: 'command',
    run(context, { year, keys }) {
      context.note({ object: `year:${year}` });
      mustBeOpen(jobOf(context, year));
      const reopened = reopenByKey(context, year, keys);
      context.note({ data: { findings: reopened } });
      return { reopened };
    },
  },
  'archiveYears.arrange': {
    phase: 'command',
    async run(context, { year, accept, ...change }) {
      const { sql, clock } = context;
      const job = jobOf(context, year);
      mustBeOpen(job);
      context.note({ object: `year:${year}`, data: { fields: Object.keys(change), accepted: accept ? 1 : 0 } });
      saveArchiveYear(sql, {
        ...job,
        arrangement: change.arrangement ?? job.arrangement,
        max_millimetres: change.maxMillimetres ?? job.max_millimetres,
        sheet_micrometres: change.sheetMicrometres ?? job.sheet_micrometres,
        double_sided: change.doubleSided === undefined ? job.double_sided : change.doubleSided ? 1 : 0,
        checked_by: change.checkedBy ?? job.checked_by,
        arranged_at: accept ? clock.now().toISOString() : job.arranged_at,
      });
      return await lookAtYear(context, year, (survey) => shownYear(sql, year, survey));
    },
  },
  'archiveYears.lasting': {
    phase: 'query',
    run: (context, { year, offset, limit }) =>
      lookAtYear(context, year, (survey, sql) => {
        const { papers, total, carried } = survey.lasting(sql, offset, limit);
        return {
          papers: papers.map(({ paper, customer, carried: goesOn }) => ({
            code: paper.code,
            customer: customer.number,
            customerName: customer.name,
            type: paper.type,
            title: paper.title,
            validUntil: paper.valid_until,
            carried: goesOn,
            reason: paper.carry_reason ?? '',
          })),
          total,
          carried,
        };
      }),
  },
  'archiveYears.carry': {
    phase: 'command',
    run(context, { year, code, carry, reason }) {
      const { sql, clock, actor } = context;
      const paper = getPaper(sql, code);
      context.note({ object: `paper:${paper.code}`, why: reason, data: { year, carry: carry ? 1 : 0 } });
      mustBeOpen(jobOf(context, year));
      if (paper.volume_id !== null) throw new AppError('VOLUME_FIXED', { params: { code: paper.code } });
      if (paper.year !== year || paper.class !== 1)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'code', message: 'validation.notBasicPaperOfYear' }] });
      setCarry(sql, year, {
        paper_id: paper.id,
        carry: carry ? 1 : 0,
        reason,
        at: clock.now().toISOString(),
        by: actor.displayName,
      });
      return { code: paper.code, carry };
    },
  },
  'archiveYears.close': {
    phase: 'command',
    async run(context, { year, note }) {
      const { sql, clock, actor } = context;
      context.note({ object: `year:${year}` });
      const job = jobOf(context, year);
      mustBeOpen(job);
      const left = (await planVolumes(context, year)).length;
      if (left > 0)
        throw new AppError('CONFLICT', {
          params: { what: 'archiveYear', number: year, volumes: left },
          hint: 'hint.yearNotBound',
        });
      const survey = await lookAtYear(context, year, (looked) => looked);
      const shown = shownYear(sql, year, survey);
      if (shown.lent > 0 && note.trim() === '')
        throw new AppError('INPUT_INVALID', {
          fields: [{ path: 'note', message: 'validation.papersStillOut', params: { count: shown.lent } }],
        });
      await keepFindings(context, survey);
      saveArchiveYear(sql, {
        ...job,
        closed_at: clock.now().toISOString(),
        closed_by: actor.displayName,
        closing_note: note.trim(),
      });
      context.note({ data: { bound: shown.bound, explained: shown.findings.explained } });
      return shownYear(sql, year, survey);
    },
  },
};
