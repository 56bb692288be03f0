import {
  type CardKind,
  cardForm,
  type FieldValue,
  fieldLabelKey,
  sectionLabelKey,
} from '../../shared/domain/form-fields.ts';
import { type FieldDefinition, INDEFINITE, isFilled } from '../../shared/domain/forms/field.ts';
import { optionLabelKey } from '../../shared/domain/forms/option-sets.ts';
import type { Role } from '../../shared/domain/roles.ts';
import type { CardContent, CardSection, CardTable } from '../print/print-data.ts';
import type { CustomerRow } from '../store/customers.ts';
import { cardFor } from './customer-record.ts';
import { type PaperLanguage, recordText } from './record-texts.ts';

/** A value in words, for paper. */
export function printedValue(language: PaperLanguage, field: FieldDefinition, value: FieldValue | undefined): string {
  if (value === undefined || value === null) return '';
  const option = (text: string) => {
    if (field.options === undefined) return text;
    const key = optionLabelKey(field.options, text);
    const label = recordText(language, key);
    return label === key ? text : label;
  };
  if (typeof value === 'boolean') return recordText(language, value ? 'option.boolean.true' : 'option.boolean.false');
  if (typeof value === 'number')
    return `${new Intl.NumberFormat(language).format(value)}${field.type === 'percent' ? '%' : ''}`;
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

/** Grouped without rounding: an amount is text, and stays exact. */
function groupDigits(amount: string): string {
  const [whole = '', decimals] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

/** A card as it goes on paper, with what this role may see (rule R). Empty fields of the form keep their line: it is a form. */
export function cardContent(language: PaperLanguage, role: Role, row: CustomerRow): CardContent {
  const card = cardFor(role, row);
  const kind: CardKind = row.kind;
  const grade = String(card.values['creditGrade'] ?? '');
  const label = (path: string) => recordText(language, fieldLabelKey(kind, path));
  const sections = cardForm(kind).sections.map((section): CardSection => {
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
            columns: used.map((part) => label(`${field.key}.${part.key}`)),
            rows: rows.map((entry) => used.map((part) => printedValue(language, part, entry[part.key]))),
          });
        continue;
      }
      if (!isFilled(value) && field.required === 'optional') continue;
      fields.push({
        label: label(field.key),
        value: printedValue(language, field, value),
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
