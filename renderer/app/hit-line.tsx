import type { OutputOf } from '../../shared/contract/contract.ts';
import { hitReasons, hitSubtitle } from '../../shared/domain/hit-reasons.ts';
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

/** One hit: what it is, its title, and how it was found when that is not plain to see (拼音, 簡繁 …). */
export function HitLine({ hit }: { readonly hit: Hit }) {
  const texts = useText();
  const { t } = texts;
  const subtitle = hitSubtitle(hit.subtitle, texts);
  const reasons = hitReasons(hit.matched, texts, useCardForms());
  return (
    <div className={styles.hit}>
      <span className={styles.kind}>{t(`hit.${hit.kind}`)}</span>
      <span className={styles.title}>{hit.title}</span>
      <span className={styles.subtitle}>
        {hit.number}
        {subtitle !== '' && ` · ${subtitle}`}
      </span>
      {reasons.slice(0, 2).map((reason) => (
        <Tag key={reason}>{reason}</Tag>
      ))}
    </div>
  );
}
