import { CUSTOMER_FIELDS, choice, DATE, FLAG, NUMBER, recordList, TEXT } from './record-list.ts';

/** Guidance, lateness, changes of cards, imports, people (C, M). */
export const CARE_LISTS = {
  reviews: recordList(
    {
      ...CUSTOMER_FIELDS,
      state: choice('cards.review.state', ['none', 'submitted', 'sentBack', 'accepted']),
      openRemarks: NUMBER,
      answeredRemarks: NUMBER,
      since: DATE,
    },
    ['customerNumber', 'customer', 'state', 'openRemarks', 'answeredRemarks', 'since'],
    { key: 'since' },
  ),
  fillings: recordList(
    {
      ...CUSTOMER_FIELDS,
      visitedAt: DATE,
      filledAt: DATE,
      filledBy: TEXT,
      hours: NUMBER,
      limitHours: NUMBER,
      late: FLAG,
    },
    ['customerNumber', 'customer', 'visitedAt', 'filledAt', 'filledBy', 'hours', 'late'],
    { key: 'visitedAt', descending: true },
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
} as const;
