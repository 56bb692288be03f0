import { dueDate } from '../../../shared/domain/due-dates.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../../shared/domain/numbering.ts';
import type { Role } from '../../../shared/domain/roles.ts';
import { addDays } from '../../../shared/util/days.ts';
import { markAgreementUsed } from '../../store/agreements.ts';
import { addLookupRecord, endLookup, insertLookup } from '../../store/archive-records.ts';
import { insertLoanForm } from '../../store/loan-forms.ts';
import {
  closeLoan,
  insertLoan,
  insertLoanEvent,
  setLoanDue,
  setLoanRecalled,
  takeLoanNumber,
} from '../../store/loans.ts';
import { findPaperById, insertPaperAct, updatePaper } from '../../store/papers.ts';
import { indexNewRecord } from '../../store/search-index.ts';
import type { Writer } from '../../store/sql.ts';
import { writeAgreement } from '../agreements.ts';
import { type Draw, drawFrom } from './draw.ts';
import type { PracticeWorld } from './enterprise-values.ts';
import { PRACTICE_KEEPER, PRACTICE_USERS, type PracticeStaff } from './practice-people.ts';
import { wordsOf } from './words.ts';
import type { WrittenPaper } from './write-customers.ts';

type Fate = 'returned' | 'overdue' | 'dueSoon' | 'out';

export interface Borrower extends Pick<PracticeStaff, 'name' | 'active' | 'department' | 'position'> {
  readonly id: number;
}

type Approver = Borrower & { readonly role: Role };

interface PlannedLoan {
  readonly paper: WrittenPaper;
  readonly fate: Fate;
  readonly lentOn: string;
  readonly due: string;
}

/** What was written, for those who wait, for cases and for the reading room. */
export interface WrittenLoan {
  readonly id: number;
  readonly paper: WrittenPaper;
  readonly fate: Fate;
  readonly borrower: Borrower;
  readonly due: string;
  readonly returnedAt: string | null;
  readonly short: boolean;
}

/** Most loans of a practice archive, however many customers it has. */
const MOST_LOANS = 90;
const FATES: readonly Fate[] = ['returned', 'overdue', 'returned', 'dueSoon', 'returned', 'out'];

/** The latest day within `from`…`to` (days before today) whose due day is as wanted. */
function lentOnFor(draw: Draw, world: PracticeWorld, paper: WrittenPaper, fate: Fate): PlannedLoan | undefined {
  const { today } = world.calendar;
  const [least, most] = { returned: [40, 400], overdue: [16, 45], dueSoon: [1, 20], out: [1, 14] }[fate] as [
    number,
    number,
  ];
  const soon = addDays(today, 3);
  const fits = (due: string) =>
    ({ returned: true, overdue: due < today, dueSoon: due >= today && due <= soon, out: due > soon })[fate];
  const start = draw.between(least, most);
  for (let step = 0; step <= most - least; step += 1) {
    const ago = least + ((start - least + step) % (most - least + 1));
    const lentOn = addDays(today, -ago);
    const due = dueDate(paper.security, lentOn);
    if (due !== undefined && lentOn > paper.filedOn && fits(due)) return { paper, fate, lentOn, due };
  }
  return undefined;
}

/** Loans returned, out, due soon and overdue (B1, B2), oldest first. Originals and core secrets are never among them (L3). */
export function writeLoans(
  sql: Writer,
  world: PracticeWorld,
  lendable: readonly WrittenPaper[],
  borrowers: readonly Borrower[],
  keeper: string,
): WrittenLoan[] {
  const draw = drawFrom(world.seed, 4);
  const staff = borrowers.filter((person) => person.active === 1);
  // Whoever keeps something too long gets nothing else (B2): the late ones are three people who borrow only that.
  const [late, punctual] = [staff.slice(-3), staff.slice(0, -3)];
  const planned = lendable
    .slice(0, MOST_LOANS)
    .map((paper, at) => lentOnFor(draw, world, paper, FATES[at % FATES.length] ?? 'returned'))
    .filter((loan) => loan !== undefined)
    .sort((a, b) => (a.lentOn === b.lentOn ? a.paper.id - b.paper.id : a.lentOn < b.lentOn ? -1 : 1));
  return planned.map((loan) => {
    const person = draw.pick(loan.fate === 'overdue' ? late : loan.fate === 'returned' ? borrowers : punctual);
    return writeLoan(sql, draw, loan, person, keeper, world, approversOf(borrowers));
  });
}

