import { setImmediate as turn } from 'node:timers/promises';
import {
  type CardForms,
  type CardKind,
  cardFields,
  cardForm,
  completeness,
  fieldLabelKey,
} from '../../shared/domain/form-fields.ts';
import type { FieldDefinition } from '../../shared/domain/forms/field.ts';
import { optionLabelKey, optionsOf } from '../../shared/domain/forms/option-sets.ts';
import {
  EXTENSIBLE_SETS,
  formsWith,
  MOST_OWN_FIELDS,
  MOST_OWN_OPTIONS,
  OWN_SECTION,
} from '../../shared/domain/forms/own-fields.ts';
import { foldLabel, labelsOf } from '../../shared/domain/import/labels.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { hasControlCharacters, hasInvisibleCharacters, isWellFormed } from '../../shared/util/text.ts';
import { cardsOfKind, setCompleteness, valuesTextOf } from '../store/customers.ts';
import { takeSequence } from '../store/number-sequence.ts';
import {
  deleteOwnField,
  deleteOwnOption,
  findOwnField,
  findOwnOption,
  insertOwnField,
  insertOwnOption,
  type OwnFieldRow,
  type OwnOptionRow,
  readOwnForms,
  updateOwnField,
  updateOwnOption,
  usesOf,
} from '../store/own-forms.ts';
import type { Reader, Writer } from '../store/sql.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { valuesOf } from './customer-record.ts';

/** The forms as this archive has them: the program's fields, and what its keeper added. */
export function cardForms(sql: Reader): CardForms {
  return formsWith(readOwnForms(sql));
}

function refuse(path: string, message: string, params?: Record<string, string | number>): never {
  throw new AppError('INPUT_INVALID', {
    fields: [{ path, message: `validation.${message}`, ...(params === undefined ? {} : { params }) }],
  });
}

function ownField(sql: Reader, key: string): OwnFieldRow {
  const row = findOwnField(sql, key);
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'ownField', number: key } });
  return row;
}

function ownOption(sql: Reader, value: string): OwnOptionRow {
  const row = findOwnOption(sql, value);
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'ownOption', number: value } });
  return row;
}

/** One line of plain words: nothing that would be drawn as something else. */
function checkWords(words: string, path: string): void {
  if (hasControlCharacters(words, false) || hasInvisibleCharacters(words) || !isWellFormed(words))
    refuse(path, 'controlCharacter');
}

/** Two fields of one form, or two parts of one group, under the same words could not be told apart, on the screen or in a table. */
function checkFieldLabel(sql: Reader, kind: CardKind, section: string, label: string, except: string): void {
  checkWords(label, 'label');
  const wanted = foldLabel(label);
  if (wanted === '') refuse('label', 'required');
  const words = (field: FieldDefinition) =>
    field.label === undefined ? labelsOf(fieldLabelKey(kind, field.key)) : [field.label];
  const fields = cardFields(kind, cardForms(sql));
  const isGroup = findOwnField(sql, section)?.type === 'list';
  const beside = isGroup ? (fields.find(({ key }) => key === section)?.itemFields ?? []) : fields;
  const taken = beside.find((field) => field.key !== except && words(field).some((text) => foldLabel(text) === wanted));
  if (taken !== undefined) refuse('label', 'labelTaken', { label });
}

function checkOptionLabel(sql: Reader, list: string, label: string, except: string): void {
  checkWords(label, 'label');
  const wanted = foldLabel(label);
  if (wanted === '') refuse('label', 'required');
  const set = EXTENSIBLE_SETS.find((name) => name === list);
  const standard =
    set === undefined ? [] : optionsOf(set).flatMap((value) => [value, ...labelsOf(optionLabelKey(set, value))]);
  const own = (readOwnForms(sql).options[list] ?? []).filter((option) => option.value !== except);
  if ([...standard, ...own.map((option) => option.label)].some((text) => foldLabel(text) === wanted))
    refuse('label', 'labelTaken', { label });
}

