import { createHash } from 'node:crypto';
import type { AnalysisOutput, AnalysisRow } from '../../shared/contract/analysis.ts';
import type { ParsedInputOf } from '../../shared/contract/contract.ts';
import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import { optionWords } from '../../shared/domain/forms/option-sets.ts';
import { customerListFields } from '../../shared/domain/lists/customer-list.ts';
import { fromMinor } from '../../shared/domain/money.ts';
import { type CsvCell, csvBytes } from '../exchange/safe-csv.ts';
import { workbookBytes } from '../exchange/workbook.ts';
import type { AnalysisForm, PrintCommon } from '../print/print-data.ts';
import { compose } from './analysis.ts';
import type { HandlersOf, QueryContext } from './context.ts';
import { listMatter, releaseList } from './list-release.ts';
import { type PaperLanguage, recordText } from './record-texts.ts';
import { plainMark, protectionLine } from './release-protection.ts';
import { readSettings } from './settings.ts';

/** A composition as a table: CSV, and the printed analysis with its bars. */

const FIELDS = customerListFields('keeper');

function groupLabel(language: PaperLanguage, group: AnalysisOutput['group']): string {
  const field = FIELDS.get(group);
  return recordText(language, field === undefined ? `analysis.group.${group}` : field.labelKey);
}

function rowLabel(language: PaperLanguage, { group }: AnalysisOutput, row: AnalysisRow): string {
  if (row.rest) return recordText(language, 'analysis.rest');
  if (row.value === null) return recordText(language, 'list.group.empty');
  if (row.name !== '') return `${row.value} ${row.name}`;
  const field = FIELDS.get(group);
  if (field?.type === 'flag') return recordText(language, row.value === '1' ? 'list.yes' : 'list.no');
  return field === undefined ? row.value : optionWords(field, row.value, (key) => recordText(language, key));
}

interface AnalysisColumn {
  readonly label: string;
  readonly share?: number;
  readonly numeric: boolean;
  /** Two decimals in every row, so that they stand below each other on paper. */
  readonly percent?: boolean;
  readonly cell: (row: AnalysisRow) => CsvCell;
}

function columnsOf(language: PaperLanguage, output: AnalysisOutput): AnalysisColumn[] {
  const t = (key: string) => recordText(language, key);
  const money = (minor: number | null): CsvCell =>
    minor === null ? null : { decimal: fromMinor(minor, output.currency) };
  const numeric = (label: string, cell: AnalysisColumn['cell']): AnalysisColumn => ({ label, numeric: true, cell });
  const percent = (label: string, cell: AnalysisColumn['cell']): AnalysisColumn => ({
    ...numeric(label, cell),
    percent: true,
  });
  return [
    {
      label: groupLabel(language, output.group),
      share: 2.4,
      numeric: false,
      cell: (row) => (row === output.total ? t('analysis.total') : rowLabel(language, output, row)),
    },
    ...(output.total.customers === null ? [] : [numeric(t('analysis.customers'), (row) => row.customers)]),
    numeric(`${t('analysis.amount')} ${output.currency}`, (row) => money(row.amount)),
    percent(t('analysis.share'), (row) => row.share),
    percent(t('analysis.cumulative'), (row) => row.cumulative),
    numeric(t('analysis.former'), (row) => money(row.former)),
    percent(t('analysis.change'), (row) => row.change),
    ...(output.analysis === 'credit'
      ? [
          numeric(t('analysis.owed'), (row) => money(row.owed)),
          numeric(t('analysis.overdue'), (row) => money(row.overdue)),
          numeric(t('analysis.limit'), (row) => money(row.limit)),
        ]
      : []),
    ...output.years.map((year, index) => numeric(String(year), (row) => money(row.series[index] ?? 0))),
  ];
}

function tableOf(language: PaperLanguage, output: AnalysisOutput) {
  const columns = columnsOf(language, output);
  return {
    headings: columns.map(({ label }) => label),
    rows: [...output.rows, output.total].map((row) => columns.map(({ cell }) => cell(row))),
  };
}

type Wanted = ParsedInputOf<'exports.analysisStatement'>;

