import type { FieldError, MessageParams } from '../../errors/app-error.ts';
import { isDay, isPartialDay, isTimeOfDay } from '../../util/days.ts';
import { codePointLength, hasControlCharacters, hasInvisibleCharacters, isWellFormed } from '../../util/text.ts';
import { checkCharacters } from '../check-characters.ts';
import { conditionHolds } from './condition.ts';
import {
  type CardValues,
  type FieldDefinition,
  type FieldValue,
  INDEFINITE,
  isFilled,
  type ListItem,
  ownValue,
} from './field.ts';
import { isOption } from './option-sets.ts';

/** Most entries of one list on a card. */
export const MAX_LIST_ITEMS = 200;
const MAX_LENGTH: Partial<Record<FieldDefinition['type'], number>> = {
  text: 200,
  longText: 20_000,
  phone: 60,
  email: 254,
  address: 300,
  enum: 100,
  staff: 100,
  customer: 200,
};
const AMOUNT = /^-?(0|[1-9]\d{0,17})(\.\d{1,4})?$/;

export interface Findings {
  /** The value cannot be stored. Paths: `key`, or `list.index.key`. */
  readonly errors: readonly FieldError[];
  /** The value can be stored as the paper says it, but looks wrong. */
  readonly warnings: readonly FieldError[];
}

interface Collector {
  error(path: string, message: string, params?: MessageParams): void;
  warning(path: string, message: string, params?: MessageParams): void;
}

/**
 * Types and formats of all values of a set of fields. Missing required fields are not errors but gaps
 * (completeness.ts), except the identifying ones without which the record cannot exist.
 */
export function validateFields(fields: readonly FieldDefinition[], values: CardValues): Findings {
  const errors: FieldError[] = [];
  const warnings: FieldError[] = [];
  const add = (list: FieldError[]) => (path: string, message: string, params?: MessageParams) => {
    list.push({ path, message: `validation.${message}`, ...(params === undefined ? {} : { params }) });
  };
  validateInto(fields, values, '', { error: add(errors), warning: add(warnings) });
  return { errors, warnings };
}

const keysOfFields = new WeakMap<readonly FieldDefinition[], ReadonlySet<string>>();

function keysOf(fields: readonly FieldDefinition[]): ReadonlySet<string> {
  let keys = keysOfFields.get(fields);
  if (keys === undefined) {
    keys = new Set(fields.map((field) => field.key));
    keysOfFields.set(fields, keys);
  }
  return keys;
}

function validateInto(
  fields: readonly FieldDefinition[],
  values: CardValues | ListItem,
  prefix: string,
  found: Collector,
): void {
  const known = keysOf(fields);
  for (const key of Object.keys(values)) if (!known.has(key)) found.error(prefix + key, 'unknownField');
  for (const field of fields) {
    const value = ownValue(values, field.key);
    const path = prefix + field.key;
    if (value === undefined || value === null || !isFilled(value)) {
      if (field.identifying === true) found.error(path, 'required');
      continue;
    }
    VALIDATORS[field.type](field, value, path, found);
    const checked = field.checkWhen === undefined || conditionHolds(field.checkWhen, values);
    if (field.check !== undefined && checked && typeof value === 'string') {
      const outcome = checkCharacters(field.check, value);
      if (outcome !== 'valid') found.warning(path, `${field.check}.${outcome}`);
    }
  }
}

type Validator = (field: FieldDefinition, value: NonNullable<FieldValue>, path: string, found: Collector) => void;

