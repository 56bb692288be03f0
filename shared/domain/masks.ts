import { type CardForms, type CardKind, cardFields, STANDARD_FORMS } from './form-fields.ts';
import {
  type CardValues,
  type FieldDefinition,
  type FieldValue,
  isFilled,
  type ListItem,
  ownValue,
} from './forms/field.ts';
import type { Role } from './roles.ts';
import type { SecurityLevel } from './security-levels.ts';

/**
 * Which fields of a card a role sees (R, I2, forms-and-standards §2.3). The archive process projects; screens only show.
 *
 * | who | view | sees |
 * |---|---|---|
 * | keeper | `full` | everything |
 * | customer service | `full` | everything (I2) |
 * | supervisor, account manager, business manager, executive | `masked` | everything; sensitive fields only as a mask |
 * | salesperson (issued copies only) | `facts` | unit's name, person's name, job title (I2) |
 * | auditor | `nothing` | nothing: the auditor reads the log |
 */
export type CardView = 'full' | 'masked' | 'facts' | 'nothing';
export type CardReader = Role | 'salesperson';

export const CARD_VIEWS: Readonly<Record<CardReader, CardView>> = {
  keeper: 'full',
  customerService: 'full',
  supervisor: 'masked',
  accountManager: 'masked',
  businessManager: 'masked',
  executive: 'masked',
  salesperson: 'facts',
  auditor: 'nothing',
};

/** False for readers to whom no card is shown, not even by its name. */
export function seesCards(reader: CardReader): boolean {
  return viewOf(reader) !== 'nothing';
}

/** Stands for a value that is there but not shown; says nothing about length or content. Screens write `value.masked` for it. */
export const MASK = '••••••';

/** The mask of a value; an empty value stays empty, so that gaps remain visible. */
export function maskValue(value: FieldValue | undefined): FieldValue {
  return isFilled(value) ? MASK : null;
}

/** True if what came out of a projection is a mask. */
export function isMasked(value: FieldValue | undefined): boolean {
  return value === MASK;
}

/**
 * The ONE projection of a card for a reader. Builds a new object from the form's fields alone: a key the form does not know, or
 * one the reader may not see, cannot come through. Masked fields hold {@link MASK}, whatever their type.
 */
export function projectCard(
  reader: CardReader,
  kind: CardKind,
  values: CardValues,
  forms: CardForms = STANDARD_FORMS,
): Record<string, FieldValue> {
  return projectFields(viewOf(reader), cardFields(kind, forms), values);
}

function projectFields(
  view: CardView,
  fields: readonly FieldDefinition[],
  values: CardValues | ListItem,
): Record<string, FieldValue> {
  const projected: Record<string, FieldValue> = {};
  for (const field of fields) {
    const value = ownValue(values, field.key);
    if (value === undefined || value === null || !isVisible(view, field)) continue;
    projected[field.key] = projectValue(view, field, value);
  }
  return projected;
}

function isVisible(view: CardView, field: FieldDefinition): boolean {
  if (view === 'nothing') return false;
  if (view !== 'facts') return true;
  return field.salespersonFact === true || (field.itemFields ?? []).some((part) => part.salespersonFact === true);
}

function projectValue(view: CardView, field: FieldDefinition, value: FieldValue): FieldValue {
  if (view === 'full') return value;
  if (field.sensitive === true) return maskValue(value);
  if (field.type !== 'list') {
    // A fact is a short text; anything else under its key is data out of shape and stays here.
    return view === 'facts' && typeof value !== 'string' ? null : value;
  }
  if (!Array.isArray(value)) return null;
  const items = (value as readonly unknown[]).filter(
    (item): item is ListItem => typeof item === 'object' && item !== null,
  );
  return items.map((item) => projectFields(view, field.itemFields ?? [], item));
}

/** What is no field of the form and no secret of the card: its control, which every reader of cards sees. */
const CARD_CONTROL: ReadonlySet<string> = new Set(['tier', 'status', 'directExport', 'visitedAt', 'reviewed']);

/**
 * One value of a card outside the card: the old or new value of a change in the history, one side of a comparison, a cell of an
 * export. What the form does not know and is no control of the card stays masked for everybody who does not see everything.
 */
