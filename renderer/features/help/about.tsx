import { useEffect, useState } from 'react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import pageStyles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import styles from './about.module.css';
import type { ShippedPackages } from './shipped-packages.ts';

/** Which program this is, and what it is made from: every package of others with its licence (R75). */
export function About() {
  const { t } = useText();
  const formats = useFormats();
  const host = useArchiveQuery('host.info', {}).data;
  const [shipped, setShipped] = useState<ShippedPackages | null>(null);
  useEffect(() => {
    let gone = false;
    void import('./shipped-packages.ts').then((module) => {
      if (!gone) setShipped(module.shippedPackages);
    });
    return () => {
      gone = true;
    };
  }, []);
  return (
    <>
      <Section title={t('about.program')}>
        <dl className={pageStyles.facts}>
          <dt>{t('diagnosis.version')}</dt>
          <dd>{host?.version ?? ''}</dd>
          <dt>{t('about.licence')}</dt>
          <dd>MIT</dd>
          <dt>{t('about.network')}</dt>
          <dd>{t('about.noNetwork')}</dd>
        </dl>
      </Section>
      <Section
        title={t('about.packages')}
        note={shipped === null ? undefined : t('about.count', { count: formats.number(shipped.packages.length) })}
      >
        <div className={pageStyles.form}>
          <p className={pageStyles.lead}>{t('about.packagesText')}</p>
        </div>
        {shipped === null ? (
          <LoadingSkeleton />
        ) : (
          <ul className={styles.packages}>
            {shipped.packages.map((one) => (
              <li key={`${one.name}@${one.version}`}>
                <details className={styles.package}>
                  <summary>
                    <span className={styles.name} translate="no">
                      {one.name}
                    </span>
                    <span className={styles.soft}>{one.version}</span>
                    <span className={styles.soft}>{one.licence}</span>
                  </summary>
                  <pre className={styles.text}>{shipped.texts[one.text] || t('about.noText')}</pre>
                </details>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}
