import { dueDate } from '../../../shared/domain/due-dates.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../../shared/domain/numbering.ts';
import { addDays } from '../../../shared/util/days.ts';
import { addLookupRecord, endLookup, insertLookup } from '../../store/archive-records.ts';
import { closeLoan, insertLoan, insertLoanEvent, type LoanRow, setLoanDue, takeLoanNumber } from '../../store/loans.ts';
import { findPaperById, insertPaperAct, updatePaper } from '../../store/papers.ts';
import { indexNewRecord } from '../../store/search-index.ts';
import type { Writer } from '../../store/sql.ts';
import { type Draw, drawFrom } from './draw.ts';
import type { PracticeWorld } from './enterprise-values.ts';
import { PRACTICE_KEEPER, PRACTICE_USERS, type PracticeStaff } from './practice-people.ts';
import { wordsOf } from './words.ts';
import type { WrittenPaper } from './write-customers.ts';

type Fate = 'returned' | 'overdue' | 'dueSoon' | 'out';

export interface Borrower extends Pick<PracticeStaff, 'name' | 'active' | 'department'> {
  readonly id: number;
}

interface PlannedLoan {
  readonly paper: WrittenPaper;
  readonly fate: Fate;
  readonly lentOn: string;
  readonly due: string;
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
): number {
  const draw = drawFrom(world.seed, 4);
  const staff = borrowers.filter((person) => person.active === 1);
  // Whoever keeps something too long gets nothing else (B2): the late ones are three people who borrow only that.
  const [late, punctual] = [staff.slice(-3), staff.slice(0, -3)];
  const planned = lendable
    .slice(0, MOST_LOANS)
    .map((paper, at) => lentOnFor(draw, world, paper, FATES[at % FATES.length] ?? 'returned'))
    .filter((loan) => loan !== undefined)
    .sort((a, b) => (a.lentOn === b.lentOn ? a.paper.id - b.paper.id : a.lentOn < b.lentOn ? -1 : 1));
  for (const loan of planned) {
    const person = draw.pick(loan.fate === 'overdue' ? late : loan.fate === 'returned' ? borrowers : punctual);
    writeLoan(sql, draw, loan, person, keeper, world);
  }
  return planned.length;
}

function writeLoan(
  sql: Writer,
  draw: Draw,
  loan: PlannedLoan,
  person: Borrower,
  keeper: string,
  world: PracticeWorld,
): void {
  const { paper, fate, lentOn } = loan;
  const { sentences } = wordsOf('hant');
  const year = Number(lentOn.slice(0, 4));
  const number = formatNumber(DEFAULT_PATTERNS.loan, takeLoanNumber(sql, year), year);
  const lentAt = world.calendar.officeInstant(draw, lentOn);
  const row: Omit<LoanRow, 'id'> = {
    number,
    paper_id: paper.id,
    borrower_id: person.id,
    purpose: draw.pick(sentences.loanPurposes),
    lent_at: lentAt,
    lent_by: keeper,
    due: loan.due,
    condition_out: 'intact',
    pages_out: paper.pages,
    approved_by: draw.chance(0.5) ? '業務經理' : '客戶經理',
    returned_at: null,
    condition_in: null,
    pages_in: null,
    note: '',
  };
  const id = insertLoan(sql, row);
  const act = (at: string, what: string, detail: string) =>
    insertPaperAct(sql, { paper_id: paper.id, at, by: keeper, act: what, reason: '', detail });
  act(lentAt, 'lent', `${number} ${person.name}`);
  indexNewRecord(sql, { kind: 'loan', id, name: person.name, body: [number, paper.code] });
  const stored = findPaperById(sql, paper.id);
  if (fate !== 'returned') {
    if (stored !== undefined) updatePaper(sql, { ...stored, state: 'lent', revision: stored.revision + 1 });
    if (fate === 'overdue' && draw.chance(0.6))
      insertLoanEvent(sql, {
        loan_id: id,
        at: world.calendar.officeInstant(draw, loan.due),
        by: keeper,
        kind: 'reminder',
        from_day: null,
        to_day: null,
        text: draw.pick(['電話', '口頭', '內部郵件']),
      });
    return;
  }
  let { due } = loan;
  if (draw.chance(0.15)) {
    const extended = addDays(due, 7);
    insertLoanEvent(sql, {
      loan_id: id,
      at: world.calendar.officeInstant(draw, due),
      by: keeper,
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
    note: draw.chance(0.15) ? draw.pick(sentences.loanNotes) : '',
  });
  act(returnedAt, 'returned', number);
  if (stored !== undefined) updatePaper(sql, { ...stored, revision: stored.revision + 1 });
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
