import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PrintCommon, TableReportForm } from '../print/print-data.ts';
import type { CustomerRow } from '../store/customers.ts';
import type { CommandContext } from './context.ts';
import { getCustomer } from './customers.ts';
import { type ExportSet, exportSetPieces, exportSetsNow, setsByIds } from './export-sets.ts';
import { type LedgerLine, linesOfCustomer } from './gap-lines.ts';
import { GAP_STATES, lookAtGaps } from './gap-survey.ts';
import { MOST_LISTED } from './print-common.ts';
import { recordText } from './record-texts.ts';
import { todayOf } from './today.ts';

/** Forms of what is missing: the ledger, and export orders against their documents. `number`: a customer's, or empty for all. */
export const GAP_FORMS = ['missingLedger', 'exportSets'] as const;
export type GapForm = (typeof GAP_FORMS)[number];

/** Lines read between two turns of the event loop. */
const LISTED_AT_ONCE = 500;

interface Listed<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

async function inPages<T>(
  context: CommandContext,
  page: (offset: number, limit: number) => Promise<Listed<T>> | Listed<T>,
): Promise<Listed<T>> {
  const rows: T[] = [];
  for (;;) {
    const { rows: more, total } = await page(rows.length, Math.min(LISTED_AT_ONCE, MOST_LISTED - rows.length));
    rows.push(...more);
    if (more.length === 0 || rows.length >= Math.min(total, MOST_LISTED)) return { rows, total };
    await nextTurn();
    context.signal.throwIfAborted();
  }
}

function ledgerLines(context: CommandContext, customer: CustomerRow | undefined): Promise<Listed<LedgerLine>> {
  const whole = { states: GAP_STATES };
  const own = customer && linesOfCustomer(context.sql, customer.id, todayOf(context.clock));
  return inPages(context, (offset, limit) =>
    own === undefined
      ? lookAtGaps(context, (survey, sql) => ({
          rows: survey.page(sql, whole, offset, limit),
          total: survey.count(whole),
        }))
      : { rows: own.slice(offset, offset + limit), total: own.length },
  );
}

async function exportSets(context: CommandContext, customer: CustomerRow | undefined): Promise<Listed<ExportSet>> {
  const { sql } = context;
  if (customer !== undefined) {
    const rows = [...exportSetPieces(sql, customer.id)].flat();
    return { rows, total: rows.length };
  }
  const { all } = await exportSetsNow(context);
  return inPages(context, (offset, limit) => ({
    rows: setsByIds(sql, all.slice(offset, offset + limit)),
    total: all.length,
  }));
}

/** The data of a form of missing papers. A list longer than a print takes says how much of it is there. */
export async function gapForm(
  context: CommandContext,
  base: PrintCommon,
  form: GapForm,
  number: string,
): Promise<TableReportForm> {
  const word = (key: string) => recordText(base.language, key);
  const customer = number === '' ? undefined : getCustomer(context.sql, number);
  const particularsOf = ({ rows, total }: Listed<unknown>) => [
    ...(customer === undefined ? [] : [{ label: word('gaps.customer'), value: `${customer.number} ${customer.name}` }]),
    ...(rows.length < total ? [{ label: word('yearPrint.listed'), value: `${rows.length} / ${total}` }] : []),
  ];
  const numbered = (rows: readonly (readonly string[])[]) => rows.map((row, index) => [String(index + 1), ...row]);
  if (form === 'missingLedger') {
    const lines = await ledgerLines(context, customer);
    return {
      ...base,
      landscape: true,
      title: word('kit.print.missingLedger'),
      particulars: particularsOf(lines),
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
        lines.rows.map((line) => [
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
  const sets = await exportSets(context, customer);
  const marks = { filed: '✓', missing: word('gapsPrint.missing') };
  return {
    ...base,
    landscape: true,
    title: word('kit.print.exportSets'),
    particulars: particularsOf(sets),
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
      sets.rows.map(({ set }) => [
        set.orderNumber,
        `${set.number} ${set.name}`,
        set.date,
        ...set.cells.map((cell) => (cell.state === 'waived' ? cell.detail : marks[cell.state])),
      ]),
    ),
  };
}
