import type { PrintCommon } from '../print/print-data.ts';
import type { PrintedForm } from '../print/printer.ts';
import type { CommandContext } from './context.ts';
import { CreditPapers } from './credit-papers.ts';
import { paperWords } from './paper-words.ts';
import { RegisterPapers } from './register-papers.ts';
import type { Sheet } from './visit-sheets.ts';
import type { Table } from './visit-tables.ts';

/** Registers of D2–D5 drawn from the figures, and the papers of credit and routes. What `number` means stands with each. */
export const CREDIT_FORMS = [
  'orderRegister',
  'debtRegister',
  'goodsRegister',
  'returnRegister',
  'creditApproval',
  'scoreSheet',
  'repaymentPlan',
  'extensionApproval',
  'termsSlip',
  'creditList',
  'routeSheet',
] as const;
export type CreditForm = (typeof CREDIT_FORMS)[number];

/** Sets one of these forms. @throws AppError NOT_FOUND, PRINT_FAILED */
export function setCreditForm(
  context: CommandContext,
  base: PrintCommon,
  form: CreditForm,
  number: string,
): Promise<PrintedForm> {
  const { printer, signal } = context;
  const words = paperWords(base.language);
  const registers = new RegisterPapers(context, words);
  const papers = new CreditPapers(context, words);
  const sheet = (data: Sheet) =>
    printer.printForm('sheets', { ...base, title: data.title, sheets: [data] }, { signal });
  const table = (data: Table) => printer.printForm('tableReport', { ...base, ...data }, { signal });
  switch (form) {
    case 'orderRegister':
      return table(registers.orders(number));
    case 'debtRegister':
      return table(registers.debts(number));
    case 'goodsRegister':
      return table(registers.goods(number));
    case 'returnRegister':
      return table(registers.returns(number));
    case 'creditList':
      return table(registers.list(number));
    case 'routeSheet':
      return table(registers.route(number));
    case 'creditApproval':
      return sheet(papers.approval(number));
    case 'scoreSheet':
      return sheet(papers.score(number));
    case 'repaymentPlan':
      return sheet(papers.plan(number));
    case 'extensionApproval':
      return sheet(papers.extension(number));
    case 'termsSlip':
      return sheet(papers.slip(number));
  }
}
