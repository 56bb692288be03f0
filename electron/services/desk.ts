import { daysOverdue } from '../../shared/domain/due-dates.ts';
import { completeness } from '../../shared/domain/form-fields.ts';
import { addDays } from '../../shared/util/days.ts';
import { readInfo } from '../store/archive-records.ts';
import { countCustomers, findCustomerById, listCustomers, recentlyChangedCustomers } from '../store/customers.ts';
import { deskCounts } from '../store/desk-counts.ts';
import { countUnacknowledgedUrgent } from '../store/information-reports.ts';
import { countLoans, listLoans } from '../store/loans.ts';
import { countOpenFacts } from '../store/proposed-facts.ts';
import type { HandlersOf } from './context.ts';
import { valuesOf } from './customer-record.ts';
import { todayOf } from './today.ts';
import { countMissingReports } from './work-calendar.ts';

/** How many of each thing the desk names. */
const SHOWN = 8;
const SOON_DAYS = 3;

/** What waits today. */
export const deskHandlers: HandlersOf<'desk.overview'> = {
  'desk.overview': {
    phase: 'query',
    run({ sql, clock, archive }) {
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
          missingReports: countMissingReports(sql, today, clock.now().toISOString()),
          openFacts: countOpenFacts(sql),
        },
        overdueLoans: listLoans(sql, { state: 'overdue', today, text: '' }, 0, SHOWN).rows.map((loan) => ({
          loanNumber: loan.number,
          code: loan.code,
          title: loan.title,
          borrower: loan.borrower,
          due: loan.due,
          daysOverdue: daysOverdue(loan.due, today),
        })),
        incompleteCards: listCustomers(sql, filter('incomplete'), {
          sort: 'completeness',
          descending: false,
          offset: 0,
          limit: SHOWN,
        })
          .flatMap(({ id }) => findCustomerById(sql, id) ?? [])
          .map((row) => {
            const { percent, missing } = completeness(row.kind, valuesOf(row));
            return {
              number: row.number,
              kind: row.kind,
              name: row.name,
              completeness: { percent, missing: [...missing] },
            };
          }),
        recentlyChanged: recentlyChangedCustomers(sql, SHOWN).map((row) => ({
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
