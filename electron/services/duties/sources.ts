import { FEW_CODES } from '../../../shared/domain/code-card.ts';
import { revisionDueOn } from '../../../shared/domain/duties.ts';
import { addDays, daysBetween } from '../../../shared/util/days.ts';
import { listBreaches } from '../../store/breaches.ts';
import { listCodeCards } from '../../store/code-cards.ts';
import { firstCardAt } from '../../store/desk-counts.ts';
import {
  cardsSentBack,
  copiesHeld,
  copyRequestsOpen,
  creditBlocked,
  creditLimitsExpiring,
  dossiersWithGaps,
  incompleteCards,
  instalmentsDue,
  licencesExpiring,
  openLoans,
  openRemarks,
  ordersOverLimit,
  otherReports,
  papersExpiring,
  proposedFacts,
  reportsToPassOn,
  staleCards,
  urgentReports,
  visitedNotFilledIn,
  watchedChanges,
} from '../../store/duty-queries.ts';
import { preparedForms } from '../../store/loan-forms.ts';
import { listRequests } from '../../store/loan-requests.ts';
import { findLoanById } from '../../store/loans.ts';
import { heldByService, openRound } from '../../store/recovery-rounds.ts';
import { activeCampaign, countOutcomes, lastClosedCampaign } from '../../store/revisions.ts';
import { openAnnouncements } from '../announced-acts.ts';
import { keyChangeDue } from '../key-change-due.ts';
import { shownRequest } from '../loan-record.ts';
import { unexplainedGaps } from '../outages.ts';
import { nextRoundDue } from '../recovery-rounds.ts';
import { dayOf, timeOf } from '../today.ts';
import { missingReports } from '../work-calendar.ts';
import { CARE_SOURCES, DAMAGE_SOURCE } from './care-sources.ts';
import { computedSource, type DutyContext, type DutySource, ownLine, recordsSource } from './duty-source.ts';

const LOAN_LEAD_DAYS = 3;
/** Most lines of a duty that is worked out. */
const MOST_LINES = 200;
/** Keeps the days of one person apart from those of the next in one number. */
const DAYS_APART = 100_000;
const REVISION_LEAD_DAYS = 7;
const INSTALMENT_LEAD_DAYS = 7;
const ROUND_LEAD_DAYS = 7;
/** A recovery round is meant to be over after so many days. */
const ROUND_DAYS = 14;
/** Work under way is shown every day. */
const ALWAYS = 3_660;

const dayOrNull = (instant: string | undefined): string | null =>
  instant === undefined ? null : dayOf(new Date(instant));

const filledSince = ({ sql }: DutyContext): string | null => dayOrNull(firstCardAt(sql));

/**
 * Everything the first screen tells the keeper to do, the most pressing first. To add a duty: a query in the store (or a line of
 * the archive's state), an entry here, and its texts `duty.<key>` and `duty.<key>.note`. Screen, rail, calendar and putting off follow.
 */
