import type { IssuedCopy } from '../../shared/contract/copies.ts';
import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import { daysOverdue } from '../../shared/domain/due-dates.ts';
import { type CopyEvent, copyPagesExplained, nextCopyState } from '../../shared/domain/issued-copies.ts';
import { seesCards } from '../../shared/domain/masks.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { requestedCustomers } from '../store/copy-requests.ts';
import {
  type IssuedCopyView,
  insertCopyEvent,
  listHoldings,
  listIssuedCopies,
  updateIssuedCopy,
} from '../store/issued-copies.ts';
import { settleInRounds } from '../store/recovery-rounds.ts';
import type { Reader } from '../store/sql.ts';
import { findStaff } from '../store/staff.ts';
import { agreementStandingOf, consumeAgreement } from './agreements.ts';
import { openBreach } from './breach-record.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { getCopy, shownCopy } from './copy-record.ts';
import { getCustomer } from './customers.ts';
import { getPaper } from './paper-record.ts';
import { todayOf } from './today.ts';

/** The numbered copies (I2): made once after consent, handed over against a receipt, back or destroyed with evidence. */

/** A recovery entered by mistake can be taken back for this long, in milliseconds. */
const UNDO_RECOVERY_MS = 10 * 60_000;

/** A copy and its state after an event, or CONFLICT where the event has no place. */
function step(context: CommandContext, number: string, event: CopyEvent) {
  const row = getCopy(context.sql, number);
  context.note({ object: `copy:${row.number}`, data: { recipient: `staff:${row.recipient_id}` } });
  const state = nextCopyState(row.state, event);
  if (state === undefined)
    throw new AppError('CONFLICT', {
      params: { what: 'copy', number: row.number },
      hint: `hint.copyState.${row.state}`,
    });
  return { row, state, at: context.clock.now().toISOString(), by: context.actor.displayName };
}

function record(context: CommandContext, row: IssuedCopyView, kind: string, text: string): void {
  insertCopyEvent(context.sql, {
    copy_id: row.id,
    at: context.clock.now().toISOString(),
    by: context.actor.displayName,
    kind,
    text,
  });
}

function answer(context: CommandContext, row: IssuedCopyView): IssuedCopy {
  return shownCopy(context.sql, getCopy(context.sql, row.number), todayOf(context.clock));
}

const filedPaper = (sql: Reader, code: string | undefined) =>
  code === undefined || code.trim() === '' ? null : getPaper(sql, code).id;

/** What a supervisor agrees to when a copy that its holder cannot find is given up. */
function writeOffStatement(sql: Reader, row: IssuedCopyView, reason: string): AgreementStatement {
  return {
    kind: 'copyWriteOff',
    subject: `copy:${row.number}`,
    purpose: reason,
    lines: [
      { field: 'copy', value: row.number },
      { field: 'recipient', value: [row.staff_name, row.staff_number, row.department].filter(Boolean).join(' ') },
      { field: 'shows', value: row.recipient_role },
      ...requestedCustomers(sql, row.request_id).map(({ number, name }) => ({
        field: 'customer',
        value: `${number} ${name}`,
      })),
      { field: 'recoverBy', value: row.recover_by },
      { field: 'missing', value: row.missing_statement },
    ],
  };
}

export const issuedCopyHandlers: HandlersOf<
  | 'copies.deliver'
  | 'copies.remind'
  | 'copies.reportMissing'
  | 'copies.recover'
  | 'copies.undoRecovery'
  | 'copies.destroy'
  | 'copies.writeOffStatement'
  | 'copies.writeOff'
  | 'copies.list'
  | 'copies.get'
  | 'holdings.list'
