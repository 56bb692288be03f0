import { IconArchive, IconFolderOpen, IconRestore, IconSchool } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { useSession } from '../../state/session.ts';
import { Choice } from '../../ui/frame/choice.tsx';
import styles from '../../ui/frame/entrance.module.css';
import { EntranceSheet } from '../../ui/frame/entrance-sheet.tsx';
import { LanguageChoice } from '../../ui/frame/language-choice.tsx';
import { CreateArchive } from './create-archive.tsx';
import { OpenFolder } from './open-folder.tsx';
import { OpenPractice } from './open-practice.tsx';
import { RestoreBackup } from './restore-backup.tsx';

type Step = 'choose' | 'practice' | 'create' | 'open' | 'restore';

/** The first five minutes: language, then the practice archive, an own archive, another folder or a backup. */
export function StartScreen() {
  const { t } = useText();
  const [step, setStep] = useState<Step>('choose');
  const back = () => setStep('choose');
  if (step === 'practice') return <OpenPractice onBack={back} />;
  if (step === 'create') return <CreateArchive onBack={back} />;
  if (step === 'open') return <OpenFolder onBack={back} />;
  if (step === 'restore') return <RestoreBackup onBack={back} />;
  return (
    <EntranceSheet title={t('app.name')} subtitle={t('start.subtitle')}>
      <RecentArchives />
      <div className={styles.choices}>
        <Choice icon={IconSchool} title={t('start.practice')} onClick={() => setStep('practice')}>
          {t('start.practiceText')}
        </Choice>
        <Choice icon={IconArchive} title={t('start.create')} onClick={() => setStep('create')}>
          {t('start.createText')}
        </Choice>
        <Choice icon={IconFolderOpen} title={t('start.open')} onClick={() => setStep('open')}>
          {t('start.openText')}
        </Choice>
        <Choice icon={IconRestore} title={t('start.restore')} onClick={() => setStep('restore')}>
          {t('start.restoreText')}
        </Choice>
      </div>
      <LanguageChoice />
    </EntranceSheet>
  );
}

function RecentArchives() {
  const { t } = useText();
  const recent = useEntrance((state) => state.host?.recentVaults) ?? [];
  if (recent.length === 0) return null;
  return (
    <section aria-label={t('start.recent')}>
      <h2>{t('start.recent')}</h2>
      <div className={styles.choices}>
        {recent.slice(0, 4).map((vault) => (
          <Choice
            key={vault.directory}
            icon={vault.practice ? IconSchool : IconArchive}
            title={vault.name}
            onClick={() => {
              useSession.getState().setLastVault(vault);
              useEntrance.getState().setWish('auto');
            }}
          >
            {vault.directory}
          </Choice>
        ))}
      </div>
    </section>
  );
}
