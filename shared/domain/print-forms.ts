/** Every printed form and report by its name; the title is `kit.print.<form>`. */
export const PRINT_FORMS = [
  'analysis',
  'breachFile',
  'card',
  'catalogue',
  'dossierLabel',
  'loanForm',
  'lookupIndex',
  'registerBook',
  'officeHandover',
  'recoverySheet',
  'visitForm',
  'dailyReport',
  'informationReport',
  'visitBrief',
  'reportCalendar',
  'visitRegister',
  'competitorMatrix',
  'competitorPage',
  'projectList',
  'orderRegister',
  'debtRegister',
  'goodsRegister',
  'returnRegister',
  'creditApproval',
  'scoreSheet',
  'repaymentPlan',
  'extensionApproval',
  'termsSlip',
  'creditList',
  'routeSheet',
  'copyConsent',
  'copyReceipt',
  'copyRecall',
  'holdings',
  'issueRegister',
  'recoveryRound',
  'revisionList',
  'revisionReport',
  'stockCheck',
  'yearCleaning',
  'volumeList',
  'spineLabels',
] as const;

/** Forms that are printed for several customers at once. */
export const MANY_FORMS = ['dossierLabel', 'card'] as const;
/** R25: beyond these many, whoever prints shows once more who they are. */
export const MANY_WITHOUT_SECRET = 5;
/** R71: beyond these many it would be an export, which has its own way. */
export const MOST_AT_ONCE = 25;