/** Whoever may approve a loan by a signed form: the account and the business manager. */
function approversOf(borrowers: readonly Borrower[]): Approver[] {
  const roles: Readonly<Record<string, Role>> = { 客戶經理: 'accountManager', 業務經理: 'businessManager' };
  return borrowers.flatMap((person) => {
    const role = roles[person.position];
    return role === undefined ? [] : [{ ...person, role }];
  });
}

/** The signed form by which a loan of a trade secret was approved (B1): agreed to on the day, used at once. */
function writeApproval(
  sql: Writer,
  draw: Draw,
  form: {
    readonly number: string;
    readonly lentAt: string;
    readonly lentOn: string;
    readonly due: string;
    readonly purpose: string;
  },
  paper: WrittenPaper,
  person: Borrower,
  keeper: string,
  approvers: readonly Approver[],
): { name: string; number: string } | undefined {
  if (paper.security !== 'ordinaryTradeSecret' || approvers.length === 0) return undefined;
  const approver = draw.pick(approvers);
  const stored = findPaperById(sql, paper.id);
  const { id, number } = writeAgreement(sql, {
    statement: {
      kind: 'loan',
      subject: `paper:${paper.code}`,
      purpose: form.purpose,
      lines: [
        { field: 'borrower', value: `${person.name}　${person.department}` },
        { field: 'paper', value: `${paper.code}　${stored?.title ?? ''}` },
        { field: 'due', value: form.due },
      ],
    },
    manner: 'paper',
    person: { login: null, name: approver.name, role: approver.role, staffId: approver.id },
    givenAt: form.lentAt,
    signedOn: form.lentOn,
    paperId: null,
    recordedBy: keeper,
    note: '',
  });
  markAgreementUsed(sql, id, form.lentAt, `loan:${form.number}`);
  return { name: approver.name, number };
}

