import { auditMigrationSql } from '../audit/audit-schema.ts';
import type { Migration } from '../store/migrate.ts';
import { foundationSql } from '../store/migrations/0010-foundation.ts';
import { titlesSql } from '../store/migrations/0020-titles.ts';
import { peopleLookupSql } from '../store/migrations/0030-people-lookup.ts';
import { borrowingSql } from '../store/migrations/0040-borrowing.ts';
import { agreementsSql } from '../store/migrations/0050-agreements.ts';
import { issuedCopiesSql } from '../store/migrations/0050-issued-copies.ts';
import { dutiesAndRevisionSql } from '../store/migrations/0060-duties-and-revision.ts';
import { cardsSql } from '../store/migrations/0070-cards.ts';
import { visitsSql } from '../store/migrations/0080-visits.ts';
import { creditSql } from '../store/migrations/0090-credit.ts';
import { dealingsSql } from '../store/migrations/0090-dealings.ts';
import { listValuesSql } from '../store/migrations/0100-list-values.ts';
import { salesSummariesSql } from '../store/migrations/0110-sales-summaries.ts';
import { stockChecksSql } from '../store/migrations/0120-stock-checks.ts';
import { listOrdersSql } from '../store/migrations/0140-list-orders.ts';
import { fixityAndBackupsSql } from '../store/migrations/0150-fixity-and-backups.ts';
import { archiveYearSql } from '../store/migrations/0160-archive-year.ts';
import { listValuesWrittenSql } from '../store/migrations/0170-list-values-written.ts';
import { disposalSql } from '../store/migrations/0200-disposal.ts';
import { supplementsSql } from '../store/migrations/0210-supplements.ts';
import { gapClaimsSql } from '../store/migrations/0220-gap-claims.ts';
import { scanVersionsSql } from '../store/migrations/0230-scan-versions.ts';
import { signedFormsSql } from '../store/migrations/0260-signed-forms.ts';
import { codeCardsSql } from '../store/migrations/0270-code-cards.ts';
import { searchPagesSql } from '../store/migrations/0350-search-pages.ts';
import { returnSignatureSql } from '../store/migrations/0360-return-signature.ts';
import { visitImportsSql } from '../store/migrations/0400-visit-imports.ts';
import { passingOnSql } from '../store/migrations/0420-passing-on.ts';
import { namedReadersSql } from '../store/migrations/0430-named-readers.ts';
import { placeMovesSql } from '../store/migrations/0430-place-moves.ts';
import { openLoansSql } from '../store/migrations/0440-open-loans.ts';
import { keptCountsSql } from '../store/migrations/0500-kept-counts.ts';
import { firstPagesSql } from '../store/migrations/0510-first-pages.ts';
import { paperOrdersSql } from '../store/migrations/0520-paper-orders.ts';
import { untilDaysSql } from '../store/migrations/0560-until-days.ts';
import { classSumsSql } from '../store/migrations/0580-class-sums.ts';
import { largestCustomersSql } from '../store/migrations/0590-largest-customers.ts';
import { waitingHourSql } from '../store/migrations/0620-waiting-hour.ts';
import { papersToBindSql } from '../store/migrations/0630-papers-to-bind.ts';
import { orderedValuesSql } from '../store/migrations/0650-ordered-values.ts';
import { todayCountsSql } from '../store/migrations/0650-today-counts.ts';
import { orderedValuesTestedSql } from '../store/migrations/0660-ordered-values-tested.ts';
import { dossierChangesSql } from '../store/migrations/0670-dossier-changes.ts';
import { recordOrdersSql } from '../store/migrations/0680-record-orders.ts';
import { dossierCountsSql } from '../store/migrations/0700-dossier-counts.ts';
import { seldomOrdersSql } from '../store/migrations/0700-seldom-orders.ts';
import { auditCountsSql } from '../store/migrations/0760-audit-counts.ts';
import { searchPartsSql } from '../store/migrations/0770-search-parts.ts';
import { searchIndexSql } from '../store/search-index.ts';

/** Every migration of the archive's database, in order; a released one is never edited. Joined here since the log's tables belong to `audit`. */
export const archiveMigrations: readonly Migration[] = [
  { version: 10, name: 'foundation', sql: `${foundationSql}${searchIndexSql}${auditMigrationSql}` },
  { version: 20, name: 'titles', sql: titlesSql },
  { version: 30, name: 'people-lookup', sql: peopleLookupSql },
  { version: 40, name: 'borrowing', sql: borrowingSql },
  { version: 50, name: 'agreements, issued copies', sql: `${agreementsSql}${issuedCopiesSql}` },
  { version: 60, name: 'duties and revision', sql: dutiesAndRevisionSql },
  { version: 70, name: 'cards', sql: cardsSql },
  { version: 80, name: 'visits', sql: visitsSql },
  { version: 90, name: 'dealings', sql: `${dealingsSql}${creditSql}` },
  { version: 100, name: 'listValues', sql: listValuesSql },
  { version: 110, name: 'salesSummaries', sql: salesSummariesSql },
  { version: 120, name: 'stockChecks', sql: stockChecksSql },
  { version: 140, name: 'listOrders', sql: listOrdersSql },
  { version: 150, name: 'fixity and backups', sql: fixityAndBackupsSql },
  { version: 160, name: 'archiveYear', sql: archiveYearSql },
  { version: 170, name: 'listValuesWritten', sql: listValuesWrittenSql },
  { version: 200, name: 'disposal', sql: disposalSql },
  { version: 210, name: 'supplements', sql: supplementsSql },
  { version: 220, name: 'gapClaims', sql: gapClaimsSql },
  { version: 230, name: 'scanVersions', sql: scanVersionsSql },
  { version: 260, name: 'signedForms', sql: signedFormsSql },
  { version: 270, name: 'codeCards', sql: codeCardsSql },
  { version: 350, name: 'searchPages', sql: searchPagesSql },
  { version: 360, name: 'returnSignature', sql: returnSignatureSql },
  { version: 400, name: 'visitImports', sql: visitImportsSql },
  { version: 420, name: 'passingOn', sql: passingOnSql },
  { version: 430, name: 'named readers, moves of places', sql: `${namedReadersSql}${placeMovesSql}` },
  { version: 440, name: 'openLoans', sql: openLoansSql },
  { version: 500, name: 'keptCounts', sql: keptCountsSql },
  { version: 510, name: 'firstPages', sql: firstPagesSql },
  { version: 520, name: 'paperOrders', sql: paperOrdersSql },
  { version: 560, name: 'untilDays', sql: untilDaysSql },
  { version: 580, name: 'classSums', sql: classSumsSql },
  { version: 590, name: 'largestCustomers', sql: largestCustomersSql },
  { version: 620, name: 'waitingHour', sql: waitingHourSql },
  { version: 630, name: 'papersToBind', sql: papersToBindSql },
  { version: 650, name: 'todayCounts, orderedValues', sql: `${todayCountsSql}${orderedValuesSql}` },
  { version: 660, name: 'orderedValuesTested', sql: orderedValuesTestedSql },
  { version: 670, name: 'dossierChanges', sql: dossierChangesSql },
  { version: 680, name: 'recordOrders', sql: recordOrdersSql },
  { version: 700, name: 'dossierCounts, seldomOrders', sql: `${dossierCountsSql}${seldomOrdersSql}` },
  { version: 760, name: 'auditCounts', sql: auditCountsSql },
  { version: 770, name: 'searchParts', sql: searchPartsSql },
];
