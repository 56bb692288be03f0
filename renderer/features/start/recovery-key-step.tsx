import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { Button } from '../../ui/actions/button.tsx';
import styles from '../../ui/frame/entrance.module.css';
import { EntranceSheet } from '../../ui/frame/entrance-sheet.tsx';
import { ConfirmGroups } from './confirm-groups.tsx';
import { PrintedSheet } from './printed-sheet.tsx';
import { recoveryGroups } from './recovery-groups.ts';

/** The recovery key, shown this once: write it down or print it, then type two groups back from the paper. */
export function RecoveryKeyStep({
  recoveryKey,
  archiveName,
}: {
  readonly recoveryKey: string;
  readonly archiveName: string;
}) {
  const { t } = useText();
  const setHolding = useEntrance((state) => state.setHolding);
  const [step, setStep] = useState<'show' | 'print' | 'confirm'>('show');
  const groups = recoveryGroups(recoveryKey);
  if (step === 'confirm')
    return (
      <EntranceSheet title={t('start.recoveryConfirm')} subtitle={t('start.recoveryConfirmText')}>
        <ConfirmGroups count={groups.length} onConfirmed={() => setHolding(false)} onBack={() => setStep('show')} />
      </EntranceSheet>
    );
  return (
    <EntranceSheet title={t('start.recoveryKey')} subtitle={t('start.recoveryKeyText', { name: archiveName })}>
      <ol className={styles.key} aria-label={t('start.recoveryKey')}>
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups have no identity but their place
          <li key={index} className={styles.group}>
            <span className={styles.groupNumber}>{index + 1}</span>
            <span className={styles.groupText}>{group}</span>
          </li>
        ))}
      </ol>
      <p>{t('start.recoveryKeyAdvice')}</p>
      <div className={styles.actions}>
        <Button icon={IconPrinter} onClick={() => setStep('print')}>
          {t('start.recoveryPrint')}
        </Button>
        <Button kind="primary" onClick={() => setStep('confirm')}>
          {t('start.recoveryWritten')}
        </Button>
      </div>
      {step === 'print' && <PrintedSheet onClose={() => setStep('show')} />}
    </EntranceSheet>
  );
}
