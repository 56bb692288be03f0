import { setImmediate as turn } from 'node:timers/promises';
import {
  CLEANING_KINDS,
  goneFinding,
  type KeptFinding,
  type StandingFinding,
  standingFinding,
} from '../../shared/domain/archive-year.ts';
import { DOSSIER_CLASSES, type DossierClass } from '../../shared/domain/dossier-classes.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { freeMemory } from '../platform/memory.ts';
import {
  explainFindings,
  keepFinding,
  keptByIds,
  keptByKey,
  keptOfCustomers,
  markFindingsSettled,
  nextFindingId,
} from '../store/archive-years.ts';
import type { ArchiveDatabase } from '../store/connection.ts';
import type { Reader } from '../store/sql.ts';
import type { CommandContext, OpenArchive, QueryContext } from './context.ts';
import { cleaningOf } from './customer-cleaning.ts';
import { FREED_AFTER } from './dossier-pieces.ts';
import { todayOf } from './today.ts';
import type { FindingFilter, FoundNow } from './year-findings.ts';
import { YearSurvey } from './year-survey.ts';

/** The cleaning of an archive year (Y1): what is found in its loose papers now, and what became of what was found before. */

/** What was worked out of an archive's years, until it is locked: of a year as large as the archive some tens of megabytes. */
const surveys = new WeakMap<ArchiveDatabase, Map<number, YearSurvey>>();
const YEARS_KEPT = 2;

function surveyOf({ database }: OpenArchive, year: number): YearSurvey {
  const known = surveys.get(database) ?? new Map<number, YearSurvey>();
  surveys.set(database, known);
  const survey = known.get(year) ?? new YearSurvey(year);
  // The one asked for last stands last.
  known.delete(year);
  known.set(year, survey);
  for (const eldest of known.keys()) if (known.size > YEARS_KEPT) known.delete(eldest);
  return survey;
}

/** How a year stands, whole: `look` sees it as it is at this moment, and may not wait for anything. */
export async function lookAtYear<T>(
  context: Pick<QueryContext, 'archive' | 'clock' | 'signal' | 'progress'>,
  year: number,
  look: (survey: YearSurvey, sql: Reader) => T,
): Promise<T> {
  for (;;) {
    const survey = surveyOf(context.archive, year);
    await survey.refresh(context);
    if (survey.isFresh(context)) return look(survey, context.archive.database.reader);
  }
}

const withoutId = ({ id: _, ...kept }: KeptFinding & { readonly id: number }): KeptFinding => kept;

/** A page of what stands: what is found now with its explanations, and behind it what was found before and is no longer so. */
export function standingPage(
  survey: YearSurvey,
  sql: Reader,
  filter: FindingFilter,
  offset: number,
  limit: number,
): { readonly findings: readonly StandingFinding[]; readonly total: number } {
  const { now, gone, total } = survey.page(filter, offset, limit);
  const idOf = ({ kept }: FoundNow) => (kept === undefined ? 0 : survey.kept.idAt(kept));
  const kept = new Map(keptByIds(sql, now.map(idOf)).map((row) => [row.id, row]));
  const words = survey.wordsOf(sql, now);
  return {
    findings: [
      ...now.flatMap((found, at) => {
        const finding = words[at];
        return finding === undefined ? [] : [standingFinding(finding, kept.get(idOf(found)))];
      }),
      ...keptByIds(sql, gone).map((row) => goneFinding(withoutId(row))),
    ],
    total,
  };
}

/** A reason given for open findings. */
export interface Explaining {
  readonly concerns: (found: Pick<FoundNow, 'kind' | 'class'>) => boolean;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}

/**
 * Keeps the findings of a year with what became of each, inside the caller's transaction, which has looked at the year and changed nothing since.
 * @returns how many open ones were explained, and the first id of what was not kept before
 */
export async function keepFindings(
  { sql, clock, actor, archive, signal, afterCommit }: CommandContext,
  survey: YearSurvey,
  explaining?: Explaining,
): Promise<{ readonly explained: number; readonly firstNew: number }> {
  const { year, version } = survey;
  const at = explaining?.at ?? clock.now().toISOString();
  const firstNew = nextFindingId(sql);
  const isExplained = (found: FoundNow) => explaining?.concerns(found) === true && survey.stateOf(found) === 'open';
  let explained = 0;
  let pieces = 0;
  for (const findings of survey.byPiece(firstNew)) {
    const fresh = findings.filter(({ isNew }) => isNew);
    const words = survey.wordsOf(
      archive.database.reader,
      fresh.map(({ found }) => found),
    );
    for (const [index, { id }] of fresh.entries()) {
      const finding = words[index];
      if (finding !== undefined) keepFinding(sql, year, id, finding, at);
    }
    const ids = findings.filter(({ found }) => isExplained(found)).map(({ id }) => id);
    if (explaining !== undefined && ids.length > 0) explainFindings(sql, ids, explaining);
    explained += ids.length;
    if (fresh.length + ids.length === 0) continue;
    pieces += 1;
    if (pieces % FREED_AFTER === 0) freeMemory();
    await turn();
    signal.throwIfAborted();
  }
  const settled = [...survey.settledUndated()];
  markFindingsSettled(
    sql,
    settled.map((position) => survey.kept.idAt(position)),
    at,
    actor.displayName,
  );
  afterCommit(() => {
    // Somebody has asked what the calendar has changed meanwhile: then it is read again.
    if (survey.version !== version) return void surveys.get(archive.database)?.delete(year);
    survey.takeKept(firstNew, isExplained);
    for (const position of settled) survey.kept.setStanding(position, { explained: false, dated: true });
  });
  return { explained, firstNew };
}

