import { TIERS, type Tier } from '../../shared/domain/classification.ts';
import type { FieldValue, ListItem } from '../../shared/domain/form-fields.ts';
import {
  type CardForms,
  type CardKind,
  nameField,
  STANDARD_FORMS,
  validateCard,
} from '../../shared/domain/form-fields.ts';
import type { CellResult } from '../../shared/domain/import/cell-result.ts';
import { parseCell } from '../../shared/domain/import/parse-cell.ts';
import { parseEnumCell } from '../../shared/domain/import/parse-option-cells.ts';
import { importedField } from '../../shared/domain/import/recognise-heading.ts';
import { headingUnit } from '../../shared/domain/import/units.ts';
import { unguardedText } from '../../shared/util/spreadsheet-text.ts';
import { type ColumnMapping, checkMapping, identifyingPart, listPart, mappingForOtherKind } from './column-mapping.ts';
import { type RefusedCell, shownValue, type TableRow } from './tables/table-types.ts';

/** A row that can become a card, or change one. */
export interface CustomerCandidate {
  readonly row: number;
  readonly kind: CardKind;
  /** Registration number that the table gives, for a card that exists already. */
  readonly number: string | undefined;
  /** Class of the customer (K2), when the table gives it. */
  readonly tier: Tier | undefined;
  /** Values of the form; only what the table has, lists put together from their columns. */
  readonly values: Readonly<Record<string, FieldValue>>;
  /** The rest of card control by key: `status`, `visitedOn`, `securityLevel` … (forms-and-standards §1.1). */
  readonly control: Readonly<Record<string, FieldValue>>;
}

export interface CandidateTable {
  readonly candidates: readonly CustomerCandidate[];
  readonly refused: readonly RefusedCell[];
}

export type RefusedCandidate = RefusedCell;

export interface CandidateOptions {
  readonly mapping: ColumnMapping;
  readonly kind: CardKind;
  readonly kindIsFixed: boolean;
  /** The archive's forms; default: the program's alone. */
  readonly forms?: CardForms;
  /** The rows have been read before and can be stored: the whole card is not judged a second time. */
  readonly judged?: boolean;
  /** Cards that exist: a row that changes one needs no name, and one with its number is of its kind. */
  readonly existing?: ExistingCards;
}

export interface ExistingCards {
  /** Kind of the card with this registration number. */
  kindOf(number: string): CardKind | undefined;
  /** Whether a card has the code that these values give. */
  hasCode(kind: CardKind, values: Readonly<Record<string, FieldValue>>): boolean;
}

const COMPANY_WORDS =
  /公司|企業|企业|集團|集团|工廠|工厂|商行|商社|有限|股份|\b(ltd|limited|inc|corp|llc|gmbh|co)\b\.?/iu;

/**
 * Rows of a table as cards (C1, C2), every cell that cannot be read and every value that a card could
 * not store refused by row and heading (R63).
 * @param kind the kind that the mapping was proposed for.
 * @param kindIsFixed somebody said so: every row is of that kind, whatever it looks like.
 * @throws AppError INPUT_INVALID when the mapping names what is no field.
 */
export function toCandidates(
  table: { readonly headings: readonly string[]; readonly rows: readonly TableRow[] },
  mapping: ColumnMapping,
  kind: CardKind,
  kindIsFixed = false,
): CandidateTable {
  const reader = candidateReader(table.headings, { mapping, kind, kindIsFixed });
  const candidates: CustomerCandidate[] = [];
  const refused: RefusedCell[] = [];
  for (const row of table.rows) {
    const result = reader(row);
    if ('candidate' in result) candidates.push(result.candidate);
    else refused.push(...result.refused);
  }
  return { candidates, refused };
}

export type RowResult = { readonly candidate: CustomerCandidate } | { readonly refused: readonly RefusedCell[] };

