import { once } from '../../util/once.ts';
import {
  CARD_KINDS,
  type CardForms,
  type CardKind,
  cardControlFields,
  cardFields,
  fieldAt,
  fieldLabelKey,
  STANDARD_FORMS,
} from '../form-fields.ts';
import {
  DEALING_FIELDS,
  DEALING_KINDS,
  type DealingKind,
  dealingField,
  dealingLabelKey,
} from '../forms/dealing-forms.ts';
import type { FieldDefinition, FormDefinition } from '../forms/field.ts';
import { COMMON_DEALING_HEADINGS, DEALING_HEADINGS } from './dealing-headings.ts';
import { ENTERPRISE_HEADINGS } from './enterprise-headings.ts';
import { COMMON_HEADINGS, type HeadingSynonyms } from './heading-synonyms.ts';
import { INDIVIDUAL_HEADINGS } from './individual-headings.ts';
import { foldLabel, labelsOf, labelVariants, withoutBrackets } from './labels.ts';
import { MANIFEST_HEADINGS } from './manifest-headings.ts';

/**
 * Lists whose entries stand in columns of their own (`聯絡人2`, `手機2`): all that are typed. These come first where two have a
 * part of the same name.
 */
const USUAL_LISTS = ['contacts', 'bankAccounts', 'deliveryAddresses', 'competitors', 'projects', 'certificates'];
const CONTROL_COLUMNS = ['number', 'kind', 'openedOn', 'visitedOn', 'status', 'lastReviewedOn', 'tier'];
const CHINESE_DIGITS = '一二三四五六七八九';

export type HeadingIndex = ReadonlyMap<string, string>;

/** Headings by their folded words: synonyms first, then labels, then the paths themselves. The first that claims one gets it. */
export function headingIndex(
  synonyms: readonly HeadingSynonyms[],
  labels: readonly (readonly [path: string, labels: readonly string[]])[],
): HeadingIndex {
  const index = new Map<string, string>();
  const claim = (heading: string, path: string) => {
    if (heading !== '' && !index.has(heading)) index.set(heading, path);
  };
  for (const [path, chinese, english] of synonyms) {
    for (const heading of [...chinese.split(' '), ...english.split(',')]) claim(foldLabel(heading), path);
  }
  for (const [path, texts] of labels)
    for (const text of texts) for (const variant of labelVariants(text)) claim(variant, path);
  for (const [path] of labels) claim(foldLabel(path.replaceAll('.', '')), path);
  return index;
}

function cardLabels(kind: CardKind): readonly (readonly [string, readonly string[]])[] {
  const fields = cardFields(kind).filter((field) => field.type !== 'list');
  const lists = cardFields(kind).filter((field) => field.type === 'list' && field.computed !== true);
  const place = (field: FieldDefinition) => (USUAL_LISTS.includes(field.key) ? 0 : 1);
  const parts = [...lists].sort((a, b) => place(a) - place(b));
  return [
    ...CONTROL_COLUMNS.map((key) => [`control.${key}`, labelsOf(fieldLabelKey('control', key))] as const),
    ...fields.map((field) => [field.key, labelsOf(fieldLabelKey(kind, field.key))] as const),
    ...parts.flatMap((list) =>
      (list.itemFields ?? []).map(
        (part) => [`${list.key}.0.${part.key}`, labelsOf(fieldLabelKey(kind, `${list.key}.${part.key}`))] as const,
      ),
    ),
    ...fields.map((field) => [field.key, [field.key]] as const),
    ...CONTROL_COLUMNS.map((key) => [`control.${key}`, [key]] as const),
  ];
}

// What belongs to one card goes before what both have: on a person's card 會員等級 is not 客戶等級.
const cardIndex: Record<CardKind, () => HeadingIndex> = {
  enterprise: once(() => headingIndex([...ENTERPRISE_HEADINGS, ...COMMON_HEADINGS], cardLabels('enterprise'))),
  individual: once(() => headingIndex([...INDIVIDUAL_HEADINGS, ...COMMON_HEADINGS], cardLabels('individual'))),
};

/**
 * The field a column heading means: a path of the card (`telephone`, `contacts.0.name`; `聯絡人2` is `contacts.1.name`), or
 * `control.<key>` for card control. Width, case, blanks, punctuation, notes in brackets and a leading `*` do not matter.
 * Undefined if the heading is not known.
 */
export function recogniseHeading(text: string, kind: CardKind, forms: CardForms = STANDARD_FORMS): string | undefined {
  const own = ownHeadings(forms[kind]);
  // Entries of a group of the keeper's own are numbered like any others: 倉庫名稱2.
  return own.get(foldLabel(text)) ?? lookUpHeading(cardIndex[kind](), text) ?? lookUpHeading(own, text);
}

