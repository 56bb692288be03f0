import type { OutputOf } from '../../shared/contract/contract.ts';
import { daysOverdue } from '../../shared/domain/due-dates.ts';
import type { NoticeKind } from '../../shared/domain/lending-rules.ts';
import type { LoanNoticeForm, LoanSheet } from '../print/loan-print-data.ts';
import type { PrintedForm } from '../print/printer.ts';
import { findAgreement } from '../store/agreements.ts';
import type { LoanFormView } from '../store/loan-forms.ts';
import { type LoanView, loanEvents, loansOfForm } from '../store/loans.ts';
import { findPaper } from '../store/papers.ts';
import { findStaff } from '../store/staff.ts';
import type { CommandContext } from './context.ts';
import { frozenForm } from './frozen-form.ts';
import { getLoanForm } from './loan-record.ts';
import { printCommon } from './print-common.ts';
import { filledText, type PaperLanguage, recordText } from './record-texts.ts';
import { dayOf, todayOf } from './today.ts';

/** Version of the undertaking's words (`print.loan.undertaking`): raised when they change. */
const UNDERTAKING_VERSION = 1;

const day = (instant: string) => dayOf(new Date(instant));

/** Who agreed, in which role, when and how: as it stands on the form. */
function approvalWords(context: CommandContext, language: PaperLanguage, number: string): string {
  const given = number === '' ? undefined : findAgreement(context.sql, number);
  if (given === undefined) return '';
  return filledText(language, given.manner === 'paper' ? 'loan.approvedOnPaper' : 'loan.approvedBySecret', {
    name: given.name,
    role: recordText(language, `role.${given.role}`),
    day: given.signed_on ?? day(given.given_at),
    number: given.number,
  });
}

const linesOf = (signature: string) => (signature === '' ? [] : (JSON.parse(signature) as [number, number][][]));

/** The sheet of a borrow form as it stands now. */
function sheetOf(context: CommandContext, language: PaperLanguage, form: LoanFormView): LoanSheet {
  const { sql, clock } = context;
  const items = loansOfForm(sql, form.id);
  const staff = findStaff(sql, form.borrower_id, todayOf(clock));
  const [first] = items;
  const words = (key: string) => recordText(language, key);
  const conditionIn = (item: LoanView) =>
    [
      item.condition_in === null ? '' : words(`condition.${item.condition_in}`),
      item.missing_pages === '' ? '' : filledText(language, 'loan.missingPages', { pages: item.missing_pages }),
    ]
      .filter((part) => part !== '')
      .join('　');
  const stays = JSON.parse(form.stays) as { code: string; title: string; reasons: string[] }[];
  const single = items.length === 1 ? first : undefined;
  const approvals = form.agreement.split(' ').map((number) => approvalWords(context, language, number));
  const customers = [...new Map(items.map((item) => [item.customer_number, item.customer_name])).entries()];
  return {
    formNumber: form.number,
    appliedOn: day(form.lent_at),
    borrower: {
      name: form.borrower,
      department: form.department,
      position: staff?.position ?? '',
      contact: staff?.phone ?? '',
    },
    mode: words(form.binder_customer === null ? 'loan.mode.copy' : 'loan.mode.binder'),
    purpose: form.purpose,
    customer: {
      number: customers.map(([number]) => number).join(' '),
      name: customers.length === 1 ? (customers[0]?.[1] ?? '') : '',
    },
    items: items.map((item) => {
      const paper = findPaper(sql, item.code);
      return {
        referenceCode: item.code,
        title: item.title,
        kind: words('paper.copy'),
        pages: item.pages_out,
        copies: 1,
        security: words(`option.securityLevel.${item.security}`),
        place: paper?.place ?? '',
        ...(item.returned_at === null
          ? {}
          : { back: { on: day(item.returned_at), pages: String(item.pages_in ?? ''), condition: conditionIn(item) } }),
      };
    }),
    stayed: stays.map(
      (one) => `${one.code} ${one.title}（${one.reasons.map((reason) => words(`loan.stays.${reason}`)).join('、')}）`,
    ),
    lentOn: day(form.lent_at),
    dueOn: items.map((item) => item.due).sort()[0] ?? '',
    restriction: form.restriction,
    // Of two approvals in a row the first is the department's opinion.
    departmentOpinion: approvals.length > 1 ? (approvals[0] ?? '') : '',
    managerApproval: approvals.at(-1) || form.approved_by,
    keeper: form.lent_by,
    signature: linesOf(form.signature),
    returnSignature: linesOf(form.return_signature),
    conditionOut: [...new Set(items.map((item) => words(`condition.${item.condition_out}`)))].join('、'),
    returnedOn: single?.returned_at == null ? '' : day(single.returned_at),
    conditionIn: single === undefined ? '' : conditionIn(single),
    pagesBack: single?.pages_in == null ? '' : String(single.pages_in),
    remarks: [...new Set(items.map((item) => item.note).filter((note) => note !== ''))].join('\n'),
  };
}

