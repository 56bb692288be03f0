import type { OutputOf } from '../../shared/contract/contract.ts';
import type { CopyRequest } from '../../shared/contract/copies.ts';
import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import {
  type IssueRefusal,
  issueRefusals,
  proposedRecoverBy,
  type RecipientRole,
} from '../../shared/domain/issued-copies.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../shared/domain/numbering.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../shared/errors/error-codes.ts';
import { countOpenBreaches } from '../store/breaches.ts';
import {
  type CopyRequestView,
  cancelCopyRequest,
  findCopyRequest,
  insertCopyRequest,
  listCopyRequests,
  requestedCustomers,
  requestedPaperIds,
  setRequested,
  updateCopyRequest,
} from '../store/copy-requests.ts';
import { copiesHeldBy } from '../store/issued-copies.ts';
import { takeSequence } from '../store/number-sequence.ts';
import { findPaperById, type PaperView } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import { findStaff, type StaffView } from '../store/staff.ts';
import { listUsers } from '../vault/vault.ts';
import { agreementStandingOf, statementHash, withdrawAgreements } from './agreements.ts';
import type { CommandContext, HandlersOf, OpenArchive } from './context.ts';
import { getCustomer } from './customers.ts';
import { mayRead } from './named-readers.ts';
import { getPaper } from './paper-record.ts';
import { scannedPages } from './paper-scans.ts';
import { readSettings } from './settings.ts';
import { todayOf } from './today.ts';

/** Requests for issued copies and the consent that they wait for (I1). */

const REFUSAL_CODES: Readonly<Record<IssueRefusal, ErrorCode>> = {
  original: 'ORIGINAL_NEVER_LEAVES',
  premisesOnly: 'ORIGINAL_NEVER_LEAVES',
  paperGone: 'CONFLICT',
  notNamed: 'ISSUE_REFUSED',
  papersForSalesperson: 'ISSUE_REFUSED',
  recipientRole: 'ISSUE_REFUSED',
  recipientInactive: 'ISSUE_REFUSED',
  openBreach: 'ISSUE_REFUSED',
  copyOverdue: 'ISSUE_REFUSED',
};

export function getCopyRequest(sql: Reader, number: string): CopyRequestView {
  const row = findCopyRequest(sql, number.normalize('NFKC').trim().toUpperCase());
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'copyRequest', number } });
  return row;
}

function getStaff(sql: Reader, id: number, today: string): StaffView {
  const row = findStaff(sql, id, today);
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'staff', number: id } });
  return row;
}

export function requestedPapers(sql: Reader, requestId: number): PaperView[] {
  return requestedPaperIds(sql, requestId).flatMap((id) => findPaperById(sql, id) ?? []);
}

/** The papers of a request as they are shown, with the pages of their scans. */
export function shownPapers(sql: Reader, requestId: number): CopyRequest['papers'] {
  return requestedPapers(sql, requestId).map((paper) => ({
    code: paper.code,
    customer: paper.customer_number,
    title: paper.title,
    pages: paper.pages,
    scannedPages: scannedPages(sql, paper),
    original: paper.original === 1,
  }));
}

/** Role of somebody's own login, while it is valid; null for people who do not sign in. */
async function ownRole(archive: OpenArchive, staff: StaffView) {
  if (staff.login === null) return null;
  const users = await listUsers({ directory: archive.directory, opened: archive.vault });
  return users.find((user) => user.login === staff.login)?.role ?? null;
}

/** Why nothing may be issued to this person in this role, and why not these papers of these cards (L1, I2, I3). */
export async function refusalsFor(
  { archive, sql }: { readonly archive: OpenArchive; readonly sql: Reader },
  staff: StaffView,
  role: RecipientRole,
  papers: readonly PaperView[],
  customers: readonly number[],
  today: string,
): Promise<readonly IssueRefusal[]> {
  return issueRefusals(
    role,
    {
      active: staff.active === 1,
      ownRole: await ownRole(archive, staff),
      openBreach: countOpenBreaches(sql, staff.id) > 0,
      openCopiesDue: copiesHeldBy(sql, staff.id).map((copy) => copy.recover_by),
      closedCards: customers.filter((id) => !mayRead(sql, id, staff.id)).length,
    },
    papers.map((paper) => ({
      original: paper.original === 1,
      securityLevel: paper.security,
      present: paper.state === 'inPlace' || paper.state === 'bound' || paper.state === 'lent',
    })),
    today,
  );
}

export async function requireMayIssue(
  context: CommandContext,
  staff: StaffView,
  role: RecipientRole,
  papers: readonly PaperView[],
  customers: readonly number[],
): Promise<void> {
  const [reason] = await refusalsFor(context, staff, role, papers, customers, todayOf(context.clock));
  if (reason === undefined) return;
  const code = reason === 'original' ? papers.find((paper) => paper.original === 1)?.code : undefined;
  throw new AppError(REFUSAL_CODES[reason], {
    params: { reason, recipient: staff.name, ...(code === undefined ? {} : { code }) },
    ...(REFUSAL_CODES[reason] === 'ISSUE_REFUSED' ? { hint: `issueRefusal.${reason}` } : {}),
  });
}

