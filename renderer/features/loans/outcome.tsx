import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './loans.module.css';

/** One clear answer of the counter. */
export function Outcome({
  good,
  title,
  children,
}: {
  readonly good: boolean;
  readonly title: string;
  readonly children: ReactNode;
}) {
  const Shape = good ? IconCircleCheck : IconCircleX;
  return (
    <div className={styles.outcome} data-good={good || undefined} role={good ? 'status' : 'alert'}>
      <p className={styles.outcomeTitle}>
        <Shape size={28} stroke={1.5} aria-hidden /> {title}
      </p>
      {children}
    </div>
  );
}
