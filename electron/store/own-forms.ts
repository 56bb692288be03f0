import type { OwnField, OwnForms } from '../../shared/domain/forms/own-fields.ts';
import type { Reader, Writer } from './sql.ts';

/** Fields and values that the keeper added to the forms. */
export interface OwnFieldRow {
  readonly key: string;
  readonly kind: OwnField['kind'];
  readonly section: string;
  readonly label: string;
  readonly type: OwnField['type'];
  readonly required: OwnField['required'];
  readonly unit: OwnField['unit'];
  readonly sensitive: number;
  readonly hidden: number;
  readonly position: number;
  readonly added_at: string;
  readonly added_by: string;
}

export interface OwnOptionRow {
  readonly value: string;
  readonly set_name: string;
  readonly label: string;
  readonly hidden: number;
  readonly position: number;
  readonly added_at: string;
  readonly added_by: string;
}

const ALL = `SELECT json_array(
  (SELECT json_group_array(json_array(key, kind, section, label, type, required, unit, sensitive, hidden))
     FROM (SELECT * FROM own_field ORDER BY position, key)),
  (SELECT json_group_array(json_array(set_name, value, label, hidden))
     FROM (SELECT * FROM own_option ORDER BY position, value))) AS text`;

type FieldTuple = [
  key: string,
  kind: OwnField['kind'],
  section: string,
  label: string,
  type: OwnField['type'],
  required: OwnField['required'],
  unit: OwnField['unit'],
  sensitive: number,
  hidden: number,
];

let last: { readonly text: string; readonly own: OwnForms } | undefined;

/**
 * Everything that the keeper added. The same object as long as nothing of it changes: an import asks for every row, and forms
 * are built once for each object.
 */
export function readOwnForms(sql: Reader): OwnForms {
  const text = sql.get<{ text: string }>(ALL)?.text ?? '[[],[]]';
  if (last?.text === text) return last.own;
  const [fields, options] = JSON.parse(text) as [FieldTuple[], [string, string, string, number][]];
  const bySet: Record<string, { value: string; label: string; hidden: boolean }[]> = {};
  for (const [set, value, label, hidden] of options) {
    bySet[set] ??= [];
    bySet[set].push({ value, label, hidden: hidden === 1 });
  }
  const own: OwnForms = {
    fields: fields.map(([key, kind, section, label, type, required, unit, sensitive, hidden]) => ({
      key,
      kind,
      section,
      label,
      type,
      required,
      unit,
      sensitive: sensitive === 1,
      hidden: hidden === 1,
    })),
    options: bySet,
  };
  last = { text, own };
  return own;
}

export function findOwnField(sql: Reader, key: string): OwnFieldRow | undefined {
  return sql.get<OwnFieldRow>('SELECT * FROM own_field WHERE key = ?', key);
}

export function findOwnOption(sql: Reader, value: string): OwnOptionRow | undefined {
  return sql.get<OwnOptionRow>('SELECT * FROM own_option WHERE value = ?', value);
}

export function insertOwnField(sql: Writer, row: Omit<OwnFieldRow, 'position'>): void {
  sql.run(
    `INSERT INTO own_field (key, kind, section, label, type, required, unit, sensitive, hidden, position, added_at, added_by)
     VALUES (:key, :kind, :section, :label, :type, :required, :unit, :sensitive, :hidden,
       (SELECT coalesce(max(position), 0) + 1 FROM own_field), :added_at, :added_by)`,
    { ...row },
  );
}

export function updateOwnField(sql: Writer, row: OwnFieldRow): void {
  sql.run(
    `UPDATE own_field SET section = :section, label = :label, required = :required, unit = :unit, sensitive = :sensitive,
       hidden = :hidden, position = :position WHERE key = :key`,
    {
      key: row.key,
      section: row.section,
      label: row.label,
      required: row.required,
      unit: row.unit,
      sensitive: row.sensitive,
      hidden: row.hidden,
      position: row.position,
    },
  );
}

export function deleteOwnField(sql: Writer, key: string): void {
  sql.run('DELETE FROM own_option WHERE set_name = ?', key);
  sql.run('DELETE FROM own_field WHERE key = ?', key);
}

export function insertOwnOption(sql: Writer, row: Omit<OwnOptionRow, 'position'>): void {
  sql.run(
    `INSERT INTO own_option (value, set_name, label, hidden, position, added_at, added_by)
     VALUES (:value, :set_name, :label, :hidden, (SELECT coalesce(max(position), 0) + 1 FROM own_option), :added_at, :added_by)`,
    { ...row },
  );
}

export function updateOwnOption(sql: Writer, value: string, label: string, hidden: boolean): void {
  sql.run('UPDATE own_option SET label = ?, hidden = ? WHERE value = ?', label, hidden ? 1 : 0, value);
}

export function deleteOwnOption(sql: Writer, value: string): void {
  sql.run('DELETE FROM own_option WHERE value = ?', value);
}

/** On how many cards each of these own keys stands, now or in their history. Reads every card. */
export function usesOf(sql: Reader, keys: readonly string[]): Record<string, { cards: number; history: number }> {
  const uses: Record<string, { cards: number; history: number }> = {};
  for (const key of keys) {
    // Keys of fields and values share one sequence and are quoted in the stored text: nothing else can look like one.
    const quoted = `"${key}"`;
    const cards = sql.get<{ n: number }>(
      'SELECT count(*) AS n FROM customer WHERE instr(field_values, ?) > 0',
      quoted,
    )?.n;
    const history = sql.get<{ n: number }>(
      `SELECT (SELECT count(*) FROM customer_change WHERE field = ? OR instr(from_value, ?) > 0 OR instr(to_value, ?) > 0)
         + (SELECT count(*) FROM customer_merge WHERE instr(merged_row, ?) > 0 OR instr(survivor_row, ?) > 0) AS n`,
      key,
      quoted,
      quoted,
      // A card set aside by merging holds the values with their quotation marks escaped.
      `\\"${key}\\"`,
      `\\"${key}\\"`,
    )?.n;
    uses[key] = { cards: cards ?? 0, history: history ?? 0 };
  }
  return uses;
}