/** What the account manager consents to (I1): this recipient in this role, these customers, these papers and scans, until this day. */
export function consentStatement(sql: Reader, row: CopyRequestView): AgreementStatement {
  const papers = requestedPapers(sql, row.id);
  const scanned = papers.reduce((sum, paper) => sum + scannedPages(sql, paper), 0);
  return {
    kind: 'copyIssue',
    subject: `copyRequest:${row.number}`,
    purpose: row.purpose,
    lines: [
      { field: 'request', value: row.number },
      {
        field: 'recipient',
        value: [row.staff_name, row.staff_number, row.department, row.position].filter(Boolean).join(' '),
      },
      { field: 'shows', value: row.recipient_role },
      ...requestedCustomers(sql, row.id).map(({ number, name }) => ({ field: 'customer', value: `${number} ${name}` })),
      ...papers.map(({ code, title }) => ({ field: 'paper', value: `${code} ${title}` })),
      // A scan that is added or taken away later is another content: it needs a new consent.
      ...(scanned === 0 ? [] : [{ field: 'scannedPages', value: String(scanned) }]),
      { field: 'recoverBy', value: row.recover_by },
    ],
  };
}

export function shownRequest(sql: Reader, row: CopyRequestView, now: Date): CopyRequest {
  const { standing, agreement } = agreementStandingOf(sql, consentStatement(sql, row), now);
  const state =
    row.copy_number !== null
      ? 'issued'
      : row.cancelled_at !== null
        ? 'cancelled'
        : standing === 'valid'
          ? 'consented'
          : 'waiting';
  return {
    requestNumber: row.number,
    recipient: {
      id: row.recipient_id,
      number: row.staff_number,
      name: row.staff_name,
      department: row.department,
      position: row.position,
      role: row.recipient_role,
    },
    purpose: row.purpose,
    customers: requestedCustomers(sql, row.id).map(({ number, kind, name }) => ({ number, kind, name })),
    papers: shownPapers(sql, row.id),
    recoverBy: row.recover_by,
    note: row.note,
    requestedAt: row.requested_at,
    requestedBy: row.requested_by,
    state,
    standing,
    consentBy: agreement?.name ?? null,
    copyNumber: row.copy_number,
    cancelledReason: row.cancelled_reason,
  };
}

/** A request that still waits for its copy. */
export function requireOpen(row: CopyRequestView): void {
  if (row.copy_number !== null)
    throw new AppError('CONFLICT', { params: { what: 'copyRequest', number: row.number }, hint: 'hint.copyMade' });
  if (row.cancelled_at !== null)
    throw new AppError('CONFLICT', {
      params: { what: 'copyRequest', number: row.number },
      hint: 'hint.requestCancelled',
    });
}

export function requireDayToCome(recoverBy: string, today: string): void {
  if (recoverBy <= today)
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'recoverBy', message: 'validation.dayInPast' }] });
}

interface Wanted {
  readonly recipientId: number;
  readonly recipientRole: RecipientRole;
  readonly purpose: string;
  readonly customers: readonly string[];
  readonly papers: readonly string[];
  readonly recoverBy?: string | undefined;
  readonly note: string;
}

/** What is wanted, as rows: everybody and everything exists, may be issued, and is named once. */
async function resolveWanted(context: CommandContext, wanted: Wanted) {
  const { sql, clock } = context;
  const today = todayOf(clock);
  const staff = getStaff(sql, wanted.recipientId, today);
  const customers = [...new Set(wanted.customers.map((number) => getCustomer(sql, number).id))];
  const papers = [
    ...new Map(wanted.papers.map((code) => getPaper(sql, code)).map((paper) => [paper.id, paper])).values(),
  ];
  const foreign = papers.findIndex((paper) => !customers.includes(paper.customer_id));
  if (foreign >= 0)
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: `papers.${foreign}`, message: 'validation.paperOfOtherCustomer' }],
    });
  await requireMayIssue(context, staff, wanted.recipientRole, papers, customers);
  const recoverBy = wanted.recoverBy ?? recoverByOf(sql, wanted.recipientRole, today);
  requireDayToCome(recoverBy, today);
  return { staff, customers, papers: papers.map((paper) => paper.id), recoverBy };
}

export function recoverByOf(sql: Reader, role: RecipientRole, today: string): string {
  const { copyDaysSalesperson, copyDaysService } = readSettings(sql);
  return proposedRecoverBy(role, today, { salesperson: copyDaysSalesperson, customerService: copyDaysService });
}

/** People whose own login or position says customer service receive everything; all others the three facts. */
async function roleOf(archive: OpenArchive, staff: StaffView): Promise<RecipientRole> {
  const own = await ownRole(archive, staff);
  if (own !== null) return own === 'customerService' ? own : 'salesperson';
  return /客戶?服|客户?服|service/iu.test(`${staff.position} ${staff.department}`) ? 'customerService' : 'salesperson';
}

