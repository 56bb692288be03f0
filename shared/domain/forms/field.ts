import type { OptionSetName } from './option-sets.ts';

/** Forms as data: the card, its printed form, import, search and completeness all read the same definitions. */

export type FieldType =
  | 'text'
  | 'longText'
  | 'date'
  | 'partialDate'
  | 'time'
  | 'integer'
  | 'number'
  | 'money'
  | 'percent'
  | 'enum'
  | 'multiEnum'
  | 'boolean'
  | 'phone'
  | 'email'
  | 'address'
  | 'staff'
  | 'customer'
  | 'list';

/** C5: `required` and `conditional` (while its condition holds) make up the percentage; `recommended` is listed apart. */
export type Requirement = 'required' | 'conditional' | 'recommended' | 'optional';

export type CheckName = 'unifiedSocialCreditCode' | 'taiwanBusinessNumber' | 'residentIdentityNumber';

/** A condition on other values of the same card, as data. */
export type Condition =
  | { readonly field: string; readonly is: readonly (string | boolean)[] }
  | { readonly field: string; readonly filled: true }
  /** Money or number above the bound. */
  | { readonly field: string; readonly moreThan: number }
  | { readonly not: Condition }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] };

export type Unit = 'days' | 'squareMetres' | 'people' | 'percent' | 'points';

/** A value that the keeper added to a list, with its words as typed. */
export interface OwnOption {
  readonly value: string;
  readonly label: string;
  /** No longer offered; cards that have it keep it. */
  readonly hidden: boolean;
}

export interface FieldDefinition {
  /** Stable ASCII camelCase; the label is `field.<form>.<key>`, of a list's item `field.<form>.<list>.<key>`. */
  readonly key: string;
  readonly type: FieldType;
  readonly required: Requirement;
  /** For `enum` and `multiEnum`: the set; a value's label is `option.<set>.<value>`. */
  readonly options?: OptionSetName;
  /** Values that the keeper added to the set, or all values of a field of the keeper's own (own-fields.ts). */
  readonly ownOptions?: readonly OwnOption[];
  /** Words of a field of the keeper's own, as typed; the program's fields have theirs in the message catalogues. */
  readonly label?: string;
  /** Own field no longer asked for: shown where a card has a value, offered nowhere. */
  readonly hidden?: true;
  /**
   * Found by the one search. By default short texts are (names, codes, phones, addresses, people), unless they are sensitive or
   * remarks; `true` and `false` say otherwise.
   */
  readonly searched?: boolean;
  /** 沿革: a change of it is a dated event in the customer's life (peers §2, 9). */
  readonly milestone?: true;
  /** A value outside the set is accepted as free text (lists the company extends: industry, region …). */
  readonly openOptions?: true;
  readonly unit?: Unit;
  /** For `list`: the fields of one entry. */
  readonly itemFields?: readonly FieldDefinition[];
  /** For `conditional`: when the field is required. */
  readonly when?: Condition;
  /** Personal or secret: masked unless the role may read everything (§2.3, masks.ts). */
  readonly sensitive?: true;
  /** Says something only together with this field: of two cards that become one, both come from the same (merging.ts). */
  readonly goesWith?: string;
  /** Check character rule; a failure is a warning, never a refusal (§1.10). */
  readonly check?: CheckName;
  /** The check applies only while this holds (an identity number is checked only on an identity card). */
  readonly checkWhen?: Condition;
  /** Longest text in code points; default by type. */
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  /** For `date`: the value `indefinite` (長期) is allowed. */
  readonly allowIndefinite?: true;
  /** Worked out from other records; shown, never asked for, never counted in completeness. */
  readonly computed?: true;
  /** The card or list entry cannot exist without it: empty is an error, not only a gap. */
  readonly identifying?: true;
  /** One of the three facts a salesperson may receive (I2): unit name, person's name, job title. */
  readonly salespersonFact?: true;
  /** Value of a new card. */
  readonly initial?: FieldValue;
}

export interface FormSection {
  /** Label: `section.<key>`. */
  readonly key: string;
  readonly fields: readonly FieldDefinition[];
}

/** At least one of these fields must be filled; while none is, the first counts as missing. */
export interface OneOfRule {
  readonly fields: readonly string[];
}

export interface FormDefinition {
  /** `enterprise`, `individual`: the middle part of the label keys. */
  readonly key: string;
  readonly sections: readonly FormSection[];
  readonly oneOf: readonly OneOfRule[];
}

export interface Money {
  /** Decimal as text, `.` as separator, no grouping, no exponent: `1234.50`. */
  readonly amount: string;
  /** ISO 4217, capital letters. */
  readonly currency: string;
}

export type ListItem = { readonly [key: string]: FieldValue };

/**
 * A value by field type: text, longText, phone, email, address, enum: string · date `YYYY-MM-DD` · partialDate also `YYYY`,
 * `YYYY-MM` · time `HH:MM` · integer, number, percent: number · money: {@link Money} · multiEnum: string[] · boolean · staff: id in the staff
 * register, or a name as written · customer: registration number, or a name as written · list: objects by item key.
 * `null`, absent and blank all mean empty.
 */
export type FieldValue = string | number | boolean | null | Money | readonly string[] | readonly ListItem[];

export type CardValues = { readonly [key: string]: FieldValue | undefined };

/** The value of `allowIndefinite` dates. */
export const INDEFINITE = 'indefinite';

/** True if something was entered: `false` and `0` are answers, blank text and empty lists are not. */
export function isFilled(value: FieldValue | undefined): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return value.trim() !== '';
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && 'amount' in value) return typeof value.amount === 'string' && value.amount !== '';
  return true;
}

/** The value under a key of its own; never one inherited from a prototype. */
export function ownValue(values: CardValues | ListItem, key: string): FieldValue | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}
