import type { ParsedInputOf } from '../../shared/contract/contract.ts';
import type { DossierClass } from '../../shared/domain/dossier-classes.ts';
import { dueDate } from '../../shared/domain/due-dates.ts';
import { canLend, type LendingRefusal } from '../../shared/domain/loans.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { countOpenBreaches } from '../store/breaches.ts';
import { type CustomerRow, findCustomer } from '../store/customers.ts';
import { openDueDays } from '../store/loans.ts';
import { exportOrders, type PaperView, papersOfCustomer } from '../store/papers.ts';
import { openReadingOf } from '../store/room-readings.ts';
import type { Reader } from '../store/sql.ts';
import type { StaffView } from '../store/staff.ts';
import { inBinderOrder } from './dossiers.ts';
import { cleanNumber, lendingRules, nextFor } from './loan-record.ts';
import { mayRead } from './named-readers.ts';
import { getPaper } from './paper-record.ts';

/** What may be lent to whom, and until when (B1–B3, L3). */

type Lending = ParsedInputOf<'loans.lend'>;
type Asked = Pick<Lending, 'code' | 'papers' | 'binder'>;

/** Why a paper may not be lent to this person; without a person only the paper is judged (L3, B2, B3). */
export function refusalsOf(
  sql: Reader,
  paper: PaperView,
  borrower: StaffView | undefined,
  today: string,
): readonly LendingRefusal[] {
  const next = nextFor(sql, paper.id, today);
  return canLend(
    {
      original: paper.original === 1,
      securityLevel: paper.security,
      state:
        paper.state === 'lent' ? 'lent' : paper.state === 'inPlace' || paper.state === 'bound' ? 'inPlace' : 'removed',
      // Without a person nobody is out of turn yet.
      nextInQueue: borrower === undefined ? null : (next?.staff_id ?? null),
      beingRead: openReadingOf(sql, paper.id) !== undefined,
      closedToBorrower: borrower !== undefined && !mayRead(sql, paper.customer_id, borrower.id),
    },
    standingOfBorrower(sql, borrower),
    today,
    lendingRules(sql).rules,
  );
}

function standingOfBorrower(sql: Reader, borrower: StaffView | undefined) {
  return {
    staffId: borrower?.id ?? 0,
    active: borrower === undefined || borrower.active === 1,
    openBreach: borrower !== undefined && countOpenBreaches(sql, borrower.id) > 0,
    openLoansDue: borrower === undefined ? [] : openDueDays(sql, borrower.id),
  };
}

/** Why this person may borrow nothing at all; empty if they may (B3). */
export function borrowerRefusals(sql: Reader, borrower: StaffView, today: string): readonly LendingRefusal[] {
  return canLend(
    { original: false, securityLevel: 'public', state: 'inPlace' },
    standingOfBorrower(sql, borrower),
    today,
    lendingRules(sql).rules,
  );
}

const OF_THE_PAPER: readonly LendingRefusal[] = [
  'original',
  'premisesOnly',
  'alreadyLent',
  'notInDossier',
  'beingRead',
  'reserved',
  'notNamed',
];

export interface Binder {
  readonly customer: CustomerRow;
  readonly dossierClass: DossierClass | null;
  readonly goes: readonly PaperView[];
  readonly stays: readonly { readonly code: string; readonly title: string; readonly reasons: string[] }[];
}

/** A class or dossier as a working binder: what goes, and what stays with its reasons; originals always stay (L3). */
export function binderOf(
  sql: Reader,
  customer: CustomerRow,
  dossierClass: number | undefined,
  borrower: StaffView | undefined,
  today: string,
): Binder {
  const papers = inBinderOrder(papersOfCustomer(sql, customer.id), exportOrders(sql, customer.id)).filter(
    (paper) => paper.state !== 'removed' && paper.state !== 'superseded',
  );
  const judged = papers
    .filter((paper) => dossierClass === undefined || paper.class === dossierClass)
    .map((paper) => ({
      paper,
      reasons: refusalsOf(sql, paper, borrower, today).filter((reason) => OF_THE_PAPER.includes(reason)),
    }));
  return {
    customer,
    dossierClass: (dossierClass ?? null) as DossierClass | null,
    goes: judged.filter(({ reasons }) => reasons.length === 0).map(({ paper }) => paper),
    stays: judged
      .filter(({ reasons }) => reasons.length > 0)
      .map(({ paper, reasons }) => ({ code: paper.code, title: paper.title, reasons: [...reasons] })),
  };
}

export interface LentItem {
  readonly paper: PaperView;
  readonly pagesOut: number;
  readonly conditionOut: Lending['conditionOut'];
}

/** What was asked for, as papers. Throws INPUT_INVALID unless exactly one of code, papers, binder is given. */
export function lentItems(
  sql: Reader,
  asked: Asked & Partial<Pick<Lending, 'pagesOut' | 'conditionOut'>>,
  borrower: StaffView,
  today: string,
): { items: LentItem[]; binder: Binder | undefined } {
  const given = [asked.code, asked.papers, asked.binder].filter((one) => one !== undefined).length;
  if (given !== 1) throw new AppError('INPUT_INVALID', { fields: [{ path: 'code', message: 'validation.lendOneOf' }] });
  const item = (paper: PaperView, pagesOut?: number, conditionOut?: Lending['conditionOut']): LentItem => ({
    paper,
    pagesOut: pagesOut ?? paper.pages,
    conditionOut: conditionOut ?? 'intact',
  });
  if (asked.binder !== undefined) {
    const binder = binderOf(sql, customerOf(sql, asked.binder.customer), asked.binder.class, borrower, today);
    return { items: binder.goes.map((paper) => item(paper)), binder };
  }
  if (asked.papers !== undefined) {
    const items = asked.papers.map((one) => item(getPaper(sql, one.code), one.pagesOut, one.conditionOut));
    const twice = items.findIndex(
      (one, index) => items.findIndex((other) => other.paper.id === one.paper.id) !== index,
    );
    if (twice >= 0)
      throw new AppError('INPUT_INVALID', { fields: [{ path: `papers.${twice}.code`, message: 'validation.twice' }] });
    return { items, binder: undefined };
  }
  return { items: [item(getPaper(sql, asked.code ?? ''), asked.pagesOut, asked.conditionOut)], binder: undefined };
}

function customerOf(sql: Reader, number: string): CustomerRow {
  const row = findCustomer(sql, cleanNumber(number));
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'customer', number } });
  return row;
}

/** The last day by the rule: of several levels the shortest. Undefined if one of them never leaves the premises. */
export function dueByRule(sql: Reader, papers: readonly PaperView[], lentOn: string): string | undefined {
  const { rules, calendar } = lendingRules(sql);
  const dues = papers.map((paper) => dueDate(paper.security, lentOn, calendar, rules.periods));
  return dues.includes(undefined) ? undefined : (dues as string[]).sort()[0];
}
