import type { DocumentTypeKey } from '../../shared/domain/document-types.ts';
import { documentType } from '../../shared/domain/document-types.ts';
import type { DossierClass } from '../../shared/domain/dossier-classes.ts';
import type { CellResult } from '../../shared/domain/import/cell-result.ts';
import { foldLabel } from '../../shared/domain/import/labels.ts';
import { parseDateCell } from '../../shared/domain/import/parse-date-cell.ts';
import { parseIntegerCell } from '../../shared/domain/import/parse-number-cells.ts';
import { parseEnumCell, parseOriginalCell } from '../../shared/domain/import/parse-option-cells.ts';
import { recogniseClass, recogniseDocumentType } from '../../shared/domain/import/recognise-document.ts';
import { type ManifestColumn, recogniseManifestHeading } from '../../shared/domain/import/recognise-heading.ts';
import { unguardedText } from '../../shared/util/spreadsheet-text.ts';
import { normaliseForStorage } from '../../shared/util/text.ts';
import { cleanFileName } from './file-name.ts';
import { type RefusedCell, shownValue, type TableRow } from './tables/table-types.ts';

/** One paper to be filed, from one row of a manifest (cli.md `file`). */
export interface FilingRequest {
  readonly row: number;
  /** A registration number, or a name when `customerIs` is `name`; `either` when the column holds both. */
  readonly customer: string;
  readonly customerIs: 'number' | 'name' | 'either';
  readonly class: DossierClass;
  readonly type: DocumentTypeKey;
  /** The row named only a class, and the title did not tell which type either. */
  readonly typeAssumed: boolean;
  readonly title: string;
  readonly documentNumber: string;
  readonly date: string | null;
  /** Null when the manifest does not say: then the scan does. */
  readonly pages: number | null;
  readonly original: boolean;
  readonly copies: number;
  readonly place: string;
  readonly responsible: string;
  /** Key of the option set `securityLevel`, or null. */
  readonly security: string | null;
  readonly exportOrder: string | null;
  readonly validUntil: string | null;
  readonly note: string;
  /** Cleaned names of scan files, in order; empty for paper only. */
  readonly scans: readonly string[];
}

export interface ManifestMapping {
  readonly mapping: readonly (ManifestColumn | null)[];
  readonly unrecognised: readonly string[];
}

export function proposeManifestMapping(headings: readonly string[]): ManifestMapping {
  const seen = new Set<ManifestColumn>();
  const mapping = headings.map((heading) => {
    const column = recogniseManifestHeading(heading);
    if (column === undefined || seen.has(column)) return null;
    seen.add(column);
    return column;
  });
  return { mapping, unrecognised: headings.filter((heading, index) => heading !== '' && mapping[index] === null) };
}

/** Rows of a manifest as papers to be filed, what cannot be read refused by row and heading. */
export function toFilingRequests(table: { readonly headings: readonly string[]; readonly rows: readonly TableRow[] }): {
  readonly requests: readonly FilingRequest[];
  readonly refused: readonly RefusedCell[];
  readonly unrecognised: readonly string[];
} {
  const { mapping, unrecognised } = proposeManifestMapping(table.headings);
  const requests: FilingRequest[] = [];
  const refused: RefusedCell[] = [];
  for (const row of table.rows) {
    const cells = createRowReader(row, table.headings, mapping);
    const request = readRequest(cells);
    if (request !== undefined && cells.refused.length === 0) requests.push(request);
    refused.push(...cells.refused);
  }
  return { requests, refused, unrecognised };
}

function createRowReader(row: TableRow, headings: readonly string[], mapping: readonly (ManifestColumn | null)[]) {
  const refused: RefusedCell[] = [];
  const indexOf = (column: ManifestColumn): number => mapping.indexOf(column);

  function refuse(column: ManifestColumn, value: string, message: string, params?: RefusedCell['params']): undefined {
    const field = headings[indexOf(column)] ?? column;
    refused.push({
      row: row.row,
      field,
      value: shownValue(value),
      message,
      ...(params === undefined ? {} : { params }),
    });
    return undefined;
  }
  function text(column: ManifestColumn): string {
    return normaliseForStorage(unguardedText(row.cells[indexOf(column)] ?? ''));
  }
  /** The parsed value, null when blank, undefined when refused. */
  function parsed<T>(column: ManifestColumn, parse: (cell: string) => CellResult<T>): T | null | undefined {
    const cell = text(column);
    if (cell === '') return null;
    const result = parse(cell);
    return result.ok ? result.value : refuse(column, cell, result.message, result.params);
  }
  function shortText(column: ManifestColumn, max = 400): string {
    const cell = text(column).replaceAll(/\s*\n\s*/gu, ' ');
    if (cell.length > max) refuse(column, cell, 'validation.tooLong', { max });
    return cell;
  }
  return { row: row.row, refused, refuse, text, parsed, shortText };
}
type RowReader = ReturnType<typeof createRowReader>;

