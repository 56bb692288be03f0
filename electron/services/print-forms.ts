import { DOSSIER_CLASSES, type DossierClass } from '../../shared/domain/dossier-classes.ts';
import { MANUAL, manualKeys } from '../../shared/domain/manual.ts';
import { MANY_WITHOUT_SECRET, MOST_AT_ONCE } from '../../shared/domain/print-forms.ts';
import { longestCode } from '../../shared/domain/retention.ts';
import { DEFAULT_SECURITY_LEVEL, SECURITY_LEVELS, type SecurityLevel } from '../../shared/domain/security-levels.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { joinPdfs } from '../print/join-pdfs.ts';
import type { PrintCommon } from '../print/print-data.ts';
import type { PrintedForm } from '../print/printer.ts';
import { customersByIds } from '../store/customer-lists.ts';
import type { CustomerRow } from '../store/customers.ts';
import type { PaperView } from '../store/papers.ts';
import { exportOrders, papersOfCustomer } from '../store/papers.ts';
import { analysisAsked, compose } from './analysis.ts';
import { analysisForm } from './analysis-tables.ts';
import { ARCHIVE_FORMS, setArchiveForm } from './archive-forms.ts';
import { printBreachFile } from './breach-print.ts';
import { cardContent, paperFrame } from './card-print.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { COPY_FORMS, setCopyForm } from './copy-forms.ts';
import { CREDIT_FORMS, setCreditForm } from './credit-print.ts';
import { printCustomerFile } from './customer-file.ts';
import { selectedCustomers } from './customer-lists.ts';
import { valuesOf } from './customer-record.ts';
import { getCustomer } from './customers.ts';
import { inBinderOrder } from './dossiers.ts';
import { GAP_FORMS, gapForm } from './gap-forms.ts';
import { printLoanForm } from './loan-print.ts';
import { auditExtract, backupSheet, dossierNotes } from './log-forms.ts';
import { lookupIndexForm } from './lookup-index.ts';
import { printOfficeHandover } from './office-print.ts';
import { missingOf } from './paper-record.ts';
import { shelfLabels } from './place-forms.ts';
import { placeHoldingsForm } from './places.ts';
import { printCommon } from './print-common.ts';
import { proveAgain } from './prove-person.ts';
import { recordText, retentionWords } from './record-texts.ts';
import { registerBookForm } from './register-book.ts';
import { revisionListForm, revisionReportForm } from './revision-print.ts';
import { stockCheckForm } from './stock-checks.ts';
import { monthlyReportForm } from './supervision.ts';
import { dayOf, todayOf } from './today.ts';
import { setVisitForm, VISIT_FORMS } from './visit-print.ts';

/** 密級 of a card: the one it names, else the usual one (§7.8). */
function cardSecurity(customer: CustomerRow): SecurityLevel {
  const named = valuesOf(customer)['securityLevel'];
  return SECURITY_LEVELS.find((level) => level === named) ?? DEFAULT_SECURITY_LEVEL;
}

const catalogueRow = (language: PrintCommon['language']) => (paper: PaperView, index: number) => ({
  sequence: index + 1,
  referenceCode: paper.code,
  documentNo: paper.document_number,
  responsible: paper.responsible,
  title: paper.title,
  date: paper.date ?? '',
  security: recordText(language, `option.securityLevel.${paper.security}`),
  pages: paper.pages,
  note: paper.note,
  retention: retentionWords(language, paper.retention),
});