/**
 * Explains findings that are kept, by their keys; those that are settled are none.
 * @throws AppError NOT_FOUND { what: finding, number: key }
 */
export function explainByKey(
  { sql, afterCommit }: CommandContext,
  survey: YearSurvey,
  keys: readonly string[],
  firstNew: number,
  explanation: Omit<Explaining, 'concerns'>,
): number {
  const ids = keptByKey(sql, survey.year, keys);
  const stands = (id: number | undefined): id is number => {
    if (id === undefined || id >= firstNew) return id !== undefined;
    const position = survey.kept.positionOf(id);
    return position !== undefined && (survey.kept.isFound(position) || survey.kept.isExplained(position));
  };
  const unknown = keys.find((key) => !stands(ids.get(key)));
  if (unknown !== undefined) throw new AppError('NOT_FOUND', { params: { what: 'finding', number: unknown } });
  explainFindings(sql, [...ids.values()], explanation);
  afterCommit(() => setStanding(survey, ids.values(), { explained: true, dated: true }));
  return ids.size;
}

/** Takes explanations back, by the keys of what was explained. */
export function reopenByKey(
  { sql, archive, afterCommit }: CommandContext,
  year: number,
  keys: readonly string[],
): number {
  const explained = keptByIds(sql, [...keptByKey(sql, year, keys).values()]).filter((kept) => kept.reason !== '');
  const ids = explained.map(({ id }) => id);
  explainFindings(sql, ids, { reason: '', at: null, by: '' });
  const survey = surveys.get(archive.database)?.get(year);
  if (survey !== undefined) afterCommit(() => setStanding(survey, ids, { explained: false, dated: false }));
  return ids.length;
}

function setStanding(
  survey: YearSurvey,
  ids: Iterable<number>,
  standing: { readonly explained: boolean; readonly dated: boolean },
): void {
  for (const id of ids) {
    const position = survey.kept.positionOf(id);
    if (position !== undefined) survey.kept.setStanding(position, standing);
  }
}

/**
 * Whether a year may be bound: no finding may be open (Y1). A reason given explains whatever is.
 * @throws AppError CONFLICT { what: yearCleaning, number: year, open }
 */
export async function requireClean(
  context: QueryContext,
  year: number,
  onlyClass: number | undefined,
  explanation: string,
  dryRun: boolean,
): Promise<Explaining> {
  const reason = explanation.trim();
  const open = await lookAtYear(context, year, (survey) => survey.count(onlyClass).open);
  if (open > 0 && reason === '' && !dryRun)
    throw new AppError('CONFLICT', {
      params: { what: 'yearCleaning', number: year, open },
      hint: 'hint.yearNotClean',
    });
  return {
    concerns: (found) => reason !== '' && (onlyClass === undefined || found.class === onlyClass),
    reason,
    at: context.clock.now().toISOString(),
    by: context.actor.displayName,
  };
}

/** Customers of a volume, in the order of their numbers. */
export interface CustomersOfVolume {
  readonly class: DossierClass;
  readonly customers: readonly { readonly id: number; readonly number: string }[];
}

/** The findings of a volume's customers in its class as they are bound: explained by the reason given, or settled. */
export async function findingsBound(
  context: QueryContext,
  year: number,
  volume: CustomersOfVolume,
  explaining: Explaining,
): Promise<readonly KeptFinding[]> {
  const { at, by, reason } = explaining;
  const numbers = volume.customers.map(({ number }) => number);
  return await lookAtYear(context, year, (survey, sql) => {
    const cleaned = cleaningOf(
      sql,
      year,
      todayOf(context.clock),
      volume.customers.map(({ id }) => id),
    );
    const all = cleaned.flatMap(({ found }) => found).filter(({ finding }) => finding.class === volume.class);
    const now = CLEANING_KINDS.flatMap((kind) =>
      DOSSIER_CLASSES.flatMap((behind) => all.filter((one) => one.finding.kind === kind && one.behind === behind)),
    ).map(({ finding }) => finding);
    const ids = keptByKey(
      sql,
      year,
      now.map(({ key }) => key),
    );
    const kept = new Map(keptByIds(sql, [...ids.values()]).map((row) => [row.key, row]));
    const isFound = (id: number) => {
      const position = survey.kept.positionOf(id);
      return position !== undefined && survey.kept.isFound(position);
    };
    const gone = keptOfCustomers(sql, year, volume.class, numbers).filter(({ id }) => !isFound(id));
    return [
      ...now.map((finding) => standingFinding(finding, kept.get(finding.key))),
      ...gone.map((row) => goneFinding(withoutId(row))),
    ].map((finding): KeptFinding => {
      if (finding.state === 'settled' && finding.at === null) return { ...finding, at, by };
      return finding.state === 'open' && explaining.concerns(finding) ? { ...finding, reason, at, by } : finding;
    });
  });
}
