import type { FieldDefinition } from './field.ts';

/**
 * The forms of visits and reports as data (V1–V3, forms-and-standards §4): screen, paste, import, print and history read these
 * definitions. Labels: `field.visit.<key>`, `field.dailyReport.<key>`, `field.information.<key>`.
 */

/** One line of a daily report (客戶訪問日報), in the order of the paper. */
export const visitFields: readonly FieldDefinition[] = [
  { key: 'customer', type: 'customer', required: 'required', identifying: true },
  { key: 'startedAt', type: 'time', required: 'required', identifying: true },
  { key: 'endedAt', type: 'time', required: 'recommended' },
  { key: 'method', type: 'enum', options: 'visitMethod', required: 'required' },
  { key: 'purpose', type: 'enum', options: 'visitPurpose', required: 'required' },
  { key: 'personMet', type: 'text', required: 'required' },
  { key: 'position', type: 'text', required: 'optional' },
  { key: 'content', type: 'longText', required: 'required', identifying: true },
  { key: 'result', type: 'enum', options: 'visitResult', required: 'required' },
  { key: 'resultNote', type: 'text', required: 'optional', maxLength: 1000 },
  {
    key: 'orders',
    type: 'list',
    required: 'optional',
    itemFields: [
      { key: 'product', type: 'text', required: 'required', identifying: true },
      { key: 'quantity', type: 'text', required: 'optional', maxLength: 60 },
      { key: 'amount', type: 'money', required: 'optional' },
      { key: 'terms', type: 'enum', options: 'settlementMethod', openOptions: true, required: 'optional' },
    ],
  },
  { key: 'collected', type: 'money', required: 'optional' },
  { key: 'stock', type: 'longText', required: 'optional', maxLength: 2000 },
  { key: 'opinion', type: 'longText', required: 'optional', maxLength: 2000 },
  { key: 'competitorInfo', type: 'longText', required: 'optional', maxLength: 2000 },
  { key: 'cardRead', type: 'boolean', required: 'required' },
  { key: 'cardFilled', type: 'boolean', required: 'required' },
  { key: 'nextVisitOn', type: 'date', required: 'optional' },
  { key: 'nextVisitNote', type: 'text', required: 'optional', maxLength: 1000 },
];

/** Keys that are columns of the visit; the others are kept together as its details. */
const VISIT_COLUMNS = new Set(['customer', 'startedAt', 'endedAt', 'method', 'purpose', 'content', 'result']);
export const visitDetailFields: readonly FieldDefinition[] = visitFields.filter(({ key }) => !VISIT_COLUMNS.has(key));

/** Head and summary of a daily report; number, salesperson and day are columns. */
export const dailyReportFields: readonly FieldDefinition[] = [
  { key: 'team', type: 'text', required: 'optional' },
  { key: 'area', type: 'text', required: 'optional' },
  { key: 'weather', type: 'text', required: 'optional', maxLength: 40 },
  { key: 'target', type: 'text', required: 'optional', maxLength: 1000 },
  { key: 'summary', type: 'longText', required: 'required' },
  { key: 'problems', type: 'longText', required: 'optional' },
  { key: 'suggestions', type: 'longText', required: 'optional' },
  { key: 'nextDayPlan', type: 'longText', required: 'recommended' },
];

const reportedFields: readonly FieldDefinition[] = [
  { key: 'facts', type: 'longText', required: 'required', identifying: true },
  { key: 'factSource', type: 'text', required: 'recommended', maxLength: 400 },
  { key: 'reliability', type: 'enum', options: 'reliability', required: 'recommended' },
  { key: 'amountAtRisk', type: 'money', required: 'optional' },
  { key: 'measuresTaken', type: 'longText', required: 'optional' },
  { key: 'measuresAsked', type: 'longText', required: 'optional' },
  { key: 'recipients', type: 'text', required: 'recommended', maxLength: 400 },
  { key: 'linkedItems', type: 'text', required: 'optional', maxLength: 400 },
];

/** What only a periodic report (定期) has. */
const periodicFields: readonly FieldDefinition[] = [
  { key: 'period', type: 'partialDate', required: 'required', identifying: true },
  { key: 'paymentAttitude', type: 'text', required: 'recommended', maxLength: 1000 },
  { key: 'operatingState', type: 'text', required: 'recommended', maxLength: 1000 },
  { key: 'financialState', type: 'text', required: 'recommended', maxLength: 1000 },
  { key: 'personInCharge', type: 'text', required: 'optional', maxLength: 1000 },
  { key: 'competitorRelations', type: 'text', required: 'optional', maxLength: 1000 },
  { key: 'proposedClass', type: 'enum', options: 'reportClass', required: 'optional' },
  { key: 'proposedLimit', type: 'money', required: 'optional' },
];

/** The form of an information report (客戶信息報告) of a kind (§4.2). */
export function informationFields(kind: 'routine' | 'urgent' | 'periodic'): readonly FieldDefinition[] {
  return kind === 'periodic' ? [...periodicFields, ...reportedFields] : reportedFields;
}

/** A competitor's own page (X1), beside what cards say of it. Labels: `field.competitor.<key>`. */
export const competitorProfileFields: readonly FieldDefinition[] = [
  { key: 'products', type: 'text', required: 'recommended', maxLength: 1000 },
  { key: 'strengths', type: 'longText', required: 'optional', maxLength: 4000 },
  { key: 'weaknesses', type: 'longText', required: 'optional', maxLength: 4000 },
  { key: 'answer', type: 'longText', required: 'optional', maxLength: 4000 },
  { key: 'website', type: 'text', required: 'optional' },
];
