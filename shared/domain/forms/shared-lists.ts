import type { FieldDefinition } from './field.ts';

/** List fields that both cards have. */

/** 競爭對手資料 (X1): the source's four items, and who saw it when. */
export const competitorsField: FieldDefinition = {
  key: 'competitors',
  type: 'list',
  required: 'recommended',
  itemFields: [
    { key: 'competitorName', type: 'text', required: 'required', identifying: true },
    { key: 'product', type: 'text', required: 'optional' },
    { key: 'productUsage', type: 'longText', required: 'recommended' },
    { key: 'satisfaction', type: 'enum', options: 'satisfaction', required: 'recommended' },
    { key: 'satisfactionNote', type: 'text', required: 'optional' },
    { key: 'salespersonName', type: 'text', required: 'recommended' },
    { key: 'sellingStyle', type: 'text', required: 'recommended' },
    { key: 'relationship', type: 'text', required: 'recommended' },
    { key: 'shareOfPurchases', type: 'percent', required: 'optional' },
    { key: 'priceLevel', type: 'enum', options: 'priceLevel', required: 'optional' },
    { key: 'observedOn', type: 'date', required: 'optional' },
    { key: 'observer', type: 'staff', required: 'optional' },
    { key: 'evidence', type: 'text', required: 'optional' },
  ],
};

/** 項目資料 (X2): the source's six items, and stage, outcome. */
export const projectsField: FieldDefinition = {
  key: 'projects',
  type: 'list',
  required: 'recommended',
  itemFields: [
    { key: 'projectNumber', type: 'text', required: 'optional' },
    { key: 'projectName', type: 'text', required: 'required', identifying: true },
    { key: 'purchasePlan', type: 'longText', required: 'recommended' },
    { key: 'problemToSolve', type: 'longText', required: 'recommended' },
    { key: 'decisionMakers', type: 'text', required: 'recommended' },
    { key: 'purchaseTimetable', type: 'text', required: 'recommended' },
    { key: 'budget', type: 'money', required: 'recommended' },
    { key: 'purchaseProcess', type: 'longText', required: 'recommended' },
    { key: 'stage', type: 'enum', options: 'projectStage', required: 'recommended' },
    { key: 'probability', type: 'percent', required: 'optional' },
    { key: 'expectedSigning', type: 'date', required: 'optional' },
    { key: 'nextStep', type: 'text', required: 'optional' },
    { key: 'nextStepOn', type: 'date', required: 'optional' },
    { key: 'outcome', type: 'text', required: 'optional' },
  ],
};

/** 評價 (§1.8). */
export const evaluationFields: readonly FieldDefinition[] = [
  { key: 'overallEvaluation', type: 'enum', options: 'rating', required: 'recommended' },
  { key: 'evaluationNote', type: 'longText', required: 'optional' },
  { key: 'customerGrade', type: 'enum', options: 'customerGrade', required: 'recommended' },
  { key: 'cooperationAttitude', type: 'enum', options: 'rating', required: 'optional' },
  { key: 'evaluator', type: 'staff', required: 'optional' },
  { key: 'evaluatedOn', type: 'date', required: 'optional' },
  { key: 'managerComment', type: 'longText', required: 'optional' },
  { key: 'managerSignature', type: 'staff', required: 'optional' },
  { key: 'managerSignedOn', type: 'date', required: 'optional' },
  /** 填表人: the salesperson whose visit the data come from (§1.1). */
  { key: 'filledInBy', type: 'staff', required: 'recommended' },
  /** 密級 of the card itself, printed on its label; nothing chosen is 普通商密 (§7.8). */
  { key: 'securityLevel', type: 'enum', options: 'securityLevel', required: 'optional' },
  { key: 'remarks', type: 'longText', required: 'optional' },
];
