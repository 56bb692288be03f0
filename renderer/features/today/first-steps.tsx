import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import styles from './today.module.css';

/** An empty archive: three steps, each one press away. */
export function FirstSteps() {
  const { t } = useText();
  const { go } = useNavigate();
  const role = useActingRole();
  if (role !== 'keeper') return <p className={styles.calm}>{t('today.emptyForOthers')}</p>;
  return (
    <ol className={styles.steps} aria-label={t('today.firstSteps')}>
      <li className={styles.step}>
        <span className={styles.stepNumber} aria-hidden>
          {t('today.step1')}
        </span>
        <h2 className={styles.stepTitle}>{t('today.stepCustomers')}</h2>
        <p className={styles.stepText}>{t('today.stepCustomersText')}</p>
        <div className={styles.stepActions}>
          <Button kind="primary" onClick={() => go({ screen: 'imports' })}>
            {t('today.importFile')}
          </Button>
          <Button onClick={() => go({ screen: 'cards', params: { new: 'enterprise' } })}>{t('today.addByHand')}</Button>
        </div>
      </li>
      <li className={styles.step}>
        <span className={styles.stepNumber} aria-hidden>
          {t('today.step2')}
        </span>
        <h2 className={styles.stepTitle}>{t('today.stepPaper')}</h2>
        <p className={styles.stepText}>{t('today.stepPaperText')}</p>
        <Button onClick={() => go({ screen: 'dossiers' })}>{t('today.toDossiers')}</Button>
      </li>
      <li className={styles.step}>
        <span className={styles.stepNumber} aria-hidden>
          {t('today.step3')}
        </span>
        <h2 className={styles.stepTitle}>{t('today.stepLabel')}</h2>
        <p className={styles.stepText}>{t('today.stepLabelText')}</p>
        <Button onClick={() => go({ screen: 'dossiers' })}>{t('today.toDossiers')}</Button>
      </li>
    </ol>
  );
}
