import type { FieldDefinition } from '../forms/field.ts';
import { type OptionSetName, optionLabelKey, optionsOf } from '../forms/option-sets.ts';
import { accepted, type CellResult, refused } from './cell-result.ts';
import { foldLabel, labelsOf, labelVariants } from './labels.ts';
import { OPTION_SYNONYMS } from './option-synonyms.ts';

const byOption = new Map<string, readonly string[]>(
  OPTION_SYNONYMS.map(([key, chinese, english]) => [key, [...chinese.split(' '), ...english.split(',')]]),
);
const indexes = new Map<OptionSetName, ReadonlyMap<string, string>>();

function indexOf(set: OptionSetName): ReadonlyMap<string, string> {
  const known = indexes.get(set);
  if (known !== undefined) return known;
  const index = new Map<string, string>();
  const claim = (word: string, value: string) => {
    if (word !== '' && !index.has(word)) index.set(word, value);
  };
  // Labels of all values before synonyms of any: a synonym never takes another value's own name.
  for (const value of optionsOf(set)) claim(foldLabel(value), value);
  for (const value of optionsOf(set)) {
    for (const label of labelsOf(optionLabelKey(set, value)))
      for (const variant of labelVariants(label)) claim(variant, value);
  }
  for (const value of optionsOf(set))
    for (const word of byOption.get(`${set}.${value}`) ?? []) claim(foldLabel(word), value);
  indexes.set(set, index);
  return index;
}

/**
 * A value of an option set from its key, its label in any language or a usual synonym. With `open`, other text is taken as it is
 * (the set can be extended); otherwise it is refused.
 */
export function parseEnumCell(text: string, set: OptionSetName, open = false): CellResult<string> {
  const value = indexOf(set).get(foldLabel(text));
  if (value !== undefined) return accepted(value);
  return open && text.trim() !== '' ? accepted(text.normalize('NFC').trim()) : refused('option', text);
}

type Choices = Pick<FieldDefinition, 'options' | 'ownOptions' | 'openOptions'>;

/** A value of a field's list: of its set, or one that the keeper added, by the words as typed. */
export function parseChoiceCell(text: string, field: Choices, open = field.openOptions === true): CellResult<string> {
  const typed = foldLabel(text);
  const own = field.ownOptions?.find(({ value, label }) => foldLabel(label) === typed || value === text.trim());
  if (own !== undefined) return accepted(own.value);
  return field.options === undefined ? refused('option', text) : parseEnumCell(text, field.options, open);
}

/** Several values in one cell, separated by `、 , ; /` or line breaks. */
export function parseMultiEnumCell(text: string, field: Choices): CellResult<readonly string[]> {
  const values = new Set<string>();
  for (const part of text.split(/[、,，;；/／|\n]/u)) {
    if (part.trim() === '') continue;
    const result = parseChoiceCell(part, field, false);
    if (!result.ok) return refused('option', part.trim());
    values.add(result.value);
  }
  return accepted([...values]);
}

const YES = ['是', '有', '對', '对', 'y', 'yes', 'true', 't', '1', 'v'];
const NO = ['否', '無', '无', '不', '不是', '非', 'n', 'no', 'false', 'f', '0', '-'];
const TICKS = /^[√✓✔☑●○■]$/u;
const CROSSES = /^[×✗✘☐□]$/u;

/** 是 / 否, yes / no, Y / N, true / false, 1 / 0, √ / ×. */
export function parseBooleanCell(text: string): CellResult<boolean> {
  const cell = text.normalize('NFKC').trim().toLowerCase();
  if (TICKS.test(cell) || YES.includes(cell)) return accepted(true);
  if (CROSSES.test(cell) || NO.includes(cell)) return accepted(false);
  return refused('boolean', text);
}

const ORIGINAL = ['原件', '正本', '原本', '原始', '原始資料', '原始资料', 'original'];
const COPY = [
  '副本',
  '複製件',
  '复制件',
  '複印件',
  '复印件',
  '影本',
  '影印本',
  '傳真件',
  '传真件',
  '掃描件',
  '扫描件',
  'copy',
  'photocopy',
  'scan',
];

/** The original column of a manifest: 原件 / 副本, or yes / no (D8, L3). */
export function parseOriginalCell(text: string): CellResult<boolean> {
  const word = foldLabel(text);
  if (ORIGINAL.map(foldLabel).includes(word)) return accepted(true);
  if (COPY.map(foldLabel).includes(word)) return accepted(false);
  return parseBooleanCell(text);
}
