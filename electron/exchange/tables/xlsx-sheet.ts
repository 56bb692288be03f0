import { type DateSystem, type NumberStyle, numberText } from './cell-number.ts';
import { type CellProblem, type RawRow, textProblem } from './raw-row.ts';
import { fileRefusal, type ReadContext } from './table-limits.ts';
import { unescapeText } from './xlsx-parts.ts';
import type { Attributes } from './xml-reader.ts';
import { createXmlReader } from './xml-reader.ts';

const LAST_ROW = 1_048_576;
const PLAIN: NumberStyle = { kind: 'plain' };

export interface SheetParts {
  readonly strings: readonly string[];
  readonly styles: readonly NumberStyle[];
  readonly dateSystem: DateSystem;
}

interface Cell {
  readonly column: number;
  readonly type: string;
  readonly style: NumberStyle;
  value: string | undefined;
  inline: string | undefined;
  formula: boolean;
}

/** 0-based column of a reference such as `AB12`; undefined when it is none. */
export function columnOf(reference: string): number | undefined {
  const letters = /^\$?([A-Z]{1,3})\$?\d*$/u.exec(reference)?.[1];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** Excel writes a date cell of type `d` with midnight spelled out. */
function isoDateText(text: string): string {
  return text.replace(/T00:00:00(\.0+)?Z?$/u, '');
}

/**
 * Cells of one sheet from its XML, row by row. `push` returns the rows completed by that piece.
 * A formula gives the value that was saved with it, as text; it is never evaluated (R63).
 */
export function createSheetReader(parts: SheetParts, context: ReadContext) {
  const { name: file, limits } = context;
  let done: RawRow[] = [];
  let rowNumber = 0;
  let cells: string[] = [];
  let problems: CellProblem[] = [];
  let cell: Cell | undefined;
  let nextColumn = 0;
  let collecting: 'value' | 'inline' | undefined;
  let phonetic = 0;
  let cellCount = 0;
  let inSheetData = false;

  function refuseDamage(): never {
    throw fileRefusal('FILE_DAMAGED', file, 'exchange.file.damaged');
  }

  function openRow(attributes: Attributes): void {
    const number = attributes.r === undefined ? rowNumber + 1 : Number(attributes.r);
    // Rows rise; the same number twice would let two readers see two different tables.
    if (!Number.isInteger(number) || number <= rowNumber || number > LAST_ROW) refuseDamage();
    rowNumber = number;
    cells = [];
    problems = [];
    nextColumn = 0;
  }

  function openCell(attributes: Attributes): void {
    const column = attributes.r === undefined ? nextColumn : columnOf(attributes.r);
    if (column === undefined || column < nextColumn) refuseDamage();
    cellCount += 1;
    if (cellCount > limits.cells)
      throw fileRefusal('FILE_TOO_LARGE', file, 'exchange.xlsx.cells', { limit: limits.cells });
    nextColumn = column + 1;
    const style = parts.styles[Number(attributes.s ?? '0')] ?? PLAIN;
    cell = { column, type: attributes.t ?? 'n', style, value: undefined, inline: undefined, formula: false };
  }

  function cellText(current: Cell): string {
    const { value = '', inline } = current;
    switch (current.type) {
      case 's': {
        if (value === '') return '';
        return parts.strings[Number(value)] ?? refuseDamage();
      }
      case 'inlineStr':
        return unescapeText(inline ?? value);
      case 'str':
        return unescapeText(value);
      case 'b':
        return value === '' ? '' : /^(1|true)$/u.test(value) ? 'TRUE' : 'FALSE';
      case 'd':
        return isoDateText(value);
      case 'e':
        problems.push({ column: current.column, value, message: 'exchange.row.cellError' });
        return value;
      default:
        return value === '' ? '' : numberText(value, current.style, parts.dateSystem);
    }
  }

  function closeCell(current: Cell): void {
    const text = cellText(current);
    if (current.formula && current.value === undefined) {
      problems.push({ column: current.column, value: '', message: 'exchange.row.formulaWithoutValue' });
    }
    // Empty cells far to the right are what formatting a whole row leaves behind.
    if (text === '' && current.column >= limits.columns) return;
    if (current.column >= limits.columns) {
      throw fileRefusal('FILE_TOO_LARGE', file, 'exchange.file.columns', { limit: limits.columns });
    }
    const problem = textProblem(text, current.column, limits, 'UTF-8');
    if (problem !== undefined) problems.push(problem);
    while (cells.length < current.column) cells.push('');
    cells[current.column] = text;
  }

  const reader = createXmlReader(context, {
    open(name, attributes) {
      if (name === 'sheetData') inSheetData = true;
      if (!inSheetData) return;
      if (name === 'row') openRow(attributes);
      else if (name === 'c') openCell(attributes);
      else if (cell === undefined) return;
      else if (name === 'v') {
        collecting = 'value';
        cell.value ??= '';
      } else if (name === 'f') cell.formula = true;
      else if (name === 'is') cell.inline = '';
      else if (name === 'rPh') phonetic += 1;
      else if (name === 't' && phonetic === 0) collecting = 'inline';
    },
    text(piece) {
      if (cell === undefined || collecting === undefined) return;
      if (collecting === 'value') cell.value = (cell.value ?? '') + piece;
      else cell.inline = (cell.inline ?? '') + piece;
    },
    close(name) {
      if (name === 'v' || name === 't') collecting = undefined;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'c' && cell !== undefined) {
        closeCell(cell);
        cell = undefined;
      } else if (name === 'row' && inSheetData) done.push({ row: rowNumber, cells, problems });
      else if (name === 'sheetData') inSheetData = false;
    },
  });

  function take(): RawRow[] {
    const rows = done;
    done = [];
    return rows;
  }

  return {
    push(chunk: Buffer): RawRow[] {
      reader.write(chunk);
      return take();
    },
    end(): RawRow[] {
      reader.end();
      return take();
    },
  };
}