/** The same row by row, for tables that are read in steps. Errors as `toCandidates`. */
export function candidateReader(headings: readonly string[], options: CandidateOptions): (row: TableRow) => RowResult {
  const { mapping, kind, forms = STANDARD_FORMS } = options;
  checkMapping(mapping, headings, kind, forms);
  const other: CardKind = kind === 'enterprise' ? 'individual' : 'enterprise';
  const plans: Record<CardKind, readonly ColumnPlan[]> = {
    enterprise: [],
    individual: [],
    [kind]: planColumns(headings, mapping, kind, forms),
    [other]: planColumns(headings, mappingForOtherKind(mapping, headings, kind, other, forms), other, forms),
  };
  const kindColumn = mapping.indexOf('control.kind');

  return (row) => {
    const draft = createDraft(row);
    const rowKind = kindOfRow(row, kindColumn, plans, options, draft);
    for (const plan of plans[rowKind]) readCell(plan, unguardedText(row.cells[plan.column] ?? ''), draft);
    const values = assemble(draft.values, rowKind);
    if (draft.refused.length === 0 && options.judged !== true)
      refuseInvalid(values, plans[rowKind], { ...options, kind: rowKind, forms }, draft);
    if (draft.refused.length > 0) return { refused: draft.refused };
    const { number, tier, kind: _kind, ...control } = draft.control;
    return {
      candidate: {
        row: row.row,
        kind: rowKind,
        number: typeof number === 'string' ? number : undefined,
        tier: TIERS.find((known) => known === tier),
        values,
        control,
      },
    };
  };
}

interface ColumnPlan {
  readonly column: number;
  readonly heading: string;
  readonly path: string;
  readonly read: (cell: string) => CellResult<FieldValue>;
}

function planColumns(
  headings: readonly string[],
  mapping: ColumnMapping,
  kind: CardKind,
  forms: CardForms,
): ColumnPlan[] {
  return mapping.flatMap((path, column) => {
    const field = path === null ? undefined : importedField(path, kind, forms);
    // The kind has been read before anything else.
    if (path === null || field === undefined || path === 'control.kind') return [];
    const heading = headings[column] ?? '';
    const unit = headingUnit(heading);
    return [{ column, heading, path, read: (cell: string) => parseCell(field, cell, unit) }];
  });
}

interface Draft {
  readonly row: number;
  readonly values: Map<string, FieldValue>;
  readonly control: Record<string, FieldValue>;
  readonly refused: RefusedCell[];
  refuse(field: string, value: string, message: string, params?: RefusedCell['params']): void;
}

function createDraft({ row }: TableRow): Draft {
  const refused: RefusedCell[] = [];
  return {
    row,
    values: new Map(),
    control: {},
    refused,
    refuse(field, value, message, params) {
      refused.push({ row, field, value: shownValue(value), message, ...(params === undefined ? {} : { params }) });
    },
  };
}

function readCell(plan: ColumnPlan, cell: string, draft: Draft): void {
  const result = plan.read(cell);
  if (!result.ok) {
    draft.refuse(plan.heading, cell, result.message, result.params);
    return;
  }
  if (result.value === null) return;
  if (plan.path.startsWith('control.')) draft.control[plan.path.slice('control.'.length)] ??= result.value;
  else if (!draft.values.has(plan.path)) draft.values.set(plan.path, result.value);
}

