import type { Campaign } from '../../../shared/contract/revisions.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import styles from './revision.module.css';

const PARTS = ['confirmed', 'corrected', 'flagged', 'open'] as const;

/** How far a campaign is: one bar, and every part in words with its number. */
export function ProgressBar({ counts }: { readonly counts: Campaign['counts'] }) {
  const { t } = useText();
  const formats = useFormats();
  const done = counts.total - counts.open;
  const percent = counts.total === 0 ? 0 : Math.floor((done / counts.total) * 100);
  return (
    <div className={styles.progress}>
      <div
        role="progressbar"
        aria-label={t('revision.progress')}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className={styles.bar}
      >
        {PARTS.filter((part) => part !== 'open').map((part) => (
          <span key={part} data-part={part} className={styles.barPart} style={{ flexGrow: counts[part] }} />
        ))}
        <span className={styles.barPart} style={{ flexGrow: counts.open }} />
      </div>
      <dl className={styles.figures}>
        {PARTS.map((part) => (
          <div key={part} data-part={part}>
            <dt>{t(`revisionOutcome.${part}`)}</dt>
            <dd>{formats.number(counts[part])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
