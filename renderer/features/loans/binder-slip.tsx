import { useText } from '../../i18n/use-text.ts';
import { Tag } from '../../ui/text/tag.tsx';
import type { Proposal } from './counter-state.ts';
import styles from './loans.module.css';

/** A class or dossier as a working binder: how much goes, and what stays in the cabinet (L3). */
export function BinderSlip({ binder }: { readonly binder: NonNullable<Proposal['binder']> }) {
  const { t } = useText();
  return (
    <div
      className={styles.slip}
      style={
        { '--class': binder.class === null ? 'var(--ink-soft)' : `var(--class-${binder.class})` } as React.CSSProperties
      }
    >
      <p className={styles.slipTitle}>
        {binder.class === null ? t('loans.wholeDossier') : `${t(`dossierClass.${binder.class}`)}`}
      </p>
      <p className={styles.soft}>
        {binder.customer} {binder.customerName}
      </p>
      <p className={styles.slipFacts}>
        <span>
          {t('loans.binderGoes', {
            count: binder.goes.length,
            pages: binder.goes.reduce((sum, one) => sum + one.pages, 0),
          })}
        </span>
      </p>
      {binder.stays.length > 0 && (
        <details className={styles.stays} open={binder.stays.length <= 6}>
          <summary>{t('loans.binderStays', { count: binder.stays.length })}</summary>
          <ul>
            {binder.stays.map((one) => (
              <li key={one.code}>
                {one.title} <span className={styles.soft}>{one.code}</span>{' '}
                {one.reasons.map((reason) => (
                  <Tag key={reason} tone={reason === 'original' ? 'seal' : 'plain'}>
                    {t(`loans.stays.${reason}`)}
                  </Tag>
                ))}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
