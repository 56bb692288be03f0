import { type CustomerFacts, customerFacts } from '../../shared/domain/issued-copies.ts';
import type { Clock } from '../platform/clock.ts';
import type { IssuedCopyForm } from '../print/copy-print-data.ts';
import type { FormOptions } from '../print/printer.ts';
import type { CopyRequestView } from '../store/copy-requests.ts';
import { requestedCustomers } from '../store/copy-requests.ts';
import { type CustomerRow, findCustomer, findCustomerById } from '../store/customers.ts';
import type { PaperView } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import { cardContent, paperFrame } from './card-print.ts';
import type { OpenArchive } from './context.ts';
import { valuesOf } from './customer-record.ts';
import { scansOf } from './paper-scans.ts';
import { filledText, type PaperLanguage, recordText } from './record-texts.ts';

/** A unit that is a customer of its own is written by its name: the number says more than a salesperson gets (I2). */
function namedUnit(sql: Reader, facts: CustomerFacts): CustomerFacts {
  const known = facts.unit === '' ? undefined : findCustomer(sql, facts.unit.trim().toUpperCase());
  return known === undefined ? facts : { ...facts, unit: known.name };
}

function customersOf(sql: Reader, request: CopyRequestView): CustomerRow[] {
  return requestedCustomers(sql, request.id).flatMap(({ id }) => findCustomerById(sql, id) ?? []);
}

/** What the copy of a request shows (I2): three facts for salespeople, the whole card for customer service; nothing is added later. */
export function copyContent(
  context: { readonly sql: Reader; readonly clock: Clock },
  language: PaperLanguage,
  request: CopyRequestView,
  papers: readonly PaperView[],
): Pick<IssuedCopyForm, 'facts' | 'cards' | 'papers'> {
  const { sql } = context;
  const customers = customersOf(sql, request);
  if (request.recipient_role === 'salesperson')
    return {
      facts: customers.map((row) => {
        const { unit, people } = namedUnit(sql, customerFacts(row.kind, valuesOf(row)));
        return { unit, people: people.map((one) => ({ ...one })) };
      }),
      cards: [],
      papers: [],
    };
  return {
    facts: [],
    cards: customers.map((row) => cardContent(paperFrame(context, language, 'customerService'), row)),
    papers: papers.map((paper) => ({
      referenceCode: paper.code,
      title: paper.title,
      customer: `${paper.customer_number} ${paper.customer_name}`,
      type: recordText(language, `documentType.${paper.type}`),
      pages: paper.pages,
    })),
  };
}

/** The scans of the papers in the order of `papers`, and the words drawn into each: whose copy it is, which, since when, until when. */
export function copyScans(
  { sql, archive }: { readonly sql: Reader; readonly archive: OpenArchive },
  language: PaperLanguage,
  copy: {
    readonly number: string;
    readonly today: string;
    readonly request: CopyRequestView;
    readonly papers: readonly PaperView[];
  },
): NonNullable<FormOptions['scans']> {
  const words = { name: copy.request.staff_name, number: copy.number, made: copy.today, back: copy.request.recover_by };
  return {
    papers: copy.papers.map((paper) => ({ referenceCode: paper.code, scans: scansOf(sql, archive, paper) })),
    mark: filledText(language, 'copies.scanMark', words),
  };
}
