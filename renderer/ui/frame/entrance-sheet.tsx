import type { ReactNode } from 'react';
import styles from './entrance.module.css';

interface EntranceSheetProps {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly practice?: boolean;
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

/** A sheet of paper in the middle of the empty room: everything before an archive is open. */
export function EntranceSheet({ title, subtitle, practice = false, narrow = false, children }: EntranceSheetProps) {
  return (
    <div className={styles.room}>
      <div className={practice ? styles.stripe : undefined} />
      <main className={styles.middle}>
        <div className={`${styles.sheet} ${narrow ? styles.narrow : ''}`}>
          <header className={styles.head}>
            <div className={styles.seal} aria-hidden lang="zh-Hant">
              <span>客</span>
              <span>戶</span>
              <span>檔</span>
              <span>案</span>
            </div>
            <div className={styles.titles}>
              <h1 className={styles.title}>{title}</h1>
              {subtitle !== undefined && <div className={styles.subtitle}>{subtitle}</div>}
            </div>
          </header>
          <div className={styles.body}>{children}</div>
        </div>
      </main>
    </div>
  );
}
