import { DEALING_KINDS, type DealingKind, dealingField } from '../../shared/domain/forms/dealing-forms.ts';
import type { FieldDefinition, FieldValue } from '../../shared/domain/forms/field.ts';
import { accepted, type CellResult, refused } from '../../shared/domain/import/cell-result.ts';
import { parseCell } from '../../shared/domain/import/parse-cell.ts';
import { type MoneyContext, parseMoneyCell } from '../../shared/domain/import/parse-number-cells.ts';
import { recogniseDealingHeading } from '../../shared/domain/import/recognise-heading.ts';
import { currencyIn, headingUnit } from '../../shared/domain/import/units.ts';
import { unguardedText } from '../../shared/util/spreadsheet-text.ts';
import { normaliseForStorage } from '../../shared/util/text.ts';
import type { ColumnMapping } from './column-mapping.ts';
import { type RefusedCell, shownValue, type TableRow } from './tables/table-types.ts';

/** A row of a table of dealings, its cells read by the fields of its kind. A money value has an empty currency where nobody said one. */
export interface DealingCandidate {
  readonly row: number;
  readonly values: Readonly<Record<string, FieldValue>>;
}
export type DealingRow = { readonly candidate: DealingCandidate } | { readonly refused: readonly RefusedCell[] };

export interface DealingMapping {
  readonly kind: DealingKind;
  readonly mapping: ColumnMapping;
  readonly unrecognised: readonly string[];
}

/** Which column is which field, from the headings alone; the kind that knows most of them when nobody says. */
export function proposeDealingMapping(headings: readonly string[], kind?: DealingKind): DealingMapping {
  const of = (candidate: DealingKind): DealingMapping => {
    const seen = new Set<string>();
    const mapping = headings.map((heading) => {
      const key = recogniseDealingHeading(heading, candidate);
      if (key === undefined || seen.has(key)) return null;
      seen.add(key);
      return key;
    });
    return {
      kind: candidate,
      mapping,
      unrecognised: headings.filter((heading, index) => heading !== '' && mapping[index] === null),
    };
  };
  if (kind !== undefined) return of(kind);
  const known = (proposal: DealingMapping) => proposal.mapping.filter((key) => key !== null).length;
  return DEALING_KINDS.map(of).reduce((best, proposal) => (known(proposal) > known(best) ? proposal : best));
}

function parseDealingCell(field: FieldDefinition, cell: string, context: MoneyContext): CellResult<FieldValue> {
  if (field.type === 'money') {
    const text = normaliseForStorage(cell);
    return text === '' || /^[-—/]+$/u.test(text) ? accepted(null) : parseMoneyCell(text, context, '');
  }
  if (field.key !== 'currency') return parseCell(field, cell, context);
  const text = normaliseForStorage(cell);
  if (text === '') return accepted(null);
  const code = currencyIn(text) ?? (/^[A-Za-z]{3}$/.test(text) ? text.toUpperCase() : undefined);
  return code === undefined ? refused('currency', text) : accepted(code);
}

/**
 * Rows of a table as dealings, every cell that cannot be read refused by row and heading (R63).
 * @param mapping field keys by column, null for a column that is passed over
 */
export function dealingReader(
  headings: readonly string[],
  mapping: ColumnMapping,
  kind: DealingKind,
): (row: TableRow) => DealingRow {
  const plans = mapping.flatMap((key, column) => {
    const field = key === null ? undefined : dealingField(kind, key);
    if (field === undefined) return [];
    return [{ column, field, heading: headings[column] ?? '', unit: headingUnit(headings[column] ?? '') }];
  });
  return (row) => {
    const values: Record<string, FieldValue> = {};
    const problems: RefusedCell[] = [];
    const refuse = (field: string, value: string, message: string, params?: RefusedCell['params']) =>
      problems.push({
        row: row.row,
        field,
        value: shownValue(value),
        message,
        ...(params === undefined ? {} : { params }),
      });
    for (const { column, field, heading, unit } of plans) {
      const cell = unguardedText(row.cells[column] ?? '');
      const result = parseDealingCell(field, cell, unit);
      if (!result.ok) refuse(heading, cell, result.message, result.params);
      else if (result.value === null) continue;
      else if (typeof result.value === 'string' && result.value.length > (field.maxLength ?? 400))
        refuse(heading, cell, 'validation.tooLong', { max: field.maxLength ?? 400 });
      else values[field.key] = result.value;
    }
    return problems.length > 0 ? { refused: problems } : { candidate: { row: row.row, values } };
  };
}
