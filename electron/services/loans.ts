import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import { incidentAtReturn } from '../../shared/domain/breaches.ts';
import { seesCards } from '../../shared/domain/masks.ts';
import {
  missingPagesProblem,
  pageCountExplained,
  pageNumbers,
  pageRanges,
  parsePages,
} from '../../shared/domain/page-check.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { addDays } from '../../shared/util/days.ts';
import { breachesOfLoans, closeBreach, findBreach, insertBreachAct } from '../store/breaches.ts';
import { findCustomerById } from '../store/customers.ts';
import { signReturn } from '../store/loan-forms.ts';
import { closeLoan, insertLoanEvent, type LoanView, listLoans, loansOfForm, openLoanOfPaper } from '../store/loans.ts';
import { findPaperById } from '../store/papers.ts';
import { sha256Hex } from '../vault/hash.ts';
import { openBreach } from './breach-record.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import {
  getLoan,
  getLoanForm,
  lendingRules,
  nextFor,
  openLoansNamed,
  requireSigned,
  setPaperState,
  shownForm,
  shownLoan,
  shownLoans,
  shownRequest,
  stateInPlace,
} from './loan-record.ts';
import { getPaper, recountDossier } from './paper-record.ts';
import { dayOf, todayOf } from './today.ts';

/** A return entered by mistake can be taken back for this long, in milliseconds. */
const UNDO_RETURN_MS = 10 * 60_000;

type ReturnedItem = NonNullable<ParsedInputOf<'loans.return'>['items']>[number];

/** The items that come back: those named, or the one whose number stands alone. */
function itemsOf(
  context: CommandContext,
  input: ParsedInputOf<'loans.return'>,
): { row: LoanView; item: ReturnedItem }[] {
  const { sql } = context;
  if (input.items !== undefined) {
    const rows = input.items.map((item) => ({ row: getLoan(sql, item.loanNumber), item }));
    const twice = rows.findIndex(({ row }, index) => rows.findIndex((one) => one.row.id === row.id) !== index);
    const other = rows.findIndex(({ row }) => row.form_id !== rows[0]?.row.form_id);
    if (twice >= 0 || other >= 0)
      throw new AppError('INPUT_INVALID', {
        fields: [
          {
            path: `items.${Math.max(twice, other)}.loanNumber`,
            message: twice >= 0 ? 'validation.twice' : 'validation.otherForm',
          },
        ],
      });
    return rows;
  }
  if (input.loanNumber === undefined || input.pagesIn === undefined)
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: input.loanNumber === undefined ? 'loanNumber' : 'pagesIn', message: 'validation.required' }],
    });
  context.note({ object: `loan:${input.loanNumber}` });
  const open = openLoansNamed(sql, input.loanNumber);
  const [row] = open;
  if (row === undefined || open.length > 1)
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'items', message: 'validation.required' }] });
  const { conditionIn, pagesIn, missingPages, note } = input;
  return [{ row, item: { loanNumber: row.number, conditionIn, pagesIn, missingPages, note } }];
}

/** The pages that are named as missing, as they are written; checked against the catalogue's own page numbers. */
function missingOfReturn(context: CommandContext, row: LoanView, item: ReturnedItem, path: string): string {
  if (item.missingPages.trim() === '') return '';
  const missing = parsePages(item.missingPages);
  if (missing === undefined)
    throw new AppError('INPUT_INVALID', { fields: [{ path: `${path}missingPages`, message: 'validation.pages' }] });
  const paper = findPaperById(context.sql, row.paper_id);
  const bound = paper?.volume_id == null || paper.from_page === null ? null : { fromPage: paper.from_page };
  const problem = missingPagesProblem(missing, pageNumbers(row.pages_out, bound), item.pagesIn);
  if (problem !== null)
    throw new AppError('INPUT_INVALID', {
      fields: [
        {
          path: `${path}missingPages`,
          message: problem === 'count' ? 'validation.pagesMissingCount' : 'validation.pageUnknown',
          params: { out: row.pages_out, back: item.pagesIn },
        },
      ],
    });
  return pageRanges(missing);
}

