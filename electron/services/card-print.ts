import {
  type CardForms,
  type CardKind,
  cardForm,
  type FieldValue,
  fieldWords,
  sectionLabelKey,
} from '../../shared/domain/form-fields.ts';
import { type FieldDefinition, INDEFINITE, isFilled } from '../../shared/domain/forms/field.ts';
import { optionLabelKey, optionWords } from '../../shared/domain/forms/option-sets.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { factAge } from '../../shared/domain/staleness.ts';
import { groupDigits } from '../../shared/util/group-digits.ts';
import type { Clock } from '../platform/clock.ts';
import type { CardContent, CardSection, CardTable } from '../print/print-data.ts';
import { type CustomerRow, findCustomer } from '../store/customers.ts';
import type { Reader } from '../store/sql.ts';
import { staffName } from '../store/staff.ts';
import { cardFor } from './customer-record.ts';
import { cardForms } from './own-forms.ts';
import { type PaperLanguage, recordText } from './record-texts.ts';
import { readSettings } from './settings.ts';
import { todayOf } from './today.ts';

/** A value in words, for paper. `nameOf`: who a number in the staff register is. */
export function printedValue(
  language: PaperLanguage,
  field: FieldDefinition,
  value: FieldValue | undefined,
  nameOf: PaperFrame['staffName'] = () => undefined,
): string {
  if (value === undefined || value === null) return '';
  const option = (text: string) => optionWords(field, text, (key) => recordText(language, key));
  if (typeof value === 'boolean') return recordText(language, value ? 'option.boolean.true' : 'option.boolean.false');
  if (typeof value === 'number')
    return field.type === 'staff' ? (nameOf(value) ?? String(value)) : printedNumber(language, field, value);
  if (typeof value === 'string')
    return value === INDEFINITE && field.allowIndefinite === true
      ? recordText(language, 'option.date.indefinite')
      : option(value);
  if (Array.isArray(value))
    return (value as readonly unknown[])
      .filter((entry) => typeof entry === 'string')
      .map((entry) => option(String(entry)))
      .join('、');
  if ('amount' in value) return `${String(value.currency)} ${groupDigits(String(value.amount))}`;
  return '';
}

function printedNumber(language: PaperLanguage, field: FieldDefinition, value: number): string {
  // A year is a name, not an amount.
  if (field.type === 'integer' && field.min === 1900) return String(value);
  const figure = new Intl.NumberFormat(language).format(value);
  if (field.type === 'percent') return `${figure}%`;
  return field.unit === undefined ? figure : `${figure} ${recordText(language, `unit.${field.unit}`)}`;
}

/** What a card on paper is made from, besides its row. */
export interface PaperFrame {
  readonly language: PaperLanguage;
  readonly role: Role;
  readonly forms: CardForms;
  /** Day of printing, and months until a fact is old: old facts carry their date (M1, C6). */
  readonly today: string;
  readonly revisionMonths: number;
  /** Name of a member of staff by id. */
  staffName(id: number): string | undefined;
  /** Name of a customer by number; undefined for what is no number. */
  customerName(number: string): string | undefined;
}

/** A card as it goes on paper, with what this role may see (rule R). Empty fields of the form keep their line: it is a form. */
export function cardContent(frame: PaperFrame, row: CustomerRow): CardContent {
  const { language, role, forms, today, revisionMonths } = frame;
  const card = cardFor(role, row, forms);
  const kind: CardKind = row.kind;
  const grade = String(card.values['creditGrade'] ?? '');
  const label = (path: string) => fieldWords(kind, path, (key) => recordText(language, key), forms);
  /** The day of an old fact; nothing for a fresh one. */
  const dated = (key: string): { dated?: string } => {
    const day = card.confirmations[key]?.at.slice(0, 10);
    return day !== undefined && factAge(day, today, revisionMonths) >= 1 ? { dated: day } : {};
  };
  /** Of another customer: what its number means (C1, group and branches). */
  const withName = (field: FieldDefinition, value: FieldValue | undefined, words: string): string =>
    field.type === 'customer' && typeof value === 'string'
      ? `${words} ${frame.customerName(value) ?? ''}`.trim()
      : words;
  const sections = cardForm(kind, forms).sections.map((section): CardSection => {
    const tables: CardTable[] = [];
    const fields: { label: string; value: string; wide?: boolean }[] = [];
    for (const field of section.fields) {
      const value = card.values[field.key] as FieldValue | undefined;
      if (field.type === 'list') {
        const rows = Array.isArray(value) ? (value as readonly Record<string, FieldValue>[]) : [];
        const used = (field.itemFields ?? []).filter((part) => rows.some((entry) => isFilled(entry[part.key])));
        if (rows.length > 0)
          tables.push({
            title: label(field.key),
            ...dated(field.key),
            columns: used.map((part) => label(`${field.key}.${part.key}`)),
            rows: rows.map((entry) =>
              used.map((part) => printedValue(language, part, entry[part.key], frame.staffName)),
            ),
          });
        continue;
      }
      if (!isFilled(value) && (field.required === 'optional' || field.hidden === true)) continue;
      fields.push({
        label: label(field.key),
        value: withName(field, value, printedValue(language, field, value, frame.staffName)),
        ...(isFilled(value) ? dated(field.key) : {}),
        ...(field.type === 'longText' || field.type === 'address' ? { wide: true } : {}),
      });
    }
    return { title: recordText(language, sectionLabelKey(section.key)), fields, tables };
  });
  return {
    kind,
    number: row.number,
    name: row.name,
    marks: [
      recordText(language, optionLabelKey('tier', row.tier)),
      grade === '' ? '' : recordText(language, optionLabelKey('creditGrade', grade)),
    ].filter((mark) => mark !== ''),
    sections: sections.filter((section) => section.fields.length > 0 || (section.tables ?? []).length > 0),
    completeness: card.completeness.percent,
    missing: card.completeness.missing.map((path) => label(path)),
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  };
}

/** The frame for cards printed now, as a role sees them. */
export function paperFrame(
  { sql, clock }: { readonly sql: Reader; readonly clock: Clock },
  language: PaperLanguage,
  role: Role,
): PaperFrame {
  return {
    language,
    role,
    forms: cardForms(sql),
    today: todayOf(clock),
    revisionMonths: readSettings(sql).revisionMonths,
    staffName: (id) => staffName(sql, id),
    customerName: (number) => findCustomer(sql, number)?.name,
  };
}