export function projectValueOf(
  reader: CardReader,
  kind: CardKind,
  field: string,
  value: FieldValue,
  forms: CardForms = STANDARD_FORMS,
): FieldValue {
  const view = viewOf(reader);
  if (view === 'full') return value;
  if (view === 'nothing') return null;
  if (cardFields(kind, forms).some(({ key }) => key === field))
    return projectCard(reader, kind, { [field]: value }, forms)[field] ?? null;
  if (view === 'masked' && CARD_CONTROL.has(field)) return value;
  return maskValue(value);
}

/** What a reader may see of the values alone: masks left out, inside lists as well. For what is searched, compared or listed. */
export function visibleValues(
  reader: CardReader,
  kind: CardKind,
  values: CardValues,
  forms: CardForms = STANDARD_FORMS,
): Record<string, FieldValue> {
  return withoutMasks(projectCard(reader, kind, values, forms));
}

function withoutMasks(values: CardValues | ListItem): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]): [string, FieldValue][] => {
      if (value === undefined || isMasked(value)) return [];
      if (!Array.isArray(value)) return [[key, value]];
      const items = (value as readonly unknown[]).map((item) =>
        typeof item === 'object' && item !== null ? withoutMasks(item as ListItem) : item,
      );
      return [[key, items as unknown as FieldValue]];
    }),
  );
}

function viewOf(reader: CardReader): CardView {
  return Object.hasOwn(CARD_VIEWS, reader) ? CARD_VIEWS[reader] : 'nothing';
}

/** True if this field (`key`, or `list.key`) is shown to the reader in clear. A path the form does not know is not. */
export function isPathVisible(
  reader: CardReader,
  kind: CardKind,
  path: string,
  forms: CardForms = STANDARD_FORMS,
): boolean {
  // Paths of findings carry the row: `contacts.2.phone`.
  const plain = path.replace(/\.\d+(?=\.|$)/g, '');
  return visiblePaths(reader, kind, forms).some((visible) => visible === plain || visible.startsWith(`${plain}.`));
}

/**
 * What a reader sees of a paper by its security level (§7.8). `full`: entry, notes and scan · `entry`: the line of the catalogue
 * alone, so that gaps stay visible; the scan and what was noted about the content are withheld · `nothing`.
 *
 * | who | 公開 · 內部 · 普通商密 | 核心商密 |
 * |---|---|---|
 * | keeper, supervisor, account manager, executive, customer service (I2) | full | full |
 * | business manager | full | entry |
 * | salesperson, auditor | nothing | nothing |
 */
export type PaperView = 'full' | 'entry' | 'nothing';

const ALL_PAPERS: Readonly<Record<SecurityLevel, PaperView>> = {
  public: 'full',
  internal: 'full',
  ordinaryTradeSecret: 'full',
  coreTradeSecret: 'full',
};
const NO_PAPERS: Readonly<Record<SecurityLevel, PaperView>> = {
  public: 'nothing',
  internal: 'nothing',
  ordinaryTradeSecret: 'nothing',
  coreTradeSecret: 'nothing',
};
export const PAPER_VIEWS: Readonly<Record<CardReader, Readonly<Record<SecurityLevel, PaperView>>>> = {
  keeper: ALL_PAPERS,
  supervisor: ALL_PAPERS,
  accountManager: ALL_PAPERS,
  businessManager: { ...ALL_PAPERS, coreTradeSecret: 'entry' },
  customerService: ALL_PAPERS,
  executive: ALL_PAPERS,
  salesperson: NO_PAPERS,
  auditor: NO_PAPERS,
};

/** How much of a paper a reader sees; nothing for whoever is unknown. */
export function paperView(reader: CardReader, security: SecurityLevel): PaperView {
  return Object.hasOwn(PAPER_VIEWS, reader) ? PAPER_VIEWS[reader][security] : 'nothing';
}

/** Paths (`list.key` inside lists) that a reader sees in clear: for printed statements of what an issued copy shows. */
export function visiblePaths(reader: CardReader, kind: CardKind, forms: CardForms = STANDARD_FORMS): readonly string[] {
  const view = viewOf(reader);
  return cardFields(kind, forms).flatMap((field) => {
    if (!isVisible(view, field) || (view === 'masked' && field.sensitive === true)) return [];
    if (field.itemFields === undefined) return [field.key];
    return field.itemFields
      .filter((part) => isVisible(view, part) && !(view === 'masked' && part.sensitive === true))
      .map((part) => `${field.key}.${part.key}`);
  });
}