> = {
  'copies.deliver': {
    phase: 'command',
    run(context, { copyNumber, receivedBy, receiptPaper }) {
      const { row, state, at, by } = step(context, copyNumber, 'deliver');
      updateIssuedCopy(context.sql, {
        ...row,
        state,
        delivered_at: at,
        delivered_by: by,
        received_by: receivedBy ?? row.staff_name,
        receipt_paper_id: filedPaper(context.sql, receiptPaper),
      });
      record(context, row, 'deliver', '');
      return answer(context, row);
    },
  },
  'copies.remind': {
    phase: 'command',
    run(context, { copyNumber, method }) {
      const { row } = step(context, copyNumber, 'remind');
      record(context, row, 'remind', method);
      return answer(context, row);
    },
  },
  'copies.reportMissing': {
    phase: 'command',
    run(context, { copyNumber, statement }) {
      const { row, state, at } = step(context, copyNumber, 'reportMissing');
      updateIssuedCopy(context.sql, { ...row, state, missing_since: at, missing_statement: statement });
      record(context, row, 'reportMissing', statement);
      // B3: a copy that its holder cannot find is a case until somebody has decided about it.
      const breach = openBreach(context, {
        borrowerId: row.recipient_id,
        borrower: row.staff_name,
        loan: undefined,
        kind: 'lost',
        facts: `${row.number} ${statement}`,
        byReturn: false,
      });
      context.note({ data: { breach } });
      return answer(context, row);
    },
  },
  'copies.recover': {
    phase: 'command',
    run(context, { copyNumber, pagesBack, condition, evidence, evidencePaper }) {
      const { row, state, at, by } = step(context, copyNumber, 'recover');
      context.note({ data: { pages: row.pages, pagesBack, condition } });
      if (!copyPagesExplained({ pages: row.pages, pagesBack, condition }))
        throw new AppError('INPUT_INVALID', {
          fields: [
            { path: 'pagesBack', message: 'validation.pagesUnexplained', params: { out: row.pages, back: pagesBack } },
          ],
        });
      updateIssuedCopy(context.sql, {
        ...row,
        state,
        closed_at: at,
        closed_by: by,
        pages_back: pagesBack,
        condition,
        evidence,
        evidence_paper_id: filedPaper(context.sql, evidencePaper),
      });
      settleInRounds(context.sql, row.id, state, at);
      record(context, row, 'recover', '');
      return answer(context, row);
    },
  },
  'copies.undoRecovery': {
    phase: 'command',
    run(context, { copyNumber }) {
      const { row, state } = step(context, copyNumber, 'undoRecovery');
      if (row.closed_at === null || context.clock.now().getTime() - Date.parse(row.closed_at) > UNDO_RECOVERY_MS)
        throw new AppError('CONFLICT', { params: { what: 'copy', number: row.number }, hint: 'hint.undoTooLate' });
      updateIssuedCopy(context.sql, {
        ...row,
        state: row.missing_since === null ? state : 'missing',
        closed_at: null,
        closed_by: '',
        pages_back: null,
        condition: null,
        evidence: '',
        evidence_paper_id: null,
      });
      settleInRounds(context.sql, row.id, null, null);
      record(context, row, 'undoRecovery', '');
      return answer(context, row);
    },
  },
  'copies.destroy': {
    phase: 'command',
    run(context, { copyNumber, method, witnessId, evidence, evidencePaper }) {
      const { row, state, at, by } = step(context, copyNumber, 'destroy');
      const witness = findStaff(context.sql, witnessId, todayOf(context.clock));
      if (witness === undefined) throw new AppError('NOT_FOUND', { params: { what: 'staff', number: witnessId } });
      // Two people see it go: not the holder's own word, and not the keeper's alone.
      if (witness.id === row.recipient_id || witness.login === context.archive.deskActor.login)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'witnessId', message: 'validation.witnessIsParty' }] });
      context.note({ data: { method, witness: `staff:${witness.id}` } });
      updateIssuedCopy(context.sql, {
        ...row,
        state,
        closed_at: at,
        closed_by: by,
        method,
        witness_id: witness.id,
        evidence,
        evidence_paper_id: filedPaper(context.sql, evidencePaper),
      });
      settleInRounds(context.sql, row.id, state, at);
      record(context, row, 'destroy', method);
      return answer(context, row);
    },
  },
  'copies.writeOffStatement': {
    phase: 'query',
    run({ sql, clock }, { copyNumber, reason }) {
      const statement = writeOffStatement(sql, getCopy(sql, copyNumber), reason);
      return {
        statement: { ...statement, lines: [...statement.lines] },
        ...agreementStandingOf(sql, statement, clock.now()),
      };
    },
  },
  'copies.writeOff': {
    phase: 'command',
    run(context, { copyNumber, reason }) {
      const { row, state, at, by } = step(context, copyNumber, 'writeOff');
      consumeAgreement(context, writeOffStatement(context.sql, row, reason), `copy:${row.number}`);
      updateIssuedCopy(context.sql, { ...row, state, closed_at: at, closed_by: by, evidence: reason });
      settleInRounds(context.sql, row.id, state, at);
      record(context, row, 'writeOff', reason);
      return answer(context, row);
    },
  },
  'copies.list': {
    phase: 'query',
    run({ sql, clock, actor }, { state, text, recipientId, customer, offset, limit }) {
      const today = todayOf(clock);
      const customerId = customer === undefined ? undefined : getCustomer(sql, customer).id;
      const withoutCards = !seesCards(actor.role);
      const filter = { state, today, text: text.trim(), withoutCards, recipientId, customerId };
      const { rows, total } = listIssuedCopies(sql, filter, offset, limit);
      return { copies: rows.map((row) => shownCopy(sql, row, today)), total };
    },
  },
  'copies.get': {
    phase: 'query',
    run: ({ sql, clock }, { copyNumber }) => shownCopy(sql, getCopy(sql, copyNumber), todayOf(clock)),
  },
  'holdings.list': {
    phase: 'query',
    run({ sql, clock, actor }, { text, staffId, offset, limit }) {
      const today = todayOf(clock);
      const { rows, total, holders } = listHoldings(
        sql,
        { staffId: staffId ?? null, text: text.trim(), withoutCards: !seesCards(actor.role) },
        offset,
        limit,
      );
      return {
        total,
        holders,
        holdings: rows.map((row) => ({
          kind: row.kind,
          number: row.number,
          staffId: row.staff_id,
          holder: row.holder,
          department: row.department,
          title: row.title,
          since: row.since,
          due: row.due,
          overdue: row.due < today,
          daysOverdue: daysOverdue(row.due, today),
          missing: row.missing === 1,
        })),
      };
    },
  },
};
