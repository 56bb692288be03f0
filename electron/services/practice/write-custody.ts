import { DEFAULT_PATTERNS, formatNumber } from '../../../shared/domain/numbering.ts';
import { addDays } from '../../../shared/util/days.ts';
import { type BreachActRow, closeBreach, insertBreach, insertBreachAct } from '../../store/breaches.ts';
import { insertReservedForm, voidReservedForm } from '../../store/loan-forms.ts';
import { insertRequest } from '../../store/loan-requests.ts';
import { takeLoanNumber } from '../../store/loans.ts';
import { takeSequence } from '../../store/number-sequence.ts';
import { insertPaperAct } from '../../store/papers.ts';
import { endReading, insertReading } from '../../store/room-readings.ts';
import type { Writer } from '../../store/sql.ts';
import { insertStockCheck, papersAtPlace, placesToCheck } from '../../store/stock-checks.ts';
import { type Draw, drawFrom } from './draw.ts';
import type { PracticeWorld } from './enterprise-values.ts';
import { wordsOf } from './words.ts';
import type { WrittenPaper } from './write-customers.ts';
import type { Borrower, WrittenLoan } from './write-loans.ts';

/** What stands around the loans of a practice archive: who waits, cases with their acts, the reading room (B2, B3, L3). */
export function writeCustody(
  sql: Writer,
  world: PracticeWorld,
  loans: readonly WrittenLoan[],
  originals: readonly WrittenPaper[],
  borrowers: readonly Borrower[],
  keeper: string,
): { requests: number; breaches: number; readings: number } {
  const draw = drawFrom(world.seed, 41);
  writeShelfCare(sql, world, keeper);
  return {
    requests: writeRequests(sql, draw, world, loans, borrowers, keeper),
    breaches: writeBreaches(sql, draw, world, loans, keeper),
    readings: writeReadings(sql, draw, world, originals, borrowers, keeper),
  };
}

/** Blank forms for a day without the machine, one spoilt; and the last round through the cabinets, in which one paper was not seen. */
function writeShelfCare(sql: Writer, world: PracticeWorld, keeper: string): void {
  const draw = drawFrom(world.seed, 43);
  const { calendar } = world;
  const at = calendar.officeInstant(draw, addDays(calendar.today, -30));
  const year = Number(addDays(calendar.today, -30).slice(0, 4));
  const numbers = Array.from({ length: 5 }, () => formatNumber(DEFAULT_PATTERNS.loan, takeLoanNumber(sql, year), year));
  for (const number of numbers) insertReservedForm(sql, { number, reserved_at: at, reserved_by: keeper });
  voidReservedForm(sql, numbers[0] ?? '', calendar.officeInstant(draw, addDays(calendar.today, -29)), '填寫時污損');
  for (const [index, { place, papers }] of placesToCheck(sql).slice(0, 3).entries()) {
    const checkedOn = addDays(calendar.today, index - 24);
    const checkYear = Number(checkedOn.slice(0, 4));
    const unseen = index === 1 ? papersAtPlace(sql, place).slice(0, 1) : [];
    insertStockCheck(sql, {
      number: formatNumber(DEFAULT_PATTERNS.stockCheck, takeSequence(sql, `stockCheck-${checkYear}`), checkYear),
      place,
      at: calendar.officeInstant(draw, checkedOn),
      by: keeper,
      here: papers - unseen.length,
      elsewhere: '[]',
      missing: JSON.stringify(unseen.map(({ code }) => code)),
      unknown: '[]',
      moved: '[]',
      note: unseen.length === 0 ? '' : '當時正在室內查閱，次日已歸位',
    });
  }
}

/** Some of what is out is waited for, by one or two people in good standing. */
function writeRequests(
  sql: Writer,
  draw: Draw,
  world: PracticeWorld,
  loans: readonly WrittenLoan[],
  borrowers: readonly Borrower[],
  keeper: string,
): number {
  const { sentences } = wordsOf('hant');
  const late = new Set(loans.filter((loan) => loan.fate === 'overdue').map((loan) => loan.borrower.id));
  const waiting = borrowers.filter((person) => person.active === 1 && !late.has(person.id));
  let count = 0;
  for (const loan of loans.filter((one) => one.returnedAt === null).slice(0, 12)) {
    if (!draw.chance(0.5)) continue;
    const others = waiting.filter((person) => person.id !== loan.borrower.id);
    for (const person of draw.some(others, draw.between(1, 2))) {
      insertRequest(sql, {
        paper_id: loan.paper.id,
        staff_id: person.id,
        purpose: draw.pick(sentences.loanPurposes),
        requested_at: world.calendar.officeInstant(draw, addDays(world.calendar.today, -draw.between(1, 5))),
        requested_by: keeper,
      });
      count += 1;
    }
  }
  return count;
}

