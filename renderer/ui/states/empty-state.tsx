import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './states.module.css';

/** An empty screen says what it is for and offers the first step. */
export function EmptyState({
  icon: IconShape,
  title,
  children,
  actions,
}: {
  readonly icon?: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className={styles.state}>
      {IconShape !== undefined && <IconShape className={styles.icon} size={28} stroke={1.25} aria-hidden />}
      <h2 className={styles.title}>{title}</h2>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
