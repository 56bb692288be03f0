import { agreementHandlers } from './agreements.ts';
import { analysisHandlers } from './analysis.ts';
import { analysisExportHandlers } from './analysis-tables.ts';
import { announcedActHandlers } from './announced-acts.ts';
import { archiveExportHandlers } from './archive-export.ts';
import { archiveYearHandlers } from './archive-years.ts';
import { archiveHandlers } from './archives.ts';
import { auditHandlers } from './audit-log.ts';
import { backupHandlers } from './backup.ts';
import { backupStatusHandlers } from './backup-status.ts';
import { bindingHandlers } from './binding.ts';
import { bindingPlanHandlers } from './binding-plan.ts';
import { blankFormHandlers } from './blank-forms.ts';
import { breachHandlers } from './breaches.ts';
import { briefHandlers } from './briefs.ts';
import { cardFromBackupHandlers } from './card-from-backup.ts';
import { cardHistoryHandlers } from './card-history.ts';
import { cardReviewHandlers } from './card-reviews.ts';
import { classificationHandlers } from './classification.ts';
import { codeCardHandlers } from './code-cards.ts';
import type { Handlers } from './context.ts';
import { copyRequestHandlers } from './copy-requests.ts';
import { creditHandlers } from './credit.ts';
import { creditApplicationHandlers } from './credit-applications.ts';
import { customerExportHandlers } from './customer-exports.ts';
import { customerListHandlers } from './customer-lists.ts';
import { customerMergeHandlers } from './customer-merges.ts';
import { customerHandlers } from './customers.ts';
import { dailyReportHandlers } from './daily-reports.ts';
import { dealingImportHandlers } from './dealing-imports.ts';
import { dealingHandlers } from './dealings.ts';
import { deskHandlers } from './desk.ts';
import { disposalHandlers } from './disposals.ts';
import { documentHandlers } from './documents.ts';
import { dossierGapHandlers } from './dossier-gaps.ts';
import { dossierHandlers } from './dossiers.ts';
import { dutyHandlers } from './duties.ts';
import { extensionHandlers } from './extensions.ts';
import { factHandlers } from './facts.ts';
import { filingHandlers } from './filing.ts';
import { fixityHandlers } from './fixity.ts';
import { fixityRestoreHandlers } from './fixity-restore.ts';
import { gapHandlers } from './gaps.ts';
import { holdHandlers } from './holds.ts';
import { importHandlers } from './imports.ts';
import { informationHandlers } from './information.ts';
import { intelligenceHandlers } from './intelligence.ts';
import { issuedCopyHandlers } from './issued-copies.ts';
import { keyFileHandlers } from './key-files.ts';
import { keyRotationHandlers } from './key-rotation.ts';
import { lendingHandlers } from './lending.ts';
import { loanActHandlers } from './loan-acts.ts';
import { loanRequestHandlers } from './loan-requests.ts';
import { loanHandlers } from './loans.ts';
import { lookIntoBackupHandlers } from './look-into-backup.ts';
import { lookupHandlers } from './lookup.ts';
import { makeCopyHandlers } from './make-copy.ts';
import { manyPapersHandlers } from './many-papers.ts';
import { namedReaderHandlers } from './named-readers.ts';
import { officeHandlers } from './office.ts';
import { orderLimitHandlers } from './order-limit.ts';
import { outageHandlers } from './outages.ts';
import { ownFormHandlers } from './own-forms.ts';
import { passingOnHandlers } from './passing-on.ts';
import { peopleHandlers } from './people.ts';
import { placeHandlers } from './places.ts';
import { printHandlers } from './print-forms.ts';
import { rateHandlers } from './rates.ts';
import { recordListHandlers } from './record-lists.ts';
import { recoveryRoundHandlers } from './recovery-rounds.ts';
import { repaymentHandlers } from './repayments.ts';
import { restoreHandlers } from './restore.ts';
import { retentionHandlers } from './retention.ts';
import { revisionCardHandlers } from './revision-cards.ts';
import { revisionCloseHandlers } from './revision-close.ts';
import { revisionHandlers } from './revisions.ts';
import { roomReadingHandlers } from './room-readings.ts';
import { scanArrangementHandlers } from './scan-arrangement.ts';
import { scanReadingHandlers } from './scan-reading.ts';
import { scanTrayHandlers } from './scan-tray.ts';
import { searchHandlers } from './search.ts';
import { sessionHandlers } from './session.ts';
import { settingsHandlers } from './settings.ts';
import { stockCheckHandlers } from './stock-checks.ts';
import { supervisionHandlers } from './supervision.ts';
import { supplementHandlers } from './supplements.ts';
import { tierProposalHandlers } from './tier-proposals.ts';
import { updateHandlers } from './updates.ts';
import { visitImportHandlers } from './visit-import.ts';
import { visitHandlers } from './visits.ts';
import { workCalendarHandlers } from './work-calendar.ts';

