import { AGREEMENT_RULES, type AgreementStatement } from '../../shared/domain/agreements.ts';
import { daysOverdue } from '../../shared/domain/due-dates.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { addDays } from '../../shared/util/days.ts';
import type { PrintCommon, TableReportForm } from '../print/print-data.ts';
import type { PrintedForm } from '../print/printer.ts';
import { requestedCustomers } from '../store/copy-requests.ts';
import {
  findIssuedCopyById,
  type HoldingRow,
  type IssuedCopyView,
  listHoldings,
  listIssuedCopies,
} from '../store/issued-copies.ts';
import { roundCopies } from '../store/recovery-rounds.ts';
import { findStaff } from '../store/staff.ts';
import { statementHash } from './agreements.ts';
import type { CommandContext } from './context.ts';
import { getCopy } from './copy-record.ts';
import { consentStatement, getCopyRequest } from './copy-requests.ts';
import { frozenForm } from './frozen-form.ts';
import { printCommon } from './print-common.ts';
import { filledText, type PaperLanguage, recordText } from './record-texts.ts';
import { getRound } from './recovery-rounds.ts';
import { dayOf, todayOf } from './today.ts';

/** Papers around issued copies: consent to be signed, receipt, letter of recall, lists. */
export const COPY_FORMS = [
  'copyConsent',
  'copyReceipt',
  'copyRecall',
  'holdings',
  'issueRegister',
  'recoveryRound',
] as const;
export type CopyFormName = (typeof COPY_FORMS)[number];

/** Days within which a letter asks for what is out to come back. */
const RECALL_DAYS = 3;
const MOST_ROWS = 10_000;
/** Version of the receipt's words (`print.receipt.rule…`): raised when they change. */
const RECEIPT_VERSION = 1;

const onDay = (instant: string | null) => (instant === null ? '' : dayOf(new Date(instant)));

/** A statement as a form to be signed: its lines in words, its SHA-256, who may sign. */
function agreementForm(base: PrintCommon, statement: AgreementStatement) {
  const { language } = base;
  const words = (field: string, value: string) => {
    const key = `agreementValue.${field}.${value}`;
    const text = recordText(language, key);
    return text === key ? value : text;
  };
  return {
    ...base,
    title: recordText(language, `agreementKind.${statement.kind}`),
    subject: statement.subject.slice(statement.subject.indexOf(':') + 1),
    lines: [
      ...statement.lines.map(({ field, value }) => ({
        label: recordText(language, `agreementField.${field}`),
        value: words(field, value),
      })),
      { label: recordText(language, 'agreement.purpose'), value: statement.purpose },
    ],
    sha256: statementHash(statement),
    roles: AGREEMENT_RULES[statement.kind].roles
      .map((role) => recordText(language, `role.${role}`))
      .join(recordText(language, 'agreement.or')),
  };
}

/** How a copy ended, in words; empty while it is out. */
function outcomeOf(language: PaperLanguage, copy: IssuedCopyView): string {
  if (copy.closed_at === null) return '';
  return [
    recordText(language, `copies.state.${copy.state}`),
    copy.condition === null || copy.condition === 'intact' ? '' : recordText(language, `condition.${copy.condition}`),
    copy.method === null ? '' : recordText(language, `copies.method.${copy.method}`),
  ]
    .filter((text) => text !== '')
    .join(' · ');
}

function receiptOf(context: CommandContext, base: PrintCommon, copy: IssuedCopyView) {
  return {
    ...base,
    copyNumber: copy.number,
    recipient: { name: copy.staff_name, department: copy.department, position: copy.position },
    shows: recordText(base.language, `copies.showsLong.${copy.recipient_role}`),
    purpose: copy.purpose,
    consentBy: copy.agreed_by,
    consentNumber: copy.agreement_number,
    madeOn: onDay(copy.made_at),
    recoverBy: copy.recover_by,
    pages: copy.pages,
    customers: requestedCustomers(context.sql, copy.request_id).length,
    sha256: copy.sha256,
    deliveredOn: onDay(copy.delivered_at),
    deliveredBy: copy.delivered_by,
    receivedBy: copy.received_by,
    closedOn: onDay(copy.closed_at),
    closedBy: copy.closed_by,
    pagesBack: copy.pages_back === null ? '' : String(copy.pages_back),
    outcome: outcomeOf(base.language, copy),
    evidence: copy.evidence,
    witness: copy.witness ?? '',
  };
}

/** The receipt is signed on paper: what was signed is frozen on the way out and on the way back. */
function printReceipt(context: CommandContext, base: PrintCommon, copy: IssuedCopyView): Promise<PrintedForm> {
  const frozen = {
    subject: `copy:${copy.number}`,
    number: copy.number,
    stage: copy.closed_at === null ? 'out' : 'in',
    textVersion: RECEIPT_VERSION,
  } as const;
  return frozenForm(context, frozen, () =>
    context.printer.printForm('copyReceipt', receiptOf(context, base, copy), { signal: context.signal }),
  );
}

const lateness = (language: PaperLanguage, due: string, today: string) => {
  const days = daysOverdue(due, today);
  return days === 0 ? '' : filledText(language, 'copies.lateDays', { count: days });
};

