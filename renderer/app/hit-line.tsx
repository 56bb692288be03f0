import type { OutputOf } from '../../shared/contract/contract.ts';
import { CARD_KINDS, fieldAt } from '../../shared/domain/form-fields.ts';
import { useText } from '../i18n/use-text.ts';
import type { Place } from '../state/navigation.ts';
import { useCardForms } from '../ui/fields/use-card-forms.ts';
import { Tag } from '../ui/text/tag.tsx';
import styles from './command-palette.module.css';

export type Hit = OutputOf<'search.find'>['hits'][number];

/** Where a hit leads. */
export function placeOfHit(hit: Hit): Place {
  if (hit.kind === 'paper') return { screen: 'dossiers', params: { paper: hit.number } };
  if (hit.kind === 'loan') return { screen: 'loans', number: hit.number };
  if (hit.kind === 'copy') return { screen: 'copies', number: hit.number };
  if (hit.kind === 'staff') return { screen: 'people', number: hit.number };
  return { screen: 'cards', number: hit.number };
}

/** Fields that every hit shows anyway. */
const PLAIN_FIELDS: ReadonlySet<string> = new Set(['name', 'number', 'code']);

/** One hit: what it is, its title, and how it was found when that is not plain to see (拼音, 簡繁 …). */
export function HitLine({ hit }: { readonly hit: Hit }) {
  const { t, has } = useText();
  const subtitle = hit.subtitle
    .split(' · ')
    .map((part) => (has(`option.region.${part}`) ? t(`option.region.${part}`) : part))
    .join(' · ');
  const forms = useCardForms();
  const nameOf = (field: string): string | undefined => {
    const own = CARD_KINDS.map((kind) => fieldAt(kind, field, forms)?.label).find((label) => label !== undefined);
    const keys = [`matched.field.${field}`, ...CARD_KINDS.map((kind) => `field.${kind}.${field}`)];
    const key = keys.find(has);
    return own ?? (key === undefined ? undefined : t(key));
  };
  // Why it was found, where that is not plain to see: the field, and what had to be folded or read.
  const reasons = hit.matched.flatMap(({ field, how }) => {
    const plain = how === 'exact' || how === 'part';
    const where = PLAIN_FIELDS.has(field) ? undefined : nameOf(field);
    const words = [where, plain ? undefined : t(`matched.${how}`)].filter((part) => part !== undefined);
    return words.length === 0 ? [] : [words.join(' · ')];
  });
  return (
    <div className={styles.hit}>
      <span className={styles.kind}>{t(`hit.${hit.kind}`)}</span>
      <span className={styles.title}>{hit.title}</span>
      <span className={styles.subtitle}>
        {hit.number}
        {subtitle !== '' && ` · ${subtitle}`}
      </span>
      {[...new Set(reasons)].slice(0, 2).map((reason) => (
        <Tag key={reason}>{reason}</Tag>
      ))}
    </div>
  );
}
