import type { OutputOf, ParsedInputOf } from '../../../shared/contract/contract.ts';
import { asTabSeparated } from '../../ui/table/columns.ts';

export type TableRead = OutputOf<'imports.read'>;
export type ImportReport = OutputOf<'imports.apply'>;

/** A cell put right: of the file's row, in a column from 0. */
export type Correction = ParsedInputOf<'imports.apply'>['corrections'][number];

export type ImportStep = 'choose' | 'map' | 'report' | 'done';
export const IMPORT_STEPS: readonly ImportStep[] = ['choose', 'map', 'report', 'done'];

/** Fields that two columns claim at once: each field takes one column only. */
export function doubleFields(mapping: readonly (string | null)[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const field of mapping) if (field !== null) counts.set(field, (counts.get(field) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1).map(([field]) => field);
}

/** The mapping with one column given to a field; the column that had it before is left without. */
export function withColumn(
  mapping: readonly (string | null)[],
  column: number,
  field: string | null,
): readonly (string | null)[] {
  return mapping.map((former, index) => {
    if (index === column) return field;
    return field !== null && former === field ? null : former;
  });
}

/** Columns that no field takes, by their index. */
export function unmappedColumns(mapping: readonly (string | null)[]): readonly number[] {
  return mapping.flatMap((field, index) => (field === null ? [index] : []));
}

/** Every row is accounted for: brought in, updated, unchanged or refused. */
export function addsUp(report: ImportReport): boolean {
  return report.imported + report.updated + report.unchanged + report.refusedTotal === report.rows;
}

/** The refused rows as lines of tab-separated text, for a spreadsheet or a letter. */
export function refusedAsText(
  rows: readonly { row: number; field: string; value: string; reason: string }[],
  headings: readonly [string, string, string, string],
): string {
  return asTabSeparated([headings, ...rows.map((row) => [String(row.row), row.field, row.value, row.reason])]);
}