const ownIndexes = new WeakMap<FormDefinition, HeadingIndex>();

/** Headings of the keeper's own fields: their words as typed. They go before synonyms of other fields. */
function ownHeadings(form: FormDefinition): HeadingIndex {
  let index = ownIndexes.get(form);
  if (index === undefined) {
    const own = form.sections
      .flatMap((section) => section.fields)
      .filter((field) => field.label !== undefined && field.hidden !== true);
    index = headingIndex(
      [],
      own.flatMap((field): (readonly [string, readonly string[]])[] =>
        field.type === 'list'
          ? (field.itemFields ?? [])
              .filter((part) => part.hidden !== true)
              .map((part) => [`${field.key}.0.${part.key}`, [part.label ?? '']])
          : [[field.key, [field.label ?? '']]],
      ),
    );
    ownIndexes.set(form, index);
  }
  return index;
}

/** What a heading means; `聯絡人2` is the second entry of its list. */
export function lookUpHeading(index: HeadingIndex, text: string): string | undefined {
  const whole = index.get(foldLabel(text)) ?? index.get(foldLabel(withoutBrackets(text)));
  if (whole !== undefined) return whole;
  const numbered = /^(.*?)(\d{1,2}|[一二三四五六七八九])(\D*)$/u.exec(foldLabel(withoutBrackets(text)));
  if (numbered === null) return undefined;
  const path = index.get(`${numbered[1] ?? ''}${numbered[3] ?? ''}`);
  const digit = numbered[2] ?? '';
  const number = CHINESE_DIGITS.includes(digit) ? CHINESE_DIGITS.indexOf(digit) + 1 : Number(digit);
  if (path === undefined || number < 1) return undefined;
  if (path.includes('.0.')) return path.replace('.0.', `.${number - 1}.`);
  return number === 1 ? path : undefined;
}

/** The definition of the field a recognised path stands for. */
export function importedField(
  path: string,
  kind: CardKind,
  forms: CardForms = STANDARD_FORMS,
): FieldDefinition | undefined {
  if (path.startsWith('control.'))
    return cardControlFields.find((field) => field.key === path.slice('control.'.length));
  return fieldAt(kind, path, forms);
}

/** Which card a table without a kind column holds: the kind that knows more of its headings; enterprise when both know as many. */
export function guessCardKind(headings: readonly string[], forms: CardForms = STANDARD_FORMS): CardKind {
  const known = (kind: CardKind) =>
    headings.filter((heading) => recogniseHeading(heading, kind, forms) !== undefined).length;
  const [enterprise, individual] = CARD_KINDS.map(known);
  return (individual ?? 0) > (enterprise ?? 0) ? 'individual' : 'enterprise';
}

export const MANIFEST_COLUMNS = [
  'customerNumber',
  'customerName',
  'customer',
  'class',
  'documentType',
  'title',
  'documentNumber',
  'date',
  'pages',
  'original',
  'place',
  'scan',
  'responsibleParty',
  'securityLevel',
  'exportOrder',
  'copies',
  'receivedFrom',
  'receivedOn',
  'validUntil',
  'note',
] as const;
export type ManifestColumn = (typeof MANIFEST_COLUMNS)[number];

const manifestIndex = once(() =>
  headingIndex(
    MANIFEST_HEADINGS,
    MANIFEST_COLUMNS.map((column) => [column, [column]] as const),
  ),
);

/** The column of a filing manifest that a heading means. `customer` holds a number or a name. */
export function recogniseManifestHeading(text: string): ManifestColumn | undefined {
  const column = lookUpHeading(manifestIndex(), text);
  return MANIFEST_COLUMNS.find((candidate) => candidate === column);
}

const dealingIndexes = Object.fromEntries(
  DEALING_KINDS.map((kind) => [
    kind,
    once(() =>
      headingIndex(
        [
          ...DEALING_HEADINGS[kind],
          ...COMMON_DEALING_HEADINGS.filter(([key]) => dealingField(kind, key) !== undefined),
        ],
        DEALING_FIELDS[kind].flatMap((field) => [
          [field.key, labelsOf(dealingLabelKey(kind, field.key))] as const,
          [field.key, [field.key]] as const,
        ]),
      ),
    ),
  ]),
) as Readonly<Record<DealingKind, () => HeadingIndex>>;

/** The field of a table of orders, deliveries, receipts or returns that a heading means. */
export function recogniseDealingHeading(text: string, kind: DealingKind): string | undefined {
  return lookUpHeading(dealingIndexes[kind](), text);
}