async function setForm(context: CommandContext, form: string, number: string): Promise<PrintedForm> {
  const copyForm = COPY_FORMS.find((name) => name === form);
  if (copyForm !== undefined) return setCopyForm(context, copyForm, number);
  const { printer, sql, clock, actor, signal } = context;
  const base = printCommon(context);
  const { language } = base;
  const visitForm = VISIT_FORMS.find((candidate) => candidate === form);
  if (visitForm !== undefined) return setVisitForm(context, base, visitForm, number);
  const creditForm = CREDIT_FORMS.find((candidate) => candidate === form);
  if (creditForm !== undefined) return setCreditForm(context, base, creditForm, number);
  const archiveForm = ARCHIVE_FORMS.find((candidate) => candidate === form);
  if (archiveForm !== undefined) return setArchiveForm(context, base, archiveForm, number);
  const missingForm = GAP_FORMS.find((candidate) => candidate === form);
  if (missingForm !== undefined)
    return printer.printForm('tableReport', await gapForm(context, base, missingForm, number), { signal });
  if (form === 'auditExtract') return printer.printForm('tableReport', auditExtract(context, base, number), { signal });
  if (form === 'backupSheet') return printer.printForm('tableReport', backupSheet(context, base), { signal });
  if (form === 'dossierNotes') return printer.printForm('tableReport', dossierNotes(context, base, number), { signal });
  if (form === 'manual') {
    const words = (key: string) => recordText(language, key);
    const chapters = MANUAL.map(manualKeys).map(({ title, points }) => ({
      title: words(title),
      points: points.map(words),
    }));
    const manual = { ...base, title: words('manual.title'), lead: words('manual.lead'), chapters };
    return printer.printForm('manual', manual, { signal });
  }
  if (form === 'placeHoldings')
    return printer.printForm('tableReport', await placeHoldingsForm(context, base, number), { signal });
  if (form === 'shelfLabels') return printer.printForm('labelSheet', shelfLabels(sql, base, number), { signal });
  if (form === 'analysis') {
    const output = compose(context, analysisAsked(number, todayOf(clock)));
    return printer.printForm('analysis', { ...base, ...analysisForm(language, output) }, { signal });
  }
  if (form === 'recoverySheet') {
    const { archive } = context;
    // R10: the key is on no disk; it can be printed only while this session still holds it from creation.
    if (archive.recoveryKey === null) throw new AppError('NOT_FOUND', { params: { what: 'recoveryKey', number: '' } });
    return printer.printForm(
      'recoverySheet',
      {
        ...base,
        vaultId: archive.vault.vaultId,
        fingerprint: archive.vault.fingerprint,
        recoveryKey: archive.recoveryKey,
        program: context.program.version,
        programHash: context.program.hash,
        createdOn: todayOf(clock),
        copy: 1,
        copies: 2,
      },
      { signal, secret: true },
    );
  }
  if (form === 'registerBook') return printer.printForm('tableReport', registerBookForm(sql, base, number), { signal });
  if (form === 'lookupIndex')
    return printer.printForm('tableReport', lookupIndexForm(context, base, number), { signal });
  if (form === 'stockCheck') return printer.printForm('tableReport', stockCheckForm(sql, base, number), { signal });
  if (form === 'supervisionReport')
    return printer.printForm(
      'tableReport',
      await monthlyReportForm(context, base, number === '' ? todayOf(clock).slice(0, 7) : number),
      { signal },
    );
  if (form === 'officeHandover') return printOfficeHandover(context, base, number);
  if (form === 'revisionList') return printer.printForm('tableReport', revisionListForm(sql, base, number), { signal });
  if (form === 'revisionReport')
    return printer.printForm('tableReport', revisionReportForm(sql, base, number), { signal });
  const [customerNumber = '', classText = ''] = number.split('#');
  const customer = getCustomer(sql, customerNumber);
  const papers = inBinderOrder(papersOfCustomer(sql, customer.id), exportOrders(sql, customer.id)).filter(
    (paper) => paper.state !== 'removed',
  );
  if (form === 'card') {
    const content = cardContent(paperFrame(context, language, actor.role), customer);
    return printer.printForm('card', { ...base, ...content }, { signal });
  }
  if (form === 'dossierLabel')
    return printer.printForm(
      'dossierLabel',
      {
        ...base,
        customer: { number: customer.number, name: customer.name, kind: customer.kind },
        tier: recordText(language, `option.tier.${customer.tier}`),
        security: recordText(language, `option.securityLevel.${cardSecurity(customer)}`),
        retention: retentionWords(language, longestCode(papers.map((paper) => paper.retention))),
        place: papers.find((paper) => paper.place !== '')?.place ?? '',
        openedOn: dayOf(new Date(customer.created_at)),
        keeper: actor.displayName,
        classes: DOSSIER_CLASSES.map((dossierClass) => {
          const inClass = papers.filter((paper) => paper.class === dossierClass);
          return {
            number: dossierClass,
            name: recordText(language, `dossierClass.${dossierClass}`),
            papers: inClass.length,
            pages: inClass.reduce((sum, paper) => sum + paper.pages, 0),
          };
        }),
      },
      { signal },
    );
  const gaps = missingOf(sql, customer, todayOf(clock));
  const catalogue = (dossierClass: DossierClass) =>
    printer.printForm(
      'catalogue',
      {
        ...base,
        title: recordText(language, 'catalogue.title'),
        customer: { number: customer.number, name: customer.name },
        class: { number: dossierClass, name: recordText(language, `dossierClass.${dossierClass}`) },
        year: todayOf(clock).slice(0, 4),
        rows: papers.filter((paper) => paper.class === dossierClass).map(catalogueRow(language)),
        missing: gaps
          .filter((gap) => gap.class === dossierClass)
          .map((gap) => [recordText(language, `documentType.${gap.type}`), gap.exportOrder ?? ''].join(' ').trim()),
      },
      { signal },
    );
  if (form !== 'dossierCatalogue')
    return catalogue(DOSSIER_CLASSES.find((candidate) => String(candidate) === classText) ?? 1);
  // The whole dossier (D6): class after class, those with papers or gaps.
  const used = DOSSIER_CLASSES.filter(
    (one) => papers.some((paper) => paper.class === one) || gaps.some((gap) => gap.class === one),
  );
  const parts: PrintedForm[] = [];
  for (const one of used.length === 0 ? DOSSIER_CLASSES : used) parts.push(await catalogue(one));
  return {
    pdf: await joinPdfs(
      parts.map((part) => part.pdf),
      `${recordText(language, 'kit.print.dossierCatalogue')} ${customer.number}`,
    ),
    pages: parts.reduce((sum, part) => sum + part.pages, 0),
    missingGlyphs: parts.flatMap((part) => part.missingGlyphs),
  };
}

