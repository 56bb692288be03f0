import { Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { refreshSession } from '../../gateway/session-keeper.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { Button } from '../../ui/actions/button.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { isUsable, NewSecretFields, NO_SECRET } from '../../ui/form/new-secret-fields.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import styles from '../../ui/frame/entrance.module.css';
import { EntranceSheet } from '../../ui/frame/entrance-sheet.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { RecoveryKeyStep } from './recovery-key-step.tsx';

/** Creates an archive: what it is called, who keeps it, the keeper's secret; then the recovery key, shown once. */
export function CreateArchive({ onBack }: { readonly onBack: () => void }) {
  const texts = useText();
  const { t } = texts;
  const defaultFolder = useEntrance((state) => state.host?.defaultVaultFolder) ?? '';
  const setHolding = useEntrance((state) => state.setHolding);
  const [name, setName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [login, setLogin] = useState('keeper');
  const [secret, setSecret] = useState(NO_SECRET);
  const [directory, setDirectory] = useState(defaultFolder);
  const [waitingHour, setWaitingHour] = useState(true);
  const create = useArchiveCommand('archive.create');
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  const ready = [name, displayName, login, directory].every((text) => text.trim() !== '') && isUsable(secret);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    setHolding(true);
    try {
      const answer = await create.mutateAsync({
        directory,
        name: name.trim(),
        keeper: { login: login.trim(), displayName: displayName.trim(), secret: secret.secret },
        waitingHour,
      });
      setSecret(NO_SECRET);
      setRecoveryKey(answer.recoveryKey);
      await refreshSession();
    } catch {
      setHolding(false);
    }
  };

  if (recoveryKey !== null) return <RecoveryKeyStep recoveryKey={recoveryKey} archiveName={name} />;
  return (
    <EntranceSheet title={t('start.create')} subtitle={t('start.createHelp')}>
      <form noValidate className={styles.body} onSubmit={(event) => void submit(event)}>
        <TextInput
          label={t('start.archiveName')}
          placeholder={t('start.archiveNameExample')}
          required
          maxLength={100}
          value={name}
          error={fieldErrorAt(create.error, 'name', texts)}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={styles.pair}>
          <TextInput
            label={t('start.keeperName')}
            required
            maxLength={100}
            value={displayName}
            error={fieldErrorAt(create.error, 'keeper.displayName', texts)}
            onChange={(event) => setDisplayName(event.currentTarget.value)}
          />
          <TextInput
            label={t('start.login')}
            required
            maxLength={64}
            value={login}
            autoComplete="off"
            spellCheck={false}
            error={fieldErrorAt(create.error, 'keeper.login', texts)}
            onChange={(event) => setLogin(event.currentTarget.value)}
          />
        </div>
        <NewSecretFields
          label={t('start.keeperSecret')}
          value={secret}
          onChange={setSecret}
          error={fieldErrorAt(create.error, 'keeper.secret', texts)}
        />
        <PathField
          kind="folder"
          label={t('start.where')}
          description={t('start.whereHelp')}
          value={directory}
          onChange={setDirectory}
          error={fieldErrorAt(create.error, 'directory', texts)}
        />
        <Checkbox
          label={t('announce.startLabel')}
          description={t('announce.startHelp')}
          checked={waitingHour}
          onChange={(event) => setWaitingHour(event.currentTarget.checked)}
        />
        <ErrorNote error={create.error} />
        <div className={styles.actions}>
          <Button onClick={onBack} disabled={create.isPending}>
            {t('kit.back')}
          </Button>
          <Button type="submit" kind="primary" disabled={!ready} busy={create.isPending}>
            {t('start.createNow')}
          </Button>
        </div>
      </form>
    </EntranceSheet>
  );
}
