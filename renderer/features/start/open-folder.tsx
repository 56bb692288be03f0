import { type FormEvent, useState } from 'react';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/error-codes.ts';
import { archive } from '../../gateway/archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import styles from '../../ui/frame/entrance.module.css';
import { EntranceSheet } from '../../ui/frame/entrance-sheet.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';

const PROBLEMS: Readonly<Record<string, ErrorCode>> = {
  none: 'VAULT_NOT_A_VAULT',
  notEmpty: 'VAULT_NOT_A_VAULT',
  incomplete: 'VAULT_DAMAGED',
  damaged: 'VAULT_DAMAGED',
  newer: 'FORMAT_NEWER',
};

/** Another archive, by its folder: asked what it is, then unlocked like any other. */
export function OpenFolder({ onBack }: { readonly onBack: () => void }) {
  const { t } = useText();
  const [directory, setDirectory] = useState('');
  const [error, setError] = useState<AppError | null>(null);

  const open = async () => {
    setError(null);
    const status = await archive.call('archive.status', { directory });
    const problem = PROBLEMS[status.state];
    if (problem !== undefined) throw new AppError(problem);
    useSession.getState().setLastVault({ directory, name: status.name ?? directory, practice: status.practice });
    useEntrance.getState().setWish('auto');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open().catch((thrown: unknown) => setError(AppError.from(thrown)));
  };
  return (
    <EntranceSheet title={t('start.open')} subtitle={t('start.openText')}>
      <form noValidate className={styles.body} onSubmit={submit}>
        <PathField
          kind="folder"
          label={t('kit.folderPath')}
          description={t('start.openHelp')}
          value={directory}
          onChange={setDirectory}
        />
        <ErrorNote error={error} />
        <div className={styles.actions}>
          <Button onClick={onBack}>{t('kit.back')}</Button>
          <Button type="submit" kind="primary" disabled={directory.trim() === ''}>
            {t('kit.next')}
          </Button>
        </div>
      </form>
    </EntranceSheet>
  );
}
