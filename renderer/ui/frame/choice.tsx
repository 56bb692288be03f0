import { type Icon, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './entrance.module.css';

/** One way on, as a line of its own with what it means. */
export function Choice({
  icon: Shape,
  title,
  children,
  onClick,
}: {
  readonly icon: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly onClick: () => void;
}) {
  return (
    <button type="button" className={styles.choice} onClick={onClick}>
      <Shape size={24} stroke={1.5} aria-hidden />
      <span>
        <span className={styles.choiceTitle}>{title}</span>
        {children !== undefined && <span className={styles.choiceText}>{children}</span>}
      </span>
      <IconChevronRight size={18} stroke={1.5} aria-hidden />
    </button>
  );
}