function statementOf({ sql, archive }: QueryContext, wanted: Wanted, output: AnalysisOutput): AgreementStatement {
  const language = readSettings(sql).printLanguage;
  const table = JSON.stringify(tableOf(language, output));
  return {
    kind: 'listExport',
    subject: `vault:${archive.vault.vaultId}`,
    purpose: recordText('zh-Hant', 'exports.recordsPurpose'),
    lines: [
      { field: 'exportFormat', value: wanted.format },
      protectionLine(wanted.sealedFor),
      {
        field: 'exportList',
        value: `${recordText(language, `analysis.title.${output.analysis}`)} ${output.from} – ${output.to}`,
      },
      { field: 'exportRows', value: String(output.rows.length) },
      { field: 'exportManifest', value: createHash('sha256').update(table).digest('hex') },
    ],
  };
}

/** A composition leaves as every list does: own secret, a second person, sealed or in plain and marked (R25, R70, R71). */
export const analysisExportHandlers: HandlersOf<'exports.analysisStatement' | 'exports.analysis'> = {
  'exports.analysisStatement': {
    phase: 'query',
    run(context, wanted) {
      const output = compose(context, wanted);
      return listMatter(context, output.rows.length, statementOf(context, wanted, output));
    },
  },
  'exports.analysis': {
    phase: 'job',
    async run(context, { file, secret, seal, ...wanted }) {
      const output = compose(context, wanted);
      const { analysis, group, from, to } = output;
      context.note({ object: `analysis:${analysis}`, data: { group, from, to, rows: output.rows.length } });
      return await releaseList(context, {
        file,
        secret,
        rows: output.rows.length,
        sealedFor: wanted.sealedFor,
        seal,
        statement: () => statementOf(context, wanted, output),
        async bytes() {
          const language = readSettings(context.sql).printLanguage;
          const { headings, rows } = tableOf(language, output);
          const mark = wanted.sealedFor === undefined ? plainMark(context) : undefined;
          return wanted.format === 'csv'
            ? csvBytes(headings, rows, mark)
            : await workbookBytes(recordText(language, `analysis.title.${analysis}`), headings, rows, mark);
        },
      });
    },
  },
};

const PRINTED_BARS = 20;

/** The printed analysis (A1–A4): bars of the period beside the period before, then the table. */
export function analysisForm(language: PaperLanguage, output: AnalysisOutput): Omit<AnalysisForm, keyof PrintCommon> {
  const columns = columnsOf(language, output);
  const t = (key: string) => recordText(language, key);
  const largest = Math.max(1, ...output.rows.flatMap((row) => [row.amount, row.former]));
  const grouped = new Intl.NumberFormat(language);
  const hundredths = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const words = (cell: CsvCell, percent = false): string => {
    if (cell === null) return '–';
    if (typeof cell === 'number') return (percent ? hundredths : grouped).format(cell);
    if (typeof cell === 'object') return grouped.format(Math.round(Number(cell.decimal)));
    return String(cell);
  };
  return {
    title: t(`analysis.title.${output.analysis}`),
    particulars: [
      { label: t('analysis.period'), value: `${output.from} – ${output.to}` },
      { label: t('analysis.formerPeriod'), value: `${output.formerFrom} – ${output.formerTo}` },
      { label: t('analysis.groupedBy'), value: groupLabel(language, output.group) },
      { label: t('analysis.currency'), value: output.currency },
      ...output.unconverted.map(({ currency, amount }) => ({
        label: t('analysis.unconverted'),
        value: `${currency} ${fromMinor(amount, currency)}`,
      })),
    ],
    legend: [`${output.from} – ${output.to}`, `${output.formerFrom} – ${output.formerTo}`],
    bars: output.rows.slice(0, PRINTED_BARS).map((row) => ({
      label: rowLabel(language, output, row),
      value: `${words({ decimal: fromMinor(row.amount, output.currency) })}　${hundredths.format(row.share)} %`,
      now: Math.max(0, row.amount / largest),
      former: Math.max(0, row.former / largest),
    })),
    columns: columns.map(({ label, share, numeric }) => ({
      label,
      share: share ?? 1,
      align: numeric ? ('end' as const) : ('start' as const),
    })),
    rows: output.rows.map((row) => columns.map(({ cell, percent }) => words(cell(row), percent))),
    totals: columns.map(({ cell, percent }) => words(cell(output.total), percent)),
  };
}
