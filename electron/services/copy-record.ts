import type { IssuedCopy } from '../../shared/contract/copies.ts';
import { daysOverdue } from '../../shared/domain/due-dates.ts';
import { isCopyOverdue } from '../../shared/domain/issued-copies.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { requestedCustomers } from '../store/copy-requests.ts';
import { copyReminders, findIssuedCopy, type IssuedCopyView } from '../store/issued-copies.ts';
import type { Reader } from '../store/sql.ts';
import { shownPapers } from './copy-requests.ts';

/** Between an issued copy's row and what is shown of it. */

export function shownCopy(sql: Reader, row: IssuedCopyView, today: string): IssuedCopy {
  const overdue = isCopyOverdue(row.state, row.recover_by, today);
  return {
    copyNumber: row.number,
    requestNumber: row.request_number,
    recipient: {
      id: row.recipient_id,
      number: row.staff_number,
      name: row.staff_name,
      department: row.department,
      position: row.position,
      role: row.recipient_role,
    },
    purpose: row.purpose,
    customers: requestedCustomers(sql, row.request_id).map(({ number, kind, name }) => ({ number, kind, name })),
    papers: shownPapers(sql, row.request_id),
    consent: {
      number: row.agreement_number,
      name: row.agreed_by,
      role: row.agreed_role as Role,
      givenAt: row.agreed_at,
      manner: row.agreed_manner,
    },
    madeAt: row.made_at,
    madeBy: row.made_by,
    pages: row.pages,
    sha256: row.sha256,
    recoverBy: row.recover_by,
    deliveredAt: row.delivered_at,
    deliveredBy: row.delivered_by,
    receivedBy: row.received_by,
    receiptPaper: row.receipt_paper,
    reminders: copyReminders(sql, row.id).map(({ at, text }) => ({ at, method: text })),
    missingSince: row.missing_since,
    missingStatement: row.missing_statement,
    closedAt: row.closed_at,
    closedBy: row.closed_by,
    pagesBack: row.pages_back,
    condition: row.condition,
    method: row.method,
    witness: row.witness ?? '',
    evidence: row.evidence,
    evidencePaper: row.evidence_paper,
    state: row.state,
    overdue,
    daysOverdue: overdue ? daysOverdue(row.recover_by, today) : 0,
    round: row.round_number,
  };
}

export function getCopy(sql: Reader, number: string): IssuedCopyView {
  const row = findIssuedCopy(sql, number.normalize('NFKC').trim().toUpperCase());
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'copy', number } });
  return row;
}
