import type { OutputOf } from '../../shared/contract/contract.ts';
import { useText } from '../i18n/use-text.ts';
import type { Place } from '../state/navigation.ts';
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

/** One hit: what it is, its title, and how it was found when that is not plain to see (拼音, 簡繁 …). */
export function HitLine({ hit }: { readonly hit: Hit }) {
  const { t, has } = useText();
  const subtitle = hit.subtitle
    .split(' · ')
    .map((part) => (has(`option.region.${part}`) ? t(`option.region.${part}`) : part))
    .join(' · ');
  const ways = [...new Set(hit.matched.map((match) => match.how))].filter((how) => how !== 'exact' && how !== 'part');
  return (
    <div className={styles.hit}>
      <span className={styles.kind}>{t(`hit.${hit.kind}`)}</span>
      <span className={styles.title}>{hit.title}</span>
      <span className={styles.subtitle}>
        {hit.number}
        {subtitle !== '' && ` · ${subtitle}`}
      </span>
      {ways.map((how) => (
        <Tag key={how}>{t(`matched.${how}`)}</Tag>
      ))}
    </div>
  );
}
