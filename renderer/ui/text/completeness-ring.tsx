import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import styles from './text.module.css';

const RADIUS = 7;
const LENGTH = 2 * Math.PI * RADIUS;

/** How complete a card is (C5): a ring and, unless `ringOnly`, the percentage. */
export function CompletenessRing({
  percent,
  size = 18,
  ringOnly = false,
}: {
  readonly percent: number;
  readonly size?: number;
  readonly ringOnly?: boolean;
}) {
  const { t } = useText();
  const formats = useFormats();
  const full = percent >= 100;
  return (
    <span className={styles.ring}>
      <svg width={size} height={size} viewBox="0 0 18 18" role="img" aria-label={t('kit.completeness', { percent })}>
        <circle className={styles.ringTrack} cx="9" cy="9" r={RADIUS} fill="none" strokeWidth="2.5" />
        <circle
          className={full ? styles.ringFull : styles.ringFill}
          cx="9"
          cy="9"
          r={RADIUS}
          fill="none"
          strokeWidth="2.5"
          strokeDasharray={`${(LENGTH * percent) / 100} ${LENGTH}`}
          transform="rotate(-90 9 9)"
        />
        {full && <path d="M5.8 9.2l2.2 2.2 4.2-4.6" fill="none" className={styles.ringFull} strokeWidth="1.6" />}
      </svg>
      {!ringOnly && <span aria-hidden>{formats.percent(percent)}</span>}
    </span>
  );
}
