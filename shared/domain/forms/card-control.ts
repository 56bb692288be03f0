import type { FieldDefinition } from './field.ts';

/**
 * Card control fields (forms-and-standards §1.1): columns of the customer record, not values of the form.
 * Labels: `field.control.<key>`. The keeper sets some, the program works out the rest (`computed`).
 */
export const cardControlFields: readonly FieldDefinition[] = [
  /** 客戶編號: given once, unique, never reused (C1). */
  { key: 'number', type: 'text', required: 'required', maxLength: 40, computed: true, identifying: true },
  { key: 'kind', type: 'enum', options: 'cardKind', required: 'required', identifying: true },
  { key: 'openedOn', type: 'date', required: 'required', computed: true },
  { key: 'openedBy', type: 'staff', required: 'required', computed: true },
  { key: 'visitedOn', type: 'date', required: 'optional' },
  { key: 'status', type: 'enum', options: 'cardStatus', required: 'required', initial: 'inPreparation' },
  { key: 'lastReviewedOn', type: 'date', required: 'required' },
  { key: 'nextReviewDue', type: 'date', required: 'required', computed: true },
  { key: 'completeness', type: 'percent', required: 'optional', computed: true },
  { key: 'tier', type: 'enum', options: 'tier', required: 'required', initial: 'general' },
];
