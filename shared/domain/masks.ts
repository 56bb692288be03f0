import { type CardKind, cardFields } from './form-fields.ts';
import {
  type CardValues,
  type FieldDefinition,
  type FieldValue,
  isFilled,
  type ListItem,
  ownValue,
} from './forms/field.ts';
import type { Role } from './roles.ts';

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
export function projectCard(reader: CardReader, kind: CardKind, values: CardValues): Record<string, FieldValue> {
  const view = Object.hasOwn(CARD_VIEWS, reader) ? CARD_VIEWS[reader] : 'nothing';
  return projectFields(view, cardFields(kind), values);
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

/** Paths (`list.key` inside lists) that a reader sees in clear: for printed statements of what an issued copy shows. */
export function visiblePaths(reader: CardReader, kind: CardKind): readonly string[] {
  const view = CARD_VIEWS[reader];
  return cardFields(kind).flatMap((field) => {
    if (!isVisible(view, field) || (view === 'masked' && field.sensitive === true)) return [];
    if (field.itemFields === undefined) return [field.key];
    return field.itemFields
      .filter((part) => isVisible(view, part) && !(view === 'masked' && part.sensitive === true))
      .map((part) => `${field.key}.${part.key}`);
  });
}
