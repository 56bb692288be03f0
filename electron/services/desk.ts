import { seesCards } from '../../shared/domain/masks.ts';
import { addDays } from '../../shared/util/days.ts';
import { readInfo } from '../store/archive-records.ts';
import { countCustomers, recentlyChangedCustomers } from '../store/customer-lists.ts';
import { deskCounts } from '../store/desk-counts.ts';
import { countUnacknowledgedUrgent } from '../store/information-reports.ts';
import { countLoans } from '../store/loans.ts';
import { countOpenFacts } from '../store/proposed-facts.ts';
import type { HandlersOf } from './context.ts';
import { dutyContext, waitingByScreen } from './duties.ts';
import { todayOf } from './today.ts';
import { missingReports } from './work-calendar.ts';

/** How many of each thing the desk names. */
const SHOWN = 8;
const SOON_DAYS = 3;

/** What the archive holds and how it is; what is to be done is in `duties.today`. */
export const deskHandlers: HandlersOf<'desk.overview'> = {
  'desk.overview': {
    phase: 'query',
    run(context) {
      const { sql, clock, archive, actor } = context;
      const today = todayOf(clock);
      const loans = countLoans(sql, today, addDays(today, SOON_DAYS));
      const filter = (show: 'incomplete' | 'stale' | 'late') => ({ show, today });
      const counts = deskCounts(sql);
      const size = archive.audit.size();
      return {
        today,
        counts: {
          ...counts,
          loansOut: loans.out,
          loansOverdue: loans.overdue,
          loansDueSoon: loans.soon,
          incompleteCards: countCustomers(sql, filter('incomplete')),
          staleCards: countCustomers(sql, filter('stale')),
          lateCards: countCustomers(sql, filter('late')),
          urgentReports: countUnacknowledgedUrgent(sql),
          missingReports: missingReports(sql, today, clock.now().toISOString()).length,
          openFacts: countOpenFacts(sql),
        },
        waiting: waitingByScreen(dutyContext(context)),
        // R: an auditor reads the log, and cards neither whole nor by name.
        recentlyChanged: (seesCards(actor.role) ? recentlyChangedCustomers(sql, SHOWN) : []).map((row) => ({
          number: row.number,
          name: row.name,
          at: row.updated_at,
          by: row.updated_by,
        })),
        audit: {
          entries: size,
          head: archive.audit.head().chain,
          unanchored: size - Number(readInfo(sql, 'anchoredSize') ?? 0),
        },
        lastBackup: readInfo(sql, 'lastBackup') ?? null,
        lastVerified: readInfo(sql, 'lastVerified') ?? null,
      };
    },
  },
};
