import { CARD_KINDS, type CardForms, fieldAt } from './form-fields.ts';

/** Why a search found something, in words (wish 13, 76): the field, and what had to be folded or read. */

interface Words {
  t(key: string): string;
  has(key: string): boolean;
}

/** Fields that every hit shows anyway. */
const PLAIN_FIELDS: ReadonlySet<string> = new Set(['name', 'number', 'code']);

function fieldName(field: string, { t, has }: Words, forms: CardForms): string | undefined {
  const own = CARD_KINDS.map((kind) => fieldAt(kind, field, forms)?.label).find((label) => label !== undefined);
  const key = [`matched.field.${field}`, ...CARD_KINDS.map((kind) => `field.${kind}.${field}`)].find(has);
  return own ?? (key === undefined ? undefined : t(key));
}

/** The reasons of a hit that are not plain to see in its line; each once. */
export function hitReasons(
  matched: readonly { readonly field: string; readonly how: string }[],
  words: Words,
  forms: CardForms,
): readonly string[] {
  const reasons = matched.flatMap(({ field, how }) => {
    const where = PLAIN_FIELDS.has(field) ? undefined : fieldName(field, words, forms);
    const read = how === 'exact' || how === 'part' ? undefined : words.t(`matched.${how}`);
    const parts = [where, read].filter((part) => part !== undefined);
    return parts.length === 0 ? [] : [parts.join(' · ')];
  });
  return [...new Set(reasons)];
}

/** What stands under the title of a hit, its region in words. */
export function hitSubtitle(subtitle: string, { t, has }: Words): string {
  return subtitle
    .split(' · ')
    .map((part) => (has(`option.region.${part}`) ? t(`option.region.${part}`) : part))
    .join(' · ');
}
