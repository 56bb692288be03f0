import type { z } from 'zod';
import { agreementOperations } from './agreements.ts';
import { analysisOperations } from './analysis.ts';
import { announcedActOperations } from './announced-acts.ts';
import { archiveOperations } from './archive.ts';
import { archiveYearOperations } from './archive-years.ts';
import { backupOperations } from './backups.ts';
import { breachOperations } from './breaches.ts';
import { cardReviewOperations } from './card-reviews.ts';
import { classificationOperations } from './classification.ts';
import { codeCardOperations } from './code-cards.ts';
import { copyOperations } from './copies.ts';
import { creditOperations } from './credit.ts';
import { creditApprovalOperations } from './credit-approvals.ts';
import { custodyOperations } from './custody.ts';
import { customerListOperations } from './customer-lists.ts';
import { customerMergeOperations } from './customer-merges.ts';
import { customerOperations } from './customers.ts';
import { dealingOperations } from './dealings.ts';
import { disposalOperations } from './disposals.ts';
import { dossierOperations } from './dossiers.ts';
import { dutyOperations } from './duties.ts';
import { exportOperations } from './exports.ts';
import { fixityOperations } from './fixity.ts';
import { gapOperations } from './gaps.ts';
import { hostOperations } from './host.ts';
import { importOperations } from './imports.ts';
import { intelligenceOperations } from './intelligence.ts';
import { loanQueueOperations } from './loan-queue.ts';
import { loanOperations } from './loans.ts';
import { manyPapersOperations } from './many-papers.ts';
import { namedReaderOperations } from './named-readers.ts';
import { orderLimitOperations } from './order-limit.ts';
import { outageOperations } from './outages.ts';
import { ownFormOperations } from './own-forms.ts';
import { passingOnOperations } from './passing-on.ts';
import { peopleOperations } from './people.ts';
import { placeOperations } from './places.ts';
import { rateOperations } from './rates.ts';
import { recordListOperations } from './record-lists.ts';
import { recordOperations } from './records.ts';
import { recoveryRoundOperations } from './recovery-rounds.ts';
import { reportingOperations } from './reporting.ts';
import { revisionOperations } from './revisions.ts';
import { scanOperations } from './scans.ts';
import { stockCheckOperations } from './stock-checks.ts';
import { supervisionOperations } from './supervision.ts';
import { supplementOperations } from './supplements.ts';
import { updateOperations } from './updates.ts';
import { visitOperations } from './visits.ts';

/**
 * Every operation, declared once. The window's typed client, the dispatcher's checks, the command
 * line's help and JSON Schemas all come from here; what is not declared cannot be called.
 */
export const archiveContract = {
  ...agreementOperations,
  ...announcedActOperations,
  ...archiveOperations,
  ...backupOperations,
  ...customerOperations,
  ...customerMergeOperations,
  ...namedReaderOperations,
  ...cardReviewOperations,
  ...customerListOperations,
  ...recordListOperations,
  ...classificationOperations,
  ...creditOperations,
  ...creditApprovalOperations,
  ...dealingOperations,
  ...rateOperations,
  ...exportOperations,
  ...fixityOperations,
  ...supervisionOperations,
  ...analysisOperations,
  ...dossierOperations,
  ...scanOperations,
  ...gapOperations,
  ...manyPapersOperations,
  ...placeOperations,
  ...custodyOperations,
  ...peopleOperations,
  ...codeCardOperations,
  ...loanOperations,
  ...loanQueueOperations,
  ...outageOperations,
  ...breachOperations,
  ...importOperations,
  ...recordOperations,
  ...archiveYearOperations,
  ...disposalOperations,
  ...supplementOperations,
  ...updateOperations,
  ...visitOperations,
  ...reportingOperations,
  ...passingOnOperations,
  ...orderLimitOperations,
  ...intelligenceOperations,
  ...dutyOperations,
  ...copyOperations,
  ...recoveryRoundOperations,
  ...revisionOperations,
  ...stockCheckOperations,
  ...ownFormOperations,
};
export const contract = { ...archiveContract, ...hostOperations };

export type ArchiveOperationName = keyof typeof archiveContract;
export type OperationName = keyof typeof contract;
/** What a caller gives: defaults may be left out. */
export type InputOf<N extends OperationName> = z.input<(typeof contract)[N]['input']>;
/** What a handler gets: parsed, with defaults. */
export type ParsedInputOf<N extends OperationName> = z.output<(typeof contract)[N]['input']>;
export type OutputOf<N extends OperationName> = z.output<(typeof contract)[N]['output']>;
