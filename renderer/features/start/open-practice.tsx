import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { refreshSession } from '../../gateway/session-keeper.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { usePracticePeople } from '../../state/practice-people.ts';
import { Button } from '../../ui/actions/button.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import styles from '../../ui/frame/entrance.module.css';
import { EntranceSheet } from '../../ui/frame/entrance-sheet.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import { neighbourFolder } from './neighbour-folder.ts';

type Practice = OutputOf<'archive.practice'>;

/** Makes and opens a practice archive; shows the invented people and their secrets, which everybody may know. */
export function OpenPractice({ onBack }: { readonly onBack: () => void }) {
  const { t } = useText();
  const vaultFolder = useEntrance((state) => state.host?.defaultVaultFolder) ?? '';
  const setHolding = useEntrance((state) => state.setHolding);
  const [directory, setDirectory] = useState(neighbourFolder(vaultFolder, 'practice'));
  const [made, setMade] = useState<Practice | null>(null);
  const practice = useArchiveJob('archive.practice', 'start.practiceJob');

  const make = async () => {
    setHolding(true);
    try {
      const answer = await practice.run({ directory });
      usePracticePeople.getState().remember(answer.vault, answer.users);
      setMade(answer);
      await refreshSession();
    } catch {
      setHolding(false);
    }
  };

  if (made !== null)
    return (
      <EntranceSheet
        title={t('start.practiceReady')}
        subtitle={t('start.practiceCount', { customers: made.customers, papers: made.papers })}
        practice
      >
        <p>{t('start.practicePeople')}</p>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('start.role')}</th>
              <th scope="col">{t('start.login')}</th>
              <th scope="col">{t('start.secret')}</th>
            </tr>
          </thead>
          <tbody>
            {made.users.map((user) => (
              <tr key={user.login}>
                <td>{t(`role.${user.role}`)}</td>
                <td className={styles.mono}>{user.login}</td>
                <td className={styles.mono}>{user.secret}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className={styles.actions}>
          <span />
          <Button kind="primary" autoFocus onClick={() => setHolding(false)}>
            {t('start.toDesk')}
          </Button>
        </div>
      </EntranceSheet>
    );

  return (
    <EntranceSheet title={t('start.practice')} subtitle={t('start.practiceText')} practice>
      {practice.job === null ? (
        <form
          noValidate
          className={styles.body}
          onSubmit={(event) => {
            event.preventDefault();
            void make();
          }}
        >
          <PathField kind="folder" label={t('start.where')} value={directory} onChange={setDirectory} />
          <ErrorNote error={practice.error} showFields />
          <div className={styles.actions}>
            <Button onClick={onBack}>{t('kit.back')}</Button>
            <Button type="submit" kind="primary" disabled={directory === ''}>
              {t('start.practiceMake')}
            </Button>
          </div>
        </form>
      ) : (
        <JobProgress job={practice.job} />
      )}
    </EntranceSheet>
  );
}
