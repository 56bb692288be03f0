import type { ArchiveSettings } from '../../../shared/contract/archive.ts';
import type { DutyPlace } from '../../../shared/contract/duties.ts';
import type { DutyQuery } from '../../store/duties.ts';
import type { Reader } from '../../store/sql.ts';
import type { OpenArchive } from '../context.ts';

/** What a source may ask. */
export interface DutyContext {
  readonly sql: Reader;
  /** The desk's day. */
  readonly today: string;
  /** Instant, UTC. */
  readonly now: string;
  readonly settings: ArchiveSettings;
  readonly archive: Pick<OpenArchive, 'audit' | 'vault'>;
}

/** One line of a duty that is worked out, not read along an index: a backup, the next revision, a day's report that is missing. */
export interface ComputedLine {
  /** Whole number that stands for it when it is put off; 0: it is the whole duty. */
  readonly record: number;
  /** By what people know it; empty where the duty is the archive's own. */
  readonly subject: string;
  readonly title: string;
  readonly day: string;
  /** Days before its day from which it is shown, where it differs from the source's. */
  readonly leadDays?: number;
  /** `duty.<key>.note.<variant>`; empty: `duty.<key>.note`. */
  readonly variant: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly place: DutyPlace;
}

interface SourceBase {
  /** Texts: `duty.<key>` (its name) and `duty.<key>.note` or `duty.<key>.note.<variant>` (a line's note). */
  readonly key: string;
  /** Days before its day from which it is shown. */
  leadDays(settings: ArchiveSettings): number;
  /** False for what must stay until somebody has acted. */
  readonly mayPutOff: boolean;
  /** What is past its day counts in the rail beside the screen that it leads to. */
  readonly inRail: boolean;
  /** Where all of them are. */
  readonly place: DutyPlace;
}

/** A duty for each record of a table. */
export interface RecordsSource extends SourceBase {
  readonly kind: 'records';
  readonly query: DutyQuery;
  /** Values of the query's own parameters. */
  params?(context: DutyContext): Readonly<Record<string, string | number>>;
  /** Where the line leads: the work itself. */
  opens(line: { readonly subject: string; readonly params: Readonly<Record<string, string | number>> }): DutyPlace;
}

/** A duty that is worked out: few lines, the earliest first. */
export interface ComputedSource extends SourceBase {
  readonly kind: 'computed';
  lines(context: DutyContext): readonly ComputedLine[];
}

export type DutySource = RecordsSource | ComputedSource;

/** A source of duties; declares what every one has with its usual answers. */
export function recordsSource(
  source: Omit<RecordsSource, 'kind' | 'mayPutOff' | 'inRail' | 'leadDays'> &
    Partial<Pick<RecordsSource, 'mayPutOff' | 'inRail' | 'leadDays'>>,
): RecordsSource {
  return { kind: 'records', mayPutOff: true, inRail: false, leadDays: () => 0, ...source };
}

export function computedSource(
  source: Omit<ComputedSource, 'kind' | 'mayPutOff' | 'inRail' | 'leadDays'> &
    Partial<Pick<ComputedSource, 'mayPutOff' | 'inRail' | 'leadDays'>>,
): ComputedSource {
  return { kind: 'computed', mayPutOff: true, inRail: false, leadDays: () => 0, ...source };
}

/** The one line of a duty of the archive as a whole. */
export function ownLine(
  day: string,
  place: DutyPlace,
  note: Pick<ComputedLine, 'variant' | 'params' | 'leadDays'>,
): ComputedLine[] {
  return [{ record: 0, subject: '', title: '', day, place, ...note }];
}