export const copyRequestHandlers: HandlersOf<
  | 'copies.recipient'
  | 'copies.request'
  | 'copies.changeRequest'
  | 'copies.cancelRequest'
  | 'copies.requests'
  | 'copies.getRequest'
> = {
  'copies.recipient': {
    phase: 'query',
    async run(context, { staffId, recipientRole, customers, papers }) {
      const { archive, sql, clock } = context;
      const today = todayOf(clock);
      const staff = getStaff(sql, staffId, today);
      const role = recipientRole ?? (await roleOf(archive, staff));
      const refusals = await refusalsFor(
        context,
        staff,
        role,
        papers.map((code) => getPaper(sql, code)),
        customers.map((number) => getCustomer(sql, number).id),
        today,
      );
      return {
        recipient: {
          id: staff.id,
          number: staff.number,
          name: staff.name,
          department: staff.department,
          position: staff.position,
          role,
        },
        recoverBy: recoverByOf(sql, role, today),
        refusals: [...refusals],
        held: copiesHeldBy(sql, staff.id).length,
      };
    },
  },
  'copies.request': {
    phase: 'command',
    async run(context, input) {
      const { sql, clock, actor } = context;
      context.note({ object: `staff:${input.recipientId}`, data: { role: input.recipientRole } });
      const { customers, papers, recoverBy } = await resolveWanted(context, input);
      const year = Number(todayOf(clock).slice(0, 4));
      const number = formatNumber(DEFAULT_PATTERNS.issueRequest, takeSequence(sql, `issueRequest-${year}`), year);
      const id = insertCopyRequest(sql, {
        number,
        recipient_id: input.recipientId,
        recipient_role: input.recipientRole,
        purpose: input.purpose,
        recover_by: recoverBy,
        note: input.note,
        requested_at: clock.now().toISOString(),
        requested_by: actor.displayName,
      });
      setRequested(sql, id, customers, papers);
      context.note({
        object: `copyRequest:${number}`,
        data: {
          recipient: `staff:${input.recipientId}`,
          customers: customers.length,
          papers: papers.length,
          recoverBy,
        },
      });
      return shownRequest(sql, getCopyRequest(sql, number), clock.now());
    },
  },
  'copies.changeRequest': {
    phase: 'command',
    async run(context, input) {
      const { sql, clock } = context;
      const row = getCopyRequest(sql, input.requestNumber);
      context.note({ object: `copyRequest:${row.number}` });
      requireOpen(row);
      const { customers, papers, recoverBy } = await resolveWanted(context, input);
      updateCopyRequest(sql, {
        id: row.id,
        recipient_id: input.recipientId,
        recipient_role: input.recipientRole,
        purpose: input.purpose,
        recover_by: recoverBy,
        note: input.note,
      });
      setRequested(sql, row.id, customers, papers);
      context.note({ data: { customers: customers.length, papers: papers.length, recoverBy } });
      return shownRequest(sql, getCopyRequest(sql, row.number), clock.now());
    },
  },
  'copies.cancelRequest': {
    phase: 'command',
    run(context, { requestNumber, reason }) {
      const { sql, clock } = context;
      const row = getCopyRequest(sql, requestNumber);
      context.note({ object: `copyRequest:${row.number}`, why: reason });
      requireOpen(row);
      cancelCopyRequest(sql, row.id, clock.now().toISOString(), reason);
      withdrawAgreements(context, 'copyIssue', `copyRequest:${row.number}`, reason);
      return shownRequest(sql, getCopyRequest(sql, row.number), clock.now());
    },
  },
  'copies.requests': {
    phase: 'query',
    run({ sql, clock }, { state, offset, limit }) {
      const { rows, total } = listCopyRequests(sql, state, offset, limit);
      return { requests: rows.map((row) => shownRequest(sql, row, clock.now())), total };
    },
  },
  'copies.getRequest': {
    phase: 'query',
    async run(context, { requestNumber }): Promise<OutputOf<'copies.getRequest'>> {
      const { sql, clock } = context;
      const row = getCopyRequest(sql, requestNumber);
      const statement = consentStatement(sql, row);
      const today = todayOf(clock);
      const staff = getStaff(sql, row.recipient_id, today);
      const isOpen = row.copy_number === null && row.cancelled_at === null;
      return {
        request: shownRequest(sql, row, clock.now()),
        statement: { ...statement, lines: [...statement.lines] },
        sha256: statementHash(statement),
        ...agreementStandingOf(sql, statement, clock.now()),
        refusals: isOpen
          ? [
              ...(await refusalsFor(
                context,
                staff,
                row.recipient_role,
                requestedPapers(sql, row.id),
                requestedCustomers(sql, row.id).map(({ id }) => id),
                today,
              )),
            ]
          : [],
      };
    },
  },
};
