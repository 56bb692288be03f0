import { useEffect, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import styles from './states.module.css';

const PATIENCE_MS = 150;

/** True after 150 ms: what comes faster needs no skeleton. */
export function useAfterPatience(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return late;
}

/** The shape of what is coming, only after 150 ms. `rows`: a table or list · `form`: a card. */
export function LoadingSkeleton({
  shape = 'rows',
  count = 8,
}: {
  readonly shape?: 'rows' | 'form';
  readonly count?: number;
}) {
  const late = useAfterPatience();
  const { t } = useText();
  const lines = Array.from({ length: count }, (_, index) => index);
  return (
    <div className={styles.skeleton} role="status" aria-label={t('kit.loading')}>
      {late &&
        lines.map((line) =>
          shape === 'rows' ? (
            <div key={line} className={styles.row}>
              <span className={styles.bar} />
              <span className={styles.bar} style={{ width: `${60 + ((line * 17) % 40)}%` }} />
              <span className={styles.bar} style={{ width: `${45 + ((line * 29) % 50)}%` }} />
              <span className={styles.bar} />
            </div>
          ) : (
            <div key={line} className={styles.bar} style={{ width: `${40 + ((line * 23) % 55)}%` }} />
          ),
        )}
    </div>
  );
}
