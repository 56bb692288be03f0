import type { Condition, FormSection } from './field.ts';
import { competitorsField, evaluationFields, projectsField } from './shared-lists.ts';

const creditGiven: Condition = {
  any: [
    { field: 'creditLimit', moreThan: 0 },
    {
      field: 'settlementMethod',
      is: ['monthly', 'bill', 'instalments', 'consignment', 'documentsAgainstAcceptance', 'openAccount'],
    },
  ],
};

/** §1.5 規模與經營. */
export const businessSection: FormSection = {
  key: 'business',
  fields: [
    { key: 'industry', type: 'enum', options: 'industry', openOptions: true, required: 'required' },
    { key: 'customerNature', type: 'enum', options: 'customerNature', required: 'required' },
    /** 直接出口客戶: asks for the export papers of D3 and D4. */
    { key: 'directExport', type: 'boolean', required: 'optional', initial: false },
    { key: 'employees', type: 'integer', unit: 'people', required: 'recommended', min: 0, max: 10_000_000 },
    { key: 'annualTurnover', type: 'money', required: 'recommended' },
    { key: 'turnoverYear', type: 'integer', required: 'optional', min: 1900, max: 2999 },
    { key: 'storeArea', type: 'number', unit: 'squareMetres', required: 'optional', min: 0 },
    { key: 'warehouseArea', type: 'number', unit: 'squareMetres', required: 'optional', min: 0 },
    { key: 'mainProducts', type: 'text', required: 'required', maxLength: 1000 },
    { key: 'marketsServed', type: 'text', required: 'recommended', maxLength: 1000 },
    { key: 'salesCapability', type: 'enum', options: 'rating', required: 'optional' },
    { key: 'growthPotential', type: 'enum', options: 'rating', required: 'optional' },
    { key: 'managementPolicy', type: 'longText', required: 'optional' },
    { key: 'seasons', type: 'text', required: 'optional' },
    {
      key: 'financialIndicators',
      type: 'list',
      required: 'optional',
      itemFields: [
        { key: 'year', type: 'integer', required: 'required', identifying: true, min: 1900, max: 2999 },
        { key: 'totalAssets', type: 'money', required: 'optional' },
        { key: 'debtRatio', type: 'percent', required: 'optional', min: 0, max: 100_000 },
        { key: 'currentRatio', type: 'number', required: 'optional', min: 0 },
        { key: 'receivableDays', type: 'number', unit: 'days', required: 'optional', min: 0 },
        { key: 'netMargin', type: 'percent', required: 'optional', min: -100_000, max: 100_000 },
      ],
    },
  ],
};

/** §1.6 銀行、交易條件、信用. */
export const tradeTermsSection: FormSection = {
  key: 'tradeTerms',
  fields: [
    {
      key: 'bankAccounts',
      type: 'list',
      required: 'required',
      itemFields: [
        { key: 'bankName', type: 'text', required: 'required', identifying: true },
        { key: 'accountName', type: 'text', required: 'optional' },
        { key: 'accountNumber', type: 'text', required: 'optional', maxLength: 60, sensitive: true },
        { key: 'openedOn', type: 'partialDate', required: 'optional' },
        { key: 'balanceDigits', type: 'integer', required: 'optional', min: 0, max: 20, sensitive: true },
      ],
    },
    { key: 'settlementMethod', type: 'enum', options: 'settlementMethod', required: 'required' },
    { key: 'statementDay', type: 'integer', required: 'optional', min: 1, max: 31 },
    {
      key: 'creditPeriodDays',
      type: 'integer',
      unit: 'days',
      required: 'conditional',
      when: creditGiven,
      min: 0,
      max: 3650,
    },
    { key: 'earlyPaymentDiscount', type: 'text', required: 'optional' },
    { key: 'creditGrade', type: 'enum', options: 'creditGrade', required: 'required' },
    { key: 'creditLimit', type: 'money', required: 'required' },
    { key: 'creditLimitApproval', type: 'text', required: 'optional', goesWith: 'creditLimit' },
    {
      key: 'creditLimitValidUntil',
      goesWith: 'creditLimit',
      type: 'date',
      required: 'conditional',
      when: { field: 'creditLimit', moreThan: 0 },
    },
    {
      key: 'securities',
      type: 'list',
      required: 'conditional',
      when: { field: 'directExport', is: [true] },
      itemFields: [
        { key: 'kind', type: 'enum', options: 'securityKind', required: 'required', identifying: true },
        { key: 'amount', type: 'money', required: 'required' },
        { key: 'expiresOn', type: 'date', required: 'optional', allowIndefinite: true },
        { key: 'voucherNumber', type: 'text', required: 'optional' },
      ],
    },
    {
      key: 'creditRecords',
      type: 'list',
      required: 'optional',
      itemFields: [
        { key: 'kind', type: 'enum', options: 'creditRecordKind', required: 'required', identifying: true },
        { key: 'date', type: 'partialDate', required: 'optional' },
        { key: 'amount', type: 'money', required: 'optional' },
        { key: 'note', type: 'text', required: 'optional', maxLength: 1000 },
      ],
    },
    {
      key: 'legalDisputes',
      type: 'list',
      required: 'optional',
      itemFields: [
        { key: 'description', type: 'longText', required: 'required', identifying: true },
        { key: 'date', type: 'partialDate', required: 'optional' },
        { key: 'court', type: 'text', required: 'optional' },
        { key: 'amount', type: 'money', required: 'optional' },
        { key: 'outcome', type: 'text', required: 'optional', maxLength: 1000 },
      ],
    },
    { key: 'peerOpinion', type: 'text', required: 'optional', maxLength: 2000 },
    { key: 'bankOpinion', type: 'text', required: 'optional', maxLength: 2000 },
  ],
};

/** §1.7 交易狀況. */
export const dealingsSection: FormSection = {
  key: 'dealings',
  fields: [
    { key: 'firstTransactionOn', type: 'partialDate', required: 'optional' },
    {
      key: 'salesHistory',
      type: 'list',
      required: 'optional',
      computed: true,
      itemFields: [
        { key: 'period', type: 'partialDate', required: 'required', identifying: true },
        { key: 'product', type: 'text', required: 'optional' },
        { key: 'amount', type: 'money', required: 'required', min: -1e15 },
      ],
    },
    { key: 'collected', type: 'money', required: 'optional', computed: true },
    { key: 'balanceOwed', type: 'money', required: 'optional', computed: true, min: -1e15 },
    { key: 'overdueAmount', type: 'money', required: 'optional', computed: true },
    { key: 'lastVisitOn', type: 'date', required: 'optional', computed: true },
    { key: 'lastOrderOn', type: 'date', required: 'optional', computed: true },
    { key: 'transportMethod', type: 'enum', options: 'transportMethod', required: 'optional' },
    { key: 'specialRequests', type: 'longText', required: 'optional' },
  ],
};

/** §1.8 競爭、項目、評價. */
export const intelligenceSection: FormSection = { key: 'intelligence', fields: [competitorsField, projectsField] };
export const evaluationSection: FormSection = { key: 'evaluation', fields: evaluationFields };
