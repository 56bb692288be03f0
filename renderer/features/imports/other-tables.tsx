import { IconTableImport } from '@tabler/icons-react';
import { useState } from 'react';
import { DEALING_KINDS, type DealingKind } from '../../../shared/domain/forms/dealing-forms.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ImportDealings } from '../../ui/dealings/import-dealings.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import { ImportVisits } from '../../ui/visits/import-visits.tsx';
import styles from './imports.module.css';

/** What comes in from a table beside customers: dealings of each kind, and visits. */
export function OtherTables() {
  const { t } = useText();
  const { today } = useToday();
  const [asked, setAsked] = useState<DealingKind | 'visits' | null>(null);
  const close = (): void => setAsked(null);
  return (
    <section className={styles.others} aria-label={t('imports.others')}>
      <h2 className={styles.dropTitle}>{t('imports.others')}</h2>
      {([...DEALING_KINDS, 'visits'] as const).map((kind) => (
        <Button key={kind} icon={IconTableImport} onClick={() => setAsked(kind)}>
          {t(`list.importKind.${kind}`)}
        </Button>
      ))}
      {asked === 'visits' && <ImportVisits staffId={null} day={today} onClose={close} />}
      {asked !== null && asked !== 'visits' && <ImportDealings kind={asked} onClose={close} />}
    </section>
  );
}
