import type { ReactNode } from 'react';
import type { Paper } from '../../../shared/contract/dossiers.ts';
import { useText } from '../../i18n/use-text.ts';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './loans.module.css';

/** The paper on the counter, in three lines. */
export function PaperSlip({ paper, action = null }: { readonly paper: Paper; readonly action?: ReactNode }) {
  const { t } = useText();
  return (
    <div className={styles.slip} style={{ '--class': `var(--class-${paper.class})` } as React.CSSProperties}>
      <p className={styles.slipTitle}>
        {paper.title} {action}
      </p>
      <p className={styles.soft}>
        {paper.customer} {paper.customerName}
      </p>
      <p className={styles.slipFacts}>
        <span>{paper.code}</span>
        <span>{t('dossiers.pages', { count: paper.pages })}</span>
        <span>{t(`option.securityLevel.${paper.security}`)}</span>
        {paper.place !== '' && <span>{paper.place}</span>}
        {paper.original && <Tag tone="seal">{t('dossiers.original')}</Tag>}
      </p>
    </div>
  );
}