/**
 * The borrow form as a PDF. The first print of the way out, and the first after everything came back, is frozen: sealed with its hash in
 * the log, and the same file ever after, whatever becomes of the template (B1).
 */
export function printLoanForm(context: CommandContext, number: string): Promise<PrintedForm> {
  const { sql, signal, printer } = context;
  const form = getLoanForm(sql, number);
  const stage = loansOfForm(sql, form.id).every((item) => item.returned_at !== null) ? 'in' : 'out';
  const frozen = {
    subject: `loan:${form.number}`,
    number: form.number,
    stage,
    textVersion: UNDERTAKING_VERSION,
  } as const;
  return frozenForm(context, frozen, () => {
    const base = printCommon(context);
    return printer.printForm(
      'loanForm',
      { ...base, sheets: [sheetOf(context, base.language, form)], textVersion: UNDERTAKING_VERSION },
      { signal },
    );
  });
}

type Shelved = Pick<OutputOf<'loans.reserveForms'>, 'document' | 'name' | 'pages'>;

function shelve(context: CommandContext, name: string, printed: PrintedForm): Shelved {
  const document = context.shelf.put({ name, mediaType: 'application/pdf', bytes: printed.pdf });
  return { document, name, pages: printed.pages };
}

/** Numbered blanks for a day without the machine. */
export async function printBlankForms(context: CommandContext, numbers: readonly string[]): Promise<Shelved> {
  const base = printCommon(context);
  const sheet = (formNumber: string): LoanSheet => ({
    formNumber,
    appliedOn: '',
    borrower: { name: '', department: '', position: '', contact: '' },
    mode: recordText(base.language, 'loan.mode.copy'),
    purpose: '',
    customer: { number: '', name: '' },
    items: [],
    stayed: [],
    lentOn: '',
    dueOn: '',
    restriction: '',
    departmentOpinion: '',
    managerApproval: '',
    keeper: '',
    signature: [],
    returnSignature: [],
    conditionOut: '',
    returnedOn: '',
    conditionIn: '',
    pagesBack: '',
    remarks: '',
  });
  const printed = await context.printer.printForm(
    'loanForm',
    { ...base, sheets: numbers.map(sheet), textVersion: UNDERTAKING_VERSION },
    { signal: context.signal },
  );
  return shelve(context, `${numbers[0]}-${numbers.at(-1)}.pdf`, printed);
}

/** Notices as letters, one for each borrower and kind. */
export function printNotices(
  context: CommandContext,
  given: readonly { readonly row: LoanView; readonly kind: NoticeKind; readonly step: number }[],
): Promise<Shelved> {
  const today = todayOf(context.clock);
  const groups = new Map<string, { row: LoanView; kind: NoticeKind; step: number }[]>();
  for (const one of given) {
    const key = `${one.row.borrower_id} ${one.kind} ${one.step}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const events = loanEvents(
    context.sql,
    given.map(({ row }) => row.id),
  );
  const reasonOf = (row: LoanView) =>
    events.filter((event) => event.loan_id === row.id && event.kind === 'recall').at(-1)?.text ?? '';
  return printLetters(
    context,
    [...groups.values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      return [
        {
          kind: first.kind,
          step: first.step,
          day: today,
          to: { name: first.row.borrower, department: first.row.department },
          items: group.map(({ row, kind }) => ({
            loanNumber: row.number,
            referenceCode: row.code,
            title: row.title,
            customer: row.customer_name,
            lentOn: day(row.lent_at),
            dueOn: row.due,
            late: daysOverdue(row.due, today),
            reason: kind === 'recall' ? reasonOf(row) : '',
          })),
          keeper: context.actor.displayName,
        },
      ];
    }),
  );
}

async function printLetters(context: CommandContext, letters: LoanNoticeForm['letters']): Promise<Shelved> {
  const printed = await context.printer.printForm(
    'loanNotice',
    { ...printCommon(context), letters },
    { signal: context.signal },
  );
  return shelve(context, `loanNotice-${todayOf(context.clock)}.pdf`, printed);
}