/** One handler for each operation of the contract: a missing one does not compile. */
export const handlers: Handlers = {
  ...agreementHandlers,
  ...announcedActHandlers,
  ...archiveExportHandlers,
  ...archiveHandlers,
  ...auditHandlers,
  ...backupHandlers,
  ...backupStatusHandlers,
  ...restoreHandlers,
  ...lookIntoBackupHandlers,
  ...bindingHandlers,
  ...bindingPlanHandlers,
  ...archiveYearHandlers,
  ...disposalHandlers,
  ...holdHandlers,
  ...supplementHandlers,
  ...retentionHandlers,
  ...codeCardHandlers,
  ...namedReaderHandlers,
  ...manyPapersHandlers,
  ...placeHandlers,
  ...keyFileHandlers,
  ...copyRequestHandlers,
  ...classificationHandlers,
  ...tierProposalHandlers,
  ...creditHandlers,
  ...creditApplicationHandlers,
  ...cardFromBackupHandlers,
  ...cardHistoryHandlers,
  ...cardReviewHandlers,
  ...customerMergeHandlers,
  ...customerHandlers,
  ...customerListHandlers,
  ...recordListHandlers,
  ...analysisHandlers,
  ...analysisExportHandlers,
  ...dealingHandlers,
  ...dealingImportHandlers,
  ...customerExportHandlers,
  ...deskHandlers,
  ...documentHandlers,
  ...dossierHandlers,
  ...scanArrangementHandlers,
  ...scanReadingHandlers,
  ...scanTrayHandlers,
  ...dossierGapHandlers,
  ...gapHandlers,
  ...dutyHandlers,
  ...extensionHandlers,
  ...filingHandlers,
  ...fixityHandlers,
  ...supervisionHandlers,
  ...fixityRestoreHandlers,
  ...importHandlers,
  ...issuedCopyHandlers,
  ...makeCopyHandlers,
  ...keyRotationHandlers,
  ...lendingHandlers,
  ...loanHandlers,
  ...loanActHandlers,
  ...loanRequestHandlers,
  ...blankFormHandlers,
  ...outageHandlers,
  ...stockCheckHandlers,
  ...roomReadingHandlers,
  ...breachHandlers,
  ...lookupHandlers,
  ...officeHandlers,
  ...ownFormHandlers,
  ...peopleHandlers,
  ...printHandlers,
  ...recoveryRoundHandlers,
  ...rateHandlers,
  ...revisionHandlers,
  ...revisionCardHandlers,
  ...revisionCloseHandlers,
  ...repaymentHandlers,
  ...searchHandlers,
  ...sessionHandlers,
  ...settingsHandlers,
  ...visitHandlers,
  ...updateHandlers,
  ...visitImportHandlers,
  ...dailyReportHandlers,
  ...workCalendarHandlers,
  ...informationHandlers,
  ...passingOnHandlers,
  ...orderLimitHandlers,
  ...factHandlers,
  ...intelligenceHandlers,
  ...briefHandlers,
};
