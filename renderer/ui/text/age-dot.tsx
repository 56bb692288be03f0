import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { tip } from '../actions/tip.tsx';
import styles from './text.module.css';

const FRESH_DAYS = 30;
const OLD_DAYS = 365;
const DAY_MS = 86_400_000;

/** How full the dot of a fact is, 1 (fresh) to 0 (a year old or more). */
export function freshness(confirmedAt: string, now: Date): number {
  const days = (now.getTime() - new Date(confirmedAt).getTime()) / DAY_MS;
  return Math.min(1, Math.max(0, (OLD_DAYS - days) / (OLD_DAYS - FRESH_DAYS)));
}

/** When, by whom and on what evidence a fact was last confirmed (C6): a dot that fades with age, its date in words. */
export function AgeDot({
  at,
  by,
  evidence,
  now,
}: {
  readonly at: string;
  readonly by: string;
  readonly evidence: string;
  readonly now: Date;
}) {
  const { t } = useText();
  const formats = useFormats();
  const words = t(evidence === '' ? 'kit.confirmed' : 'kit.confirmedOn', { at: formats.instant(at), by, evidence });
  return (
    <span
      role="img"
      aria-label={words}
      className={styles.dot}
      style={{ background: `color-mix(in srgb, var(--lake) ${Math.round(freshness(at, now) * 100)}%, transparent)` }}
      {...tip(words)}
    />
  );
}
