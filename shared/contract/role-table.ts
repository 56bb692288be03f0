import { type CardKind, cardFields } from '../domain/form-fields.ts';
import type { FieldDefinition } from '../domain/forms/field.ts';
import { CARD_VIEWS, type CardReader, isPathVisible, PAPER_VIEWS, type PaperView } from '../domain/masks.ts';
import { DESK_ROLES, LOOKUP_ROLES, ROLES, type Role } from '../domain/roles.ts';
import { SECURITY_LEVELS, type SecurityLevel } from '../domain/security-levels.ts';
import type { ErrorCode } from '../errors/error-codes.ts';
import { contract, type OperationName } from './contract.ts';
import type { Operation, SessionKind } from './operation.ts';

/**
 * Who may do what and see what, as tables for people: generated from the contract and the mask rules, shown in the settings, written
 * to build/roles.md, and walked cell by cell by a test (rule R, R17).
 */

/** Who sits in front of the screen. A salesperson never signs in; `nobody` is whoever has not signed in. */
export const SITTERS = [...ROLES, 'salesperson', 'nobody'] as const;
export type Sitter = (typeof SITTERS)[number];

/** Everything that an operation can be called in: a session, and who is signed in. */
export interface Situation {
  readonly session: SessionKind;
  readonly role: Role | null;
}

/** Every situation that can come about. */
export const SITUATIONS: readonly Situation[] = [
  { session: 'closed', role: null },
  ...DESK_ROLES.map((role) => ({ session: 'desk' as const, role })),
  { session: 'handover', role: null },
  ...LOOKUP_ROLES.map((role) => ({ session: 'lookup' as const, role })),
];

const OPERATIONS = Object.entries(contract) as [OperationName, Operation][];

/** `through`: it is let in, and then does what its input says. Else the code of the refusal. */
export type Admission = 'through' | ErrorCode;

/** What the table says of one operation in one situation. */
export function admissionOf(operation: Operation, { session, role }: Situation): Admission {
  if (!operation.sessions.includes(session)) {
    // The host itself knows open and handed over, and nothing in between.
    if (operation.kind === 'host') return session === 'closed' || session === 'desk' ? 'through' : 'LOOKUP_ONLY';
    return session === 'closed' ? 'LOCKED' : session === 'desk' ? 'CONFLICT' : 'LOOKUP_ONLY';
  }
  if (operation.kind === 'host' || role === null) return 'through';
  return operation.roles.includes(role) ? 'through' : 'ROLE_REFUSED';
}

/** Where somebody may call an operation: at the desk, in the reading room, in front of a closed or handed-over screen. */
export type Place = 'desk' | 'room' | 'closed' | 'handover';
const PLACES: Readonly<Record<SessionKind, Place>> = {
  closed: 'closed',
  desk: 'desk',
  handover: 'handover',
  lookup: 'room',
};

/** Where a person may call an operation; empty: nowhere. */
export function placesOf(operation: Operation, sitter: Sitter): readonly Place[] {
  if (sitter === 'salesperson') return [];
  const role = sitter === 'nobody' ? null : sitter;
  return SITUATIONS.filter(
    (situation) => situation.role === role && admissionOf(operation, situation) === 'through',
  ).map(({ session }) => PLACES[session]);
}

export interface OperationRow {
  readonly name: OperationName;
  /** First part of the name: the area. */
  readonly area: string;
  readonly operation: Operation;
  readonly places: Readonly<Record<Sitter, readonly Place[]>>;
}

/** Operation × role, in the order of the contract. */
export function operationRows(): OperationRow[] {
  return OPERATIONS.map(([name, operation]) => ({
    name,
    area: name.slice(0, name.indexOf('.')),
    operation,
    places: Object.fromEntries(
      SITTERS.map((sitter) => [sitter, placesOf(operation, sitter)]),
    ) as OperationRow['places'],
  }));
}

/** How a field is shown: in clear, as a mask, or not at all. */
export type FieldShowing = 'clear' | 'masked' | 'absent';
export const CARD_READERS = Object.keys(CARD_VIEWS) as readonly CardReader[];

export interface FieldRow {
  readonly kind: CardKind;
  readonly section: string;
  /** `key`, or `list.key` inside a list. */
  readonly path: string;
  readonly showing: Readonly<Record<CardReader, FieldShowing>>;
}

function showingOf(reader: CardReader, kind: CardKind, path: string): FieldShowing {
  if (isPathVisible(reader, kind, path)) return 'clear';
  return CARD_VIEWS[reader] === 'masked' ? 'masked' : 'absent';
}

/** Field × role of one kind of card, in the order of the form; each field of a list has a row of its own. */
export function fieldRows(kind: CardKind, sectionOf: (key: string) => string = () => ''): FieldRow[] {
  const paths = (field: FieldDefinition) =>
    field.itemFields === undefined ? [field.key] : field.itemFields.map((part) => `${field.key}.${part.key}`);
  return cardFields(kind).flatMap((field) =>
    paths(field).map((path) => ({
      kind,
      section: sectionOf(field.key),
      path,
      showing: Object.fromEntries(
        CARD_READERS.map((reader) => [reader, showingOf(reader, kind, path)]),
      ) as FieldRow['showing'],
    })),
  );
}

/** Papers by security level × role. */
export function paperRows(): { level: SecurityLevel; views: Readonly<Record<CardReader, PaperView>> }[] {
  return SECURITY_LEVELS.map((level) => ({
    level,
    views: Object.fromEntries(CARD_READERS.map((reader) => [reader, PAPER_VIEWS[reader][level]])) as Record<
      CardReader,
      PaperView
    >,
  }));
}
