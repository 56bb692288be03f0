import { useState } from 'react';
import { acceptSession } from '../../gateway/session-keeper.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { isUsable, NewSecretFields, NO_SECRET } from '../../ui/form/new-secret-fields.tsx';
import { RecoveryKeyField } from '../../ui/form/recovery-key-field.tsx';
import styles from '../../ui/frame/entrance.module.css';
import { EntranceSheet } from '../../ui/frame/entrance-sheet.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';

interface UseRecoveryKeyProps {
  readonly vault: { readonly directory: string; readonly name: string; readonly practice: boolean };
  readonly onBack: () => void;
}

/** With the printed recovery key the keeper gets in and chooses a new secret (R10). */
export function UseRecoveryKey({ vault, onBack }: UseRecoveryKeyProps) {
  const texts = useText();
  const { t } = texts;
  const [recoveryKey, setRecoveryKey] = useState('');
  const [secret, setSecret] = useState(NO_SECRET);
  const unlock = useArchiveCommand('archive.unlockWithRecoveryKey');
  const ready = recoveryKey.trim() !== '' && isUsable(secret);
  const open = () => {
    unlock
      .mutateAsync({ directory: vault.directory, recoveryKey: recoveryKey.trim(), newSecret: secret.secret })
      .then((session) => {
        acceptSession(session);
      })
      .catch(() => undefined);
  };
  return (
    <EntranceSheet title={vault.name} subtitle={t('lock.useRecoveryKey')} practice={vault.practice}>
      <form
        noValidate
        className={styles.body}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !unlock.isPending) open();
        }}
      >
        <RecoveryKeyField value={recoveryKey} onChange={setRecoveryKey} autoFocus />
        <NewSecretFields
          label={t('start.newKeeperSecret')}
          value={secret}
          onChange={setSecret}
          error={fieldErrorAt(unlock.error, 'newSecret', texts)}
        />
        <ErrorNote error={unlock.error} />
        <div className={styles.actions}>
          <Button onClick={onBack}>{t('kit.back')}</Button>
          <Button type="submit" kind="primary" disabled={!ready} busy={unlock.isPending}>
            {t('lock.open')}
          </Button>
        </div>
      </form>
    </EntranceSheet>
  );
}
