/**
 * Fields of the forms whose values are short: numbers, days, choices, and who is responsible where. Each card has one of them. Texts, parts of
 * lists and fields of the keeper's own are sorted when they are asked for.
 */
export const ORDERED_FIELDS: readonly string[] = `
  annualTurnover balanceOwed birthDate collected consentKeepUntil consentOn cooperationAttitude country creditLimit
  creditLimitValidUntil creditPeriodDays cumulativeAmount customerGrade customerNature customerSource education employees
  evaluatedOn firstPurchaseOn firstTransactionOn foundedOn growthPotential identityDocumentType incomeBand industry lastOrderOn
  lastPurchaseOn lastVisitOn legalForm licenceValidUntil managerSignedOn maritalStatus memberLevel memberPoints memberValidUntil
  overallEvaluation overdueAmount paidInCapital paymentHabit purchaseFrequency registeredCapital responsibleSalesperson routeOrder
  salesArea salesCapability securityLevel settlementMethod sex statementDay storeArea transportMethod turnoverYear warehouseArea
`
  .trim()
  .split(/\s+/);

/** What a value must be to stand in the index. */
const IS_ORDERED = `ordinal = 0 AND field IN (${ORDERED_FIELDS.map((field) => `'${field}'`).join(', ')})`;

/** The list of cards in the order of a short field, and narrowed by its values: sorting those of a million cards takes longer than a page. */
export const orderedValuesSql = `
CREATE INDEX card_value_ordered ON card_value (field, value, customer_id) WHERE ${IS_ORDERED};
`;