/** Printed forms. `number`: the customer's; for a catalogue `E000001#2` names the class; for a borrow form the loan's; for the index `A` or `A-F`. */
export const printHandlers: HandlersOf<'print.form' | 'print.forms'> = {
  'print.form': {
    phase: 'command',
    async run(context, { form, number, papers }) {
      context.note({ object: `form:${form}`, data: { number, ...(papers.length === 0 ? {} : { papers }) } });
      const printed =
        form === 'loanForm'
          ? await printLoanForm(context, number)
          : form === 'breachFile'
            ? await printBreachFile(context, number)
            : form === 'customerFile'
              ? await printCustomerFile(context, number, papers, setForm)
              : await setForm(context, form, number);
      const name = `${form}-${number === '' ? context.archive.vault.vaultId.slice(0, 8) : number.replace(/[^\p{L}\p{N}-]/gu, '-')}.pdf`;
      const document = context.shelf.put({ name, mediaType: 'application/pdf', bytes: printed.pdf });
      return {
        document,
        pages: printed.pages,
        bytes: printed.pdf.length,
        name,
        missingGlyphs: [...new Set(printed.missingGlyphs.map((glyph) => glyph.codePoint))],
      };
    },
  },
  'print.forms': {
    phase: 'command',
    async run(context, { form, selection, secret }) {
      const { sql } = context;
      const ids = selectedCustomers(context, selection, MOST_AT_ONCE + 1);
      context.note({ object: `form:${form}`, data: { customers: ids.length } });
      if (ids.length === 0 || ids.length > MOST_AT_ONCE)
        throw new AppError('INPUT_INVALID', {
          fields: [
            {
              path: 'selection',
              message: ids.length === 0 ? 'validation.required' : 'validation.list.tooMany',
              params: { most: MOST_AT_ONCE },
            },
          ],
        });
      if (ids.length > MANY_WITHOUT_SECRET) {
        if (secret === undefined)
          throw new AppError('INPUT_INVALID', { fields: [{ path: 'secret', message: 'validation.required' }] });
        await proveAgain(context, secret);
      }
      const numbers = customersByIds(sql, ids).map(({ number }) => number);
      const parts: PrintedForm[] = [];
      for (const [index, number] of numbers.entries()) {
        context.signal.throwIfAborted();
        context.progress({ phase: 'printLayout', done: index, total: numbers.length });
        parts.push(await setForm(context, form, number));
      }
      const name = `${form}-${numbers[0] ?? ''}-${numbers.at(-1) ?? ''}.pdf`;
      const bytes = await joinPdfs(
        parts.map(({ pdf }) => pdf),
        name,
      );
      context.note({ data: { numbers } });
      return {
        document: context.shelf.put({ name, mediaType: 'application/pdf', bytes }),
        pages: parts.reduce((sum, { pages }) => sum + pages, 0),
        bytes: bytes.length,
        name,
        missingGlyphs: [...new Set(parts.flatMap((one) => one.missingGlyphs.map(({ codePoint }) => codePoint)))],
      };
    },
  },
};