function recall(context: CommandContext, base: PrintCommon, staffId: number) {
  const today = todayOf(context.clock);
  const staff = findStaff(context.sql, staffId, today);
  if (staff === undefined) throw new AppError('NOT_FOUND', { params: { what: 'staff', number: staffId } });
  const { rows } = listHoldings(context.sql, { staffId, text: '' }, 0, MOST_ROWS);
  if (rows.length === 0) throw new AppError('NOT_FOUND', { params: { what: 'holding', number: staff.name } });
  return {
    ...base,
    recipient: { name: staff.name, department: staff.department, position: staff.position },
    backBy: addDays(today, RECALL_DAYS),
    writtenOn: today,
    items: rows.map((row) => ({
      number: row.number,
      title: row.title,
      since: onDay(row.since),
      due: row.due,
      late: lateness(base.language, row.due, today),
    })),
  };
}

function holdings(base: PrintCommon, rows: readonly HoldingRow[], today: string): TableReportForm {
  const { language } = base;
  const text = (key: string) => recordText(language, key);
  return {
    ...base,
    title: text('copies.form.holdings'),
    particulars: [
      { label: text('copies.form.onDay'), value: today },
      { label: text('copies.form.items'), value: String(rows.length) },
    ],
    columns: [
      { label: text('copies.column.holder'), share: 1 },
      { label: text('copies.column.department'), share: 1.1 },
      { label: text('copies.column.kind'), share: 0.8 },
      { label: text('copies.column.number'), share: 1.2 },
      { label: text('copies.column.what'), share: 2.6 },
      { label: text('copies.column.since'), share: 1 },
      { label: text('copies.column.recoverBy'), share: 1 },
      { label: text('copies.column.state'), share: 1 },
    ],
    rows: rows.map((row) => [
      row.holder,
      row.department,
      text(`copies.kind.${row.kind}`),
      row.number,
      row.title,
      onDay(row.since),
      row.due,
      row.missing === 1 ? text('copies.state.missing') : lateness(language, row.due, today),
    ]),
    landscape: true,
  };
}

function copyTable(
  context: CommandContext,
  base: PrintCommon,
  title: string,
  particulars: TableReportForm['particulars'],
  copies: readonly IssuedCopyView[],
): TableReportForm {
  const { language } = base;
  const text = (key: string) => recordText(language, key);
  return {
    ...base,
    title,
    particulars,
    columns: [
      { label: text('copies.column.number'), share: 1.2 },
      { label: text('copies.column.recipient'), share: 1.1 },
      { label: text('copies.column.shows'), share: 1.3 },
      { label: text('copies.column.customers'), share: 2.2 },
      { label: text('copies.column.consent'), share: 1.4 },
      { label: text('copies.column.delivered'), share: 1 },
      { label: text('copies.column.recoverBy'), share: 1 },
      { label: text('copies.column.closed'), share: 1 },
      { label: text('copies.column.outcome'), share: 1.4 },
    ],
    rows: copies.map((copy) => [
      copy.number,
      [copy.staff_name, copy.department].filter(Boolean).join(' '),
      text(`copies.shows.${copy.recipient_role}`),
      requestedCustomers(context.sql, copy.request_id)
        .map((customer) => customer.name)
        .join('、'),
      `${copy.agreed_by} ${copy.agreement_number}`,
      onDay(copy.delivered_at),
      copy.recover_by,
      onDay(copy.closed_at),
      outcomeOf(language, copy) || text(`copies.state.${copy.state}`),
    ]),
    landscape: true,
  };
}

/**
 * Typesets one of these papers. `number`: the request's (consent), the copy's (receipt), the staff id (recall), the year (register),
 * the round's; nothing for what is held now.
 */
export function setCopyForm(context: CommandContext, form: CopyFormName, number: string): Promise<PrintedForm> {
  const { printer, signal, sql, clock } = context;
  const base = printCommon(context);
  const today = todayOf(clock);
  const text = (key: string) => recordText(base.language, key);
  switch (form) {
    case 'copyConsent':
      return printer.printForm(
        'agreementForm',
        agreementForm(base, consentStatement(sql, getCopyRequest(sql, number))),
        {
          signal,
        },
      );
    case 'copyReceipt':
      return printReceipt(context, base, getCopy(sql, number));
    case 'copyRecall':
      return printer.printForm('copyRecall', recall(context, base, Number(number)), { signal });
    case 'holdings': {
      const { rows } = listHoldings(sql, { staffId: null, text: '' }, 0, MOST_ROWS);
      return printer.printForm('tableReport', holdings(base, rows, today), { signal });
    }
    case 'issueRegister': {
      const year = number === '' ? today.slice(0, 4) : number;
      const { rows } = listIssuedCopies(sql, { state: 'all', today, text: '' }, 0, MOST_ROWS);
      const copies = rows.filter((copy) => onDay(copy.made_at).startsWith(year)).reverse();
      const particulars = [{ label: text('copies.form.year'), value: year }];
      return printer.printForm(
        'tableReport',
        copyTable(context, base, text('copies.form.register'), particulars, copies),
        { signal },
      );
    }
    case 'recoveryRound': {
      const round = getRound(sql, number);
      const copies = roundCopies(sql, round.id).flatMap(({ copy_id }) => findIssuedCopyById(sql, copy_id) ?? []);
      const particulars = [
        { label: text('copies.form.round'), value: round.number },
        { label: text('copies.form.opened'), value: onDay(round.opened_at) },
        { label: text('copies.form.settled'), value: `${round.settled} / ${round.copies}` },
        { label: text('copies.form.closed'), value: onDay(round.closed_at) },
      ];
      return printer.printForm(
        'tableReport',
        copyTable(context, base, text('copies.form.roundTitle'), particulars, copies),
        {
          signal,
        },
      );
    }
  }
}