function readRequest(cells: RowReader): FilingRequest | undefined {
  const customer = readCustomer(cells);
  const placed = readType(cells);
  const title = cells.shortText('title') || cells.shortText('documentType');
  if (title === '') cells.refuse('title', '', 'validation.required');
  const date = cells.parsed('date', (cell) => parseDateCell(cell, true));
  const validUntil = cells.parsed('validUntil', (cell) => parseDateCell(cell));
  const pages = cells.parsed('pages', parseIntegerCell);
  if (typeof pages === 'number' && (pages < 0 || pages > 100_000))
    cells.refuse('pages', String(pages), 'exchange.manifest.pages');
  const copies = cells.parsed('copies', parseIntegerCell);
  if (typeof copies === 'number' && (copies < 1 || copies > 999))
    cells.refuse('copies', String(copies), 'exchange.manifest.copies');
  const original = cells.parsed('original', parseOriginalCell);
  const security = cells.parsed('securityLevel', (cell) => parseEnumCell(cell, 'securityLevel'));
  if (customer === undefined || placed === undefined) return undefined;
  return {
    row: cells.row,
    ...customer,
    ...placed,
    title,
    documentNumber: cells.shortText('documentNumber'),
    date: date ?? null,
    pages: pages ?? null,
    original: original ?? false,
    copies: copies ?? 1,
    place: cells.shortText('place'),
    responsible: cells.shortText('responsibleParty'),
    security: security ?? null,
    exportOrder: cells.shortText('exportOrder', 60) || null,
    validUntil: validUntil ?? null,
    note: readNote(cells),
    scans: readScans(cells.text('scan')),
  };
}

/** Who handed the paper over and when has no column of its own in the catalogue: it is kept in the note. */
function readNote(cells: RowReader): string {
  const from = [cells.text('receivedFrom'), cells.text('receivedOn')].filter((part) => part !== '').join(' ');
  return [cells.text('note'), from].filter((part) => part !== '').join('\n');
}

function readCustomer(cells: RowReader): Pick<FilingRequest, 'customer' | 'customerIs'> | undefined {
  const number = cells.text('customerNumber');
  if (number !== '') return { customer: number, customerIs: 'number' };
  const either = cells.text('customer');
  if (either !== '') return { customer: either, customerIs: 'either' };
  const name = cells.text('customerName');
  if (name !== '') return { customer: name, customerIs: 'name' };
  return cells.refuse('customer', '', 'exchange.manifest.customerMissing');
}

/** Types for papers of which only the class is known. None of them closes a gap that only another type may close, except in class 1 and 5 where any does. */
const ASSUMED_TYPES: Readonly<Record<DossierClass, DocumentTypeKey>> = {
  1: 'background',
  2: 'contract',
  3: 'repaymentAgreement',
  4: 'otherTransaction',
  5: 'returnApproval',
};
const TITLE_SEARCHED = 40;

/** The type that the longest part of a title names, in a class: 2026年採購合同 is a contract. */
function typeInTitle(title: string, dossierClass: DossierClass): DocumentTypeKey | undefined {
  const characters = Array.from(foldLabel(title)).slice(0, TITLE_SEARCHED);
  for (let length = characters.length; length >= 2; length -= 1) {
    for (let start = 0; start + length <= characters.length; start += 1) {
      const found = recogniseDocumentType(characters.slice(start, start + length).join(''));
      if (found !== undefined && documentType(found).class === dossierClass) return found;
    }
  }
  return undefined;
}

type Placed = Pick<FilingRequest, 'class' | 'type' | 'typeAssumed'>;

/** Class or document type: either is enough, and people write one in the other's column. */
function readType(cells: RowReader): Placed | undefined {
  const typeCell = cells.text('documentType');
  const classCell = cells.text('class');
  const type = recogniseDocumentType(typeCell) ?? recogniseDocumentType(classCell);
  const dossierClass = recogniseClass(classCell) ?? (type === undefined ? recogniseClass(typeCell) : undefined);
  if (type !== undefined) {
    const own = documentType(type).class;
    if (dossierClass !== undefined && dossierClass !== own) {
      return cells.refuse('class', classCell, 'exchange.manifest.classConflict', { class: own });
    }
    return { class: own, type, typeAssumed: false };
  }
  if (typeCell !== '' && dossierClass === undefined) {
    return cells.refuse('documentType', typeCell, 'exchange.manifest.typeUnknown');
  }
  if (dossierClass === undefined) {
    if (classCell !== '') return cells.refuse('class', classCell, 'exchange.manifest.classUnknown');
    return cells.refuse('documentType', '', 'exchange.manifest.typeMissing');
  }
  const named = typeInTitle(`${typeCell} ${cells.text('title')}`, dossierClass);
  return { class: dossierClass, type: named ?? ASSUMED_TYPES[dossierClass], typeAssumed: named === undefined };
}

/** One or several file names in a cell; folders before them are stripped (R67). */
function readScans(cell: string): string[] {
  return cell
    .split(/[;；|\n]/u)
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => cleanFileName(name).name);
}
