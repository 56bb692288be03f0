import {
  type CardForms,
  type CardKind,
  cardControlFields,
  cardForm,
  fieldAt,
  fieldLabelKey,
  fieldWords,
  sectionLabelKey,
} from '../../../shared/domain/form-fields.ts';

/** A field that a column may be given to. */
export interface ImportField {
  readonly path: string;
  readonly label: string;
}

export interface ImportFieldGroup {
  readonly label: string;
  readonly fields: readonly ImportField[];
}

const CONTROL = ['number', 'kind', 'tier'];

/** Name of a field of the import: `control.number`, `telephone`, `contacts.1.position`. */
export function importFieldLabel(kind: CardKind, path: string, t: (key: string) => string, forms: CardForms): string {
  if (path.startsWith('control.')) return t(fieldLabelKey('control', path.slice('control.'.length)));
  const [first = '', ...rest] = path.split('.');
  const part = rest.find((step) => !/^\d+$/.test(step));
  const own = fieldWords(kind, first, t, forms);
  if (part === undefined) return own;
  const index = Number(rest.find((step) => /^\d+$/.test(step)) ?? 0);
  return `${own}${index === 0 ? '' : ` ${index + 1}`} · ${fieldWords(kind, path, t, forms)}`;
}

/** What a refused cell is called: the file's own heading as a rule, sometimes the path of a field. */
export function refusedFieldLabel(
  kind: CardKind,
  field: string,
  { t, has }: { readonly t: (key: string) => string; readonly has: (key: string) => boolean },
  forms: CardForms,
): string {
  const first = field.split('.')[0] ?? field;
  const named =
    field.startsWith('control.') || fieldAt(kind, first, forms) !== undefined || has(fieldLabelKey(kind, first));
  return named ? importFieldLabel(kind, field, t, forms) : field;
}

/**
 * Every field a column may be given to, by section of the card. Parts of repeating groups stand for their first entry;
 * further entries appear when the file's own headings named them (`used`).
 */
export function importFieldGroups(
  kind: CardKind,
  used: readonly (string | null)[],
  t: (key: string) => string,
  forms: CardForms,
): readonly ImportFieldGroup[] {
  const entry = (path: string): ImportField => ({ path, label: importFieldLabel(kind, path, t, forms) });
  const control = cardControlFields
    .filter((field) => CONTROL.includes(field.key))
    .map((field) => entry(`control.${field.key}`));
  const sections = cardForm(kind, forms).sections.map((section) => ({
    label: t(sectionLabelKey(section.key)),
    fields: section.fields
      .filter((field) => field.computed !== true && field.hidden !== true)
      .flatMap((field) =>
        field.type === 'list'
          ? (field.itemFields ?? []).map((part) => entry(`${field.key}.0.${part.key}`))
          : [entry(field.key)],
      ),
  }));
  const groups = [{ label: t(sectionLabelKey('control')), fields: control }, ...sections];
  const known = new Set(groups.flatMap((group) => group.fields.map((field) => field.path)));
  const further = used.filter((path): path is string => path !== null && !known.has(path)).map(entry);
  return further.length === 0 ? groups : [...groups, { label: t('imports.furtherEntries'), fields: further }];
}