/** A section of the form, or for a part a repeating group of the keeper's own; a group has no groups within. */
function checkSection(sql: Reader, kind: CardKind, section: string, type: OwnFieldRow['type']): void {
  const group = findOwnField(sql, section);
  const isGroup = group?.type === 'list' && group.kind === kind && type !== 'list';
  if (!isGroup && section !== OWN_SECTION && !cardForm(kind).sections.some((known) => known.key === section))
    refuse('section', 'option');
}

/** Own fields and values share one sequence: their keys are never reused, and never mistaken for one another. */
const newKey = (sql: Writer) => `own${takeSequence(sql, 'ownForms')}`;

function addOption(context: CommandContext, list: string, label: string): string {
  const { sql, clock, actor } = context;
  if ((readOwnForms(sql).options[list] ?? []).length >= MOST_OWN_OPTIONS)
    refuse('label', 'tooManyItems', { max: MOST_OWN_OPTIONS });
  checkOptionLabel(sql, list, label, '');
  const value = newKey(sql);
  insertOwnOption(sql, {
    value,
    set_name: list,
    label,
    hidden: 0,
    added_at: clock.now().toISOString(),
    added_by: actor.displayName,
  });
  return value;
}

const CARDS_PER_TURN = 200;

/** C5: what the forms ask for has changed, so every card of the kind is counted anew. */
async function recount(context: CommandContext, kind: CardKind): Promise<void> {
  const { sql, signal } = context;
  const forms = cardForms(sql);
  const ids = cardsOfKind(sql, kind);
  for (const [index, card] of ids.entries()) {
    const { percent } = completeness(kind, valuesOf({ field_values: valuesTextOf(sql, card.id) }), forms);
    if (percent !== card.completeness) setCompleteness(sql, card.id, percent);
    if (index % CARDS_PER_TURN !== 0) continue;
    context.progress({ phase: 'checkingRows', done: index, total: ids.length });
    await turn();
    signal.throwIfAborted();
  }
}

/** Refuses for a key that some card has or had: it can be hidden, not removed. */
function refuseUsed(sql: Reader, key: string, path: string): void {
  const use = usesOf(sql, [key])[key];
  if (use !== undefined && use.cards + use.history > 0) refuse(path, 'ownInUse', { cards: use.cards });
}

export const ownFormHandlers: HandlersOf<
  | 'forms.get'
  | 'forms.uses'
  | 'forms.addField'
  | 'forms.changeField'
  | 'forms.removeField'
  | 'forms.addOption'
  | 'forms.changeOption'
  | 'forms.removeOption'