/** The kind of a row: what somebody said, its own column, else the table's, unless the row itself plainly says otherwise. */
function kindOfRow(
  row: TableRow,
  kindColumn: number,
  plans: Record<CardKind, readonly ColumnPlan[]>,
  { kind, kindIsFixed, existing }: CandidateOptions,
  draft: Draft,
): CardKind {
  const numberPlan = plans[kind].find((plan) => plan.path === 'control.number');
  const number = numberPlan === undefined ? '' : unguardedText(row.cells[numberPlan.column] ?? '').trim();
  const known = number === '' ? undefined : existing?.kindOf(number);
  if (known !== undefined) return known;
  const cell = kindColumn === -1 ? '' : (row.cells[kindColumn] ?? '').trim();
  if (cell !== '') {
    const named = parseEnumCell(cell, 'cardKind');
    if (named.ok && (named.value === 'enterprise' || named.value === 'individual'))
      return kindIsFixed ? kind : named.value;
    // 客戶類別 also heads columns with 重要 / 特殊 / 一般.
    const tier = parseEnumCell(cell, 'tier');
    if (tier.ok) draft.control.tier ??= tier.value;
    else if (!named.ok) draft.refuse('', cell, named.message, named.params);
  }
  if (kindIsFixed) return kind;
  const cellOf = (path: string): string => {
    const plan = plans[kind].find((candidate) => candidate.path === path);
    return plan === undefined ? '' : (row.cells[plan.column] ?? '').trim();
  };
  if (kind === 'individual') {
    return COMPANY_WORDS.test(cellOf(nameField('individual'))) && cellOf('identityDocumentNumber') === ''
      ? 'enterprise'
      : kind;
  }
  const identity = plans.individual.find((plan) => plan.path === 'identityDocumentNumber');
  const isPerson = identity !== undefined && (row.cells[identity.column] ?? '').trim() !== '';
  return isPerson && !COMPANY_WORDS.test(cellOf(nameField('enterprise'))) ? 'individual' : kind;
}

/** Values by key, with lists put together from `contacts.0.name`, `contacts.1.name` … */
function assemble(flat: ReadonlyMap<string, FieldValue>, kind: CardKind): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  const lists = new Map<string, Map<number, Record<string, FieldValue>>>();
  for (const [path, value] of flat) {
    const part = listPart(path);
    if (part === undefined) {
      values[path] = value;
      continue;
    }
    const items = lists.get(part.list) ?? new Map<number, Record<string, FieldValue>>();
    const item = items.get(part.index) ?? {};
    item[part.key] = value;
    items.set(part.index, item);
    lists.set(part.list, items);
  }
  for (const [list, items] of lists) {
    const ordered = [...items.entries()].toSorted(([a], [b]) => a - b).map(([, item]) => item);
    const kept = list === 'contacts' ? ordered.flatMap((item) => namedContact(item, values)) : ordered;
    const identity = identifyingPart(kind, list);
    if (kept.length > 0 && identity !== undefined) values[list] = kept satisfies ListItem[];
  }
  return values;
}

/**
 * A contact without a name, as in tables with 負責人 and 手機 only: the phone is the legal
 * representative's, else the company's own. What then still has no place is refused with its row.
 */
function namedContact(
  item: Record<string, FieldValue>,
  values: Record<string, FieldValue>,
): Record<string, FieldValue>[] {
  if (item.name !== undefined) return [item];
  const { legalRepresentative } = values;
  if (typeof legalRepresentative === 'string') return [{ name: legalRepresentative, ...item }];
  const { phone, mobile, email, ...rest } = item;
  const number = phone ?? mobile;
  if (number !== undefined && values.telephone === undefined) values.telephone = number;
  if (email !== undefined && values.email === undefined) values.email = email;
  return Object.keys(rest).length === 0 ? [] : [item];
}

/** Whatever the card itself could not store: the name that is missing, a text too long, a number out of range. */
function refuseInvalid(
  values: Record<string, FieldValue>,
  plans: readonly ColumnPlan[],
  { kind, forms, existing }: Pick<CandidateOptions, 'kind' | 'existing'> & { readonly forms: CardForms },
  draft: Draft,
): void {
  const { errors } = validateCard(kind, values, forms);
  const { number } = draft.control;
  const exists = () =>
    typeof number === 'string' ? existing?.kindOf(number) === kind : existing?.hasCode(kind, values) === true;
  for (const { path, message, params } of errors) {
    if (path === nameField(kind) && message === 'validation.required' && exists()) continue;
    const plan = plans.find((candidate) => candidate.path === path);
    const value = draft.values.get(path);
    const shown = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    draft.refuse(plan?.heading ?? path, shown, message, params);
  }
}

export { type ColumnMapping, type MappingProposal, mappingFromNames, proposeMapping } from './column-mapping.ts';