/** The day and instant of a return: now, or an earlier day on which it was taken back by hand. */
function returnedAt(
  context: CommandContext,
  rows: readonly LoanView[],
  returnedOn: string | undefined,
): { day: string; at: string } {
  const today = todayOf(context.clock);
  const now = context.clock.now().toISOString();
  if (returnedOn === undefined || returnedOn === today) return { day: today, at: now };
  const lent =
    rows
      .map((row) => row.lent_at)
      .sort()
      .at(-1) ?? now;
  if (returnedOn > today || returnedOn < dayOf(new Date(lent)))
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'returnedOn', message: 'validation.dayOfReturn' }] });
  context.note({ data: { keyedIn: returnedOn } });
  const noon = new Date(`${returnedOn}T12:00:00`).toISOString();
  // A loan of that same day was lent before it came back.
  return { day: returnedOn, at: [noon, lent].sort().at(-1) ?? noon };
}

function takeBack(
  context: CommandContext,
  row: LoanView,
  item: ReturnedItem,
  path: string,
  returned: { readonly day: string; readonly at: string },
): string | undefined {
  const { sql } = context;
  if (row.returned_at !== null) throw new AppError('CONFLICT', { params: { what: 'loan', number: row.number } });
  requireSigned(row);
  const found = { pagesOut: row.pages_out, pagesBack: item.pagesIn, condition: item.conditionIn };
  if (!pageCountExplained(found))
    throw new AppError('INPUT_INVALID', {
      fields: [
        {
          path: `${path}pagesIn`,
          message: 'validation.pagesUnexplained',
          params: { out: row.pages_out, back: item.pagesIn },
        },
      ],
    });
  const missing = missingOfReturn(context, row, item, path);
  closeLoan(sql, row.id, {
    returned_at: returned.at,
    condition_in: item.conditionIn,
    pages_in: item.pagesIn,
    missing_pages: missing,
    note: [row.note, item.note].filter((text) => text !== '').join('\n'),
  });
  const lost = item.conditionIn === 'lost';
  // What is lost does not stand in its place: the dossier misses it again, and its entry says why (D7).
  const paper = setPaperState(
    context,
    row.paper_id,
    lost ? () => 'removed' : stateInPlace,
    lost ? 'lost' : 'returned',
    row.number,
  );
  const customer = lost ? findCustomerById(sql, paper.customer_id) : undefined;
  if (customer !== undefined) recountDossier(sql, customer, todayOf(context.clock));
  const kind = incidentAtReturn({ ...found, due: row.due, returnedOn: returned.day });
  if (kind === undefined) return undefined;
  return openBreach(context, {
    borrowerId: row.borrower_id,
    borrower: row.borrower,
    loan: row,
    kind,
    facts: item.note,
    byReturn: true,
  });
}

/** Who brought it back signs here; the drawing's hash stands in the entry. On paper while something of the form is still out. */
function signLowerHalf(
  context: CommandContext,
  formId: number,
  lines: ParsedInputOf<'loans.return'>['signature'],
): void {
  if (loansOfForm(context.sql, formId).some((item) => item.returned_at === null))
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'signature', message: 'validation.signedWhenAllBack' }] });
  const signature = JSON.stringify(lines);
  signReturn(context.sql, formId, signature);
  context.note({ data: { signed: 'drawn', signature: sha256Hex(signature) } });
}

function returnItems(context: CommandContext, input: ParsedInputOf<'loans.return'>): OutputOf<'loans.return'> {
  const { sql, clock } = context;
  const today = todayOf(clock);
  const items = itemsOf(context, input);
  const [first] = items;
  if (first === undefined) throw new AppError('INTERNAL');
  const formNumber = first.row.form_number;
  context.note({
    object: `loan:${formNumber}`,
    data: {
      items: items.map(({ row }) => row.number),
      condition: items.map(({ item }) => item.conditionIn),
      pagesOut: items.map(({ row }) => String(row.pages_out)),
      pagesIn: items.map(({ item }) => String(item.pagesIn)),
    },
  });
  const returned = returnedAt(
    context,
    items.map(({ row }) => row),
    input.returnedOn,
  );
  const incidents = items.flatMap(
    ({ row, item }, index) =>
      takeBack(context, row, item, input.items === undefined ? '' : `items.${index}.`, returned) ?? [],
  );
  if (incidents.length > 0) context.note({ data: { incidents } });
  if (input.signature.length > 0) signLowerHalf(context, first.row.form_id, input.signature);
  const next = items.flatMap(({ row }) => nextFor(sql, row.paper_id, today) ?? []);
  return {
    ...shownForm(sql, getLoanForm(sql, formNumber), today),
    returned: items.map(({ row }) => row.number),
    incidents,
    next: next.map((request) => shownRequest(sql, request, today)).filter((request) => request.available),
  };
}

