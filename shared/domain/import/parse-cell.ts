import { normaliseForStorage } from '../../util/text.ts';
import { type FieldDefinition, type FieldValue, INDEFINITE } from '../forms/field.ts';
import { accepted, type CellResult, refused } from './cell-result.ts';
import { foldLabel } from './labels.ts';
import { parseDateCell } from './parse-date-cell.ts';
import {
  type MoneyContext,
  parseIntegerCell,
  parseMoneyCell,
  parseNumberCell,
  parsePercentCell,
} from './parse-number-cells.ts';
import { parseBooleanCell, parseChoiceCell, parseMultiEnumCell } from './parse-option-cells.ts';

const INDEFINITE_WORDS = [
  '長期',
  '长期',
  '永久',
  '無限期',
  '无限期',
  'indefinite',
  'permanent',
  'no expiry',
  '長期有效',
  '长期有效',
].map(foldLabel);
const EMPTY_WORDS = /^(-+|—+|\/+|n\/?a|null|none|無|无|暫無|暂无|未填|不詳|不详)$/iu;

/**
 * The value of a field from a table cell. Blank is null. Placeholders such as `-`, `N/A`, 無 are blank too, except where they can
 * be an answer (text, boolean, options). Lists are not read from a single cell.
 */
export function parseCell(field: FieldDefinition, text: string, context: MoneyContext = {}): CellResult<FieldValue> {
  const cell = normaliseForStorage(text);
  if (cell === '') return accepted(null);
  switch (field.type) {
    case 'text':
    case 'longText':
    case 'address':
    case 'staff':
    case 'customer':
      return accepted(field.type === 'longText' || field.type === 'address' ? cell : cell.replace(/\s*\n\s*/gu, ' '));
    case 'boolean':
      return parseBooleanCell(cell);
    case 'enum':
      return parseEnum(field, cell);
    case 'multiEnum':
      return parseMultiEnumCell(cell, field);
    case 'list':
      return refused('list', cell);
    default:
      return EMPTY_WORDS.test(cell) ? accepted(null) : parseMeasured(field, cell, context);
  }
}

function parseEnum(field: FieldDefinition, cell: string): CellResult<FieldValue> {
  const result = parseChoiceCell(cell, field, field.openOptions === true && !EMPTY_WORDS.test(cell));
  return !result.ok && EMPTY_WORDS.test(cell) ? accepted(null) : result;
}

function parseMeasured(field: FieldDefinition, cell: string, context: MoneyContext): CellResult<FieldValue> {
  switch (field.type) {
    case 'date':
      if (field.allowIndefinite === true && INDEFINITE_WORDS.includes(foldLabel(cell))) return accepted(INDEFINITE);
      return parseDateCell(cell);
    case 'partialDate':
      return parseDateCell(cell, true);
    case 'integer':
      return parseIntegerCell(cell);
    case 'number':
      return parseNumberCell(cell);
    case 'percent':
      return parsePercentCell(cell);
    case 'money':
      return parseMoneyCell(cell, context);
    case 'phone':
      return accepted(cell.normalize('NFKC').replace(/\s*\n\s*/gu, ' '));
    default:
      return accepted(cell.replace(/\s*\n\s*/gu, ' '));
  }
}
