import { DOSSIER_CLASSES } from '../../shared/domain/dossier-classes.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { joinPdfs } from '../print/join-pdfs.ts';
import type { TableReportForm } from '../print/print-data.ts';
import type { PrintedForm } from '../print/printer.ts';
import { type PaperView, papersOfCustomer } from '../store/papers.ts';
import type { CommandContext } from './context.ts';
import { getCustomer } from './customers.ts';
import { getPaper, missingOf, requirePaperContent } from './paper-record.ts';
import { scannedPages, scansOf } from './paper-scans.ts';
import { printCommon } from './print-common.ts';
import { recordText } from './record-texts.ts';
import { todayOf } from './today.ts';
import { customerVisitsTable } from './visit-tables.ts';

/** A customer's whole file on paper in one go: contents, card, catalogues, registers, visits, chosen scans, under one count of pages (C11, D6). */

/** Sets one form of a customer, as if it were printed alone. */
type SetForm = (context: CommandContext, form: string, number: string) => Promise<PrintedForm>;
interface Part {
  readonly title: string;
  /** How many pages it has where that is known before it is set. */
  readonly pages?: number;
  set(context: CommandContext): Promise<PrintedForm>;
}

const REGISTERS = ['orderRegister', 'debtRegister', 'goodsRegister', 'returnRegister'] as const;

/** The scans of a paper, each of their pages on a page. */
function scansPart(context: CommandContext, number: string, paper: PaperView): Part {
  const { sql, archive, printer, signal } = context;
  const { language } = printCommon(context);
  return {
    title: `${paper.code}　${paper.title}`,
    pages: scannedPages(sql, paper),
    set: (at) =>
      printer.printForm(
        'scannedPapers',
        {
          ...printCommon(at),
          title: recordText(language, 'kit.print.customerFile'),
          customer: number,
          papers: [{ referenceCode: paper.code, title: paper.title }],
        },
        { signal, scans: { papers: [{ referenceCode: paper.code, scans: scansOf(sql, archive, paper) }], mark: '' } },
      ),
  };
}

/**
 * Papers whose scans follow, in binder order. Throws `NOT_FOUND`, and `INPUT_INVALID` for a paper of somebody else, one that has no scan or
 * one that the role may not read.
 */
function chosenPapers(context: CommandContext, number: string, codes: readonly string[]): readonly PaperView[] {
  const { sql, actor } = context;
  const customer = getCustomer(sql, number);
  const chosen = codes.map((code, index) => {
    const paper = getPaper(sql, code);
    requirePaperContent(actor.role, paper);
    if (paper.customer_id !== customer.id || scannedPages(sql, paper) === 0)
      throw new AppError('INPUT_INVALID', {
        fields: [{ path: `papers.${index}`, message: 'validation.noScanOfCustomer', params: { code: paper.code } }],
      });
    return paper;
  });
  return [...new Map(chosen.map((paper) => [paper.id, paper])).values()].sort(
    (left, right) => left.class - right.class || left.sequence - right.sequence,
  );
}

function partsOf(
  context: CommandContext,
  number: string,
  scanned: readonly string[],
  setForm: SetForm,
): readonly Part[] {
  const { sql, clock, printer, signal } = context;
  const { language } = printCommon(context);
  const customer = getCustomer(sql, number);
  const words = (key: string) => recordText(language, key);
  const papers = papersOfCustomer(sql, customer.id).filter((paper) => paper.state !== 'removed');
  const gaps = missingOf(sql, customer, todayOf(clock));
  const classes = DOSSIER_CLASSES.filter(
    (one) => papers.some((paper) => paper.class === one) || gaps.some((gap) => gap.class === one),
  );
  const form = (name: string, of = customer.number, title = words(`kit.print.${name}`)): Part => ({
    title,
    set: (at) => setForm(at, name, of),
  });
  return [
    form('card'),
    ...classes.map((one) =>
      form('catalogue', `${customer.number}#${one}`, `${words('catalogue.title')}　${words(`dossierClass.${one}`)}`),
    ),
    ...REGISTERS.map((name) => form(name)),
    {
      title: words('customerFile.visits'),
      set: (at) =>
        printer.printForm(
          'tableReport',
          { ...printCommon(at), ...customerVisitsTable(at, language, customer) },
          { signal },
        ),
    },
    ...chosenPapers(context, number, scanned).map((paper) => scansPart(context, customer.number, paper)),
  ];
}

/** The first sheet: what is in the file, and on which pages. */
function contentsSheet(
  context: CommandContext,
  number: string,
  parts: readonly { readonly title: string; readonly from: number; readonly to: number }[],
): Promise<PrintedForm> {
  const base = printCommon(context);
  const customer = getCustomer(context.sql, number);
  const words = (key: string) => recordText(base.language, key);
  const sheet: TableReportForm = {
    ...base,
    title: words('kit.print.customerFile'),
    particulars: [
      { label: words('customerFile.customer'), value: `${customer.number} ${customer.name}`, wide: true },
      { label: words('customerFile.day'), value: todayOf(context.clock) },
    ],
    columns: [
      { label: words('customerFile.part'), share: 4 },
      { label: words('customerFile.pages'), share: 1, align: 'end' },
    ],
    rows: parts.map(({ title, from, to }) => [title, from === to ? String(from) : `${from}–${to}`]),
  };
  return context.printer.printForm('tableReport', sheet, { signal: context.signal });
}

/**
 * Sets every part twice: once to know how many pages it has, once with its place in the whole. `scanned`: reference codes of the papers
 * whose scans follow.
 * @throws AppError NOT_FOUND, INPUT_INVALID
 */
export async function printCustomerFile(
  context: CommandContext,
  number: string,
  scanned: readonly string[],
  setForm: SetForm,
): Promise<PrintedForm> {
  const parts = partsOf(context, number, scanned, setForm);
  const counts = [
    (
      await contentsSheet(
        context,
        number,
        parts.map(({ title }) => ({ title, from: 1, to: 1 })),
      )
    ).pages,
  ];
  for (const part of parts) {
    context.signal.throwIfAborted();
    context.progress({ phase: 'printLayout', done: counts.length, total: 2 * parts.length });
    counts.push(part.pages ?? (await part.set(context)).pages);
  }
  const inAll = counts.reduce((sum, pages) => sum + pages, 0);
  const before = (index: number) => counts.slice(0, index).reduce((sum, pages) => sum + pages, 0);
  const placed = (index: number): CommandContext => ({ ...context, paging: { before: before(index), inAll } });
  const places = parts.map(({ title }, index) => ({ title, from: before(index + 1) + 1, to: before(index + 2) }));
  const set = [await contentsSheet(placed(0), number, places)];
  for (const [index, part] of parts.entries()) {
    context.signal.throwIfAborted();
    context.progress({ phase: 'printLayout', done: parts.length + index, total: 2 * parts.length });
    set.push(await part.set(placed(index + 1)));
  }
  const { language } = printCommon(context);
  return {
    pdf: await joinPdfs(
      set.map(({ pdf }) => pdf),
      `${recordText(language, 'kit.print.customerFile')} ${getCustomer(context.sql, number).number}`,
    ),
    pages: inAll,
    missingGlyphs: set.flatMap(({ missingGlyphs }) => missingGlyphs),
  };
}
