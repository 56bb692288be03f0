import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import styles from './today.module.css';
import type { Overview } from './today-screen.tsx';

const SHOWN = 5;

/** What was changed last: where one left off. */
export function RecentlyChanged({ overview }: { readonly overview: Overview }) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  if (overview.recentlyChanged.length === 0) return null;
  return (
    <section className={styles.part} aria-label={t('today.recentTitle')}>
      <h2 className={styles.partTitle}>{t('today.recentTitle')}</h2>
      {overview.recentlyChanged.slice(0, SHOWN).map((card) => (
        <button
          key={card.number}
          type="button"
          className={styles.line}
          onClick={() => go({ screen: 'cards', number: card.number })}
        >
          <span className={styles.lineText}>
            <span className={styles.lineTitle}>{card.name}</span>
            <span className={styles.lineNote}>
              {card.number} · {card.by}
            </span>
          </span>
          <time dateTime={card.at} className={styles.lineNote}>
            {formats.instant(card.at).slice(5)}
          </time>
        </button>
      ))}
    </section>
  );
}
