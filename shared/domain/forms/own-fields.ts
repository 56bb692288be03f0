import { enterpriseCardForm } from './enterprise-card.ts';
import type { FieldDefinition, FieldType, FormDefinition, FormSection, OwnOption, Unit } from './field.ts';
import { individualCardForm } from './individual-card.ts';
import type { OptionSetName } from './option-sets.ts';

/**
 * Fields and values that the keeper adds to the forms (kept in the archive, labels as typed). They become definitions like any
 * other, so that screen, validation, import, search, history, completeness, masks and print need not know of them.
 */

/** What a field of the keeper's own may hold. A `list` is a repeating group: its parts are own fields whose section it is. */
export const OWN_FIELD_TYPES = [
  'text',
  'longText',
  'date',
  'partialDate',
  'integer',
  'number',
  'money',
  'percent',
  'enum',
  'multiEnum',
  'boolean',
  'phone',
  'email',
  'address',
  'staff',
  'customer',
  'list',
] as const satisfies readonly FieldType[];
export type OwnFieldType = (typeof OWN_FIELD_TYPES)[number];

export const OWN_FIELD_REQUIREMENTS = ['required', 'recommended', 'optional'] as const;
export const OWN_FIELD_UNITS = ['days', 'squareMetres', 'people', 'points'] as const satisfies readonly Unit[];

/** The section that own fields stand in when none of the form's is chosen: 自訂欄位. */
export const OWN_SECTION = 'own';

/** Most own fields of a form, and most own values of a list. */
export const MOST_OWN_FIELDS = 100;
export const MOST_OWN_OPTIONS = 200;

export interface OwnField {
  /** `own1`, `own2` …: given once, never reused. */
  readonly key: string;
  readonly kind: 'enterprise' | 'individual';
  /** Key of a section of the form, or {@link OWN_SECTION}; of a part of a repeating group the key of the group. */
  readonly section: string;
  readonly label: string;
  readonly type: OwnFieldType;
  readonly required: (typeof OWN_FIELD_REQUIREMENTS)[number];
  readonly unit: Unit | null;
  readonly sensitive: boolean;
  /** No longer asked for; cards that have a value keep and show it. */
  readonly hidden: boolean;
}

/** Everything that the keeper added. `options`: by name of a set of the forms, or by key of an own field. */
export interface OwnForms {
  readonly fields: readonly OwnField[];
  readonly options: Readonly<Record<string, readonly OwnOption[]>>;
}

export const NO_OWN_FORMS: OwnForms = { fields: [], options: {} };

/** The forms of an archive: the program's, and what its keeper added. */
export interface CardForms {
  readonly enterprise: FormDefinition;
  readonly individual: FormDefinition;
}

export const STANDARD_FORMS: CardForms = { enterprise: enterpriseCardForm, individual: individualCardForm };

/** Lists whose values the program's own rules decide by: the keeper cannot add to them. */
const CLOSED_SETS: ReadonlySet<string> = new Set<OptionSetName>([
  'cardKind',
  'cardStatus',
  'tier',
  'securityLevel',
  'creditGrade',
  'customerGrade',
  'purchaseFrequency',
]);

/** Lists of values of the cards that the keeper may add to, in the order of the forms. */
export const EXTENSIBLE_SETS: readonly OptionSetName[] = [
  ...new Set(
    [enterpriseCardForm, individualCardForm]
      .flatMap((form) => form.sections.flatMap((section) => section.fields))
      .flatMap((field) => [field, ...(field.itemFields ?? [])])
      .flatMap((field) => (field.options === undefined || CLOSED_SETS.has(field.options) ? [] : [field.options])),
  ),
];

const madeFrom = new WeakMap<OwnForms, CardForms>();

/** The forms with what the keeper added. The same object for the same additions: screens compare by identity. */
export function formsWith(own: OwnForms): CardForms {
  if (own.fields.length === 0 && Object.keys(own.options).length === 0) return STANDARD_FORMS;
  let forms = madeFrom.get(own);
  if (forms === undefined) {
    forms = { enterprise: extended(enterpriseCardForm, own), individual: extended(individualCardForm, own) };
    madeFrom.set(own, forms);
  }
  return forms;
}

function extended(form: FormDefinition, own: OwnForms): FormDefinition {
  const groups = new Set(own.fields.filter((field) => field.type === 'list').map(({ key }) => key));
  const added = own.fields.filter(
    (field) =>
      field.kind === form.key &&
      !groups.has(field.section) &&
      // A group without parts asks for nothing yet.
      (field.type !== 'list' || own.fields.some(({ section }) => section === field.key)),
  );
  const known = new Set(form.sections.map((section) => section.key));
  const inSection = (key: string) =>
    added.filter((field) => field.section === key || (key === OWN_SECTION && !known.has(field.section)));
  const sections = form.sections.map(
    (section): FormSection => ({
      key: section.key,
      fields: [
        ...section.fields.map((field) => withOwnOptions(field, own)),
        ...inSection(section.key).map((field) => definitionOf(field, own)),
      ],
    }),
  );
  const rest = inSection(OWN_SECTION).map((field) => definitionOf(field, own));
  return { ...form, sections: rest.length === 0 ? sections : [...sections, { key: OWN_SECTION, fields: rest }] };
}

function withOwnOptions(field: FieldDefinition, own: OwnForms): FieldDefinition {
  const itemFields = field.itemFields?.map((part) => withOwnOptions(part, own));
  const ownOptions = field.options === undefined ? undefined : own.options[field.options];
  if (ownOptions === undefined && itemFields?.every((part, at) => part === field.itemFields?.[at]) !== false)
    return field;
  return {
    ...field,
    ...(itemFields === undefined ? {} : { itemFields }),
    ...(ownOptions === undefined ? {} : { ownOptions }),
  };
}

function definitionOf(field: OwnField, own: OwnForms): FieldDefinition {
  return {
    key: field.key,
    label: field.label,
    type: field.type,
    required: field.hidden ? 'optional' : field.required,
    ...(field.type === 'enum' || field.type === 'multiEnum' ? { ownOptions: own.options[field.key] ?? [] } : {}),
    ...(field.type === 'list'
      ? { itemFields: own.fields.filter(({ section }) => section === field.key).map((part) => definitionOf(part, own)) }
      : {}),
    ...(field.unit === null ? {} : { unit: field.unit }),
    ...(field.sensitive ? { sensitive: true as const } : {}),
    ...(field.hidden ? { hidden: true as const } : {}),
  };
}