function undoReturn(context: CommandContext, loanNumber: string): OutputOf<'loans.undoReturn'> {
  const { sql, clock, actor } = context;
  const row = getLoan(sql, loanNumber);
  context.note({ object: `loan:${row.form_number}`, data: { items: [row.number] } });
  const late = row.returned_at === null || clock.now().getTime() - Date.parse(row.returned_at) > UNDO_RETURN_MS;
  if (late || openLoanOfPaper(sql, row.paper_id) !== undefined)
    throw new AppError('CONFLICT', { params: { what: 'loan', number: row.number } });
  const at = clock.now().toISOString();
  signReturn(sql, row.form_id, '');
  closeLoan(sql, row.id, { returned_at: null, condition_in: null, pages_in: null, missing_pages: '', note: row.note });
  insertLoanEvent(sql, {
    loan_id: row.id,
    at,
    by: actor.displayName,
    kind: 'undoReturn',
    from_day: null,
    to_day: null,
    text: '',
  });
  const paper = setPaperState(context, row.paper_id, () => 'lent', 'returnUndone', row.number);
  const customer = paper.state === 'removed' ? findCustomerById(sql, paper.customer_id) : undefined;
  if (customer !== undefined) recountDossier(sql, customer, todayOf(clock));
  // The case that this return opened was opened for nothing.
  for (const { number } of breachesOfLoans(sql, [row.id]).filter((one) => one.state === 'open')) {
    const breach = findBreach(sql, number);
    if (breach === undefined || breach.by_return === 0 || breach.opened_at !== row.returned_at) continue;
    closeBreach(sql, breach.id, { state: 'void', outcome: '', closed_at: at, closed_by: actor.displayName });
    insertBreachAct(sql, {
      breach_id: breach.id,
      at,
      by: actor.displayName,
      act: 'voided',
      measure: '',
      decided_by: '',
      text: '',
    });
    context.note({ data: { voided: number } });
  }
  return shownLoan(sql, getLoan(sql, row.number), todayOf(clock));
}

/** Loans as lists, and what comes back (B1, B2). */
export const loanHandlers: HandlersOf<'loans.list' | 'loans.get' | 'loans.form' | 'loans.return' | 'loans.undoReturn'> =
  {
    'loans.list': {
      phase: 'query',
      run({ sql, clock, actor }, input) {
        const today = todayOf(clock);
        const { rows, total } = listLoans(
          sql,
          {
            state: input.state,
            today,
            soon: addDays(today, lendingRules(sql).rules.soonDays),
            borrowerId: input.borrowerId,
            customer: input.customer,
            paperId: input.code === undefined ? undefined : getPaper(sql, input.code).id,
            text: input.text.trim(),
            withoutCards: !seesCards(actor.role),
          },
          input.offset,
          input.limit,
        );
        return { loans: shownLoans(sql, rows, today), total };
      },
    },
    'loans.get': {
      phase: 'query',
      run({ sql, clock }, { loanNumber }) {
        const today = todayOf(clock);
        const [first] = shownForm(sql, getLoanForm(sql, loanNumber), today).items.filter(
          (item, _, all) => all.length === 1 || item.loanNumber === loanNumber.normalize('NFKC').trim().toUpperCase(),
        );
        return first ?? shownLoan(sql, getLoan(sql, `${loanNumber}-01`), today);
      },
    },
    'loans.form': {
      phase: 'query',
      run: ({ sql, clock }, { loanNumber }) => shownForm(sql, getLoanForm(sql, loanNumber), todayOf(clock)),
    },
    'loans.return': { phase: 'command', run: returnItems },
    'loans.undoReturn': { phase: 'command', run: (context, { loanNumber }) => undoReturn(context, loanNumber) },
  };