function writeLoan(
  sql: Writer,
  draw: Draw,
  loan: PlannedLoan,
  person: Borrower,
  keeper: string,
  world: PracticeWorld,
  approvers: readonly Approver[],
): WrittenLoan {
  const { paper, fate, lentOn } = loan;
  const { sentences } = wordsOf('hant');
  const year = Number(lentOn.slice(0, 4));
  const number = formatNumber(DEFAULT_PATTERNS.loan, takeLoanNumber(sql, year), year);
  const lentAt = world.calendar.officeInstant(draw, lentOn);
  const purpose = draw.pick(sentences.loanPurposes);
  const approval = writeApproval(
    sql,
    draw,
    { number, lentAt, lentOn, due: loan.due, purpose },
    paper,
    person,
    keeper,
    approvers,
  );
  const approvedBy = approval?.name ?? '';
  const formId = insertLoanForm(sql, {
    number,
    borrower_id: person.id,
    purpose,
    restriction: '',
    binder_customer_id: null,
    binder_class: null,
    stays: '[]',
    approved_by: approvedBy,
    agreement: approval?.number ?? '',
    signature: '',
    lent_at: lentAt,
    lent_by: keeper,
    written_at: lentAt,
    signed_at: lentAt,
  });
  const id = insertLoan(sql, {
    number,
    form_id: formId,
    paper_id: paper.id,
    borrower_id: person.id,
    purpose,
    lent_at: lentAt,
    lent_by: keeper,
    due: loan.due,
    condition_out: 'intact',
    pages_out: paper.pages,
    approved_by: approvedBy,
    recalled_at: null,
    returned_at: null,
    condition_in: null,
    pages_in: null,
    missing_pages: '',
    note: '',
  });
  const act = (at: string, what: string, detail: string) =>
    insertPaperAct(sql, { paper_id: paper.id, at, by: keeper, act: what, reason: '', detail });
  act(lentAt, 'lent', `${number} ${person.name}`);
  indexNewRecord(sql, { kind: 'loan', id, name: person.name, body: [number, paper.code] });
  const stored = findPaperById(sql, paper.id);
  const event = { loan_id: id, by: keeper, from_day: null, to_day: null };
  const written = { id, paper, fate, borrower: person };
  if (fate !== 'returned') {
    if (stored !== undefined) updatePaper(sql, { ...stored, state: 'lent', revision: stored.revision + 1 });
    if (fate === 'overdue' && draw.chance(0.6))
      insertLoanEvent(sql, {
        ...event,
        at: world.calendar.officeInstant(draw, addDays(loan.due, 1)),
        kind: 'reminder',
        text: draw.pick(['電話', '口頭', '內部郵件']),
        notice: 'overdue',
        step: 1,
      });
    const recalledTo = addDays(world.calendar.today, 1);
    if (fate === 'out' && loan.due > recalledTo && draw.chance(0.2)) {
      const at = world.calendar.officeInstant(draw, addDays(world.calendar.today, -1));
      setLoanRecalled(sql, id, recalledTo, at);
      insertLoanEvent(sql, {
        ...event,
        at,
        kind: 'recall',
        from_day: loan.due,
        to_day: recalledTo,
        text: '年度裝訂前核對',
      });
    }
    return { ...written, due: loan.due, returnedAt: null, short: false };
  }
  let { due } = loan;
  if (draw.chance(0.15)) {
    const extended = addDays(due, 7);
    insertLoanEvent(sql, {
      ...event,
      at: world.calendar.officeInstant(draw, due),
      kind: 'extension',
      from_day: due,
      to_day: extended,
      text: draw.pick(sentences.loanPurposes),
    });
    setLoanDue(sql, id, extended);
    due = extended;
  }
  const late = draw.chance(0.12);
  const back = late ? addDays(due, draw.between(1, 6)) : addDays(due, -draw.between(0, 3));
  const returnedAt = world.calendar.officeInstant(draw, back > lentOn ? back : addDays(lentOn, 1));
  const short = paper.pages > 1 && draw.chance(0.05);
  closeLoan(sql, id, {
    returned_at: returnedAt,
    condition_in: short ? 'pagesMissing' : draw.chance(0.06) ? 'damaged' : 'intact',
    pages_in: short ? paper.pages - 1 : paper.pages,
    missing_pages: short ? String(paper.pages) : '',
    note: draw.chance(0.15) ? draw.pick(sentences.loanNotes) : '',
  });
  act(returnedAt, 'returned', number);
  if (stored !== undefined) updatePaper(sql, { ...stored, revision: stored.revision + 1 });
  return { ...written, due, returnedAt, short };
}

/** One locked lookup in the register (L2), ended by the keeper. */
export function writeLookup(
  sql: Writer,
  world: PracticeWorld,
  papers: readonly WrittenPaper[],
  displayName: string,
): void {
  const reader = PRACTICE_USERS.find((user) => user.role === 'businessManager');
  if (reader === undefined) return;
  const start = Date.parse(`${addDays(world.calendar.today, -3)}T02:10:00.000Z`);
  const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
  const id = insertLookup(sql, {
    login: reader.login,
    display_name: displayName,
    role: reader.role,
    purpose: '年度續約前核對合同條款與信用額度',
    started_at: at(0),
    ended_at: null,
    ended: '',
    searches: 2,
    keeper: PRACTICE_KEEPER.displayName,
  });
  for (const [index, paper] of papers.slice(0, 3).entries()) {
    addLookupRecord(sql, id, at(2 + index * 3), 'customer', paper.customerNumber);
    addLookupRecord(sql, id, at(3 + index * 3), 'paper', paper.code);
  }
  endLookup(sql, id, at(12), 'keeper');
}