export const DUTY_SOURCES: readonly DutySource[] = [
  DAMAGE_SOURCE,
  recordsSource({
    key: 'urgentReports',
    query: urgentReports,
    // V3: it stays on top until somebody has acknowledged it.
    mayPutOff: false,
    leadDays: () => ALWAYS,
    inRail: true,
    place: { screen: 'visits', tab: 'information' },
    opens: ({ subject }) => ({ screen: 'visits', tab: 'information', number: subject }),
  }),
  computedSource({
    key: 'keyChange',
    // R08: until the key is changed, what somebody who left once held may open the archive.
    mayPutOff: false,
    leadDays: () => ALWAYS,
    place: { screen: 'settings', tab: 'key' },
    lines({ sql, archive }) {
      const due = keyChangeDue(sql, archive);
      if (due === undefined) return [];
      return ownLine(dayOf(new Date(due.since)), { screen: 'settings', tab: 'key' }, { variant: '', params: {} }).map(
        (line) => ({ ...line, title: due.name }),
      );
    },
  }),
  computedSource({
    key: 'announced',
    // §15: whoever sits here sees what was announced while they were away, and can take it back.
    mayPutOff: false,
    leadDays: () => ALWAYS,
    inRail: true,
    place: { screen: 'settings', tab: 'key' },
    lines: ({ sql, now, today }) =>
      openAnnouncements(sql, now).map(({ number, statement, usableFrom, state }, index) => ({
        record: index + 1,
        subject: number,
        title: '',
        day: today,
        variant: `${statement.kind}${state === 'waiting' ? '' : '.ready'}`,
        params: { from: usableFrom === null ? '' : timeOf(new Date(usableFrom)) },
        place: { screen: 'settings', tab: 'key' },
      })),
  }),
  recordsSource({
    key: 'loans',
    query: openLoans,
    leadDays: () => LOAN_LEAD_DAYS,
    inRail: true,
    place: { screen: 'loans' },
    opens: ({ subject }) => ({ screen: 'loans', number: subject }),
  }),
  computedSource({
    key: 'codeCards',
    leadDays: () => ALWAYS,
    place: { screen: 'people', tab: 'users' },
    lines: ({ sql, today }) =>
      listCodeCards(sql).flatMap(({ login, codes, used }, index) => {
        const left = (JSON.parse(codes) as readonly string[]).length - used;
        if (left > FEW_CODES) return [];
        return {
          record: index,
          subject: login,
          title: login,
          day: today,
          variant: '',
          params: { count: left },
          place: { screen: 'people', tab: 'users' },
        };
      }),
  }),
  computedSource({
    key: 'loansPrepared',
    leadDays: () => ALWAYS,
    place: { screen: 'loans' },
    lines: ({ sql }) =>
      preparedForms(sql, MOST_LINES).map((form) => ({
        record: form.id,
        subject: form.number,
        title: form.borrower,
        day: dayOf(new Date(form.written_at)),
        variant: '',
        params: { number: form.number },
        place: { screen: 'loans', number: form.number },
      })),
  }),
  computedSource({
    key: 'loanTurns',
    leadDays: () => ALWAYS,
    place: { screen: 'loans', tab: 'requests' },
    lines: ({ sql, today }) =>
      listRequests(sql, { open: true }, 0, MOST_LINES)
        .rows.map((row) => shownRequest(sql, row, today))
        .filter((request) => request.available && request.place === 1 && request.state === 'waiting')
        .map((request) => ({
          record: request.id,
          subject: request.code,
          title: request.title,
          day: dayOf(new Date(request.requestedAt)),
          variant: '',
          params: { name: request.name },
          place: { screen: 'loans', tab: 'requests', params: { code: request.code } },
        })),
  }),
  computedSource({
    key: 'breaches',
    leadDays: () => ALWAYS,
    inRail: true,
    place: { screen: 'loans', tab: 'breaches' },
    lines: ({ sql }) =>
      listBreaches(sql, { open: true, text: '' }, 0, MOST_LINES).rows.map((row) => {
        const loan = row.loan_id === null ? undefined : findLoanById(sql, row.loan_id);
        const out = loan !== undefined && loan.returned_at === null;
        return {
          record: row.id,
          subject: row.number,
          title: row.borrower,
          day: dayOf(new Date(row.opened_at)),
          // The loan itself is no line of its own meanwhile.
          variant: out ? 'out' : '',
          params: { number: row.number, ...(out ? { paper: loan.title, due: loan.due } : {}) },
          place: { screen: 'loans', tab: 'breaches', number: row.number },
        };
      }),
  }),
  computedSource({
    key: 'outages',
    leadDays: () => ALWAYS,
    place: { screen: 'loans', tab: 'blanks' },
    lines: ({ sql, archive, now }) =>
      unexplainedGaps({ sql, archive }, now).map(({ from, to, forms }) => ({
        record: Math.round(Date.parse(from) / 1_000),
        subject: forms[0] ?? '',
        title: '',
        day: dayOf(new Date(to)),
        variant: '',
        params: { from: dayOf(new Date(from)), to: dayOf(new Date(to)), count: forms.length },
        place: { screen: 'loans', tab: 'blanks' },
      })),
  }),
  recordsSource({
    key: 'copies',
    query: copiesHeld,
    leadDays: () => LOAN_LEAD_DAYS,
    inRail: true,
    place: { screen: 'copies' },
    opens: ({ subject }) => ({ screen: 'copies', number: subject }),
  }),
  recordsSource({
    key: 'copyRequests',
    query: copyRequestsOpen,
    place: { screen: 'copies', tab: 'requests' },
    opens: ({ subject }) => ({ screen: 'copies', number: subject }),
  }),
  computedSource({
    key: 'recoveryRound',
    leadDays: () => ROUND_LEAD_DAYS,
    place: { screen: 'copies', tab: 'rounds' },
    lines({ sql }) {
      const place = { screen: 'copies', tab: 'rounds' };
      const running = openRound(sql);
      if (running !== undefined)
        return ownLine(addDays(dayOf(new Date(running.opened_at)), ROUND_DAYS), place, {
          variant: 'running',
          leadDays: ALWAYS,
          params: { number: running.number, settled: running.settled, copies: running.copies },
        });
      const day = nextRoundDue(sql);
      return day === null ? [] : ownLine(day, place, { variant: 'next', params: { count: heldByService(sql).length } });
    },
  }),
  recordsSource({
    key: 'cardAfterVisit',
    query: visitedNotFilledIn,
    params: ({ settings }) => ({
      lateness: `+${settings.latenessHours} hours`,
      earlier: `-${settings.latenessHours} hours`,
    }),
    leadDays: () => 1,
    inRail: true,
    place: { screen: 'cards', params: { show: 'late' } },
    opens: ({ subject }) => ({ screen: 'cards', number: subject }),
  }),
  computedSource({
    key: 'dailyReports',
    inRail: true,
    place: { screen: 'visits', tab: 'calendar' },
    lines: ({ sql, today, now }) =>
      missingReports(sql, today, now).map(({ staffId, staff, day }) => ({
        record: staffId * DAYS_APART + daysBetween('2000-01-01', day),
        subject: `${staffId}@${day}`,
        title: staff,
        day,
        variant: '',
        params: { report: day },
        place: { screen: 'visits', tab: 'calendar', params: { day } },
      })),
  }),
  recordsSource({
    key: 'otherReports',
    query: otherReports,
    leadDays: () => LOAN_LEAD_DAYS,
    place: { screen: 'visits', tab: 'information' },
    opens: ({ subject }) => ({ screen: 'visits', tab: 'information', number: subject }),
  }),
  recordsSource({
    key: 'ordersOverLimit',
    query: ordersOverLimit,
    leadDays: () => ALWAYS,
    inRail: true,
    place: { screen: 'credit', tab: 'dealings' },
    opens: ({ params }) => ({ screen: 'cards', number: String(params['number'] ?? ''), tab: 'dealings' }),
  }),
  recordsSource({
    key: 'reportsToPassOn',
    query: reportsToPassOn,
    leadDays: () => ALWAYS,
    inRail: true,
    place: { screen: 'visits', tab: 'information', params: { state: 'toPass' } },
    opens: ({ subject }) => ({ screen: 'visits', tab: 'information', number: subject }),
  }),
  recordsSource({
    key: 'proposedFacts',
    query: proposedFacts,
    leadDays: () => ALWAYS,
    place: { screen: 'visits', tab: 'facts' },
    opens: ({ params }) => ({ screen: 'cards', number: String(params['number'] ?? '') }),
  }),
  recordsSource({
    key: 'cardsSentBack',
    query: cardsSentBack,
    leadDays: () => ALWAYS,
    inRail: true,
    place: { screen: 'cards' },
    opens: ({ subject }) => ({ screen: 'cards', number: subject }),
  }),
  recordsSource({
    key: 'remarks',
    query: openRemarks,
    leadDays: () => ALWAYS,
    place: { screen: 'cards' },
    opens: ({ subject }) => ({ screen: 'cards', number: subject }),
  }),
  recordsSource({
    key: 'watchedChanges',
    query: watchedChanges,
    leadDays: () => ALWAYS,
    place: { screen: 'revision', tab: 'watch' },
    opens: ({ params }) => ({ screen: 'revision', tab: 'watch', number: String(params['number'] ?? '') }),
  }),
  computedSource({
    key: 'revision',
    leadDays: () => REVISION_LEAD_DAYS,
    place: { screen: 'revision' },
    lines(context) {
      const { sql, settings } = context;
      const place = { screen: 'revision' };
      const running = activeCampaign(sql);
      if (running !== undefined) {
        // A pause is a decision: it does not nag.
        if (running.paused_at !== null) return [];
        const { open, total } = countOutcomes(sql, running.id);
        const variant = open === 0 ? 'sign' : 'running';
        return ownLine(running.due_on, place, {
          variant,
          leadDays: ALWAYS,
          params: { number: running.number, open, done: total - open },
        });
      }
      const last = lastClosedCampaign(sql);
      const day = revisionDueOn(
        { startedOn: dayOrNull(last?.started_at), filledSince: filledSince(context) },
        settings.revisionMonths,
      );
      if (day === null) return [];
      return last === undefined
        ? ownLine(day, place, { variant: 'first', params: {} })
        : ownLine(day, place, { variant: 'next', params: { number: last.number } });
    },
  }),
  recordsSource({
    key: 'staleCards',
    query: staleCards,
    params: ({ sql }) => ({ campaign: activeCampaign(sql)?.id ?? 0 }),
    place: { screen: 'cards', params: { show: 'stale' } },
    opens: ({ subject }) => ({ screen: 'cards', number: subject }),
  }),
  recordsSource({
    key: 'licences',
    query: licencesExpiring,
    leadDays: ({ expiryNoticeDays }) => expiryNoticeDays,
    place: { screen: 'cards' },
    opens: ({ subject }) => ({ screen: 'cards', number: subject }),
  }),
  recordsSource({
    key: 'creditLimits',
    query: creditLimitsExpiring,
    leadDays: ({ expiryNoticeDays }) => expiryNoticeDays,
    place: { screen: 'cards' },
    opens: ({ subject }) => ({ screen: 'cards', number: subject }),
  }),
  recordsSource({
    key: 'instalments',
    query: instalmentsDue,
    leadDays: () => INSTALMENT_LEAD_DAYS,
    place: { screen: 'credit', tab: 'due' },
    opens: ({ params }) => ({ screen: 'cards', tab: 'credit', number: String(params['number'] ?? '') }),
  }),
  recordsSource({
    key: 'paperValidity',
    query: papersExpiring,
    leadDays: ({ expiryNoticeDays }) => expiryNoticeDays,
    place: { screen: 'dossiers' },
    opens: ({ subject }) => ({ screen: 'dossiers', params: { paper: subject } }),
  }),
  ...CARE_SOURCES,
  recordsSource({
    key: 'creditBlocked',
    query: creditBlocked,
    place: { screen: 'credit' },
    opens: ({ subject }) => ({ screen: 'cards', tab: 'credit', number: subject }),
  }),
  recordsSource({
    key: 'missingPapers',
    query: dossiersWithGaps,
    place: { screen: 'dossiers', params: { show: 'missing' } },
    opens: ({ subject }) => ({ screen: 'dossiers', number: subject }),
  }),
  recordsSource({
    key: 'incompleteCards',
    query: incompleteCards,
    place: { screen: 'cards', params: { show: 'incomplete' } },
    opens: ({ subject }) => ({ screen: 'cards', number: subject }),
  }),
];
