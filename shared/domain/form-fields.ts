import { type Completeness, completenessOf } from './forms/card-completeness.ts';
import { cardControlFields } from './forms/card-control.ts';
import { enterpriseCardForm } from './forms/enterprise-card.ts';
import type { CardValues, FieldDefinition, FieldValue, FormDefinition } from './forms/field.ts';
import { individualCardForm } from './forms/individual-card.ts';
import { type CardForms, STANDARD_FORMS } from './forms/own-fields.ts';
import { type Findings, validateFields } from './forms/validate-card.ts';

/** The two customer cards as data (C1, C2): the one place other parts ask about fields. */

export type { FieldType, FormSection, ListItem, Money } from './forms/field.ts';
export type { CardForms, CardValues, Completeness, FieldDefinition, FieldValue, Findings, FormDefinition };
export { cardControlFields, enterpriseCardForm, individualCardForm, STANDARD_FORMS };

export const CARD_KINDS = ['enterprise', 'individual'] as const;
export type CardKind = (typeof CARD_KINDS)[number];

/** The form of a kind of customer. `forms`: an archive's own (own-fields.ts); default: the program's alone. */
export function cardForm(kind: CardKind, forms: CardForms = STANDARD_FORMS): FormDefinition {
  return forms[kind];
}

const fieldsOfForm = new WeakMap<FormDefinition, readonly FieldDefinition[]>();

/** All fields of a form, in the order of the paper. */
export function cardFields(kind: CardKind, forms: CardForms = STANDARD_FORMS): readonly FieldDefinition[] {
  const form = forms[kind];
  let fields = fieldsOfForm.get(form);
  if (fields === undefined) {
    fields = form.sections.flatMap((section) => section.fields);
    fieldsOfForm.set(form, fields);
  }
  return fields;
}

/** The definition at a path: `telephone`, `contacts.name`, `contacts.0.name`; undefined if there is none. */
export function fieldAt(kind: CardKind, path: string, forms: CardForms = STANDARD_FORMS): FieldDefinition | undefined {
  const [first, ...rest] = path.split('.');
  const field = cardFields(kind, forms).find((candidate) => candidate.key === first);
  const part = rest.filter((step) => !/^\d+$/.test(step))[0];
  return part === undefined ? field : field?.itemFields?.find((candidate) => candidate.key === part);
}

/** The middle part of label keys: the cards, card control, and the forms of visits and reports. */
export type FormName = CardKind | 'control' | 'visit' | 'dailyReport' | 'information' | 'competitor';

/** Label key of a field: `fieldLabelKey('enterprise', 'contacts.0.name')` is `field.enterprise.contacts.name`. */
export function fieldLabelKey(form: FormName, path: string): string {
  const steps = path.split('.').filter((step) => !/^\d+$/.test(step));
  return `field.${form}.${steps.join('.')}`;
}

/** What a field is called: the keeper's words for an own one, else those of the catalogues. */
export function fieldWords(
  kind: CardKind,
  path: string,
  text: (key: string) => string,
  forms: CardForms = STANDARD_FORMS,
): string {
  return fieldAt(kind, path, forms)?.label ?? text(fieldLabelKey(kind, path));
}

/** Label key of a section. */
export function sectionLabelKey(section: string): string {
  return `section.${section}`;
}

/** The field that names the customer in lists: 企業名稱 or 姓名. */
export function nameField(kind: CardKind): string {
  return kind === 'enterprise' ? 'registeredName' : 'name';
}

/** Codes that one customer alone has, the first that is filled in counts: a row of a table finds its card by it. */
export const CODE_FIELDS = [
  'unifiedSocialCreditCode',
  'taiwanBusinessNumber',
  'taxNumber',
  'identityDocumentNumber',
] as const;

/** The customer's name on a card, empty if it has none yet. */
export function customerName(kind: CardKind, values: CardValues): string {
  const value = values[nameField(kind)];
  return typeof value === 'string' ? value.trim() : '';
}

/** Type and format errors (cannot be stored) and warnings (§1.10). Paths have no prefix: `telephone`, `contacts.0.name`. */
export function validateCard(kind: CardKind, values: CardValues, forms: CardForms = STANDARD_FORMS): Findings {
  return validateFields(cardFields(kind, forms), values);
}

/** C5: percentage, what is missing, what is recommended but empty. */
export function completeness(kind: CardKind, values: CardValues, forms: CardForms = STANDARD_FORMS): Completeness {
  return completenessOf(cardForm(kind, forms), values);
}

/** The values of a new card: defaults only. */
export function emptyCard(kind: CardKind): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const field of cardFields(kind)) if (field.initial !== undefined) values[field.key] = field.initial;
  return values;
}
