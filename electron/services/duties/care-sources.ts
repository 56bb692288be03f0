import { checkpointDueOn } from '../../../shared/domain/duties.ts';
import { COUNTERSIGN_DAYS, countersignDue } from '../../../shared/domain/supervision.ts';
import { addDays } from '../../../shared/util/days.ts';
import { readInfo } from '../../store/archive-records.ts';
import { firstCardAt } from '../../store/desk-counts.ts';
import { unsettledDamages } from '../../store/fixity.ts';
import { backupState } from '../backup-status.ts';
import { HAS_SUPERVISOR, RECOVERY_USED } from '../open-archive.ts';
import { countersignedOf } from '../supervision.ts';
import { dayOf } from '../today.ts';
import { computedSource, type DutyContext, type DutySource, ownLine } from './duty-source.ts';

/** What the archive itself needs: damage put right, backups and their drills, signatures, checkpoints, recovery sheets. */

const MOST_LINES = 200;
/** Work that waits is shown every day. */
const ALWAYS = 3_660;

const dayOrNull = (instant: string | undefined): string | null =>
  instant === undefined ? null : dayOf(new Date(instant));

const filledSince = ({ sql }: DutyContext): string | null => dayOrNull(firstCardAt(sql));

export const DAMAGE_SOURCE: DutySource = computedSource({
  key: 'damage',
  // Nothing else can be done until it is settled (R49).
  mayPutOff: false,
  leadDays: () => ALWAYS,
  inRail: true,
  place: { screen: 'audit', tab: 'verify' },
  lines: ({ sql }) =>
    unsettledDamages(sql)
      .slice(0, MOST_LINES)
      .map((row) => ({
        record: row.id,
        subject: row.subject,
        title: row.name,
        day: dayOf(new Date(row.found_at)),
        variant: '',
        params: {},
        place: { screen: 'audit', tab: 'verify' },
      })),
});

export const CARE_SOURCES: readonly DutySource[] = [
  computedSource({
    key: 'backup',
    place: { screen: 'settings', tab: 'backup' },
    lines({ sql, today, archive }) {
      const { dueOn, advice, media } = backupState(sql, today, archive.audit.size());
      if (dueOn === null) return [];
      const place = { screen: 'settings', tab: 'backup' };
      const last = readInfo(sql, 'lastBackup');
      if (last === undefined) return ownLine(dueOn, place, { variant: 'never', params: {} });
      const params = { last: dayOf(new Date(last)), medium: media.find(({ next }) => next)?.place ?? '' };
      return ownLine(dueOn, place, { variant: advice === 'none' ? 'last' : advice, params });
    },
  }),
  computedSource({
    key: 'backupDrill',
    place: { screen: 'settings', tab: 'backup' },
    lines({ sql, today, archive }) {
      const { drillDueOn, lastDrill } = backupState(sql, today, archive.audit.size());
      if (drillDueOn === null) return [];
      const place = { screen: 'settings', tab: 'backup' };
      return lastDrill === null
        ? ownLine(drillDueOn, place, { variant: 'never', params: {} })
        : ownLine(drillDueOn, place, { variant: 'last', params: { last: dayOf(new Date(lastDrill)) } });
    },
  }),
  computedSource({
    key: 'countersign',
    place: { screen: 'audit', tab: 'supervision' },
    lines(context) {
      const { sql, today } = context;
      const signed = countersignedOf(sql);
      const since = filledSince(context);
      if (readInfo(sql, HAS_SUPERVISOR) !== '1' || since === null) return [];
      const lastOn = signed === null ? null : dayOf(new Date(signed.at));
      if (!countersignDue(lastOn, since, today)) return [];
      const day = addDays(lastOn ?? since, COUNTERSIGN_DAYS);
      const place = { screen: 'audit', tab: 'supervision' };
      return lastOn === null
        ? ownLine(day, place, { variant: 'never', params: {} })
        : ownLine(day, place, { variant: 'last', params: { last: lastOn } });
    },
  }),
  computedSource({
    key: 'recoverySheet',
    place: { screen: 'settings', tab: 'secret' },
    lines({ sql }) {
      const used = readInfo(sql, RECOVERY_USED);
      if (used === undefined || used === '') return [];
      const day = dayOf(new Date(used));
      return ownLine(day, { screen: 'settings', tab: 'secret' }, { variant: '', params: { used: day } });
    },
  }),
  computedSource({
    key: 'checkpoint',
    place: { screen: 'audit', tab: 'verify' },
    lines(context) {
      const { sql, archive, settings, today } = context;
      const unanchored = archive.audit.size() - Number(readInfo(sql, 'anchoredSize') ?? 0);
      const lastAnchoredOn = dayOrNull(readInfo(sql, 'anchoredAt'));
      const day = checkpointDueOn(
        { unanchored, lastAnchoredOn, filledSince: filledSince(context) },
        today,
        settings.checkpointDays,
      );
      if (day === null) return [];
      return ownLine(day, { screen: 'audit', tab: 'verify' }, { variant: '', params: { count: unanchored } });
    },
  }),
];
