import {
  type CardForms,
  type CardKind,
  cardFields,
  nameField,
  STANDARD_FORMS,
} from '../../shared/domain/form-fields.ts';
import { guessCardKind, importedField, recogniseHeading } from '../../shared/domain/import/recognise-heading.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { fileRefusal } from './tables/table-limits.ts';

/** For each column the path of its field (`telephone`, `contacts.0.name`, `control.number`), or null when it is passed over. */
export type ColumnMapping = readonly (string | null)[];

export interface MappingProposal {
  readonly kind: CardKind;
  readonly mapping: ColumnMapping;
  /** Headings without a field: not known, or a second column for the same one. */
  readonly unrecognised: readonly string[];
}

/** `contacts.0.mobile` in its parts; undefined for a field that is no entry of a list. */
export function listPart(path: string): { list: string; index: number; key: string } | undefined {
  const match = /^([A-Za-z0-9]+)\.(\d{1,3})\.([A-Za-z0-9]+)$/u.exec(path);
  if (match === null) return undefined;
  const [, list = '', index = '0', key = ''] = match;
  return { list, index: Number(index), key };
}

/** The part without which an entry of the list cannot exist. */
export function identifyingPart(kind: CardKind, list: string): string | undefined {
  const field = cardFields(kind).find((candidate) => candidate.key === list);
  return field?.itemFields?.find((part) => part.identifying === true)?.key;
}

/** True for a bank account number without any column for the bank: no row could ever be taken with it. */
function lacksIdentity(path: string, mapped: ReadonlySet<string>, kind: CardKind): boolean {
  const part = listPart(path);
  // A contact's phone without a name has another place to go.
  if (part === undefined || part.list === 'contacts') return false;
  const identity = identifyingPart(kind, part.list);
  return identity !== undefined && !mapped.has(`${part.list}.${part.index}.${identity}`);
}

/**
 * Which column is which field, from the headings alone.
 * @param kind what the cards are; guessed from the headings when nobody says.
 */
export function proposeMapping(
  headings: readonly string[],
  kind?: CardKind,
  forms: CardForms = STANDARD_FORMS,
): MappingProposal {
  const chosen = kind ?? guessCardKind(headings, forms);
  const mapped = new Set<string>();
  const paths = headings.map((heading) => {
    const path = recogniseHeading(heading, chosen, forms);
    if (path === undefined || mapped.has(path)) return null;
    mapped.add(path);
    return path;
  });
  const mapping = paths.map((path) => (path === null || lacksIdentity(path, mapped, chosen) ? null : path));
  const unrecognised = headings.filter((heading, column) => heading !== '' && mapping[column] === null);
  return { kind: chosen, mapping, unrecognised };
}

/**
 * Not a single heading known: most likely another file than was meant. It must not pass for an import of nothing.
 * @throws AppError FILE_DAMAGED
 */
export function requireKnownHeading(mapping: ColumnMapping, file: string): void {
  if (mapping.every((path) => path === null)) throw fileRefusal('FILE_DAMAGED', file, 'exchange.file.noHeadingKnown');
}

/** @throws AppError INPUT_INVALID for a path that is no field of this kind of card. */
export function checkMapping(
  mapping: ColumnMapping,
  headings: readonly string[],
  kind: CardKind,
  forms: CardForms = STANDARD_FORMS,
): void {
  const fields = mapping.flatMap((path, column) =>
    path === null || (importedField(path, kind, forms) !== undefined && column < headings.length)
      ? []
      : [{ path: `mapping.${column}`, message: 'exchange.mapping.unknownField', params: { field: path } }],
  );
  if (fields.length > 0) throw new AppError('INPUT_INVALID', { fields });
}

/**
 * The mapping for a row of the other kind: headings are read again, except where somebody chose
 * another field. The column with the name stays the one with the name: 姓名 on an enterprise's row is not a contact.
 */
export function mappingForOtherKind(
  mapping: ColumnMapping,
  headings: readonly string[],
  from: CardKind,
  to: CardKind,
  forms: CardForms = STANDARD_FORMS,
): ColumnMapping {
  const proposed = proposeMapping(headings, from, forms).mapping;
  const other = proposeMapping(headings, to, forms).mapping;
  const nameColumn = mapping.indexOf(nameField(from));
  return mapping.map((path, column) => {
    if (path === null) return null;
    if (column === nameColumn) return nameField(to);
    const found = path === proposed[column] ? (other[column] ?? null) : path;
    if (found === null || found === nameField(to)) return null;
    return importedField(found, to, forms) === undefined ? null : found;
  });
}

/**
 * A mapping from a file of the command line (`--map`): headings to field paths, `null` to pass a column
 * over; headings that it does not name are recognised as usual.
 */
export function mappingFromNames(
  headings: readonly string[],
  names: ReadonlyMap<string, string | null>,
  kind?: CardKind,
  forms: CardForms = STANDARD_FORMS,
): MappingProposal {
  const proposal = proposeMapping(headings, kind, forms);
  const claimed = new Set([...names.values()].filter((path) => path !== null));
  const mapping = headings.map((heading, column) => {
    const named = names.get(heading);
    if (named !== undefined) return named;
    const path = proposal.mapping[column] ?? null;
    return path !== null && claimed.has(path) ? null : path;
  });
  const unrecognised = headings.filter(
    (heading, column) => heading !== '' && !names.has(heading) && mapping[column] === null,
  );
  return { kind: proposal.kind, mapping, unrecognised };
}
