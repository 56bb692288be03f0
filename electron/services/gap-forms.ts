import type { PrintCommon, TableReportForm } from '../print/print-data.ts';
import type { Reader } from '../store/sql.ts';
import { getCustomer } from './customers.ts';
import { exportSetsOf, ledgerOf } from './gaps.ts';
import { recordText } from './record-texts.ts';

/** Forms of what is missing: the ledger, and export orders against their documents. `number`: a customer's, or empty for all. */
export const GAP_FORMS = ['missingLedger', 'exportSets'] as const;
export type GapForm = (typeof GAP_FORMS)[number];

/** The data of a form of missing papers. */
export function gapForm(sql: Reader, base: PrintCommon, today: string, form: GapForm, number: string): TableReportForm {
  const word = (key: string) => recordText(base.language, key);
  const customer = number === '' ? undefined : getCustomer(sql, number);
  const particulars =
    customer === undefined ? [] : [{ label: word('gaps.customer'), value: `${customer.number} ${customer.name}` }];
  const numbered = (rows: readonly (readonly string[])[]) => rows.map((row, index) => [String(index + 1), ...row]);
  if (form === 'missingLedger') {
    const lines = ledgerOf(sql, today, { customer });
    return {
      ...base,
      landscape: true,
      title: word('kit.print.missingLedger'),
      particulars,
      columns: [
        { label: word('gapsPrint.position'), share: 0.4, align: 'end' },
        { label: word('gaps.customer'), share: 2.2 },
        { label: word('gaps.paper'), share: 1.8 },
        { label: word('gapsPrint.order'), share: 1 },
        { label: word('gaps.why'), share: 1.8 },
        { label: word('gaps.since'), share: 0.9 },
        { label: word('gaps.owedBy'), share: 1.2 },
        { label: word('gaps.dueOn'), share: 0.9 },
        { label: word('gaps.note'), share: 1.4 },
      ],
      rows: numbered(
        lines.map((line) => [
          `${line.number} ${line.name}`,
          word(`documentType.${line.type}`),
          line.exportOrder ?? '',
          line.never === null
            ? word(`gaps.reason.${line.reason}`)
            : `${word(`waiver.${line.never.state}`)}：${line.never.reason}`,
          line.since ?? '',
          line.owedBy,
          line.dueOn ?? '',
          line.note,
        ]),
      ),
    };
  }
  const marks = { filed: '✓', missing: word('gapsPrint.missing') };
  return {
    ...base,
    landscape: true,
    title: word('kit.print.exportSets'),
    particulars,
    columns: [
      { label: word('gapsPrint.position'), share: 0.4, align: 'end' },
      { label: word('gapsPrint.order'), share: 1.3 },
      { label: word('gaps.customer'), share: 2.4 },
      { label: word('gapsPrint.date'), share: 0.9 },
      ...(['packingList', 'customsDeclaration', 'inspectionReport', 'commodityInspection'] as const).map((type) => ({
        label: word(`documentType.${type}`),
        share: 1.2,
        align: 'center' as const,
      })),
    ],
    rows: numbered(
      exportSetsOf(sql, customer).map((set) => [
        set.orderNumber,
        `${set.number} ${set.name}`,
        set.date,
        ...set.cells.map((cell) => (cell.state === 'waived' ? cell.detail : marks[cell.state])),
      ]),
    ),
  };
}
