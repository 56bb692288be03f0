import { AUDIT_OUTCOMES, AUDIT_TYPES } from '../audit-types.ts';
import { ROLES } from '../roles.ts';
import { CUSTOMER_FIELDS, choice, DATE, FLAG, NUMBER, recordList, TEXT } from './record-list.ts';

const tier = choice('option.tier', ['key', 'special', 'general']);

/** Guidance, lateness, classing, imports, people, the log (C, K, M). */
export const CARE_LISTS = {
  reviews: recordList(
    {
      ...CUSTOMER_FIELDS,
      state: choice('cards.review.state', ['none', 'submitted', 'sentBack', 'accepted']),
      openRemarks: NUMBER,
      answeredRemarks: NUMBER,
      remarkedFields: TEXT,
      toAnswer: FLAG,
      toReview: FLAG,
      since: DATE,
    },
    ['customerNumber', 'customer', 'state', 'openRemarks', 'answeredRemarks', 'remarkedFields', 'since'],
    { key: 'since' },
  ),
  lateness: recordList(
    {
      ...CUSTOMER_FIELDS,
      salesperson: TEXT,
      visitedAt: DATE,
      filledAt: DATE,
      filledBy: TEXT,
      hours: NUMBER,
      state: choice('cards.lateness.state', ['onTime', 'late', 'pending', 'overdue']),
    },
    ['customerNumber', 'customer', 'salesperson', 'visitedAt', 'filledAt', 'hours', 'state'],
    { key: 'visitedAt', descending: true },
  ),
  tierProposals: recordList(
    {
      ...CUSTOMER_FIELDS,
      fromTier: tier,
      toTier: tier,
      salesLastYear: NUMBER,
      salesShare: NUMBER,
      cumulativeShare: NUMBER,
      ordersLastYear: NUMBER,
      yearsOfDealing: NUMBER,
      proposedAt: DATE,
      state: choice('list.decision', ['proposed', 'accepted', 'dismissed', 'superseded']),
      decidedAt: DATE,
      decidedBy: TEXT,
      reason: TEXT,
    },
    ['customerNumber', 'customer', 'fromTier', 'toTier', 'salesLastYear', 'salesShare'],
    { key: 'proposedAt', descending: true },
  ),
  imports: recordList(
    {
      at: DATE,
      by: TEXT,
      file: TEXT,
      kind: choice('list.importKind', ['customers', 'orders', 'deliveries', 'receipts', 'returns', 'visits']),
      imported: NUMBER,
      updated: NUMBER,
      refused: NUMBER,
      takenBackAt: DATE,
    },
    ['at', 'file', 'kind', 'imported', 'updated', 'refused', 'by', 'takenBackAt'],
    { key: 'at', descending: true },
  ),
  staff: recordList(
    {
      staffNumber: TEXT,
      staffName: TEXT,
      department: TEXT,
      position: TEXT,
      phone: TEXT,
      login: TEXT,
      active: FLAG,
      leftOn: DATE,
      openLoans: NUMBER,
      overdueLoans: NUMBER,
    },
    ['staffNumber', 'staffName', 'department', 'position', 'phone', 'openLoans', 'login'],
    { key: 'staffName' },
  ),
  users: recordList(
    {
      userName: TEXT,
      login: TEXT,
      role: choice('role', ROLES),
      validUntil: DATE,
      mayEnter: FLAG,
    },
    ['userName', 'login', 'role', 'validUntil', 'mayEnter'],
    { key: 'userName' },
  ),
  audit: recordList(
    {
      seq: { ...NUMBER, labelKey: 'audit.seq' },
      at: { ...DATE, labelKey: 'audit.time' },
      actor: { ...TEXT, labelKey: 'audit.actor' },
      role: choice('role', [...ROLES, 'system']),
      type: { ...choice('audit.type', AUDIT_TYPES), labelKey: 'audit.type' },
      object: { ...TEXT, labelKey: 'audit.object' },
      purpose: { ...TEXT, labelKey: 'audit.why' },
      outcome: { ...choice('audit.outcome', AUDIT_OUTCOMES), labelKey: 'audit.outcome' },
    },
    ['seq', 'at', 'actor', 'type', 'object', 'purpose', 'outcome'],
    { key: 'seq', descending: true },
  ),
} as const;