const VALIDATORS: Record<FieldDefinition['type'], Validator> = {
  text: validateText,
  longText: validateText,
  address: validateText,
  customer: validateText,
  date: (field, value, path, found) => {
    const indefinite = value === INDEFINITE && field.allowIndefinite === true;
    if (!indefinite && (typeof value !== 'string' || !isDay(value))) found.error(path, 'date');
  },
  partialDate: (_field, value, path, found) => {
    if (typeof value !== 'string' || !isPartialDay(value)) found.error(path, 'partialDate');
  },
  time: (_field, value, path, found) => {
    if (typeof value !== 'string' || !isTimeOfDay(value)) found.error(path, 'time');
  },
  integer: validateNumber,
  number: validateNumber,
  percent: (field, value, path, found) =>
    validateNumber({ ...field, min: field.min ?? 0, max: field.max ?? 100 }, value, path, found),
  money: validateMoney,
  enum: validateOption,
  multiEnum: (field, value, path, found) => {
    const entries: readonly unknown[] = Array.isArray(value) ? value : [null];
    for (const entry of entries) validateOption(field, entry, path, found);
    if (new Set(entries).size !== entries.length) found.error(path, 'duplicateOption');
  },
  boolean: (_field, value, path, found) => {
    if (typeof value !== 'boolean') found.error(path, 'boolean');
  },
  phone: validatePhone,
  email: (field, value, path, found) => {
    validateText(field, value, path, found);
    if (typeof value === 'string' && !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/u.test(value)) found.error(path, 'email');
  },
  staff: (field, value, path, found) => {
    if (typeof value !== 'number') validateText(field, value, path, found);
    else if (!Number.isSafeInteger(value) || value < 1) found.error(path, 'staff');
  },
  list: validateList,
};

function validateText(field: FieldDefinition, value: unknown, path: string, found: Collector): void {
  if (typeof value !== 'string') {
    found.error(path, 'text');
    return;
  }
  const max = field.maxLength ?? MAX_LENGTH[field.type] ?? 200;
  // No text has more characters than units: only a long one is counted.
  if (value.length > max && codePointLength(value) > max) found.error(path, 'tooLong', { max });
  const multiLine = field.type === 'longText' || field.type === 'address';
  if (hasControlCharacters(value, multiLine) || !isWellFormed(value)) found.error(path, 'controlCharacter');
  else if (hasInvisibleCharacters(value)) found.warning(path, 'invisibleCharacter');
}

function validateNumber(field: FieldDefinition, value: unknown, path: string, found: Collector): void {
  const whole = field.type === 'integer';
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    found.error(path, whole ? 'integer' : 'number');
    return;
  }
  if (whole && !Number.isSafeInteger(value)) {
    found.error(path, 'integer');
    return;
  }
  if (field.min !== undefined && value < field.min) found.error(path, 'tooSmall', { min: field.min });
  if (field.max !== undefined && value > field.max) found.error(path, 'tooLarge', { max: field.max });
}

function validateMoney(field: FieldDefinition, value: unknown, path: string, found: Collector): void {
  const money = typeof value === 'object' && value !== null ? (value as { amount?: unknown; currency?: unknown }) : {};
  if (typeof money.amount !== 'string' || !AMOUNT.test(money.amount)) {
    found.error(path, 'money');
    return;
  }
  if (typeof money.currency !== 'string' || !/^[A-Z]{3}$/.test(money.currency)) found.error(path, 'currency');
  if (Object.keys(money).length !== 2) found.error(path, 'money');
  if (Number(money.amount) < (field.min ?? 0)) found.error(path, 'tooSmall', { min: field.min ?? 0 });
}

function validateOption(field: FieldDefinition, value: unknown, path: string, found: Collector): void {
  if (typeof value !== 'string') {
    found.error(path, 'option');
    return;
  }
  if (isOption(field, value)) return;
  if (field.openOptions === true) validateText({ ...field, type: 'enum' }, value, path, found);
  else found.error(path, 'option');
}

function validatePhone(field: FieldDefinition, value: unknown, path: string, found: Collector): void {
  validateText(field, value, path, found);
  if (typeof value !== 'string') return;
  const digits = value.normalize('NFKC').replace(/\D/gu, '').length;
  if (digits === 0) found.error(path, 'phone');
  else if (digits < 5) found.warning(path, 'phoneShort');
}

function validateList(field: FieldDefinition, value: unknown, path: string, found: Collector): void {
  if (!Array.isArray(value)) {
    found.error(path, 'list');
    return;
  }
  if (value.length > MAX_LIST_ITEMS) {
    found.error(path, 'tooManyItems', { max: MAX_LIST_ITEMS });
    return;
  }
  value.forEach((item: unknown, index) => {
    const itemPath = `${path}.${index}`;
    if (typeof item !== 'object' || item === null || Array.isArray(item)) found.error(itemPath, 'list');
    else validateInto(field.itemFields ?? [], item as ListItem, `${itemPath}.`, found);
  });
}
