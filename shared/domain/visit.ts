/** Vocabulary of visits and reports (V1–V3, forms-and-standards §4), kept as option sets of the forms: labels `option.<set>.<value>`. */
export const VISIT_METHODS = ['onSite', 'telephone', 'video', 'exhibition', 'incoming'] as const;
export type VisitMethod = (typeof VISIT_METHODS)[number];

export const VISIT_PURPOSES = [
  'prospecting',
  'followUp',
  'order',
  'delivery',
  'collection',
  'complaint',
  'survey',
  'other',
] as const;
export type VisitPurpose = (typeof VISIT_PURPOSES)[number];

export const VISIT_RESULTS = ['closed', 'interested', 'toFollowUp', 'declined', 'notMet'] as const;
export type VisitResult = (typeof VISIT_RESULTS)[number];

/** V3: 日常 / 緊急 / 定期. */
export const REPORT_KINDS = ['routine', 'urgent', 'periodic'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export const REPORT_CHANNELS = ['oral', 'telephone', 'written'] as const;
export type ReportChannel = (typeof REPORT_CHANNELS)[number];

export const REPORT_SUBJECTS = [
  'paymentIrregular',
  'paymentRefused',
  'closedOrSeized',
  'lawsuit',
  'responsiblePersonChanged',
  'structureChanged',
  'addressChanged',
  'businessWorse',
  'businessBetter',
  'competitorMove',
  'purchasePlan',
  'complaint',
  'other',
] as const;
export type ReportSubject = (typeof REPORT_SUBJECTS)[number];

export const RELIABILITIES = ['high', 'medium', 'low'] as const;
export type Reliability = (typeof RELIABILITIES)[number];

/** 甲 / 乙 / 丙: how often a customer is reported on; it depends on credit standing, not on volume (§4.2). */
export const REPORT_CLASSES = ['first', 'second', 'third'] as const;
export type ReportClass = (typeof REPORT_CLASSES)[number];

/** Months (1–12) in which a periodic report is due, by class (§4.2). */
export const PERIODIC_REPORT_MONTHS: Readonly<Record<ReportClass, readonly number[]>> = {
  first: [3, 9],
  second: [2, 5, 8, 11],
  third: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
};

/** Daily reports that one signature of the supervisor may cover (V1). */
export const REPORTS_OF_A_SIGNATURE = 60;