/** Pages that did not come back opened a case and were settled; the longest overdue one has a case that is still open. */
function writeBreaches(
  sql: Writer,
  draw: Draw,
  world: PracticeWorld,
  loans: readonly WrittenLoan[],
  keeper: string,
): number {
  const { today } = world.calendar;
  const short = loans.filter((loan) => loan.short);
  const overdue = loans.filter((loan) => loan.fate === 'overdue').sort((a, b) => (a.due < b.due ? -1 : 1));
  const write = (loan: WrittenLoan, on: string, kind: 'overdue' | 'damaged', facts: string) => {
    const year = Number(on.slice(0, 4));
    const at = loan.returnedAt ?? world.calendar.officeInstant(draw, on);
    const id = insertBreach(sql, {
      number: formatNumber(DEFAULT_PATTERNS.breach, takeSequence(sql, `breach-${year}`), year),
      borrower_id: loan.borrower.id,
      loan_id: loan.id,
      kind,
      facts,
      state: 'open',
      opened_at: at,
      opened_by: keeper,
      by_return: kind === 'damaged' ? 1 : 0,
      outcome: '',
      closed_at: null,
      closed_by: '',
    });
    const act = (day: string, done: Pick<BreachActRow, 'act' | 'text'> & Partial<BreachActRow>) =>
      insertBreachAct(sql, {
        breach_id: id,
        at: day === on ? at : world.calendar.officeInstant(draw, day),
        by: keeper,
        measure: '',
        decided_by: '',
        ...done,
      });
    act(on, { act: 'opened', text: facts });
    return { id, act };
  };
  for (const loan of short) {
    const on = (loan.returnedAt ?? today).slice(0, 10);
    const { id, act } = write(loan, on, 'damaged', '歸還時清點少一頁');
    const closed = [addDays(on, 4), today].sort()[0] ?? today;
    act(closed, { act: 'notice', text: '書面通知借閱人與其部門主管' });
    act(closed, { act: 'statement', text: '影印時遺落在影印室，已找回補入' });
    act(closed, { act: 'measure', measure: 'reminder', decided_by: '檔案主管', text: '' });
    act(closed, { act: 'closed', text: '缺頁已補回，提醒一次' });
    closeBreach(sql, id, {
      state: 'closed',
      outcome: '缺頁已補回，提醒一次',
      closed_at: world.calendar.officeInstant(draw, closed),
      closed_by: keeper,
    });
  }
  const [worst] = overdue;
  if (worst !== undefined) {
    const { act } = write(worst, today, 'overdue', '屢經催還仍未歸還');
    act(today, { act: 'notice', text: '電話通知，並請其部門主管協助催還' });
  }
  return short.length + (worst === undefined ? 0 : 1);
}

/** Originals were read in the room, each on its basis and with its times. */
function writeReadings(
  sql: Writer,
  draw: Draw,
  world: PracticeWorld,
  originals: readonly WrittenPaper[],
  borrowers: readonly Borrower[],
  keeper: string,
): number {
  const readers = borrowers.flatMap((person) => {
    const basis =
      person.position === '業務經理'
        ? ('businessManager' as const)
        : person.position === '客戶服務專員'
          ? ('customerService' as const)
          : person.position === '副總經理'
            ? ('executive' as const)
            : undefined;
    return basis === undefined || person.active !== 1 ? [] : [{ person, basis }];
  });
  if (readers.length === 0) return 0;
  const read = originals.slice(0, 8);
  for (const [index, paper] of read.entries()) {
    const { person, basis } = draw.pick(readers);
    const start = world.calendar.officeInstant(draw, addDays(world.calendar.today, -3 * (index + 1)));
    const id = insertReading(sql, {
      paper_id: paper.id,
      staff_id: person.id,
      basis,
      purpose: draw.pick(['核對合同原件用印', '對帳時核對原始單據', '客訴處理前核對']),
      started_at: start,
      started_by: keeper,
      pages_out: paper.pages,
    });
    const end = new Date(Date.parse(start) + draw.between(8, 40) * 60_000).toISOString();
    endReading(sql, id, end, paper.pages, '');
    const act = (at: string, what: string, detail: string) =>
      insertPaperAct(sql, { paper_id: paper.id, at, by: keeper, act: what, reason: '', detail });
    act(start, 'readInRoom', person.name);
    act(end, 'readingEnded', String(paper.pages));
  }
  return read.length;
}