> = {
  'forms.get': {
    phase: 'query',
    run({ sql }) {
      const own = readOwnForms(sql);
      return {
        fields: own.fields.map((field) => ({
          ...field,
          unit: field.unit === 'percent' ? null : field.unit,
        })),
        options: Object.fromEntries(Object.entries(own.options).map(([set, options]) => [set, [...options]])),
      };
    },
  },
  'forms.uses': {
    phase: 'query',
    run({ sql }) {
      const own = readOwnForms(sql);
      const keys = [
        ...own.fields.map((field) => field.key),
        ...Object.values(own.options).flatMap((options) => options.map((option) => option.value)),
      ];
      return { uses: usesOf(sql, keys) };
    },
  },
  'forms.addField': {
    phase: 'command',
    async run(context, input) {
      const { sql, clock, actor } = context;
      checkSection(sql, input.kind, input.section, input.type);
      checkFieldLabel(sql, input.kind, input.section, input.label, '');
      const chosen = input.type === 'enum' || input.type === 'multiEnum';
      if (chosen && input.options.length === 0) refuse('options', 'required');
      if (!chosen && input.options.length > 0) refuse('options', 'option');
      if (readOwnForms(sql).fields.filter((field) => field.kind === input.kind).length >= MOST_OWN_FIELDS)
        refuse('label', 'tooManyItems', { max: MOST_OWN_FIELDS });
      const measured = input.type === 'integer' || input.type === 'number';
      const key = newKey(sql);
      insertOwnField(sql, {
        key,
        kind: input.kind,
        section: input.section,
        label: input.label,
        type: input.type,
        required: input.required,
        unit: measured ? (input.unit ?? null) : null,
        sensitive: input.sensitive ? 1 : 0,
        hidden: 0,
        added_at: clock.now().toISOString(),
        added_by: actor.displayName,
      });
      for (const label of input.options) addOption(context, key, label);
      context.note({ object: `field:${key}`, data: { kind: input.kind, type: input.type, section: input.section } });
      if (input.required === 'required') await recount(context, input.kind);
      return { key };
    },
  },
  'forms.changeField': {
    phase: 'command',
    async run(context, { key, move, ...change }) {
      const { sql } = context;
      const row = ownField(sql, key);
      context.note({ object: `field:${key}`, data: { fields: [...Object.keys(change), ...(move ? ['move'] : [])] } });
      if (change.section !== undefined && change.section !== row.section) {
        checkSection(sql, row.kind, change.section, row.type);
        // What stands in the entries of a group cannot follow its part elsewhere.
        const inGroup = (section: string) => findOwnField(sql, section)?.type === 'list';
        if (inGroup(row.section) || inGroup(change.section)) refuse('section', 'option');
      }
      if (change.label !== undefined) checkFieldLabel(sql, row.kind, row.section, change.label, key);
      const next: OwnFieldRow = {
        ...row,
        label: change.label ?? row.label,
        section: change.section ?? row.section,
        required: change.required ?? row.required,
        unit: change.unit === undefined ? row.unit : change.unit,
        sensitive: Number(change.sensitive ?? row.sensitive === 1),
        hidden: Number(change.hidden ?? row.hidden === 1),
      };
      updateOwnField(sql, next);
      if (move !== undefined) changePlaces(sql, next, move);
      const asks = (field: OwnFieldRow) => field.required === 'required' && field.hidden === 0;
      if (asks(row) !== asks(next)) await recount(context, row.kind);
      return {};
    },
  },
  'forms.removeField': {
    phase: 'command',
    async run(context, { key }) {
      const { sql } = context;
      const row = ownField(sql, key);
      context.note({ object: `field:${key}` });
      refuseUsed(sql, key, 'key');
      for (const part of readOwnForms(sql).fields.filter((field) => field.section === key))
        deleteOwnField(sql, part.key);
      deleteOwnField(sql, key);
      if (row.required === 'required' && row.hidden === 0) await recount(context, row.kind);
      return {};
    },
  },
  'forms.addOption': {
    phase: 'command',
    run(context, { list, label }) {
      const { sql } = context;
      if (list.startsWith('own')) {
        const field = ownField(sql, list);
        if (field.type !== 'enum' && field.type !== 'multiEnum') refuse('list', 'option');
      }
      const value = addOption(context, list, label);
      context.note({ object: `option:${value}`, data: { list } });
      return { value };
    },
  },
  'forms.changeOption': {
    phase: 'command',
    run(context, { value, label, hidden }) {
      const { sql } = context;
      const row = ownOption(sql, value);
      context.note({ object: `option:${value}`, data: { list: row.set_name } });
      if (label !== undefined) checkOptionLabel(sql, row.set_name, label, value);
      updateOwnOption(sql, value, label ?? row.label, hidden ?? row.hidden === 1);
      return {};
    },
  },
  'forms.removeOption': {
    phase: 'command',
    run(context, { value }) {
      const { sql } = context;
      const row = ownOption(sql, value);
      context.note({ object: `option:${value}`, data: { list: row.set_name } });
      refuseUsed(sql, value, 'value');
      const last = readOwnForms(sql).options[row.set_name]?.length === 1;
      if (last && row.set_name.startsWith('own')) refuse('value', 'lastOption');
      deleteOwnOption(sql, value);
      return {};
    },
  },
};

function changePlaces(sql: Writer, row: OwnFieldRow, move: 'up' | 'down'): void {
  const { fields } = readOwnForms(sql);
  const beside = fields.filter((field) => field.kind === row.kind && field.section === row.section);
  const at = beside.findIndex((field) => field.key === row.key);
  const other = beside[move === 'up' ? at - 1 : at + 1];
  if (other === undefined) return;
  const otherRow = ownField(sql, other.key);
  updateOwnField(sql, { ...otherRow, position: row.position });
  updateOwnField(sql, { ...row, position: otherRow.position });
}
