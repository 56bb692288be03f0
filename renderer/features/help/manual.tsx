import { IconPrinter } from '@tabler/icons-react';
import { MANUAL, manualKeys } from '../../../shared/domain/manual.ts';
import { useText } from '../../i18n/use-text.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import pageStyles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import styles from './manual.module.css';

/** What the archive is protected against, what not, and what its two people do for it; the same words as on paper. */
export function Manual() {
  const { t } = useText();
  const print = usePrint();
  const atDesk = useSession((state) => state.session?.kind) === 'desk';
  return (
    <div className={pageStyles.narrow}>
      <Section
        title={t('manual.title')}
        tools={
          atDesk && (
            <Button size="small" icon={IconPrinter} onClick={() => print({ form: 'manual' })}>
              {t('kit.print.manual')}
            </Button>
          )
        }
      >
        <p className={styles.lead}>{t('manual.lead')}</p>
        {MANUAL.map(manualKeys).map(({ title, points }) => (
          <section key={title} className={styles.chapter}>
            <h3>{t(title)}</h3>
            <ul>
              {points.map((point) => (
                <li key={point}>{t(point)}</li>
              ))}
            </ul>
          </section>
        ))}
      </Section>
    </div>
  );
}
