import {
  CARD_KINDS,
  type CardForms,
  type CardKind,
  cardForm,
  fieldLabelKey,
  nameField,
  STANDARD_FORMS,
} from '../form-fields.ts';
import type { FieldDefinition, FieldType } from '../forms/field.ts';
import { CARD_VIEWS } from '../masks.ts';
import type { Role } from '../roles.ts';
import type { ListField, ListFieldType } from './list-query.ts';

/** Fields that every card has as a column of its own: what the program keeps beside the values of the form. */
const COLUMN_FIELDS: readonly ListField[] = [
  { key: 'number', type: 'text', labelKey: 'field.control.number', section: 'control' },
  { key: 'name', type: 'text', labelKey: 'list.field.name', section: 'control' },
  { key: 'kind', type: 'option', labelKey: 'field.control.kind', options: 'cardKind', section: 'control' },
  { key: 'status', type: 'option', labelKey: 'field.control.status', options: 'cardStatus', section: 'control' },
  { key: 'tier', type: 'option', labelKey: 'field.control.tier', options: 'tier', section: 'control' },
  { key: 'region', type: 'option', labelKey: 'list.field.region', options: 'region', section: 'control' },
  { key: 'creditGrade', type: 'option', labelKey: 'list.field.grade', options: 'creditGrade', section: 'control' },
  { key: 'contact', type: 'text', labelKey: 'list.field.contact', section: 'control' },
  { key: 'phone', type: 'text', labelKey: 'list.field.phone', section: 'control' },
  { key: 'directExport', type: 'flag', labelKey: 'field.enterprise.directExport', section: 'control' },
  { key: 'completeness', type: 'number', labelKey: 'field.control.completeness', section: 'control' },
  { key: 'papers', type: 'number', labelKey: 'list.field.papers', section: 'control' },
  { key: 'missingPapers', type: 'number', labelKey: 'list.field.missingPapers', section: 'control' },
  { key: 'late', type: 'flag', labelKey: 'list.field.late', section: 'control' },
  { key: 'visitedAt', type: 'date', labelKey: 'list.field.visitedAt', section: 'control' },
  { key: 'createdAt', type: 'date', labelKey: 'field.control.openedOn', section: 'control' },
  { key: 'createdBy', type: 'text', labelKey: 'field.control.openedBy', section: 'control' },
  { key: 'updatedAt', type: 'date', labelKey: 'list.field.updatedAt', section: 'control' },
  { key: 'updatedBy', type: 'text', labelKey: 'list.field.updatedBy', section: 'control' },
  { key: 'reviewedOn', type: 'date', labelKey: 'field.control.lastReviewedOn', section: 'control' },
  { key: 'reviewDue', type: 'date', labelKey: 'list.field.reviewDue', section: 'control' },
];

const LIST_TYPES: Readonly<Record<Exclude<FieldType, 'list'>, ListFieldType>> = {
  text: 'text',
  longText: 'text',
  phone: 'text',
  email: 'text',
  address: 'text',
  staff: 'text',
  customer: 'text',
  date: 'date',
  partialDate: 'date',
  integer: 'number',
  number: 'number',
  percent: 'number',
  money: 'number',
  enum: 'option',
  multiEnum: 'option',
  time: 'text',
  boolean: 'flag',
};

/** What a card's customer bought, counted from the orders. */
const PURCHASE_FIELDS: readonly ListField[] = (['boughtProduct', 'boughtProductGroup'] as const).map((key) => ({
  key,
  type: 'text',
  labelKey: `list.field.${key}`,
  section: 'purchased',
  several: true,
  filterOnly: true,
}));

interface FormListField extends ListField {
  readonly sensitive: boolean;
}

function listField(kind: CardKind, section: string, field: FieldDefinition, list?: FieldDefinition): FormListField[] {
  if (field.type === 'list') return (field.itemFields ?? []).flatMap((part) => listField(kind, section, part, field));
  const key = list === undefined ? field.key : `${list.key}.${field.key}`;
  return [
    {
      key,
      type: LIST_TYPES[field.type],
      labelKey: fieldLabelKey(kind, key),
      section,
      sensitive: field.sensitive === true || list?.sensitive === true,
      ...(list === undefined ? {} : { groupLabelKey: fieldLabelKey(kind, list.key) }),
      ...(list?.label === undefined ? {} : { groupLabel: list.label }),
      ...(field.label === undefined ? {} : { label: field.label }),
      ...(field.options === undefined ? {} : { options: field.options }),
      ...(field.ownOptions === undefined ? {} : { ownOptions: field.ownOptions }),
      ...(field.type === 'money' ? { money: true as const } : {}),
      ...(list !== undefined || field.type === 'multiEnum' ? { several: true as const } : {}),
    },
  ];
}

const OWN_COLUMNS = new Set(COLUMN_FIELDS.map((field) => field.key));

/** Of both forms, in the order of the paper; what both have stands once. An individual's name is the column `name`. */
function formFields(forms: CardForms): readonly FormListField[] {
  return CARD_KINDS.flatMap((kind) =>
    cardForm(kind, forms).sections.flatMap((section) =>
      section.fields.flatMap((field) => listField(kind, section.key, field)),
    ),
  );
}

function fieldsFor(forms: CardForms, withSensitive: boolean): ReadonlyMap<string, ListField> {
  const all = formFields(forms);
  const sensitive = new Set(all.filter((field) => field.sensitive).map((field) => field.key));
  const listed = all.filter(
    (field, index) =>
      !OWN_COLUMNS.has(field.key) &&
      field.key !== nameField('individual') &&
      all.findIndex((other) => other.key === field.key) === index,
  );
  const form = listed
    .filter((field) => withSensitive || !sensitive.has(field.key))
    .map(({ sensitive: _sensitive, ...field }) => field);
  // The column `phone` is the first number of a card, at times one that some roles may not see.
  const columns = COLUMN_FIELDS.filter((field) => withSensitive || field.key !== 'phone');
  return new Map([...columns, ...form, ...PURCHASE_FIELDS].map((field) => [field.key, field]));
}

const NOTHING: ReadonlyMap<string, ListField> = new Map();
const vocabularies = new WeakMap<CardForms, Record<'full' | 'masked', ReadonlyMap<string, ListField>>>();

function vocabularyOf(forms: CardForms): Record<'full' | 'masked', ReadonlyMap<string, ListField>> {
  let made = vocabularies.get(forms);
  if (made === undefined) {
    made = { full: fieldsFor(forms, true), masked: fieldsFor(forms, false) };
    vocabularies.set(forms, made);
  }
  return made;
}

/**
 * By which fields a role may filter, sort, group and count customers. What a role sees only as a mask cannot be asked for
 * either: a filter would tell what the mask hides (rule R).
 */
export function customerListFields(role: Role, forms: CardForms = STANDARD_FORMS): ReadonlyMap<string, ListField> {
  const view = CARD_VIEWS[role];
  return view === 'full' || view === 'masked' ? vocabularyOf(forms)[view] : NOTHING;
}

/** True of what a customer bought: it stands in the orders, not on the card. */
export function isPurchaseField(key: string): boolean {
  return PURCHASE_FIELDS.some((field) => field.key === key);
}

/** True of fields that stand in a column of their own. */
export function isColumnField(key: string): boolean {
  return OWN_COLUMNS.has(key);
}
